"""Laws of every hit in a text, over all the ways a name is written: where it stands, what differs, and at what cost."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import HUABEI, JIEBEI, WEBANK, WEILIDAI, brand
from zhengben.names import tables
from zhengben.names.api import find_names, pack
from zhengben.names.found import DELIBERATE
from zhengben.names.glyphs import alternatives, bopomofo
from zhengben.names.hits import NameHit
from zhengben.names.terms import HanTerm
from zhengben.names.text_batch import find_in_lines, find_message

CHENGGU = brand("qingteng", "青藤分期", "qingteng")
KNOWN = pack((WEILIDAI, WEBANK, HUABEI, JIEBEI, CHENGGU))
ONE = {term.text: pack((b,)) for b in KNOWN.brands for term in pack((b,)).terms}
MODES = ("strict", "balanced", "wide")
LONG = [term for term in KNOWN.terms if len(term.text) > 2]
BEFORE = ["", "听说", "我朋友开了", "【通知】", "a ", "😀", "代开"]
AFTER = ["", "提额度找我", "怎么还款，急", "逾期了!", " 下款"]

Operation = Callable[[str], str]


def _pinyin(char: str) -> str:
    return tables.readings(char)[0][:-1]


# what a hand does to a whole name, and whether it is a disguise (True), a slip (False), or neither for sure (None)
OPERATIONS: dict[str, tuple[Operation, bool]] = {
    "exact": (str, False),
    "dots": ("·".join, True),
    "blanks": (" ".join, True),
    "zero width": ("\u200b".join, True),
    "soft hyphens": ("\u00ad".join, True),
    "word joiners": ("\u2060".join, True),
    "stars": ("★".join, True),
    "struck": (lambda name: "".join(c + "\u0336" for c in name), True),
    "keycaps": (lambda name: "".join(c + "\u20e3" for c in name), True),
    "bracketed": (lambda name: "".join(f"【{c}】" for c in name), True),
    "html": (lambda name: "".join(f"&#{ord(c)};" for c in name), True),
    "html, hex": (lambda name: "".join(f"&#x{ord(c):x};" for c in name), True),
    "url": (lambda name: "".join(f"%{b:02X}" for b in name.encode()), True),
    "unicode": (lambda name: "".join(f"\\u{ord(c):04x}" for c in name), True),
    "tags": (lambda name: name[0] + "<b>" + name[1] + "</b>" + name[2:], True),
    "reversed": (lambda name: "\u202e" + name[::-1] + "\u202c", True),
    "bopomofo": (lambda name: bopomofo(_pinyin(name[0])) + name[1:], True),
    "pinyin inside": (lambda name: name[0] + _pinyin(name[1]) + name[2:], True),
    "pinyin": (lambda name: "".join(map(_pinyin, name)), False),
    "pinyin, capitals": (lambda name: "".join(_pinyin(c).title() for c in name), False),
    "toned digits": (lambda name: "".join(tables.readings(c)[0] for c in name), False),
    "full width": (lambda name: "".join(chr(ord(c) + 0xFEE0) for c in "".join(map(_pinyin, name))), False),
    "circled": (lambda name: "".join(chr(0x24D0 + ord(c) - 97) for c in "".join(map(_pinyin, name))), True),
    "annotated": (lambda name: "".join(f"{c}({_pinyin(c)})" for c in name), True),
    "doubled": (lambda name: "".join(c * 2 for c in name), False),
    "letters between": ("x".join, True),
    "letters that differ": (lambda name: "".join(c + x for c, x in zip(name, "kvzq", strict=False))[:-1], True),
}


def check(text: str, hit: NameHit) -> None:
    """Hold one hit to the laws."""
    assert 0 <= hit.start < hit.end <= len(text)
    assert text[hit.start : hit.end] == hit.matched
    assert 1 <= hit.score <= 100
    for char in hit.characters:
        assert text[char.index : char.index + len(char.original)] == char.original
        assert 0 <= char.cost <= 1
        assert char.expected
        assert char.differs == (char.how != "exact")
        assert (char.cost == 0) <= (char.how in {"exact", "width"}), "what costs nothing is the character itself"
    row = hit.row()
    assert row["matched"] == hit.matched
    assert row["characters"] == [
        {"index": c.index, "original": c.original, "expected": c.expected, "how": c.how, "cost": c.cost}
        for c in hit.characters
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("name", ["微粒贷", "微众银行", "青藤分期"])
def test_a_longer_name_is_found_strictly_whatever_was_done_to_it(operation: str, name: str) -> None:
    written, deliberate = OPERATIONS[operation]
    text = f"刚才有人问{written(name)}怎么开通"
    hits = [hit for hit in find_names(text, ONE[name], "strict") if hit.kind != "shortened"]
    assert len(hits) == 1, hits
    check(text, hits[0])
    assert "".join(c.expected for c in sorted(hits[0].characters, key=lambda c: name.index(c.expected))) == name
    assert hits[0].deliberate is deliberate
    assert [hit for _, hit in find_in_lines(["别的", text], ONE[name], "strict")] == list(
        find_message(text, ONE[name], "strict")
    )


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("name", ["花呗", "借呗"])
def test_a_name_of_two_is_found_beside_loans_whatever_was_done_to_it(operation: str, name: str) -> None:
    if operation == "letters that differ":
        return  # between two characters there is but one letter
    text = f"我的{OPERATIONS[operation][0](name)}逾期三天，额度没了"
    (hit,) = find_names(text, ONE[name], "strict")
    check(text, hit)
    assert hit.expected == name


@given(
    st.sampled_from(sorted(OPERATIONS)),
    st.sampled_from([term.text for term in KNOWN.terms]),
    st.sampled_from(BEFORE),
    st.sampled_from(AFTER),
    st.integers(0, 400),
    st.sampled_from(MODES),
)
def test_offsets_are_right_wherever_the_name_stands_and_the_batch_agrees(
    operation: str, name: str, before: str, after: str, far: int, mode: str
) -> None:
    text = "好" * far + before + OPERATIONS[operation][0](name) + after + "吃" * (far // 2)
    alone = find_message(text, KNOWN, mode)
    for hit in alone:
        check(text, hit)
    assert tuple(hit for _, hit in find_in_lines(["一行", text, ""], KNOWN, mode)) == alone


@given(st.data())
def test_every_single_alternative_is_told_as_the_table_has_it(data: st.DataObject) -> None:
    term: HanTerm = data.draw(st.sampled_from(LONG))
    at = data.draw(st.integers(0, len(term.text) - 1))
    symbol, way = data.draw(st.sampled_from(sorted(term.positions[at].items())))
    text = f"{term.text[:at]}{symbol}{term.text[at + 1 :]}提额度"
    for hit in find_names(text, ONE[term.text], "wide"):
        check(text, hit)
        told = hit.characters
        if hit.start == 0 and len(told) == len(term.text) and told[at].original == symbol:
            assert told[at].cost <= way.cost / 100
            assert (told[at].how == way.how) or told[at].cost <= way.cost / 100


@given(st.sampled_from(LONG), st.data())
def test_a_slip_of_one_character_costs_what_it_costs_and_the_score_falls_with_it(
    term: HanTerm, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(term.text) - 1))
    slips = [
        s for s, w in term.positions[at].items() if w.how in {"homophone", "shape"} and len(s) == 1 and not s.isascii()
    ]
    symbol = data.draw(st.sampled_from(sorted(slips)))
    text = term.text[:at] + symbol + term.text[at + 1 :]
    hits = [hit for hit in find_names(text, ONE[term.text], "wide") if hit.matched == text]
    for hit in hits:
        assert hit.score < 100
        assert [c.differs for c in hit.characters] == [k == at for k in range(len(term.text))]
        assert hit.characters[at].original == symbol
        assert hit.characters[at].expected == term.text[at]
        assert not hit.deliberate, "a homophone or a look-alike may be innocent"


@given(st.text(alphabet="微粒贷花呗借众银行的就，。 xw\u200b\u202e额度逾期贝代立", max_size=40))
def test_whatever_is_found_strictly_is_found_in_looser_modes_too(text: str) -> None:
    strict = find_names(text, KNOWN, "strict")
    looser = {mode: find_names(text, KNOWN, mode) for mode in MODES[1:]}
    for hit in strict:
        assert any(
            other.brand == hit.brand and other.start < hit.end and hit.start < other.end for other in looser["balanced"]
        ), (text, hit)


@given(st.text(max_size=60), st.sampled_from(MODES))
def test_hits_of_one_brand_never_overlap_and_stand_in_order(text: str, mode: str) -> None:
    hits = find_names(text + "微粒贷" + text, KNOWN, mode)
    assert list(hits) == sorted(hits, key=lambda h: (h.start, h.end, h.brand))
    for one in hits:
        for two in hits:
            assert one is two or one.brand != two.brand or one.end <= two.start or two.end <= one.start


@given(st.sampled_from(LONG), st.sampled_from(sorted(DELIBERATE)))
def test_a_character_that_no_keyboard_makes_by_accident_is_a_disguise(term: HanTerm, how: str) -> None:
    ways = [(k, s) for k, p in enumerate(term.positions) for s, way in p.items() if way.how == how]
    for k, symbol in ways[:3]:
        text = term.text[:k] + symbol + term.text[k + 1 :]
        assert all(hit.deliberate for hit in find_names(text, ONE[term.text], "wide") if hit.matched == text)


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
def test_the_alternatives_of_any_character_can_be_told_and_cost_between_nothing_and_all(char: str) -> None:
    known = alternatives(char)
    assert known[char].cost == 0
    assert all(0 <= way.cost <= 100 for way in known.values())
    assert all(symbol for symbol in known)


def test_the_same_text_gives_the_same_hits_twice() -> None:
    text = "代开微·粒贷、花呗提额，w3ilidai下款，微众额度"
    assert find_names(text, KNOWN, "wide") == find_names(text, KNOWN, "wide")


@given(st.data())
def test_a_batch_lets_through_what_a_message_alone_has(
    data: st.DataObject,
) -> None:
    term: HanTerm = data.draw(st.sampled_from(KNOWN.terms))
    chars = list(term.text)
    for at in data.draw(st.lists(st.integers(0, len(chars) - 1), min_size=1, max_size=3, unique=True)):
        chars[at] = data.draw(st.sampled_from(sorted(term.positions[at])))
    text = data.draw(st.sampled_from(["", "微众", "银行", "a"])) + "".join(chars) + data.draw(st.sampled_from(AFTER))
    for mode in MODES:
        alone = find_message(text, KNOWN, mode)
        assert tuple(hit for _, hit in find_in_lines([text], KNOWN, mode)) == alone, mode
