"""Whose name a title carries: a service under it, another trade's, a desk's, an advertisement's, the owner's own."""

import pytest

from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.advert import boasts, result_about, shows_known, softened
from zhengben.detect.owner_name import named_as_owner, plain
from zhengben.detect.uses_name import detect, speaks_about
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = {brand.id: brand for brand in load_brands()}
NAMES = pack(tuple(BRANDS.values()))
HUABEI, LOAN, BANK = BRANDS["huabei"], BRANDS["weilidai"], BRANDS["webank"]


def said(kind: str, title: str, brand: Brand, **more: object) -> list[Reason]:
    sighting = Sighting(kind=kind, target=title, title=title, text=title, **more)  # type: ignore[arg-type]  # test's own
    return detect(sighting, brand, NAMES)


def weight(kind: str, title: str, brand: Brand, **more: object) -> int | None:
    return next((r.weight for r in said(kind, title, brand, **more) if r.code == "uses_name"), None)


@pytest.mark.parametrize(
    ("kind", "title", "brand", "points"),
    [
        ("account", "借呗退息维权中心", "jiebei", 65),
        ("account", "花呗投诉专线", "huabei", 65),
        ("account", "微粒贷小助手", "weilidai", 65),
        ("company", "花呗（上海）商务信息咨询有限公司", "huabei", 65),
        ("poi", "微业贷企业融资服务部", "weiyedai", 65),
        ("poi", "花呗小馆·东北菜(解放路店)", "huabei", 30),
        ("poi", "花呗超市(老城根店)", "huabei", 30),
        ("company", "花呗儿童摄影工作室", "huabei", 30),
        ("poi", "微众银行大厦停车场", "webank", 30),
        ("search_ad", "花呗提现秒到账", "huabei", 65),
        ("search_ad", "微众银行贷款申请", "webank", 50),
    ],
)
def test_a_title_is_weighed_by_what_it_says_beside_the_name(kind: str, title: str, brand: str, points: int) -> None:
    assert weight(kind, title, BRANDS[brand]) == points


@pytest.mark.parametrize(
    ("kind", "title", "brand"),
    [
        ("account", "花呗套路曝光", "huabei"),
        ("account", "微粒贷逾期交流", "weilidai"),
        ("account", "反诈：假微粒贷", "weilidai"),
        ("search_ad", "花呗和白条哪个好", "huabei"),
        ("job", "行政前台 上班地点：微众银行大厦", "webank"),
        ("account", "维权受害者 微粒贷", "weilidai"),
    ],
)
def test_talk_about_the_brand_is_told_and_weighs_nothing(kind: str, title: str, brand: str) -> None:
    assert [(r.code, r.weight) for r in said(kind, title, BRANDS[brand])] == [("name_in_title", 0)]


@pytest.mark.parametrize("title", ["工商银行ATM(微众银行路)", "瑞幸咖啡(微众银行大厦店)", "中国银行(微众银行大厦支行)"])
def test_a_place_of_another_name_is_only_said_to_stand_there(title: str) -> None:
    assert said("poi", title, BANK) == []


def test_a_loan_shop_that_names_a_road_is_no_other_place() -> None:
    assert weight("poi", "贷款服务中心(微众银行路)", BANK) == 65


def test_the_owners_full_name_speaks_for_it_and_proves_nothing() -> None:
    reasons = {r.code: r for r in said("company", BANK.owner, BANK)}
    assert reasons["says_owner"].weight == -60
    assert reasons["says_owner"].facts["needs"] == "company.identifier"


@pytest.mark.parametrize("bait", ["先交$300制服費", "日结300 在家办公", "押金200 包入职"])
def test_bait_in_a_job_accuses_in_either_script(bait: str) -> None:
    sighting = Sighting(
        kind="job", target="x", title="微众银行客服专员", text=f"微众银行客服专员 {bait}", speaker="某商行"
    )
    assert [r.weight for r in detect(sighting, BANK, NAMES) if r.code == "uses_name"] == [65]


def test_users_that_are_to_be_recruited_are_no_talk_about_the_brand() -> None:
    sighting = Sighting(
        kind="job",
        target="x",
        title="微粒贷推广 拉一个新用户80元",
        text="微粒贷推广 拉一个新用户80元 一单一结 需本人银行卡",
    )
    assert [r.weight for r in detect(sighting, LOAN, NAMES) if r.code == "uses_name"] == [65]


def advert(title: str, *links: str) -> Sighting:
    contacts = tuple(Contact(kind="domain", value=link, raw=link) for link in links)
    return Sighting(kind="search_ad", target=title, title=title, text=title, contacts=contacts)


@pytest.mark.parametrize(
    ("links", "code"),
    [
        (("webank.com",), "named_as_official"),
        (("www.webank.com", "webank.com"), "named_as_official"),
        (("weixin.qq.com",), "leads_to_platform"),
        (("webank.com", "dk88.top"), ""),
        (("webank.com.dk88.top",), ""),
        ((), ""),
    ],
)
def test_an_address_shown_softens_only_where_it_is_the_only_way(links: tuple[str, ...], code: str) -> None:
    reasons = softened(advert("微众银行贷款", *links), BANK)
    assert [r.code for r in reasons] == ([code] if code else [])
    assert all(r.facts["needs"] == "search_ad.identifier" for r in reasons)


def test_only_an_advertisement_is_softened_by_what_it_shows() -> None:
    post = Sighting(
        kind="account",
        target="x",
        title="微众银行",
        contacts=(Contact(kind="domain", value="webank.com", raw="webank.com"),),
    )
    assert softened(post, BANK) == []
    assert shows_known(post, BANK), "the address is known all the same"


def test_an_advertisement_with_an_unknown_address_shows_nothing_known() -> None:
    assert not shows_known(advert("微众银行", "dk88.top"), BANK)


def test_a_result_of_a_register_is_about_the_brand_unless_it_leads_elsewhere() -> None:
    assert result_about(advert("微众银行 企查查 股东信息"), BANK, 0)
    assert not result_about(advert("微众银行 企查查 股东信息", "dk88.top"), BANK, 0)
    assert not result_about(advert("微众银行 立即申请"), BANK, 1)
    assert result_about(advert("微众银行 下载 骗局 曝光 受害人"), BANK, 2)


@pytest.mark.parametrize("title", ["花呗套现", "黑户可贷", "内部渠道强开"])
def test_what_no_lender_writes_is_a_boast(title: str) -> None:
    assert boasts(title)


@pytest.mark.parametrize("title", ["花呗吗？", "投诉微粒贷暴力催收", "微粒贷骗局"])
def test_a_title_that_asks_or_complains_speaks_about_the_brand(title: str) -> None:
    brand = HUABEI if "花呗" in title else LOAN
    assert speaks_about(Sighting(kind="account", target="x", title=title), brand, NAMES)


@pytest.mark.parametrize(
    ("kind", "title", "own"),
    [
        ("company", "深圳前海微众银行股份有限公司", True),
        ("company", "企业：深圳前海微众银行股份有限公司（存续）", True),
        ("company", "深圳前海微众银行股份有限公司工会委员会", True),
        ("company", "前海微众银行股份有限公司", True),
        ("company", "微众银行", True),
        ("poi", "微众银行", False),
        ("poi", "深圳前海微众银行股份有限公司武汉分公司", False),
        ("company", "深圳前海微众银行股份有限公司贷款部", False),
        ("company", "公司", False),
    ],
)
def test_the_registered_name_is_one_companys_only(kind: str, title: str, *, own: bool) -> None:
    assert named_as_owner(Sighting(kind=kind, target="x", title=title), BANK) is own


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ＷｅＢａｎｋ", "webank"),
        (" 「微众银行」\n", "微众银行"),
        ("微\u200b众", "微众"),
        (None, ""),
        (95384, "95384"),
        ("《》", ""),
    ],
)
def test_names_are_compared_in_one_spelling(written: object, read: str) -> None:
    assert plain(written) == read
