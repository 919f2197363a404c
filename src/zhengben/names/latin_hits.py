"""The hit of a Latin name: each letter of the name told, what stands for it and how."""

from itertools import pairwise

from zhengben.names.hits import Character, NameHit
from zhengben.names.host_model import SHORTEST
from zhengben.names.latin import fold as fold_latin
from zhengben.names.latin import one_edit
from zhengben.names.view import Token, fold

LIKE = {
    "0": "o",
    "1": "l",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "$": "s",
    "@": "a",
    "|": "l",
    "!": "i",
    "€": "e",
    "£": "l",
    "¥": "y",
    "¡": "i",
    "+": "t",
}
SIGNS = frozenset("$@")  # that stand for letters in the middle of a word
INNER = frozenset("!|¡€£¥+")  # that do so between two letters only, or again behind one that did: we!l!da!
MOST_OF_SHORT = 70  # three letters mean many things, even beside loans
TURNED_SCORE = 80
REACH = 24  # code points of a word that are looked back at
EDITS = frozenset({"omission", "insertion", "repetition", "transposition"})  # those that move the letters behind them
SLIPS = EDITS | {"replacement"}


def letter_of(char: str) -> tuple[str, str]:
    """Fold a character as in any text; a $ or @ is the letter it stands for."""
    return (LIKE[char], "confusable") if char in SIGNS else fold(char)


def inner_letter(text: str, at: int, start: int) -> str:
    """Give the letter that a sign stands for inside a word that begins at `start`, or nothing.

    >>> inner_letter("we!l!da!", 7, 0), inner_letter("webank!", 6, 0), inner_letter("a!b", 1, 0)
    ('i', '', 'i')
    """
    char = text[at]
    if char not in INNER or not _letter(text[at - 1 : at]):
        return ""
    again = any(text[i] == char and _letter(text[i + 1]) for i in range(max(start + 1, at - REACH), at))
    return LIKE[char] if again or _letter(text[at + 1 : at + 2]) else ""


def _letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def hit_of(text: str, run: list[Token], name: str, brand: str) -> NameHit:
    """Give the hit of a name that stands in these letters, as it is or with one slip."""
    start, end = run[0].start, run[-1].end
    plain = "".join(token.symbol for token in run)
    edit = one_edit(name, plain)
    told = _told(text, run, name, edit if edit and edit[0] in EDITS else None)
    changed = [c.how for c in told if c.differs]
    spread = end - start > len(run) and not _only_blanks(text, run, changed)
    kind = changed[0] if changed else "separator" if spread else "exact"
    kind = "typo" if edit and edit[0] in EDITS else kind
    most = MOST_OF_SHORT if len(name) < SHORTEST else 100
    slip = bool(changed) and SLIPS.issuperset(changed)
    score = max(40, most - 8 * len(changed) - 5 * spread - 25 * slip)
    return NameHit(
        start=start, end=end, matched=text[start:end], brand=brand, expected=name, kind=kind, score=score,
        characters=told,
        deliberate=spread or (bool(changed) and not slip),
    )  # fmt: skip


def turned_hit(text: str, run: list[Token], name: str, brand: str) -> NameHit:
    """Give the hit of a name that is written from its end; its letters are told as they stand."""
    told = [Character(token.start, text[token.start : token.end], token.symbol, "reversed", 0.1) for token in run]
    start, end = run[0].start, run[-1].end
    return NameHit(
        start=start, end=end, matched=text[start:end], brand=brand, expected=name, kind="reversed", score=TURNED_SCORE,
        characters=tuple(told), deliberate=True,
    )  # fmt: skip


def _only_blanks(text: str, run: list[Token], changed: list[str]) -> bool:
    """Tell whether only blanks stand between the letters of a name that is misspelt: words, and no disguise."""
    gaps = (text[one.end : two.start] for one, two in pairwise(run))
    return bool(changed) and SLIPS.issuperset(changed) and all(gap.isspace() for gap in gaps if gap)


def _told(text: str, run: list[Token], name: str, edit: tuple[str, int] | None) -> tuple[Character, ...]:
    """Tell each letter of the name: what stands for it, and the one edit where it was made.

    A letter left out stands nowhere: its stretch is empty. One put in stands with the letter before it, or at the very
    beginning with the letter behind it.
    """
    how, at = edit or ("", len(name))
    spans = [(token.start, token.end) for token in run]
    hows = [(token.symbol == meant, token.how) for token, meant in zip(run, name, strict=False)]
    if how == "omission":
        place = spans[at - 1][1] if at else spans[0][0]
        spans.insert(at, (place, place))
    elif how in {"insertion", "repetition"}:
        first = max(0, at - 1)
        spans[first : first + 2] = [(spans[first][0], spans[first + 1][1])]
        at = first
    edited = {at, at + 1} if how == "transposition" else {at} if how else set()
    told = []
    for k, ((start, end), meant) in enumerate(zip(spans, name, strict=True)):
        same, written = hows[k] if not how else (True, "exact")
        told.append(_told_letter(text[start:end], start, meant, how if k in edited else written if same else ""))
    return tuple(told)


def _told_letter(original: str, index: int, meant: str, how: str) -> Character:
    """Tell one letter; with no `how` it is another letter, or a sign drawn like the one meant."""
    if not how:
        how = (
            "confusable"
            if fold_latin(LIKE.get(original, letter_of(original)[0])) == fold_latin(meant)
            else "replacement"
        )
    return Character(index, original, meant, how, 0.0 if how == "exact" else 0.2)
