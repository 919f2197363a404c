"""The public answer from verdicts: four words, the harm in the headline, and steps for whoever has paid already."""

from datetime import UTC, datetime

import pytest

from worlds import dossiers
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.locale.words import LANGUAGES, say
from zhengben.publish.answer import Answer, Known, compose, ways

KNOWN = Known(number="2026-0007", brand="weilidai", target="wei1idai.cn", since=datetime(2026, 11, 22, tzinfo=UTC))


def verdict(label: Label, *codes: str, missing: tuple[str, ...] = ()) -> Verdict:
    """Make a verdict with reasons of weight 40."""
    return Verdict(
        label, "weilidai", 90, tuple(Reason(code, 40, {"statement": "没有"}) for code in codes), Coverage(missing)
    )


@pytest.mark.parametrize(
    ("codes", "headline"),
    [(("no_such_app",), "false_download"), (("uses_name", "asks_fee"), "false_pay"), (("false_number",), "false_call"),
     (("says_it_is", "asks_secrets"), "false_fill"), (("says_it_is",), "false_impersonation")],
)  # fmt: skip
def test_the_headline_warns_of_the_harm(codes: tuple[str, ...], headline: str) -> None:
    answer = compose(verdict(Label.IMPERSONATION, *codes), dossiers())
    assert (answer.kind, answer.headline) == ("false", headline)
    assert answer.steps[-1] == "paid"


@pytest.mark.parametrize("label", [Label.LOOKALIKE, Label.MENTION, Label.UNRELATED, Label.UNKNOWN])
def test_everything_short_of_proof_is_unknown(label: Label) -> None:
    assert compose(verdict(label, "host_name"), dossiers()).kind == "unknown"
    assert compose(None, dossiers()).kind == "unknown"


def test_what_two_people_confirmed_stands_above_what_the_rules_say_but_not_above_official() -> None:
    assert compose(verdict(Label.UNRELATED), dossiers(), KNOWN).kind == "impostor"
    assert compose(verdict(Label.OFFICIAL, "official_channel"), dossiers(), KNOWN).kind == "official"


def test_reasons_that_clear_are_not_read_out_against_anybody() -> None:
    told = Verdict(
        Label.IMPERSONATION,
        "weilidai",
        70,
        (Reason("says_it_is", 60), Reason("stance_news", -10), Reason("text_name", 5)),
    )
    assert [r.code for r in compose(told, dossiers()).reasons] == ["says_it_is"]


def test_every_key_an_answer_can_give_has_words_in_every_language() -> None:
    codes = ((), ("no_such_app",), ("no_such_channel",), ("asks_fee",), ("false_number",))
    answers = [
        compose(verdict(label, *some), dossiers(), known)
        for label in Label
        for some in codes
        for known in (None, KNOWN)
    ]
    for language in LANGUAGES:
        for answer in answers:
            said = [say(f"answer_page.{key}", language, answer.facts) for key in (answer.headline, answer.under)]
            assert all(said), _of(answer)
            assert all(say(f"answer_step.{step}", language) for step in answer.steps)


def _of(answer: Answer) -> str:
    return f"{answer.kind} {answer.headline}"


def test_ways_lead_only_to_what_the_dossier_lists() -> None:
    brand = next(b for b in dossiers() if b.id == "weilidai")
    told = ways(brand)
    assert all(c.exists == "yes" or c.statement for c in told)
    assert "95384" in {c.value for c in told}
