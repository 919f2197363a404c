"""Every command of the contract held to its shapes and exit codes, by a judge that knows nothing of the code."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from contract.shapes import BRAND, CHECK, HOST, PACKAGE, RANGE, TEXT, Shape, check_rules, wrong
from zhengben.cli.main import main
from zhengben.locale.terminal import VARIABLE

AD = "下载微粒贷APP，强开额度，加QQ 2831907756"
FORM = "<title>微粒贷官方</title><form><input name=pin placeholder=取款密码><input placeholder=银行卡号></form>"
TARGETS = {
    "advertisement": ("--kind", "text", AD),
    "warning": ("--kind", "text", "警惕！有人冒充微粒贷客服要求转账，请勿相信"),
    "ordinary text": ("--kind", "text", "明天下午三点开会"),
    "text of one letter": ("--kind", "text", "a"),
    "only punctuation": ("--kind", "text", "！？。…"),
    "only emoji": ("--kind", "text", "🏦💰"),
    "right to left": ("--kind", "text", "\u202e贷粒微载下"),
    "half a character": ("--kind", "text", "微粒贷\udcff下载"),
    "braces": ("--kind", "text", "{name} {0} 微粒贷 {brand}"),
    "markup": ("--kind", "text", "<b>微粒贷</b>APP下载 & 强开"),
    "control characters": ("--kind", "text", "微粒贷\x1b[31m红\x07"),
    "many lines": ("--kind", "text", "微粒贷\n客服\n热线\n400-123-4567"),
    "long": ("--kind", "text", "今天天气很好。" * 3000 + AD),
    "our site": ("https://www.webank.com/",),
    "our host": ("webank.com",),
    "our host in capitals": ("WWW.WEBANK.COM",),
    "our number": ("95384",),
    "false number": ("--kind", "phone", "400-821-9999"),
    "number abroad": ("--kind", "phone", "+1 212 555 0100"),
    "number of letters": ("--kind", "phone", "abc"),
    "false host": ("weilidai-app.cn",),
    "false host with an address": ("http://weilidai-app.cn/down?a=1#x",),
    "host in Chinese": ("微粒贷下载.cn",),
    "host in disguise": ("xn--g5t065dinl.cn",),
    "host of no brand": ("example.org",),
    "host by number": ("http://2130706433/",),
    "address with a name in it": ("https://webank.com@evil.example/",),
    "address with a port": ("https://evil.example:8443/weilidai",),
    "address of no form": ("http://[::1",),
    "address without a host": ("https:///path",),
    "another scheme": ("ftp://weilidai.cn/app.apk",),
    "an account": ("--kind", "account", "微粒贷官方客服"),
    "our account's name": ("--kind", "account", "微粒贷"),
    "a place": ("--kind", "poi", "微众银行（南山网点）"),
    "a job": ("--kind", "job", "微众银行信贷顾问急聘"),
    "a company": ("--kind", "company", "深圳微粒贷信息咨询有限公司"),
    "a post": ("--kind", "post", "微粒贷强开口子，私信"),
    "a listing": ("--kind", "listing", "微粒贷提额教程 9.9元"),
    "an ad": ("--kind", "search_ad", "微粒贷-官网入口"),
    "a listing of an app": ("--kind", "app_listing", "微粒贷极速版"),
}  # fmt: skip
Run = tuple[int, list[dict[str, Any]], str]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "")  # remembered first, so that what a command sets in a test ends with the test
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Run:
    """Run one command; what it prints must be JSON, one object a line."""
    status = main(list(words))
    out, err = capsys.readouterr()
    rows = [json.loads(row, parse_constant=_no_constant) for row in out.splitlines()]
    assert all(isinstance(row, dict) for row in rows)
    return status, rows, err


def _no_constant(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def fits(rows: list[dict[str, Any]], shape: Shape) -> bool:
    """Tell whether every row fits, showing what does not."""
    found = [problem for row in rows for problem in wrong(row, shape)]
    assert found == []
    return True


def expected(rows: list[dict[str, Any]]) -> int:
    """Give the exit code the contract asks for, where every target could be read: 3 before 1 before 0."""
    if any(row["verdict"] == "unknown" for row in rows):
        return 3
    return 1 if any(row["verdict"] in {"impersonation", "scam"} for row in rows) else 0


@pytest.mark.parametrize("name", TARGETS)
def test_check_prints_one_row_of_the_shape_with_the_right_code(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, rows, _ = run(capsys, "check", "--offline", "--json", *TARGETS[name])
    assert len(rows) == 1
    assert fits(rows, CHECK)
    assert list(check_rules(rows[0])) == []
    assert (
        rows[0]["target"] == TARGETS[name][-1].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        or rows[0]["target"] == TARGETS[name][-1]
    )
    assert status == expected(rows)


def test_kind_is_what_was_insisted_on(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (words for words in TARGETS.values() if words[0] == "--kind"):
        assert run(capsys, "check", "--offline", "--json", *words)[1][0]["kind"] == words[1]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("page.html", FORM.encode()),
        ("page.html", b"<"),
        ("empty.html", b""),
        ("mail.eml", b"Subject: =?utf-8?b?5b6u57KS6LS3?=\n\n" + AD.encode()),
        ("broken.apk", b"PK\x03\x04 nothing"),
        ("empty.apk", b""),
        ("broken.ipa", b"\x00" * 100),
        ("broken.hap", b"PK\x05\x06" + bytes(18)),
        ("a.mobileconfig", b"<plist><dict><key>PayloadType</key></dict></plist>"),
        ("a.png", b"\x89PNG\r\n\x1a\n broken"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.gif", b"GIF89a"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>"),
        ("a.txt", AD.encode("gb18030")),
        ("a.bin", bytes(range(256)) * 8),
        ("nameless", b"\x7fELF"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)}b",
)
def test_check_of_a_file_prints_one_row_of_the_shape(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, body: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    status, rows, _ = run(capsys, "check", "--offline", "--json", str(path))
    assert len(rows) == 1
    assert fits(rows, CHECK)
    assert list(check_rules(rows[0])) == []
    assert status == expected(rows)


def test_many_targets_give_many_rows_in_their_order_and_the_gravest_code(capsys: pytest.CaptureFixture[str]) -> None:
    targets = ["webank.com", AD, "http://nobody.example/", "明天开会"]
    status, rows, _ = run(capsys, "check", "--offline", "--json", *targets)
    assert [row["target"] for row in rows] == targets
    assert fits(rows, CHECK)
    assert status == expected(rows) == 3


def test_screen_hosts_prints_hits_of_the_shape_and_the_code_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    names = ["weilidai-app.cn", "wei1idai.com", "example.org", "www.webank.com", "xn--g5t065dinl.cn", "wellidai.top"]
    body = "\n".join([*names, "", "not a host", "# comment"]).encode() + b"\n\xff\xfe.bad\n"
    plain, packed, table = tmp_path / "a.txt", tmp_path / "a.txt.gz", tmp_path / "a.csv"
    plain.write_bytes(body)
    packed.write_bytes(gzip.compress(body))
    table.write_bytes(b"domain,first_seen\n" + b"".join(f"{name},2026-11-22\n".encode() for name in names))
    for path in (plain, packed, table):
        status, rows, _ = run(capsys, "screen", "hosts", "--json", str(path))
        assert rows
        assert fits(rows, HOST)
        found = [row["name"] for row in rows]
        assert set(found) <= set(names)
        assert "weilidai-app.cn" in found
        assert not {"www.webank.com", "example.org"} & set(found)
        assert status in {0, 1, 3}


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
def test_screen_text_prints_hits_whose_offsets_are_code_points(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, mode: str
) -> None:
    lines = [
        "今天开会",
        "😀点这里下载 微\u200b粒贷 客户端",
        "v l d",
        "微粒貸強開\\n加QQ 123456",
        "威力贷",
        "徽粒贷APP",
        "wei li dai",
    ]
    path = tmp_path / "a.txt"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    _, rows, _ = run(capsys, "screen", "text", "--json", "--mode", mode, str(path))
    assert rows
    assert fits(rows, TEXT)
    for row in rows:
        original = lines[row["line"] - 1]
        assert 0 <= row["start"] < row["end"] <= len(original)
        assert original[row["start"] : row["end"]] == row["matched"]
    assert [row["line"] for row in rows] == sorted(row["line"] for row in rows)


def test_screen_apps_prints_one_row_a_file_in_the_shape_of_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name, body in {
        "a.apk": b"PK\x03\x04",
        "b.ipa": b"",
        "c.mobileconfig": b"<plist/>",
        "notes.md": b"# no app",
    }.items():
        (tmp_path / name).write_bytes(body)
    status, rows, _ = run(capsys, "screen", "apps", "--json", str(tmp_path))
    assert {Path(row["target"]).name for row in rows} >= {"a.apk", "b.ipa", "c.mobileconfig"}
    assert fits(rows, CHECK)
    assert status == expected(rows) == 3


def test_brand_check_prints_a_row_a_file_and_problems_with_their_cure(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "bad"\nfinance = "yes"\n', "utf-8")
    good = next(Path("src/zhengben/brands").glob("*.toml")) if Path("src").is_dir() else Path("brands/weilidai.toml")
    status, rows, _ = run(capsys, "brand", "check", "--json", str(bad), str(good))
    assert fits(rows, BRAND)
    assert [row["ok"] for row in rows] == [False, True]
    assert all(set(problem) >= {"line", "what", "cure"} for problem in rows[0]["problems"])
    assert rows[1]["problems"] == []
    assert status == 1


@pytest.mark.parametrize("body", [b"", b"PK\x05\x06" + bytes(18), b"nothing", bytes(100_000)], ids=len)
def test_evidence_verify_prints_a_row_a_package(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, body: bytes
) -> None:
    path = tmp_path / "junk.zip"
    path.write_bytes(body)
    status, rows, _ = run(capsys, "evidence", "verify", "--json", str(path))
    assert fits(rows, PACKAGE)
    assert [row["package"] for row in rows] == [str(path)]
    assert rows[0]["ok"] == all(check["ok"] for check in rows[0]["checks"])
    assert status == 1


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",), ("check",), ("check", "--kind", "website", "a"), ("screen",), ("screen", "hosts"),
        ("screen", "hosts", "--mode", "loud", "a.txt"), ("check", "--offline", "no/such/file.apk"),
        ("screen", "text", "no/such/file.txt"), ("brand", "check", "no/such/file.toml"),
        ("evidence", "verify", "no/such/package.zip"), ("disclose", "--from", "yesterday", "--to", "today"),
        ("range", "run", "no-such-scenario"), ("range", "run", "--seed", "x"), ("check", "--brand", "nobody", "a"),
        ("check", "--brands", "no/such/folder", "a"),
        ("check", "--offline", ""),
    ],
    ids=" ".join,
)  # fmt: skip
def test_bad_usage_ends_with_code_2_and_one_line_that_says_what_to_do(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    try:
        status = main(list(words))
    except SystemExit as left:
        status = int(str(left.code))
    out, err = capsys.readouterr()
    assert status == 2
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err
    last = err.strip().splitlines()[-1]
    assert ";" in last or "--help" in last or "needs one more word" in last


def test_the_judge_itself_sees_what_is_wrong() -> None:
    """A judge that finds nothing wrong with anything would make every test above worthless."""
    row: dict[str, Any] = {
        "target": "a", "kind": "text", "verdict": "unrelated", "brand": "", "score": 0, "reasons": [], "contacts": [],
        "coverage": {"complete": True, "missing": []}, "elapsed_ms": 1.0,
    }  # fmt: skip
    assert wrong(row, CHECK) == []
    for key in CHECK:
        assert wrong({k: v for k, v in row.items() if k != key}, CHECK) == [f"row lacks {key}"]
    for key, value in {
        "verdict": "safe", "score": 101, "kind": "fax", "elapsed_ms": -1, "target": None, "reasons": {},
        "coverage": {"complete": "yes", "missing": ["a sentence, not a code"]}, "contacts": [{"kind": "fax"}],
    }.items():  # fmt: skip
        assert wrong({**row, key: value}, CHECK)
    assert wrong({**row, "score": True}, CHECK)
    assert list(check_rules({**row, "verdict": "unknown"}))
    assert list(check_rules({**row, "verdict": "scam"}))
    assert wrong({}, RANGE)
    assert wrong({}, BRAND)
