"""Taking back: what has not left stays here, what has left is retracted, and its addressee is told in writing.

A person withdraws; the letter that tells the addressee is drafted by the case clock at once and goes the way of every
letter, past two people, because a wrong retraction opens a fraud to the public again.
"""

from datetime import datetime

from django.db import transaction

from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.notice import UNSENT
from zhengben.flow.complain import prepare, write_down
from zhengben.flow.further import ask_of, first_of
from zhengben.flow.ports import Adapters
from zhengben.flow.views import further_view
from zhengben.store import effects, events
from zhengben.store.models import Case, Event, Notice

TELL = "tell_addressee"
GONE = "down"  # why the machine withdraws by itself (`flow.recheck`)


def withdraw_notice(notice: Notice, by: str, now: datetime, why: str) -> None:
    """Take back a notice: one that has not left will not; of one that left, or may have, the addressee is told."""
    with transaction.atomic():
        verb = "withdraw" if notice.state in UNSENT else "retract"
        due_at = now if verb == "retract" or arrived(notice) else None
        events.move(notice, verb, now=now, actor=by, facts={"why": why[:300]}, due_at=due_at)


def withdraw_case(case: Case, by: str, now: datetime, why: str) -> None:
    """Close a case that should not have been: it and everything not yet sent is withdrawn, what left is retracted."""
    with transaction.atomic():
        events.move(case, "withdraw", now=now, actor=by, facts={"why": why[:300]}, due_at=None)
        for notice in case.notices.exclude(state__in=["withdrawn", "rejected_inside", "retracted"]):
            if notice.purpose != "retraction":  # somebody may be taking a single letter back already
                _withdraw_quietly(notice, by, now, why)


def _withdraw_quietly(notice: Notice, by: str, now: datetime, why: str) -> None:
    try:
        withdraw_notice(notice, by, now, why)
    except ForbiddenMoveError:  # it bounced: nobody has it, nobody need be told
        events.note(notice, "case_withdrawn", now=now, actor=by, facts={"why": why[:300]}, due_at=None)


def arrived(notice: Notice) -> bool:
    """Tell whether the addressee has a letter, or may have it: a worker died or was overtaken while handing it over."""
    return effects.status(f"send:{notice.key}") in {"done", "handing", "uncertain"}


def _no_longer_needed(notice: Notice) -> bool:
    """Tell whether the machine itself withdrew a letter because its target was gone.

    Such a letter may leave in the same moment. It was right: to take it back in writing would open a fraud again.
    """
    events_of = Event.objects.filter(subject=notice.SUBJECT, subject_id=notice.pk, verb="withdraw")
    last = events_of.order_by("-seq").values_list("facts", flat=True).first() or {}
    return last.get("why") == GONE and notice.case.state != "withdrawn"


def tell_addressee(notice: Notice, now: datetime, world: Adapters) -> Notice | None:
    """Draft the letter that takes a notice back; give it, or None where nobody need be told.

    One such letter goes to an addressee in a round, however many reminders it had. The notice waits for a person until
    that letter has left.
    """
    if notice.state == "withdrawn" and (not arrived(notice) or _no_longer_needed(notice)):
        with transaction.atomic():
            events.note(notice, "rest", now=now, actor=notice.lease_by or world.operator, due_at=None)
        return None
    first = first_of(notice)
    view = further_view(first, "retraction", 0, now, world)
    one = prepare(view, world.brand(first.case.brand), ask_of(first), f"{first.key}.x", world)
    with transaction.atomic():
        events.lock_ledger()
        letter = write_down(first.case, one, now, "", first)
        told = letter.state not in {"draft", "approved", "send_failed"}
        events.note(
            notice, "needs_human", now=now, actor=notice.lease_by or world.operator, due_at=None,
            facts={"trouble": TELL, "letter": letter.pk}, needs_human=not told, trouble="" if told else TELL,
        )  # fmt: skip
    return letter


def told(letter: Notice, now: datetime, who: str) -> None:
    """Take the notices of a row of letters off people's desks once the letter that takes them back has left."""
    first = first_of(letter)
    for notice in (first, *first.later.exclude(pk=letter.pk)):
        if notice.needs_human and notice.trouble == TELL:
            events.note(notice, "addressee_told", now=now, actor=who, facts={"letter": letter.pk}, due_at=None)
