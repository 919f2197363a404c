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


def test_a_key_of_ours_is_readable_and_needs_no_list() -> None:
    key = "ZB-2026-0001.0.email.registrar.0123456789"
    assert POST.return_path(key).startswith("zr-_z_b-2026-0001.0.email.registrar.0123456789-")
    assert POST.key_of(POST.return_path(key)) == key
    assert POST.key_of(POST.return_path("号1")) == "号1"


def test_a_key_too_long_for_an_address_needs_the_list() -> None:
    long = "ZB-2026-0001.0.a-channel-with-a-very-long-name-of-its-own.0123456789"
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
    for key in ("notice-17", "Notice.17", "号17"):
        local = POST.return_path(key).partition("@")[0]
        for at in range(3, len(local)):
            changed = local[:at] + ("b" if local[at] == "a" else "a") + local[at + 1 :]
            assert POST.key_of(f"{changed}@{POST.domain}", [key]) != key


def test_headers_are_searched_for_our_ids() -> None:
    headers = ["<other@host.example> " + POST.message_id("n2"), "(comment) " + POST.message_id("n1"), "<broken"]
    assert POST.keys_in(headers) == ["n2", "n1"]


@pytest.mark.parametrize("key", ["", "x" * 121, "微" * 41])
def test_impossible_keys_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match="1 to 120 bytes"):
        POST.message_id(key)
