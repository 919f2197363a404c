"""What a reading of a hostname is, where a spelling stands in it, and what may stand beside a brand."""

from collections.abc import Sequence
from typing import NamedTuple

from zhengben.names.host_model import MOST_KEPT, HostModel
from zhengben.names.hostname import Hostname, Word

MOST_BESIDE = 40  # letters beside a brand that are still looked at


class Find(NamedTuple):
    """One possible reading of a hostname as a brand; offsets in the lower-case name."""

    brand: str
    technique: str
    score: int
    matched: str
    expected: str
    start: int
    end: int
    positions: tuple[int, ...] = ()
    edit: str = ""
    lures: tuple[str, ...] = ()
    characters: tuple[dict[str, object], ...] = ()
    unicode: str = ""


class Scene(NamedTuple):
    """Where a spelling stands: the name, its words, the word it is in, and what is left of that word beside it."""

    name: Hostname
    words: Sequence[Word]
    at: int
    left: str
    right: str

    @property
    def label(self) -> int:
        """Give the index of the label."""
        return self.words[self.at].label


def _explained(text: str, lures: frozenset[str], longest: int) -> tuple[str, ...] | None:
    """Cut what stands beside a brand into lure words and digits; None where something is left over.

    >>> _explained("appxiazai888", frozenset({"app", "xiazai"}), 6)
    ('app', 'xiazai', '888')
    """
    return _cut(text, 0, (lures, longest), set())


def _cut(text: str, at: int, known: tuple[frozenset[str], int], dead: set[int]) -> tuple[str, ...] | None:
    """Cut a text from a place on; `dead` keeps the places that lead nowhere, or words in words would cost too much."""
    if at == len(text):
        return ()
    if at in dead:
        return None
    lures, longest = known
    digits = len(text) - at - len(text[at:].lstrip("0123456789"))
    for size in [digits] if digits else range(min(longest, len(text) - at), 0, -1):
        piece = text[at : at + size]
        if digits or piece in lures:
            rest = _cut(text, at + size, known, dead)
            if rest is not None:
                return (piece, *rest)
    dead.add(at)
    return None


def explained(text: str, model: HostModel) -> tuple[str, ...] | None:
    """Cut what stands beside a brand into lure words and digits; None where something is left over."""
    if not text:
        return ()
    cuts = model.cuts
    if text not in cuts:
        if len(cuts) >= MOST_KEPT:
            cuts.clear()
        cuts[text] = None if len(text) > MOST_BESIDE else _explained(text, model.lures, model.longest_lure)
    return cuts[text]


def beside(words: Sequence[Word], at: int, model: HostModel) -> tuple[str, ...] | None:
    """Give the lures in the other words of a word's label, () for none, None where something stays unexplained."""
    if len(words) == 1:
        return ()
    found: tuple[str, ...] = ()
    label = words[at].label
    for other, word in enumerate(words):
        if word.label == label and other != at:
            cut = explained(word.text, model)
            if cut is None:
                return None
            found += cut
    return found


def surroundings(scene: Scene, model: HostModel) -> tuple[str, ...] | None:
    """Give the lures around a spelling in its label, () for none, None where something stays unexplained."""
    left, right = explained(scene.left, model), explained(scene.right, model)
    if left is None or right is None:
        return None
    others = beside(scene.words, scene.at, model)
    return None if others is None else left + right + others


def readable(piece: str) -> bool:
    """Tell whether letters outweigh digits: 13631 is a number, whatever its digits look like."""
    if piece.isalpha():
        return True
    digits = sum(c.isdigit() for c in piece)
    return 2 * digits < len(piece)


class Looks(NamedTuple):
    """What is worth looking for in a name: all of it, or what the firehose filter has seen a sign of."""

    exact: bool = True
    slips: bool = True
    farms: bool = True
    foreign: bool = True


EVERYTHING = Looks()
