"""Which readings of a name count, by mode: anchors, costs, the lexical guard, context, and deliberate disguise.

strict    what nobody writes by chance: no hit in millions of characters of ordinary Chinese
balanced  also what needs a word of finance beside it
wide      everything that could be meant, for an analyst who looks at each
"""

from zhengben.names.doubts import (
    LINKS,
    alone,
    another_firm,
    another_thing,
    before_trade,
    cuts_a_word,
    headed,
    heard,
    held_together,
    lends,
    lends_generic,
    lent_word,
    own_is_a_word,
    own_part,
    pays,
    put_in_a_word,
    said,
    usual_word,
    verbal,
    worded,
)
from zhengben.names.found import DELIBERATE, GUESS, MANY, Found
from zhengben.names.frames import CREDIT, framed_behind, of_a_person
from zhengben.names.glyphs import FAR, NEAR
from zhengben.names.terms import FAR_KINDS, GRAMMAR
from zhengben.names.weights import outweighs

__all__ = ["CHEAP", "DELIBERATE", "GUESS", "accept"]

CHEAP = 35  # cost of a character of the very same sound, whatever its tone
HEARD = 40  # a character, of a whole name heard wrong: one of its sounds may be mixed up
WHOLE = frozenset({"exact", "traditional", "width", "compatibility", "circled", "escape"})  # one sign, the character's
MOST_LETTERS = 2  # characters beside which the others may be their initials: 微z银h
ONE_GUESS = 62  # a single guess may cost this much
SOME_GUESSES, MORE_GUESSES = 75, 100  # several together; beside loans they may cost more
# How often in a million the characters written may meet by accident: above the first, half a name needs loans beside
# it, above the second it is none; and a whole name of guesses is none above the last.
AT_TIMES, SELDOM, NEVER, FARTHEST = 0.1, 1.0, 0.001, 0.0002
SELDOM_HEARD = 0.02  # a whole name of guesses, beside several words of loans
HARDLY_EVER = 0.00005  # below it nobody speaks of the thing: a 微粒货 is not sold, a 手机袋 is
# Two characters bear more where several words of loans stand beside them, or where a thing of finance is named there.
SEVERAL, OFTEN, SOMETIMES = 2, 2.0, 0.01


def accept(found: Found, mode: str) -> bool:
    """Tell whether a reading counts in this mode: by a rule, or because the evidence outweighs the doubts."""
    return ruled(found, mode) or outweighs(found, mode)


def ruled(found: Found, mode: str) -> bool:
    """Tell whether a rule lets a reading count in this mode."""
    if found.term.stem or found.term.full:
        return _accept_stem(found, mode) if found.term.stem else _accept_omission(found)
    if found.guesses and (found.sibling or found.generic or verbal(found) or another_thing(found)):
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
    if found.between or found.sibling or found.crossing or another_firm(found):
        return False
    return found.trailed or _traded(found) or _witness(found, mode)


def _traded(found: Found) -> bool:
    """Tell whether a rare own part and a word of a trade are left of a name of two trades: 筑辰消费."""
    return len(found.trade) > 1 < own_part(found) and found.sure and found.chance <= NEVER and not own_is_a_word(found)


def _accept_omission(found: Found) -> bool:
    """Judge a name with a character or a word left out: nothing else changed, none of it a word, and beside finance."""
    speaks = found.context and found.sure and found.chance <= NEVER and (own_part(found) > 1 or headed(found))
    speaks = speaks and not found.generic
    return speaks and not (found.guesses or found.between or found.crossing or found.everyday or found.sibling)


def _witness(found: Found, mode: str) -> bool:
    """Tell whether something nearby speaks for the name: of loans in strict mode, of any finance in the others."""
    return found.loans if mode == "strict" else found.context


def _across_a_comma(found: Found, mode: str) -> bool:
    if set(found.hows) <= {"pinyin"} and found.between.isspace():
        return True  # whoever spells sets a blank between the words
    if found.guesses or mode == "wide":
        return not found.guesses or _typed_blank(found)
    if "transposition" in found.hows:
        return False
    seldom = found.chance <= NEVER and not found.crossing and found.sure
    if mode == "strict" and not seldom and not (cuts_a_word(found) and not found.crossing):
        return False
    return found.context or (seldom and _slipped_in(found))


def _typed_blank(found: Found) -> bool:
    """Tell whether a blank before the word of the trade goes with other slips, beside finance."""
    return found.guesses <= SEVERAL and found.between == " " and before_trade(found) and found.context


def _slipped_in(found: Found) -> bool:
    """Tell whether what stands between is a blank, or one mark before the word of the trade."""
    return found.between.isspace() or (len(found.between) == 1 and before_trade(found))


def _accept_without_guess(found: Found, mode: str) -> bool:
    if found.inserted:
        return _accept_insertion(found)
    if "transposition" in found.hows:
        return _accept_order(found, mode)
    if set(found.hows) <= {"pinyin"}:
        letters = sum(len(found.row[s.first].symbol) for s in found.path.steps)
        return mode != "strict" or letters >= 3
    return True


def _accept_insertion(found: Found) -> bool:
    """Judge a name with one character more: one that is cut in the middle must be such as nobody says by chance."""
    if lends_generic(found):
        return False
    if held_together(found):
        return found.context or not found.crossing
    if found.crossing:
        return False
    seldom = found.sure and found.chance <= (NEVER if found.context else FARTHEST)
    seldom |= found.loans and cuts_a_word(found) and len(found.term.positions) >= MANY
    return seldom and (found.context or not (found.between in LINKS or put_in_a_word(found)))


def _accept_order(found: Found, mode: str) -> bool:
    """Judge a name in another order; of three characters all but a pair in its wrong order needs finance beside it."""
    turned = found.hows.count("transposition") == len(found.hows) == MANY
    turned |= len(set(found.term.text)) < len(found.hows)  # 人贷人, of a name with one character twice
    if turned and mode == "strict" and not (any(found.term.rare) and found.context and not found.crossing):
        return False
    return mode != "strict" or not found.everyday or found.loans


def _accept_guess(found: Found, mode: str) -> bool:
    size = len(found.term.positions)
    if mode == "wide":
        return found.path.cost <= 45 * size and not (found.everyday and not found.anchors)
    if not _far_enough(found) or (usual_word(found) and not found.deliberate):
        return False  # the weights know how usual the word is
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
    if found.crossing and (found.trade or found.dearest >= FAR) and not found.context:
        return False
    if found.owned and not (_lent_here(found) if _ends_in_grammar(found) else found.context or _owned_slip(found)):
        return False
    if found.inner_words and ("replacement" in found.hows or (found.dearest >= FAR and own_is_a_word(found))):
        return False
    return found.path.cost <= ONE_GUESS and not found.everyday


def _ends_in_grammar(found: Found) -> bool:
    """Tell whether a word of grammar stands for the trade: the 微粒的 of 小微粒的检测."""
    return found.text[found.span[1] - 1] in GRAMMAR


def _lent_here(found: Found) -> bool:
    """Tell whether loans are spoken of near, or right behind: 微粒大借的钱."""
    return found.loans or framed_behind(found.text, found.span[1]) == CREDIT


def _owned_slip(found: Found) -> bool:
    """Tell a slip (微粒货) from a thing, both a word and its trade: 手机袋, and the 微粒带 of 微粒带正电."""
    return found.chance <= HARDLY_EVER and ("shape" in found.hows or alone(found))


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
    few = found.guesses == len(found.term.positions) - 1
    speaks = found.context or (not found.crossing and (not few or _says_itself(found)))
    if not speaks or (found.inner_words and not found.context) or lent_word(found):
        return False
    return found.path.cost <= _most(found, mode)


def _says_itself(found: Found) -> bool:
    """Tell whether a name of which one character is sure is a loan's by that one, or all there is of a clause."""
    return found.sure and (alone(found) or lends(found))


def _most(found: Found, mode: str) -> int:
    """Give what several guesses may cost together."""
    if found.context and heard(found) and (found.anchors > MANY or not worded(found) or _own_sure(found)):
        return NEAR * found.guesses  # each may be heard wrong, tones and all
    free = (_witness(found, mode) or found.anchors > MANY or said(found) >= SEVERAL) and not found.inner_words
    return MORE_GUESSES if free else SOME_GUESSES


def _own_sure(found: Found) -> bool:
    """Tell whether nothing is guessed in the part of the name that is its own."""
    return own_part(found) > 1 and not {*found.hows[: own_part(found)]} & GUESS


def _accept_all_guessed(found: Found, mode: str) -> bool:
    """Judge a name of which no character is sure: all by ear or all by eye, cheap, and beside loans."""
    size = len(found.term.positions)
    cheap = found.path.cost <= CHEAP * size and len(found.ways) == 1
    speaks = found.loans or (found.context and not found.crossing and size > MANY)
    several = _several(found) and not found.crossing
    cheap |= heard(found) and (size > MANY or several) and found.path.cost <= HEARD * size
    explained = worded(found) or (found.inner_words and size <= MANY and not several)
    seldom = found.chance <= (SELDOM_HEARD if found.loans and not found.crossing else NEVER)
    return cheap and speaks and not explained and seldom and mode != "wide"


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
    if another_firm(found) and mode != "wide":
        return False
    if found.everyday and not (found.ways == {"homophone"} and found.guesses == 2 and _several(found)):
        return mode == "wide" and found.context
    if found.guesses == 2:
        return _accept_two_guesses(found, mode)
    return _accept_two_guess(found, mode)


def _accept_two_sure(found: Found, mode: str) -> bool:
    hows = set(found.hows)
    if hows == {"pinyin"} or "transposition" in hows:
        named = (found.toned or found.capital) and not of_a_person(found.text, *found.span)
        return _witness(found, mode) or (hows == {"pinyin"} and named)
    if mode == "wide":
        return True
    return not (found.particle or (verbal(found) and not found.context) or (pays(found) and not found.loans))


def _accept_two_guesses(found: Found, mode: str) -> bool:
    """Judge a pair of guesses: drawn alike both, or in a looser mode heard alike both, and beside loans."""
    if mode == "wide":
        return found.context
    alike = found.ways == {"shape"} or (
        found.ways == {"homophone"} and (mode == "balanced" or found.witnesses >= SEVERAL)
    )
    fits = alike and found.dearest <= CHEAP and found.chance <= SELDOM
    return fits and found.loans and not found.another and not found.crossing


def _accept_two_guess(found: Found, mode: str) -> bool:
    shape = "shape" in found.hows
    if found.deliberate:
        return found.path.cost <= 45 or (mode != "strict" and (found.path.cost <= NEAR or found.context))
    if (shape and found.path.cost <= CHEAP) or (found.unseen and found.path.cost <= NEAR):
        return found.context or not found.crossing or mode == "wide"
    if mode == "wide":
        return found.path.cost <= 50
    if _spoken_for(found, shape=shape) and not found.another and not found.crossing:
        return True
    return _beside_loans(found, mode, shape=shape)


def _several(found: Found) -> bool:
    """Tell whether several words of finance stand near, one of loans among them."""
    return found.loans and said(found) >= SEVERAL


def _spoken_for(found: Found, *, shape: bool) -> bool:
    """Tell whether several words of loans stand near, or a rare character where a thing of finance is named."""
    several = (
        (found.witnesses >= SEVERAL or (found.loans and said(found) >= SEVERAL))
        and found.path.cost < FAR + (not shape)
        and found.chance <= OFTEN
    )
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
