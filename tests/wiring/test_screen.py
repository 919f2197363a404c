"""The sieve of bulk sources keeps what resembles a brand, whether leads come alone or by the thousand."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from zhengben import wiring
from zhengben.core.lead import Lead
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import match_host, pack

BRANDS = load_brands()
NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEEP = wiring.screen(BRANDS)


def lead(locator: str) -> Lead:
    """Give a lead of a hostname."""
    return Lead(kind="domain", source="test", locator=locator, seen_at=NOW)


def test_likenesses_are_kept_in_order_and_the_rest_is_not() -> None:
    hosts = ["example.org", "weilidai-app.cn", "www.webank.com", "webnak.com", "微粒貸.cn", "wikipedia.org"]
    assert [one.locator for one in KEEP([lead(host) for host in hosts])] == [
        "weilidai-app.cn",
        "webnak.com",
        "微粒貸.cn",
    ]


def test_no_leads_give_none() -> None:
    assert list(KEEP([])) == []


ODD = [
    "weilidai.top",
    "we\nbank.cn",
    "a\r\nweilidai.cn",
    "weilidai.cn\u2028x",
    "\x85x",
    "http://weilidai.cn/",
    "xn--!!",
    "\ud800.cn",
]


@given(st.lists(st.one_of(st.text(min_size=1, max_size=30).filter(str.strip), st.sampled_from(ODD)), max_size=12))
def test_what_is_kept_together_is_what_is_kept_alone(hosts: list[str]) -> None:
    kept = [one.locator for one in KEEP([lead(host) for host in hosts])]
    alone = [host for host in hosts if match_host(" ".join(host.splitlines()), pack(BRANDS))]
    assert kept == alone
