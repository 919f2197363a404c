"""What addressees write back moves the notice, never the facts: only a recheck says what is down."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhengben.flow.send import proved
from zhengben.store import events
from zhengben.store.models import Answer, Case, Notice
from zhengben.store.plain import text
from zhengben.takedown.answers import VERBS

FOR_PEOPLE = frozenset({"needs_information", "refused", "counter_notice", "bounce", "unknown"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One answer as read from a message: its kind (`takedown.answers.KINDS`), the notice's key, the words.

    `message_id` makes taking it twice harmless; `artefact` is the raw message in the vault.
    """

    kind: str
    notice_key: str
    message_id: str
    sender: str = ""
    text: str = ""
    artefact: str = ""


def take_answer(received: Received, now: datetime, actor: str = "inbox") -> Answer | None:
    """Keep an answer and move its notice; give None where this message was taken before.

    An answer that fits no notice, or comes when its notice cannot move that way any more, is kept all the same.
    """
    with transaction.atomic():
        events.lock_ledger()
        message_id = _free_id(received)
        if not message_id:
            return None
        notice = Notice.objects.filter(key=received.notice_key).first() if received.notice_key else None
        answer = Answer.objects.create(
            notice=notice, message_id=message_id, kind=received.kind, sender=text(received.sender, 300),
            text=text(received.text, 20_000), artefact=received.artefact, at=now,
        )  # fmt: skip
        if notice is None:
            facts = {"answer": answer.pk, "kind": answer.kind, "artefact": answer.artefact}
            events.log("answer", answer.pk, "unmatched", now=now, actor=actor, facts=facts)
        else:
            _move(proved(notice, answer.message_id, now, actor), answer, now, actor)
    return answer


def _free_id(received: Received) -> str:
    """Give the number to keep an answer under, or an empty string where it was taken before.

    Some systems give every message the same Message-ID, and anybody can write somebody else's: only the same words to
    the same notice are the same answer. What differs is kept under a number of its own.
    """
    message_id = received.message_id[:300]
    before = Answer.objects.filter(message_id=message_id).select_related("notice").first()
    if before is None:
        return message_id
    said = text(received.text, 20_000)
    tied = received.notice_key if Notice.objects.filter(key=received.notice_key).exists() else ""
    if (before.text, before.kind, before.notice.key if before.notice else "") == (said, received.kind, tied):
        return ""
    another = hashlib.sha256(f"{message_id}\n{received.notice_key}\n{said}".encode("utf-8", "replace")).hexdigest()
    another = f"{message_id[:220]}#{another}"
    return "" if Answer.objects.filter(message_id=another).exists() else another


def _move(notice: Notice, answer: Answer, now: datetime, actor: str) -> None:
    facts = {"answer": answer.pk, "kind": answer.kind, "artefact": answer.artefact}
    verb = VERBS.get(answer.kind, "")
    waits = answer.kind == "acknowledged"
    due_at = notice.due_at if waits else None
    if verb and verb in events.verbs(notice):
        events.move(notice, verb, now=now, actor=actor, facts=facts, due_at=due_at, answered_at=now)
    else:
        events.note(notice, "answer_kept", now=now, actor=actor, facts=facts, due_at=notice.due_at)
    if answer.kind in FOR_PEOPLE:
        events.note(
            notice, "needs_human", now=now, actor=actor, facts={"trouble": answer.kind}, due_at=None, needs_human=True,
            trouble=answer.kind,
        )  # fmt: skip
    if answer.kind == "action_reported":
        _claim_down(notice, now, actor)


def _claim_down(notice: Notice, now: datetime, actor: str) -> None:
    """An addressee says it acted: look at once."""
    case = Case.objects.get(pk=notice.case_id)
    if "claim_down" in events.verbs(case):
        events.move(case, "claim_down", now=now, actor=actor, facts={"notice": notice.pk}, due_at=now)
    elif case.due_at is not None:
        events.note(case, "claimed_down", now=now, actor=actor, facts={"notice": notice.pk}, due_at=now)


def silence(notice: Notice, now: datetime, actor: str) -> None:
    """Nobody answered in time: say so in the record. The case's rechecks go on, and a reminder is due at once."""
    with transaction.atomic():
        waited = (now - notice.sent_at) if notice.sent_at else timedelta()
        events.move(
            notice,
            "silence",
            now=now,
            actor=actor,
            facts={"hours": round(waited.total_seconds() / 3600, 1)},
            due_at=now,
        )
