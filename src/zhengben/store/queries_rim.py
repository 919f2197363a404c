"""Reading for the rim: notices by state, cases under watch, and what two people confirmed. Read-only."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F

from zhengben.store.models import Case, Finding, Notice, Recheck, Source
from zhengben.store.pages import Page, paged

WATCHED = ("complained", "verifying", "down", "relapsed")
MOST_CASES = 500  # newest cases a median is taken of
LOOKS = 40  # newest looks shown beside a case


def notices_in(states: Sequence[str], page: int = 1, size: int = 30) -> "Page[Notice]":
    """Give one page of notices in any of the states (all where none is named); drafts oldest first, others newest."""
    rows = Notice.objects.select_related("case", "exhibit")
    if states:
        rows = rows.filter(state__in=states)
    order = ("drafted_at", "pk") if tuple(states) == ("draft",) else ("-drafted_at", "-pk")
    return paged(rows.order_by(*order), page, list, size)


def watched(page: int = 1, size: int = 30) -> "Page[tuple[Case, tuple[Recheck, ...]]]":
    """Give the cases under watch, the next to be looked at first, each with its newest looks, oldest first."""
    rows = Case.objects.filter(state__in=WATCHED).order_by(F("due_at").asc(nulls_last=True), "pk")
    return paged(rows, page, _with_looks, size)


def _with_looks(cases: list[Case]) -> list[tuple[Case, tuple[Recheck, ...]]]:
    looks: dict[int, list[Recheck]] = {case.pk: [] for case in cases}
    for look in Recheck.objects.filter(case__in=list(looks)).order_by("-at", "-pk").iterator(chunk_size=1000):
        if len(looks[look.case_id]) < LOOKS:
            looks[look.case_id].append(look)
    return [(case, tuple(reversed(looks[case.pk]))) for case in cases]


def cases_named(numbers: Iterable[str]) -> dict[str, Case]:
    """Give cases by number."""
    return {case.number: case for case in Case.objects.filter(number__in=list(numbers))}


def notices_keyed(keys: Iterable[str]) -> dict[str, Notice]:
    """Give notices by key, with their cases."""
    return {notice.key: notice for notice in Notice.objects.filter(key__in=list(keys)).select_related("case")}


def reasons_of(cases: Sequence[Case]) -> dict[int, list[dict[str, Any]]]:
    """Give the reasons of the strongest verdict of each case, by its key."""
    found: dict[int, list[dict[str, Any]]] = {}
    rows = Finding.objects.filter(lead__case__in=[case.pk for case in cases], brand=F("lead__case__brand"))
    for case, reasons in rows.order_by("-score", "pk").values_list("lead__case", "reasons"):
        found.setdefault(case, reasons)
    return found


def confirmed(keys: Iterable[str]) -> Case | None:
    """Give the case of one of these keys in which two people agreed to complain, and which nobody withdrew."""
    rows = Case.objects.filter(target_key__in=list(keys), first_notice_at__isnull=False).exclude(state="withdrawn")
    return rows.order_by("-opened_at").first()


def median_to_notice(since: datetime) -> timedelta | None:
    """Give the median time from first sight to first notice of the newest cases opened since; None without any."""
    rows = Case.objects.filter(first_notice_at__isnull=False, opened_at__gte=since).order_by("-opened_at")
    moments = rows.values_list("first_seen_at", "first_notice_at")[:MOST_CASES]
    seconds = [(sent - seen).total_seconds() for seen, sent in moments if sent is not None]
    return timedelta(seconds=median(seconds)) if seconds else None


def source_kinds() -> frozenset[str]:
    """Give the kinds of source that are connected."""
    return frozenset(Source.objects.values_list("kind", flat=True))


def migrated() -> bool:
    """Tell whether the database has every table as this version knows it."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
