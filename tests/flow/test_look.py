"""Looking at targets of every kind: what is judged, what is fetched, and what is said of what could not be seen."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest

from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.core.verdict import Label
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look, look_at_file
from zhengben.flow.look_file import sniff
from zhengben.flow.look_site import address, host_of, html_text
from zhengben.flow.typed import guess_kind

FAKE = (
    "<html><title>微粒贷官网</title><h1>微粒贷</h1><form action=/s><input placeholder=银行卡号 name=card>"
    "<input type=password placeholder=取款密码></form></html>"
)
NEWS = "<html><title>今日新闻</title><article>天气晴，适合出门。</article></html>"


class Eyes:
    """Answers from a table: URL (and client) to what is there; everything else does not resolve."""

    def __init__(self, pages: dict[str, Fetched | str], drawn: str = "") -> None:
        self.pages, self.drawn, self.asked = pages, drawn, []  # type: ignore[var-annotated]

    def fetch(self, url: str, profile: Profile) -> Fetched:
        self.asked.append((url, profile.name))
        found = self.pages.get(f"{profile.name} {url}", self.pages.get(url))
        if found is None:
            return Fetched(url=url, final_url=url, profile=profile.name, failure="dns_gone")
        if isinstance(found, str):
            return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=found.encode())
        return replace(found, profile=profile.name)

    def capture(self, url: str, profile: Profile) -> Captured:
        failure = "" if self.drawn else "capture_unavailable"
        return Captured(url=url, final_url=url, profile=profile.name, status=200, dom=self.drawn, failure=failure)


@pytest.fixture(scope="module")
def brands() -> Sequence[Brand]:
    return load_brands(ids=("weilidai",))


@pytest.mark.parametrize(
    ("target", "kind"),
    [("https://a.cn", "url"), ("hxxp://a.cn/x", "url"), ("a.cn/x", "url"), ("a.cn:8080", "url"),
     ("192.168.10.100", "url"), ("微粒贷.cn", "domain"), ("weilidai-app.cn", "domain"), ("95384", "phone"),
     ("+86 138 0013 8000", "phone"), ("微粒贷", "text"), ("1234", "text"),
     ("readme.apk", "text"), ("见a.cn和b.cn", "text")],
)  # fmt: skip
def test_what_a_person_means(target: str, kind: str) -> None:
    assert guess_kind(target) == kind


def test_an_official_address_is_official_without_looking(brands: Sequence[Brand]) -> None:
    seen = look("https://www.webank.com/", brands)
    assert seen.verdict.label is Label.OFFICIAL
    assert seen.verdict.coverage.complete


def test_an_address_that_was_not_opened_is_unknown_or_doubtful_and_never_safe(brands: Sequence[Brand]) -> None:
    assert look("https://example.org/", brands).verdict.label is Label.UNKNOWN
    doubtful = look("weilidai-app.cn", brands).verdict
    assert doubtful.label is Label.LOOKALIKE
    assert doubtful.coverage.missing == ("page",)


def test_a_false_page_is_accused_with_what_was_seen(brands: Sequence[Brand]) -> None:
    eyes = Eyes({"http://a.cn/": FAKE})
    seen = look("a.cn", brands, eyes)
    assert seen.verdict.label is Label.IMPERSONATION
    assert len(seen.seen.fetched) == 3
    assert {client for _, client in eyes.asked} == {"desktop", "mobile", "wechat"}


def test_a_page_that_only_phones_are_shown_is_accused_and_the_difference_told(brands: Sequence[Brand]) -> None:
    seen = look("http://a.cn/", brands, Eyes({"desktop http://a.cn/": NEWS, "http://a.cn/": FAKE}))
    assert seen.verdict.label is Label.IMPERSONATION
    assert seen.sighting.page is not None
    assert "desktop" in seen.sighting.page.cloaked


def test_an_ordinary_page_is_unrelated(brands: Sequence[Brand]) -> None:
    assert look("http://a.cn/", brands, Eyes({"http://a.cn/": NEWS})).verdict.label is Label.UNRELATED


def test_a_site_that_only_answers_securely_is_asked_so(brands: Sequence[Brand]) -> None:
    closed = Fetched(url="http://a.cn/", final_url="http://a.cn/", profile="", failure="connect_failed")
    seen = look("a.cn", brands, Eyes({"http://a.cn/": closed, "https://a.cn/": FAKE}))
    assert seen.verdict.accuses


@pytest.mark.parametrize("failure", ["dns_gone", "timeout", "refused_address", "too_big"])
def test_what_could_not_be_fetched_is_unknown(brands: Sequence[Brand], failure: str) -> None:
    gone = Fetched(url="http://a.cn/", final_url="http://a.cn/", profile="", failure=failure)
    verdict = look("http://a.cn/", brands, Eyes({"http://a.cn/": gone})).verdict
    assert verdict.label is Label.UNKNOWN
    assert verdict.coverage.missing == (f"page.{failure}",)


def test_a_refusal_is_not_an_empty_page(brands: Sequence[Brand]) -> None:
    refused = Fetched(url="http://a.cn/", final_url="http://a.cn/", profile="", status=403, body=b"<html>no</html>")
    assert look("http://a.cn/", brands, Eyes({"http://a.cn/": refused})).verdict.label is Label.UNKNOWN


def test_a_page_drawn_by_scripts_is_drawn_or_said_not_to_be(brands: Sequence[Brand]) -> None:
    shell = "<html><script>render()</script></html>"
    unseen = look("http://a.cn/", brands, Eyes({"http://a.cn/": shell}))
    assert unseen.verdict.label is Label.UNKNOWN
    assert "page.capture_unavailable" in unseen.verdict.coverage.missing
    assert look("http://a.cn/", brands, Eyes({"http://a.cn/": shell}, drawn=FAKE)).verdict.accuses


def test_a_download_is_looked_into(brands: Sequence[Brand]) -> None:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as box:
        box.writestr("a.txt", "x")
    seen = look("http://a.cn/v2.apk", brands, Eyes({"http://a.cn/v2.apk": Fetched(
        url="", final_url="http://a.cn/v2.apk", profile="", status=200, body=body.getvalue())}))  # fmt: skip
    assert seen.verdict.label is Label.UNKNOWN
    assert seen.sighting.app is not None


def test_bytes_of_no_known_kind_are_unknown(brands: Sequence[Brand]) -> None:
    odd = Fetched(url="", final_url="http://a.cn/", profile="", status=200, body=b"\x00\x01" * 50)
    assert look("http://a.cn/", brands, Eyes({"http://a.cn/": odd})).verdict.label is Label.UNKNOWN


def test_a_listing_is_judged_by_its_words_and_its_page_kept(brands: Sequence[Brand]) -> None:
    eyes = Eyes({"https://s.example/1": NEWS, "https://s.example/a.apk": "nothing"})
    detail = {"title": "微粒贷", "download": "https://s.example/a.apk"}
    seen = look("https://s.example/1", brands, eyes, kind="app_listing", detail=detail)
    assert seen.verdict.label is Label.IMPERSONATION
    assert len(seen.seen.fetched) == 3


def test_a_file_far_away_needs_eyes(brands: Sequence[Brand]) -> None:
    assert look("https://s.example/a.apk", brands, kind="app_file").verdict.coverage.missing == ("file.not_fetched",)
    seen = look(
        "x", brands, Eyes({"https://s.example/p": FAKE}), kind="image", detail={"download": "https://s.example/p"}
    )
    assert (seen.sighting.kind, seen.sighting.target) == ("image", "x")


def test_a_name_that_equals_an_official_one_must_be_looked_up(brands: Sequence[Brand]) -> None:
    verdict = look("wx:1", brands, kind="account", detail={"title": "微粒贷"}).verdict
    assert verdict.label is Label.UNKNOWN
    assert "account.identifier" in verdict.coverage.missing


def test_official_for_one_brand_is_accused_by_none() -> None:
    seen = look("https://www.webank.com/", load_brands())
    assert seen.verdict.label is Label.OFFICIAL
    assert not any(verdict.accuses for verdict in seen.verdicts)


@pytest.mark.parametrize(("target", "kind", "what"), [("x", "nonsense", "unknown kind"), ("  ", "text", "empty")])
def test_bad_questions_are_refused_with_a_reason(brands: Sequence[Brand], target: str, kind: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        look(target, brands, kind=kind)


def test_addresses_are_understood() -> None:
    assert address("a.cn/x") == "http://a.cn/x"
    assert host_of("http://[bad") == ""
    assert host_of("http://微粒贷.cn/") == "xn--g5t065dinl.cn"


@pytest.mark.parametrize(
    ("body", "header"),
    [("微粒贷".encode("gbk"), "text/html; charset=gb2312"), ("微粒贷".encode(), ""),
     ("微粒贷".encode(), "text/html; charset=nonsense"),
     (b"<meta charset=gbk>" + "微粒贷".encode("gbk"), ""), ("微粒贷".encode("gbk"), "")],
)  # fmt: skip
def test_pages_are_decoded(body: bytes, header: str) -> None:
    one = Fetched(url="", final_url="", profile="", body=body, headers=(("Content-Type", header),))
    assert "微粒贷" in html_text(one)


def test_files_are_known_by_their_bytes() -> None:
    assert sniff(b"\x89PNG\r\n\x1a\n") == "image"
    assert sniff(b"RIFF\x00\x00\x00\x00WEBP") == "image"
    assert sniff(b"From: a@b\r\nSubject: x\r\n\r\nhi") == "mail"
    assert sniff(b"\xff\xfeh\x00i\x00") == "text"
    assert sniff(b"<?xml version='1.0'?><plist><key>PayloadType</key></plist>") == "app"
    assert sniff(b"0\x82\x01\x00\x06\x09*\x86H\x86\xf7\r\x01\x07\x02") == "app"


def test_a_page_in_a_file_is_judged_as_a_page(brands: Sequence[Brand]) -> None:
    assert look_at_file("a.apk", FAKE.encode(), brands).verdict.accuses


def test_a_page_not_seen_whole_still_says_whom_it_names(brands: Sequence[Brand]) -> None:
    """A picture that is not there leaves the page unknown; what its words named is told all the same."""
    page = "<title>微粒贷审核中</title><img src=logo.png><h2>您的申请正在审核</h2>".encode()
    seen = look_at_file("waiting.html", page, brands).verdict
    assert (seen.label, seen.brand) == (Label.UNKNOWN, "weilidai")
    assert "text_name" in {reason.code for reason in seen.reasons}


def test_a_text_in_a_file_is_judged_as_a_text(brands: Sequence[Brand]) -> None:
    assert look_at_file("a.txt", "下载微粒贷APP，联系客服".encode("gbk"), brands).verdict.accuses
    assert look_at_file("a.bin", b"\x00\x01\x02", brands).verdict.label is Label.UNKNOWN
    assert look_at_file("a.html", "<html>明天开会".encode(), brands, kind="text").verdict.label is Label.UNRELATED


def test_a_message_is_judged_by_its_words_and_its_attachments(brands: Sequence[Brand]) -> None:
    mail = (
        "From: =?utf-8?b?5b6u57KS6LS3?= <a@b.example>\r\nSubject: notice\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n'
        "<p>【微粒贷】您的额度已到账，点击 http://wl8.top/a 领取</p>\r\n--b\r\n"
        "Content-Type: application/octet-stream\r\n"
        'Content-Disposition: attachment; filename="v.apk"\r\n\r\nnot a zip\r\n--b--\r\n'
    )
    seen = look_at_file("a.eml", mail.encode(), brands)
    assert seen.verdict.label is Label.IMPERSONATION
    assert [c.value for c in seen.contacts] == ["http://wl8.top/a"]


def test_a_broken_message_is_still_read(brands: Sequence[Brand]) -> None:
    mail = (
        b"Subject: =?utf-8?b?!!!?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n"
        + "微粒贷提额，加微信 wl88996，收费100".encode()
    )
    assert look_at_file("a.eml", mail, brands).verdict.accuses
