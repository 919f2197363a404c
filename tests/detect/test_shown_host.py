"""An address that shows the brand's host before an @ leads elsewhere, and is told so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.verdict import Label
from zhengben.detect.shown_host import shown_before
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look

BRANDS = load_brands()


def _reasons(target: str) -> dict[str, object]:
    return {reason.code: reason.facts.get("host") for reason in look(target, BRANDS).verdict.reasons}


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://webank.com@evil.cn/", "webank.com@evil.cn"),
        ("https://www.webank.com:443@evil.cn/login", "www.webank.com@evil.cn"),
        ("https://www.webank.com%2Flogin@evil.cn/", "www.webank.com@evil.cn"),
        ("http://weilidai.com@203.0.113.9/a", "weilidai.com@203.0.113.9"),
    ],
)
def test_the_brands_host_before_the_true_one_is_a_likeness(address: str, seen: str) -> None:
    assert _reasons(address)["host_name"] == seen


def test_a_message_with_such_a_link_is_no_plain_mention() -> None:
    message = "【微众银行】您的额度已到账，请点击 https://webank.com@evil.cn/x 领取"
    verdict = look(message, BRANDS).verdict
    told = next(reason.facts for reason in verdict.reasons if reason.code == "link_name")
    assert (told["host"], told["link"]) == ("webank.com@evil.cn", "https://webank.com@evil.cn/x")  # as it is shown
    assert verdict.accuses


@pytest.mark.parametrize(
    "address",
    [
        "https://me@evil.cn/",
        "https://evil.cn/@webank.com",
        "https://evil.cn/?to=webank.com@x.cn",
        "https://a.cn@evil.cn/",
    ],
)
def test_names_of_users_and_paths_are_no_hosts(address: str) -> None:
    assert "host_name" not in _reasons(address)


def test_the_brand_before_its_own_host_stays_its_own() -> None:
    assert look("https://webank.com@www.webank.com/", BRANDS).verdict.label is Label.OFFICIAL


@given(st.text(max_size=300))
def test_no_address_breaks_the_reading(address: str) -> None:
    assert "@" not in shown_before(f"https://{address}")
