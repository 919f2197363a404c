"""`zhengben check` with every kind of the contract, standard input, hostile sizes and both languages."""

import io
import json
import sys
import time
from pathlib import Path

import pytest

from zhengben.cli import check
from zhengben.cli.main import main
from zhengben.core.lead import KINDS

LABELS = {"official", "impersonation", "scam", "lookalike", "mention", "unrelated", "unknown"}
FALSE_ONES = {  # of each kind of lead, as a person would paste it
    "domain": ("weilidai-app.cn", "lookalike"),
    "url": ("https://weilidai-app.cn/", "lookalike"),
    "app_listing": ("微粒贷-借钱分期", "impersonation"),
    "text": ("【微粒贷】您的借款已批，请先缴纳保证金2000元", "impersonation"),
    "account": ("微粒贷官方客服", "impersonation"),
    "post": ("微粒贷官方放款群，加QQ群 2831907756 领取邀请码", "impersonation"),
    "listing": ("微粒贷 强开 自动发货 ￥68", "scam"),
    "search_ad": ("微粒贷官网申请入口 立即申请", "impersonation"),
    "phone": ("微粒贷客服 171-6620-8893", "impersonation"),
    "poi": ("微粒贷（福田服务点）", "impersonation"),
    "job": ("微业贷诚聘电销专员", "lookalike"),
    "company": ("武汉微粒贷信息咨询有限公司", "impersonation"),
    "app_file": ("微粒贷.apk", "lookalike"),
    "image": ("https://pic.example/weilidai.png", "unknown"),
}


class Stdin:
    """Standard input that holds these bytes."""

    def __init__(self, body: bytes) -> None:
        self.buffer = io.BytesIO(body)


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = main(["check", "--offline", "--json", *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def piped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], body: bytes, *words: str
) -> tuple[int, list[dict[str, object]], str]:
    monkeypatch.setattr(sys, "stdin", Stdin(body))
    return rows(capsys, *words, "-")


def test_the_table_has_every_kind_of_lead() -> None:
    assert set(FALSE_ONES) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_an_answer_with_reasons_in_both_languages(
    capsys: pytest.CaptureFixture[str], kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target, label = FALSE_ONES[kind]
    if kind == "app_file":
        Path(target).write_bytes(b"PK\x03\x04 broken")
    _, (row,), _ = rows(capsys, "--kind", kind, target)
    assert row["verdict"] == label
    assert row["target"] == target
    for reason in row["reasons"]:  # type: ignore[attr-defined]  # JSON
        assert reason["text"]["zh"]
        assert reason["text"]["en"].isascii() or "微粒贷" in reason["text"]["en"] or "“" in reason["text"]["en"]
    if label == "unknown" or kind == "app_file":  # its name tells something, its bytes could not be read
        assert row["coverage"]["missing"]  # type: ignore[index]  # JSON


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"app_file", "image"}))
def test_nothing_of_the_brand_is_never_accused_under_any_kind(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    code, (row,), _ = rows(capsys, "--kind", kind, "兰州牛肉面馆")
    assert row["verdict"] in {"unrelated", "unknown"}
    assert code in {0, 3}


def test_a_kind_nobody_knows_is_one_line_that_names_the_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        rows(capsys, "--kind", "fax", "微粒贷")
    assert refused.value.code == 2
    err = capsys.readouterr().err
    assert "fax" in err
    assert "app_listing" in err


def test_a_message_from_standard_input_may_have_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "【微粒贷】尊敬的客户：\n您的借款已批，\n请先缴纳保证金2000元解冻\n".encode()
    code, (row,), _ = piped(monkeypatch, capsys, body)
    assert (code, row["verdict"], row["kind"], row["target"]) == (1, "impersonation", "text", "-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_standard_input_is_read_in_the_encodings_people_have(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    body = "您好，我是微粒贷客服，请先缴纳保证金2000元".encode(encoding)
    assert piped(monkeypatch, capsys, body)[1][0]["verdict"] == "impersonation"


def test_a_hostname_and_a_number_on_standard_input_are_known_for_what_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, capsys, b"weilidai-app.cn\n")[1][0]["kind"] == "domain"
    assert piped(monkeypatch, capsys, b" 95384 \r\n")[1][0]["verdict"] == "official"


def test_a_page_on_standard_input_is_a_page(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (
        "<html><title>微粒贷官网</title><h1>微粒贷</h1><input placeholder=银行卡号><input placeholder=取款密码></html>"
    )
    _, (row,), _ = piped(monkeypatch, capsys, page.encode())
    assert (row["kind"], row["verdict"]) == ("url", "impersonation")


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"", "nothing"), (b"  \n ", "nothing"), (b"PK\x03\x04aaaa", "save it"), (b"x" * 100, "give a file")],
)
def test_what_standard_input_cannot_take_is_one_line_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], body: bytes, says: str
) -> None:
    monkeypatch.setattr(check, "MAX_STDIN", 64)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    code, found, err = piped(monkeypatch, capsys, body, "明天开会")
    assert code == 2
    assert [row["verdict"] for row in found] == ["unrelated"]
    assert says in err
    assert err.count("\n") == 1


def test_random_bytes_are_unknown_and_never_safe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (row,), _ = piped(monkeypatch, capsys, bytes(range(256)) * 20)
    assert (code, row["verdict"]) == (3, "unknown")
    assert row["coverage"]["missing"] == ["file.unknown_format"]  # type: ignore[index]  # JSON


@pytest.mark.no_cover  # the time of the product is measured, not that of counting its lines
@pytest.mark.parametrize(
    "text",
    [
        "微" * 300_000,
        "微粒贷" * 80_000,
        "请先缴纳保证金" * 30_000,
        "我是微粒贷客服，" + "您的" * 90_000,
        "【" * 100_000 + "微粒贷" + "】" * 100_000,
        "“" * 150_000 + "微粒贷",
        "1" * 200_000,
        "微粒贷\n" * 60_000,
        " 微 粒 贷" * 40_000,
        "微粒贷" + "1" * 190_000,
        "微粒贷" + "1 " * 90_000,
        "微粒贷" + "您的" * 90_000,
        "微粒贷" + "\n" * 190_000,
        "\u200b" * 150_000 + "微粒贷",
    ],
    ids=range(14),
)
def test_a_hostile_size_is_answered_in_time_and_says_what_was_not_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    began = time.process_time()
    _, (row,), _ = piped(monkeypatch, capsys, text.encode(), "--brand", "weilidai")
    assert time.process_time() - began < 20
    assert row["verdict"] in LABELS
    if len(text) > 200_000:
        assert "text.tail" in row["coverage"]["missing"]  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800", "\u202e贷粒微\u202c", "微\x00粒\x00贷", "🏦" * 500, "\ufffd" * 50, "%s%n{0}"]
)
def test_odd_characters_stop_nothing(capsys: pytest.CaptureFixture[str], text: str) -> None:
    code, found, _ = rows(capsys, "--kind", "text", text, "明天开会")
    assert len(found) == 2
    assert code in {0, 1, 3}
    assert found[1]["verdict"] == "unrelated"


@pytest.mark.parametrize(
    ("language", "head", "words"),
    [
        ("zh_CN.UTF-8", "冒充", ("要求先交钱", "自称")),
        ("en_US.UTF-8", "impersonation", ("Money is asked first", "says that it is the brand")),
    ],
)
def test_a_person_reads_why_in_the_language_of_the_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    head: str,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setenv("LANG", language)
    assert main(["check", "--offline", "--kind", "text", FALSE_ONES["text"][0]]) == 1
    out = capsys.readouterr().out
    assert out.startswith(head)
    assert all(word in out for word in words)


def test_a_text_that_begins_with_a_dash_is_a_text_after_two_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = rows(capsys, "--kind", "text", "--", "--微粒贷客服，请先缴纳保证金2000元")
    assert (code, row["verdict"]) == (1, "impersonation")


def test_the_same_text_gets_the_same_answer_twice(capsys: pytest.CaptureFixture[str]) -> None:
    text = FALSE_ONES["text"][0]
    _, (one, two), _ = rows(capsys, "--kind", "text", text, text)
    for row in (one, two):
        row.pop("elapsed_ms")
    assert one == two
