"""What only people can do: look at a number or a name, seal what they saw, file a form, hear an answer by telephone.

Everything done by hand is held as strictly as what the machine does: named, dated, with its proof in the vault, under
the same gate and the same two people, and written into the same ledger.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhengben.core.recheck import UP_STATES, Observation, needs_proof, states_by_hand
from zhengben.evidence.exhibit import Attached
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.complain import StoppedError, case_stops, key_of, note_stops, prepare, stops_of, write_down
from zhengben.flow.ports import Adapters, Ask
from zhengben.flow.preserve import preserve
from zhengben.flow.recheck import Looked, conclude
from zhengben.flow.send import FILE_BY_HAND, count_as_sent
from zhengben.flow.views import case_view
from zhengben.store import effects, events
from zhengben.store.cases import OVER
from zhengben.store.models import Answer, Case, Exhibit, Notice
from zhengben.store.plain import text
from zhengben.takedown.answers import VERBS
from zhengben.takedown.channels import Receiver
from zhengben.takedown.letter import Addressee

BYTES = 32 * 1024 * 1024  # a screen recording of half a minute
SILENCE_H = 72  # where a playbook does not say how long its receiver takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a person saw: from where, with what, one of `states_by_hand`, in their words, and the proof's bytes."""

    state: str
    vantage: str
    client: str
    words: str = ""
    proof: bytes = b""
    media_type: str = "application/octet-stream"


def look_by_hand(case: Case, seen: Seen, by: str, now: datetime, world: Adapters) -> str:
    """Record what a person saw of a case, and give the verb of what follows from it (as `flow.recheck.recheck` does).

    Raises ValueError where the look lacks what it needs, StaleError where the case moved meanwhile.
    """
    _sound(case, seen, by)
    proof = world.vault.put(seen.proof) if seen.proof else ""
    observation = Observation(
        at=now, vantage=text(seen.vantage.strip(), 60), profile=text(seen.client.strip(), 40),
        target=text(case.locator), state=seen.state, by=text(by, 120), proof=proof,
    )  # fmt: skip
    looked = Looked(observation, proof, text(seen.words, 300))
    with transaction.atomic():
        events.lock_ledger()
        came_back = case.state in OVER and seen.state in UP_STATES
        return conclude(case, [looked], now, by, came_back=came_back)


def _sound(case: Case, seen: Seen, by: str) -> None:
    if case.state in {"open", "withdrawn"}:
        raise ValueError(f"case {case.number} is {case.state}: seal what was seen of it first")
    if seen.state not in states_by_hand(case.kind):
        allowed = ", ".join(states_by_hand(case.kind))
        raise ValueError(f"{seen.state!r} cannot be said of a {case.kind}; use one of {allowed}")
    if not (by.strip() and seen.vantage.strip() and seen.client.strip()):
        raise ValueError("a look needs who looked, from where, and with what")
    if needs_proof(seen.state) and not seen.proof:
        raise ValueError(f"{seen.state!r} needs its proof: a screenshot, a recording, a photograph")
    _fits(seen.proof)


def _fits(proof: bytes) -> None:
    if len(proof) > BYTES:
        raise ValueError(f"the proof has {len(proof)} bytes, at most {BYTES} are kept; cut the recording")


def seal_by_hand(case: Case, files: tuple[Attached, ...], by: str, now: datetime, world: Adapters) -> Exhibit:
    """Seal what a person saw where no machine could look whole; the package names that person as its operator.

    Raises ValueError where there is nothing to seal, or the case waits for no seal.
    """
    if not by.strip() or not any(one.body for one in files):
        raise ValueError("an exhibit needs who saw it and at least one file that shows it")
    for one in files:
        _fits(one.body)
    if case.state not in {"open", "relapsed"}:
        raise ValueError(f"case {case.number} is {case.state}; it is sealed already")
    return preserve(case, now, world, by, files)


def draft_for(case: Case, receiver: Receiver, by: str, now: datetime, world: Adapters) -> Notice:
    """Draft a notice that a person will file in a receiver's own form or counter, once a second person approved it.

    Raises StoppedError as `flow.complain.draft` does, ValueError for a receiver that does not take such cases.
    """
    if case.kind not in receiver.takes:
        raise ValueError(f"{receiver.id} takes no {case.kind}; choose one of the receivers shown with the case")
    stops = case_stops(case, now, world)
    if stops:
        raise StoppedError(stops)
    brand = world.brand(case.brand)
    language = receiver.languages[0]
    addressee = Addressee(
        kind=receiver.kind, name=receiver.name[language], mailbox=receiver.id, language=language, receiver=receiver.id,
        source=receiver.source,
    )  # fmt: skip
    ask = Ask(channel=receiver.id, addressee=addressee, silence_h=_silence(receiver), method="form")
    one = prepare(case_view(case, brand, now, world), brand, ask, key_of(case, ask), world)
    with transaction.atomic():
        events.lock_ledger()
        notice = write_down(case, one, now, by)
        note_stops(notice, now, world)
    return notice


def _silence(receiver: Receiver) -> int:
    hours, days = receiver.sla.get("ack_hours"), receiver.sla.get("working_days")
    if isinstance(hours, int):
        return hours
    return days * 24 if isinstance(days, int) else SILENCE_H


def filed(notice: Notice, receipt: str, by: str, now: datetime, world: Adapters, proof: bytes = b"") -> None:
    """Record that a person filed an approved notice: the receiver's number, or a picture of its receipt, or both.

    Raises StoppedError where the gate objects by now, ValueError where it does not wait to be filed.
    """
    if notice.state != "approved" or notice.trouble != FILE_BY_HAND:
        raise ValueError(f"notice {notice.pk} does not wait to be filed ({notice.state})")
    if not by.strip() or not (receipt.strip() or proof):
        raise ValueError("filing needs who filed it, and the receiver's number or a picture of its receipt")
    _fits(proof)
    stops = stops_of(notice, now, world)
    if stops:
        raise StoppedError(stops)
    kept = world.vault.put(proof) if proof else ""
    effects.begin(f"send:{notice.key}", "form", now)
    count_as_sent(notice, {"filed_by": by, "receipt": text(receipt.strip(), 200), "proof": kept}, now, by)


def answer_by_hand(notice: Notice, kind: str, words: str, by: str, now: datetime) -> Answer | None:
    """Record what a receiver said on its web page, by telephone or on paper; it moves the notice as a letter would.

    Raises ValueError for an answer without words or of a kind nobody gives; None where it was recorded before.
    """
    if kind not in VERBS or kind == "bounce":
        raise ValueError(f"{kind!r} is no answer; use one of {', '.join(one for one in VERBS if one != 'bounce')}")
    if not words.strip() or not by.strip():
        raise ValueError("an answer needs what was said, and the name of who heard it")
    said = hashlib.sha256(f"{notice.key}\n{kind}\n{words.strip()}".encode("utf-8", "replace")).hexdigest()
    received = Received(
        kind=kind, notice_key=notice.key, message_id=f"by-hand:{said}", sender=by, text=words.strip()
    )  # fmt: skip
    return take_answer(received, now, by)
