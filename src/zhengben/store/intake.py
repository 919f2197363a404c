"""Leads into the record, in batches: each target once, counted, in the caller's transaction.

The ledger's lock is taken first, so batches queue; that makes the look-up of what is known and the insertion one step,
on both databases. Plain SQL with many rows a statement, because an ORM object a hostname would cost half the speed.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F

from zhengben.core.lead import Lead as CoreLead
from zhengben.store.chain import rows_digest
from zhengben.store.events import lock_ledger, log
from zhengben.store.keys import target_key
from zhengben.store.lead_life import LEAD
from zhengben.store.models import TEXT, Lead, SetAside, Source
from zhengben.store.plain import json_value, text
from zhengben.store.search import index

# Older builds of SQLite take 999 parameters a statement.
_ASKED = 500  # keys a look-up
_COLUMNS = (
    "id", "state", "ver", "due_at", "lease_by", "attempts", "trouble", "needs_human", "kind", "target_key", "locator",
    "title", "source", "count", "first_seen_at", "last_seen_at", "payload", "label", "brand", "score",
)  # fmt: skip
_INSERT = f"INSERT INTO store_lead ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608 -- fixed names
_SEEN_AGAIN = """UPDATE store_lead SET count = count + %s,
    last_seen_at = CASE WHEN last_seen_at < %s THEN %s ELSE last_seen_at END WHERE id = %s"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: targets new to the record, targets known before, and the ids of the new ones."""

    new: int
    known: int
    ids: tuple[int, ...] = ()


@dataclass(slots=True)
class _Fresh:
    """One target of a batch: its lead as first reported, how often, and when last."""

    lead: CoreLead
    count: int
    first: datetime
    last: datetime


def insert_leads(leads: Iterable[CoreLead], *, now: datetime, due_at: datetime | None, actor: str) -> Taken:
    """Take a batch in: new targets become leads due at `due_at`, known ones are counted; one event for the batch."""
    # Merged first: one hostname a hundred times in a batch is one row counted a hundred times.
    batch = _merged(leads)
    if not batch:
        return Taken(0, 0)
    lock_ledger()
    known = _known(batch)
    fresh = {key: one for key, one in batch.items() if key not in known}
    ids, rows = _insert(fresh, due_at)
    _count_again([(known[key], one) for key, one in batch.items() if key in known])
    log(
        "batch", ids[0] if ids else 0, "taken_in", now=now, actor=actor,
        facts={"new": len(ids), "known": len(known), "first": ids[0] if ids else 0, "last": ids[-1] if ids else 0,
               "rows": rows},
    )  # fmt: skip
    return Taken(len(ids), len(known), tuple(ids))


def _merged(leads: Iterable[CoreLead]) -> dict[tuple[str, str], _Fresh]:
    batch: dict[tuple[str, str], _Fresh] = {}
    for lead in leads:
        key = (lead.kind, text(target_key(lead.kind, lead.locator)))
        seen = batch.get(key)
        if seen is None:
            batch[key] = _Fresh(lead, 1, lead.seen_at, lead.seen_at)
        else:
            seen.count += 1
            seen.first, seen.last = min(seen.first, lead.seen_at), max(seen.last, lead.seen_at)
    return batch


def _known(batch: Mapping[tuple[str, str], _Fresh]) -> dict[tuple[str, str], int]:
    """Give the ids of the batch's targets that are in the record."""
    known: dict[tuple[str, str], int] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, key in batch:
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        for start in range(0, len(keys), _ASKED):
            rows = Lead.objects.filter(kind=kind, target_key__in=keys[start : start + _ASKED])
            known.update({(kind, key): row for row, key in rows.values_list("id", "target_key")})
    return known


def _insert(fresh: Mapping[tuple[str, str], _Fresh], due_at: datetime | None) -> tuple[list[int], str]:
    """Insert the new targets; give their ids and the digest that binds them to the ledger."""
    ids = _new_ids(len(fresh))
    moment = _moments()
    due = None if due_at is None else moment(due_at)
    rows: list[Sequence[Any]] = []
    words: list[tuple[int, str]] = []
    for number, ((kind, key), one) in zip(ids, fresh.items(), strict=True):
        title, locator = text(str(one.lead.detail.get("title", "")), TEXT), text(one.lead.locator)
        payload = json.dumps(json_value(dict(one.lead.detail)), ensure_ascii=False) if one.lead.detail else "{}"
        rows.append((
            number, LEAD.initial, 0, due, "", 0, "", False, kind, key, locator, title, text(one.lead.source, 120),
            one.count, moment(one.first), moment(one.last), payload, "", "", 0,
        ))  # fmt: skip
        words.append((number, f"{title} {locator} {_spoken(one.lead)}" if title or one.lead.detail else locator))
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
    index(words)
    return ids, rows_digest((row[8], row[9], row[10], row[12]) for row in rows)


def _spoken(lead: CoreLead) -> str:
    """Give what else of a lead a person would search for: its text, its developer, its package."""
    detail = lead.detail
    developer = detail.get("developer")
    name = developer.get("name", "") if isinstance(developer, Mapping) else ""
    return " ".join(str(word) for word in (name, detail.get("package", ""), detail.get("text", "")) if word)


def _new_ids(count: int) -> list[int]:
    """Reserve ids for a batch; the ledger's lock is held, so nobody else inserts leads meanwhile."""
    if not count:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('store_lead', 'id')) FROM generate_series(1, %s)", [count]
            )
            return sorted(row[0] for row in cursor.fetchall())
        # The table of AUTOINCREMENT: an id is never given twice, and the ledger names rows by their ids.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'store_lead'")
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))


def _moments() -> Callable[[datetime], Any]:
    """Give what turns a moment into this database's parameter; a batch has few different ones."""
    return lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)


def _count_again(rows: Sequence[tuple[int, _Fresh]]) -> None:
    moment = _moments()
    with connection.cursor() as cursor:
        cursor.executemany(
            _SEEN_AGAIN, [(one.count, moment(one.last), moment(one.last), number) for number, one in rows]
        )


def set_aside(source: Source, place: str, lines: Iterable[tuple[int, str, str]], now: datetime) -> int:
    """Keep the lines that could not be read (number, reason, text); give how many are new."""
    rows = [
        SetAside(
            source=source, place=text(place, TEXT), line=line, reason=text(why, TEXT), text=text(said, TEXT), at=now
        )
        for line, why, said in lines
    ]
    # Counted and not returned: a bulk insert that leaves out known rows does not say how many it left out.
    before = SetAside.objects.filter(source=source).count()
    SetAside.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_ASKED)
    return SetAside.objects.filter(source=source).count() - before


def advance(source: Source, *, cursor: Mapping[str, object], now: datetime, taken: int, aside: int) -> None:
    """Move a source's cursor in the same transaction as what it brought; anything brought ends its silence."""
    fields: dict[str, object] = {
        "cursor": dict(cursor), "last_run_at": now, "taken": F("taken") + taken, "set_aside": F("set_aside") + aside,
        "trouble": "",
    }  # fmt: skip
    if taken or aside:
        fields |= {"last_seen_at": now, "silent_since": None}
    Source.objects.filter(pk=source.pk).update(**fields)
