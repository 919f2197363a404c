"""What the steps need from outside, as protocols; `wiring` fits the real ones, tests and the range their own.

`Adapters` is the one bundle handed to every step ("world"). Nothing here does anything by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Profile, Seen
from zhengben.core.lead import Lead
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Verdict
from zhengben.evidence.exhibit import Exhibit
from zhengben.takedown.letter import Addressee, CaseView, Letter
from zhengben.takedown.mail import Receipt


class Eyes(Protocol):
    """Going to see, through the egress guard. Never raises for what a target does: the failure is in the answer."""

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        ...

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture in a real browser; `failure="capture_unavailable"` where there is none."""
        ...


class Look(Protocol):
    """What a look at one target gave (`flow.look.Look` is the real one)."""

    @property
    def sighting(self) -> Sighting:
        """The facts."""
        ...

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict."""
        ...

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """One verdict a brand that something was found for."""
        ...

    @property
    def seen(self) -> Seen:
        """The bytes brought home."""
        ...

    @property
    def contacts(self) -> Sequence[Contact]:
        """Ways to reach whoever is behind it."""
        ...


class Looker(Protocol):
    """Looks at a lead and judges it; wiring binds brands, eyes and mode."""

    def __call__(self, kind: str, locator: str, detail: Mapping[str, object]) -> Look:
        """Look once. Raises OSError only where the looker itself cannot work."""
        ...


class Vault(Protocol):
    """The write-once store of bytes (`evidence.vault.Vault`)."""

    def put(self, body: bytes, /) -> str:
        """Keep bytes; give their sha256."""
        ...

    def get(self, sha256: str, /) -> bytes:
        """Give kept bytes."""
        ...


class Sealer(Protocol):
    """Makes a sealed package of an exhibit (`evidence.seal`, bound to this installation's key and log)."""

    def __call__(self, exhibit: Exhibit, now: datetime) -> bytes:
        """Give the package's bytes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One addressee of a round: by which channel, how long to wait, and how much it may be sent.

    `channel` is the playbook's id; after `silence_h` hours without an answer the notice counts as unanswered;
    `per_hour` and `burst` are the token bucket of this channel, over all workers and cases together. `method` is
    `email`, or how a person files it (`takedown.channels.METHODS`): then `addressee.mailbox` is the receiver's id.
    """

    channel: str
    addressee: Addressee
    silence_h: int = 24
    per_hour: float = 600.0
    burst: float = 50.0
    method: str = "email"


class Channels(Protocol):
    """Whom to ask about a case, strongest first (playbooks)."""

    def __call__(self, case: CaseView, brand: Brand) -> Sequence[Ask]:
        """Give the addressees of this round; empty where no machine channel fits."""
        ...


class Writer(Protocol):
    """Writes the letter (`takedown.letters`)."""

    def __call__(self, case: CaseView, brand: Brand, addressee: Addressee, key: str) -> Letter:
        """Give the letter; same arguments, same letter."""
        ...


class Mailer(Protocol):
    """Hands a letter over (`takedown.mail.send`); raises MailError where it was not taken.

    Must call `handing_over()` right before the bytes that cannot be taken back. A sender that cannot tell the moment
    calls it first; then a crash in the middle leaves the letter to a person instead of sending it again.
    """

    def __call__(self, letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        """Send once."""
        ...


class Screen(Protocol):
    """Keeps, of a bulk source's leads, those whose name is like a brand's (`names.api`)."""

    def __call__(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        """Give the leads worth a look."""
        ...


class Delivered(Protocol):
    """Asks the other side whether it has a key already; None where it cannot be asked (plain e-mail)."""

    def __call__(self, key: str) -> bool | None:
        """Answer yes, no, or cannot know."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Vantage:
    """A place to look from: its name, its eyes and the clients it can be."""

    name: str
    eyes: Eyes
    profiles: tuple[Profile, ...]


class Classifier(Protocol):
    """Says what a look means beside the sealed original (`takedown.rechecks.classify`).

    `original` is what `takedown.original.Original.record` gave at sealing, or empty.
    """

    def __call__(self, fetched: Fetched, original: Mapping[str, object]) -> str:
        """Give one of `core.recheck.STATES`."""
        ...


def _cannot_know(key: str) -> bool | None:  # noqa: ARG001 -- the shape of `Delivered`; plain e-mail cannot be asked
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapters:
    """Everything outside that a step may use.

    `control` is a page that must answer, by vantage name (may be empty), `controls` remembers what it said and when;
    `screen` None takes every lead of a bulk source; `in_range` lets rights invented for the range count; `operator` is
    who answers for what a machine does.
    """

    brands: tuple[Brand, ...]
    look: Looker
    vault: Vault
    sealer: Sealer
    channels: Channels
    write: Writer
    mailer: Mailer
    vantages: tuple[Vantage, ...]
    classify: Classifier
    delivered: Delivered = _cannot_know
    screen: Screen | None = None
    control: Mapping[str, str] = field(default_factory=dict)
    controls: dict[str, tuple[datetime, bool]] = field(default_factory=dict, compare=False)
    in_range: bool = False
    operator: str = "zhengben"

    def brand(self, brand_id: str) -> Brand:
        """Give a dossier by its id; raise KeyError saying what to do."""
        for brand in self.brands:
            if brand.id == brand_id:
                return brand
        raise KeyError(f"no dossier {brand_id!r} is loaded; put it back into the folder of dossiers or close its cases")
