"""A record of the version before this one opens in this one: nothing lost, still append-only, still verifiable."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from databases import admin, point_at
from zhengben.store import events
from zhengben.store.chain import digest
from zhengben.store.database import database
from zhengben.store.events import ledger_ok, ledger_problems
from zhengben.store.models import Case, Event, Notice, Recheck
from zhengben.store.queries_rim import migrated

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BEFORE = ("store", "0003_app_prints")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    """Give a database as the version before left it: two cases, a letter that was sent, looks, and their ledger."""
    with django_db_blocker.unblock():
        before = connections.databases["default"]
        url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
        if request.param == "postgresql":
            socket = request.getfixturevalue("cluster")
            admin(socket, "DROP DATABASE IF EXISTS of_before")
            admin(socket, "CREATE DATABASE of_before")
            url = f"postgresql:///of_before?host={socket}&user=zhengben"
        point_at(database(url, tmp_path))
        try:
            call_command("migrate", *BEFORE, verbosity=0, skip_checks=True)
            _fill()
            yield request.param
        finally:
            point_at(before)


def _fill() -> None:
    with connection.cursor() as cursor:
        for number in (1, 2):
            _insert(cursor, "store_case", id=number, state="complained", ver=3, number=f"2026-000{number}", brand="b",
                    kind="domain", target_key=f"web:{number}", locator=f"{number}.cn", title="", label="impersonation",
                    score=90, first_seen_at=_at(0), opened_at=_at(0), looks=1, relapses=0, **QUEUE)  # fmt: skip
        _insert(cursor, "store_notice", id=1, state="sent", ver=4, round=0, key="k", channel="email.host",
                addressee="a@b.example", language="zh", subject="s", body="长", envelope="{}", attachments="[]",
                bases="[]", rights="[]", stops="[]", drafted_by="一", approved_by="二", drafted_at=_at(1),
                approved_at=_at(2), sent_at=_at(3), case_id=1, **QUEUE)  # fmt: skip
        _insert(
            cursor,
            "store_recheck",
            id=1,
            round=0,
            at=_at(4),
            vantage="home",
            profile="mobile",
            target="https://1.cn/",
            state="up_same",
            control_ok=True,
            artefact="",
            detail="200",
            case_id=1,
        )
        lines: list[tuple[str, int, int, str, str, str]] = []
        for number in (1, 2):
            lines += [("case", number, 1, "open", "", "open"), ("case", number, 2, "seal", "open", "sealed"),
                      ("case", number, 3, "complain", "sealed", "complained")]  # fmt: skip
        lines += [
            ("notice", 1, 1, "open", "", "draft"), ("notice", 1, 2, "sign", "draft", "draft"),
            ("notice", 1, 3, "approve", "draft", "approved"), ("notice", 1, 4, "send", "approved", "sent"),
        ]  # fmt: skip
        _chain(cursor, lines)
        if connection.vendor == "postgresql":  # rows with numbers of ours do not move its counters
            for table in ("store_case", "store_notice", "store_recheck"):
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 100)", [table])


QUEUE: dict[str, Any] = {"lease_by": "", "attempts": 0, "trouble": "", "needs_human": False}
ACTORS = {"sign": "一", "approve": "二"}


def _at(hours: int) -> Any:
    return connection.ops.adapt_datetimefield_value(NOW + timedelta(hours=hours))


def _insert(cursor: Any, table: str, **values: Any) -> None:
    places = ", ".join(["%s"] * len(values))
    cursor.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", list(values.values()))  # noqa: S608 -- names of ours


def _chain(cursor: Any, lines: list[tuple[str, int, int, str, str, str]]) -> None:
    """Write events as the version before hashed them: without `sets`."""
    prev = "0" * 64
    for seq, (subject, key, ver, verb, before, after) in enumerate(lines, 1):
        line = {
            "at": (NOW + timedelta(hours=seq)).isoformat(timespec="microseconds"), "subject": subject,
            "subject_id": key, "ver": ver, "verb": verb, "before": before, "after": after,
            "actor": ACTORS.get(verb, "machine"), "holds": [], "facts": {"微": 1},
        }  # fmt: skip
        hashed = digest(seq, prev, line)
        row = {**line, "seq": seq, "prev": prev, "hash": hashed, "at": _at(seq), "holds": "[]",
               "facts": json.dumps(line["facts"])}  # fmt: skip
        _insert(cursor, "store_event", **row)
        prev = hashed
    cursor.execute("UPDATE store_ledgerhead SET seq = %s, hash = %s", [len(lines), prev])


def upgrade() -> None:
    """Do what `zhengben up` does first."""
    assert not migrated()
    call_command("migrate", verbosity=0, skip_checks=True)
    assert migrated()


def test_everything_is_there_and_the_old_ledger_verifies(old: str) -> None:
    assert old
    upgrade()
    notice = Notice.objects.get()
    assert (notice.purpose, notice.level, notice.about, notice.drafted_by, notice.body) == (
        "complaint", 0, None, "一", "长",
    )  # fmt: skip
    assert list(Case.objects.order_by("pk").values_list("number", "state")) == [
        ("2026-0001", "complained"), ("2026-0002", "complained"),
    ]  # fmt: skip
    assert (Recheck.objects.get().by, Recheck.objects.get().state) == ("", "up_same")
    assert (Event.objects.count(), Event.objects.filter(sets__isnull=True).count()) == (10, 10)
    assert ledger_problems() == []


def test_the_ledger_is_still_append_only(old: str) -> None:
    assert old
    upgrade()
    for forbidden in ("UPDATE store_event SET actor = 'x'", "DELETE FROM store_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forbidden)
    assert ledger_ok()


def test_work_goes_on_and_new_events_bind_what_they_set(old: str) -> None:
    assert old
    upgrade()
    case = Case.objects.get(pk=1)
    with transaction.atomic():
        events.note(case, "looked", now=NOW, actor="w", looks=2)
    last = Event.objects.order_by("-seq")[0]
    assert (last.seq, last.sets) == (11, {"looks": 2})
    assert ledger_problems() == []
    Case.objects.filter(pk=1).update(looks=9)
    assert ledger_problems() == ["case 1: looks is not what its events say"]


@pytest.mark.parametrize("column", ["approved_by", "drafted_by"])
def test_the_two_people_of_an_old_letter_are_held_against_their_events(old: str, column: str) -> None:
    assert old
    upgrade()
    Notice.objects.update(**{column: "无人"})
    assert ledger_problems() == [f"notice 1: {column} is not what its events say"]


def test_the_old_rules_of_the_table_still_hold_and_the_new_letters_fit(old: str) -> None:
    assert old
    upgrade()
    first = Notice.objects.get()
    facts: dict[str, Any] = {
        "case_id": 1, "round": 0, "channel": first.channel, "addressee": first.addressee, "subject": "s", "body": "b",
        "drafted_by": "一", "drafted_at": NOW,
    }  # fmt: skip
    with transaction.atomic():
        events.create(Notice, now=NOW, actor="一", key="k.r1", purpose="reminder", level=1, about=first, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        events.create(Notice, now=NOW, actor="一", key="k.r1b", purpose="reminder", level=1, about=first, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        events.create(Notice, now=NOW, actor="一", key="k2", **facts)  # a second first letter
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(key="k.r1").update(state="sent")  # without a second person
    assert ledger_problems() == []


def test_migrating_twice_changes_nothing(old: str) -> None:
    assert old
    upgrade()
    call_command("migrate", verbosity=0, skip_checks=True)
    assert ledger_problems() == []
