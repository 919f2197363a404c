"""The case clock: takes what is due and runs the step its state asks for (docs/decisions/0005-case-clock.md).

`STEPS` says which step a state leads to; there is no position in code to lose. Any number of workers run this on one
database. A step that raises is tried again later, and held for a person after six attempts; it never stops the rest.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from zhengben.flow.answers import silence
from zhengben.flow.complain import StoppedError, draft
from zhengben.flow.further import remind
from zhengben.flow.ports import Adapters
from zhengben.flow.preserve import NothingSeenError, preserve
from zhengben.flow.recheck import recheck
from zhengben.flow.send import send
from zhengben.flow.triage import triage
from zhengben.flow.withdraw import tell_addressee
from zhengben.store import due, events
from zhengben.store.cases import exhibit_of
from zhengben.store.models import Case, Lead, Notice, Stateful
from zhengben.takedown.letters import LetterError

log = logging.getLogger(__name__)
BACKOFF = (timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
Step = Callable[[Any, datetime, Adapters], object]  # takes a row of the table its key in `STEPS` names


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


def _triage(lead: Lead, now: datetime, world: Adapters) -> None:
    triage(lead, now, world, lead.lease_by)


def _seal(case: Case, now: datetime, world: Adapters) -> None:
    """Seal what triage saw; a target nobody could see whole is held for a person."""
    try:
        preserve(case, now, world, case.lease_by)
    except NothingSeenError as error:
        due.hold(case, now, why=str(error), actor=case.lease_by)


def _prepare(case: Case, now: datetime, world: Adapters) -> None:
    """Have the notices of this round drafted, sealed evidence first; then keep looking while people decide."""
    exhibit = exhibit_of(case)
    if case.state == "relapsed" and (exhibit is None or exhibit.round < case.relapses):
        _seal(case, now, world)
        return
    if not case.notices.filter(round=case.relapses).exists():
        _draft(case, now, world)
    recheck(case, now, world)


def _draft(case: Case, now: datetime, world: Adapters) -> None:
    """Draft what can be drafted. What the gate stops is tried again at the next look: a renewal may be entered."""
    try:
        draft(case, now, world)
    except (StoppedError, LetterError) as error:
        codes = [stop.code for stop in error.stops] if isinstance(error, StoppedError) else [str(error)[:200]]
        log.info("case %s: no notice (%s)", case.number, ", ".join(codes))


def _silent(notice: Notice, now: datetime, _world: Adapters) -> None:
    silence(notice, now, notice.lease_by)


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
    ("case", "complained"): recheck,
    ("case", "verifying"): recheck,
    ("case", "down"): recheck,
    ("case", "closed"): recheck,
    ("notice", "approved"): send,
    ("notice", "sent"): _silent,
    ("notice", "acknowledged"): _silent,
    ("notice", "no_response"): remind,
    ("notice", "action_reported"): remind,
    ("notice", "retracted"): tell_addressee,
    ("notice", "withdrawn"): tell_addressee,
}
