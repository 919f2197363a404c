"""What holds for every page, whatever is on it: whole for machine and reader, in one language, without script."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

from desk import Desk, text
from zhengben.console.templatetags.words import language_of
from zhengben.locale.words import LANGUAGES
from zhengben.store.models import Case, Lead, Notice

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"
SMS = "【微粒贷】尊敬的用户，您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP提现，客服V：wld8866"
LABELLED = "input:not([type=hidden]):not([type=submit]), select, textarea"
KEY = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")  # a key of the catalogue shown as it is
ROOMS = frozenset({"portal", "error", "label", "inbox", "case", "notice", "state", "site", "sign", "reason"})
INLINE = re.compile("on|style$")
TAGS = {"zh": "zh-Hans", "en": "en"}
CHROME = frozenset({  # pages that hold little but our own words
    "/start/", "/leads/", "/leads/?state=all", "/cases/", "/sources/", "/people/", "/disclosure/", "/notices/",
    "/rechecks/", "/nothing/", "405", "sign in", "welcome", "ask", "ask large",
})  # fmt: skip
QUOTED = ("今天天气", "深圳", "花呗", "借呗", "代开", "强开", "微业贷", "微车贷", "重庆")
OURS = ("正本", "中文", "北京时间", "微粒贷", "微众", "公众", "王", "陈思", "周弈", "管家", "提现", "下载", "额度")


def pages(desk: Desk, language: str) -> dict[str, Any]:
    """Give every page a person can open, by what it is."""
    desk.person("陈思")
    desk.town.report()
    desk.town.report("今天天气不错，适合看看微粒贷", kind="text")
    desk.town.work()
    member = desk.person("管家", manages=True)
    member.cookies["language"] = language
    stranger = Client(SERVER_NAME=HOST, raise_request_exception=False)
    stranger.cookies["language"] = language
    ask = {"q": SMS}
    case, notice = Case.objects.first(), Notice.objects.first()
    assert case
    assert notice
    person = get_user_model().objects.get(username="陈思")
    path = member.post(f"/people/{person.pk}/link/", follow=True).context["link"]["url"]
    found = {
        path: member.get(path)
        for path in (
            "/start/", "/leads/", "/leads/?state=all", "/leads/?q=nothing-like-it", "/leads/add/", "/cases/",
            "/cases/?q=zzz", f"/cases/{case.number}/", "/notices/", "/notices/?state=all", f"/notices/{notice.pk}/",
            "/rechecks/", "/disclosure/", "/disclosure/?from=2026-02-01&to=2026-01-01", "/disclosure/print/",
            "/disclosure/found/", "/brands/", "/brands/weilidai/", "/sources/", "/people/", "/nothing/",
            f"/leads/{Lead.objects.earliest('pk').pk}/", f"/leads/{Lead.objects.latest('pk').pk}/",
        )
    }  # fmt: skip
    found["405"] = member.get(f"/notices/{notice.pk}/approve/")
    found["bad lead"] = member.post("/leads/add/", {"kind": "url", "locator": " "})
    found["bad source"] = member.post("/sources/", {"kind": "watched_folder", "name": "x", "path": "not/there"})
    found["bad renewal"] = member.post("/brands/weilidai/renew/", {"number": "1"})
    found["welcome"] = stranger.get(path)
    found["bad welcome"] = stranger.post(path, {"name": "", "password": "a", "again": "b"})
    found["dead link"] = stranger.get("/welcome/MQ/none/")
    found["sign in"] = stranger.get("/sign-in/")
    found["wrong password"] = stranger.post("/sign-in/", {"name": "陈思", "password": "no"})
    public = f"?lang={language}"
    found["ask"] = stranger.get(f"/check/{public}")
    found["ask large"] = stranger.get(f"/check/{public}&big=1")
    found["false"] = stranger.post(f"/check/{public}", ask)
    found["official"] = stranger.post(f"/check/{public}", {"q": "95384"})
    found["unknown"] = stranger.post(f"/check/{public}", {"q": "https://example.org/"})
    found["nothing asked"] = stranger.post(f"/check/{public}", {"q": " "})
    found["card"] = stranger.post(f"/check/card/{public}", ask)
    found["report"] = stranger.post(f"/check/report/{public}", ask)
    found["follow"] = stranger.get(f"/check/follow/{public}")
    found["no such number"] = stranger.post(f"/check/follow/{public}", {"number": "AAAAA-AAAAA"})
    found["reported"] = stranger.post(
        f"/check/report/{public}", {**ask, "send": "1", "token": found["report"].context["token"]}
    )
    return found


def names(node: LexborNode, page: LexborHTMLParser) -> bool:
    """Tell whether a field has a name that can be heard."""
    one = node.attributes.get("id")
    return bool(
        node.attributes.get("aria-label")
        or (one and page.css_first(f'label[for="{one}"]'))
        or (node.parent and node.parent.tag == "label")
    )


def title_of(answer: Any) -> str:
    """Give the title of a page."""
    return "".join(node.text() for node in LexborHTMLParser(answer.content.decode()).css("head title"))


def faults(what: str, answer: Any, language: str) -> list[str]:
    """Give everything that is wrong with one page."""
    body = answer.content.decode()
    page = LexborHTMLParser(body)
    ids = [str(node.attributes["id"]) for node in page.css("[id]")]
    title = title_of(answer)
    words = text(answer).split()
    inline = any(INLINE.match(name) for node in page.css("*") for name in node.attributes)
    found = [
        (len(page.css(f'html[lang="{TAGS[language]}"]')) == 1, "lang"),
        (len(title.split("·")[0].strip()) > 1, "a title of its own"),
        (len(page.css("h1")) == 1, f"{len(page.css('h1'))} h1"),
        (len(page.css("main#main")) == 1, "one main"),
        (page.css_first('meta[name="viewport"]') is not None, "viewport"),
        (len(ids) == len(set(ids)), f"ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"),
        (not page.css("style") and not inline, "inline script or style"),
        (all(node.attributes.get("src") for node in page.css("script")), "inline script"),
        (all(names(node, page) for node in page.css(LABELLED)), "a field without a label"),
        (all(node.attributes.get("alt") is not None for node in page.css("img")), "a picture without words"),
        (all(node.text().strip() for node in page.css("button, a, th, h1, h2, h3, summary, legend")), "an empty word"),
        (not page.css("table:not(:has(caption))"), "a table without a caption"),
        (all("csrfmiddlewaretoken" in str(f.html) for f in page.css("form[method=post]")
             if not str(f.attributes.get("action", "")).startswith("/check/")), "a form without a token"),
        (not [w for w in words if KEY.match(w) and w.split(".")[0] in ROOMS], "a bare key"),
    ]  # fmt: skip
    return [f"{what}: {fault}" for right, fault in found if not right]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole(desk: Desk, language: str) -> None:
    found = pages(desk, language)
    assert [fault for what, answer in found.items() for fault in faults(what, answer, language)] == []
    assert {what for what, answer in found.items() if answer.status_code >= 500} == set()
    titles = [title_of(answer) for what, answer in found.items() if what.startswith("/")]
    assert len(set(titles)) >= len(titles) - 8  # filters and leads of one kind may share theirs


def test_no_chinese_is_left_on_an_english_page(desk: Desk) -> None:
    for what, answer in pages(desk, "en").items():
        told = re.sub(r"“[^”]*”", "", text(answer))  # what impostors wrote and what the dossier states is quoted
        left = [w for w in re.findall(r"[\u4e00-\u9fff]{2,}[^\s<]*", told) if not any(w.startswith(o) for o in OURS)]
        if what in CHROME:
            assert [w for w in left if not w.startswith(QUOTED)] == [], what


def test_a_page_without_a_language_speaks_chinese(desk: Desk) -> None:
    assert desk
    assert language_of({}) == "zh"
    assert language_of({"language": "fr"}) == "zh"


NASTY = {
    "long": "微粒贷" * 200,
    "unbroken": "w" * 400,
    "right to left": "مرحبا \u202egpj.daolnwod\u202c 微粒贷APP",
    "emoji": "👨‍👩‍👧‍👦🔥微粒贷APP下载🔥🇨🇳",
    "tags": "<script>alert(1)</script><img src=x onerror=alert(1)>微粒贷APP",
    "template": "{{ settings.SECRET_KEY }}{% csrf_token %}微粒贷APP",
    "entities": "&lt;b&gt;&amp;quot;微粒贷APP",
    "quotes": "\"'><b>微粒贷APP`",
    "invisible": "微\u200b粒\u2060贷APP\ufeff下载",
    "lines": "微粒贷APP\n\n\nX-Header: y\r\nz",
}


def test_whatever_impostors_call_themselves_is_only_text(desk: Desk) -> None:
    for name in NASTY.values():
        desk.town.report(name, kind="text")
    desk.town.work()
    browser = desk.person("陈思")
    paths = ["/leads/?state=all", "/cases/", "/notices/", "/rechecks/"]
    paths += [f"/leads/{key}/" for key in Lead.objects.values_list("pk", flat=True)]
    paths += [f"/cases/{number}/" for number in Case.objects.values_list("number", flat=True)]
    for path in paths:
        answer = browser.get(path)
        body = answer.content.decode()
        assert answer.status_code == 200, path
        assert "<script>alert" not in body, path
        assert "<img src=x" not in body, path
        assert "django-insecure" not in body
        assert faults(path, answer, "zh") == []
        for line in body.splitlines():
            if "object" in line or "<h1" in line:
                shown = re.findall(r'(?:class="object[^>]*>|<h1[^>]*>)(.*?)</(?:a|h1)>', line)
                assert not [one for one in shown if re.search("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]", one)]


def test_the_portal_shows_what_was_asked_as_text(desk: Desk) -> None:
    assert desk
    for name in NASTY.values():
        answer = Client(SERVER_NAME=HOST).post("/check/?lang=zh", {"q": name})
        assert answer.status_code == 200
        assert faults(name[:20], answer, "zh") == []
        assert "<img src=x" not in answer.content.decode()
