"""Reading cases: lists, one case's whole file, its timeline, and what waits for approval. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zhengben.core.case import RUNNING
from zhengben.store.models import Answer, Case, Event, Exhibit, Lead, Notice, Recheck
from zhengben.store.pages import Page, paged
from zhengben.store.queries_inbox import LeadFile, lead_file, searched


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """Which cases to list: a state (or `running`), a brand, words found in their leads, or those held for a person."""

    state: str = ""
    brand: str = ""
    words: str = ""
    needs_human: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline: what happened to which part of the case, by whom."""

    at: datetime
    subject: str
    subject_id: int
    verb: str
    before: str
    after: str
    actor: str
    facts: Mapping[str, object]
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything about one case. `leads` holds every lead that points at it, the opening one first."""

    case: Case
    leads: tuple[LeadFile, ...]
    exhibits: tuple[Exhibit, ...]
    notices: tuple[Notice, ...]
    answers: tuple[Answer, ...]
    rechecks: tuple[Recheck, ...]
    timeline: tuple[Line, ...]


def cases(chosen: CaseFilter | None = None, page: int = 1, size: int = 50) -> Page[Case]:
    """Give one page of cases, the newest first."""
    chosen = chosen or CaseFilter()
    rows = Case.objects.all()
    if chosen.state:
        rows = rows.filter(state__in=RUNNING if chosen.state == "running" else (chosen.state,))
    if chosen.brand:
        rows = rows.filter(brand=chosen.brand)
    if chosen.needs_human:
        rows = rows.filter(Q(needs_human=True) | Q(notices__needs_human=True)).distinct()
    if chosen.words.strip():
        rows = rows.filter(Q(number=chosen.words.strip()) | Q(leads__in=searched(Lead.objects.all(), chosen.words)))
        rows = rows.distinct()
    return paged(rows.order_by("-opened_at", "-pk"), page, list, size)


def case_file(number: str) -> CaseFile | None:
    """Give a case's whole file, or None where no case has that number."""
    case = Case.objects.filter(number=number).first()
    if case is None:
        return None
    # Fifty tell the story; an impostor reported by thousands would fill the page with the same line.
    leads = [lead_file(key) for key in case.leads.order_by("pk").values_list("pk", flat=True)[:50]]
    return CaseFile(
        case=case, leads=tuple(lead for lead in leads if lead is not None),
        exhibits=tuple(case.exhibits.order_by("-round")),
        notices=tuple(case.notices.select_related("exhibit").order_by("round", "drafted_at", "pk")),
        answers=tuple(Answer.objects.filter(notice__case=case).order_by("at", "pk")),
        rechecks=tuple(case.rechecks.order_by("-at", "vantage", "profile")[:200]), timeline=timeline(case),
    )  # fmt: skip


def timeline(case: Case, limit: int = 500) -> tuple[Line, ...]:
    """Give what happened to a case, its notices and its leads, oldest first."""
    notices = list(case.notices.values_list("pk", flat=True))
    leads = list(case.leads.values_list("pk", flat=True)[:50])
    wanted = (
        Q(subject="case", subject_id=case.pk)
        | Q(subject="notice", subject_id__in=notices)
        | Q(subject="lead", subject_id__in=leads)
    )
    # Version 0 are events of things without a state, such as a source's batch; no case is about them.
    rows = Event.objects.filter(wanted, ver__gt=0).order_by("seq")[:limit]
    return tuple(Line(e.at, e.subject, e.subject_id, e.verb, e.before, e.after, e.actor, e.facts, e.seq) for e in rows)


def notices_to_approve(brand: str = "", page: int = 1, size: int = 50) -> Page[Notice]:
    """Give the drafts that wait for a first or a second person, the oldest first; `case` and `exhibit` are loaded."""
    # Oldest first: a draft that waits is an impostor that stays up.
    rows = Notice.objects.filter(state="draft").select_related("case", "exhibit")
    if brand:
        rows = rows.filter(case__brand=brand)
    return paged(rows.order_by("drafted_at", "pk"), page, list, size)


def notice(notice_id: int) -> Notice | None:
    """Give one notice with its case and exhibit, or None."""
    return Notice.objects.select_related("case", "exhibit").filter(pk=notice_id).first()


def notices_held(page: int = 1, size: int = 50) -> Page[Notice]:
    """Give the notices that wait for a person: doubtful or failed sendings, questions, refusals, counter-notices."""
    rows = Notice.objects.filter(needs_human=True).select_related("case", "exhibit")
    return paged(rows.order_by("drafted_at", "pk"), page, list, size)


def rechecks(page: int = 1, size: int = 50) -> Page[Recheck]:
    """Give the newest looks over all cases; `case` is loaded."""
    return paged(Recheck.objects.select_related("case").order_by("-at", "-pk"), page, list, size)


def latest_states(case: Case) -> Sequence[Recheck]:
    """Give the looks of a case's newest round of looking."""
    newest = case.rechecks.order_by("-at").values_list("at", flat=True).first()
    return list(case.rechecks.filter(at=newest).order_by("vantage", "profile")) if newest else []
