"""Opening cases: one an impostor and brand, with a number a person can say on the telephone."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from zhengben.core.verdict import Verdict
from zhengben.store import events
from zhengben.store.keys import case_key
from zhengben.store.models import Case, Exhibit, Finding, Lead, Sighting
from zhengben.store.plain import text

BEIJING = ZoneInfo("Asia/Shanghai")
OVER = frozenset({"down", "closed"})


def join_or_open(
    lead: Lead,
    verdict: Verdict,
    *,
    host_accused: bool,
    title: str,
    now: datetime,
    actor: str,
    facts: Mapping[str, object],
) -> Case:
    """Give the case of the impostor this lead points at, opened if there is none. Call inside a transaction.

    A case that was thought over is made due at once: a recheck, not a rumour, decides that it came back.
    """
    events.lock_ledger()
    key = case_key(lead.kind, lead.locator, host_accused=host_accused)
    case = Case.objects.filter(brand=verdict.brand, target_key=key).first()
    if case is None:
        return events.create(
            Case, now=now, actor=actor, facts=facts, number=_number(now), brand=verdict.brand, kind=lead.kind,
            target_key=key, locator=lead.locator, title=text(title or lead.title, 300), label=verdict.label.value,
            score=verdict.score, first_seen_at=min(lead.first_seen_at, now), opened_at=now, due_at=now,
        )  # fmt: skip
    if lead.case_id != case.pk:
        due = now if case.state in OVER else case.due_at
        events.note(case, "joined", now=now, actor=actor, facts=facts, due_at=due)
    return case


def _number(now: datetime) -> str:
    """Give the next number of the year; the ledger's lock is held."""
    year = now.astimezone(BEIJING).year
    last = Case.objects.filter(number__startswith=f"{year}-").order_by("-pk").values_list("number", flat=True).first()
    return f"{year}-{(int(last.split('-')[1]) if last else 0) + 1:04d}"


def exhibit_of(case: Case) -> Exhibit | None:
    """Give the newest sealed exhibit of a case."""
    return case.exhibits.order_by("-round").first()


def first_lead(case: Case) -> Lead | None:
    """Give the lead that opened a case."""
    return case.leads.order_by("pk").first()


def last_sighting(lead: Lead) -> Sighting | None:
    """Give the newest sighting of a lead whose bytes were kept."""
    return next((s for s in lead.sightings.order_by("-pk")[:20] if s.artefacts.get("seen")), None)


def finding_of(case: Case) -> Finding | None:
    """Give the standing verdict behind a case: the highest score among its leads."""
    return Finding.objects.filter(lead__case=case, brand=case.brand).order_by("-score", "pk").first()


def wake(brand: str, now: datetime) -> int:
    """Make a brand's cases that wait for a notice due at once; give how many."""
    waiting = Case.objects.filter(brand=brand, state__in=("sealed", "relapsed"), needs_human=False, lease_by="")
    return waiting.update(due_at=now)
