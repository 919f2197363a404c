"""Triage: look at a lead, keep the verdict, and open a case where somebody is accused.

The look happens outside any transaction; the verdict, the case and their events are written in one. What was seen of
an accused or doubtful target goes to the vault first, so that the seal is made of exactly what was judged.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from zhengben.core.verdict import Label, Verdict
from zhengben.flow.app_kept import keep_icons
from zhengben.flow.app_sighting import accusing_title
from zhengben.flow.keepsake import keep
from zhengben.flow.ports import Adapters, Look
from zhengben.store import events
from zhengben.store.cases import join_or_open
from zhengben.store.findings import save_look
from zhengben.store.models import Case, Lead
from zhengben.store.plain import json_value, text
from zhengben.store.search import reindex

WORTH_KEEPING = frozenset({Label.IMPERSONATION, Label.SCAM, Label.LOOKALIKE})
AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))  # an incomplete look is tried again, then rests
SEARCHED = 1500  # characters of what was seen that search finds
HOST_CODES = frozenset({"host_name"})  # reasons that accuse the hostname itself


def triage(lead: Lead, now: datetime, world: Adapters, actor: str = "") -> tuple[Case, ...]:
    """Look at one lead and write down what it is; give the cases it belongs to now, newly opened or joined.

    `lead` is as claimed or read; raises StaleError where somebody else judged it meanwhile.
    """
    look = world.look(lead.kind, lead.locator, lead.payload)
    kept: dict[str, str] = {}
    if any(verdict.label in WORTH_KEEPING for verdict in look.verdicts):
        # Before the verdict is written: a crash leaves bytes that nobody names, never a verdict without its bytes.
        kept["seen"] = keep(look.seen, world.vault)
    if look.verdict.label is not Label.UNRELATED:
        kept |= keep_icons(look.sighting.app, world.vault)
    with transaction.atomic():
        return _write(lead, look, kept, now, actor or world.operator)


def _write(lead: Lead, look: Look, kept: Mapping[str, str], now: datetime, actor: str) -> tuple[Case, ...]:
    verdict = look.verdict
    again = _again(lead, verdict, now)
    events.move(
        lead, "judge", now=now, actor=actor, due_at=again, label=verdict.label.value, brand=verdict.brand,
        score=verdict.score, title=lead.title or text(accusing_title(look.sighting, verdict), 300),
        facts={"label": verdict.label.value, "brand": verdict.brand, "score": verdict.score,
               "codes": [reason.code for reason in verdict.reasons], "missing": list(verdict.coverage.missing)},
    )  # fmt: skip
    # Search finds what was seen, not only what was reported: the name may stand in the page alone.
    reindex([(lead.pk, f"{lead.title} {lead.locator} {look.sighting.speaker} {look.sighting.text[:SEARCHED]}")])
    save_look(lead, look.sighting, look.contacts, look.verdicts or (verdict,), kept=kept, now=now)
    cases = tuple(_case(lead, one, look, now, actor) for one in _accusing(look.verdicts or (verdict,)))
    if cases:
        Lead.objects.filter(pk=lead.pk).update(case=cases[0])
    return cases


def _accusing(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.accuses and verdict.brand]


def _case(lead: Lead, verdict: Verdict, look: Look, now: datetime, actor: str) -> Case:
    host_accused = any(reason.code in HOST_CODES for reason in verdict.reasons)
    return join_or_open(
        lead, verdict, host_accused=host_accused, title=accusing_title(look.sighting, verdict), now=now, actor=actor,
        facts={"lead": lead.pk, "codes": json_value([reason.code for reason in verdict.reasons])},
    )  # fmt: skip


def _again(lead: Lead, verdict: Verdict, now: datetime) -> datetime | None:
    """Give when to look again at a target that could not be seen whole."""
    # An accusation waits for nothing: what is missing beside it can only make it graver.
    if verdict.accuses or verdict.coverage.complete or lead.ver >= len(AGAIN):
        return None
    return now + AGAIN[lead.ver]
