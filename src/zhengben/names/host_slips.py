"""One slip in a brand's spelling: a letter left out, put in, replaced or swapped, whole or beside lures."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhengben.names import tables
from zhengben.names.host_model import SHORTEST, SHORTEST_TYPO, HostModel, LatinTerm
from zhengben.names.host_scene import Find, Scene, readable, surroundings
from zhengben.names.hostname import Hostname, Word
from zhengben.names.latin import deletions, fold, one_edit

ENDS = 2  # letters at the beginning or at the end of a name that any one slip leaves as they are
FEW = 2  # own letters of a name beside a common word: too few to tell a slip from another name
WORD_ITSELF = 16  # taken from a slip that is a word of everyday Chinese: kuaile (快乐) beside a brand called kuaili
EDIT_SCORE = {
    "transposition": 74, "repetition": 74, "omission": 70, "insertion": 70, "replacement": 70, "keyboard": 72,
    "bitsquat": 72, "vowel_swap": 72,
}  # fmt: skip


def slip_finds(name: Hostname, words: Sequence[Word], at: int, word: Word, model: HostModel) -> Sequence[Find]:
    """Give every reading of a word as a brand with one slip, alone or beside digits or one lure word."""
    slips = _slips_of(word.text, model)
    if not slips:
        return ()
    finds = [
        _typo(Scene(name, words, at, left, right), term, piece, (edit, place), model)
        for left, piece, right, term, edit, place in slips
    ]
    return [find for find in finds if find]


def _slips_of(word: str, model: HostModel) -> tuple[tuple[str, str, str, LatinTerm, str, int], ...]:
    key = "/" + word  # beside the same word as it stands
    known = model.memo.get(key)
    if known is None:
        known = tuple(
            (left, piece, right, *found)
            for left, piece, right in _pieces(word, model)
            for found in _edits(piece, model)
        )
        model.keep(key, known)
    return known


def _pieces(word: str, model: HostModel) -> Iterator[tuple[str, str, str]]:
    """Give the word, the word without digits at its ends, and the word without one lure before or behind it."""
    yield "", word, ""
    bare = word.strip("0123456789")
    if bare != word and bare:
        start = word.index(bare)
        yield word[:start], bare, word[start + len(bare) :]
    for size in range(2, min(model.longest_lure, len(bare) - SHORTEST_TYPO + 1) + 1):
        if bare[:size] in model.lures:
            yield bare[:size], bare[size:], ""
        if bare[-size:] in model.lures:
            yield "", bare[:-size], bare[-size:]


def _edits(piece: str, model: HostModel) -> Iterator[tuple[LatinTerm, str, int]]:
    folded = fold(piece) if SHORTEST <= len(piece) <= 40 else ""
    if not (folded[:ENDS] in model.edges[0] or folded[-ENDS:] in model.edges[1]):
        return  # one slip cannot change both ends of a name
    likely = deletions(folded)
    if model.edits.keys().isdisjoint(likely):
        return
    terms: dict[str, LatinTerm] = {}
    for rest in likely:
        for term in model.edits.get(rest, ()):
            terms.setdefault(term.text, term)
    for term in terms.values():
        edit = one_edit(term.text, piece)
        if not edit and any(c.isdigit() for c in piece):  # a digit for a letter, and one slip beside it
            edit = one_edit(fold(term.text), folded)
        if edit:
            yield term, *edit


def _typo(scene: Scene, term: LatinTerm, piece: str, edit: tuple[str, int], model: HostModel) -> Find | None:
    word = scene.words[scene.at]
    if not readable(piece) or piece in model.denied or piece in model.lures or tables.used_in_hosts(fold(piece)):
        return None
    lures = surroundings(scene, model)
    if lures is None or (len(term.text) < 6 and scene.label != scene.name.own):
        return None
    whole = not lures
    score = EDIT_SCORE[edit[0]] - (0 if whole else 4) - _doubts(scene, term, piece, model)
    score -= WORD_ITSELF if piece in tables.said_words() and model.strong.isdisjoint(lures) else 0
    base = word.start + len(scene.left)
    return Find(
        brand=term.brand, technique=edit[0] if whole else "typo_combo", score=score, matched=piece, expected=term.text,
        start=base, end=base + len(piece), positions=(base + min(edit[1], len(piece) - 1),), edit=edit[0], lures=lures,
    )  # fmt: skip


def _doubts(scene: Scene, term: LatinTerm, piece: str, model: HostModel) -> int:
    """Give what speaks against a slip: where it stands, how short the name is, what else the word could be."""
    doubts = 12 if scene.label != scene.name.own else 0
    doubts += 14 if _another_name(term.text, piece, model) else 0
    doubts += 8 if len(term.text) == SHORTEST_TYPO else 0
    glued = (scene.left + scene.right).strip("0123456789")
    return doubts + (8 if glued and glued not in model.strong else 0)  # applebank is no app-lebank


@lru_cache(maxsize=65536)
def _generic(text: str, lures: frozenset[str]) -> tuple[int, int]:
    """Give how many letters at the beginning and at the end of a name are a lure word: (0, 4) for webank."""
    sizes = range(len(text) - 1, 2, -1)
    head = next((n for n in sizes if text[:n] in lures), 0)
    tail = next((n for n in sizes if text[-n:] in lures), 0)
    return head, tail


def _another_name(meant: str, piece: str, model: HostModel) -> bool:
    """Tell whether a slip changes the few letters that are a name's own: debank is another bank than webank."""
    head, tail = _generic(meant, model.lures)
    own = len(meant) - max(head, tail)
    if own > FEW:
        return False
    return piece.endswith(meant[-tail:]) if tail >= head else piece.startswith(meant[:head])
