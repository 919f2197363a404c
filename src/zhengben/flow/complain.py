"""Complaining: drafted by one person, approved by another, sent once.

`draft` prepares a notice an addressee (the case clock does so by itself; then `drafted_by` is empty until a person
signs for it). `approve` needs a second person and every guard of the gate. Sending is in `flow.send`, letters that
follow a first one in `flow.further`, and taking things back in `flow.withdraw`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhengben.core.brand import Brand
from zhengben.core.gate import Request, Stop, gate
from zhengben.core.notice import guards_of, verb_of
from zhengben.core.verdict import Label
from zhengben.flow.official import official
from zhengben.flow.ports import Adapters, Ask
from zhengben.flow.views import beijing_day, case_view
from zhengben.store import events
from zhengben.store.cases import OVER, exhibit_of
from zhengben.store.models import Case, Notice
from zhengben.store.plain import json_value, text
from zhengben.store.renewals import renewals
from zhengben.takedown.letter import CaseView, Letter

_PEOPLE = frozenset({"second_person_missing", "same_person"})


class StoppedError(ValueError):
    """The gate does not let a notice pass; `stops` has every code with its facts (words under `stop`)."""

    def __init__(self, stops: Sequence[Stop]) -> None:
        """Keep the stops and name their codes."""
        super().__init__("the gate stops this notice: " + ", ".join(stop.code for stop in stops))
        self.stops = tuple(stops)


def draft(case: Case, now: datetime, world: Adapters, by: str = "") -> tuple[Notice, ...]:
    """Draft this round's notices, one an addressee, signed by `by`; drafts that exist are given back, and signed.

    `by` empty means a machine prepared them: a person must `sign` before a second one can approve.
    Raises NotSealedError where the case has no sealed exhibit, StoppedError where the gate would stop any notice.
    """
    brand = world.brand(case.brand)
    view = case_view(case, brand, now, world)
    stops = case_stops(case, now, world)
    if stops:
        raise StoppedError(stops)
    # Letters are written before the transaction: a template that fails must not hold the ledger's lock.
    asks = [(ask, key_of(case, ask)) for ask in world.channels(view, brand)]
    prepared = [prepare(view, brand, ask, key, world) for ask, key in asks]
    with transaction.atomic():
        events.lock_ledger()
        notices = [write_down(case, one, now, by) for one in prepared]
        for notice in notices:
            note_stops(notice, now, world)
    return tuple(notices)


def note_stops(notice: Notice, now: datetime, world: Adapters) -> None:
    """Keep what the gate says today beside a draft, for whoever reads the queue; approving asks it anew."""
    notice.stops = [json_value(stop) for stop in stops_of(notice, now, world) if stop.code not in _PEOPLE]
    notice.save(update_fields=["stops"])


def case_stops(case: Case, now: datetime, world: Adapters) -> tuple[Stop, ...]:
    """Give what would stop every notice of a case now, whoever signs it: no right, no exhibit, an official target."""
    request = Request(
        label=Label(case.label), official=official(world.brands, case.kind, case.locator, _package(case)),
        sealed_capture=exhibit_of(case) is not None, drafted_by="one", approved_by="another",
        renewals=renewals(case.brand), in_range=world.in_range,
    )  # fmt: skip
    # Beijing's day: the term of a mark ends at midnight there, wherever the server stands.
    return gate(world.brand(case.brand), request, beijing_day(now))


def _package(case: Case) -> str:
    lead = case.leads.order_by("pk").first()
    return str(lead.payload.get("package", "")) if lead else ""


def key_of(case: Case, ask: Ask) -> str:
    """Give the key of the one notice of this case, round, channel and addressee; it names the message for ever."""
    # Hashed: the key stands in the Message-ID, and one addressee need not read another's mailbox there.
    mailbox = hashlib.sha256(ask.addressee.mailbox.lower().encode()).hexdigest()[:10]
    return f"{case.number}.{case.relapses}.{ask.channel[:40]}.{mailbox}"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter that is written and whose attachments are in the vault, not yet a row."""

    ask: Ask
    key: str
    letter: Letter
    attached: tuple[object, ...]
    view: CaseView


def prepare(view: CaseView, brand: Brand, ask: Ask, key: str, world: Adapters) -> Prepared:
    """Write a letter and keep its attachments; outside any transaction, because a vault is a disk."""
    letter = world.write(view, brand, ask.addressee, key)
    return Prepared(ask, key, letter, _attachments(letter, world), view)


def write_down(case: Case, one: Prepared, now: datetime, by: str, about: Notice | None = None) -> Notice:
    """Make a prepared letter a draft, or give the one that has its key already, signed by `by` where nobody did."""
    ask, letter, view = one.ask, one.letter, one.view
    notice = _written(one.key, by, now)
    if notice is not None:
        return notice
    level = view.earlier.level if view.earlier else 0
    return events.create(
        Notice, now=now, actor=by or "machine",
        facts={"case": case.number, "channel": ask.channel, "purpose": view.purpose, "level": level},
        case=case, round=view.round if about is None else about.round, key=one.key, channel=ask.channel,
        addressee=ask.addressee.mailbox,
        purpose=view.purpose, level=level, about=about,
        language=letter.language, exhibit=exhibit_of(case), subject=text(letter.subject, 300), body=text(letter.body),
        envelope=_envelope(one), attachments=list(one.attached), bases=[basis.code for basis in view.bases],
        rights=[right.number for right in view.rights], drafted_by=by, drafted_at=now,
    )  # fmt: skip


def _written(key: str, by: str, now: datetime) -> Notice | None:
    """Give the letter that has this key already; a draft that nobody answers for yet is now `by`'s."""
    notice = Notice.objects.filter(key=key).first()
    if notice is not None and by and not notice.drafted_by and notice.state == "draft":
        _sign(notice, by, now)
    return notice


def _envelope(one: Prepared) -> dict[str, object]:
    ask, letter = one.ask, one.letter
    words = {"words": text(one.view.words)} if one.view.words else {}
    return {
        "sender": letter.sender, "mailbox": letter.mailbox, "lacking": list(letter.lacking),
        "name": ask.addressee.name, "kind": ask.addressee.kind, "silence_h": ask.silence_h,
        "per_hour": ask.per_hour, "burst": ask.burst, "method": ask.method, **words,
    }  # fmt: skip


def _attachments(letter: Letter, world: Adapters) -> tuple[object, ...]:
    return tuple(
        {"name": one.name, "media_type": one.media_type, "size": len(one.body), "sha256": world.vault.put(one.body)}
        for one in letter.attachments
    )


def sign(notice: Notice, by: str, now: datetime) -> None:
    """Let a person answer for a draft that a machine prepared; raises ValueError where somebody already does."""
    with transaction.atomic():
        _sign(notice, by, now)


def _sign(notice: Notice, by: str, now: datetime) -> None:
    if not by.strip():
        raise ValueError("a draft is signed by a named person")
    if notice.state != "draft" or notice.drafted_by:
        raise ValueError(
            f"notice {notice.pk} is already answered for by {notice.drafted_by or 'nobody'} ({notice.state})"
        )
    events.note(notice, "sign", now=now, actor=by, drafted_by=by)


def stops_of(notice: Notice, now: datetime, world: Adapters, approved_by: str = "") -> tuple[Stop, ...]:
    """Give everything that stands against a notice at this moment, people included."""
    case, brand = notice.case, world.brand(notice.case.brand)
    request = Request(
        purpose=notice.purpose, down=case.state in OVER, label=Label(case.label),
        official=official(world.brands, case.kind, case.locator, _package(case)),
        sealed_capture=notice.exhibit_id is not None, drafted_by=notice.drafted_by,
        approved_by=approved_by or notice.approved_by, renewals=renewals(brand.id), in_range=world.in_range,
    )  # fmt: skip
    return gate(brand, request, beijing_day(now))


def approve(notice: Notice, by: str, now: datetime, world: Adapters) -> None:
    """Approve as the second person; the notice is due for sending at once.

    Raises StoppedError where the gate objects, ForbiddenMoveError where it is no draft, StaleError where it changed.
    """
    stops = stops_of(notice, now, world, approved_by=by)
    if stops:
        raise StoppedError(stops)
    facts = {"drafted_by": notice.drafted_by, "exhibit": notice.exhibit.package if notice.exhibit else ""}
    with transaction.atomic():
        events.move(
            notice, verb_of("approve", notice.purpose), now=now, actor=by, holds=guards_of(notice.purpose), facts=facts,
            due_at=now, approved_by=by, approved_at=now, stops=[],
        )  # fmt: skip


def reject(notice: Notice, by: str, now: datetime, why: str) -> None:
    """Turn a draft down inside the house."""
    with transaction.atomic():
        events.move(notice, "reject", now=now, actor=by, facts={"why": why[:300]}, due_at=None)
