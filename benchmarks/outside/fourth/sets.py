"""Slips and benign sentences: the hand-written parts, and the halves."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CODES = {
    "wl": "weilidai",
    "wy": "weiyedai",
    "wz": "webank",
    "hb": "huabei",
    "jb": "jiebei",
    "lc": "lanchuanbank",
    "zh": "zhihedai",
    "yf": "youfu",
    "jh": "jinheng",
}


@dataclass(frozen=True)
class Slip:
    """A customer's sentence: its sort, the brand meant, the span (code points), whether a careful reader knows it."""

    kind: str
    brand: str
    text: str
    start: int
    end: int
    recognisable: bool


def dev(*parts: str) -> bool:
    """Whether an item is of the half that may be looked at: one bit of the hash of its PARTS."""
    return hashlib.sha256("\t".join(("fourth set", *parts)).encode()).digest()[7] % 2 == 0


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """Code of the brand and marked sentence, of every line of the file at PATH."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, sentence = line.split(" ", 1)
        yield code, sentence


def spanned(sentence: str) -> tuple[str, int, int]:
    """The plain text of a SENTENCE, and where the part between 〔 and 〕 stands in it, in code points."""
    start, end = sentence.index("〔"), sentence.index("〕") - 1
    return re.sub("[〔〕]", "", sentence), start, end


def slips(folder: str = "slips") -> Iterator[Slip]:
    """Every slip, by sort; with FOLDER `plain`, the messages that name a brand rightly and are written oddly."""
    for path in sorted((HERE / folder).glob("*.txt")):
        for code, sentence in marked(path):
            yield Slip(path.stem, CODES[code.rstrip("?")], *spanned(sentence), not code.endswith("?"))


def _by_hand() -> Iterator[tuple[str, str]]:
    kind = ""
    for line in (HERE / "benign" / "hand.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            kind = f"by hand, {line[2:]}"
        else:
            yield kind, line


def _framed() -> Iterator[tuple[str, str]]:
    frames = tomllib.loads((HERE / "benign" / "frames.toml").read_text(encoding="utf-8"))
    for kind, frame in frames.items():
        for word in frame["words"]:
            for sentence in frame["sentences"]:
                yield f"near words, {kind}", sentence.replace("{}", word)


def benign() -> list[tuple[str, str]]:
    """Kind and sentence, no sentence twice."""
    found = {text: (kind, text) for part in (_by_hand, _framed) for kind, text in part()}
    return list(found.values())
