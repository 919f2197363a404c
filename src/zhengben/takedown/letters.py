"""Writing a letter: a notice an addressee can act on without asking back, in careful words.

It names who asks, the exact address, the right in force (number, class, term, holder), the facts as suspected facts,
the evidence number, the law that fits (`core.basis`), what is asked, a guarantee of truth, and how to object
(民法典 第1195、1196条; fields of common Chinese notice forms). Every word is in `locale`; here is only their order.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from zhengben.core.basis import ECOMMERCE
from zhengben.core.brand import Brand, Right
from zhengben.core.verdict import Reason
from zhengben.locale.words import say
from zhengben.takedown.letter import Addressee, Attachment, CaseView, Complainant, Letter
from zhengben.takedown.redact import exact, one_line, redact
from zhengben.takedown.xarf_report import XarfError, xarf_attachment

BEIJING = timezone(timedelta(hours=8))
REASONS = 8
SHORT = 60
PICTURE_BYTES = 4 * 1024 * 1024  # in base64, twice with the report, this still fits into a message of 10 MiB


class LetterError(ValueError):
    """A letter that must not be written; the message says what is missing."""


def draft(
    view: CaseView, brand: Brand, addressee: Addressee, language: str, *, complainant: Complainant, now: datetime
) -> Letter:
    """Write the letter for one addressee; raise LetterError without an evidence number, a right or a legal basis."""
    _must_hold(view)
    writer = _Writer(view, brand, addressee, language, complainant)
    attachments, lacking = _attachments(writer)
    names = "、".join(one.name for one in attachments) if language == "zh" else ", ".join(a.name for a in attachments)
    body = "\n".join([*writer.paragraphs(), *writer.closing(names, now)]) + "\n"
    return Letter(
        subject=writer.subject(),
        body=body,
        language=language,
        sender=complainant.company,
        mailbox=complainant.mailbox,
        attachments=attachments,
        lacking=(*lacking, *_lacking(view, complainant)),
    )


def retract(
    view: CaseView, brand: Brand, addressee: Addressee, language: str, *, complainant: Complainant, now: datetime
) -> Letter:
    """Write the letter that takes a notice back; it needs no right in force."""
    writer = _Writer(view, brand, addressee, language, complainant)
    told = [
        writer.word("greeting"), "", writer.word("retraction.opening"), "", *writer.what(), "",
        writer.word("retraction.ask"), writer.word("retraction.sorry"), "", *writer.who(), "", writer.signed(now),
    ]  # fmt: skip
    return Letter(
        subject=writer.drill() + writer.word("retraction.subject"),
        body="\n".join(told) + "\n",
        language=language,
        sender=complainant.company,
        mailbox=complainant.mailbox,
    )


def lacking_words(code: str, language: str) -> str:
    """Say one code of `Letter.lacking` in words; what stands behind the colon is its fact."""
    name, _, fact = code.partition(":")
    return say(f"lacking.{name}", language, {"number": fact, "why": fact})


def local_time(moment: datetime) -> str:
    """Write a moment in Beijing time to the second."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


class _Writer:
    """The parts of one letter in one language."""

    def __init__(
        self, view: CaseView, brand: Brand, addressee: Addressee, language: str, complainant: Complainant
    ) -> None:
        self.view, self.brand, self.addressee, self.complainant = view, brand, addressee, complainant
        self.language = language
        claim = view.label if view.label in {"impersonation", "scam"} else "other"
        self.facts: Mapping[str, object] = {
            "brand": brand.names.primary,
            "claim": self.word(f"claim.{claim}"),
            "what": self.word(f"what.{view.kind}"),
            "number": view.number,
            "short": one_line(view.host or view.title or view.target, SHORT),
            "target": exact(view.target),
            "title": one_line(redact(view.title)),
            "package": one_line(view.package),
            "host": one_line(view.host, 253),
            "ip": one_line(view.address),
            "seen": local_time(view.seen_at),
            "round": view.round,
            "evidence": view.evidence,
            "sealed": local_time(view.sealed_at),
            "addressee": one_line(addressee.name),
            "owner": brand.owner,
            "company": complainant.company,
            "mailbox": complainant.mailbox,
            "phone": complainant.phone,
            "address": complainant.address,
            "department": f" {complainant.department}" if complainant.department else "",
        }

    def word(self, key: str, more: Mapping[str, object] | None = None) -> str:
        """Say one key of the letter with its facts."""
        return say(f"letter.{key}", self.language, {**getattr(self, "facts", {}), **(more or {})})

    def subject(self) -> str:
        """Give the subject; a letter that rests on a right invented for the range says that it is a drill."""
        return self.drill() + self.word("subject")

    def drill(self) -> str:
        """Give the mark of a drill, or nothing."""
        return self.word("drill") if any(right.invented for right in self.view.rights) else ""

    def signed(self, now: datetime) -> str:
        """Give the signature with the date in China."""
        return self.word("sign", {"day": now.astimezone(BEIJING).date().isoformat()})

    def paragraphs(self) -> list[str]:
        """Give who, what, rights and facts, line by line."""
        return [
            self.word("greeting"), "", self.word("opening"), "",
            self.word("head_who"), *self.who(), "",
            self.word("head_what"), *self.what(), "",
            self.word("head_right"), *self._rights(), "",
            self.word("head_facts"), *self._reasons(), self.word("evidence"), self.word("sealed"),
            self.word("package_offer"), "",
        ]  # fmt: skip

    def closing(self, names: str, now: datetime) -> list[str]:
        """Give law, demands, guarantee, objections and signature, line by line."""
        asked = [f"ask_{self.addressee.kind}", "ask_keep", "ask_forward", "ask_reply"]
        fifteen = [self.word("counter_ecommerce")] if ECOMMERCE in {b.code for b in self.view.bases} else []
        return [
            self.word("head_law"), *self._law(), "",
            self.word("head_ask"), *(f"({place}) {self.word(key)}" for place, key in enumerate(asked, 1)), "",
            self.word("head_truth"), self.word("truth"), "",
            self.word("head_counter"), self.word("counter"), *fifteen, self.word("counter_wrong"), "",
            self.word("privacy"), *([self.word("attached", {"names": names})] if names else []), "",
            self.signed(now),
        ]  # fmt: skip

    def summary(self) -> str:
        """Give the summary of evidence that is attached: sections two to four and nothing more."""
        rows = [
            say("summary.title", self.language), "", *self.what(), "", *self._reasons(),
            self.word("evidence"), self.word("sealed"), "", say("summary.note", self.language),
        ]  # fmt: skip
        return "\n".join(rows) + "\n"

    def who(self) -> list[str]:
        """Give who gives notice, line by line."""
        agent = self.complainant.agent_of or self.complainant.company != self.brand.owner
        rows = [self.word("owner"), self.word("agent" if agent else "company"), self.word("contact")]
        return rows + [self.word(key) for key in ("phone", "address") if self.facts[key]]

    def what(self) -> list[str]:
        """Give what it is about, line by line."""
        rows = [self.word("target")]
        rows += [self.word(key) for key in ("title", "package", "host", "ip") if self.facts[key]]
        return [*rows, self.word("seen"), *([self.word("relapsed")] if self.view.round else [])]

    def _rights(self) -> list[str]:
        return [self.word("right", self._right(right)) for right in self.view.rights] or [self.word("no_right")]

    def _right(self, right: Right) -> dict[str, object]:
        kind = right.kind if right.kind in {"trademark", "copyright"} else "other"
        standing = right.standing if right.standing in {"owner", "assignment", "licence"} else "owner"
        return {
            "number": right.number,
            "kind": self.word(f"kind.{kind}"),
            "nice": right.nice_class or "-",
            "goods": f"（{right.goods}）" if right.goods else "",
            "registrant": right.registrant or "-",
            "holder": right.holder or self.brand.owner,
            "standing": self.word(f"standing.{standing}"),
            "valid_from": right.valid_from,
            "valid_to": right.valid_to,
        }

    def _reasons(self) -> list[str]:
        rows = [row for row in map(self._reason, self._accusing()) if row][:REASONS]
        told = [self.word("facts"), *(f"· {row}" for row in dict.fromkeys(rows))]
        if self.view.asks:
            asked = [self.word(f"asked.{one}") for one in dict.fromkeys(self.view.asks)]
            told.append(self.word("asks", {"asks": "、".join(asked) if self.language == "zh" else ", ".join(asked)}))
        return told if len(told) > 1 else [*told, self.word("no_reason")]

    def _accusing(self) -> list[Reason]:
        return [reason for reason in self.view.reasons if reason.weight > 0]

    def _reason(self, reason: Reason) -> str:
        try:
            return one_line(redact(say(f"reason.{reason.code}", self.language, reason.facts)), 300)
        except KeyError:  # a code without words has no place in a letter; it is in the package
            return ""

    def _law(self) -> list[str]:
        zh = self.language == "zh"
        return [f"· {basis.article if zh else say(f'basis.{basis.code}', self.language)}" for basis in self.view.bases]


def _must_hold(view: CaseView) -> None:
    if len(view.evidence) != 64:
        raise LetterError(f"case {view.number}: no letter without a sealed package; seal what was seen first")
    if not view.bases:
        raise LetterError(f"case {view.number}: no letter without a legal basis; see core.basis")
    if not view.rights:
        raise LetterError(f"case {view.number}: no right is in force today; enter a renewal or its document first")


def _attachments(writer: _Writer) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
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
