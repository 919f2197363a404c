"""Labels of several things, buttons that take a picture, and words that a platform shows once its page is there."""

import pytest

from zhengben.examine.page import examine_page


def asks(html: str) -> tuple[str, ...]:
    return examine_page(html, "", "", "file").asks


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        ("姓名 / 身份证号", {"name", "id_card"}),
        ("银行卡号 / 查询密码", {"bank_card", "password"}),
        ("收提成的银行卡号及预留手机号", {"bank_card", "phone"}),
        ("法人姓名、身份证正反面照片", {"name", "id_photo"}),
        ("Card number and PIN", {"bank_card", "pay_password"}),
    ],
)
def test_a_label_asks_for_everything_it_names(label: str, asked: set[str]) -> None:
    found = set(asks(f"<form><label>{label}</label><input></form>"))
    assert found >= asked


@pytest.mark.parametrize("label", ["手机号/身份证号/银行卡号", "用户名、手机号", "邮箱/手机号"])
def test_ways_to_say_who_logs_in_ask_for_one_thing(label: str) -> None:
    assert len(asks(f"<form><label>{label}</label><input></form>")) <= 1


@pytest.mark.parametrize("button", ["<uni-button>拍摄</uni-button>", "<button>点击上传</button>"])
def test_a_button_that_takes_a_picture_is_a_field(button: str) -> None:
    assert asks(f"<div>手持身份证照片 {button}</div>") == ("id_photo",)


def test_what_a_button_takes_is_known_from_the_words_before_it_alone() -> None:
    assert asks("<p>手持身份证办理请到柜台</p><p>上传</p>") == ()
    assert asks("<button>上传</button><p>手持身份证照片</p>") == ()


def test_a_drawn_input_asks_by_the_words_it_is_given() -> None:
    assert asks('<uni-input placeholder="银行卡交易密码"></uni-input>') == ("pay_password",)


def test_an_article_of_the_platform_is_read_though_its_script_has_not_shown_it() -> None:
    page = examine_page('<div id="js_content" style="visibility: hidden">开通须缴保证金</div>', "", "", "file")
    assert "开通须缴保证金" in page.text
    other = examine_page('<div id="other" style="visibility: hidden">开通须缴保证金</div>', "", "", "file")
    assert "开通须缴保证金" not in other.text


def test_a_greyed_out_field_of_two_things_asks_for_neither() -> None:
    assert asks("<form><label>姓名 / 身份证号</label><input disabled></form>") == ()
