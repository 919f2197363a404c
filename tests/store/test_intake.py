"""Leads are taken in once each, whatever the batch looks like."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS
from zhengben.core.lead import Lead as CoreLead
from zhengben.flow.intake import take_in
from zhengben.store.events import ledger_problems
from zhengben.store.intake import insert_leads
from zhengben.store.keys import LONGEST, case_key, target_key
from zhengben.store.models import Event, Lead

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def lead(locator: str, kind: str = "domain", hours: int = 0, **detail: object) -> CoreLead:
    """Make a lead."""
    return CoreLead(kind=kind, source="test", locator=locator, seen_at=NOW + timedelta(hours=hours), detail=detail)


@pytest.mark.usefixtures("record")
def test_a_target_is_taken_once_and_counted() -> None:
    first = take_in([lead("A.CN"), lead("a.cn."), lead("b.cn", hours=2)], NOW)
    again = take_in([lead("a.cn", hours=5), lead("b.cn"), lead("c.cn")], NOW)
    assert (first.new, first.known, again.new, again.known) == (2, 0, 1, 2)
    rows = {row.target_key: row for row in Lead.objects.all()}
    assert {key: row.count for key, row in rows.items()} == {"a.cn": 3, "b.cn": 2, "c.cn": 1}
    assert rows["a.cn"].last_seen_at == NOW + timedelta(hours=5)
    assert rows["b.cn"].last_seen_at == NOW + timedelta(hours=2)
    assert rows["a.cn"].due_at == NOW
    assert Event.objects.filter(verb="taken_in").count() == 2
    assert ledger_problems() == []


@pytest.mark.usefixtures("record")
def test_a_batch_that_fails_leaves_nothing() -> None:
    with transaction.atomic():
        insert_leads([lead("a.cn")], now=NOW, due_at=NOW, actor="t")
        transaction.set_rollback(True)
    assert Lead.objects.count() == 0
    assert take_in([lead("a.cn")], NOW).new == 1


@pytest.mark.usefixtures("record")
def test_hostile_text_is_kept_as_text() -> None:
    words = "a\x00b\ud800'); DROP TABLE store_lead; --" + "很" * 5000
    take_in([lead("https://x.example/1", "app_listing", title=words, text=words * 3, deep=[[[words]]])], NOW)
    row = Lead.objects.get()
    assert row.title.startswith("a\ufffdb\ufffd')")
    assert row.payload["deep"][0][0][0].endswith("很")


@pytest.mark.usefixtures("record")
def test_more_than_one_batch_and_many_again() -> None:
    hosts = [f"h{n}.example" for n in range(2500)]
    assert take_in([lead(host) for host in hosts], NOW).new == 2500
    taken = take_in([lead(host) for host in hosts], NOW)
    assert (taken.new, taken.known) == (0, 2500)
    assert set(Lead.objects.values_list("count", flat=True)) == {2}


@pytest.mark.usefixtures("record")
def test_ids_given_by_the_application_do_not_collide_with_the_databases_own() -> None:
    take_in([lead("a.cn"), lead("b.cn")], NOW)
    own = Lead.objects.create(
        kind="domain",
        target_key="own.cn",
        locator="own.cn",
        source="s",
        state="new",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )
    taken = take_in([lead("c.cn")], NOW)
    assert own.pk not in taken.ids
    assert Lead.objects.count() == 4


@given(st.sampled_from(KINDS), st.text(min_size=1, max_size=400))
def test_a_key_is_short_and_stable(kind: str, locator: str) -> None:
    key = target_key(kind, locator)
    assert len(key) <= LONGEST + 100
    assert target_key(kind, f" {locator} ") == key
    assert case_key(kind, locator, host_accused=True) == case_key(kind, locator, host_accused=True)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("domain", "微粒贷.cn", "xn--g5t065dinl.cn"),
        ("url", "http://a.cn", "HTTP://A.cn:80/#top"),
        ("phone", "0086 138 0013 8000", "138-0013-8000"),
        ("text", "你好  微粒贷", "你好 微粒贷 "),
        ("account", "ＷＬＤ8866", "wld8866"),
    ],
)
def test_the_same_thing_typed_differently_is_one(kind: str, one: str, other: str) -> None:
    assert target_key(kind, one) == target_key(kind, other)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("url", "https://a.cn/x?id=1", "https://a.cn/x?id=2"),
        ("url", "https://a.cn/X", "https://a.cn/x"),
        ("domain", "a.cn", "b.a.cn"),
        ("phone", "95384", "95385"),
    ],
)
def test_different_things_stay_different(kind: str, one: str, other: str) -> None:
    assert target_key(kind, one) != target_key(kind, other)
