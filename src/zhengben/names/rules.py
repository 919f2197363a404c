"""Which readings of a name count, by mode: anchors, costs, the lexical guard, context, and deliberate disguise.

strict    what nobody writes by chance: no hit in millions of characters of ordinary Chinese
balanced  also what needs a word of finance beside it
wide      everything that could be meant, for an analyst who looks at each
"""

from zhengben.names.found import DELIBERATE, GUESS, MANY, Found
from zhengben.names.glyphs import FAR, NEAR
from zhengben.names.terms import FAR_KINDS

__all__ = ["CHEAP", "DELIBERATE", "GUESS", "accept"]

CHEAP = 35  # cost of a character of the very same sound, whatever its tone
WHOLE = frozenset({"exact", "traditional", "width", "compatibility", "circled", "escape"})  # one sign, the character's
MOST_LETTERS = 2  # characters beside which the others may be their initials: 微z银h
ONE_GUESS = 62  # a single guess may cost this much
SOME_GUESSES, MORE_GUESSES = 75, 100  # several together; beside loans they may cost more
# How often in a million the characters written may meet by accident: above the first, half a name needs loans beside
# it, above the second it is none; and a whole name of guesses is none above the last.
AT_TIMES, SELDOM, NEVER, FARTHEST = 0.1, 1.0, 0.001, 0.0002
HARDLY_EVER = 0.00005  # below it nobody speaks of the thing: a 微粒货 is not sold, a 手机袋 is
# Two characters bear more where several words of loans stand beside them, or where a thing of finance is named there.
SEVERAL, OFTEN, SOMETIMES = 2, 2.0, 0.01


def accept(found: Found, mode: str) -> bool:
    """Tell whether a reading counts in this mode."""
    if found.term.stem or found.term.full:
        return _accept_stem(found, mode) if found.term.stem else _accept_omission(found)
    if found.guesses and (found.sibling or found.generic):
        return False
    if found.natural and not _across_a_comma(found, mode):
        return False
    if len(found.term.positions) == 2:
        return _accept_two(found, mode)
    if not found.guesses:
        return _accept_without_guess(found, mode)
    return _accept_guess(found, mode) or (mode == "balanced" and _lettered(found))


def _accept_stem(found: Found, mode: str) -> bool:
    """Judge a name without the word of its trade: it needs finance beside it, and no word may run across its ends."""
    if found.between or found.sibling or found.crossing:
        return False
    return found.trailed or _witness(found, mode)


def _accept_omission(found: Found) -> bool:
    """Judge a name with a character or a word left out: nothing else changed, none of it a word, and beside finance."""
    speaks = found.context and found.sure and found.chance <= NEVER
    return speaks and not (found.guesses or found.between or found.crossing or found.everyday or found.sibling)


def _witness(found: Found, mode: str) -> bool:
    """Tell whether something nearby speaks for the name: of loans in strict mode, of any finance in the others."""
    return found.loans if mode == "strict" else found.context


def _across_a_comma(found: Found, mode: str) -> bool:
    if found.guesses or mode == "wide":
        return not found.guesses
    if "transposition" in found.hows:
        return False
    seldom = found.chance <= NEVER and not found.crossing and found.sure
    if mode == "strict" and not seldom:
        return False
    return found.context or (seldom and found.between.isspace())


def _accept_without_guess(found: Found, mode: str) -> bool:
    if found.inserted and found.crossing:
        return found.context
    if "transposition" in found.hows:
        return mode != "strict" or not found.everyday or found.loans
    if set(found.hows) <= {"pinyin"}:
        letters = sum(len(found.row[s.first].symbol) for s in found.path.steps)
        return mode != "strict" or letters >= 3
    return True


def _accept_guess(found: Found, mode: str) -> bool:
    size = len(found.term.positions)
    if mode == "wide":
        return found.path.cost <= 45 * size and not (found.everyday and not found.anchors)
    if not _far_enough(found):
        return False
    if found.guesses == 1:
        return _accept_one_guess(found)
    if found.ways == {"initial"} and found.anchors >= MOST_LETTERS and not found.between:
        return not found.everyday and (found.own or found.loans)
    several = _accept_all_guessed if found.guesses == size else _accept_some_guessed
    return not found.everyday and several(found, mode)


def _accept_one_guess(found: Found) -> bool:
    """Judge one guess beside two sure characters and more: no common word may explain it, or run across the trade."""
    if found.deliberate:
        return found.path.cost <= ONE_GUESS
    alone = found.crossing and (found.trade or found.dearest >= FAR) and not found.context
    if found.owned and not found.context and found.chance > HARDLY_EVER:  # 手机袋 beside a brand called 手机贷
        return False
    if "replacement" in found.hows and found.inner_words:
        return False
    return found.path.cost <= ONE_GUESS and not alone and not found.everyday


def _far_enough(found: Found) -> bool:
    """Tell whether a sound that is far off may count: the others exact, and not such as meet by accident."""
    far = [how in FAR_KINDS and step.way.cost >= FAR for how, step in zip(found.hows, found.path.steps, strict=True)]
    if not any(far):
        return True
    if "shape" in found.hows and (not found.context or found.inner_words):
        return False
    others = {how for how, is_far in zip(found.hows, far, strict=True) if not is_far}
    return others <= WHOLE and sum(far) == 1 and found.chance <= (NEVER if found.context else FARTHEST)


def _accept_some_guessed(found: Found, mode: str) -> bool:
    """Judge two guesses and more, beside at least one character that is sure."""
    speaks = found.context or (found.sure and not found.crossing)
    if not speaks and (found.guesses == len(found.term.positions) - 1 or found.crossing):
        return False
    free = (_witness(found, mode) or found.anchors > MANY) and not found.inner_words
    most = MORE_GUESSES if free else SOME_GUESSES
    return found.path.cost <= most and (not found.inner_words or found.context)


def _accept_all_guessed(found: Found, mode: str) -> bool:
    """Judge a name of which no character is sure: all by ear or all by eye, cheap, and beside loans."""
    cheap = found.path.cost <= CHEAP * len(found.term.positions) and len(found.ways) == 1
    speaks = found.loans or (found.context and not found.crossing)
    return cheap and speaks and not found.inner_words and found.chance <= NEVER and mode != "wide"


def _lettered(found: Found) -> bool:
    """Tell whether two of three characters are their initials, close up, and the third is rare: V粒D."""
    letters = sum(how == "initial" for how in found.hows)
    close = not found.between and len(found.hows) == MANY
    return close and letters == found.guesses == MANY - 1 and found.sure


def _accept_two(found: Found, mode: str) -> bool:
    """Judge a name of two characters: half of it is one character, so a guess needs something beside it."""
    downwards = found.between.isspace() and (found.loans or found.ends_in_particle)
    downwards |= len(found.between) == 1 and found.ends_in_particle and found.context and found.noun
    if found.clauses and (found.guesses or (mode == "strict" and not downwards)):
        return False
    if not found.guesses:
        return _accept_two_sure(found, mode)
    if found.everyday:
        return mode == "wide" and found.context
    if found.guesses == 2:
        return _accept_two_guesses(found, mode)
    return _accept_two_guess(found, mode)


def _accept_two_sure(found: Found, mode: str) -> bool:
    hows = set(found.hows)
    if hows == {"pinyin"} or "transposition" in hows:
        return _witness(found, mode) or (hows == {"pinyin"} and found.toned)
    return mode == "wide" or not found.particle


def _accept_two_guesses(found: Found, mode: str) -> bool:
    """Judge a pair of guesses: drawn alike both, or in a looser mode heard alike both, and beside loans."""
    if mode == "wide":
        return found.context
    alike = found.ways == {"shape"} or (found.ways == {"homophone"} and mode == "balanced")
    fits = alike and found.dearest <= CHEAP and found.chance <= SELDOM
    return fits and found.loans and not found.another and not found.crossing


def _accept_two_guess(found: Found, mode: str) -> bool:
    shape = "shape" in found.hows
    if found.deliberate:
        return found.path.cost <= 45 or (mode != "strict" and (found.path.cost <= NEAR or found.context))
    if (shape and found.path.cost <= CHEAP) or (found.unseen and found.path.cost <= NEAR):
        return True
    if mode == "wide":
        return found.path.cost <= 50
    if _spoken_for(found, shape=shape):
        return not found.another and not found.crossing
    return _beside_loans(found, mode, shape=shape)


def _spoken_for(found: Found, *, shape: bool) -> bool:
    """Tell whether several words of loans stand near, or a rare character where a thing of finance is named."""
    several = found.witnesses >= SEVERAL and found.path.cost < FAR + (not shape) and found.chance <= OFTEN
    named = found.sure and found.noun and found.context
    return several or (named and found.path.cost <= CHEAP and found.chance <= SOMETIMES)


def _beside_loans(found: Found, mode: str, *, shape: bool) -> bool:
    """Judge by the issue's rule for such names: exact, glyph-close or disguised, or finance beside it, in any mode."""
    if not (found.loans if found.chance > AT_TIMES else _witness(found, mode)):
        return False
    if found.another or found.chance > (AT_TIMES if found.crossing else SELDOM):
        return False
    most = 48 if shape else 40
    if found.sure:  # the other character is rare, so this one may be farther off
        most = FAR if found.loans and found.chance <= AT_TIMES else NEAR
    return found.path.cost <= most
