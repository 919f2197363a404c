"""The parts every letter is put together from: who asks, what it is about, rights, facts, law, demands.

Every word is in `locale`; here is only what stands where, and that nothing of a stranger's text is quoted unsafely.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from zhengben.core.basis import ECOMMERCE
from zhengben.core.brand import Brand, Right
from zhengben.core.verdict import Reason
from zhengben.locale.words import say
from zhengben.takedown.letter import Addressee, CaseView, Complainant
from zhengben.takedown.redact import exact, one_line, redact

BEIJING = timezone(timedelta(hours=8))
# A clerk reads the first lines; the rest is in the package, which the letter names.
REASONS = 8
SHORT = 60


def local_time(moment: datetime) -> str:
    """Write a moment in Beijing time to the second."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


class Writer:
    """The parts of one letter in one language, each as lines of text."""

    def __init__(
        self, view: CaseView, brand: Brand, addressee: Addressee, language: str, complainant: Complainant
    ) -> None:
        """Take what the letter is about, to whom it goes and who signs it."""
        self.view, self.brand, self.addressee, self.complainant = view, brand, addressee, complainant
        self.language = language
        # A letter may only claim what two people agreed to; any other label is told as a thing to be looked at.
        claim = view.label if view.label in {"impersonation", "scam"} else "other"
        self.facts: Mapping[str, object] = {
            "brand": brand.names.primary,
            "claim": self.word(f"claim.{claim}"),
            "what": self.word(f"what.{view.kind}"),
            "number": view.number,
            "short": one_line(view.host or view.title or view.target, SHORT),
            # Exact, while everything else is masked and cut: whoever acts must act on this address and no other.
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
            self.word("head_right"), *self.rights(), "",
            self.word("head_facts"), *self._reasons(), self.word("evidence"), self.word("sealed"),
            self.word("package_offer"), "",
        ]  # fmt: skip

    def closing(self, names: str, now: datetime) -> list[str]:
        """Give law, demands, guarantee, objections and signature, line by line."""
        asked = [f"ask_{self.addressee.kind}", "ask_keep", "ask_forward", "ask_reply"]
        # Fifteen days are a rule of that law alone (电子商务法 第43条); elsewhere nothing promises them.
        fifteen = [self.word("counter_ecommerce")] if ECOMMERCE in {b.code for b in self.view.bases} else []
        return [
            self.word("head_law"), *self.law(), "",
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
        # Who writes for another must say so: a notice in a stranger's name is void.
        agent = self.complainant.agent_of or self.complainant.company != self.brand.owner
        rows = [self.word("owner"), self.word("agent" if agent else "company"), self.word("contact")]
        return rows + [self.word(key) for key in ("phone", "address") if self.facts[key]]

    def what(self) -> list[str]:
        """Give what it is about, line by line."""
        rows = [self.word("target")]
        rows += [self.word(key) for key in ("title", "package", "host", "ip") if self.facts[key]]
        return [*rows, self.word("seen"), *([self.word("relapsed")] if self.view.round else [])]

    def rights(self) -> list[str]:
        """Give the rights in force, one a line."""
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
        # What speaks for a target stays in the package: the letter states suspicions, a court weighs both.
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

    def law(self) -> list[str]:
        """Give the legal bases, one a line."""
        zh = self.language == "zh"
        return [f"· {basis.article if zh else say(f'basis.{basis.code}', self.language)}" for basis in self.view.bases]
