"""One reading of a name in a text, with what speaks for and against it: cost, neighbours, what is said nearby."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import prod

from zhengben.names import tables
from zhengben.names.align import Path, Step
from zhengben.names.finance import finance_in, generic, loans_in, loans_said, objects, particles
from zhengben.names.terms import HanTerm, trade_of
from zhengben.names.view import NATURAL, Token, fold

DELIBERATE = frozenset(
    {"split", "zero_width", "bopomofo", "emoji", "circled", "confusable", "escape", "separator", "reversed", "vertical",
     "mixed", "strike", "annotation", "compatibility", "acrostic"}
)  # fmt: skip
SAME = frozenset({"exact", "traditional", "width", "compatibility", "escape", "repeated", "annotation", "circled"})
GUESS = frozenset({"homophone", "near_sound", "shape", "keyboard", "initial", "emoji", "replacement"})
AROUND = 20
SHORTENED_COST = 40  # a name without its tail says less than the name, however the name is written
OMITTED_COST = 20
HARDLY = 5  # times in a million up to which nobody writes a character but in a name, or to disguise one
MILLION = 1_000_000
MANY = 3  # sure characters that outweigh any word across the border
ANY_LENDERS = frozenset({"贷款", "借款"})
_ENDS_A_CLAUSE = frozenset("，。！？；：,!?;\n")
_NO_ENDS = frozenset((";;", "；；", "::", "：：", ";;;", "；；；"))  # twice, where a sentence has it once
_CLOSES = _ENDS_A_CLAUSE | frozenset("…~～」』”》)）.、 \t就")  # what a clause with a particle is followed by


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
        if gaps > 1 and not self.guesses and len(set(self.between)) < len(self.between):
            return False  # the same mark twice in one name: 微.众.银行, [微][众]银行
        return bool(gaps) and gaps < len(self.path.steps) - 1 and all(c in NATURAL for c in self.between)

    @cached_property
    def deliberate(self) -> bool:
        """Tell a disguise from a slip: what no keyboard makes by accident."""
        if any(how in DELIBERATE for how in self.hows):
            return True
        han = any("\u3400" <= c <= "\u9fff" for c in self.text[self.span[0] : self.span[1]])
        if han and any(how in {"pinyin", "initial"} for how in self.hows):
            return True
        return bool(self.between) and not self.natural and not self.inserted

    @cached_property
    def inserted(self) -> bool:
        """Tell whether one more character of Chinese stands inside: a slip, where a sign would be a disguise."""
        return len(self.between) == 1 and "\u3400" <= self.between <= "\u9fff"

    @cached_property
    def kind(self) -> str:
        """Give the change that costs most; where no character changed, what stands between them."""
        if self.term.stem:
            return "shortened"
        if self.term.full:
            return "omission"
        worst = max(self.path.steps, key=lambda step: step.way.cost).way
        if worst.how != "exact":
            return worst.how
        if self.inserted:
            return "insertion"
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
        cost = round(2 * self.path.cost / len(self.path.steps)) + SHORTENED_COST * self.term.stem
        cost += OMITTED_COST * bool(self.term.full)
        return max(1, 100 - cost - 10 * self.natural)

    @cached_property
    def context(self) -> bool:
        """Tell whether a word of finance or of fraud stands near, outside the match."""
        return finance_in(self.around, self.term.keywords)

    @cached_property
    def loans(self) -> bool:
        """Tell whether something is said nearby that is said of loans and accounts only."""
        return loans_in(self.around)

    @cached_property
    def witnesses(self) -> int:
        """Count the different things said nearby that are said of loans and accounts only."""
        return loans_said(self.around)

    @cached_property
    def unseen(self) -> bool:
        """Tell whether every guessed character is one that nobody writes otherwise: 婲 in 婲呗.

        One that only sounds alike needs a rare character beside it that is sure: 花蓓 is a girl.
        """
        rows = zip(self.path.steps, self.term.text, strict=True)
        return all(self._rare_likeness(step, meant) for step, meant in rows if step.way.how in GUESS)

    def _rare_likeness(self, step: Step, meant: str) -> bool:
        sign = self.row[step.first].symbol
        drawn = step.way.how == "shape" or any(meant in way for way in tables.splits().get(sign, ()))
        often = tables.frequency(tables.base(sign))
        return "\u3400" <= sign <= "\u9fff" and often <= HARDLY and (drawn or self.sure)

    @cached_property
    def noun(self) -> bool:
        """Tell whether the name stands where a thing is named: at the head of a clause, or behind a verb."""
        start, end = self.span
        before, after = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        named = not before or before in _CLOSES or before in objects()
        return bool(after) and after not in _CLOSES and (named or self.ends_in_particle)

    @cached_property
    def toned(self) -> bool:
        """Tell whether every character is written as its very reading with its tone: jie4bei5, and not jie4bei4."""
        spelt = ["".join(token.symbol for token in self.row[step.first : step.last]) for step in self.path.steps]
        end = self.span[1]
        spelt[-1] += self.text[end : end + 1]  # the cheapest reading leaves the last tone out
        read = [tables.readings(char)[0] for char in self.term.text]
        return spelt[:-1] == read[:-1] and spelt[-1].startswith(read[-1])

    @cached_property
    def capital(self) -> bool:
        """Tell whether every syllable is written with a capital of its own, as names are: JieBei."""
        firsts = [self.row[step.first] for step in self.path.steps]
        return all(self.text[token.start].isupper() and not self.text[token.start + 1].isupper() for token in firsts)

    @cached_property
    def around(self) -> str:
        """Give what stands near the match, on both sides, in base forms: 貸欵 is said of loans as 贷款 is."""
        start, end = self.span
        return tables.plain(self.text[max(0, start - AROUND) : start] + "\n" + self.text[end : end + AROUND])

    @cached_property
    def generic(self) -> bool:
        """Tell whether what stands here is a name anybody may use."""
        start, end = self.span
        return self.text[start:end] in generic()

    @cached_property
    def clauses(self) -> bool:
        """Tell whether a clause ends between the characters."""
        ends = any(char in _ENDS_A_CLAUSE for char in self.between) and self.between not in _NO_ENDS
        return ends and all(char in NATURAL for char in self.between)  # 花。🔥呗 is no end of a clause

    @cached_property
    def everyday(self) -> bool:
        """Tell whether common words explain the match: 微利贷款 is 微利 + 贷款; 威力贷 and 过度孝满 are not.

        They do where some word crosses the border of the match and every guessed character lies in a word.
        """
        start, end = self.span
        words = tables.words()
        if self.text[start:end] in words:
            return True
        covered, crossing = self.words_over
        doubtful = crossing and self.anchors < MANY and all(at in covered for at in self.guessed_places())
        return doubtful and not self._held

    @cached_property
    def _held(self) -> bool:
        """Tell whether two characters that stand together are sure, one of them rare, and no word: 粒贷 in 会粒贷."""
        covered, _ = self.words_over
        steps = zip(self.path.steps, self.hows, self.term.rare, strict=True)
        for (one, how, rare), (two, other, seldom) in pairwise(steps):
            first, last = self.row[one.first].start, self.row[two.last - 1].end
            if {how, other} <= SAME and (rare or seldom) and last - first == 2:
                return covered.isdisjoint((first, first + 1)) and self.guesses == 1
        return False

    @cached_property
    def crossing(self) -> bool:
        """Tell whether some common word begins or ends inside the match and runs on outside: 行走 in 魏忠银行走江湖."""
        return self.words_over[1]

    @cached_property
    def words_over(self) -> tuple[set[int], bool]:
        """Give the places that common words cover, and whether one of them crosses the border of the match."""
        start, end = self.span
        words = tables.words()
        covered: set[int] = set()
        crossing = False
        whole = end - len(self.trade) if len(self.trade) > 1 else start  # 银行卡 goes on with the trade, 行走 does not
        for at in range(max(0, start - 3), end):
            for size in (2, 3, 4):
                if start < at + size <= len(self.text) and self.text[at : at + size] in words:
                    covered.update(range(at, at + size))
                    crossing |= at < start or (at + size > end and not start < at <= whole)
        return covered, crossing

    @cached_property
    def chance(self) -> float:
        """Give how often, in a million characters of ordinary writing, these very characters would meet by accident."""
        often = [max(1, tables.frequency(self.row[s.first].symbol)) / MILLION for s in self.path.steps]
        return MILLION * prod(often)

    @cached_property
    def ways(self) -> frozenset[str]:
        """Give the kinds of guesses: who writes by ear gets all by ear, who draws gets all by eye."""
        return frozenset(how for how in self.hows if how in GUESS)

    @cached_property
    def dearest(self) -> int:
        """Give the cost of the character that costs most."""
        return max(step.way.cost for step in self.path.steps)

    @cached_property
    def sure(self) -> bool:
        """Tell whether some character is itself and rare enough in ordinary writing to speak for the name alone."""
        return any(rare for rare, how in zip(self.term.rare, self.hows, strict=True) if how in SAME)

    @cached_property
    def own(self) -> bool:
        """Tell whether some character of the part of the name that is its own is sure: 众 of 微众银行, not 银."""
        size = len(self.term.text) - len(self.trade)
        return any(how in SAME for how in self.hows[:size])

    @cached_property
    def trade(self) -> str:
        """Give the word of its trade that the name ends in, if any."""
        return trade_of(self.term.text)

    @cached_property
    def trailed(self) -> bool:
        """Tell whether a stem is followed by the first character of the word of its trade: 微众银往."""
        end = self.span[1]
        english = tables.finance()["tails"]["english"].get(self.term.tail, "\n")
        follows = self.text[end : end + 1] == self.term.tail[:1] or self.text[end:].lower().startswith(english)
        return bool(self.term.tail) and follows

    @cached_property
    def particle(self) -> bool:
        """Tell a verb and a particle from the name: 扫码借呗 from 我的借呗.

        The clause ends here, nothing before it takes an object, and nobody speaks of loans.
        """
        start, end = self.span
        if self.text[end - 1] not in particles() or self.between or self.loans:
            return False
        if self.text[start - 1 : start] == "就" and self.text[start] in self.text[max(0, start - 5) : start - 1]:
            return True  # 能借就借呗, whatever follows
        after, before = self.text[end : end + 1], self.text[max(0, start - 1) : start]
        if before in tables.finance()["particles"]["before_a_verb"] and before and not self.context:
            return True  # 他要借呗你就给他, 爱怎么花呗怎么花
        return (not after or after in _CLOSES) and bool(before) and before not in objects()

    @cached_property
    def ends_in_particle(self) -> bool:
        """Tell whether the name ends in a particle: no line begins with one, so it belongs to the line before."""
        return self.text[self.span[1] - 1] in particles()

    @cached_property
    def owned(self) -> bool:
        """Tell whether the name is a common word and its trade, and the trade is what is guessed."""
        own = len(self.term.text) - len(self.trade)
        return len(self.trade) == 1 and self.term.text[:own] in tables.words() and not {*self.hows[:own]} & GUESS

    @cached_property
    def another(self) -> bool:
        """Tell whether what follows is any lender's word, and the name only an adjective to it: 快利贷款."""
        end = self.span[1]
        follows = self.text[end : end + 2]
        if follows not in ANY_LENDERS or self.sure:
            return False
        around = self.around.replace(follows, "", 1) if follows == "借款" else ""
        return not loans_in(around)

    def guessed_places(self) -> list[int]:
        """Give where the guessed characters stand."""
        return [self.row[s.first].start for s in self.path.steps if s.way.how in GUESS]

    @cached_property
    def inner_words(self) -> bool:
        """Tell whether a guessed character and its neighbour in the match are an everyday word.

        Words of sure characters alone say nothing: 银行 is part of the name in 威仲银行.
        """
        start, end = self.span
        guessed = set(self.guessed_places())
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
