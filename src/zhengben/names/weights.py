"""Weights of evidence (Good, Turing): how many bits speak for a slip of a name, row by row of `data/evidence.toml`.

A noisy channel: what is written is either the name, changed in ways that have their odds, or ordinary writing, which
would cost so many bits; what is said nearby moves the odds. Every row has an amount here, and a weight in the table.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from zhengben.names import tables
from zhengben.names.doubts import (
    LINKS,
    USUAL,
    another_firm,
    another_thing,
    before_trade,
    cuts_a_word,
    held_together,
    lends_generic,
    own_is_a_word,
    own_part,
    usual_word,
    verbal,
    worded,
)
from zhengben.names.finance import finance_begins, finance_said, loans_in, objects, wallets
from zhengben.names.found import GUESS, SAME, Found
from zhengben.names.frames import CREDIT, THING, framed_before, framed_behind, given_name, of_a_person, pays_with
from zhengben.names.ordinary import char_bits, is_han, share_of_sound, surprise, word_bits
from zhengben.names.said import said_bits

WIDE = 60  # code points on each side in which another name of the same house stands
LOW, MIDDLE, MOST = 20.0, 35.0, 60.0  # bits of surprise: each bit of the first weighs otherwise than those above
BY_EAR = frozenset({"homophone", "near_sound"})
_BY_CHARACTER = GUESS - {"emoji", "initial"}
SURE_BITS = 40.0
SAME_TONE, ALIKE, NOT_SO_ALIKE, FAR = 30, 35, 50, 60  # the costs up to which a change is of each kind
# what follows a name in a sentence about it: 花被的, 花被里, 花被怎么
_GOES_ON = frozenset("里的上怎能什是为有没要给和还被")
PAIR = 2
LEAST_SAID, MOST_SAID, LITTLE_SAID = -5.0, 12.0, 3.0  # bits of what is said nearby
SPOKEN = 6.0, 7.0  # bits of what is said nearby that are as good as a word of finance, and as two of loans
HARDLY = 0.5  # bits above the rarest words, up to which a word is not what anybody means: 君临银行
WORD_BITS = 19.0  # of a word that is hardly ever met: the last of the table has as many
OFTEN = 2.0  # times in a million from which two characters meet by accident, whatever is said nearby: 还被催收
# rows that weigh otherwise in names of two characters, and in names of which all is guessed
_APART = {
    "two": (
        "near_sound", "far_sound", "alike", "usual_of_its_sound", "sure_bits", "surprise", "explained", "word_inside",
        "in_words", "across", "finance", "loans", "sister", "wallet", "head", "tail", "object", "finance_next",
        "credit_before", "credit_behind", "thing_before", "thing_behind", "framed", "framed_twice", "pays_with",
        "given_name", "said",
    ),
    "all": ("surprise", "across", "finance", "loans", "credit_before", "credit_behind", "framed", "said"),
}  # fmt: skip
Amounts = Mapping[str, float]


def _count(found: Found, how: str, least: int, most: int) -> float:
    steps = zip(found.hows, found.path.steps, strict=True)
    return float(sum(kind == how and least < step.way.cost <= most for kind, step in steps))


def _written(found: Found) -> str:
    return found.text[slice(*found.span)]


def _by_ear(found: Found) -> float:
    """Give how usual the characters are that were written, among all that sound like them."""
    steps = zip(found.hows, found.path.steps, strict=True)
    return sum(share_of_sound(found.row[step.first].symbol) for how, step in steps if how in BY_EAR)


def _sure_bits(found: Found) -> float:
    """Give how rare the characters are that are themselves."""
    pairs = zip(found.term.text, found.hows, strict=True)
    return min(SURE_BITS, sum(char_bits(char) - 1 for char, how in pairs if how in SAME))


def _surprise(found: Found) -> float:
    return min(MOST, surprise(found.text, *found.span))


def _explained(found: Found) -> float:
    """Give how many bits words inside and across the ends take off what the characters would cost one by one."""
    written = "".join(filter(is_han, tables.plain(_written(found))))
    return max(0.0, sum(map(char_bits, written)) - surprise(found.text, *found.span))


def _nearby(found: Found) -> str:
    start, end = found.span
    return found.text[max(0, start - WIDE) : start] + "\n" + found.text[end : end + WIDE]


def _before(found: Found) -> str:
    start = found.span[0]
    return found.text[start - 1 : start] if start else ""


def _after(found: Found) -> str:
    end = found.span[1]
    return found.text[end : end + 1]


def _finance(found: Found) -> int:
    return finance_said(found.around)


def _said(found: Found) -> float:
    """Give the bits of what is said nearby, within bounds: many small things are not more than one great one."""
    return max(LEAST_SAID, min(MOST_SAID, said_bits(found.text, *found.span)))


def _frames(found: Found) -> tuple[int, int]:
    start, end = found.span
    return framed_before(found.text, start), framed_behind(found.text, end)


def _usual_word(found: Found) -> float:
    """Give how usual a word it is that stands for the own part: 七月 in 七月银行, and not 君临 in 君临银行."""
    start = found.span[0]
    return max(0.0, WORD_BITS - word_bits(found.text[start : start + own_part(found)]))


def _among(found: Found, names: Iterable[str]) -> bool:
    return any(name in _nearby(found) for name in names)


def _in_company(found: Found) -> bool:
    """Tell whether the message names a wallet or another product of the same house."""
    return _among(found, (*wallets(), *found.term.siblings))


ROWS: Mapping[str, Callable[[Found], float]] = {
    "always": lambda _: 1,
    "same_tone": lambda f: _count(f, "homophone", 0, SAME_TONE),
    "same_sound": lambda f: _count(f, "homophone", SAME_TONE, 100),
    "near_sound": lambda f: _count(f, "near_sound", 0, FAR - 1),
    "far_sound": lambda f: _count(f, "near_sound", FAR - 1, 100),
    "alike": lambda f: _count(f, "shape", 0, ALIKE),
    "less_alike": lambda f: _count(f, "shape", ALIKE, NOT_SO_ALIKE - 1),
    "hardly_alike": lambda f: _count(f, "shape", NOT_SO_ALIKE - 1, 100),
    "wrong_key": lambda f: _count(f, "keyboard", 0, 100),
    "another_character": lambda f: _count(f, "replacement", 0, 100),
    "turned": lambda f: _count(f, "transposition", 0, 100),
    "usual_of_its_sound": _by_ear,
    "sure_bits": _sure_bits,
    "sure_characters": lambda f: f.anchors,
    "surprise_low": lambda f: min(LOW, _surprise(f)),
    "surprise_middle": lambda f: min(MIDDLE, _surprise(f)),
    "surprise": _surprise,
    "explained": _explained,
    "two": lambda f: len(f.hows) == PAIR,
    "long": lambda f: len(f.hows) > PAIR + 1,
    "all": lambda f: f.guesses == len(f.hows),
    "several": lambda f: f.guesses > 1,
    "mixed": lambda f: len(f.ways) > 1 and not f.ways <= BY_EAR,
    "rare_one": lambda f: f.sure,
    "inserted": lambda f: f.inserted,
    "inserted_link": lambda f: f.inserted and f.between in LINKS,
    "held_together": lambda f: f.inserted and held_together(f),
    "blank": lambda f: f.natural and f.between.isspace(),
    "mark": lambda f: f.natural and not f.between.isspace(),
    "before_trade": lambda f: f.natural and before_trade(f),
    "cuts_a_word": lambda f: f.natural and cuts_a_word(f),
    "word_inside": lambda f: f.inner_words,
    "in_words": worded,
    "across": lambda f: f.crossing,
    "own_is_a_word": own_is_a_word,
    "everyday": lambda f: f.everyday,
    "finance": lambda f: _finance(f) > 0,
    "words_of_finance": lambda f: min(4, _finance(f)),
    "loans": lambda f: f.loans,
    "words_of_loans": lambda f: min(3, f.witnesses),
    "dossier_word": lambda f: any(word in f.around for word in f.term.keywords),
    "sister": lambda f: _among(f, f.term.siblings),
    "wallet": lambda f: _among(f, wallets()),
    "head": lambda f: not is_han(_before(f)),
    "tail": lambda f: not is_han(_after(f)),
    "object": lambda f: _before(f) != "" and _before(f) in objects(),
    "goes_on": lambda f: _after(f) in _GOES_ON,
    "finance_next": lambda f: finance_begins(f.text, f.span[1]),
    "particle": lambda f: f.ends_in_particle,
    "credit_before": lambda f: _frames(f)[0] == CREDIT,
    "credit_behind": lambda f: _frames(f)[1] == CREDIT,
    "thing_before": lambda f: _frames(f)[0] == THING,
    "thing_behind": lambda f: _frames(f)[1] == THING,
    "framed": lambda f: CREDIT in _frames(f) and all(_frames(f)),
    "framed_twice": lambda f: min(_frames(f)) == CREDIT,
    "pays_with": lambda f: pays_with(f.text, *f.span),
    "person": lambda f: of_a_person(f.text, *f.span),
    "given_name": lambda f: f.hows[-1] in GUESS and given_name(f.text[f.span[1] - 1 : f.span[1]]),
    "usual_word": _usual_word,
    "said": _said,
    "said_little": lambda f: min(LITTLE_SAID, _said(f)),
}


@cache
def weights() -> Amounts:
    """Give the weight of every row, in bits for one of it."""
    return {row["name"]: float(row["weight"]) for row in tables.evidence()["row"]}


@cache
def thresholds() -> Amounts:
    """Give, by mode, the bits from which a slip counts; those of names of two characters apart."""
    return {mode: float(bits) for mode, bits in tables.evidence()["thresholds"].items() if mode != "why"}


def vetoed(found: Found) -> bool:
    """Tell what no evidence outweighs, by the design of the issue: other genuine names, common words, no witness.

    A name of two characters that is only like the one meant needs finance beside it, or so much of what is said of
    credits as weighs the same; one that is all guessed needs it too, and of two characters two things of loans. Where
    no character is guessed, but order or gaps are not the name's, rules decide; and so they do for disguises.
    """
    return unweighed(found) or _unspoken(found) or anothers(found) or _common(found)


def unweighed(found: Found) -> bool:
    """Tell what the weights are not learnt for: what has no guess, is put on on purpose, or is cut off the name."""
    shortened = found.term.stem or bool(found.term.full)
    return not found.guesses or not found.ways <= _BY_CHARACTER or found.deliberate or found.clauses or shortened


def _unspoken(found: Found) -> bool:
    """Tell whether a name that needs a witness has none, or is too far off, or too common, for any."""
    size = len(found.hows)
    if found.guesses > 1 and found.dearest >= FAR:
        return True  # one that is far off counts where all others are themselves, and nowhere else is it looked for
    if found.guesses == size and len(found.ways) > 1 and not found.ways <= BY_EAR:
        return True  # who writes by ear gets all by ear, who draws gets all by eye
    framed = _asks_for_credit(found) + _in_company(found)
    witness, spoken = found.context or framed, SPOKEN[0]
    if found.guesses == size == PAIR:
        witness, spoken = found.witnesses + framed >= PAIR, SPOKEN[1]
    silent = not witness and _said(found) < spoken
    return (size in {PAIR, found.guesses} and silent) or (size == PAIR and found.chance > OFTEN)


def _asks_for_credit(found: Found) -> int:
    """Count the sides of which something is said as of a credit, but none that words of loans are counted for."""
    before, behind = _frames(found)
    end = found.span[1]
    return (before == CREDIT) + (behind == CREDIT and not loans_in(found.text[end : end + 3]))


def anothers(found: Found) -> bool:
    """Tell whether the stretch is another genuine name, one anybody may use, or an adjective before 贷款."""
    names = found.sibling or lends_generic(found) or found.another
    return names or another_firm(found) or another_thing(found)


def _common(found: Found) -> bool:
    """Tell whether what is written is a common word, or has one for its own part and is not of the same sound."""
    own = own_is_a_word(found) and not found.ways <= {"homophone"} and _usual_word(found) > HARDLY
    word = _written(found) in tables.words() and not (_in_its_house(found) or _told_of_credit(found))
    return word or own or usual_word(found) or _bare_goods(found) or verbal(found)


def _bare_goods(found: Found) -> bool:
    """Tell whether a common word and a guessed trade may be a thing, where nothing is said of money: 微粒袋要防潮."""
    return found.owned and not (found.context or _asks_for_credit(found))


def _in_its_house(found: Found) -> bool:
    """Tell whether half a short name is sure where its wallet or sister is named beside loans: 支付宝里花被的账单."""
    return _in_company(found) and found.guesses == 1 and found.loans and not found.crossing


def _told_of_credit(found: Found) -> bool:
    """Tell whether a word that is hardly ever met stands where a credit is spoken of: 花被能分十二期吗."""
    told = CREDIT in _frames(found) or found.witnesses >= PAIR
    return told and word_bits(_written(found)) > USUAL and not found.crossing


def amounts(found: Found) -> dict[str, float]:
    """Give how much there is of each row: those that begin with two or all are the same rows, of such names only."""
    told = {name: float(amount) for name, row in ROWS.items() if (amount := row(found))}
    for group in told.keys() & _APART.keys():
        told |= {f"{group} {name}": told[name] for name in _APART[group] if name in told}
    if "across" in told and "finance" not in told:
        told["across_unspoken"] = 1.0
    return told


def evidence(found: Found) -> dict[str, float]:
    """Give the bits for (or, below zero, against) the name by row, the heaviest first."""
    known = weights()
    told = {name: known[name] * amount for name, amount in amounts(found).items() if name in known}
    return dict(sorted(told.items(), key=lambda pair: -abs(pair[1])))


def outweighs(found: Found, mode: str) -> bool:
    """Tell whether what speaks for a slip of the name outweighs what speaks against, by so much as the mode asks."""
    return not vetoed(found) and sum(evidence(found).values()) >= asked(found, mode)


def asked(found: Found, mode: str) -> float:
    """Give the bits that a mode asks for, of a name as long as this one."""
    short = "two " * (len(found.hows) == PAIR)
    return thresholds()[short + ("strict" if mode == "strict" else "balanced")]
