"""Reading numbers: the counts beside the menu, and the case records that a disclosure is computed from. Read-only."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from zhengben.core.case import RUNNING
from zhengben.core.disclosure import CaseRecord
from zhengben.core.verdict import ACCUSING
from zhengben.store.chain import line_of
from zhengben.store.models import Case, Event, Lead, Notice, Source
from zhengben.store.queries_inbox import TO_LOOK_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What waits where: `leads` for a look, `drafts` for approval, `held` for a decision; cases running and watched."""

    leads: int
    cases: int
    drafts: int
    held: int
    watched: int
    silent: int


def counts() -> Counts:
    """Give the numbers beside the menu."""
    return Counts(
        leads=Lead.objects.filter(label__in=TO_LOOK_AT, case__isnull=True).exclude(state="dismissed").count(),
        cases=Case.objects.filter(state__in=RUNNING).count(),
        drafts=Notice.objects.filter(state="draft").count(),
        held=Notice.objects.filter(needs_human=True).count() + Case.objects.filter(needs_human=True).count(),
        watched=Case.objects.filter(state="down").count(),
        silent=Source.objects.filter(enabled=True, silent_since__isnull=False).count(),
    )


def case_records(brand: str = "") -> tuple[CaseRecord, ...]:
    """Give every case as the definitions of `core.disclosure` read it, by number."""
    rows = Case.objects.filter(brand=brand) if brand else Case.objects.all()
    moments = _moments(("verify_down", "vanish", "relapse", "withdraw"))
    sent: dict[tuple[int, bool], list[tuple[str, datetime]]] = defaultdict(list)
    letters = Notice.objects.filter(sent_at__isnull=False).exclude(purpose="retraction").order_by("sent_at", "pk")
    for key, case, purpose, at in letters.values_list("key", "case", "purpose", "sent_at"):
        if at is not None:
            sent[case, purpose == "complaint"].append((key, at))
    return tuple(_record(case, moments, sent) for case in rows.order_by("pk").iterator(chunk_size=1000))


def ledger_lines() -> Iterator[str]:
    """Give every event of the ledger as one JSON object a line, as it was hashed, with its place in the chain."""
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        line = {"seq": event.seq, **line_of(event), "prev": event.prev, "hash": event.hash}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def _moments(verbs: Iterable[str]) -> dict[tuple[int, str], list[datetime]]:
    """Give when each case went through each of the verbs, from the ledger; `people` are downs that people proved."""
    found: dict[tuple[int, str], list[datetime]] = defaultdict(list)
    events = Event.objects.filter(subject="case", verb__in=list(verbs)).order_by("seq")
    for case, verb, at, facts in events.values_list("subject_id", "verb", "at", "facts").iterator(chunk_size=2000):
        found[case, verb].append(at)
        if facts.get("basis") == "people":
            found[case, "people"].append(at)
    return found


def _record(
    case: Case,
    moments: dict[tuple[int, str], list[datetime]],
    sent: dict[tuple[int, bool], list[tuple[str, datetime]]],
) -> CaseRecord:
    downs = sorted([*moments.get((case.pk, "verify_down"), ()), *moments.get((case.pk, "vanish"), ())])
    withdrawn = moments.get((case.pk, "withdraw"), [])
    return CaseRecord(
        id=case.number, kind=case.kind, opened_at=case.opened_at, first_seen_at=case.first_seen_at,
        accused=case.label in ACCUSING, sealed_at=case.sealed_at, first_notice_at=case.first_notice_at,
        notices=tuple(sent[case.pk, True]), reminders=tuple(sent[case.pk, False]), downs=tuple(downs),
        downs_by_hand=tuple(moments.get((case.pk, "people"), ())),
        relapses=tuple(moments.get((case.pk, "relapse"), ())),
        withdrawn_at=withdrawn[0] if withdrawn else None, is_down=case.state in {"down", "closed"},
    )  # fmt: skip
