"""How one look is told to a person and to a program, from looks made by hand."""

import json
from dataclasses import replace

import pytest

from worlds import dossiers
from zhengben.cli.check_words import code_of, row_of, told
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.flow.look import look
from zhengben.locale.words import LANGUAGES

AD = "【微粒贷】您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP，客服V：wld8866"


@pytest.mark.parametrize("target", [AD, "95384", "今天天气不错", "https://example.org/", "wei1idai-app.cn"])
def test_a_row_has_the_keys_of_the_contract_and_is_plain_json(target: str) -> None:
    row = json.loads(json.dumps(row_of(target, look(target, dossiers()), 7), ensure_ascii=False))
    assert set(row) >= {
        "target", "kind", "verdict", "brand", "score", "reasons", "coverage", "contacts", "elapsed_ms"
    }  # fmt: skip
    assert (row["target"], row["elapsed_ms"]) == (target, 7)
    assert set(row["coverage"]) == {"complete", "missing"}
    assert row["coverage"]["complete"] is (row["coverage"]["missing"] == [])
    for reason in row["reasons"]:
        assert set(reason) >= {"code", "weight", "facts", "text"}
        assert set(reason["text"]) == set(LANGUAGES)
        assert all(reason["text"].values())


def test_contacts_are_what_can_be_rung_or_opened() -> None:
    row = row_of(AD, look(AD, dossiers()), 0)
    contacts = row["contacts"]
    assert isinstance(contacts, list)
    assert {"wechat"} <= {one["kind"] for one in contacts}
    assert "wld8866" in {one["value"] for one in contacts}


@pytest.mark.parametrize(
    ("label", "missing", "code"),
    [
        (Label.OFFICIAL, (), 0), (Label.MENTION, (), 0), (Label.UNRELATED, (), 0), (Label.LOOKALIKE, (), 0),
        (Label.IMPERSONATION, (), 1), (Label.SCAM, (), 1), (Label.IMPERSONATION, ("page",), 1),
        (Label.UNKNOWN, ("page",), 3),
    ],
)  # fmt: skip
def test_the_exit_code_says_whether_anything_was_accused(label: Label, missing: tuple[str, ...], code: int) -> None:
    assert code_of(Verdict(label, "weilidai", 50, (), Coverage(missing))) == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_reads_each_sentence_once_and_what_was_not_seen_in_words(language: str) -> None:
    seen = look("https://wei1idai-app.cn/", dossiers())
    reasons = (Reason("says_it_is", 40), Reason("says_it_is", 20))
    twice = Verdict(Label.LOOKALIKE, "weilidai", 50, reasons, Coverage(("page.timeout",)))
    lines = told("x", replace(seen, verdict=twice), language).splitlines()
    assert sum(line.startswith("  - ") for line in lines) == 1
    (unseen,) = [line for line in lines if line.startswith("  ? ")]
    assert "page.timeout" not in unseen
    assert "weilidai, 50" in lines[0]
