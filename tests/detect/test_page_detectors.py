"""What pages are: impostors of every sort, and everything that only speaks about the brand."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from zhengben.core.judge import judge
from zhengben.core.pagefacts import Field, Form, LogoMatch, PageFacts, ReadLine
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.locale.words import say

BRANDS = load_brands(ids=("weilidai",))
_DATA = tomllib.loads(Path(__file__).with_name("pages.toml").read_text("utf-8"))
PIECES: dict[str, str] = _DATA["pieces"]
SECRETS, APK = PIECES["secrets"], PIECES["apk"]


def _filled(pages: dict[str, str]) -> dict[str, str]:
    return {name: re.sub(r"\{(\w+)\}", lambda m: PIECES[m[1]], page) for name, page in pages.items()}


FALSE, HONEST = _filled(_DATA["false"]), _filled(_DATA["honest"])


def verdict_of(page: PageFacts) -> Verdict:
    words = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    sighting = Sighting(
        kind="url", target=page.url, title=page.title, text=words, page=page,
        host=urlsplit(page.final_url).hostname or "", contacts=find_contacts(words),
    )  # fmt: skip
    return judge("weilidai", detect_all(sighting, BRANDS)["weilidai"], Coverage(page.missing))


def verdict(body: str, url: str = "https://a.example/") -> Verdict:
    return verdict_of(examine_page(body, url, url))


def codes(judged: Verdict) -> set[str]:
    return {reason.code for reason in judged.reasons}


@pytest.mark.parametrize("name", FALSE)
def test_false_pages_are_accused(name: str) -> None:
    judged = verdict(FALSE[name])
    assert judged.label is Label.IMPERSONATION, (judged.label, judged.reasons)


@pytest.mark.parametrize("name", HONEST)
def test_honest_pages_are_never_accused(name: str) -> None:
    judged = verdict(HONEST[name])
    assert judged.label in {Label.MENTION, Label.UNRELATED}, (judged.label, judged.reasons)


@pytest.mark.parametrize("name", FALSE)
def test_the_official_site_is_never_accused(name: str) -> None:
    assert verdict(FALSE[name], "https://loan.webank.com/x").label is Label.OFFICIAL


def test_selling_access_is_a_scam_and_not_a_claim() -> None:
    judged = verdict(
        "<title>代开微粒贷 强开技术</title><h1>专业强开微粒贷</h1><p>无视黑白户，不成功不收费，加微信 wxkf8888 秒开</p>"
    )
    assert judged.label is Label.SCAM


def test_the_three_findings_have_codes_of_their_own() -> None:
    judged = verdict(f"<title>微粒贷</title>{SECRETS}{APK}")
    assert {"page_presents_as", "page_asks_secrets", "page_offers_app", "no_such_app"} <= codes(judged)


def test_a_form_that_sends_elsewhere_is_told_and_one_to_the_brand_is_not() -> None:
    form = "<form action='{}'><input placeholder=身份证号></form>"
    assert "page_form_elsewhere" in codes(verdict("<title>微粒贷</title>" + form.format("https://b.example/p")))
    assert "page_form_elsewhere" not in codes(verdict("<title>微粒贷</title>" + form.format("https://x.webank.com/p")))
    assert "page_form_elsewhere" not in codes(verdict("<title>微粒贷</title>" + form.format("https://w.a.example/p")))


def test_what_was_not_seen_is_not_clean() -> None:
    assert verdict("<script src=/app.js></script><div id=app></div>").label is Label.UNKNOWN


def read_in_picture(*lines: str) -> tuple[ReadLine, ...]:
    return tuple(ReadLine(text=t, score=0.99, box=(0, 0, 9, 9), source_sha256="0" * 64, model="m:0") for t in lines)


def test_a_page_that_is_one_picture_is_judged_by_what_the_picture_says() -> None:
    said = ("微粒贷官方APP", "最高可借30万", "立即下载")
    page = PageFacts(
        url="http://a.example/",
        final_url="http://a.example/",
        title="信用额度",
        read=read_in_picture(*said),
        image_words=said,
    )
    assert verdict_of(page).label is Label.IMPERSONATION
    warned = PageFacts(
        url="http://a.example/", final_url="http://a.example/", title="曝光一个假微粒贷", image_words=said,
        read=page.read, text="警惕！这是骗子发给我的假冒微粒贷页面截图，我已经报警，请大家提高警惕，谨防上当受骗。",
    )  # fmt: skip
    assert not verdict_of(warned).accuses


def test_a_picture_of_the_mark_decides_nothing_alone() -> None:
    match = LogoMatch(
        brand="weilidai", reference="symbol.png", reference_sha256="0" * 64, right="16577525",
        source="https://a.example/l.png", source_sha256="1" * 64, box=(0, 0, 64, 64),
        distance=10, correlation=0.97, method="pdq+ncc/1",
    )  # fmt: skip
    news = PageFacts(
        url="https://n.example/", final_url="https://n.example/", title="财经新闻", text="今日要闻", logos=(match,)
    )
    assert verdict_of(news).label in {Label.LOOKALIKE, Label.MENTION}
    page = examine_page(f"<title>在线申请</title>{SECRETS}", "https://f.example/")
    fake = PageFacts(
        url=page.url, final_url=page.url, title=page.title, text=page.text, forms=page.forms, logos=(match,)
    )
    assert verdict_of(fake).label is Label.IMPERSONATION


def reason_of(judged: Verdict, code: str) -> Reason:
    return next(reason for reason in judged.reasons if reason.code == code)


def test_who_was_shown_something_else_is_told() -> None:
    page = examine_page(f"<title>微粒贷官网</title>{SECRETS}", "https://a.example/")
    judged = verdict_of(replace(page, cloaked=("desktop", "wechat")))
    assert reason_of(judged, "page_cloaked").facts["profiles"] == ["desktop", "wechat"]
    assert "page_cloaked" not in codes(verdict_of(page))


@pytest.mark.parametrize(
    ("moves", "told"),
    [(("https://b.example/x",), "https://b.example/x"), (("https://a.example/next", "http://c.example/"), "http://c.example/"),
     (("https://a.example/next",), ""), (("https://[bad/", "/here"), "")],
)  # fmt: skip
def test_only_a_move_to_another_host_is_told(moves: tuple[str, ...], told: str) -> None:
    page = examine_page("<title>微粒贷官网</title>", "https://a.example/")
    judged = verdict_of(replace(page, moves_to=moves))
    assert [r.facts["url"] for r in judged.reasons if r.code == "page_moves_on"] == ([told] if told else [])


def test_a_resembling_address_counts_as_a_place_of_the_name_where_secrets_are_asked() -> None:
    judged = verdict(f"<title>在线申请</title>{SECRETS}", "https://weilidai-vip.cn/")
    assert reason_of(judged, "page_presents_as").facts["where"] == ["address"]
    assert judged.accuses
    quiet = verdict("<title>在线申请</title><p>你好</p>", "https://weilidai-vip.cn/")
    assert "page_presents_as" not in codes(quiet)


@pytest.mark.parametrize(
    ("fields", "asked"),
    [(("身份证号", "银行卡号"), "page_asks_secrets"), (("手机号", "验证码"), "page_asks_account"), (("姓名",), ""),
     (("搜索",), "")],
)  # fmt: skip
def test_what_a_form_asks_is_weighed_by_what_it_is(fields: tuple[str, ...], asked: str) -> None:
    inputs = "".join(f"<input placeholder={field}>" for field in fields)
    judged = verdict(f"<title>微粒贷</title><form action='https://b.example/p'>{inputs}</form>")
    assert codes(judged) & {"page_asks_secrets", "page_asks_account"} == ({asked} if asked else set())
    assert ("page_form_elsewhere" in codes(judged)) is (fields != ("搜索",))


def test_a_form_with_a_broken_address_still_asks() -> None:
    form = Form(action="https://[broken/p", fields=(Field(asks="id_card", label="身份证号"),))
    page = PageFacts(url="https://a.example/", final_url="https://a.example/", title="微粒贷官网", forms=(form,))
    judged = verdict_of(page)
    assert {"page_asks_secrets", "page_presents_as"} <= codes(judged)
    assert "page_form_elsewhere" not in codes(judged)


def test_a_copyright_line_in_the_brands_name_is_a_claim() -> None:
    judged = verdict(f"<title>在线申请</title>{SECRETS}<p>© 2026 微粒贷 版权所有</p>")
    assert "copyright" in str(reason_of(judged, "page_presents_as").facts["where"])
    about = verdict(f"<title>在线申请</title>{SECRETS}<p>© 2026 微粒贷投诉论坛</p>")
    assert "page_presents_as" not in codes(about)


@pytest.mark.parametrize("name", [*FALSE, *HONEST])
def test_every_reason_has_words_without_gaps(name: str) -> None:
    for reason in verdict((FALSE | HONEST)[name]).reasons:
        for language in ("zh", "en"):
            assert "{" not in say(f"reason.{reason.code}", language, reason.facts)
