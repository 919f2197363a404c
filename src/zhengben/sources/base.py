"""What a source is: something that reads on from a cursor and hands over leads in batches.

One source, one file of this room: the file's name is its kind, and `open_source(settings)` gives the reader. A reader
keeps nothing itself: the cursor it hands over with a batch is stored in the same transaction as the batch's leads, so
after a crash it resumes where the record stands, neither losing a line nor taking one twice.
"""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Protocol

from zhengben import sources
from zhengben.core.lead import Lead

# As many as one transaction takes without making the console wait for the ledger's lock.
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Aside:
    """One line that could not be read: where it stands (from 1), a code with its detail, and how it begins."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Leads read together, the lines set aside between them, and the cursor after them. `place` names the file read."""

    cursor: Mapping[str, object]
    leads: tuple[Lead, ...] = ()
    aside: tuple[Aside, ...] = ()
    place: str = ""


class Reader(Protocol):
    """Reads on from a cursor. `bulk` tells that most of what it gives is noise: it is screened by name first."""

    bulk: bool

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give batches until nothing more is there now; raise OSError naming what cannot be read."""
        ...


@cache
def kinds() -> tuple[str, ...]:
    """Give every kind of source there is a file for; nothing is imported, because some of them are heavy."""
    # By its text: importing each would load httpx and websockets into every process that only lists the kinds.
    files = (entry for entry in resources.files(sources).iterdir() if entry.name.endswith(".py"))
    return tuple(sorted(e.name.removesuffix(".py") for e in files if "\ndef open_source(" in e.read_text("utf-8")))


def open_reader(kind: str, name: str, settings: Mapping[str, object]) -> Reader:
    """Open a source of a kind; raise ValueError with one line where the kind or its settings are wrong."""
    if kind not in kinds():
        raise ValueError(f"source {name}: unknown kind {kind!r}; use one of {', '.join(kinds())}")
    reader: Reader = importlib.import_module(f"{sources.__name__}.{kind}").open_source(name, settings)
    return reader


def setting(settings: Mapping[str, object], key: str, name: str) -> str:
    """Give one required setting; raise ValueError naming it where it is missing."""
    value = settings.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"source {name}: the setting {key!r} is missing; give it as text")
    return value
