"""A case as the takedown room reads it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from zhengben.core.basis import Basis, bases
from zhengben.core.brand import Brand, Right
from zhengben.core.gate import valid_rights
from zhengben.core.recheck import UP_STATES
from zhengben.core.reminders import answer_by, urgent
from zhengben.core.verdict import Reason
from zhengben.flow.keepsake import recall
from zhengben.flow.ports import Adapters
from zhengben.store.cases import BEIJING, exhibit_of, finding_of, first_lead, last_sighting
from zhengben.store.keys import host_of
from zhengben.store.models import Case, Exhibit, Finding, Notice
from zhengben.store.renewals import renewals
from zhengben.takedown.letter import CaseView, Earlier

CHINESE_ENDINGS = (".cn", ".xn--fiqs8s", ".xn--55qx5d", ".xn--io0a7i")


class NotSealedError(ValueError):
    """A case without a sealed exhibit cannot be complained about."""


def case_view(case: Case, brand: Brand, now: datetime, world: Adapters) -> CaseView:
    """Give what a letter needs of a case as it stands; raises NotSealedError where nothing is sealed."""
    exhibit = exhibit_of(case)
    if exhibit is None:
        raise NotSealedError(f"case {case.number} has no sealed exhibit; seal it first")
    finding = finding_of(case)
    lead = first_lead(case)
    sighting = last_sighting(lead) if lead else None
    facts = sighting.facts if sighting else {}
    rights = rights_now(brand, now, world)
    asks = _asks(facts)
    host = host_of(case.kind, case.locator)
    return CaseView(
        number=case.number, kind=case.kind, target=case.locator, label=case.label, seen_at=case.first_seen_at,
        evidence=exhibit.package, sealed_at=exhibit.at, host=host, address=_address(exhibit), title=case.title,
        package=str((lead.payload if lead else {}).get("package", "")),
        reasons=reasons_of(finding),
        rights=rights, bases=_bases(brand, case, rights, asks, host), asks=asks,
        screenshot=_screenshot(exhibit, world), round=case.relapses,
    )  # fmt: skip


def further_view(about: Notice, purpose: str, level: int, now: datetime, world: Adapters, words: str = "") -> CaseView:
    """Give what a letter needs that follows another one: `about` is the first letter to that addressee."""
    view = case_view(about.case, world.brand(about.case.brand), now, world)
    sent = about.sent_at or about.drafted_at
    earlier = Earlier(
        sent_at=sent, said=_last_said(about), seen_up_at=_seen_up(about.case, sent), level=max(1, level),
        answer_by=answer_by(sent, level, now, is_urgent=urgent_case(about.case, view)),
    )  # fmt: skip
    return replace(view, purpose=purpose, earlier=earlier, words=words, dated=now)


def notice_view(notice: Notice, now: datetime, world: Adapters) -> CaseView:
    """Give what a notice's letter needs, so that it can be read in another language too."""
    if notice.about is None:
        return case_view(notice.case, world.brand(notice.case.brand), now, world)
    words = str(notice.envelope.get("words", ""))
    return further_view(notice.about, notice.purpose, notice.level, notice.drafted_at, world, words)


def urgent_case(case: Case, view: CaseView) -> bool:
    """Tell whether people are being robbed while an addressee takes its time."""
    return urgent(kind=case.kind, label=case.label, asks_secrets=bool(view.asks))


def _last_said(about: Notice) -> str:
    """Give the state of the newest letter of a row of letters that its addressee answered, or of the first."""
    answered = about.later.filter(answered_at__isnull=False).order_by("-answered_at").first()
    return (answered or about).state


def _seen_up(case: Case, since: datetime) -> datetime | None:
    """Give when the target was last seen to be up after a letter: that, and no guess, goes into a reminder."""
    looks = case.rechecks.filter(round=case.relapses, state__in=UP_STATES, at__gt=since)
    return looks.order_by("-at").values_list("at", flat=True).first()


def reasons_of(finding: Finding | None) -> tuple[Reason, ...]:
    """Give the reasons of a stored verdict, or none."""
    if finding is None:
        return ()
    return tuple(Reason(row["code"], row["weight"], row.get("facts") or {}) for row in finding.reasons)


def rights_now(brand: Brand, now: datetime, world: Adapters) -> tuple[Right, ...]:
    """Give the rights in force, renewals entered by people included."""
    return valid_rights(brand, beijing_day(now), renewals(brand.id), in_range=world.in_range)


def beijing_day(now: datetime) -> date:
    """Give the date in China at a moment: terms of rights are local dates."""
    return now.astimezone(BEIJING).date()


def _bases(brand: Brand, case: Case, rights: Sequence[Right], asks: Sequence[str], host: str) -> tuple[Basis, ...]:
    generic = bool(host) and not host.endswith(CHINESE_ENDINGS)
    return bases(
        finance=brand.finance, kind=case.kind, has_right=bool(rights), asks_secrets=bool(asks), generic_domain=generic
    )


def _asks(facts: dict[str, object]) -> tuple[str, ...]:
    """Give what the page asks visitors for, from the stored facts."""
    page = facts.get("page")
    forms = page.get("forms", []) if isinstance(page, dict) else []
    found = [field.get("asks", "") for form in forms for field in form.get("fields", [])]
    return tuple(dict.fromkeys(ask for ask in found if ask))


def _address(exhibit: Exhibit) -> str:
    """Give where the host pointed when it was sealed."""
    addresses = exhibit.original.get("addresses") or [""]
    return str(addresses[0])


def _screenshot(exhibit: Exhibit, world: Adapters) -> bytes:
    """Give the first picture in the exhibit, or nothing."""
    index = exhibit.artefacts.get("seen")
    if not index:
        return b""
    return next((one.screenshot for one in recall(str(index), world.vault).captured if one.screenshot), b"")
