"""The shapes of a complaint: who asks, whom, about what, and the letter that comes of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from zhengben.core.basis import Basis
from zhengben.core.brand import Right
from zhengben.core.verdict import Reason

ADDRESSEES = ("host", "cdn", "registrar", "registry", "store", "platform", "search", "blocklist", "authority")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a notice goes to. `kind` is one of `ADDRESSEES`; `receiver` the id of its playbook, or empty."""

    kind: str
    name: str
    mailbox: str
    language: str = "zh"
    receiver: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complainant:
    """Who signs: a company and a role mailbox, never a person's own (some addressees pass it on to the accused)."""

    company: str
    mailbox: str
    phone: str = ""
    address: str = ""
    department: str = ""
    agent_of: str = ""  # the right holder, where the complainant is its agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The letter a further one speaks of: when it left, and what its addressee has said since.

    `said` is the state of that notice (`core.notice`), `seen_up_at` when it was last seen to be up, `level` which
    reminder this is (from 1), `answer_by` the day by which an answer is asked for.
    """

    sent_at: datetime
    said: str = ""
    seen_up_at: datetime | None = None
    level: int = 1
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """What a letter needs of a case.

    `kind` is a kind of lead, `target` its exact address, `label` a verdict's label, `rights` those in force today
    (`core.gate.valid_rights`), `bases` from `core.basis.bases`, `evidence` the evidence number of the sealed package.
    `asks` are the secrets a page asks for, as in `core.pagefacts.Field`; `round` counts relapses.
    `purpose` is one of `core.notice.PURPOSES`; a further letter has `earlier`, its own date, and for a supplement the
    words of the colleague who wrote it.
    """

    number: str
    kind: str
    target: str
    label: str
    seen_at: datetime
    evidence: str
    sealed_at: datetime
    host: str = ""
    address: str = ""
    title: str = ""
    package: str = ""
    reasons: tuple[Reason, ...] = ()
    rights: tuple[Right, ...] = ()
    bases: tuple[Basis, ...] = ()
    asks: tuple[str, ...] = ()
    screenshot: bytes = b""
    round: int = 0
    purpose: str = "complaint"
    earlier: Earlier | None = None
    words: str = ""
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file beside a letter; its name is ASCII."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter, ready to be read by the person who approves it and to be sent as it is.

    `lacking` holds codes of what an addressee may ask for and the letter does not have (words under `lacking`).
    """

    subject: str
    body: str
    language: str
    sender: str
    mailbox: str
    attachments: tuple[Attachment, ...] = ()
    lacking: tuple[str, ...] = field(default_factory=tuple)
