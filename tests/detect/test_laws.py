"""What every detector must keep to, whatever it is shown: laws held against things of chance."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.appfacts import AppFacts, Name, Signer
from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.lead import KINDS, Lead
from zhengben.core.reasons import ROLES
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import ACCUSING, Coverage, Label, Reason
from zhengben.detect.registry import Detector, detect_all, detectors
from zhengben.examine.listing import examine_listing
from zhengben.examine.page import examine_page
from zhengben.examine.text import examine_text
from zhengben.flow.dossiers import load_brands
from zhengben.locale.words import LANGUAGES, say
from zhengben.names.api import pack
from zhengben.publish.app_words import spoken

PIECES = [
    "微粒贷", "徽粒贷", "微 粒 贷", "微\u200b粒贷", "weilidai", "wei1idai", "微众银行", "微业贷", "借呗", "花呗",
    "95384", "95188", "下载APP", "官方客服", "点击领取额度", "强开", "代开", "内部渠道", "加QQ 2831907756",
    "加微信 wld_8888", "13800138000", "400-123-4567", "请输入身份证号", "短信验证码", "取款密码", "银行卡号",
    "先交手续费", "解冻金", "警惕诈骗", "谨防假冒", "据报道", "记者", "已报警", "是真的吗", "和招联金融对比",
    "https://www.webank.com/", "http://wei1idai.cn/a", "\n", "，", "。", "【微粒贷】", "（", "）", "???", "🏦",
    "\u202e", "的", "今天", "我们公司招聘信贷经理", "网点地址", "有限公司", "利率低至", "三分钟到账", "x" * 300,
    "<b>", "{name}",
]  # fmt: skip
PACKAGES = ["", "com.webank.wemoney", "cn.wld.app", "com.tencent.mm"]
POWERS = ("android.permission.READ_SMS", "android.permission.READ_CONTACTS")
TAMPER = st.lists(st.sampled_from(["janus", "prefix_bytes", "bad_crc"]), max_size=2, unique=True)
SIGNED = st.sampled_from(["verified", "broken", "unsigned", "unchecked"])
WORDS = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
HOSTS = st.sampled_from(
    ["", "wei1idai.cn", "weilidai-app.top", "example.org", "webank.com.evil.cn", "xn--g5t065dinl.cn"]
)
INPUTS = st.sampled_from(["身份证号", "银行卡号", "手机号", "短信验证码", "取款密码", "搜索", "姓名", ""])
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@st.composite
def pages(draw: st.DrawFn, host: st.SearchStrategy[str] = HOSTS) -> Sighting:
    """Give a page made of pieces, under a host."""
    at = draw(host)
    inputs = "".join(f"<input placeholder={words!r}>" for words in draw(st.lists(INPUTS, max_size=4)))
    link = draw(
        st.sampled_from(
            ["", "<a href=/wld.apk>立即下载</a>", "<a href=//t.cn/x>客服</a>", "<img alt=微粒贷 src=a.png>"]
        )
    )
    html = (
        f"<title>{draw(WORDS)}</title><h1>{draw(WORDS)}</h1><p>{draw(WORDS)}</p><form action=/go>{inputs}</form>{link}"
        f"<footer>{draw(WORDS)}</footer>"
    )
    url = f"https://{at or 'nobody.example'}/"
    page = examine_page(html, url)
    seen = examine_text(page.text, kind="url", target=url, title=page.title)
    return Sighting(
        kind="url", target=url, title=page.title, text=page.text, host=at, page=page, contacts=seen.contacts
    )  # fmt: skip


@st.composite
def apps(draw: st.DrawFn) -> Sighting:
    """Give an app of any platform, with names, signers and powers of chance."""
    platform = draw(st.sampled_from(["android", "ios", "harmony", "webclip"]))
    signer = Signer(
        scheme="v2",
        subject=f"CN={draw(WORDS)}",
        sha256=draw(st.sampled_from(["", "ab" * 32])),
        verified=draw(st.booleans()),
    )
    app = AppFacts(
        platform=platform,
        container="apk",
        package=draw(st.sampled_from(PACKAGES)),
        names=tuple(Name(place="application", locale="", text=words) for words in draw(st.lists(WORDS, max_size=2))),
        signers=(signer,) if draw(st.booleans()) else (),
        permissions=POWERS,
        tamper=tuple(draw(TAMPER)),
        organisation=draw(WORDS),
        signed=draw(SIGNED),
        hosts=("nobody.example",),
    )
    return Sighting(kind="app_file", target="a.apk", app=app)


@st.composite
def listings(draw: st.DrawFn) -> Sighting:
    """Give a listing of any kind."""
    detail = {
        "title": draw(WORDS),
        "text": draw(WORDS),
        "developer": {"name": draw(WORDS)},
        "phones": [draw(st.sampled_from(["95384", "400-123-4567", ""]))],
    }
    kind = draw(st.sampled_from([kind for kind in KINDS if kind not in {"domain", "url", "app_file", "image", "text"}]))
    lead = Lead(kind=kind, source="probe", locator="https://store.example/1", seen_at=NOW, detail=detail)
    return examine_listing(lead.kind, lead.locator, lead.detail)


TEXTS = WORDS.map(lambda words: examine_text(words or "x"))
ANYTHING = st.one_of(TEXTS, pages(), apps(), listings())
BRANDS = load_brands()


def reasons_of(sighting: Sighting) -> list[Reason]:
    """Give every reason of every shipped brand."""
    return [reason for found in detect_all(sighting, BRANDS).values() for reason in found]


@given(ANYTHING)
@settings(max_examples=120)
def test_a_reason_has_a_known_code_a_weight_in_bounds_and_plain_facts(sighting: Sighting) -> None:
    for reason in reasons_of(sighting):
        assert reason.code in ROLES
        assert type(reason.weight) is int
        assert -100 <= reason.weight <= 100
        assert json.loads(json.dumps(reason.facts, ensure_ascii=False)) == reason.facts


@given(ANYTHING)
@settings(max_examples=120)
def test_a_clearing_reason_never_weighs_against_anybody_and_an_accusing_one_never_for(sighting: Sighting) -> None:
    for reason in reasons_of(sighting):
        assert (reason.weight <= 0) if ROLES[reason.code] == "clears" else (reason.weight >= 0), reason


@pytest.mark.parametrize("language", LANGUAGES)
@given(sighting=ANYTHING)
@settings(max_examples=60)
def test_every_reason_is_a_whole_sentence_in_words(language: str, sighting: Sighting) -> None:
    for reason in reasons_of(sighting):
        told = say(f"reason.{reason.code}", language, spoken(reason.code, reason.facts, language))
        assert told.strip()
        assert not re.search(r"\{[a-z_]+\}", told.replace("{name}", "")), told


@given(ANYTHING)
@settings(max_examples=60)
def test_the_same_thing_gives_the_same_reasons_whoever_else_is_asked_about(sighting: Sighting) -> None:
    together = detect_all(sighting, BRANDS)
    assert together == detect_all(sighting, BRANDS)
    # which names were compiled together is told as `pack`; all else must not depend on it
    assert [_without_pack(one) for one in detect_all(sighting, BRANDS[::-1]).items()][::-1] == [
        _without_pack(one) for one in together.items()
    ]


def _without_pack(found: tuple[str, list[Reason]]) -> tuple[str, list[tuple[str, int, dict[str, object]]]]:
    brand, reasons = found
    return brand, [(r.code, r.weight, {k: v for k, v in r.facts.items() if k != "pack"}) for r in reasons]


@given(TEXTS)
@settings(max_examples=80)
def test_spans_lie_in_the_text(sighting: Sighting) -> None:
    for reason in reasons_of(sighting):
        if "start" in reason.facts and "end" in reason.facts:
            start, end = int(str(reason.facts["start"])), int(str(reason.facts["end"]))
            assert 0 <= start < end <= len(sighting.text), reason


@given(pages(st.sampled_from(["www.webank.com", "webank.com", "m.webank.com", "a.b.webank.com"])))
@settings(max_examples=80)
def test_nothing_on_the_brands_own_site_is_ever_accused(sighting: Sighting) -> None:
    for brand in BRANDS:
        if any(channel.value == "webank.com" for channel in brand.official("domain")):
            assert judge(brand.id, detect_all(sighting, (brand,))[brand.id], Coverage()).label is Label.OFFICIAL


@given(st.sampled_from(["", "请拨打", "客服 ", "电话："]), st.sampled_from(["95384", "９５３８４", "+86 95384"]))
def test_the_brands_own_number_is_never_accused(before: str, number: str) -> None:
    sighting = examine_text(before + number, kind="phone", target=number)
    for brand in BRANDS:
        if any(channel.value == "95384" for channel in brand.official("phone")):
            assert judge(brand.id, detect_all(sighting, (brand,))[brand.id], Coverage()).label not in ACCUSING


@given(
    st.lists(
        st.sampled_from(["微业贷", "微车贷", "额度", "企业贷款", "下载", "客服", "，", "。"]), min_size=1, max_size=6
    ).map("".join)
)
@settings(max_examples=60)
def test_a_sibling_is_never_taken_for_the_brand(words: str) -> None:
    weilidai = next(brand for brand in BRANDS if brand.id == "weilidai")
    for kind in ("text", "post", "account", "app_listing"):
        found = detect_all(examine_text(words, kind=kind, title=words), (weilidai,))["weilidai"]
        assert judge("weilidai", found, Coverage()).label not in ACCUSING, found


@given(st.text(st.characters(categories=["Lo", "Lu", "Nd", "Po"], exclude_characters="微粒贷貸徽"), max_size=60))
@settings(max_examples=80)
def test_words_of_chance_accuse_nobody(words: str) -> None:
    for kind in ("text", "account", "post", "poi"):
        for brand, found in detect_all(examine_text(words or "x", kind=kind, title=words[:20]), BRANDS).items():
            assert judge(brand, found, Coverage()).label not in ACCUSING, found


@pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.name)
def test_a_detector_asks_for_things_that_exist_and_says_what_it_is_for(detector: Detector) -> None:
    assert detector.sees <= {"*", "page", "app", *KINDS}
    assert detector.sees
    assert (detector.detect.__doc__ or "").strip()


@pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.name)
def test_a_detector_shown_almost_nothing_says_nothing(detector: Detector) -> None:
    """An empty sighting of every kind it wants: no exception, and no accusation out of thin air."""
    names = pack(BRANDS)
    for kind in KINDS:
        sighting = Sighting(kind=kind, target="x")
        if detector.wants(sighting):
            for brand in BRANDS:
                assert not [r for r in detector.detect(sighting, brand, names) if r.weight > 0]


def test_the_registry_has_every_detector_file_once_and_in_order() -> None:
    names = [detector.name for detector in detectors()]
    assert names == sorted(set(names))
    assert len(names) >= 25


def test_every_brand_is_answered_for_even_with_nothing(brand: Brand) -> None:
    found = detect_all(Sighting(kind="text", target="x", text="今天天气好"), (*BRANDS, brand))
    assert set(found) == {one.id for one in BRANDS} | {brand.id}
