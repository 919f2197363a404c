"""Inputs that a framework draws by itself (uni-app, Taro, Ionic): a person sees a field, the document may hold none."""

import pytest

from zhengben.core.pagefacts import PageFacts
from zhengben.examine.page import examine_page


def read(body: str) -> PageFacts:
    return examine_page(f"<html><body>{body}</body></html>", "https://page.example/")


@pytest.mark.parametrize(
    "inputs",
    [
        '<uni-input><div class="uni-input-placeholder">支付密码</div></uni-input>',
        "<uni-view><uni-label>支付密码</uni-label><uni-input></uni-input></uni-view>",
        "<uni-label>支付密码</uni-label><uni-input><div><input class='uni-input-input'></div></uni-input>",
        '<uni-input><div class="uni-input-wrapper"><div>支付密码</div><input maxlength="6"></div></uni-input>',
        "<div>支付密码</div><taro-input-core></taro-input-core>",
        "<ion-label>支付密码</ion-label><ion-input></ion-input>",
        "<uni-form><uni-label>支付密码</uni-label><uni-textarea></uni-textarea></uni-form>",
    ],
)
def test_a_drawn_input_asks_what_stands_in_it_or_before_it(inputs: str) -> None:
    page = read(inputs)
    assert [(field.asks, field.label) for form in page.forms for field in form.fields] == [("pay_password", "支付密码")]


def test_each_drawn_input_has_its_own_words() -> None:
    page = read(
        "<uni-input><div>银行卡号</div></uni-input><uni-input><div>身份证号</div></uni-input>"
        "<uni-label>备注</uni-label><uni-input></uni-input>"
    )
    assert [field.asks for form in page.forms for field in form.fields] == ["bank_card", "id_card", ""]


def test_a_drawn_input_in_a_form_goes_where_the_form_goes() -> None:
    page = read('<form action="/take"><uni-label>卡号</uni-label><uni-input></uni-input></form>')
    assert [(form.action, form.fields[0].asks) for form in page.forms] == [("https://page.example/take", "bank_card")]


def test_what_frameworks_make_blocks_of_stands_on_lines_of_its_own() -> None:
    page = read("<uni-view>今日到账</uni-view><uni-view>客服</uni-view><taro-view-core>底部</taro-view-core>")
    assert page.text == "今日到账\n客服\n底部"


def test_an_unknown_element_breaks_no_name() -> None:
    assert read("<x-a>微</x-a><x-b>粒</x-b><x-c>贷</x-c>").text == "微粒贷"


def test_a_hidden_drawn_input_asks_for_nothing() -> None:
    page = read('<div style="display:none"><uni-input><div>支付密码</div></uni-input></div>')
    assert page.asks == ()


def test_many_drawn_inputs_end_somewhere() -> None:
    page = read("<uni-input><div>卡号</div></uni-input>" * 400)
    assert sum(len(form.fields) for form in page.forms) == 200
