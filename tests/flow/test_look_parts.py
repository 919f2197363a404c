"""Parts of looking that hostile input reaches: messages in messages, pages that stop the reader, odd downloads."""

import base64
import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from worlds import PAGE, Web, renewed
from zhengben.core.appfacts import AppFacts, Name
from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Label
from zhengben.flow import app_sighting, look_app, look_file, look_site
from zhengben.flow.limited import ExaminationKilled, Pool
from zhengben.flow.look import look, look_at_file
from zhengben.flow.look_app import brand_marks, look_at_app
from zhengben.flow.look_file import MAX_NESTED, examine_file
from zhengben.flow.typed import guess_kind

SCAM = "【微粒贷】您的20万额度已获批，点击 http://wl8.top/a 下载微粒贷APP提现"
HARD = ExaminationKilled("cpu")


@pytest.fixture
def brands() -> Sequence[Brand]:
    return renewed()


def message(*parts: bytes, subject: str = "notice") -> bytes:
    """Write a message whose every part is an attached file."""
    edge = b"edge%d" % sum(map(len, parts))
    head = b'Subject: %s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n' % (
        subject.encode(),
        edge,
    )
    kind = b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n"
    return head + b"".join(b"--%s\r\n%s%s\r\n" % (edge, kind, part) for part in parts) + b"--%s--\r\n" % edge


def test_a_message_in_a_message_is_read(brands: Sequence[Brand]) -> None:
    inner = b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + SCAM.encode()
    assert look_at_file("a.eml", message(message(inner)), brands).verdict.accuses


def test_messages_nested_without_end_are_said_not_to_be_seen(brands: Sequence[Brand]) -> None:
    body = b"Subject: x\r\n\r\n" + SCAM.encode()
    for _ in range(2000):
        body = message(body)
    sightings = examine_file("a.eml", body)
    assert len(sightings) == MAX_NESTED + 1
    assert sightings[-1].missing == ("file.too_deep",)
    assert look_at_file("a.eml", body, brands).verdict.label is Label.UNKNOWN


@pytest.mark.parametrize("layer", [b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n', b"rfc822"])
def test_parts_nested_without_end_are_said_not_to_be_seen(layer: bytes, brands: Sequence[Brand]) -> None:
    one = b"Content-Type: message/rfc822\r\n\r\nSubject: y\r\n"
    body = b"Subject: x\r\n" + b"".join(layer % (n, n) if b"%" in layer else one for n in range(3000))
    verdict = look_at_file("a.eml", body + b"\r\nhi", brands).verdict
    assert (verdict.label, verdict.coverage.missing) == (Label.UNKNOWN, ("file.too_deep",))


def test_the_parts_of_a_message_are_each_read_for_what_they_are(brands: Sequence[Brand]) -> None:
    plain = base64.b64encode(SCAM.encode("gb18030"))
    body = (
        b"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n" + plain + b"\r\n"
        b"--b\r\nContent-Type: text/plain; charset=no-such\r\n\r\nhello\r\n"
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<script>x()</script><p>bye</p>\r\n"
        b"--b\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"
    )
    (only,) = examine_file("a.eml", body)  # the empty attachment is no file
    assert "微粒贷" in only.text
    assert "bye" in only.text
    assert "x()" not in only.text
    assert look_at_file("a.eml", body, brands).verdict.accuses


def test_a_header_that_cannot_be_read_is_empty() -> None:
    class Broken:
        def __getitem__(self, _name: str) -> str:
            raise ValueError("no header")

    assert look_file._header(Broken(), "subject") == ""


def killed(*_: object, **__: object) -> Any:
    """Be an examination that was stopped."""
    raise HARD


def test_an_examination_that_is_stopped_is_unknown_and_never_clean(
    brands: Sequence[Brand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_file, "run_limited", killed)
    seen = {
        "page file": look_at_file("a.html", b"<html><p>x", brands),
        "picture": look_at_file("a.png", b"\x89PNG\r\n\x1a\n", brands),
        "site": look("a.cn", brands, Web({"a.cn": (200, PAGE)})),
    }
    assert {name: one.verdict.label for name, one in seen.items()} == dict.fromkeys(seen, Label.UNKNOWN)
    assert seen["page file"].verdict.coverage.missing == ("page.stopped_cpu",)
    assert seen["picture"].verdict.coverage.missing == ("image.reader",)
    assert seen["site"].verdict.coverage.missing == ("page.stopped_cpu",)


def test_the_words_of_a_picture_are_judged(brands: Sequence[Brand], monkeypatch: pytest.MonkeyPatch) -> None:
    read = PageFacts(url="", final_url="", profile="picture", image_words=("微粒贷官方下载", SCAM))
    monkeypatch.setattr(look_file, "run_limited", lambda *_, **__: read)
    seen = look_at_file("a.png", b"\x89PNG\r\n\x1a\n", brands)
    assert (seen.sighting.kind, seen.verdict.accuses) == ("image", True)
    assert [contact.value for contact in seen.contacts] == ["http://wl8.top/a"]


# --- apps -------------------------------------------------------------------------------------------------------------


def test_an_app_whose_examination_is_stopped_is_unknown(brands: Sequence[Brand], tmp_path: Path) -> None:
    assert app_sighting.examined_app(b"PK", "a.apk", 2, target="t", run=killed).missing == ("app.stopped_cpu",)
    (tmp_path / "a.apk").write_bytes(b"PK\x03\x04 broken")
    pool = Pool(1)
    try:
        seen = look_at_app(tmp_path / "a.apk", brands, (), pool)
    finally:
        pool.close()
    assert seen.verdict.label is Label.UNKNOWN
    assert seen.sighting.target == str(tmp_path / "a.apk")


def test_what_is_named_in_an_app_is_text_and_ways_to_reach_people() -> None:
    names = (Name(text="微粒贷", locale="zh"), Name(text=""))
    told = app_sighting.app_sighting(AppFacts(platform="android", names=names, urls=("http://wl8.top/a",)), "a.apk")
    assert told.title == "微粒贷"
    assert [contact.value for contact in told.contacts] == ["http://wl8.top/a"]


def picture() -> bytes:
    """Draw a small picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\x00" + bytes(v for x in range(32) for v in (x * 8, y * 8, 99)) for y in range(32))
    out = io.BytesIO(b"")
    out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)))
    out.write(chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return out.getvalue()


def test_a_mark_that_cannot_be_read_stays_a_name(
    brands: Sequence[Brand], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Logo:
        kind, right = "symbol", ""

        def __init__(self, file: str) -> None:
            self.file = file

    class Owner:
        id = "b"
        logos = tuple(map(Logo, ("gone.png", "../out.png", "big.png", "a\x00.png", "here.png")))

    home = tmp_path / "brands"
    home.mkdir()
    (tmp_path / "out.png").write_bytes(picture())
    (home / "big.png").write_bytes(bytes(100))
    (home / "here.png").write_bytes(picture())
    monkeypatch.setattr(look_app, "BIGGEST", 99)
    pool = Pool(1)
    try:
        assert brand_marks(brands, home, pool) == ()
        assert [mark.body for mark in brand_marks([Owner()], home, pool)] == [b""] * 5  # type: ignore[list-item]
        monkeypatch.setattr(look_app, "BIGGEST", 10_000)
        known = {mark.file: bool(mark.looks) for mark in brand_marks([Owner()], home, pool)}  # type: ignore[list-item]
        monkeypatch.setattr(pool, "run", killed)
        assert {mark.looks for mark in brand_marks([Owner()], home, pool)} == {""}  # type: ignore[list-item]
    finally:
        pool.close()
    assert known == {"gone.png": False, "../out.png": False, "big.png": False, "a\x00.png": False, "here.png": True}


# --- sites ------------------------------------------------------------------------------------------------------------


class Eyes(Web):
    """A web whose browser draws one page, or fails."""

    drawn = ""
    failure = ""

    def capture(self, url: str, profile: Profile) -> Captured:
        return Captured(
            url=url, final_url=url, profile=profile.name, status=200, dom=self.drawn, failure=self.failure
        )  # fmt: skip


def test_an_asked_for_picture_changes_no_verdict(brands: Sequence[Brand]) -> None:
    seen = look("a.cn", brands, Eyes({"a.cn": (200, PAGE)}), picture=True)
    assert len(seen.seen.captured) == 3
    assert seen.verdict == look("a.cn", brands, Web({"a.cn": (200, PAGE)})).verdict


def test_a_page_the_browser_drew_empty_or_too_hard_to_read_is_said_so(
    brands: Sequence[Brand], monkeypatch: pytest.MonkeyPatch
) -> None:
    eyes = Eyes({"a.cn": (200, "<html><script>render()</script></html>")})
    assert "page.empty" in look("a.cn", brands, eyes).verdict.coverage.missing
    eyes.drawn = "<p>x"
    monkeypatch.setattr(look_site, "run_with_pictures", killed)
    verdict = look("a.cn", brands, eyes).verdict
    assert verdict.label is Label.UNKNOWN
    assert "page.stopped_cpu" in verdict.coverage.missing


def test_pictures_add_nothing_to_what_was_no_page() -> None:
    blind = Sighting(kind="url", target="a.cn", missing=("page.unreachable",))
    assert look_site._with_pictures(blind, Sighting(kind="url", target="a.cn"), ()) is blind


def test_an_app_behind_a_listing_is_looked_into(brands: Sequence[Brand]) -> None:
    class Store(Web):
        def fetch(self, url: str, profile: Profile) -> Fetched:
            body = b"PK\x03\x04 broken" if url.endswith(".apk") else PAGE.encode()
            return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=body)

    detail = {"title": "微粒贷", "download": "https://cdn.example/wld.apk"}
    seen = look("https://s.example/1", brands, Store(), kind="app_listing", detail=detail)
    assert (seen.verdict.accuses, len(seen.seen.fetched)) == (True, 3)
    offline = look("https://s.example/1", brands, None, kind="app_listing", detail=detail)
    assert (offline.verdict.accuses, offline.seen.fetched) == (True, ())


def test_pages_without_words_differ_only_from_pages_with_words() -> None:
    assert look_site._unlike("", "一二三四五六")
    assert not look_site._unlike("", "一二")
    assert not look_site._unlike("一二三四五", "一二三四五")


def test_a_page_only_phones_must_have_drawn_is_drawn_and_the_other_stands(brands: Sequence[Brand]) -> None:
    class Shell(Eyes):
        def fetch(self, url: str, profile: Profile) -> Fetched:
            body = "<html><script>render()</script></html>" if profile.name == "mobile" else "<p>今日天气晴，适合出门。"
            return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=body.encode())

    eyes = Shell()
    eyes.drawn = PAGE
    seen = look("a.cn", brands, eyes)
    assert seen.verdict.accuses
    assert seen.sighting.title == "微粒贷官方下载"


def test_a_name_no_name_server_could_know_is_still_something() -> None:
    assert guess_kind("a" * 70 + "微.cn") == "domain"
    assert look("a" * 70 + "微.cn", renewed()).verdict.label is Label.UNKNOWN


def test_a_listing_that_hands_out_nothing_is_judged_by_its_words(brands: Sequence[Brand]) -> None:
    seen = look("s.example/1", brands, Web(), kind="app_listing", detail={"title": "微粒贷"})
    assert (seen.verdict.accuses, seen.seen.fetched) == (True, ())


def test_a_site_that_answers_neither_way_is_unknown(brands: Sequence[Brand]) -> None:
    seen = look("a.cn", brands, Web({"a.cn": "connect_failed"}))
    assert seen.verdict.label is Label.UNKNOWN
    assert {one.failure for one in seen.seen.fetched} == {"connect_failed"}


def html_mail(html: str, charset: str = "utf-8", codec: str = "") -> bytes:
    head = f"Subject: notice\r\nContent-Type: text/html; charset={charset}\r\n\r\n"
    return head.encode() + html.encode(codec or charset)


def test_a_link_in_a_message_is_a_contact_whatever_it_shows(brands: Sequence[Brand]) -> None:
    body = html_mail('<p>您的账户异常</p><a href="http://weilidai-unlock.top/login">https://www.webank.com</a>')
    look = look_at_file("a.eml", body, brands)
    assert ("url", "http://weilidai-unlock.top/login") in {(c.kind, c.value) for c in look.contacts}
    assert look.verdict.brand == "weilidai"


def test_words_hidden_from_the_reader_of_a_message_are_no_words_of_it() -> None:
    (seen,) = examine_file("a.eml", html_mail("<style>p{}</style><script>var a='微粒贷'</script><p>明天开会</p>"))
    assert seen.text == "notice\n明天开会"


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
def test_a_message_in_a_chinese_charset_is_read_to_its_rarest_character(charset: str) -> None:
    """Mail programs write gb2312 above text that only GB 18030 can hold."""
    (seen,) = examine_file("a.eml", html_mail("<p>微粒貸 喆 镕</p>", charset, "gb18030"))
    assert "微粒貸 喆 镕" in seen.text


def test_a_message_in_a_charset_nobody_knows_is_read_all_the_same() -> None:
    (seen,) = examine_file("a.eml", html_mail("<p>微粒贷</p>", "x-unheard-of", "utf-8"))
    assert "微粒贷" in seen.text


def test_a_part_that_stops_the_reader_keeps_its_words_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> object:
        raise HARD

    monkeypatch.setattr(look_file, "run_limited", stopped)
    (seen,) = examine_file("a.eml", html_mail("<p>微粒贷</p>"))
    assert "微粒贷" in seen.text
    assert seen.missing == ("page.stopped_cpu",)


def test_more_parts_than_are_read_are_said_not_to_be_seen() -> None:
    edge = b'Subject: x\r\nContent-Type: multipart/mixed; boundary="e"\r\n\r\n'
    body = edge + b"--e\r\nContent-Type: text/plain\r\n\r\nhello\r\n" * 60 + b"--e--\r\n"
    (seen,) = examine_file("a.eml", body)
    assert seen.missing == ("file.too_many_parts",)
