"""Sending an approved notice, once, whatever dies in the middle.

    begin(key)            durable: somebody is about to send
      handing_over()      durable, right before the bytes that cannot be taken back
      the other side says yes
    finish + move         one transaction: receipt, notice `sent`, case `complained`

A worker that dies before `handing_over` is simply followed by another. One that dies after it leaves a letter of which
nobody here knows whether it left: the other side is asked where that is possible, otherwise a person decides.
"""

from datetime import datetime, timedelta

from django.db import transaction

from zhengben.core.notice import guards_of, verb_of
from zhengben.core.recheck import SCHEDULE
from zhengben.flow.complain import StoppedError, stops_of
from zhengben.flow.ports import Adapters
from zhengben.flow.withdraw import told
from zhengben.store import buckets, due, effects, events
from zhengben.store.events import StaleError
from zhengben.store.models import Case, Notice
from zhengben.store.plain import json_value
from zhengben.takedown.letter import Attachment, Letter
from zhengben.takedown.mail import MailError

MAYBE_SENT = "maybe_sent"
FILE_BY_HAND = "file_by_hand"
# A busy server within the hour, a broken one by the evening; after that a person should know.
RETRY = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))


def send(notice: Notice, now: datetime, world: Adapters) -> bool:
    """Send one approved notice that this worker claimed; tell whether it is sent now.

    Raises StaleError where it is no longer this worker's. What stops it, and what failed, is in the notice afterwards.
    """
    who = notice.lease_by or world.operator
    # Asked again at the last moment: since the approval the mark may have ended, or the target turned official.
    stops = stops_of(notice, now, world)
    if stops:
        _stopped(notice, StoppedError(stops), now, who)
        return False
    if notice.envelope.get("method", "email") != "email":
        due.hold(notice, now, why=FILE_BY_HAND, actor=who)  # `flow.by_hand.filed` takes it from here
        return False
    status = effects.begin(f"send:{notice.key}", "mail", now)
    if status == "done":
        _sent(notice, effects.receipt(f"send:{notice.key}"), now, who)
        return True
    if status in {"handing", "uncertain"}:
        return _doubtful(notice, now, world, who)
    if _throttled(notice, now):
        return False
    return _hand(notice, now, world, who)


def _hand(notice: Notice, now: datetime, world: Adapters, who: str) -> bool:
    def handing_over() -> None:
        """Mark the letter as handed over, at the last moment at which a withdrawal is still heard."""
        due.extend(notice, now)  # whoever withdrew it meanwhile is heard until the last moment
        effects.handing(f"send:{notice.key}")

    due.extend(notice, now)
    try:
        receipt = world.mailer(letter_of(notice, world), notice.addressee, notice.key, now, handing_over)
    except MailError as error:
        return _failed(notice, error, now, who)
    try:
        _sent(notice, json_value(receipt), now, who)
    except StaleError:
        _overtaken(Notice.objects.get(pk=notice.pk), json_value(receipt), now, who)
    return True


def _overtaken(notice: Notice, receipt: dict[str, object], now: datetime, who: str) -> None:
    """Somebody else moved a notice while its letter was on its way: say what is known now, that it arrived.

    Another worker may have left it to a person; a person may have withdrawn it, and then the addressee must be told.
    """
    proved(notice, str(receipt["message_id"]), now, who)
    if notice.state != "withdrawn":
        return
    with transaction.atomic():
        events.lock_ledger()
        effects.finish(f"send:{notice.key}", receipt, now)
        events.note(notice, "arrived_after_all", now=now, actor=who, facts={"receipt": receipt}, due_at=now)


def letter_of(notice: Notice, world: Adapters) -> Letter:
    """Give the letter exactly as it was approved."""
    return Letter(
        subject=notice.subject, body=notice.body, language=notice.language, sender=notice.envelope["sender"],
        mailbox=notice.envelope["mailbox"],
        attachments=tuple(
            Attachment(one["name"], one["media_type"], world.vault.get(one["sha256"])) for one in notice.attachments
        ),
        lacking=tuple(notice.envelope.get("lacking", ())),
    )  # fmt: skip


def _throttled(notice: Notice, now: datetime) -> bool:
    """Wait for the channel's token where there is none; waiting is no failed attempt."""
    envelope = notice.envelope
    # An abuse desk that gets forty letters at once from one sender puts all of them aside.
    wait = buckets.take(
        f"channel:{notice.channel}", per_hour=float(envelope["per_hour"]), burst=float(envelope["burst"]), now=now
    )
    if not wait:
        return False
    # Waiting in our own queue is nobody's failure, and must not use up the attempts.
    notice.attempts = 0
    due.put_back(notice, now, trouble="channel_busy", after=wait)
    return True


def _sent(notice: Notice, receipt: dict[str, object], now: datetime, who: str) -> None:
    """Write down that it left: receipt, notice and case in one transaction."""
    with transaction.atomic():
        events.lock_ledger()
        effects.finish(f"send:{notice.key}", receipt, now)
        facts = {"key": notice.key, "receipt": receipt, "approved_by": notice.approved_by}
        events.move(
            notice, verb_of("send", notice.purpose), now=now, actor=who, holds=guards_of(notice.purpose), facts=facts,
            due_at=_silence_at(notice, now), sent_at=now,
        )  # fmt: skip
        if notice.purpose == "retraction":
            told(notice, now, who)
            return
        case = Case.objects.get(pk=notice.case_id)
        if case.state in {"sealed", "relapsed"}:
            events.move(
                case, "complain", now=now, actor=who, holds=("notice_sent",), facts={"notice": notice.pk},
                due_at=now + SCHEDULE[0], first_notice_at=case.first_notice_at or now, watch_from=now, looks=0,
            )  # fmt: skip


def _silence_at(notice: Notice, now: datetime) -> datetime | None:
    """Give when an addressee counts as silent; nobody is pressed to confirm that we took something back."""
    if notice.purpose == "retraction":
        return None
    return now + timedelta(hours=float(notice.envelope.get("silence_h", 24)))


def _stopped(notice: Notice, error: StoppedError, now: datetime, who: str) -> None:
    """Something changed since the approval: hold it for a person, with every reason."""
    with transaction.atomic():
        events.note(
            notice, "stopped", now=now, actor=who, facts={"stops": [json_value(stop) for stop in error.stops]},
            due_at=None, needs_human=True, trouble="stopped", stops=[json_value(stop) for stop in error.stops],
        )  # fmt: skip


def _doubtful(notice: Notice, now: datetime, world: Adapters, who: str) -> bool:
    key = f"send:{notice.key}"
    answer = world.delivered(notice.key)
    if answer is None:
        effects.doubt(key, now)
        due.hold(notice, now, why=MAYBE_SENT, actor=who)
        return False
    if answer:
        _sent(notice, {"message_id": notice.key, "answer": "the other side has it"}, now, who)
        return True
    effects.not_handed(key)
    return _hand(notice, now, world, who)


def _failed(notice: Notice, error: MailError, now: datetime, who: str) -> bool:
    """Not taken: try again later, or hold it for a person where trying again cannot help or may do it twice."""
    key = f"send:{notice.key}"
    if error.uncertain:
        effects.doubt(key, now)
        due.hold(notice, now, why=MAYBE_SENT, actor=who)
        return False
    effects.not_handed(key)
    if error.retriable:
        wait = RETRY[min(notice.attempts, len(RETRY)) - 1]
        due.put_back(notice, now, trouble=str(error), after=wait)
        return False
    with transaction.atomic():
        events.move(notice, "fail", now=now, actor=who, facts={"trouble": str(error)[:300]}, due_at=None)
        events.note(
            notice, "needs_human", now=now, actor=who, facts={"trouble": str(error)[:300]}, due_at=None,
            needs_human=True, trouble=str(error)[:300],
        )  # fmt: skip
    return False


def count_as_sent(notice: Notice, receipt: dict[str, object], now: datetime, by: str) -> None:
    """Write down that a person handed a notice over; the same record as for one that left by mail."""
    _sent(notice, receipt, now, by)


def proved(notice: Notice, by: str, now: datetime, who: str) -> Notice:
    """Count a doubtful letter as sent once somebody answers it: nobody answers what never arrived."""
    if notice.trouble == MAYBE_SENT and notice.state == "approved":
        _sent(notice, {"proved_by": by}, now, who)
    return notice


def resolve(notice: Notice, by: str, now: datetime, *, left: bool) -> None:
    """Let a person decide about a letter of which nobody knew whether it left: it did, or it may be sent again."""
    if notice.trouble != MAYBE_SENT:
        raise ValueError(f"notice {notice.pk} is in no doubt; nothing to resolve")
    if left:
        _sent(notice, {"confirmed_by": by}, now, by)
        return
    effects.free(f"send:{notice.key}")
    with transaction.atomic():
        events.note(notice, "send_again", now=now, actor=by, due_at=now)


def retry(notice: Notice, by: str, now: datetime) -> None:
    """Let a person put a notice whose sending failed back into the queue."""
    with transaction.atomic():
        events.move(notice, "retry", now=now, actor=by, due_at=now)
