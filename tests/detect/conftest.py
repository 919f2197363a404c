"""A brand of the tests, and how one looks at things in its name."""

from collections.abc import Callable

import pytest

from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.listing import examine_listing
from zhengben.examine.text import examine_text

Codes = dict[str, int]


def channel(kind: str, value: str = "", exists: str = "yes", **more: str) -> Channel:
    return Channel(kind=kind, exists=exists, value=value, source="a test", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def brand() -> Brand:
    return Brand(
        id="weilidai",
        owner="深圳前海微众银行股份有限公司",
        finance=True,
        names=Names(
            primary="微粒贷", aliases=("微粒貸",), latin=("weilidai",), siblings=("微业贷",), keywords=("代开", "强开")
        ),
        channels=(
            channel("app", exists="never", statement="微粒贷没有独立APP"),
            channel("app", "com.tencent.mm", role="host"),
            channel("domain", "webank.com"),
            channel("domain", "com.cn"),
            channel("domain", "weixin.qq.com", role="host"),
            channel("phone", "95384"),
            channel("phone", "0755-86013388"),
            channel("account", "微粒贷", platform="wechat_official_account"),
            channel("account", "gh_weilidai", platform="wechat_official_account"),
            channel("account", "webank", role="host"),
            channel("poi", exists="no", statement="没有线下网点"),
        ),
    )


@pytest.fixture(scope="session")
def with_app() -> Brand:
    """A brand that has an app, accounts and places of its own, and no number in its dossier."""
    return Brand(
        id="weizhong",
        owner="深圳前海微众银行股份有限公司",
        finance=True,
        names=Names(primary="微粒贷", latin=("weilidai",)),
        channels=(channel("app", "com.webank.wemoney"), channel("domain", "webank.com"), channel("poi", "微粒贷总部")),
    )


@pytest.fixture(scope="session")
def judged(brand: Brand) -> Callable[[Sighting], Verdict]:
    def judged(sighting: Sighting, of: Brand = brand) -> Verdict:
        return judge(of.id, detect_all(sighting, (of,))[of.id], Coverage(sighting.missing))

    return judged


@pytest.fixture(scope="session")
def text_label(judged: Callable[[Sighting], Verdict]) -> Callable[[str], Label]:
    return lambda text: judged(examine_text(text)).label


@pytest.fixture(scope="session")
def codes(brand: Brand) -> Callable[..., Codes]:
    """Give code and weight of every reason for a listing: kind, locator, fields of `lead.v1`; `of` another brand."""

    def codes(kind: str, locator: str, of: Brand = brand, **detail: object) -> Codes:
        seen = examine_text(locator) if kind == "text" else examine_listing(kind, locator, detail)
        return {reason.code: reason.weight for reason in detect_all(seen, (of,))[of.id]}

    return codes
