"""The name of an app's package is a hostname turned round, and no address; a denial holds for its whole list."""

import pytest

from zhengben.detect.lexicon import phrases
from zhengben.detect.scope import Scopes
from zhengben.flow.typed import guess_kind


@pytest.mark.parametrize("package", ["com.tencent.mm", "COM.TENCENT.MM", "com.abc.loan", "com.webank.wemoney"])
def test_a_package_is_no_address(package: str) -> None:
    assert guess_kind(package) == "text"


@pytest.mark.parametrize("host", ["com.webank.top", "com.evil.cn", "webank.com", "mm.tencent.com"])
def test_what_ends_as_addresses_are_sold_is_one(host: str) -> None:
    assert guess_kind(host) == "domain"


@pytest.mark.parametrize("text", ["警方打击任何机构提供强开、代开", "多地整治个人从事代办业务、代开"])
def test_a_campaign_against_one_trade_is_against_all_it_lists(text: str) -> None:
    assert not phrases("scopes", "negated").search(text[: text.index("代开")])
    assert Scopes(text).muted(text.index("代开"), text.index("代开") + 2) == "negated"
