"""What is written after a first letter: a reminder, what was asked for, or that the notice is taken back.

A reminder names the letter it reminds of, what came of it and what was seen since, and grows firmer by its level; it
never claims more than the first letter did.
"""

from datetime import datetime

from zhengben.takedown.letter import Earlier
from zhengben.takedown.letter_writer import Writer, local_time
from zhengben.takedown.redact import redact

# Two pages: what is longer belongs into a document, and abuse desks cut it off.
MOST_WORDS = 4000  # characters a person may add to a letter


def further(writer: Writer, names: str, now: datetime) -> tuple[str, list[str]]:
    """Give subject and lines of a further letter; `names` are its attachments, as the letter lists them.

    Raises ValueError where the view does not name the earlier letter.
    """
    earlier = writer.view.earlier
    if earlier is None:
        raise ValueError(f"case {writer.view.number}: a further letter names the one before it; give `earlier`")
    return {"reminder": _reminder, "supplement": _supplement, "retraction": _retraction}[writer.view.purpose](
        writer, earlier, names, now
    )


def _reminder(writer: Writer, earlier: Earlier, names: str, now: datetime) -> tuple[str, list[str]]:
    facts = _facts(earlier) | {"names": names}
    # Said only where somebody looked: a reminder that is wrong about this is the last one that is read.
    seen = earlier.seen_up_at
    rows = [
        writer.word("greeting"), "", writer.word("reminder.opening", facts),
        writer.word(f"reminder.said.{_said(earlier)}", facts),
        *([writer.word("reminder.still_up", {"looked": local_time(seen)})] if seen else []), "",
        writer.word("head_who"), *writer.who(), "",
        writer.word("head_what"), *writer.what(), "",
        writer.word("head_right"), *writer.rights(), "",
        writer.word("reminder.head_law"), *writer.law(), writer.word(f"reminder.level{earlier.level}", facts), "",
        writer.word("reminder.head_ask"), writer.word(f"ask_{writer.addressee.kind}"),
        writer.word("reminder.answer_by", facts), writer.word("counter_wrong"), "",
        writer.word("evidence"), writer.word("privacy"), *([writer.word("attached", facts)] if names else []), "",
        writer.signed(now),
    ]  # fmt: skip
    return writer.drill() + writer.word("reminder.subject", facts), rows


def _supplement(writer: Writer, earlier: Earlier, _names: str, now: datetime) -> tuple[str, list[str]]:
    facts = _facts(earlier)
    # the words are a colleague's, yet nothing of a private person leaves the house unmasked
    said = redact(writer.view.words[:MOST_WORDS]).strip()
    rows = [
        writer.word("greeting"), "", writer.word("supplement.opening", facts), "", *said.splitlines(), "",
        *writer.what(), writer.word("evidence"), "", writer.word("privacy"), "", *writer.who(), "", writer.signed(now),
    ]  # fmt: skip
    return writer.drill() + writer.word("supplement.subject", facts), rows


def _retraction(writer: Writer, earlier: Earlier, _names: str, now: datetime) -> tuple[str, list[str]]:
    rows = [
        writer.word("greeting"), "", writer.word("retraction.opening"),
        writer.word("retraction.letters", _facts(earlier)), "", *writer.what(), "",
        writer.word("retraction.ask"), writer.word("retraction.sorry"), "", *writer.who(), "", writer.signed(now),
    ]  # fmt: skip
    return writer.drill() + writer.word("retraction.subject"), rows


def _facts(earlier: Earlier) -> dict[str, object]:
    return {
        "sent": local_time(earlier.sent_at),
        "answer_by": earlier.answer_by.isoformat() if earlier.answer_by else "",
        "level": earlier.level,
    }


def _said(earlier: Earlier) -> str:
    return earlier.said if earlier.said in {"acknowledged", "action_reported", "refused"} else "nothing"
