"""What is put between the characters of a name: tags, a filler that repeats, an explanation of each character."""

import pytest

from zhengben.core.brand import Brand, Names
from zhengben.names.api import Pack, find_names, pack
from zhengben.names.asides import asides
from zhengben.names.hits import NameHit
from zhengben.names.text_batch import find_in_lines


def brand(name: str, *siblings: str) -> Brand:
    return Brand(id="b", owner="o", finance=True, names=Names(primary=name, siblings=siblings))


@pytest.fixture(scope="module")
def three() -> Pack:
    return pack((brand("微粒贷"),))


@pytest.fixture(scope="module")
def two() -> Pack:
    return pack((brand("借呗"),))


@pytest.fixture(scope="module")
def bank() -> Pack:
    return pack((brand("微众银行"),))


def found(text: str, known: Pack, mode: str = "strict") -> list[NameHit]:
    """Find one way and the other: for one message, and for many at once."""
    hits = list(find_names(text, known, mode))
    assert [hit for _, hit in find_in_lines([text], known, mode)] == hits
    return hits


DISGUISED = {
    "a tag around one character": ("他们的微<b>粒</b>贷靠谱不", "微<b>粒</b>贷"),
    "a tag with attributes": ('微<font color="red">粒</font>贷', '微<font color="red">粒</font>贷'),
    "an entity that draws nothing": ("微&shy;粒&zwnj;贷", "微&shy;粒&zwnj;贷"),
    "a tag and a sign": ("<i>微</i>&gt;粒贷", "微</i>&gt;粒贷"),
    "a letter between": ("听说微v粒v贷能办", "微v粒v贷"),
    "a digit between": ("微8粒8贷", "微8粒8贷"),
    "的 between": ("开通微的粒的贷", "微的粒的贷"),
    "explained": ("就是微小的微、颗粒的粒、贷款的贷那个", "微小的微、颗粒的粒、贷款的贷"),
    "backwards": ("贷粒微，懂的来", "贷粒微"),
}


@pytest.mark.parametrize("kind", DISGUISED)
def test_the_name_is_found_where_it_stands(kind: str, three: Pack) -> None:
    text, matched = DISGUISED[kind]
    (hit,) = found(text, three)
    assert text[hit.start : hit.end] == hit.matched == matched
    assert hit.deliberate or kind == "backwards"
    assert [char.expected for char in sorted(hit.characters, key=lambda c: "微粒贷".index(c.expected))] == [
        "微",
        "粒",
        "贷",
    ]
    for char in hit.characters:
        assert text[char.index : char.index + len(char.original)] == char.original


HARMLESS = [
    "我的你的他的都放这儿",
    "1月2日和1月3日",
    "好的好的，微信收到，贷款的事再说",
    "老师的师，弓长张的张",
    "<p>微信</p><p>粒子</p><p>贷款</p>",
    "微生物的微，粒子",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_writing_holds_no_name(text: str, three: Pack) -> None:
    assert found(text, three, "balanced") == []


def test_fillers_are_left_out_only_between_the_characters_themselves(three: Pack) -> None:
    """Leaving out and guessing as well would read a name into any row of syllables."""
    assert found("为x利x带", three, "balanced") == []


def test_one_explanation_is_how_people_spell_a_surname(three: Pack) -> None:
    assert list(asides("姓魏，魏国的魏")) == []
    assert list(asides("微信的微是哪个字？很久以后，贷款的贷又是哪个")) == []
    assert found("微信的微", three) == []


def test_sides_have_spoken_names() -> None:
    (reading,) = asides("借钱的借，口字旁一个贝")
    assert (reading.text, reading.how) == ("借口贝", "explained")
    (reading,) = asides("波澜的澜，三点水加可")
    assert reading.text == "澜氵可"


def test_a_character_explained_by_its_side_is_found(two: Pack) -> None:
    text = "我要投诉借钱的借，口字旁一个贝"
    (hit,) = found(text, two)
    assert text[hit.start : hit.end] == "借钱的借，口字旁一个贝"


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("呗借怎么还款", ["strict", "balanced"]),
        ("把额度提到呗借里", ["strict", "balanced"]),
        ("点击呗借", ["balanced"]),
        ("他家的呗借挺好看", []),
    ],
)
def test_a_name_of_two_written_backwards_needs_loans_beside_it_or_in_a_looser_mode_any_finance(
    text: str, modes: list[str], two: Pack
) -> None:
    hits = {mode: found(text, two, mode) for mode in ("strict", "balanced")}
    assert [mode for mode in hits if hits[mode]] == modes
    assert {hit.kind for row in hits.values() for hit in row} <= {"transposition"}


def test_a_bank_written_backwards_is_found(bank: Pack) -> None:
    assert [hit.matched for hit in found("行银众微的客服", bank)] == ["行银众微"]
    assert found("行众银微", bank) == [], "no order a person would read as the name"


MISSPELT = ["借贝逾期会上征信吗", "我的介呗额度没了", "借备利率又降了"]


@pytest.mark.parametrize("text", MISSPELT)
def test_a_customers_slip_in_a_name_of_two_is_read_where_an_account_is_spoken_of(text: str, two: Pack) -> None:
    (hit,) = found(text, two)
    assert not hit.deliberate


@pytest.mark.parametrize(
    "text", ["借贝多芬的唱片听", "街背后有家店", "先借，呗", "借杯子喝水，再还钱", "界碑贷款", "介背贷款"]
)
def test_a_slip_without_it_or_across_a_clause_is_none(text: str, two: Pack) -> None:
    assert found(text, two) == []


def test_a_clause_between_two_characters_is_no_separator() -> None:
    known = pack((brand("快栗"),))
    assert found("跑得快。离家近", known, "balanced") == []
    assert found("吃得快，菜也好", known, "balanced") == []
    assert found("快·栗", known) != []


def test_a_product_name_that_anybody_may_use_is_nobodys(three: Pack) -> None:
    assert found("我行推出微利贷，利息低", three, "balanced") == []
    assert found("微立贷，利息低", three, "balanced") != []


def test_words_of_sure_characters_alone_excuse_nothing(bank: Pack) -> None:
    """银行 is an everyday word and part of the name; what counts is whether a guessed character lies in a word."""
    assert [hit.matched for hit in found("威仲银行的电话", bank)] == ["威仲银行"]


@pytest.mark.parametrize(
    ("name", "text"), [("橙谷分期", "橙谷分7额度"), ("久久贷", "9久贷额度"), ("花呗", "🌸呗额度"), ("快栗", "⚡栗提额")]
)
def test_digits_and_pictures_stand_for_characters(name: str, text: str) -> None:
    (hit,) = found(text, pack((brand(name),)), "balanced")
    assert text.startswith(hit.matched)


def test_halves_of_a_character_set_apart_by_blanks_are_a_disguise(three: Pack) -> None:
    (hit,) = found("办微粒 代贝 的", three)
    assert hit.deliberate


def test_a_million_signs_do_not_fill_the_memory(three: Pack) -> None:
    text = "".join(map(chr, range(0x4E00, 0x9FFF))) + "".join(map(chr, range(0x20000, 0x2A6DF))) + "微粒贷"
    assert found(text, three)[-1].matched == "微粒贷"


@pytest.mark.parametrize("text", ["办借x呗的来", "借8呗怎么开", "藉K呗"])
def test_a_letter_between_the_two_characters_of_a_name_is_a_disguise(text: str, two: Pack) -> None:
    (hit,) = found(text, two)
    assert hit.deliberate
    assert len(hit.matched) == 3


@pytest.mark.parametrize("text", ["钱是他借的呗", "街x杯", "借xx呗", "借·x·呗"])
def test_what_is_no_such_disguise(text: str, two: Pack) -> None:
    assert found(text, two, "balanced") == []
