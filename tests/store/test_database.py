"""Where the record is kept, and the queue's questions about time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from databases import Record
from zhengben.core.lead import Lead as CoreLead
from zhengben.store import buckets, due, effects
from zhengben.store.database import database
from zhengben.store.events import StaleError, note
from zhengben.store.intake import insert_leads
from zhengben.store.models import Effect, Heartbeat, Lead

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def take(*hosts: str) -> None:
    """Take hosts in, due now."""
    with transaction.atomic():
        leads = [CoreLead(kind="domain", source="s", locator=host, seen_at=NOW) for host in hosts]
        insert_leads(leads, now=NOW, due_at=NOW, actor="t")


def test_a_url_names_the_database() -> None:
    assert database("", Path("/srv/home"))["NAME"] == "/srv/home/zhengben.sqlite3"
    far = database("postgresql://clerk:p%40ss@db.example:5433/record?sslmode=require", Path())
    assert (far["USER"], far["PASSWORD"], far["HOST"], far["NAME"]) == ("clerk", "p@ss", "db.example", "record")
    assert far["OPTIONS"] == {"sslmode": "require"}
    near = database("postgres:///record?host=/run/postgresql&user=clerk", Path())
    assert (near["HOST"], near["USER"], near["PORT"]) == ("/run/postgresql", "clerk", "")
    with pytest.raises(ValueError, match="use sqlite:"):
        database("mysql://x/y", Path())


@pytest.mark.usefixtures("record")
def test_the_queue_gives_each_row_to_one_worker() -> None:
    take(*(f"h{n}.cn" for n in range(5)))
    assert due.oldest_due(NOW + timedelta(hours=2)) == timedelta(hours=2)
    assert due.next_due() == NOW
    first = due.claim(NOW, "w1", 3)
    second = due.claim(NOW, "w2", 10)
    assert (len(first), len(second)) == (3, 2)
    assert not {row.pk for row in first} & {row.pk for row in second}
    assert due.claim(NOW - timedelta(seconds=1), "w3", 10) == []


@pytest.mark.usefixtures("record")
def test_a_lease_can_be_kept_alive_and_lost() -> None:
    take("a.cn")
    row = due.claim(NOW, "w1", 1)[0]
    due.extend(row, NOW + timedelta(seconds=50))
    assert due.claim(NOW + timedelta(seconds=100), "w2", 1) == []
    taken = due.claim(NOW + timedelta(seconds=111), "w2", 1)[0]
    with pytest.raises(StaleError, match="lost"):
        due.extend(row, NOW + timedelta(seconds=112))
    with transaction.atomic():
        note(taken, "looked", now=NOW, actor="w2", due_at=None)
    assert (Lead.objects.get().lease_by, due.next_due()) == ("", None)


@pytest.mark.usefixtures("record")
def test_an_effect_is_handed_over_by_one_worker_only() -> None:
    assert (effects.begin("k", "mail", NOW), effects.begin("k", "mail", NOW)) == ("new", "started")
    effects.handing("k")
    with pytest.raises(StaleError):
        effects.handing("k")
    effects.not_handed("k")
    effects.handing("k")
    effects.doubt("k", NOW)
    assert effects.begin("k", "mail", NOW) == "uncertain"
    effects.free("k")
    effects.finish("k", {"message_id": "<1>"}, NOW)
    assert (effects.receipt("k"), effects.receipt("other")) == ({"message_id": "<1>"}, {})
    assert Effect.objects.count() == 1


@pytest.mark.usefixtures("record")
def test_a_bucket_fills_again() -> None:
    waits = [buckets.take("c", per_hour=60, burst=2, now=NOW) for _ in range(3)]
    assert waits[:2] == [timedelta(), timedelta()]
    assert timedelta(seconds=59) < waits[2] < timedelta(seconds=61)
    assert buckets.take("c", per_hour=60, burst=2, now=NOW + waits[2]) == timedelta()
    with pytest.raises(ValueError, match="above zero"):
        buckets.take("c", per_hour=0, burst=1, now=NOW)


def test_the_databases_clock_is_about_now(record: Record) -> None:
    assert abs(due.database_now() - datetime.now(UTC)) < timedelta(minutes=1)
    due.beat("w1", NOW, 1)
    due.beat("w1", NOW, 2)
    assert (Heartbeat.objects.get().done, record.home.is_dir()) == (2, True)
