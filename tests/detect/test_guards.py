"""The guards of official channels, and hosts and links that resemble the brand."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from zhengben.core.brand import Brand, Channel
from zhengben.core.judge import judge
from zhengben.core.pagefacts import Field, Form, PageFacts
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.host_name import resembles, weight_of
from zhengben.detect.official_domain import own_host
from zhengben.detect.public_service import host_of, own_or_public, own_phone
from zhengben.detect.registry import detect_all, detectors
from zhengben.examine.text import examine_text
from zhengben.names.api import pack
from zhengben.names.hostname import in_ascii

Judged = Callable[[Sighting], Verdict]
FORMS = (
    Form(action="", fields=(Field(asks="id_card", label="身份证号"), Field(asks="pay_password", label="支付密码"))),
)


def site(host: str, **more: object) -> Sighting:
    return Sighting(kind="url", target=f"https://{host}/", host=host, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["webank.com", "www.webank.com", "WEBANK.COM.", "a.b.webank.com"])
def test_the_domain_and_what_stands_under_it_is_official(judged: Judged, host: str) -> None:
    assert judged(site(host)).label is Label.OFFICIAL


@pytest.mark.parametrize(
    "host", ["webank.com.evil.cn", "notwebank.com", "webank.co", "anything.com.cn", "weixin.qq.com", ""]
)
def test_nothing_else_is(brand: Brand, host: str) -> None:
    assert own_host(host, brand) is None


ENDINGS = ("huihe.com.cn", "huihe.example", "huihe.test", "huihe.local", "huihe.internal", "汇禾.example", "汇禾.公司",
           "10.20.30.40", "huihe.github.io")  # fmt: skip


@pytest.mark.parametrize("domain", ENDINGS)
@pytest.mark.parametrize("below", ["", "www.", "a.b."])
def test_an_official_domain_is_official_whatever_it_ends_in(brand: Brand, domain: str, below: str) -> None:
    ours = replace(brand, channels=(Channel(kind="domain", exists="yes", value=domain),))
    host = in_ascii(below + domain).upper() + "."
    page = PageFacts(url=f"https://{host}:8443/", final_url=f"https://{host}:8443/", title="微粒贷登录", forms=FORMS)
    seen = site(host, page=page, text="微粒贷 请输入身份证号和支付密码")
    (reasons,) = detect_all(seen, (ours,)).values()
    assert judge(ours.id, reasons, Coverage()).label is Label.OFFICIAL
    assert resembles(host, ours, pack((ours,))) is None


@pytest.mark.parametrize(
    "host", ["huihe.example.evil.cn", "xhuihe.example", "example", "huihe.example.", "huihe-example"]
)
def test_only_the_listed_name_under_a_reserved_ending_is_official(brand: Brand, host: str) -> None:
    ours = replace(brand, channels=(Channel(kind="domain", exists="yes", value="huihe.example"),))
    assert (own_host(host, ours) is not None) == (host.rstrip(".") == "huihe.example")


@pytest.mark.parametrize("everybodys", ["com.cn", "公司.cn", "github.io", "中国"])
def test_where_anybody_may_register_nothing_is_official(brand: Brand, everybodys: str) -> None:
    ours = replace(brand, channels=(Channel(kind="domain", exists="yes", value=everybodys),))
    assert own_host(f"weilidai.{everybodys}", ours) is None


def test_official_pages_are_never_accused_whatever_they_say(judged: Judged) -> None:
    page = PageFacts(url="https://www.webank.com/", final_url="https://www.webank.com/", title="微粒贷APP下载")
    assert judged(site("www.webank.com", page=page, text="下载微粒贷APP http://wl8.top/a")).label is Label.OFFICIAL


def test_a_host_that_resembles_the_brand_is_told_with_its_technique(brand: Brand) -> None:
    names = pack((brand,))
    hit = resembles("weilidai-app.cn", brand, names)
    assert hit is not None
    assert hit.technique
    assert resembles("example.org", brand, names) is None
    assert resembles("www.webank.com", brand, names) is None
    assert resembles("", brand, names) is None
    assert 25 <= weight_of(0) < weight_of(100) < 60


def test_a_resembling_address_alone_is_left_to_a_person_and_shows_what_differs(judged: Judged) -> None:
    verdict = judged(site("we1lidai.cn"))
    (reason,) = verdict.reasons
    assert (verdict.label, reason.code) == (Label.LOOKALIKE, "host_name")
    assert reason.facts["host"] == "we1lidai.cn"
    assert reason.facts["expected"] == "weilidai"
    assert reason.facts["positions"]
    assert reason.weight == weight_of(int(str(reason.facts["score"])))


def test_a_link_that_resembles_the_brand_is_told_unless_it_is_warned_of(judged: Judged) -> None:
    codes = {r.code for r in judged(examine_text("快来看 http://weilidai-app.cn/a 很方便")).reasons}
    assert "link_name" in codes
    warned = judged(examine_text("警方提示：钓鱼网站 http://weilidai-app.cn/a 切勿点击"))
    assert "link_name" not in {r.code for r in warned.reasons}
    assert not warned.accuses


@pytest.mark.parametrize(
    ("kind", "value", "ours"),
    [
        ("phone", "110", True), ("phone", "96110", True), ("phone", "95384", True), ("phone", "13800138000", False),
        ("domain", "www.webank.com", True), ("url", "https://www.12377.cn/x", True), ("url", "http://a.gov.cn", True),
        ("url", "http://wl8.top", False), ("url", "http://[", False), ("qq", "95384", False), ("wechat", "110", False),
    ],
)  # fmt: skip
def test_whose_contact_it_is(brand: Brand, kind: str, value: str, ours: bool) -> None:  # noqa: FBT001 - a column of the table
    assert own_or_public(Contact(kind=kind, value=value, raw=value), brand) is ours


def test_numbers_are_compared_however_they_are_written(brand: Brand) -> None:
    assert own_phone("+86 (755) 8601-3388", brand)
    assert own_phone("0755 8601 3388", brand)
    assert not own_phone("", brand)
    assert plain_number("+86 95384 00000") == "9538400000"
    assert plain_number("+86 138 0013 8000") == "13800138000"
    assert host_of("HTTP://A.example:8080/x") == "a.example"


def test_every_detector_is_found_and_every_reason_is_known(brand: Brand) -> None:
    found = {detector.name for detector in detectors()}
    assert {"official_domain", "official_phone", "no_such_app", "trade", "stance", "host_name"} <= found
    assert detect_all(Sighting(kind="text", target="x", text="明天开会"), (brand,)) == {"weilidai": []}


@pytest.mark.parametrize("name", [d.name for d in detectors() if d.sees & {"page", "app"}])
def test_a_page_or_app_that_was_not_opened_gives_no_reason(brand: Brand, name: str) -> None:
    """What was never seen can neither accuse nor clear, even where somebody asks about it."""
    detector = next(d for d in detectors() if d.name == name)
    unopened = Sighting(kind="app_file", target="x", text="下载微粒贷APP", title="微粒贷")
    assert detector.detect(unopened, brand, pack((brand,))) == []


def test_a_code_outside_the_catalogue_is_refused(brand: Brand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(__import__("zhengben.core.reasons", fromlist=["ROLES"]).ROLES, "text_name")
    with pytest.raises(KeyError, match="text_name"):
        detect_all(examine_text("微粒贷"), (brand,))
