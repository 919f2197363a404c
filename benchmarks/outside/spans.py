"""What the outside sets of names share: a name in a sentence with its place, hand-written files, and `screen text`."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tally import ask

Hits = dict[int, list[dict[str, Any]]]


@dataclass(frozen=True)
class Slip:
    """A customer's sentence: its sort, the brand meant, the span (code points), whether a careful reader knows it."""

    kind: str
    brand: str
    text: str
    start: int
    end: int
    recognisable: bool


@dataclass(frozen=True)
class Disguised:
    """A sentence, its kind of disguise, the brand meant, and where the name stands (code points, end exclusive)."""

    kind: str
    brand: str
    text: str
    start: int
    end: int


def spanned(sentence: str) -> tuple[str, int, int]:
    """The plain text of a SENTENCE, and where the part between 〔 and 〕 stands in it, in code points."""
    start, end = sentence.index("〔"), sentence.index("〕") - 1
    return re.sub("[〔〕]", "", sentence), start, end


def by_hand(path: Path) -> Iterator[tuple[str, str]]:
    """Kind and sentence, of every line of the file at PATH; a line with # heads a kind."""
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = f"by hand, {line[2:]}"
        else:
            yield kind, line


def mail(text: str) -> bytes:
    """The e-mail an item describes: `Name <address>|subject|body`."""
    sender, subject, body = text.split("|")
    name, address = re.fullmatch(r"(.*) <(.*)>", sender).groups()  # type: ignore[union-attr]  # all items have both
    note = EmailMessage()
    note["From"] = f'"{name}" <{address}>'
    note["To"] = "reader@example.com"
    note["Subject"] = subject
    note["Date"] = "Fri, 20 Nov 2026 10:02:00 +0800"
    note["Message-ID"] = f"<{hashlib.sha256(text.encode()).hexdigest()[:16]}@{address.split('@')[1]}>"
    note.set_content(body)
    return bytes(note)


def screened(texts: list[str], brands: Path, mode: str) -> Hits:
    """The hits of `screen text` by place in TEXTS; offsets that do not give their own words are counted aloud."""
    path = brands.parent / "texts.txt"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    found: Hits = defaultdict(list)
    for hit in ask("screen", "text", "--json", "--quiet", "--mode", mode, "--brands", str(brands), str(path)):
        found[hit["line"] - 1].append(hit)
    wrong = sum(texts[place][hit["start"] : hit["end"]] != hit["matched"] for place in found for hit in found[place])
    print(f"  {mode}: hits whose offsets do not give their words: {wrong}")
    return found


def touched(hits: Sequence[dict[str, Any]], brand: str, start: int, end: int) -> bool:
    """Whether a hit of BRAND touches the true span."""
    return any(hit["brand"] == brand and hit["start"] < end and hit["end"] > start for hit in hits)


def very(hits: Sequence[dict[str, Any]], brand: str, start: int, end: int) -> bool:
    """Whether a hit of BRAND is that very span."""
    return any((hit["brand"], hit["start"], hit["end"]) == (brand, start, end) for hit in hits)
