"""Who hires in the brand's name, and who says why he does."""

import pytest

from fresh_items import brands
from zhengben.detect.job_offer import hires_falsely
from zhengben.examine.listing import examine_listing
from zhengben.names.api import pack


def falsely(line: str, brand: str = "webank") -> bool:
    chosen = next(one for one in brands() if one.id == brand)
    return hires_falsely(examine_listing("job", line, {}), chosen, pack(brands()))


@pytest.mark.parametrize(
    "line",
    [
        "微众银行直招客服 公司：江西某某商务服务",
        "微众银行催收兼职 在家可做",
        "微众银行长沙分公司招聘渠道经理",
        "微众银行急招话务员 无需经验 公司：福建某某信息",
    ],
)
def test_somebody_else_who_hires_as_the_brand(line: str) -> None:
    assert falsely(line)


@pytest.mark.parametrize(
    "line",
    [
        "微众银行招聘后端工程师 公司：深圳前海微众银行股份有限公司",
        "微众银行项目招聘客服 公司：某某服务外包有限公司",
        "微众银行招聘柜员 劳务派遣 公司：某某人力资源有限公司",
        "微众银行2026校园招聘",
        "微众银行 产品经理 公司：微众银行",
        "会计师事务所招聘审计助理 熟悉微众银行 公司：某某会计师事务所",
    ],
)
def test_who_says_why_or_is_the_brand(line: str) -> None:
    assert not falsely(line)


def test_a_bank_with_branches_may_hire_for_one() -> None:
    assert not falsely("清屿商业银行厦门分公司招聘柜员", "qingyu")
