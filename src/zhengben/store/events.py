"""The ledger: the one way a state changes.

`create` opens a row, `move` changes its state by a verb of its machine, `note` records something that changes no
state. Each writes the row and its event in the caller's transaction, under a fence: a row that somebody else moved
meanwhile (`ver`) or a lease that was lost (`lease_by`) raises `StaleError` and nothing is written. Events form one
chain of sha256 over canonical JSON; the database refuses to change or delete one; `ledger_ok` recomputes it all.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from zhengben.store.lead_life import MACHINES
from zhengben.store.models import Event, LedgerHead, Stateful
from zhengben.store.plain import json_value

Row = TypeVar("Row", bound=Stateful)
_COLUMNS = (
    "seq", "at", "subject", "subject_id", "ver", "verb", "before", "after", "actor", "holds", "facts", "prev", "hash",
)  # fmt: skip
_INSERT = f"INSERT INTO store_event ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608 -- fixed names
_LOCK = "SELECT seq, hash FROM store_ledgerhead WHERE id = 1 FOR UPDATE"
_RELEASED: Mapping[str, object] = {
    "lease_by": "",
    "lease_until": None,
    "attempts": 0,
    "trouble": "",
    "needs_human": False,
}


class StaleError(RuntimeError):
    """The row was moved by somebody else, or the lease on it was lost; read it again."""


def create(
    model: type[Row], *, now: datetime, actor: str, facts: Mapping[str, object] | None = None, **fields: Any
) -> Row:
    """Insert a row in its machine's first state, with version 1 and its first event (`open`)."""
    head = lock_ledger()
    state = MACHINES[model.SUBJECT].initial
    row = model._default_manager.create(state=state, ver=1, **fields)  # noqa: SLF001 -- Django's documented name
    _append(head, {**_line(row, now, actor, "open", facts), "after": state})
    return row


def move(
    row: Stateful,
    verb: str,
    *,
    now: datetime,
    actor: str,
    holds: Iterable[str] = (),
    facts: Mapping[str, object] | None = None,
    **fields: Any,
) -> None:
    """Change a row's state by a verb, release its lease, set further fields (`due_at` included), write the event.

    Raises ForbiddenMoveError where the machine does not allow it, StaleError where the row is no longer as read.
    """
    held = tuple(sorted(holds))
    before, after = row.state, MACHINES[row.SUBJECT].apply(row.state, verb, held)
    head = lock_ledger()
    _write(row, {**_RELEASED, **fields, "state": after})
    _append(head, {**_line(row, now, actor, verb, facts), "before": before, "after": after, "holds": list(held)})


def note(
    row: Stateful, verb: str, *, now: datetime, actor: str, facts: Mapping[str, object] | None = None, **fields: Any
) -> None:
    """Record something about a row that changes no state; releases its lease and sets further fields."""
    head = lock_ledger()
    _write(row, {**_RELEASED, **fields})
    _append(head, {**_line(row, now, actor, verb, facts), "before": row.state, "after": row.state})


def log(subject: str, subject_id: int, verb: str, *, now: datetime, actor: str, facts: Mapping[str, object]) -> None:
    """Record something that happened to a thing without a state machine (a source's batch, a renewal)."""
    line = {
        "at": _moment(now), "subject": subject, "subject_id": subject_id, "ver": 0, "verb": verb, "before": "",
        "after": "", "actor": actor, "holds": [], "facts": dict(facts),
    }  # fmt: skip
    _append(lock_ledger(), line)


def lock_ledger() -> tuple[int, str]:
    """Take the ledger's lock until the transaction ends; give the number and hash of its last event.

    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("events are written inside a transaction; open one with transaction.atomic()")
    with connection.cursor() as cursor:  # plain SQL: this is half of every move
        cursor.execute(_LOCK if connection.features.has_select_for_update else _LOCK.removesuffix(" FOR UPDATE"))
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("the ledger has no head; run the migrations, or restore the database from a backup")
    return row[0], row[1]


def _write(row: Stateful, fields: Mapping[str, object]) -> None:
    """Update the row if it is still as it was read, and the object with it."""
    rows = type(row)._default_manager.filter(pk=row.pk, ver=row.ver, lease_by=row.lease_by)  # noqa: SLF001 -- Django's name
    changed = {**fields, "ver": row.ver + 1}
    if rows.update(**changed) != 1:
        raise StaleError(f"{row.SUBJECT} {row.pk}: somebody else changed it meanwhile; read it again")
    for name, value in changed.items():
        setattr(row, name, value)


def _line(row: Stateful, now: datetime, actor: str, verb: str, facts: Mapping[str, object] | None) -> dict[str, Any]:
    return {
        "at": _moment(now), "subject": row.SUBJECT, "subject_id": row.pk, "ver": row.ver, "verb": verb,
        "before": "", "after": "", "actor": actor, "holds": [], "facts": dict(facts or {}),
    }  # fmt: skip


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(seq: int, prev: str, line: Mapping[str, Any]) -> str:
    """Give the hash of one event: sha256 over the number, the hash before it and its canonical JSON."""
    body = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{seq}\n{prev}\n{body}".encode()).hexdigest()


def _append(head: tuple[int, str], line: Mapping[str, Any]) -> None:
    # what is hashed must be what is read back: plain JSON, without what a database cannot keep
    kept = json_value(line)
    seq, prev = head[0] + 1, head[1]
    hashed = digest(seq, prev, kept)
    row = {
        **kept, "seq": seq, "prev": prev, "hash": hashed, "holds": json.dumps(kept["holds"]),
        "facts": json.dumps(kept["facts"], ensure_ascii=False),
        "at": connection.ops.adapt_datetimefield_value(datetime.fromisoformat(kept["at"])),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row[name] for name in _COLUMNS])
        cursor.execute("UPDATE store_ledgerhead SET seq = %s, hash = %s WHERE id = 1", [seq, hashed])


def line_of(event: Event) -> dict[str, Any]:
    """Give the hashed content of a stored event."""
    return {
        "at": _moment(event.at), "subject": event.subject, "subject_id": event.subject_id, "ver": event.ver,
        "verb": event.verb, "before": event.before, "after": event.after, "actor": event.actor, "holds": event.holds,
        "facts": event.facts,
    }  # fmt: skip


def ledger_problems(limit: int = 20) -> list[str]:
    """Recompute the whole chain and hold every row against its events; give what is wrong, at most `limit` lines.

    Reads without a lock, so work goes on meanwhile; a row that looks wrong is looked at again under the lock.
    """
    return [*_chain_problems(limit), *_row_problems(limit)][:limit]


def ledger_ok() -> bool:
    """Tell whether the ledger is whole: the chain verifies and every row is where its events say."""
    return not ledger_problems(1)


def _chain_problems(limit: int) -> list[str]:
    problems: list[str] = []
    seq, prev = 0, "0" * 64
    head = LedgerHead.objects.get(id=1)
    for event in Event.objects.filter(seq__lte=head.seq).order_by("seq").iterator(chunk_size=2000):
        seq += 1
        if event.seq != seq or event.prev != prev or event.hash != digest(event.seq, prev, line_of(event)):
            problems.append(f"event {event.seq}: does not follow from the one before it")
            if len(problems) >= limit:
                return problems
        seq, prev = event.seq, event.hash
    if (head.seq, head.hash) != (seq, prev):
        problems.append(f"the ledger ends at event {seq} but its head says {head.seq}")
    return problems


def _row_problems(limit: int) -> list[str]:
    told = {(e.subject, e.subject_id): (e.ver, e.after) for e in _told()}
    problems: list[str] = []
    for model in Stateful.__subclasses__():
        untouched = (0, MACHINES[model.SUBJECT].initial)
        rows = model._default_manager.values_list("pk", "ver", "state")  # noqa: SLF001 -- Django's documented name
        for key, ver, state in rows.iterator(chunk_size=2000):
            if told.get((model.SUBJECT, key), untouched) != (ver, state):
                problems += _row_problem(model, key)
                if len(problems) >= limit:
                    return problems
    return problems


def _row_problem(model: type[Stateful], key: int) -> list[str]:
    """Look at one row and its newest event at one moment."""
    with transaction.atomic():
        lock_ledger()
        row = model._default_manager.get(pk=key)  # noqa: SLF001 -- Django's documented name
        last = Event.objects.filter(subject=model.SUBJECT, subject_id=key, ver__gt=0).order_by("-seq").first()
        ver, state = (last.ver, last.after) if last else (0, MACHINES[model.SUBJECT].initial)
        if (row.ver, row.state) == (ver, state):
            return []
        return [f"{model.SUBJECT} {key}: is {row.state!r} (version {row.ver}), its events say {state!r} ({ver})"]


def _told() -> Iterable[Event]:
    """Give every event of a row with a machine, ascending, so that a dict keeps the last."""
    fields = ("seq", "subject", "subject_id", "ver", "after")
    return Event.objects.filter(ver__gt=0).order_by("seq").only(*fields).iterator(chunk_size=2000)


def verbs(row: Stateful) -> tuple[str, ...]:
    """Give the verbs allowed for a row in its present state."""
    return MACHINES[row.SUBJECT].verbs(row.state)
