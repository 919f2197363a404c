"""Addresses that lead an answer home, and that a stranger cannot make up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.takedown.postmark import LOCAL_PART, Postmark

POST = Postmark("replies.brand.example", b"secret")
KEYS = st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x9FFF, codec="utf-8"), min_size=1, max_size=40)


@given(KEYS)
def test_a_key_survives_its_address_and_its_message_id(key: str) -> None:
    for written in (
        POST.message_id(key),
        POST.return_path(key),
        POST.return_path(key).upper(),
        f"<{POST.return_path(key)}>",
    ):
        assert POST.key_of(written, [key, "another"]) == key
    assert len(POST.return_path(key).partition("@")[0]) <= LOCAL_PART


def test_a_short_key_needs_no_list_and_a_long_one_does() -> None:
    long = "ZB-2026-0001.0.range.platform.0123456789"
    assert POST.key_of(POST.return_path("ZB-2026-1.0.host")) == "ZB-2026-1.0.host"
    assert POST.key_of(POST.return_path(long)) == ""
    assert POST.key_of(POST.return_path(long), ["x", long]) == long
    assert POST.key_of(POST.message_id(long)) == long


def test_another_secret_or_domain_opens_nothing() -> None:
    for other in (Postmark(POST.domain, b"guess"), Postmark("elsewhere.example", b"secret")):
        assert POST.key_of(other.return_path("n1")) == ""
        assert POST.key_of(other.message_id("n1")) == ""


@pytest.mark.parametrize(
    "text",
    [
        "", "a@b", "x" * 10_000, "zk--aaaaaaaaaa@replies.brand.example", "zk-nyyq-aaaaaaaaaa@replies.brand.example",
        "zk-nyyq@replies.brand.example", "zh-" + "a" * 32 + "-aaaaaaaaaa@replies.brand.example",
    ],
)  # fmt: skip
def test_strange_addresses_lead_nowhere(text: str) -> None:
    assert POST.key_of(text, ["n1"]) == ""


def test_every_changed_character_of_an_address_leads_nowhere() -> None:
    address = POST.return_path("notice-17")
    local = address.partition("@")[0]
    for at in range(3, len(local)):
        changed = local[:at] + ("b" if local[at] == "a" else "a") + local[at + 1 :]
        assert POST.key_of(f"{changed}@{POST.domain}", ["notice-17"]) != "notice-17"


def test_headers_are_searched_for_our_ids() -> None:
    headers = ["<other@host.example> " + POST.message_id("n2"), "(comment) " + POST.message_id("n1"), "<broken"]
    assert POST.keys_in(headers) == ["n2", "n1"]


@pytest.mark.parametrize("key", ["", "x" * 121, "微" * 41])
def test_impossible_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match="1 to 120 bytes"):
        POST.message_id(key)
