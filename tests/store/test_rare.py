"""What the record does on a bad day: no head, a row moved while it is checked, questions about nothing."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from databases import Record
from zhengben.core.lead import Lead as CoreLead
from zhengben.core.verdict import Label, Verdict
from zhengben.store import events, ledger_check
from zhengben.store.cases import join_or_open
from zhengben.store.database import database
from zhengben.store.intake import insert_leads
from zhengben.store.models import Case, Event, Lead, Stateful
from zhengben.store.queries_figures import case_records
from zhengben.store.search import find

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def take(host: str = "wei1idai.cn") -> Lead:
    """Take one host in."""
    with transaction.atomic():
        insert_leads([CoreLead(kind="domain", source="s", locator=host, seen_at=NOW)], now=NOW, due_at=NOW, actor="t")
    return Lead.objects.get(target_key=host)


def open_case(lead: Lead) -> Case:
    """Open the case of a lead, or join it."""
    verdict = Verdict(Label.SCAM, "weilidai", 90, ())
    with transaction.atomic():
        facts = {"lead": lead.pk}
        case = join_or_open(lead, verdict, host_accused=True, title="", now=NOW, actor="t", facts=facts)
    Lead.objects.filter(pk=lead.pk).update(case=case)
    lead.case = case
    return case


@pytest.mark.usefixtures("record")
def test_a_record_without_its_head_says_what_to_do() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM store_ledgerhead")
    with pytest.raises(RuntimeError, match="run the migrations, or restore the database"):
        take()
    assert Lead.objects.count() == 0


@pytest.mark.usefixtures("record")
def test_a_row_that_moves_while_it_is_checked_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lead = take()
    open_case(lead)
    read, asked = ledger_check._events, []

    def too_early(model: type[Stateful], key: int | None = None) -> Iterable[Event]:
        """Give what was read before anything happened; the second look, at one row, sees it all."""
        asked.append(key)
        return [] if key is None else read(model, key)

    monkeypatch.setattr(ledger_check, "_events", too_early)
    assert events.ledger_problems() == []
    assert any(asked)


@pytest.mark.usefixtures("record")
def test_a_lead_joins_its_case_once() -> None:
    lead = take()
    case = open_case(lead)
    assert open_case(lead) == case
    assert list(Event.objects.filter(subject="case").values_list("verb", flat=True)) == ["open"]


@pytest.mark.usefixtures("record")
def test_asking_for_nothing_finds_nothing() -> None:
    take()
    assert find(" ,.!") == []
    assert find("wei1idai") == [Lead.objects.get().pk]


@pytest.mark.usefixtures("record")
def test_the_figures_of_one_brand_are_that_brands() -> None:
    open_case(take())
    assert [one.kind for one in case_records("weilidai")] == ["domain"]
    assert case_records("another") == ()


def test_a_moment_without_a_zone_is_refused(record: Record) -> None:
    assert record
    with pytest.raises(ValueError, match="time zone"):
        events.log("t", 1, "x", now=datetime(2026, 1, 1), actor="t", facts={})  # noqa: DTZ001 -- that is the point


def test_a_database_in_memory_can_be_named() -> None:
    assert database("sqlite://", Path())["NAME"] == ":memory:"
