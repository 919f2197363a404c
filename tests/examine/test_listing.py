"""Listings of every kind become sightings, whatever their fields hold."""

from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.listing import LISTED, examine_listing, number_of, with_text

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda c: st.lists(c, max_size=3) | st.dictionaries(st.text(max_size=5), c, max_size=3),
)
FIELDS = ("title", "text", "developer", "phones", "price", "package", "download", "source", "state", "platform")


@given(
    st.sampled_from(sorted(LISTED)), st.text(min_size=1, max_size=40), st.dictionaries(st.sampled_from(FIELDS), JSON)
)
def test_no_field_breaks_it(kind: str, locator: str, detail: dict[str, object]) -> None:
    seen = examine_listing(kind, locator, detail)
    assert seen.kind == kind
    assert seen.target == locator


def test_words_publisher_and_numbers_are_told() -> None:
    seen = examine_listing(
        "app_listing", "https://Store.example/1",
        {"title": "微粒贷", "text": "加QQ 2831907756", "developer": {"name": "某公司", "id": "d1"}, "price": 9.9,
         "phones": ["137 2819 0034", "无"], "package": "com.x", "source": {"name": "store"}},
    )  # fmt: skip
    assert (seen.title, seen.speaker, seen.host) == ("微粒贷", "某公司", "store.example")
    assert {(c.kind, c.value) for c in seen.contacts} == {("qq", "2831907756"), ("phone", "13728190034")}
    assert seen.detail == {"package": "com.x", "price": 9.9, "developer_id": "d1", "source": "store"}
    assert "9.9" in seen.text


def test_a_bare_number_without_words_says_that_its_owner_is_unknown() -> None:
    seen = examine_listing("phone", "137-2819-0034", {})
    assert seen.missing == ("phone.owner",)
    assert seen.contacts[0].value == "13728190034"


def test_the_number_of_a_listing_comes_first() -> None:
    seen = examine_listing("phone", "13728190034", {"title": "客服", "text": "或 13911112222"})
    assert seen.contacts[0].value == "13728190034"


def test_a_locator_that_is_no_address_is_the_name_itself() -> None:
    assert examine_listing("account", "微粒贷客服", {}).title == "微粒贷客服"
    assert examine_listing("account", "https://[", {}).host == ""
    assert examine_listing("company", "x", {"developer": "某公司"}).speaker == "某公司"


def test_words_read_in_a_picture_are_added_with_their_contacts() -> None:
    seen = with_text(examine_listing("post", "https://a.example", {"title": "看图"}), "微信 wl88996")
    assert seen.text == "看图\n微信 wl88996"
    assert [c.value for c in seen.contacts] == ["wl88996"]
    assert seen.text[seen.contacts[0].start : seen.contacts[0].end] == "wl88996"


def test_a_number_field_that_is_no_number_gives_nothing() -> None:
    assert number_of("无") == ""
    assert number_of("客服95384") == "95384"
