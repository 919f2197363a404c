"""Pages as a model of words reads them: false ones no rule names, honest ones rules would accuse, and what it shows."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.judge import ACCUSE_AT
from zhengben.core.verdict import Label, Reason, Verdict
from zhengben.detect import page_wording
from zhengben.detect.page_grams import grams, runs
from zhengben.detect.page_model import Model, Read, model
from zhengben.examine.page import examine_page
from zhengben.examine.text import examine_text
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.flow.look_file import examine_file
from zhengben.names.api import Pack, pack

SETTLES = (
    "尊敬的用户，您名下的微粒贷账单已逾期，系统已生成协商方案", "方案有效期至今日 24:00，逾时将移交属地处理",
    "请在工作时间联系专员核对还款计划", "办理流程：登记资料 - 专员审核 - 方案生效",
    "人工通道：企微扫码添加，备注姓名与尾号", "今日剩余名额 6 个",
)  # fmt: skip
SURVEY = (
    "本问卷由我们几位同学发起，用于毕业论文", "填完有小礼品，寄送需要登记", "题目没有对错，请按实际情况回答",
    "数据只做统计，不会外传",
)  # fmt: skip
PRIZE = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号（发放报酬用）></form>"
PURSE = "<form><input placeholder=银行卡号><input type=password placeholder=支付密码></form>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "webank", "huabei")))


def known() -> Pack:
    return pack(brands())


def brand(name: str = "weilidai") -> Brand:
    return next(one for one in brands() if one.id == name)


def page(title: str, lines: tuple[str, ...], more: str = "") -> str:
    return f"<title>{title}</title>{''.join(f'<p>{line}</p>' for line in lines)}{more}"


def verdict(body: str) -> Verdict:
    return look_at_file("page.html", body.encode(), brands()).verdict


def reason(found: Verdict, code: str) -> Reason:
    return next(one for one in found.reasons if one.code == code)


def said(body: str, name: str = "weilidai") -> frozenset[str]:
    return grams(examine_file("page.html", body.encode(), target="page.html")[0], brand(name), known())


def test_a_page_that_no_rule_names_is_accused_for_all_its_words_together() -> None:
    found = verdict(page("逾期客户自助处理中心", SETTLES))
    assert found.label is Label.IMPERSONATION
    rules = sum(one.weight for one in found.reasons if one.code != "page_worded_false")
    assert rules < ACCUSE_AT


def test_the_reason_shows_the_words_that_weighed_most_and_which_table_was_read() -> None:
    facts = reason(verdict(page("逾期客户自助处理中心", SETTLES)), "page_worded_false").facts
    shown = facts["words"]
    assert isinstance(shown, list)
    assert 1 <= len(shown) <= page_wording.SHOWN
    assert all(word in "逾期客户自助处理中心" + "".join(SETTLES) for word in shown)
    assert not any(one in other for one in shown for other in shown if one != other)
    assert facts["model"] == model().sha256[:12]


def sure(body: str, odds: float) -> Model:
    """Give a table that knows every word of a page and is so sure of it."""
    return Model({"always": odds} | dict.fromkeys(said(body), 0.0), "of this test")


def test_what_rules_would_accuse_on_a_page_worded_like_honest_ones_is_for_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = page("微粒贷还款体验问卷", SURVEY, PRIZE)
    monkeypatch.setattr(page_wording, "model", lambda: sure(body, 0.0))
    assert verdict(body).accuses
    monkeypatch.setattr(page_wording, "model", lambda: sure(body, -3.0))
    found = verdict(body)
    assert found.label is Label.LOOKALIKE
    assert reason(found, "page_worded_honest").weight == 0


def test_no_honest_words_excuse_a_page_that_takes_what_opens_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    body = page("微粒贷还款体验问卷", SURVEY, PURSE)
    monkeypatch.setattr(page_wording, "model", lambda: sure(body, -9.0))
    found = verdict(body)
    assert found.accuses
    assert "page_worded_honest" not in {one.code for one in found.reasons}


OTHERS = [
    ("owned", "<footer>© 2026 云杉读书会</footer>"),
    ("wary", "<p>谨防诈骗，已有人上当受骗，请广大网友提高警惕</p>"),
    ("several", "<p>小熊 发表于 3月2日</p><p>楼主</p><p>登录回帖</p>"),
    ("several", "<p>本站与微粒贷没有任何关系，非官方网站</p>"),
    ("several", "<p>放款机构：</p><p>借呗</p><p>花呗</p><p>京东金条</p><p>美团借钱</p>"),
]


@pytest.mark.parametrize(("why", "more"), OTHERS)
def test_who_may_be_somebody_else_takes_more_and_on_a_short_page_no_words_are_enough(
    monkeypatch: pytest.MonkeyPatch, why: str, more: str
) -> None:
    body = page("逾期客户自助处理", SETTLES, more)
    seen = examine_file("page.html", body.encode(), target="page.html")[0].page
    assert seen is not None
    found = page_wording.whose(seen, brand(), known())
    assert getattr(found, why)
    few = page_wording.SPEAKS - 1
    assert not page_wording.told(Read(99.0, few, {}), found)
    assert page_wording.told(
        Read(99.0, few, {}), page_wording.Whose(owned=False, several=False, wary=False, takes=False)
    )
    monkeypatch.setattr(page_wording, why.upper().replace("WARY", "WARNED"), 99.0)
    assert "page_worded_false" not in {one.code for one in verdict(body).reasons}


@pytest.mark.parametrize(
    "more", ["<select><option>微粒贷<option>银行卡</select>", "<blockquote>您的微粒贷账单已逾期</blockquote>"]
)
def test_a_name_among_choices_or_in_a_quotation_is_nobodys_own(more: str) -> None:
    lines = tuple(line.replace("微粒贷", "") for line in SETTLES)
    for named, several in ((more, True), (f"{more}<p>微粒贷账单处理</p>", False)):
        body = page("逾期客户自助处理中心", lines, named)
        seen = examine_file("page.html", body.encode(), target="page.html")[0].page
        assert seen is not None
        assert page_wording.whose(seen, brand(), known()).several is several


def test_a_few_words_are_too_few_to_accuse() -> None:
    found = verdict(page("办理", ("您的微粒贷额度正在放款，请联系专员",)))
    assert "page_worded_false" not in {one.code for one in found.reasons}


def test_the_brand_is_one_mark_whatever_it_is_called() -> None:
    ours = said("<title>微粒贷放款中心</title><p>您的微粒贷已放款</p>")
    theirs = said("<title>花呗放款中心</title><p>您的花呗已放款</p>", "huabei")
    assert {"@放款", "T:@放", "N:的@", "=titled_first:True"} <= ours & theirs
    assert not any("微粒" in gram for gram in ours)


def test_fields_links_files_and_official_addresses_are_facts() -> None:
    found = said(
        "<title>微粒贷</title><form><input placeholder=银行卡号></form><select><option>选项甲<option>选项乙</select>"
        "<a href=https://www.webank.com/>官方网站</a><a href=https://x.example/a.apk>立即下载</a>"
        "<a href='https://[bad/'>坏链接</a>"
    )
    assert {"=asks:bank_card", "L:卡号", "L:选项", "K:立即", "=hands_out:1", "=official:1"} <= found


def test_what_is_no_page_or_does_not_name_the_brand_says_nothing() -> None:
    assert grams(examine_text("微粒贷"), brand(), known()) == frozenset()
    assert said("<title>江州晚报</title><p>天气晴</p>") == frozenset()


def test_marks_written_into_a_page_are_not_read_as_marks() -> None:
    assert "@放" not in said("<p>微粒贷，&#64;放款，#放款，%放款</p>")


def test_figures_are_all_one_and_latin_words_stand_whole() -> None:
    assert set(runs("pay now 0元")) == {"pay", "now", "pay now", "0", "元"}


def test_words_weigh_by_the_root_of_how_many_are_known_and_facts_by_themselves() -> None:
    read = Model({"always": -1.0, "甲": 2.0, "乙": 4.0, "=fact": 0.5}).read({"甲", "乙", "=fact", "丙"})
    assert read.odds == pytest.approx(-1.0 + 6.0 / 2**0.5 + 0.5)
    assert read.known == 2


def test_nothing_known_is_nothing_said() -> None:
    assert Model({"always": -1.0}).read({"甲"}).odds == -1.0


def test_the_table_says_what_it_was_learnt_from_and_holds_no_brand() -> None:
    weights = model().weights
    assert len(weights) > 1000
    names = [name for one in load_brands() for name in one.names.chinese]
    assert not [gram for gram in weights if gram.split(":")[-1] in names]


def test_pages_on_the_brands_own_host_are_not_weighed() -> None:
    body = page("逾期客户自助处理中心", SETTLES)
    seen = examine_file("page.html", body.encode(), target="page.html")[0]
    own = seen.__class__(
        kind="url", target="https://www.webank.com/", host="www.webank.com", page=examine_page(body, "", "", "file"),
        title=seen.title, text=seen.text,
    )  # fmt: skip
    assert page_wording.detect(own, brand(), known()) == []
