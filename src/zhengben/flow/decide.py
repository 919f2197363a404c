"""What a person decides about a lead: it is nothing, look again, or it is a case."""

from datetime import datetime

from django.db import transaction

from zhengben.core.verdict import ACCUSING, Label, Reason, Verdict
from zhengben.flow.send import MAYBE_SENT
from zhengben.store import events
from zhengben.store.cases import join_or_open
from zhengben.store.events import StaleError
from zhengben.store.models import Case, Finding, Lead, Stateful

DISMISSED = "dismissed"


def dismiss(lead: Lead, by: str, now: datetime, why: str) -> None:
    """Say that a lead is nothing; it leaves the inbox and is counted if it comes again.

    Raises StaleError for a lead that a case holds: whoever says so does not know of the case.
    """
    if lead.case_id is not None:
        raise StaleError(f"lead {lead.pk} belongs to a case by now; read it again")
    with transaction.atomic():
        events.move(
            lead,
            "dismiss",
            now=now,
            actor=by,
            holds=("by_person",),
            facts={"why": why[:300], "label": lead.label},
            due_at=None,
        )


def restore(lead: Lead, by: str, now: datetime) -> None:
    """Take a dismissal back: the lead stands where its verdict puts it; one without a whole look is looked at again."""
    seen = bool(lead.label) and lead.label != Label.UNKNOWN
    with transaction.atomic():
        events.move(
            lead, "reopen" if lead.label else "look_again", now=now, actor=by, holds=("by_person",),
            due_at=None if seen else now,
        )  # fmt: skip


def look_again(lead: Lead, by: str, now: datetime) -> None:
    """Have a lead looked at again, at once."""
    with transaction.atomic():
        events.move(lead, "look_again", now=now, actor=by, due_at=now)


def open_case(lead: Lead, brand: str, label: Label, by: str, now: datetime) -> Case:
    """Open a case by hand: a person says that this lead is an impersonation or a scam of a brand.

    Raises ValueError for a label that accuses nobody, and for a brand the lead was never found to touch; StaleError
    for a lead that somebody has dismissed.
    """
    if lead.state == DISMISSED:
        raise StaleError(f"lead {lead.pk} was dismissed meanwhile; read it again")
    if label not in ACCUSING:
        raise ValueError(f"a case is opened for {' or '.join(sorted(ACCUSING))}, not for {label.value!r}")
    finding = Finding.objects.filter(lead=lead, brand=brand).first()
    if finding is None:
        raise ValueError(f"lead {lead.pk} was not found to touch the brand {brand!r}; look again first")
    if finding.label == Label.OFFICIAL:
        raise ValueError(f"lead {lead.pk} is official; no case can be opened against it")
    reasons = tuple(Reason(r["code"], r["weight"], r.get("facts") or {}) for r in finding.reasons)
    host_accused = any(reason.code == "host_name" for reason in reasons)
    with transaction.atomic():
        case = join_or_open(
            lead, Verdict(label, brand, finding.score, reasons), host_accused=host_accused, title=lead.title, now=now,
            actor=by, facts={"lead": lead.pk, "decided_by": by, "label_before": finding.label},
        )  # fmt: skip
        Lead.objects.filter(pk=lead.pk).update(case=case)
    return case


def resume(row: Stateful, by: str, now: datetime) -> None:
    """Put a row that was held for a person (`needs_human`) back into the queue, due at once.

    Raises ValueError where it is not held; a letter in doubt is decided by `flow.send.resolve` instead.
    """
    if not row.needs_human or row.trouble == MAYBE_SENT:
        raise ValueError(f"{row.SUBJECT} {row.pk} is not held for a person in a way that trying again can mend")
    with transaction.atomic():
        events.note(row, "resume", now=now, actor=by, facts={"trouble": row.trouble}, due_at=now)
