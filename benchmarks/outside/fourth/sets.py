"""Slips and benign sentences: the hand-written parts, and the halves."""

import hashlib
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from spans import Slip, by_hand, spanned

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


def dev(*parts: str) -> bool:
    """Whether an item is of the half that may be looked at: one bit of the hash of its PARTS."""
    return hashlib.sha256("\t".join(("fourth set", *parts)).encode()).digest()[7] % 2 == 0


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """Code of the brand and marked sentence, of every line of the file at PATH."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, sentence = line.split(" ", 1)
        yield code, sentence


def slips(folder: str = "slips") -> Iterator[Slip]:
    """Every slip, by sort; with FOLDER `plain`, the messages that name a brand rightly and are written oddly."""
    for path in sorted((HERE / folder).glob("*.txt")):
        for code, sentence in marked(path):
            yield Slip(path.stem, CODES[code.rstrip("?")], *spanned(sentence), not code.endswith("?"))


def _framed() -> Iterator[tuple[str, str]]:
    frames = tomllib.loads((HERE / "benign" / "frames.toml").read_text(encoding="utf-8"))
    for kind, frame in frames.items():
        for word in frame["words"]:
            for sentence in frame["sentences"]:
                yield f"near words, {kind}", sentence.replace("{}", word)


def benign() -> list[tuple[str, str]]:
    """Kind and sentence, no sentence twice."""
    parts = (by_hand(HERE / "benign" / "hand.txt"), _framed())
    found = {text: (kind, text) for part in parts for kind, text in part}
    return list(found.values())
