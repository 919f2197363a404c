"""The ledger: nothing moves without its event, nothing in it can be changed, and every forgery is seen."""

import ast
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from databases import Record
from zhengben.core.lead import Lead as CoreLead
from zhengben.core.moves import ForbiddenMoveError
from zhengben.store import events
from zhengben.store.intake import insert_leads
from zhengben.store.models import Case, Event, Lead, LedgerHead, Notice

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TRIGGERS = {
    "sqlite": ("DROP TRIGGER store_event_no_update", "DROP TRIGGER store_event_no_delete"),
    "postgresql": ("DROP TRIGGER store_event_no_change ON store_event",),
}


def a_case(number: str = "2026-0001", **other: Any) -> Case:
    """Open a case."""
    with transaction.atomic():
        return events.create(
            Case, now=NOW, actor="test", facts={"微": ["粒", 1, 2.5, None, True]}, number=number, brand="b",
            target_key=f"web:{number}", locator=f"{number}.cn", label="impersonation", first_seen_at=NOW,
            opened_at=NOW, **other,
        )  # fmt: skip


def raw(*statements: str) -> None:
    """Run SQL past every rule of ours."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.usefixtures("record")
def test_a_state_and_its_event_are_one() -> None:
    case = a_case()
    with transaction.atomic():
        events.move(case, "seal", now=NOW, actor="test", holds=["capture"])
        transaction.set_rollback(True)
    assert Case.objects.get().state == "open"
    assert Event.objects.count() == 1
    fresh = Case.objects.get()
    with transaction.atomic():
        events.move(fresh, "seal", now=NOW, actor="test", holds=["capture"], facts={"by": "ab"})
    assert (Case.objects.get().state, Case.objects.get().ver) == ("sealed", 2)
    assert list(Event.objects.values_list("verb", "before", "after", "holds")) == [
        ("open", "", "open", []), ("seal", "open", "sealed", ["capture"]),
    ]  # fmt: skip
    assert events.ledger_problems() == []


@pytest.mark.usefixtures("record")
def test_a_forbidden_move_and_a_missing_guard_write_nothing() -> None:
    case = a_case()
    with pytest.raises(ForbiddenMoveError, match="allowed: "), transaction.atomic():
        events.move(case, "close", now=NOW, actor="test")
    with pytest.raises(ForbiddenMoveError, match="needs capture"), transaction.atomic():
        events.move(case, "seal", now=NOW, actor="test")
    assert Event.objects.count() == 1


@pytest.mark.usefixtures("record")
def test_who_read_too_long_ago_writes_nothing() -> None:
    case = a_case()
    early, late = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    with transaction.atomic():
        events.note(early, "looked", now=NOW, actor="one")
    with pytest.raises(events.StaleError), transaction.atomic():
        events.note(late, "looked", now=NOW, actor="two")
    Case.objects.update(lease_by="somebody")
    with pytest.raises(events.StaleError), transaction.atomic():
        events.note(early, "looked", now=NOW, actor="one")
    assert Event.objects.count() == 2


@pytest.mark.usefixtures("record")
def test_events_need_a_transaction_and_a_zone() -> None:
    case = a_case()
    with pytest.raises(RuntimeError, match="transaction"):
        events.note(case, "looked", now=NOW, actor="test")
    with pytest.raises(ValueError, match="zone"), transaction.atomic():
        events.note(case, "looked", now=NOW.replace(tzinfo=None), actor="test")


@pytest.mark.usefixtures("record")
def test_the_hash_does_not_depend_on_the_zone_a_moment_is_written_in() -> None:
    case = a_case()
    with transaction.atomic():
        beijing = NOW.astimezone(timezone(timedelta(hours=8))) + timedelta(microseconds=7)
        events.note(case, "looked", now=beijing, actor="test", facts={"text": "a\x00b\ud800", "when": beijing})
    assert events.ledger_problems() == []


@pytest.mark.parametrize("what", ["UPDATE store_event SET actor = 'x'", "DELETE FROM store_event"])
@pytest.mark.usefixtures("record")
def test_the_database_refuses_to_rewrite_history(what: str) -> None:
    a_case()
    with pytest.raises(DatabaseError, match="append-only"):
        raw(what)
    assert Event.objects.get().actor == "test"


@pytest.mark.postgresql
def test_postgresql_refuses_to_empty_the_ledger(record: Record) -> None:
    if record.vendor == "sqlite":
        return
    a_case()
    with pytest.raises(DatabaseError, match="append-only"):
        raw("TRUNCATE store_event")


FORGERIES = {
    "another actor": "UPDATE store_event SET actor = 'x' WHERE seq = 2",
    "another time": "UPDATE store_event SET at = '2020-01-01 00:00:00+00' WHERE seq = 2",
    "other facts": "UPDATE store_event SET facts = '{}' WHERE seq = 1",
    "a line removed": "DELETE FROM store_event WHERE seq = 2",
    "the last line removed": "DELETE FROM store_event WHERE seq = 3",
    "the first line removed": "DELETE FROM store_event WHERE seq = 1",
    "lines swapped": "UPDATE store_event SET seq = CASE seq WHEN 2 THEN 20 ELSE seq END",
    "a state without an event": "UPDATE store_case SET state = 'closed'",
    "a version without an event": "UPDATE store_case SET ver = ver + 1",
    "a lead without an event": "UPDATE store_lead SET state = 'dismissed'",
    "the head moved": "UPDATE store_ledgerhead SET seq = 2",
}


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_seen(record: Record, name: str) -> None:
    with transaction.atomic():
        insert_leads(
            [CoreLead(kind="domain", source="s", locator="a.cn", seen_at=NOW)], now=NOW, due_at=None, actor="t"
        )
    case = a_case()
    with transaction.atomic():
        events.note(case, "looked", now=NOW, actor="test")
    assert events.ledger_ok()
    raw(*TRIGGERS[record.vendor], FORGERIES[name])
    assert not events.ledger_ok()
    assert events.ledger_problems()


@pytest.mark.usefixtures("record")
def test_the_database_refuses_a_notice_without_two_people() -> None:
    case = a_case()
    with transaction.atomic():
        notice = events.create(
            Notice, now=NOW, actor="one", case=case, key="k", channel="c", addressee="a@b.c", subject="s", body="b",
            drafted_by="one", drafted_at=NOW,
        )  # fmt: skip
    for people in ({"approved_by": "one"}, {"approved_by": ""}, {"approved_by": "two", "drafted_by": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(state="sent", **people)
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("UPDATE store_notice SET state = 'approved'")
    Notice.objects.filter(pk=notice.pk).update(state="approved", approved_by="two")


@pytest.mark.usefixtures("record")
def test_a_thousand_events_chain() -> None:
    case = a_case()
    with transaction.atomic():
        for n in range(1000):
            events.note(case, "looked", now=NOW, actor="test", facts={"n": n})
    assert LedgerHead.objects.get().seq == 1001
    assert events.ledger_ok()
    assert Lead.objects.count() == 0


def test_no_other_code_changes_a_state() -> None:
    rooms = ("store", "flow", "console", "portal", "api", "server")
    source = Path(events.__file__).parents[1]
    found = [
        f"{path.relative_to(source)}:{node.lineno}"
        for room in rooms
        for path in (source / room).rglob("*.py")
        if path.name != "events.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if _changes_state(node) and isinstance(node, ast.stmt | ast.expr)
    ]
    assert found == []


def _changes_state(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"update", "create"}:
        # `events.create` and `events.move` are the way; a queryset's own `update` and `create` are not
        by_events = isinstance(node.func.value, ast.Name) and node.func.value.id == "events"
        return not by_events and any(keyword.arg == "state" for keyword in node.keywords)
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)
