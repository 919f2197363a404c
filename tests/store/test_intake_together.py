"""Many hands on one record: no lead twice, none lost, no count forgotten, and one chain of events."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from zhengben.core.lead import Lead as CoreLead
from zhengben.core.verdict import Label, Verdict
from zhengben.flow.feed import add_source, feed
from zhengben.flow.intake import take_in
from zhengben.store import due, events
from zhengben.store.cases import join_or_open
from zhengben.store.effects import begin, handing
from zhengben.store.events import StaleError, ledger_problems
from zhengben.store.models import Case, Event, Lead, Source

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def together(*works: Callable[[], object]) -> list[BaseException]:
    """Run works at once, each on a connection of its own; give what they raised."""
    raised: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        start.wait()
        try:
            work()
        except BaseException as error:  # noqa: BLE001 -- it is looked at below
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def leads(*numbers: int, hours: int = 0) -> list[CoreLead]:
    """Give hostnames by number."""
    at = NOW + timedelta(hours=hours)
    return [CoreLead(kind="domain", source="s", locator=f"h{n}.example", seen_at=at) for n in numbers]


@pytest.mark.usefixtures("record")
def test_overlapping_batches_count_each_target_once_and_every_report() -> None:
    batches = [list(range(start, start + 60)) for start in (0, 20, 40, 0, 30)]
    told = Counter(n for batch in batches for n in batch)
    assert together(*(lambda b=batch: take_in(leads(*b), NOW) for batch in batches)) == []
    rows = {row.target_key: row.count for row in Lead.objects.all()}
    assert rows == {f"h{n}.example": count for n, count in told.items()}
    assert ledger_problems() == []
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, len(batches) + 1))


@pytest.mark.usefixtures("record")
def test_the_newest_sight_wins_whoever_writes_last() -> None:
    take_in(leads(1), NOW)
    assert together(*(lambda h=h: take_in(leads(1, hours=h), NOW) for h in (5, 1, 9, 3))) == []
    row = Lead.objects.get()
    assert (row.last_seen_at, row.count) == (NOW + timedelta(hours=9), 5)
    assert row.first_seen_at == NOW


@pytest.mark.usefixtures("record")
def test_one_case_is_opened_however_many_leads_accuse_at_once() -> None:
    take_in(leads(*range(6)), NOW)
    verdict = Verdict(Label.SCAM, "weilidai", 90, ())

    def open_one(key: int) -> None:
        lead = Lead.objects.get(pk=key)
        lead.locator = "one.example"  # all of them point at one impostor
        with transaction.atomic():
            join_or_open(lead, verdict, host_accused=True, title="", now=NOW, actor="t", facts={"lead": key})

    keys = list(Lead.objects.values_list("pk", flat=True))
    assert together(*(lambda k=key: open_one(k) for key in keys)) == []
    case = Case.objects.get()
    assert case.ver == len(keys)
    assert case.number == "2026-0001"
    assert ledger_problems() == []


@pytest.mark.usefixtures("record")
def test_numbers_of_cases_are_given_once() -> None:
    take_in(leads(*range(8)), NOW)
    verdict = Verdict(Label.SCAM, "weilidai", 90, ())

    def open_one(key: int) -> None:
        with transaction.atomic():
            lead = Lead.objects.get(pk=key)
            join_or_open(lead, verdict, host_accused=True, title="", now=NOW, actor="t", facts={"lead": key})

    assert together(*(lambda k=key: open_one(k) for key in Lead.objects.values_list("pk", flat=True))) == []
    assert sorted(Case.objects.values_list("number", flat=True)) == [f"2026-{n:04d}" for n in range(1, 9)]


@pytest.mark.usefixtures("record")
def test_a_row_is_claimed_by_one_of_many() -> None:
    take_in(leads(*range(40)), NOW)
    claimed: list[int] = []

    def claim(name: str) -> None:
        for _ in range(12):
            claimed.extend(row.pk for row in due.claim(NOW, name, 5))

    assert together(*(lambda w=f"w{n}": claim(w) for n in range(4))) == []
    assert sorted(claimed) == sorted(Lead.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("record")
def test_of_many_moves_of_one_row_one_is_written() -> None:
    take_in(leads(1), NOW)
    copies = [Lead.objects.get() for _ in range(5)]

    def move(row: Lead) -> None:
        with transaction.atomic():
            events.move(row, "judge", now=NOW, actor="t", label="mention")

    raised = together(*(lambda r=row: move(r) for row in copies))
    assert [type(error) for error in raised] == [StaleError] * 4
    assert (Lead.objects.get().ver, ledger_problems()) == (1, [])


@pytest.mark.usefixtures("record")
def test_one_of_many_hands_a_letter_over() -> None:
    begin("send:k", "mail", NOW)
    raised = together(*(lambda: handing("send:k") for _ in range(5)))
    assert [type(error) for error in raised] == [StaleError] * 4


def test_a_source_read_by_two_workers_gives_each_line_once(record: object, tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("".join(f"h{n}.example\n" for n in range(300)))
    assert record
    source = add_source("list", "hostname_file", {"path": str(hosts)}, by="t", now=NOW)
    copies = [Source.objects.get(pk=source.pk) for _ in range(3)]
    assert together(*(lambda s=copy: feed(s, NOW) for copy in copies)) == []
    assert Lead.objects.count() == 300
    assert set(Lead.objects.values_list("count", flat=True)) == {1}
    assert Source.objects.get().taken == 300
    assert ledger_problems() == []
