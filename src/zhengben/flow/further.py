"""Letters after the first: reminders that grow firmer by legal periods, and what an addressee asked for.

The machine proposes a reminder when a period is over and nothing was done; two people decide, as with every letter.
After the last one a person must choose another way (an authority, the registry above, a court).
"""

from datetime import datetime, timedelta

from django.db import transaction

from zhengben.core.notice import UNSENT, WAITING
from zhengben.core.recheck import DOWN_STATES
from zhengben.core.reminders import Reminder, reminder
from zhengben.flow.complain import StoppedError, case_stops, note_stops, prepare, write_down
from zhengben.flow.ports import Adapters, Ask
from zhengben.flow.views import case_view, further_view, urgent_case
from zhengben.store import due, events
from zhengben.store.cases import OVER
from zhengben.store.models import Notice
from zhengben.store.queries_cases import latest_states
from zhengben.takedown.letter import Addressee

LADDER_ENDED = "ladder_ended"
CONFIRM = timedelta(hours=12)  # as between the rounds that prove a removal
LATER = timedelta(days=1)  # a reminder the gate stops today is tried again: a renewal may be entered meanwhile
_NO_MORE = frozenset({*OVER, "withdrawn"})


def first_of(notice: Notice) -> Notice:
    """Give the first letter of the row of letters a notice belongs to, as it stands in the record now."""
    # read anew: the caller's row may be older than the addressee's last answer, which the letter quotes
    return Notice.objects.select_related("case").get(pk=notice.about_id or notice.pk)


def ask_of(notice: Notice) -> Ask:
    """Give the addressee of a notice and its channel's limits, as they were when it was drafted."""
    told = notice.envelope
    addressee = Addressee(
        kind=told.get("kind", "host"), name=told.get("name", ""), mailbox=notice.addressee, language=notice.language
    )
    return Ask(
        channel=notice.channel, addressee=addressee, silence_h=told.get("silence_h", 24),
        per_hour=told.get("per_hour", 600.0), burst=told.get("burst", 50.0), method=told.get("method", "email"),
    )  # fmt: skip


def remind(notice: Notice, now: datetime, world: Adapters) -> Notice | None:
    """Draft the next reminder to an addressee that does not act, or wait for its time; give the draft or None."""
    first, who = first_of(notice), notice.lease_by or world.operator
    if first.case.state in _NO_MORE or first.round != first.case.relapses or _under_way(first):
        _rest(notice, now, who)
        return None
    if _looks_gone(first):
        _rest(notice, now, who, Reminder(notice.level, now + CONFIRM))
        return None
    following = _next(first, now, world)
    if following is None:
        due.hold(notice, now, why=LADDER_ENDED, actor=who)
        return None
    if following.at > now:
        _rest(notice, now, who, following)
        return None
    if case_stops(first.case, now, world):
        _rest(notice, now, who, Reminder(following.level, now + LATER))
        return None
    return _draft(first, notice, following.level, now, world)


def remind_now(notice: Notice, by: str, now: datetime, world: Adapters) -> Notice:
    """Let a person draft the next reminder at once: after a refusal, or after a claim that was not true.

    Raises ValueError where one is under way or the last was sent, StoppedError where the gate objects.
    """
    first = first_of(notice)
    following = _next(first, now, world)
    if first.case.state in _NO_MORE or _under_way(first) or following is None:
        raise ValueError(f"notice {notice.pk}: no reminder can be drafted now; see the letters of its case")
    stops = case_stops(first.case, now, world)
    if stops:
        raise StoppedError(stops)
    return _draft(first, None, following.level, now, world, by)


def supplement(notice: Notice, words: str, by: str, now: datetime, world: Adapters) -> Notice:
    """Draft what an addressee asked for, in a colleague's words; a second person approves it like any letter.

    Raises ValueError where there is nothing to say, or nobody can have asked.
    """
    first = first_of(notice)
    if not words.strip() or not by.strip():
        raise ValueError("a further letter needs its words and the name of who wrote them")
    if first.sent_at is None:
        raise ValueError(f"notice {notice.pk} has not left yet; nobody can have asked about it")
    level = first.later.filter(purpose="supplement").count() + 1
    view = further_view(first, "supplement", level, now, world, words.strip())
    one = prepare(view, world.brand(first.case.brand), ask_of(first), f"{first.key}.s{level}", world)
    with transaction.atomic():
        events.lock_ledger()
        letter = write_down(first.case, one, now, by, first)
        note_stops(letter, now, world)
    return letter


def _next(first: Notice, now: datetime, world: Adapters) -> Reminder | None:
    """Give the next reminder of a row of letters, or None after the last; one that was turned down counts as spent."""
    level = first.later.filter(purpose="reminder").count() + 1
    view = case_view(first.case, world.brand(first.case.brand), now, world)
    return reminder(first.sent_at or now, level, is_urgent=urgent_case(first.case, view))


def _under_way(first: Notice) -> bool:
    """Tell whether a further letter waits for people or for its answer: two reminders at once would be noise."""
    return first.later.filter(state__in=[*UNSENT, *WAITING]).exclude(purpose="retraction").exists()


def _looks_gone(first: Notice) -> bool:
    """Tell whether the newest looks all say that it is gone: the next rounds prove it, or say the contrary."""
    states = {look.state for look in latest_states(first.case)}
    return bool(states) and states <= DOWN_STATES


def _draft(first: Notice, claimed: Notice | None, level: int, now: datetime, world: Adapters, by: str = "") -> Notice:
    view = further_view(first, "reminder", level, now, world)
    one = prepare(view, world.brand(first.case.brand), ask_of(first), f"{first.key}.r{level}", world)
    with transaction.atomic():
        events.lock_ledger()
        letter = write_down(first.case, one, now, by, first)
        note_stops(letter, now, world)
        if claimed is not None:
            events.note(
                claimed, "reminder_drafted", now=now, actor=claimed.lease_by or world.operator, due_at=None,
                facts={"letter": letter.pk, "level": level},
            )  # fmt: skip
    return letter


def _rest(notice: Notice, now: datetime, who: str, until: Reminder | None = None) -> None:
    """Leave the queue, or come back when the next reminder is due."""
    facts = {} if until is None else {"level": until.level, "provisional": until.provisional}
    with transaction.atomic():
        events.note(notice, "rest", now=now, actor=who, facts=facts, due_at=None if until is None else until.at)
