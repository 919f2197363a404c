"""Reading leads: the inbox, its counts, one lead, and search. Read-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.lookups import IsNull

from zhengben.core.reasons import order
from zhengben.store.models import Finding, Lead, Report, Sighting
from zhengben.store.pages import Page, paged
from zhengben.store.search import matching

VERDICT = ("brand", "label", "score", "reasons", "missing", "at")
# `unknown` is among them: what could not be seen is work, and never a quiet pile.
TO_LOOK_AT = ("impersonation", "scam", "lookalike", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxFilter:
    """What the inbox shows. Empty fields do not narrow; `words` searches title, text, locator and developer.

    `state` is `new`, `judged`, `dismissed` or empty; `open_only` leaves out leads that belong to a case already,
    and `undecided_first` puts them below all others.
    """

    label: str = ""
    brand: str = ""
    kind: str = ""
    source: str = ""
    state: str = ""
    words: str = ""
    open_only: bool = False
    to_look_at: bool = False
    undecided_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One line of the inbox. `reasons` are {code, weight, facts}, heaviest first; `people` counts public reporters."""

    lead_id: int
    kind: str
    locator: str
    title: str
    label: str
    brand: str
    score: int
    reasons: tuple[Mapping[str, object], ...]
    missing: tuple[str, ...]
    source: str
    count: int
    people: int
    first_seen_at: datetime
    last_seen_at: datetime
    state: str
    case_number: str
    needs_human: bool
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFile:
    """Everything about one lead: its row, what was seen last, and each brand's verdict (keys: `VERDICT`)."""

    row: InboxRow
    payload: Mapping[str, object]
    facts: Mapping[str, object]
    contacts: tuple[Mapping[str, object], ...]
    artefacts: Mapping[str, object]
    seen_at: datetime | None
    verdicts: tuple[Mapping[str, object], ...]


def inbox(chosen: InboxFilter | None = None, page: int = 1, size: int = 50) -> Page[InboxRow]:
    """Give one page of leads, the gravest first, then the newest."""
    wanted = chosen or InboxFilter()
    rows = _filtered(wanted).select_related("case")
    settled = [IsNull(F("case"), False)] if wanted.undecided_first else []  # noqa: FBT003 -- Django's own argument
    return paged(rows.order_by(*settled, "-score", "-last_seen_at", "-pk"), page, _rows, size)


def lead_file(lead_id: int) -> LeadFile | None:
    """Give everything about one lead, or None where there is none."""
    lead = Lead.objects.select_related("case").filter(pk=lead_id).first()
    if lead is None:
        return None
    sighting = Sighting.objects.filter(lead=lead).order_by("-pk").first()
    findings = Finding.objects.filter(lead=lead).order_by("-score", "brand")
    return LeadFile(
        row=_rows([lead])[0], payload=lead.payload, facts=sighting.facts if sighting else {},
        contacts=tuple(sighting.contacts) if sighting else (), artefacts=sighting.artefacts if sighting else {},
        seen_at=sighting.at if sighting else None,
        verdicts=tuple({name: getattr(finding, name) for name in VERDICT} for finding in findings),
    )  # fmt: skip


def label_counts(brand: str = "") -> dict[str, int]:
    """Give how many leads bear each label; those not yet judged under the empty label."""
    rows = Lead.objects.exclude(state="dismissed")
    if brand:
        rows = rows.filter(brand=brand)
    return {row["label"]: row["n"] for row in rows.order_by().values("label").annotate(n=Count("pk"))}


def _filtered(chosen: InboxFilter) -> QuerySet[Lead]:
    exact = {name: getattr(chosen, name) for name in ("label", "brand", "kind", "source", "state")}
    rows = Lead.objects.filter(**{name: value for name, value in exact.items() if value})
    if not chosen.state:
        rows = rows.exclude(state="dismissed")
    if chosen.to_look_at:
        rows = rows.filter(label__in=TO_LOOK_AT)
    if chosen.open_only:
        rows = rows.filter(case__isnull=True)
    return searched(rows, chosen.words)


def searched(rows: QuerySet[Lead], words: str) -> QuerySet[Lead]:
    """Keep the leads that hold all the words; words without a letter or digit keep nothing."""
    if not words.strip():
        return rows
    found = matching(words)
    # Only signs and blanks were typed: a search that matches everything would look like an answer.
    if found is None:
        return rows.none()
    return rows.filter(Q(pk__in=RawSQL(*found)))  # noqa: S611 -- fixed SQL; the words are a parameter made of ASCII tokens


def _rows(leads: Sequence[Lead]) -> list[InboxRow]:
    keys = [lead.pk for lead in leads]
    findings = {(f.lead_id, f.brand): f for f in Finding.objects.filter(lead__in=keys)}
    people = dict(Report.objects.filter(lead__in=keys).order_by().values_list("lead").annotate(n=Count("pk")))
    return [_row(lead, findings.get((lead.pk, lead.brand)), people.get(lead.pk, 0)) for lead in leads]


def _row(lead: Lead, finding: Finding | None, people: int) -> InboxRow:
    reasons = sorted(finding.reasons if finding else (), key=lambda reason: order(reason["code"], reason["weight"]))
    return InboxRow(
        lead_id=lead.pk, kind=lead.kind, locator=lead.locator, title=lead.title, label=lead.label, brand=lead.brand,
        score=lead.score, reasons=tuple(reasons), missing=tuple(finding.missing if finding else ()), source=lead.source,
        count=lead.count, people=people, first_seen_at=lead.first_seen_at, last_seen_at=lead.last_seen_at,
        state=lead.state, case_number=lead.case.number if lead.case else "", needs_human=lead.needs_human,
        trouble=lead.trouble,
    )  # fmt: skip
