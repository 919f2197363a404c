"""The case clock: takes what is due and runs the step its state asks for (docs/decisions/0005-case-clock.md).

`STEPS` says which step a state leads to; there is no position in code to lose. Any number of workers run this on one
database. A step that raises is tried again later, and held for a person after six attempts; it never stops the rest.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, transaction

from zhengben.flow.answers import silence
from zhengben.flow.complain import StoppedError, draft
from zhengben.flow.ports import Adapters
from zhengben.flow.preserve import NothingSeenError, preserve
from zhengben.flow.recheck import recheck
from zhengben.flow.send import send
from zhengben.flow.triage import triage
from zhengben.store import due, events
from zhengben.store.cases import exhibit_of
from zhengben.store.models import Case, Lead, Notice, Stateful
from zhengben.takedown.letters import LetterError

log = logging.getLogger(__name__)
BACKOFF = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
Step = Callable[[Stateful, datetime, Adapters], object]


def run_due(now: datetime, world: Adapters, worker: str, limit: int = 20) -> int:
    """Claim up to `limit` due rows and run each one's step; give how many were claimed.

    A database that cannot be used is not swallowed (OperationalError, InterfaceError): the caller must know.
    """
    rows = due.claim(now, worker, limit)
    for row in rows:
        run_one(row, now, world)
    return len(rows)


def run_one(row: Stateful, now: datetime, world: Adapters) -> None:
    """Run the step of one claimed row; whatever it raises but an unusable database becomes its trouble."""
    step = STEPS.get((row.SUBJECT, row.state), _rest)
    try:
        step(row, now, world)
    except events.StaleError:
        log.info("%s %s: moved by somebody else meanwhile", row.SUBJECT, row.pk)
    except (OperationalError, InterfaceError):
        raise  # locked, full or gone: no fault of this row
    except Exception as error:  # noqa: BLE001 -- one bad item never stops the rest; it is kept with its reason
        _troubled(row, error, now)


def _troubled(row: Stateful, error: Exception, now: datetime) -> None:
    trouble = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    log.warning("%s %s: %s", row.SUBJECT, row.pk, trouble)
    with suppress(events.StaleError):  # somebody else has it by now
        due.put_back(row, now, trouble=trouble, after=BACKOFF[min(row.attempts, len(BACKOFF)) - 1])


def _triage(row: Stateful, now: datetime, world: Adapters) -> None:
    if isinstance(row, Lead):
        triage(row, now, world, row.lease_by)


def _seal(row: Stateful, now: datetime, world: Adapters) -> None:
    """Seal what triage saw; a target nobody could see whole is watched until it can be."""
    if not isinstance(row, Case):
        return
    try:
        preserve(row, now, world, row.lease_by)
    except NothingSeenError as error:
        due.hold(row, now, why=str(error), actor=row.lease_by)


def _prepare(row: Stateful, now: datetime, world: Adapters) -> None:
    """Have the notices of this round drafted, sealed evidence first; then keep looking while people decide."""
    if not isinstance(row, Case):
        return
    exhibit = exhibit_of(row)
    if row.state == "relapsed" and (exhibit is None or exhibit.round < row.relapses):
        _seal(row, now, world)
        return
    if not row.notices.filter(round=row.relapses).exists():
        _draft(row, now, world)
    recheck(row, now, world)


def _draft(case: Case, now: datetime, world: Adapters) -> None:
    """Draft what can be drafted. What the gate stops is tried again at the next look: a renewal may be entered."""
    try:
        draft(case, now, world)
    except (StoppedError, LetterError) as error:
        codes = [stop.code for stop in error.stops] if isinstance(error, StoppedError) else [str(error)[:200]]
        log.info("case %s: no notice (%s)", case.number, ", ".join(codes))


def _recheck(row: Stateful, now: datetime, world: Adapters) -> None:
    if isinstance(row, Case):
        recheck(row, now, world)


def _send(row: Stateful, now: datetime, world: Adapters) -> None:
    if isinstance(row, Notice):
        send(row, now, world)


def _silent(row: Stateful, now: datetime, _world: Adapters) -> None:
    if isinstance(row, Notice):
        silence(row, now, row.lease_by)


def _rest(row: Stateful, now: datetime, _world: Adapters) -> None:
    """Nothing is to be done in this state: leave the queue."""
    with transaction.atomic():
        events.note(row, "rest", now=now, actor=row.lease_by, due_at=None)


STEPS: dict[tuple[str, str], Step] = {
    ("lead", "new"): _triage,
    ("lead", "judged"): _triage,
    ("case", "open"): _seal,
    ("case", "sealed"): _prepare,
    ("case", "relapsed"): _prepare,
    ("case", "complained"): _recheck,
    ("case", "verifying"): _recheck,
    ("case", "down"): _recheck,
    ("case", "closed"): _recheck,
    ("notice", "approved"): _send,
    ("notice", "sent"): _silent,
    ("notice", "acknowledged"): _silent,
}
