"""The ledger: the one way a state changes.

`create` opens a row, `move` changes its state by a verb of its machine, `note` records something that changes no
state. Each writes the row and its event in the caller's transaction, under a fence: a row that somebody else moved
meanwhile (`ver`) or a lease that was lost (`lease_by`) raises `StaleError` and nothing is written. Events form one
chain of sha256 over canonical JSON and name the columns they set; the database refuses to change or delete one;
`ledger_ok` recomputes it all and holds every row against it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection

from zhengben.store.chain import bound, bound_row, digest, moment
from zhengben.store.lead_life import MACHINES
from zhengben.store.ledger_check import chain_problems, row_problems
from zhengben.store.models import Stateful
from zhengben.store.plain import json_value

Row = TypeVar("Row", bound=Stateful)
_COLUMNS = (
    "seq", "at", "subject", "subject_id", "ver", "verb", "before", "after", "actor", "holds", "facts", "sets", "prev",
    "hash",
)  # fmt: skip
_INSERT = f"INSERT INTO store_event ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608 -- fixed names
_LOCK = "SELECT seq, hash FROM store_ledgerhead WHERE id = 1 FOR UPDATE"
# Whatever moves a row ends the lease on it: a worker that died over it must not keep it from the next one.
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
    _append(head, {**_line(row, now, actor, "open", facts), "after": state, "sets": bound_row(row)})
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
    # Sorted, because what is hashed must be the same for the same set of guards.
    held = tuple(sorted(holds))
    before, after = row.state, MACHINES[row.SUBJECT].apply(row.state, verb, held)
    head = lock_ledger()
    _write(row, {**_RELEASED, **fields, "state": after})
    line = _line(row, now, actor, verb, facts)
    changed = {"before": before, "after": after, "holds": list(held), "sets": bound(type(row), fields)}
    _append(head, {**line, **changed})


def note(
    row: Stateful, verb: str, *, now: datetime, actor: str, facts: Mapping[str, object] | None = None, **fields: Any
) -> None:
    """Record something about a row that changes no state; releases its lease and sets further fields."""
    head = lock_ledger()
    _write(row, {**_RELEASED, **fields})
    line = _line(row, now, actor, verb, facts)
    _append(head, {**line, "before": row.state, "after": row.state, "sets": bound(type(row), fields)})


def log(subject: str, subject_id: int, verb: str, *, now: datetime, actor: str, facts: Mapping[str, object]) -> None:
    """Record something that happened to a thing without a state machine (a source's batch, a renewal)."""
    line = {
        "at": moment(now), "subject": subject, "subject_id": subject_id, "ver": 0, "verb": verb, "before": "",
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
    # The fence: version and lease in the WHERE, so that the database decides who was first.
    rows = type(row)._default_manager.filter(pk=row.pk, ver=row.ver, lease_by=row.lease_by)  # noqa: SLF001 -- Django's name
    changed = {**fields, "ver": row.ver + 1}
    if rows.update(**changed) != 1:
        raise StaleError(f"{row.SUBJECT} {row.pk}: somebody else changed it meanwhile; read it again")
    for name, value in changed.items():
        setattr(row, name, value)


def _line(row: Stateful, now: datetime, actor: str, verb: str, facts: Mapping[str, object] | None) -> dict[str, Any]:
    return {
        "at": moment(now), "subject": row.SUBJECT, "subject_id": row.pk, "ver": row.ver, "verb": verb,
        "before": "", "after": "", "actor": actor, "holds": [], "facts": dict(facts or {}),
    }  # fmt: skip


def _append(head: tuple[int, str], line: Mapping[str, Any]) -> None:
    # what is hashed must be what is read back: plain JSON, without what a database cannot keep
    kept = json_value(line)
    seq, prev = head[0] + 1, head[1]
    hashed = digest(seq, prev, kept)
    row = {
        **kept, "seq": seq, "prev": prev, "hash": hashed, "holds": json.dumps(kept["holds"]),
        "facts": json.dumps(kept["facts"], ensure_ascii=False),
        "sets": json.dumps(kept["sets"], ensure_ascii=False) if "sets" in kept else None,
        "at": connection.ops.adapt_datetimefield_value(datetime.fromisoformat(kept["at"])),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [row[name] for name in _COLUMNS])
        cursor.execute("UPDATE store_ledgerhead SET seq = %s, hash = %s WHERE id = 1", [seq, hashed])


def ledger_problems(limit: int = 20) -> list[str]:
    """Recompute the whole chain and hold every row against its events; give what is wrong, at most `limit` lines.

    Reads without a lock, so work goes on meanwhile; a row that looks wrong is looked at again under the lock.
    """
    return [*chain_problems(limit), *row_problems(limit, lock_ledger)][:limit]


def ledger_ok() -> bool:
    """Tell whether the ledger is whole: the chain verifies and every row is what its events say."""
    return not ledger_problems(1)


def verbs(row: Stateful) -> tuple[str, ...]:
    """Give the verbs allowed for a row in its present state."""
    return MACHINES[row.SUBJECT].verbs(row.state)
