"""Lines below a label of other firms are partners' names; a line in the brand's name is found among the others."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.detect.page_lines import addressed, unlisted
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

PAPERS = "<form><input placeholder=身份证号><input placeholder=银行卡号></form>"


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei")))


def said(body: str) -> list[str]:
    brand = next(one for one in brands() if one.id == "weilidai")
    page = examine_page(body, "https://a.example/")
    return [place.words for place in addressed(page, brand, pack(brands()), about=False)]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["合作机构：", "微粒贷", "江湾农商行"], []), (["微粒贷", "合作机构："], ["微粒贷"]), ([], []),
        (["合作机构：", "微粒贷", "以下由本平台的资金方逐一审核放款", "微粒贷"],
         ["以下由本平台的资金方逐一审核放款", "微粒贷"]),
    ],
)  # fmt: skip
def test_short_lines_below_a_label_of_partners_are_left_out(lines: list[str], left: list[str]) -> None:
    assert list(unlisted(lines)) == left


def test_a_line_that_is_the_name_and_a_customer_s_state_is_one() -> None:
    assert said(f"<p>微粒贷额度审核</p>{PAPERS}") == ["微粒贷额度审核"]


def test_a_choice_of_a_form_is_no_line_of_the_page() -> None:
    assert said(f"<select><option>微粒贷</option></select>{PAPERS}") == []
