"""The page a lawyer reads: everything that was sealed, in words, and nothing of a stranger that could act."""

import hashlib
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.lead import KINDS
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.evidence.box import read_box
from zhengben.evidence.exhibit import Attached, Exhibit, Operator, Step
from zhengben.evidence.seal import seal
from zhengben.evidence.sheet import LONGEST, SHEETS, shown
from zhengben.evidence.verify import verify_package

NOW = datetime.fromisoformat("2026-11-22T09:02:03.456+08:00")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)><a href="https://evil.cn">微粒贷\u202egpj.exe</a>'
EXHIBIT = Exhibit(
    target="https://wei1idai.cn/下载", kind="url", case="2026-0001", brand="weilidai",
    operator=Operator(name="林芷", id="A17", organisation="某银行", machine=False),
    steps=(Step(NOW, "fetch", {"url": "https://wei1idai.cn/下载"}), Step(NOW, "something new"), Step(NOW, "seal")),
    fetched=(
        Fetched(url="https://wei1idai.cn/下载", final_url="https://wei1idai.cn/", profile="mobile", status=200),
        Fetched(url="https://wei1idai.cn/b", final_url="", profile="desktop", failure="timeout"),
    ),
    captured=(Captured(url="u", final_url="v", profile="mobile", status=200, dom="<p>", screenshot=b"\x89PNG"),),
    files=(Attached("a.apk", "application/zip", b"PK"),),
    verdicts=(
        Verdict(
            Label.IMPERSONATION, "weilidai", 93,
            (Reason("no_such_app", 60, {"brand": "微粒贷"}), Reason("no_words", 1)), Coverage(("picture",)),
        ),
    ),
    environment={"hosts_file": {"clean": True}, "proxy": {"clean": False}, "disk": 5},
    tools={"zhengben": "1.0", "chromium": "156"},
)  # fmt: skip


def pages(exhibit: Exhibit = EXHIBIT) -> dict[str, str]:
    """Seal an exhibit and give its page of each language."""
    package = seal(exhibit, KEY, NOW)
    assert verify_package(package).ok
    members = read_box(package)
    return {language: members[name].decode() for language, name in SHEETS.items()}


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag in."""
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        """Take text in."""
        self.text += data


def test_a_lawyer_reads_what_was_sealed() -> None:
    zh, en = (Seen(page).text for page in pages().values())
    for said in (
        "电子证据固定报告", "2026-0001", "https://wei1idai.cn/下载", "林芷 A17 某银行", "由人取得",
        "2026-11-22T09:02:03.456+08:00", "2026-11-22T01:02:03.456Z", "网页", "证据清单", "截图", "未能查看", "超时",
        "清洁", "不清洁", "chromium", "封存", "VERIFY.zh.md", "something new",
    ):  # fmt: skip
        assert said in zh, said
    for said in (
        "Record of preserved electronic evidence",
        "web page",
        "List of evidence",
        "VERIFY.en.md",
        "a person",
        "picture",
    ):
        assert said in en, said
    assert "no_such_app" not in zh + en  # a reason is said in words
    assert "no_words" in zh  # and where there are none, by its code


def test_a_picture_stands_under_the_client_that_was_shown_it() -> None:
    shown = (
        Captured(url="u", final_url="https://wei1idai.cn/m", profile="mobile", status=200, screenshot=b"\x89PNG1"),
        Captured(url="u", final_url="https://wei1idai.cn/<b>", profile="wechat", status=404, screenshot=b"\x89PNG2"),
        Captured(url="u", final_url="v", profile="Odd One", screenshot=b"\x89PNG3"),
    )
    for page, client in zip(pages(replace(EXHIBIT, captured=shown)).values(), ("微信内", "WeChat"), strict=True):
        seen = Seen(page)
        assert (seen.tags.count("figure"), seen.tags.count("main")) == (3, 1)
        alts = [value for name, value in seen.attributes if name == "alt"]
        assert len(alts) == 3
        assert client in alts[1]
        assert alts[2]
        assert "https://wei1idai.cn/<b> · 404" in seen.text
    assert "b" not in seen.tags[seen.tags.index("figure") :]


def test_what_was_not_seen_is_told_in_words() -> None:
    blind = Verdict(Label.UNKNOWN, "weilidai", 0, (), Coverage(("page.dns_failed", "page.status_503")))
    zh, en = (Seen(page).text for page in pages(replace(EXHIBIT, verdicts=(blind,))).values())
    assert "未能查看：域名解析服务器没有回答、网站回答 503" in zh
    assert "the name server did not answer, the site answered with status 503" in en
    assert "page.dns_failed" not in zh + en


def test_the_list_names_every_file_with_its_digest() -> None:
    package = read_box(seal(EXHIBIT, KEY, NOW))
    told = Seen(package[SHEETS["zh"]].decode()).text
    for path, body in package.items():
        if path.startswith("data/") or path == "signer.pem":
            assert path in told
            assert hashlib.sha256(body).hexdigest() in told
    assert 'src="data/captured-01-mobile/screenshot.png"' in package[SHEETS["en"]].decode()


@pytest.mark.parametrize("field", ["target", "case", "brand"])
def test_a_strangers_words_stay_words(field: str) -> None:
    exhibit = replace(EXHIBIT, **{field: EVIL})  # type: ignore[arg-type]  # one text field at a time
    for page in pages(exhibit).values():
        seen = Seen(page)
        assert "script" not in seen.tags
        assert "a" not in seen.tags
        assert seen.tags.count("img") == 1
        assert not any(name.startswith("on") for name, _ in seen.attributes)
        assert "\u202e" not in page
        assert "[U+202E]" in page


def test_hostile_facts_anywhere_add_no_tag() -> None:
    plain = Seen(pages()["zh"]).tags
    evil = replace(
        EXHIBIT, operator=replace(EXHIBIT.operator, name=EVIL), tools={EVIL: EVIL, "b": "c"},
        fetched=(replace(EXHIBIT.fetched[0], url=EVIL, final_url=EVIL, profile=EVIL), EXHIBIT.fetched[1]),
        steps=(Step(NOW, EVIL, {EVIL: EVIL}), *EXHIBIT.steps[1:]),
        verdicts=(replace(EXHIBIT.verdicts[0], brand=EVIL, coverage=Coverage((EVIL,))),),
    )  # fmt: skip
    assert Seen(pages(evil)["zh"]).tags == plain


def test_nothing_is_loaded_from_outside_and_nothing_runs() -> None:
    for page in pages().values():
        assert "default-src 'none'" in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
        assert "<script" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_words(kind: str) -> None:
    zh, en = pages(replace(EXHIBIT, kind=kind)).values()
    assert f"<td>{kind}</td>" not in zh
    assert "sheet." not in zh + en


def test_an_exhibit_of_almost_nothing_has_a_page_too() -> None:
    bare = Exhibit(target="400-800-1234", kind="of tomorrow", operator=Operator(name=""))
    zh, _ = pages(bare).values()
    assert "400-800-1234" in zh
    assert "of tomorrow" in zh
    assert "截图</h2>" not in zh


def test_the_same_exhibit_gives_the_same_page() -> None:
    assert pages() == pages()


@given(st.text(max_size=300))
def test_no_text_escapes(text: str) -> None:
    told = shown(text)
    assert not set(told) & set('<>"')
    assert "\u202e" not in told
    assert "\u200b" not in told


def test_a_text_without_end_is_cut() -> None:
    assert len(shown("长" * 100_000)) == LONGEST + 1
