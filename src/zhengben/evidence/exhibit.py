"""What is sealed: one thing seen once, with who looked, how, on which machine, and what was made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who answers for a capture. `machine` is True where no person clicked; `id` is the staff or service number."""

    name: str
    id: str = ""
    organisation: str = ""
    machine: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done, and when: `what` is a code such as `fetch`, `capture`, `judge`, `seal`."""

    at: datetime
    what: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is itself the evidence: an app, a message, a picture. `name` is as its giver wrote it."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry of the log when a package was sealed: the package is younger than this entry."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """Everything one package holds. `kind` is a kind of lead, `target` the exact locator, `case` the case number.

    `environment` and `tools` are plain facts (see `evidence.environment`); `verdicts` one a brand.
    """

    target: str
    kind: str
    case: str = ""
    brand: str = ""
    brand_digest: str = ""
    operator: Operator
    steps: tuple[Step, ...] = ()
    fetched: tuple[Fetched, ...] = ()
    captured: tuple[Captured, ...] = ()
    files: tuple[Attached, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    sighting: Mapping[str, object] = field(default_factory=dict)
    environment: Mapping[str, object] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
