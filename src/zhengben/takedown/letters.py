"""Writing a letter: a notice an addressee can act on without asking back, in careful words.

It names who asks, the exact address, the right in force (number, class, term, holder), the facts as suspected facts,
the evidence number, the law that fits (`core.basis`), what is asked, a guarantee of truth, and how to object
(民法典 第1195、1196条; fields of common Chinese notice forms). Every word is in `locale`; here is only their order.
"""

from datetime import datetime

from zhengben.core.brand import Brand
from zhengben.locale.words import say
from zhengben.takedown.letter import Addressee, Attachment, CaseView, Complainant, Letter
from zhengben.takedown.letter_writer import Writer
from zhengben.takedown.letters_further import further
from zhengben.takedown.xarf_report import XarfError, xarf_attachment

PICTURE_BYTES = 4 * 1024 * 1024  # in base64, twice with the report, this still fits into a message of 10 MiB


class LetterError(ValueError):
    """A letter that must not be written; the message says what is missing."""


def draft(
    view: CaseView, brand: Brand, addressee: Addressee, language: str, *, complainant: Complainant, now: datetime
) -> Letter:
    """Write the letter for one addressee, of the purpose that `view` names.

    Raises LetterError without an evidence number, a right or a legal basis; a letter that takes a notice back, or
    gives what was asked for, needs none of them.
    """
    writer = Writer(view, brand, addressee, language, complainant)
    if view.purpose in {"retraction", "supplement"}:
        return _plain(writer, now)
    _must_hold(view)
    attachments, lacking = _attachments(writer)
    names = "、".join(one.name for one in attachments) if language == "zh" else ", ".join(a.name for a in attachments)
    if view.purpose == "reminder":
        subject, rows = further(writer, names, view.dated or now)
    else:
        subject, rows = writer.subject(), [*writer.paragraphs(), *writer.closing(names, view.dated or now)]
    body = "\n".join(rows) + "\n"
    return Letter(
        subject=subject,
        body=body,
        language=language,
        sender=complainant.company,
        mailbox=complainant.mailbox,
        attachments=attachments,
        lacking=(*lacking, *_lacking(view, complainant)),
    )


def _plain(writer: Writer, now: datetime) -> Letter:
    """Give a letter without attachments: nothing is accused in it, so nothing need be proved again."""
    subject, rows = further(writer, "", writer.view.dated or now)
    return Letter(
        subject=subject, body="\n".join(rows) + "\n", language=writer.language, sender=writer.complainant.company,
        mailbox=writer.complainant.mailbox,
    )  # fmt: skip


def lacking_words(code: str, language: str) -> str:
    """Say one code of `Letter.lacking` in words; what stands behind the colon is its fact."""
    name, _, fact = code.partition(":")
    return say(f"lacking.{name}", language, {"number": fact, "why": fact})


def _must_hold(view: CaseView) -> None:
    if len(view.evidence) != 64:
        raise LetterError(f"case {view.number}: no letter without a sealed package; seal what was seen first")
    if not view.bases:
        raise LetterError(f"case {view.number}: no letter without a legal basis; see core.basis")
    if not view.rights:
        raise LetterError(f"case {view.number}: no right is in force today; enter a renewal or its document first")


def _attachments(writer: Writer) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    view = writer.view
    found = [Attachment(f"evidence-{writer.language}.txt", "text/plain", writer.summary().encode())]
    if 0 < len(view.screenshot) <= PICTURE_BYTES:
        found.append(Attachment("screenshot.png", "image/png", view.screenshot))
    try:
        report = xarf_attachment(view, writer.brand, writer.complainant, drill=any(r.invented for r in view.rights))
    except XarfError as error:
        return tuple(found), (f"xarf:{error}",)
    return (report, *found), ()


def _lacking(view: CaseView, complainant: Complainant) -> list[str]:
    found = [f"right_document:{right.number}" for right in view.rights if not right.document]
    if not 0 < len(view.screenshot) <= PICTURE_BYTES:
        found.append("large_screenshot" if view.screenshot else "screenshot")
    return found + [key for key in ("phone", "address") if not getattr(complainant, key)]
