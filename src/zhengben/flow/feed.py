"""Feeding: read every source on from its cursor, and raise an alarm for one that fell silent.

A batch, the lines set aside beside it and the cursor after it are one transaction. A source that cannot be read keeps
its cursor and its trouble in one line; the others go on.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from django.db import Error, transaction

from zhengben.flow.ports import Screen
from zhengben.sources.base import Batch, open_reader
from zhengben.store import events
from zhengben.store.intake import advance, insert_leads, set_aside
from zhengben.store.models import Source

EVERY = timedelta(seconds=10)
MOST_BATCHES = 40  # of one source at a time, so that a long list never keeps cases waiting
PUSHED = "portal_report"  # comes by itself; only its silence is watched


def add_source(
    name: str, kind: str, settings: Mapping[str, object], *, by: str, now: datetime, quiet_after_s: int = 24 * 3600
) -> Source:
    """Connect a source; raises ValueError with one line where its kind or settings are wrong, or its name is taken."""
    open_reader(kind, name, settings)
    with transaction.atomic():
        events.lock_ledger()
        if Source.objects.filter(name=name).exists():
            raise ValueError(f"there is a source {name!r} already; choose another name")
        row = Source.objects.create(
            name=name, kind=kind, settings=dict(settings), quiet_after_s=quiet_after_s, added_at=now
        )
        events.log("source", row.pk, "added", now=now, actor=by, facts={"name": name, "kind": kind})
    return row


def feed_all(now: datetime, screen: Screen | None = None) -> int:
    """Read on every source whose turn it is; give how many leads came. Alarms are raised and lifted on the way."""
    came = 0
    for source in Source.objects.filter(enabled=True).order_by("pk"):
        # abs: a clock that was set back must not keep a source waiting until it has caught up
        if source.kind != PUSHED and (source.last_run_at is None or abs(now - source.last_run_at) >= EVERY):
            came += feed(source, now, screen)
        _watch_silence(source, now)
    return came


def feed(source: Source, now: datetime, screen: Screen | None = None) -> int:
    """Read one source on, as far as one turn goes; give how many leads it brought.

    What cannot be read is written to the source's `trouble`.
    """
    came = 0
    try:
        reader = open_reader(source.kind, source.name, source.settings)
        batches = 0
        for batch in islice(reader.read(source.cursor), MOST_BATCHES):
            came += _take(source, batch, now, screen if reader.bulk else None)
            source.cursor = dict(batch.cursor)
            batches += 1
        if batches == MOST_BATCHES:  # there is more: its turn comes again at once, after what else is due
            Source.objects.filter(pk=source.pk).update(last_run_at=None)
    except Error:
        raise  # the record cannot be used: the worker waits for it
    except Exception as error:  # noqa: BLE001 -- one broken source never stops the others; its trouble is kept
        trouble = " ".join(f"{source.name}: {error}".split())[:300]
        Source.objects.filter(pk=source.pk).update(trouble=trouble, last_run_at=now)
    return came


def _take(source: Source, batch: Batch, now: datetime, screen: Screen | None) -> int:
    leads = list(screen(batch.leads)) if screen else list(batch.leads)
    with transaction.atomic():
        events.lock_ledger()
        # Two workers that read one source from one cursor would take every line twice; the second is told here.
        if Source.objects.get(pk=source.pk).cursor != source.cursor:
            raise ValueError("another worker reads this source; it goes on there")
        insert_leads(leads, now=now, due_at=now, actor=f"source:{source.name}")
        aside = [(one.line, one.reason, one.text) for one in batch.aside]
        put_aside = set_aside(source, batch.place, aside, now) if aside else 0
        seen = len(batch.leads)
        if seen and source.silent_since is not None:
            events.log("source", source.pk, "spoke_again", now=now, actor="feed", facts={"name": source.name})
        # Leads, what was set aside and the cursor in one transaction: after a crash none is there without the others.
        advance(source, cursor=batch.cursor, now=now, taken=seen, aside=put_aside)
    return len(leads)


def _watch_silence(source: Source, now: datetime) -> None:
    """Raise the alarm once for a source that gave nothing for longer than it should."""
    if not _too_quiet(source, now):
        return
    with transaction.atomic():
        events.lock_ledger()
        # Read again under the lock: the source may have spoken between the look and the alarm.
        row = Source.objects.get(pk=source.pk)
        if not _too_quiet(row, now):
            return
        since = row.last_seen_at or row.added_at
        Source.objects.filter(pk=row.pk).update(silent_since=now)
        facts = {"name": row.name, "last": since.isoformat()}
        events.log("source", row.pk, "fell_silent", now=now, actor="feed", facts=facts)


def _too_quiet(source: Source, now: datetime) -> bool:
    since = source.last_seen_at or source.added_at
    return source.silent_since is None and now - since > timedelta(seconds=source.quiet_after_s)
