"""A pasted line is parted into what a thing is called and what is merely said of it."""

import pytest

from zhengben.examine.pasted import part


@pytest.mark.parametrize(
    ("kind", "line", "name", "publisher"),
    [
        ("app_listing", "反诈课堂 开发者：某市公安局 案例：假微粒贷", "反诈课堂", "某市公安局"),
        ("app_listing", "微众银行 com.webank.wemoney 开发者：某某公司", "微众银行", "某某公司"),
        ("account", "QQ群：互助群 简介：不办业务", "互助群", ""),
        ("company", "某某银行股份有限公司 存续", "某某银行股份有限公司", ""),
        ("job", "某某银行 柜员 某某银行公司", "某某银行 柜员 某某银行公司", "某某银行公司"),
        ("account", "a b c d", "a b c", ""),
        ("account", "PennyLark Official Giveaway X account @win", "PennyLark Official Giveaway", ""),
        ("account", "PennyLark Rewards Instagram @pl DM to claim", "PennyLark Rewards", ""),
        ("company", "PennyLark Finance Co., Ltd. (Shenzhen)", "PennyLark", ""),
        ("listing", "積分商城 小程序 主體：個人", "積分商城 小程序 主體：個人", "個人"),
        ("listing", "分期 小程序 主体 某商贸行", "分期 小程序 主体 某商贸行", "某商贸行"),
        ("job", "某行招聘 江西某企服有限公司代发", "某行招聘 江西某企服有限公司代发", "江西某企服有限公司"),
    ],
)  # fmt: skip
def test_name_and_publisher(kind: str, line: str, name: str, publisher: str) -> None:
    told = part(kind, line)
    assert (told.name, told.publisher) == (name, publisher)


def test_a_package_and_a_platform_are_told_where_they_belong() -> None:
    assert part("app_listing", "某某 com.a.b 版本：1").package == "com.a.b"
    assert part("account", "某某 微信公众号").platform == "wechat_official_account"
    assert part("poi", "某某 com.a.b").package == ""
