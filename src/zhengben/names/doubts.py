"""What else speaks for or against a reading of a name: what stands around it, between it, and what words explain it."""

from itertools import pairwise

from zhengben.names import tables
from zhengben.names.finance import finance_said, generic, objects
from zhengben.names.found import ANY_LENDERS, GUESS, MANY, SAME, Found
from zhengben.names.frames import in_a_wallet
from zhengben.names.ordinary import word_bits
from zhengben.names.terms import own_parts

BY_EAR = frozenset({"homophone", "near_sound"})
LINKS = frozenset("的地得了着和与及或在是有又也都要就不")  # between two words of a sentence, not inside a name
# what follows 贷 where it is a verb, or the side of a ledger: 知和贷不贷款, 尾页贷方
_LENT = frozenset("不了过到给出得方款着学记字")
_PAID = frozenset("付借贷还买存取花充")  # verbs a name may end in: 吴柚付了尾款
USUAL = 16.5  # bits of the words that writing is full of: some ten thousand
_DONE = frozenset("了过着完")


def held_together(found: Found) -> bool:
    """Tell whether three characters and more of the name stand together, whatever was put in elsewhere."""
    places = [step.first for step in found.path.steps]
    cut = next((k for k, (one, two) in enumerate(pairwise(places), 1) if two > one + 1), len(places))
    return max(cut, len(places) - cut) >= MANY


def heard(found: Found) -> bool:
    """Tell whether every guess is by ear, at most one of them with a sound mixed up."""
    return found.ways <= BY_EAR and found.hows.count("near_sound") <= 1


def worded(found: Found) -> bool:
    """Tell whether every guessed character lies in some common word: such words explain the match."""
    covered, _ = found.words_over
    return covered.issuperset(found.guessed_places())


def headed(found: Found) -> bool:
    """Tell whether no other character of Chinese runs into the name: 岭银行, and not 秦岭银行."""
    before = found.text[max(0, found.span[0] - 1) : found.span[0]]
    return not _han(before) or before in objects()


def alone(found: Found) -> bool:
    """Tell whether the name is a clause of its own, as a heading or what somebody searched for."""
    start, end = found.span
    return not _han(found.text[max(0, start - 1) : start]) and not _han(found.text[end : end + 1])


def own_part(found: Found) -> int:
    """Count the characters of the part of the name that is its own: 微众 of 微众银行."""
    return len(found.term.text) - len(found.trade)


def before_trade(found: Found) -> bool:
    """Tell whether something stands between only right before a word of the trade, the own part being whole."""
    steps = found.path.steps
    wholes = [[len(own)] for own, trade in own_parts(found.term.text) if len(trade) > 1 < len(own)]
    cuts = [k for k, (a, b) in enumerate(pairwise(steps), 1) if found.row[a.last - 1].end < found.row[b.first].start]
    ordered = all(one.first < two.first for one, two in pairwise(steps))
    return cuts in wholes and ordered


def cuts_a_word(found: Found) -> bool:
    """Tell whether what stands between cuts a common word in two, which no sentence does: 京 东白条, 好分小期."""
    steps, name = found.path.steps, found.term.text
    cuts = [k for k, (a, b) in enumerate(pairwise(steps), 1) if found.row[a.last - 1].end < found.row[b.first].start]
    return bool(cuts) and all(name[k - 1 : k + 1] in tables.words() for k in cuts)


def lends(found: Found) -> bool:
    """Tell whether the name ends in 贷 itself, and the 贷 is the noun: nobody says it but of a loan."""
    after = found.text[found.span[1] : found.span[1] + 1]
    return found.trade == "贷" and found.hows[-1] in SAME and after not in _LENT


def verbal(found: Found) -> bool:
    """Tell whether the last character is a verb here: 贷不贷, 付了, 鹿鸣带着."""
    start, end = found.span
    last, after = found.text[end - 1], found.text[end : end + 2]
    if after == "不" + last or (after[:1] == "着" and found.hows[-1] in GUESS):
        return True
    before = found.text[max(0, start - 1) : start]
    return last in _PAID and after[:1] in _DONE and after != "" and _han(before) and before not in objects()


def usual_word(found: Found) -> bool:
    """Tell whether a usual word stands for the own part, before a word of a trade: 七月 in 七月银行流水, not 君临."""
    start, size = found.span[0], own_part(found)
    return size > 1 < len(found.trade) and word_bits(found.text[start : start + size]) < USUAL


def pays(found: Found) -> bool:
    """Tell whether the first character ends a word before it, and the last is what is done with money: 板栗付钱."""
    start, end = found.span
    cut = any(found.text[start - more : start + 1] in tables.words() for more in (1, 2) if start >= more)
    return cut and found.text[end - 1] in _PAID


def lent_word(found: Found) -> bool:
    """Tell whether the 贷 of a name otherwise guessed is that of 贷款: 未立贷款合同."""
    end = found.span[1]
    return found.anchors == 1 and found.text[end - 1 : end + 1] in ANY_LENDERS


def another_firm(found: Found) -> bool:
    """Tell whether a word of another trade follows: 微众传媒 is no bank."""
    return found.text[found.span[1] :].startswith(tuple(tables.finance()["others"]["list"]))


def another_thing(found: Found) -> bool:
    """Tell whether the word of the trade goes on to one of another thing: 凉油保险丝."""
    trade = found.span[1] - len(found.trade)
    return bool(found.trade) and found.text.startswith(tuple(tables.finance()["tails"]["other_things"]), trade)


def said(found: Found) -> int:
    """Count the different words of finance nearby."""
    return finance_said(found.around)


def lends_generic(found: Found) -> bool:
    """Tell whether a name that anybody may use stands over the match or in it: 小微企业贷; not what is in a wallet."""
    start, end = found.span
    if in_a_wallet(found.text, start):
        return False
    return any(name in found.text[max(0, start - len(name) + 1) : end + len(name) - 1] for name in generic())


def own_is_a_word(found: Found) -> bool:
    """Tell whether what is written for the own part is a common word, and so not that part misspelt: 均衡保险."""
    start = found.span[0]
    return own_part(found) > 1 and found.text[start : start + own_part(found)] in tables.words()


def put_in_a_word(found: Found) -> bool:
    """Tell whether the character put in lies in a common word: 招商局 in 招商局银行."""
    covered, _ = found.words_over
    return found.inserted and found.text.index(found.between, found.span[0]) in covered


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
