"""Lines that are no hostnames: each is told once with its number and why, addresses are read for the name in them."""

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.cli.main import main
from zhengben.cli.screen_input import blocks
from zhengben.cli.screen_rows import LEFT_OUT, bad_rows, blanked, broken_labels, hosts_of

GOOD = "weilidai-app.cn"


def _screen(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], list[str]]:
    code = main(["screen", "hosts", "--json", "--lang", "en", str(path)])
    told = capsys.readouterr()
    return code, [json.loads(line)["name"] for line in told.out.splitlines()], told.err.splitlines()


@pytest.mark.parametrize(
    ("line", "host"),
    [
        (b"https://weilidai-app.cn/download?x=1#y", b"weilidai-app.cn"),
        (b"  HTTP://user:pass@weilidai-app.cn:8443/a@b", b"weilidai-app.cn"),
        (b"weilidai-app.cn:443", b"weilidai-app.cn"),
        (b"weilidai-app.cn/x.apk", b"weilidai-app.cn"),
        (b"weilidai-app.cn?from=sms", b"weilidai-app.cn"),
        (b"weilidai-app.cn", b"weilidai-app.cn"),
        (b"*.weilidai-app.cn", b"*.weilidai-app.cn"),
        (b"user@weilidai-app.cn", b"user@weilidai-app.cn"),
        (b"http://[::1]/", b"http://[::1]/"),
        (b"https://", b"https://"),
        (b"// a remark", b"// a remark"),
        (b"https://\xe5\xbe\xae.cn/", b"\xe5\xbe\xae.cn"),
        (b"", b""),
    ],
)
def test_the_name_in_an_address_stands_in_its_place(line: bytes, host: bytes) -> None:
    assert hosts_of(b"a.cn\n" + line + b"\nb.cn") == b"a.cn\n" + host + b"\nb.cn"


@given(st.lists(st.text(st.sampled_from("ax:/@?#.[ \t中-"), max_size=20), min_size=1, max_size=9))
def test_reading_addresses_never_moves_a_line(lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    assert hosts_of(data).count(b"\n") == data.count(b"\n")


@pytest.mark.parametrize(
    "line", ["a:" * 200_000, "a." * 200_000 + ":", "http://" + "@" * 300_000, " " * 300_000 + "x:"]
)
def test_a_line_made_to_be_slow_is_not(line: str) -> None:
    assert hosts_of(line.encode()).count(b"\n") == 0


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"two words.cn", "is no hostname"),
        (b"a\tb.cn", "is no hostname"),
        (b"a.cn\rb.cn", "is no hostname"),
        (b"user@weilidai.cn", "is no hostname"),
        (b"C:\\hosts", "is no hostname"),
        (b"a\x00b.cn", "is no hostname"),
        (b"\x1b[31mweilidai.cn", "is no hostname"),
        (b".weilidai.cn", "has an empty label"),
        (b"weilidai..cn", "has an empty label"),
        (b"a." * 300 + b"cn", "longer than a hostname can be"),
        (b"we\xfflidai.cn", "is not valid UTF-8"),
        (b"\xff two words..cn", "is not valid UTF-8"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_bad_line_is_told_once_with_the_gravest_reason(line: bytes, why: str, end: bytes) -> None:
    rows, codes = bad_rows(end.join([b"ok.cn", line, b"ok.org", b""]))
    assert rows.tolist() == [1]
    assert [LEFT_OUT[code] for code in codes] == [why]


@pytest.mark.parametrize(
    "line",
    [b"weilidai.cn  ", b"\tweilidai.cn", b"weilidai.cn\r", b"weilidai.cn.", b"", b"   ", b"# two words", b"#x@y z"],
)
def test_blanks_around_a_name_and_remarks_are_not_bad(line: bytes) -> None:
    rows, _ = bad_rows(b"ok.cn\n" + line + b"\n  \n two words\nok.org")
    assert rows.tolist() == [3]


@given(st.lists(st.text(st.sampled_from("a.: @\t\r#中\udcff"), max_size=8), min_size=1, max_size=12))
def test_each_line_is_judged_by_itself(lines: list[str]) -> None:
    raw = [line.encode("utf-8", "surrogateescape") for line in lines]
    rows, codes = bad_rows(b"\n".join(raw))
    alone = {at: codes.tolist() for at, line in enumerate(raw) for found, codes in [bad_rows(line)] if len(found)}
    assert dict(zip(rows.tolist(), ([code] for code in codes.tolist()), strict=True)) == alone


def test_what_is_struck_out_keeps_every_other_line_in_its_place() -> None:
    data = b"ok.cn\nbad name\nok.org"
    assert blanked(data, bad_rows(data)[0]) == b"ok.cn\n--------\nok.org\n"
    assert blanked(b"ok.cn", bad_rows(b"ok.cn")[0]) == b"ok.cn"


@pytest.mark.parametrize(
    ("label", "broken"),
    [
        (b"xn--kput3i", False),
        (b"XN--KPUT3I", False),
        (b"xn--99999999", True),
        (b"xn--", True),
        (b"XN--99999999", True),
        (b"axn--99999999", False),
        (b"xn--zzzzzzzzzzzzzzzzzzzz", True),
    ],
)
@pytest.mark.parametrize("place", [b"%s.cn", b"a.%s.cn", b"a.%s", b"%s", b"%s\r"])
def test_punycode_that_cannot_be_read_is_told_wherever_it_stands(label: bytes, place: bytes, *, broken: bool) -> None:
    data = b"ok.cn\n" + place % label + b"\nok.org"
    assert broken_labels(data, 9) == [1] * broken


def test_of_many_broken_labels_the_first_are_told_in_order() -> None:
    data = b"\n".join(b"%s--99999999.xn--.cn" % mark for mark in (b"xn", b"XN") for _ in range(30))
    assert broken_labels(data, 5) == [0, 1, 2, 3, 4]
    assert broken_labels(data, 99) == [*range(60)]


def test_a_list_of_addresses_is_screened_and_what_is_none_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"\ufeffhttps://{GOOD}/x\n# remark\nnot a name\nxn--99999999.cn\n{GOOD}:443\n", "utf-8")
    code, hits, told = _screen(path, capsys)
    assert code == 3
    assert hits == [GOOD, GOOD]
    assert told == [
        f"zhengben: {path}:3: is no hostname; left out",
        f"zhengben: {path}:4: has broken punycode; read as it stands",
    ]


def test_a_sign_that_turns_the_line_round_is_shown_by_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts, messages = tmp_path / "hosts.txt", tmp_path / "messages.txt"
    hosts.write_text("\u202eweilidai.cn\n", "utf-8")
    messages.write_text("代开微\u202e\u200b粒贷\n", "utf-8")
    assert main(["screen", "hosts", str(hosts)]) == 0
    assert main(["screen", "text", str(messages)]) in {0, 1}
    told = capsys.readouterr().out
    assert "‹U+202E›weilidai.cn" in told
    assert "‹U+200B›" in told
    assert not {"\u202e", "\u200b"} & set(told)


def test_a_table_without_text_is_told_and_text_is_found_behind_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    none, second = tmp_path / "none.parquet", tmp_path / "second.parquet"
    pq.write_table(pa.table({"id": [1, 2]}), none)
    pq.write_table(pa.table({"id": [1, 2], "seen": pa.array([GOOD, None]).dictionary_encode()}), second)
    assert _screen(second, capsys)[1] == [GOOD]
    code, hits, told = _screen(none, capsys)
    assert (code, hits, len(told)) == (2, [], 1)
    assert "no column of text" in told[0]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_of_a_packed_list_that_breaks_off_nearly_all_before_the_break_is_read(
    kept: float, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "names.gz"
    whole = gzip.compress("".join(f"n{at * 7919 % 100_003}.example\n" for at in range(30_000)).encode())
    path.write_bytes(whole[: int(len(whole) * kept)])
    read = sum(block.data.count(b"\n") + 1 for block in blocks(str(path), lambda _what, _code: None))
    assert read > 30_000 * kept * 0.8
    assert _screen(path, capsys)[0] == 3


def test_an_empty_packed_file_is_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "names.gz"
    path.write_bytes(b"")
    code, hits, told = _screen(path, capsys)
    assert (code, hits, len(told)) == (3, [], 1)


def test_a_packed_pipe_is_read_to_its_break_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = gzip.compress((GOOD + "\n" + "x.example\n" * 50_000).encode())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data[:-9])))
    assert main(["screen", "hosts", "--json", "-"]) == 3
    told = capsys.readouterr()
    assert [json.loads(line)["name"] for line in told.out.splitlines()] == [GOOD]
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("heading", ["text", "Message", "内容", "短信"])
def test_messages_in_a_table_are_read_from_their_own_column(
    heading: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "messages.parquet"
    pq.write_table(pa.table({"id": ["微众银行"], "url": ["https://a.cn"], heading: ["代开微粒贷\n加微信"]}), path)
    main(["screen", "text", "--json", str(path)])
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(hit["line"], hit["matched"]) for hit in hits] == [(1, "微粒贷")]


def test_messages_in_a_csv_are_read_as_whole_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "messages.csv"
    lines = ["id,text", '1,"代开微粒贷, 加微信"', "2,今天天气很好", "3,a.cn,花呗额度"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    main(["screen", "text", "--json", str(path)])
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(hit["line"], hit["matched"]) for hit in hits] == [(2, "微粒贷"), (4, "花呗")]
    assert all(lines[hit["line"] - 1][hit["start"] : hit["end"]] == hit["matched"] for hit in hits)
