"""A number is one number however it is written, and two numbers stay two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Contact
from zhengben.detect.public_service import own_or_public
from zhengben.examine.indicators import find_contacts
from zhengben.flow.official import official
from zhengben.store.keys import target_key

SAME = {
    "13800138000": ("138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "+8613800138000", "0086 13800138000",
                    "86 138 0013 8000", "（+86）13800138000", "１３８００１３８０００", "١٣٨٠٠١٣٨٠٠٠", "138.0013.8000"),
    "075586013388": ("0755-86013388", "(0755) 8601 3388", "+86 755 8601 3388", "+86-755-86013388", "0086-755-86013388",
                     "+86 (0)755 8601 3388", "86 755 86013388"),
    "01065263366": ("010-65263366", "+86 10 6526 3366", "0086 10 65263366", "+86 010 65263366"),
    "04118888666": ("0411-8888666", "+86 411 8888666"),
    "087163123456": ("0871-63123456", "+86 871 6312 3456"),
    "4001234567": ("400-123-4567", "+86 400 123 4567", "400 1234 567"),
    "8008201234": ("800-820-1234", "+86 800 820 1234"),
    "95384": ("95384", "+86 95384", "9 5 3 8 4"),
    "96110": ("96110", "+86 96110"),
    "+12125550100": ("+1 212 555 0100", "001 212 555 0100", "+1 (212) 555-0100"),
    "+85221234567": ("+852 2123 4567", "00852 21234567"),
    "": ("", "微粒贷", "+", "--", "客服热线"),
}  # fmt: skip
PAIRS = [(text, number) for number, texts in SAME.items() for text in texts]
WRITTEN = st.text("0123456789 +-()（）.０１２３٠١二ab", max_size=24)


@pytest.mark.parametrize(("text", "number"), PAIRS, ids=[text or "nothing" for text, _ in PAIRS])
def test_every_way_to_write_a_number_is_that_number(text: str, number: str) -> None:
    assert plain_number(text) == number


@given(WRITTEN)
def test_the_form_of_a_form_is_itself(text: str) -> None:
    once = plain_number(text)
    assert plain_number(once) == once


@given(WRITTEN)
def test_a_form_is_digits_with_at_most_one_plus_in_front(text: str) -> None:
    form = plain_number(text)
    assert form == "" or (form.removeprefix("+").isascii() and form.removeprefix("+").isdigit())


@given(st.integers(10**9, 10**10 - 1), st.sampled_from([" ", "-", ""]))
def test_a_mobile_is_the_same_with_and_without_the_code_of_the_country(tail: int, gap: str) -> None:
    number = f"1{tail}"
    assert plain_number(f"+86{gap}{number}") == plain_number(number) == number


@given(st.sampled_from(["10", "20", "21", "755", "411", "871", "991"]), st.integers(10**7, 10**8 - 1))
def test_a_landline_is_the_same_with_and_without_the_code_of_the_country(area: str, tail: int) -> None:
    assert plain_number(f"+86 {area} {tail}") == plain_number(f"0{area}-{tail}") == f"0{area}{tail}"


@given(st.integers(0, 10**8 - 1), st.integers(0, 10**8 - 1))
def test_two_numbers_stay_two(one: int, other: int) -> None:
    forms = {plain_number(f"0755{number:08}") for number in (one, other)}
    assert len(forms) == len({one, other})


@pytest.mark.parametrize("listed", ["0755-86013388", "+86 755 8601 3388", "400-123-4567", "95384", "+1 212 555 0100"])
def test_the_rooms_agree_on_the_brands_own_number(listed: str) -> None:
    """Detection, the gate and the record must know the hotline of the dossier in every spelling of it."""
    channel = Channel(kind="phone", exists="yes", value=listed)
    brand = Brand(id="probe", owner="o", finance=True, names=Names(primary="某某贷"), channels=(channel,))
    number = plain_number(listed)
    for text in (text for text in SAME[number] if text):
        assert official([brand], "phone", text)
        assert own_or_public(Contact(kind="phone", value=text, raw=text), brand)
        assert target_key("phone", text) == number


@pytest.mark.parametrize("other", ["0755-86013389", "95383", "953840", "+86 755 8601 338", "", "微粒贷"])
def test_no_other_number_is_the_brands_own(other: str) -> None:
    channels = tuple(Channel(kind="phone", exists="yes", value=value) for value in ("0755-86013388", "95384"))
    brand = Brand(id="probe", owner="o", finance=True, names=Names(primary="某某贷"), channels=channels)
    assert not official([brand], "phone", other)


@pytest.mark.parametrize(
    "text", ["138 0013 8000", "0755-86013388", "+86 755 8601 3388", "400-123-4567", "+86 10 6526 3366"]
)
def test_what_is_found_in_a_text_is_in_the_same_form(text: str) -> None:
    (found,) = (contact for contact in find_contacts(f"客服电话：{text}，请致电") if contact.kind == "phone")
    assert found.value == plain_number(text)
