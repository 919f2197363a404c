"""Reports of the public: one row a target and reporter, so that counts are people, not clicks."""

from datetime import datetime

from django.db.models import F

from zhengben.core.lead import Lead as CoreLead
from zhengben.store.intake import advance, insert_leads
from zhengben.store.keys import lead_key
from zhengben.store.models import Lead, Report, Source
from zhengben.store.plain import text

QUIET_AFTER = 14 * 24 * 3600  # seconds without any report before somebody should ask why


def keep_report(lead: CoreLead, *, number: str, reporter: str, words: str, now: datetime) -> tuple[Report, bool]:
    """Write a report and the lead it makes, inside the caller's transaction; tell whether it is this person's first."""
    taken = insert_leads([lead], now=now, due_at=now, actor="public")
    kind, key = lead_key(lead)
    row = Lead.objects.get(pk=taken.ids[0]) if taken.ids else Lead.objects.get(kind=kind, target_key=key)
    report, new = Report.objects.get_or_create(
        lead=row, reporter=reporter, defaults={"number": number, "text": text(words, 4000), "at": now, "last_at": now}
    )
    _heard(now)
    if not new:
        Report.objects.filter(pk=report.pk).update(times=F("times") + 1, last_at=now)
    return report, new


def _heard(now: datetime) -> None:
    """Count the public as a source, so that its silence is noticed: a portal nobody can reach looks just like peace."""
    source, _ = Source.objects.get_or_create(
        name="portal", defaults={"kind": "portal_report", "added_at": now, "quiet_after_s": QUIET_AFTER}
    )
    advance(source, cursor={"reports": Report.objects.count()}, now=now, taken=1, aside=0)


def people(lead_id: int) -> int:
    """Give how many people reported a lead."""
    return Report.objects.filter(lead=lead_id).count()


def find_report(number: str) -> Report | None:
    """Give a report by the number its reporter was told, with its lead."""
    return Report.objects.select_related("lead").filter(number=number).first()
