"""Preserving: what was seen of a case becomes a sealed package, before anybody complains.

The package holds exactly the bytes the verdict was made of. The vault and the sealer work before the transaction;
their effect is keyed by content, so doing it twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Seen
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.evidence.exhibit import Attached, Operator, Step
from zhengben.evidence.exhibit import Exhibit as Package
from zhengben.flow.app_kept import keep_icons
from zhengben.flow.keepsake import keep, recall
from zhengben.flow.ports import Adapters
from zhengben.store import events
from zhengben.store.cases import finding_of, first_lead, last_sighting
from zhengben.store.findings import save_look
from zhengben.store.models import Artefact, Case, Exhibit, Finding, Lead, Sighting
from zhengben.takedown.original import Original

FETCHABLE = frozenset({"domain", "url", "app_listing", "post", "listing", "search_ad", "job", "account"})


class NothingSeenError(ValueError):
    """There is nothing to seal: nobody has seen the target whole."""


@dataclass(frozen=True, slots=True)
class _Brought:
    """What a person brought back, and who; without files the machine saw it."""

    by: str
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a package is made of: the sighting's row, the bytes, and the index they were recalled from."""

    sighting: Sighting
    seen: Seen
    index: str


def preserve(case: Case, now: datetime, world: Adapters, actor: str = "", brought: Sequence[Attached] = ()) -> Exhibit:
    """Seal what was seen of a case; moves an open case to `sealed`, and notes it for one that came back.

    `brought` is what a person (`actor`) saw and brought back where no machine can look: then that is the exhibit.
    Raises NothingSeenError where no complete capture exists, OSError where the vault cannot keep it.
    """
    who = actor or world.operator
    lead = first_lead(case)
    if lead is None:
        raise NothingSeenError(f"case {case.number} has no lead; join one to it first")
    kept = _kept(case, lead, now, world)
    if not brought and not complete(case.kind, kept.seen):
        raise NothingSeenError(f"case {case.number}: nobody saw the target whole; look again while it is up")
    finding = finding_of(case)
    # Outside the transaction: sealing may ask a time-stamping authority and wait ten seconds for it.
    body = world.sealer(_package(case, kept, finding, now, world, _Brought(who, tuple(brought))), now)
    number = world.vault.put(body)
    original = original_of(case.kind, kept.seen, world.brand(case.brand))
    with transaction.atomic():
        _artefacts({number: len(body)}, now)
        # A worker that died after sealing finds its exhibit here; its second package is simply not named.
        row, _ = Exhibit.objects.get_or_create(
            case=case, round=case.relapses,
            defaults={"at": now, "package": number, "artefacts": {"seen": kept.index}, "original": original},
        )  # fmt: skip
        facts = {"package": row.package, "round": case.relapses}
        if case.state == "open":
            events.move(case, "seal", now=now, actor=who, holds=("capture",), facts=facts, due_at=now, sealed_at=now)
        else:
            events.note(case, "sealed_again", now=now, actor=who, facts=facts, due_at=now)
    return row


def complete(kind: str, seen: Seen) -> bool:
    """Tell whether what was seen is enough to accuse somebody of: one whole answer, or a thing that is its own text."""
    if kind not in FETCHABLE:
        return True
    looks: tuple[Fetched | Captured, ...] = (*seen.fetched, *seen.captured)
    # One whole answer below 400: an error page is no exhibit of what the error hides.
    return any(one.complete and one.status is not None and one.status < 400 for one in looks)


def original_of(kind: str, seen: Seen, brand: Brand) -> dict[str, object]:
    """Give what rechecks compare with (`takedown.original`); empty for a thing that cannot be fetched again."""
    names = (*brand.names.chinese, *brand.names.latin)
    try:
        return Original.of(kind, seen, names).record()
    except ValueError:
        return {}


def _kept(case: Case, lead: Lead, now: datetime, world: Adapters) -> _Kept:
    """Recall what triage saw; a case that came back, or was opened by hand, is looked at again."""
    sighting = last_sighting(lead)
    if sighting is not None and case.relapses == 0:
        index = str(sighting.artefacts["seen"])
        return _Kept(sighting, recall(index, world.vault), index)
    look = world.look(lead.kind, lead.locator, lead.payload)
    index = keep(look.seen, world.vault)
    kept = {"seen": index, **keep_icons(look.sighting.app, world.vault)}
    with transaction.atomic():
        sighting = save_look(lead, look.sighting, look.contacts, (), kept=kept, now=now)
    return _Kept(sighting, look.seen, index)


def _package(
    case: Case, kept: _Kept, finding: Finding | None, now: datetime, world: Adapters, brought: "_Brought"
) -> Package:
    brand = world.brand(case.brand)
    return Package(
        target=case.locator, kind=case.kind, case=case.number, brand=brand.id, brand_digest=brand.digest,
        operator=Operator(name=brought.by if brought.files else world.operator, machine=not brought.files),
        steps=(Step(kept.sighting.at, "look"), Step(now, "seal", {"round": case.relapses})),
        fetched=kept.seen.fetched, captured=kept.seen.captured,
        files=(*_files(case, kept.sighting), *brought.files),
        verdicts=(_verdict(brand, finding),) if finding else (), sighting=kept.sighting.facts,
    )  # fmt: skip


def _files(case: Case, sighting: Sighting) -> tuple[Attached, ...]:
    """Give the thing itself where it is its own text: a message, a number, a name."""
    if case.kind in FETCHABLE:
        return ()
    text = str(sighting.facts.get("text") or case.locator)
    return (Attached("seen.txt", "text/plain; charset=utf-8", text.encode()),)


def _verdict(brand: Brand, finding: Finding) -> Verdict:
    reasons = tuple(Reason(r["code"], r["weight"], r.get("facts") or {}) for r in finding.reasons)
    return Verdict(Label(finding.label), brand.id, finding.score, reasons, Coverage(tuple(finding.missing)))


def _artefacts(sizes: Mapping[str, int], now: datetime) -> None:
    rows = [Artefact(sha256=name, size=size, media_type="application/zip", at=now) for name, size in sizes.items()]
    Artefact.objects.bulk_create(rows, ignore_conflicts=True)
