"""Which readings of a name count, by mode: anchors, costs, the lexical guard, context, and deliberate disguise.

strict    what nobody writes by chance: no hit in millions of characters of ordinary Chinese
balanced  also what needs a word of finance beside it
wide      everything that could be meant, for an analyst who looks at each
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from zhengben.names import tables
from zhengben.names.align import Path
from zhengben.names.terms import CONTEXT, HanTerm
from zhengben.names.view import NATURAL, Token, fold

DELIBERATE = frozenset(
    {"split", "zero_width", "bopomofo", "emoji", "circled", "confusable", "escape", "separator", "reversed", "vertical",
     "mixed", "strike", "annotation", "compatibility"}
)  # fmt: skip
SAME = frozenset({"exact", "traditional", "width", "compatibility", "escape", "repeated", "annotation", "circled"})
GUESS = frozenset({"homophone", "near_sound", "shape", "initial", "emoji"})
AROUND = 20
CHEAP = 35  # cost of a character of the very same sound, whatever its tone
MANY = 3  # sure characters that outweigh any word across the border
# What is said of an account and of nothing else: beside it a name of two characters may be misspelt and still be meant.
_LOANS = re.compile(
    "额度|額度|利息|利率|年化|日息|还款|還款|逾期|提额|套现|征信|借款|贷款|貸款|放款|下款|分期|提现|免息|账单|额渡|支付宝|还清|降息"
)
_ENDS_A_CLAUSE = frozenset("，。！？；：,!?;\n")
# Names of products that many lenders offer and nobody owns; each is one sound away from some brand.
GENERIC = frozenset(("微利贷", "惠民贷", "助农贷", "创业贷", "小微贷", "税务贷"))
_CONTEXT = re.compile("|".join(sorted(map(re.escape, CONTEXT), key=len, reverse=True)))
LEAD_IN = frozenset("的了在是有和与为从把被让给向对用去到上下开借还用")


def finance_in(text: str, words: Collection[str]) -> bool:
    """Tell whether a word of finance or of fraud, or one of some others, stands anywhere in a text."""
    return bool(_CONTEXT.search(text)) or any(word in text for word in words)


@dataclass(frozen=True)
class Found:
    """One reading of a name in a text, with what speaks for and against it."""

    text: str
    row: Sequence[Token]
    path: Path
    term: HanTerm

    @cached_property
    def hows(self) -> tuple[str, ...]:
        """Give how each character was written."""
        return tuple(step.way.how for step in self.path.steps)

    @cached_property
    def span(self) -> tuple[int, int]:
        """Give the code points covered, end exclusive."""
        steps = self.path.steps
        return min(self.row[s.first].start for s in steps), max(self.row[s.last - 1].end for s in steps)

    @cached_property
    def between(self) -> str:
        """Give the characters inside the span that belong to no token of the name."""
        used: set[int] = set()
        for step in self.path.steps:
            for token in self.row[step.first : step.last]:
                used.update(range(token.start, token.end))
        return "".join(self.text[i] for i in range(*self.span) if i not in used)

    @cached_property
    def natural(self) -> bool:
        """Tell whether a sentence could run through the gap: commas and stops, not between every two characters."""
        if "split" in self.hows and self.between.isspace():
            return False  # blanks set a character's two halves apart from the rest, as they do nothing else
        ordered = sorted(self.path.steps, key=lambda step: step.first)
        gaps = sum(self.row[a.last - 1].end < self.row[b.first].start for a, b in pairwise(ordered))
        return bool(gaps) and gaps < len(self.path.steps) - 1 and all(c in NATURAL for c in self.between)

    @cached_property
    def deliberate(self) -> bool:
        """Tell a disguise from a slip: what no keyboard makes by accident."""
        if any(how in DELIBERATE for how in self.hows):
            return True
        han = any("\u3400" <= c <= "\u9fff" for c in self.text[self.span[0] : self.span[1]])
        if han and any(how in {"pinyin", "initial"} for how in self.hows):
            return True
        return bool(self.between) and not self.natural

    @cached_property
    def kind(self) -> str:
        """Give the change that costs most; where no character changed, what stands between them."""
        worst = max(self.path.steps, key=lambda step: step.way.cost).way
        if worst.how != "exact":
            return worst.how
        hidden = [fold(c).how for c in self.between]
        return "exact" if not hidden else "zero_width" if "zero_width" in hidden else "separator"

    @cached_property
    def anchors(self) -> int:
        """Count the characters that are themselves, in any form of writing."""
        return sum(how in SAME for how in self.hows)

    @cached_property
    def guesses(self) -> int:
        """Count the characters that are only like the one meant."""
        return sum(how in GUESS for how in self.hows)

    @cached_property
    def score(self) -> int:
        """Give 100 for the name itself, less for what was changed."""
        return max(1, 100 - round(2 * self.path.cost / len(self.path.steps)) - 10 * self.natural)

    @cached_property
    def context(self) -> bool:
        """Tell whether a word of finance or of fraud stands near, outside the match."""
        return finance_in(self._around, self.term.keywords)

    @cached_property
    def loans(self) -> bool:
        """Tell whether something is said nearby that is said of loans and accounts only."""
        return bool(_LOANS.search(self._around))

    @cached_property
    def _around(self) -> str:
        start, end = self.span
        return self.text[max(0, start - AROUND) : start] + "\n" + self.text[end : end + AROUND]

    @cached_property
    def generic(self) -> bool:
        """Tell whether what stands here is a name anybody may use."""
        start, end = self.span
        return self.text[start:end] in GENERIC

    @cached_property
    def clauses(self) -> bool:
        """Tell whether a clause ends between the characters."""
        return any(char in _ENDS_A_CLAUSE for char in self.between)

    @cached_property
    def everyday(self) -> bool:
        """Tell whether common words explain the match: 微利贷款 is 微利 + 贷款; 威力贷 and 过度孝满 are not.

        They do where some word crosses the border of the match and every guessed character lies in a word.
        """
        start, end = self.span
        words = tables.words()
        if self.text[start:end] in words:
            return True
        covered: set[int] = set()
        crossing = False
        for at in range(max(0, start - 3), end):
            for size in (2, 3, 4):
                if start < at + size <= len(self.text) and self.text[at : at + size] in words:
                    covered.update(range(at, at + size))
                    crossing |= at < start or at + size > end
        return crossing and self.anchors < MANY and all(at in covered for at in self._guessed())

    def _guessed(self) -> list[int]:
        return [self.row[s.first].start for s in self.path.steps if s.way.how in GUESS]

    @cached_property
    def inner_words(self) -> bool:
        """Tell whether a guessed character and its neighbour in the match are an everyday word.

        Words of sure characters alone say nothing: 银行 is part of the name in 威仲银行.
        """
        start, end = self.span
        guessed = set(self._guessed())
        return any(
            self.text[at : at + 2] in tables.words() and not guessed.isdisjoint((at, at + 1))
            for at in range(start, end - 1)
        )

    @cached_property
    def sibling(self) -> bool:
        """Tell whether the stretch overlaps another genuine name."""
        start, end = self.span
        text = self.text
        return any(name in text[max(0, start - len(name) + 1) : end + len(name) - 1] for name in self.term.siblings)


def accept(found: Found, mode: str) -> bool:
    """Tell whether a reading counts in this mode."""
    if found.guesses and (found.sibling or found.generic):
        return False
    if found.natural and not _across_a_comma(found, mode):
        return False
    if len(found.term.positions) == 2:
        return _accept_two(found, mode)
    if not found.guesses:
        return _accept_without_guess(found, mode)
    return _accept_guess(found, mode) or (mode == "balanced" and _lettered(found))


def _across_a_comma(found: Found, mode: str) -> bool:
    return not found.guesses and (
        mode == "wide" or (len(found.term.positions) > 2 and found.context and mode == "balanced")
    )


def _accept_without_guess(found: Found, mode: str) -> bool:
    if "transposition" in found.hows:
        return mode != "strict" or not found.everyday
    if set(found.hows) <= {"pinyin"}:
        letters = sum(len(found.row[s.first].symbol) for s in found.path.steps)
        return mode != "strict" or letters >= 3
    return True


def _accept_guess(found: Found, mode: str) -> bool:
    size = len(found.term.positions)
    if mode == "wide":
        return found.path.cost <= 45 * size and not (found.everyday and not found.anchors)
    if found.guesses == 1:
        return found.path.cost <= 62 and (not found.everyday or found.deliberate)
    if found.everyday:
        return False
    if found.guesses < size - 1 or (found.anchors and _speaks(found)):
        most = 100 if mode == "balanced" and found.context and not found.inner_words else 75
        return found.path.cost <= most and (not found.inner_words or found.context)
    return mode == "balanced" and found.context and found.path.cost <= CHEAP * size and not found.inner_words


def _lettered(found: Found) -> bool:
    """Tell whether two of three characters are their initials, close up, and the third is rare: V粒D."""
    letters = sum(how == "initial" for how in found.hows)
    close = not found.between and len(found.hows) == MANY
    return close and letters == found.guesses == MANY - 1 and any(_sure(found))


def _sure(found: Found) -> list[bool]:
    return [rare for rare, how in zip(found.term.rare, found.hows, strict=True) if how in SAME]


def _speaks(found: Found) -> bool:
    """Tell whether the one sure character is rare enough, or a word of finance stands near."""
    return found.context or any(_sure(found))


def _accept_two(found: Found, mode: str) -> bool:
    """Judge a name of two characters: half of it is one character, so a guess needs something beside it."""
    if found.clauses and (found.guesses or mode == "strict"):
        return False
    if not found.guesses:
        return _accept_two_sure(found, mode)
    if found.everyday:
        return mode == "wide" and found.context
    if found.guesses == 2:
        return mode == "wide" and found.context
    return _accept_two_guess(found, mode)


def _accept_two_sure(found: Found, mode: str) -> bool:
    hows = set(found.hows)
    if hows == {"pinyin"} or "transposition" in hows:
        return mode != "strict" and found.context
    return True


def _accept_two_guess(found: Found, mode: str) -> bool:
    shape = "shape" in found.hows
    if found.deliberate:
        return mode != "strict" or found.path.cost <= 45
    if shape and found.path.cost <= 35:
        return True
    if mode == "wide":
        return found.path.cost <= 50
    # the rule for such names: an exact, glyph-close or disguised hit, or finance beside it, in any mode
    start_of_another = found.text[found.span[1] : found.span[1] + 2] in {"贷款", "借款"}  # 快利贷款: any lender's words
    near = found.loans and not start_of_another if mode == "strict" else found.context
    return near and found.path.cost <= (48 if shape else 40)
