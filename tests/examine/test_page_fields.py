"""What a form asks for by its labels: which cards hold money, and who is only a person to write to."""

import pytest

from zhengben.examine.page_fields import asks_for


@pytest.mark.parametrize(
    "label", ["就诊卡号", "医保卡号", "会员卡号", "校园卡号", "借书卡号", "加油卡号", "市民卡号", "社保卡号"]
)
def test_a_card_of_a_hospital_a_school_or_a_shop_is_no_bank_card(label: str) -> None:
    assert asks_for(label) == ""


@pytest.mark.parametrize("label", ["银行卡号", "储蓄卡号", "卡号", "收款卡号", "信用卡", "银行卡有效期"])
def test_a_bank_card_is_one(label: str) -> None:
    assert asks_for(label) == "bank_card"


@pytest.mark.parametrize(
    ("label", "asks"),
    [("联系人", "name"), ("聯繫人", "name"), ("联系人电话", "phone"), ("紧急联系人", "contacts"),
     ("家庭联系人", "contacts"),
     ("通讯录授权", "contacts"), ("第一联系人", "contacts"), ("紧急联系人电话", "phone")],
)  # fmt: skip
def test_a_bare_contact_is_a_person_and_somebody_s_others_are_a_secret(label: str, asks: str) -> None:
    assert asks_for(label) == asks


@pytest.mark.parametrize(
    ("label", "asks"),
    [("撤销码（短信）", "sms_code"), ("一次性密码", "sms_code"), ("网银盾密码", "pay_password"),
     ("U盾口令", "pay_password"),
     ("卡背面末三位", "bank_card"), ("后三位安全码", "bank_card"), ("短信通知", None), ("盾牌颜色", None)],
)  # fmt: skip
def test_codes_and_keys_by_the_names_that_false_forms_give_them(label: str, asks: str | None) -> None:
    assert asks_for(label) == asks
