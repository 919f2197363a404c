"""The queue of due work, kept in the rows themselves.

A worker claims rows whose time has come: it writes its name and until when (`lease_until`) in one short transaction.
If it dies, the lease ends and another worker claims the row again. Claims change no version; the step's own event
does, fenced on version and lease, so two workers can never both finish one step. `due_at` alone decides: a row that
waits for a person has none, but for one that also ends by itself some day.
"""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Min, Q

from zhengben.store.events import StaleError, note
from zhengben.store.models import Case, Heartbeat, Lead, Notice, Stateful

LEASE = timedelta(seconds=60)
AHEAD = 10 * LEASE
MOST_ATTEMPTS = 6
KINDS: tuple[type[Stateful], ...] = (Notice, Case, Lead)  # what waits on people and clocks goes before new leads


def claim(now: datetime, worker: str, limit: int, lease: timedelta = LEASE) -> list[Stateful]:
    """Claim up to `limit` due rows for `worker`, the longest overdue of each kind first."""
    claimed: list[Stateful] = []
    for model in KINDS:
        if len(claimed) < limit:
            claimed += _claim_kind(model, now, worker, limit - len(claimed), now + lease)
    return claimed


def _claim_kind(model: type[Stateful], now: datetime, worker: str, limit: int, until: datetime) -> list[Stateful]:
    # no lease reaches this far ahead unless the clock was set back since: without the third case its row would wait as
    # long as the clock went back. The fence still stops whoever holds it.
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now) | Q(lease_until__gt=now + AHEAD)
    rows = model._default_manager.filter(free, due_at__lte=now)  # noqa: SLF001 -- Django's name
    if not rows.exists():  # an idle worker takes no lock
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = list(rows.order_by("due_at", "pk")[:limit])
        keys = [row.pk for row in found]
        model._default_manager.filter(pk__in=keys).update(  # noqa: SLF001 -- Django's documented name
            lease_by=worker, lease_until=until, attempts=F("attempts") + 1
        )
    for row in found:
        row.lease_by, row.lease_until, row.attempts = worker, until, row.attempts + 1
    return found


def extend(row: Stateful, now: datetime, lease: timedelta = LEASE) -> None:
    """Keep a lease alive during a long effect; raise StaleError where it was lost."""
    mine = type(row)._default_manager.filter(pk=row.pk, ver=row.ver, lease_by=row.lease_by)  # noqa: SLF001 -- Django's name
    if mine.update(lease_until=now + lease) != 1:
        raise StaleError(f"{row.SUBJECT} {row.pk}: the lease was lost")
    row.lease_until = now + lease


def put_back(row: Stateful, now: datetime, *, trouble: str, after: timedelta) -> None:
    """Give a row back after a failed attempt; after `MOST_ATTEMPTS` a person must look (`needs_human`)."""
    with transaction.atomic():
        if row.attempts >= MOST_ATTEMPTS:
            note(
                row, "needs_human", now=now, actor=row.lease_by or "worker", facts={"trouble": trouble},
                due_at=None, needs_human=True, trouble=trouble[:300],
            )  # fmt: skip
            return
        mine = type(row)._default_manager.filter(pk=row.pk, ver=row.ver, lease_by=row.lease_by)  # noqa: SLF001 -- Django's name
        mine.update(lease_by="", lease_until=None, due_at=now + after, trouble=trouble[:300])


def hold(row: Stateful, now: datetime, *, why: str, actor: str) -> None:
    """Take a row out of the queue until a person decides, and say why."""
    with transaction.atomic():
        note(
            row,
            "needs_human",
            now=now,
            actor=actor,
            facts={"trouble": why},
            due_at=None,
            needs_human=True,
            trouble=why[:300],
        )


def oldest_due(now: datetime) -> timedelta:
    """Give how long the longest overdue row has waited; zero where nothing is overdue."""
    times = [
        model._default_manager.filter(due_at__lte=now).aggregate(first=Min("due_at"))["first"]  # noqa: SLF001 -- Django's name
        for model in KINDS
    ]
    return max((now - at for at in times if at), default=timedelta())


def next_due() -> datetime | None:
    """Give the moment the next row falls due, or None where nothing waits for time."""
    times = [
        model._default_manager.filter(due_at__isnull=False).aggregate(first=Min("due_at"))["first"]  # noqa: SLF001 -- Django's name
        for model in KINDS
    ]
    return min((at for at in times if at), default=None)


def database_now() -> datetime:
    """Give the database's time: workers on several machines must agree on what is due."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment.astimezone(UTC)


def beat(worker: str, now: datetime, done: int) -> None:
    """Write a worker's sign of life."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now, "done": done})
