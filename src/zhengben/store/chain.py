"""What one line of the ledger is made of: its canonical form, its hash, and the columns it binds. Writes nothing.

An event names in `sets` every bound column it gave a value. Replaying the chain therefore gives each row as it must
stand, and a column changed past the product (a second pair of eyes written in by hand) no longer agrees with it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import models

from zhengben.store.models import Event, Stateful
from zhengben.store.plain import text

PLAIN_TEXT = 120  # a text column no longer than this is kept as it is: names, codes, numbers of cases
DIGEST = 32  # hex digits of a long value's sha256: 128 bits, twice what a chance or a forger could reach
_ALWAYS = frozenset({"id", "state", "ver"})  # the event has its own columns for these


def moment(at: datetime) -> str:
    """Write a moment in UTC to the microsecond; raise ValueError where it carries no zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(seq: int, prev: str, line: Mapping[str, Any]) -> str:
    """Give the hash of one event: sha256 over the number, the hash before it and its canonical JSON."""
    return hashlib.sha256(f"{seq}\n{prev}\n{_canonical(line)}".encode()).hexdigest()


def line_of(event: Event) -> dict[str, Any]:
    """Give the hashed content of a stored event."""
    line = {
        "at": moment(event.at), "subject": event.subject, "subject_id": event.subject_id, "ver": event.ver,
        "verb": event.verb, "before": event.before, "after": event.after, "actor": event.actor, "holds": event.holds,
        "facts": event.facts,
    }  # fmt: skip
    # events older than the column were hashed without it
    return line if event.sets is None else {**line, "sets": event.sets}


def fields_of(model: type[Stateful]) -> tuple[str, ...]:
    """Give the columns of a kind of row that the ledger binds, by their names in the database."""
    return _fields(model)


@lru_cache
def _fields(model: type[Stateful]) -> tuple[str, ...]:
    return tuple(
        field.attname
        for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's documented name
        if field.name not in model.UNBOUND | _ALWAYS
    )


def bound(model: type[Stateful], values: Mapping[str, object]) -> dict[str, Any]:
    """Give those values that the ledger binds, in the form an event keeps: long texts and tables as digests."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        field = _field(model, name)
        if field.attname in _fields(model):
            kept[field.attname] = _kept(field, value)
    return kept


def bound_row(row: Stateful) -> dict[str, Any]:
    """Give every bound column of a row in the form an event keeps."""
    return bound(type(row), {name: getattr(row, name) for name in _fields(type(row))})


@lru_cache(maxsize=512)
def _field(model: type[Stateful], name: str) -> "models.Field[Any, Any]":
    known = {key: field for field in model._meta.concrete_fields for key in (field.name, field.attname)}  # noqa: SLF001 -- Django's name
    return known[name]


def _kept(field: "models.Field[Any, Any]", value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(field, models.CharField) and (field.max_length or 0) <= PLAIN_TEXT:
        return text(str(value))
    return short_digest(value)


def short_digest(value: object) -> str:
    """Give the shortened digest under which a long value is bound.

    >>> short_digest(["a"])
    '0eb5b8d6f81bc677da8a08567cc4fa9a'
    """
    return hashlib.sha256(_canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def rows_digest(rows: Iterable[Iterable[object]]) -> str:
    """Give one digest over many rows of plain values, in order: what binds a batch without a line for each."""
    whole = hashlib.sha256()
    for row in rows:
        # each value with its length before it: no separator, so no text can pretend to be two
        line = "".join([f"{len(value)}:{value}" for value in map(str, row)])
        whole.update(f"{line}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:DIGEST]


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
