"""Latin names that stand as several words of running text, or with signs for letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import brand
from zhengben.names.api import find_names, pack
from zhengben.names.latin_hits import INNER, LIKE, inner_letter, letter_of
from zhengben.names.latin_words import in_english, ordinary, said_as
from zhengben.names.text_batch import find_in_lines

KNOWN = pack(
    (
        brand("webank", "微众银行", "webank"),
        brand("weilidai", "微粒贷", "weilidai"),
        brand("huabei", "花呗", "huabei"),
        brand("qinhe", "沁禾银行", "qinhebank"),
    )
)


def found(text: str, mode: str = "strict") -> list[tuple[str, str]]:
    """Give brand and stretch of every hit; a batch of messages gives the same."""
    hits = find_names(text, KNOWN, mode)
    assert [hit for _, hit in find_in_lines([text], KNOWN, mode)] == list(hits)
    assert all(text[hit.start : hit.end] == hit.matched for hit in hits)
    assert all(text[c.index : c.index + len(c.original)] == c.original for hit in hits for c in hit.characters)
    return [(hit.brand, hit.matched) for hit in hits]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Has anybody moved abroad and kept We Bnak open?", ("webank", "We Bnak")),
        ("Opened Web Ank last week, the card came in two days", ("webank", "Web Ank")),
        ("Qinhe Bnak wants a second document from me", ("qinhe", "Qinhe Bnak")),
        ("Qihe Bank statement shows a fee I do not know", ("qinhe", "Qihe Bank")),
        ("the qinhee bank branch near the station, account still frozen", ("qinhe", "qinhee bank")),
        ("my hua bay bill on alipay doubled", ("huabei", "hua bay")),
        ("weili day loan is overdue, what now", ("weilidai", "weili day")),
        ("wei li dia loan, cannot repay in the app", ("weilidai", "wei li dia")),
        ("Weizhong Bnak credit card", ("webank", "Weizhong Bnak")),  # by its pinyin and the trade in English
    ],
)
def test_a_name_in_several_words_with_one_slip_is_found(text: str, hit: tuple[str, str]) -> None:
    assert found(text) == [hit]


@pytest.mark.parametrize(
    "text",
    [
        "We bank with a union, and we banked there before, they lend money",
        "my rank at the bank went up, credit to the team",
        "The web and the bank need an account",
        "we bang on about fees and loans",
        "who bay is this, pay the bill",
        "hua bay is a lovely place to swim",  # nothing of money beside it
        "Jin He Bank and Qian Bank are other banks with loans",
        "way lee day care centre takes no loan",
    ],
)
def test_words_of_a_sentence_are_no_name(text: str) -> None:
    assert found(text, "balanced") == []


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("we!l!da!强开教程", ["weilidai"]), ("wa|lidai", []), ("we!lidai 开通", ["weilidai"]),
        ("webankloan进群", ["webank"]), ("huabeitx，秒到", ["huabei"]), ("qinhebankvip 通道", ["qinhe"]),
        ("webank! great!", ["webank"]), ("webankly", []), ("w€bank专员", ["webank"]),
        ("huabeitxt", []), ("bei!jing hotel! booked!", []),
    ],
)  # fmt: skip
def test_signs_for_letters_and_words_close_up_behind(text: str, brands: list[str]) -> None:
    assert [name for name, _ in found(text)] == brands


def test_blanks_between_misspelt_words_are_no_disguise_and_the_slip_is_told() -> None:
    hit = find_names("We Bnak app will not open", KNOWN)[0]
    assert (hit.kind, hit.deliberate) == ("typo", False)
    assert [(c.original, c.how) for c in hit.characters if c.differs] == [
        ("n", "transposition"),
        ("a", "transposition"),
    ]


def test_a_word_heard_as_a_syllable_is_told_as_that_syllable() -> None:
    hit = find_names("paid with hua bay via alipay", KNOWN)[0]
    assert [(c.original, c.expected, c.how) for c in hit.characters] == [
        ("hua", "hua", "exact"),
        ("bay", "bei", "near_sound"),
    ]


@given(st.text(alphabet="ab!|+ ", min_size=1, max_size=12))
def test_a_sign_is_a_letter_only_right_behind_one(text: str) -> None:
    for at, char in enumerate(text):
        letter = inner_letter(text, at, 0)
        assert not letter or (char in INNER and at and text[at - 1].isalpha() and letter == LIKE[char])


@pytest.mark.parametrize(("char", "letter"), [("$", "s"), ("@", "a"), ("Ｗ", "w"), ("е", "e"), ("!", "")])
def test_a_sign_by_itself_is_the_letter_it_always_stands_for(char: str, letter: str) -> None:
    assert letter_of(char)[0] == letter


def test_words_are_heard_as_syllables_in_every_way() -> None:
    assert set(said_as(["who", "bay"])) == {("hua", "bei"), ("hu", "bei")}
    assert list(said_as(["hua", "xyz"])) == []
    assert list(said_as(["bay"] * 5)) == []


def test_a_word_is_english_in_its_plural_too_and_pinyin_is_none() -> None:
    assert [ordinary(word) for word in ("loans", "banking", "the", "weilidai", "qinhe")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "said"), [("沁禾银行", "qinhebank"), ("瑾衡保险", "jinhenginsurance"), ("微粒贷", ""), ("银行", "")]
)
def test_a_trade_of_two_characters_is_said_in_english(name: str, said: str) -> None:
    assert in_english(name) == said


def test_a_long_name_with_letters_changed_over_needs_nothing_beside_it_in_several_words() -> None:
    assert found("how to unsubscribe from wei li dia messages") == [("weilidai", "wei li dia")]
    assert found("weilidia") == []  # in one word it is pinyin, and of a short name it may be anybody's
    assert found("a we bnak cafe") == []


@given(st.sampled_from(["webank", "huabei", "weilidai", "qinhebank", "weizhongbank", "qinheyinhang"]), st.data())
def test_a_name_with_any_one_edit_keeps_letters_that_the_filter_asks_for(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.sampled_from("aeioubgkmtz"))
    crossed = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    edits = [name[:at] + name[at + 1 :], name[:at] + other + name[at + 1 :], name[:at] + other + name[at:], crossed]
    for written in edits:
        assert KNOWN.latin.possible(f"ask {written}, please"), written
    assert KNOWN.latin.possible(name[::-1])


@pytest.mark.parametrize(
    "text",
    ["Qinge Bank and Qinhu Bank are others, loans too", "xinhe bank credit", "qinhe lake and a bank with loans"],
)
def test_in_pinyin_a_letter_for_another_is_another_firm(text: str) -> None:
    assert found(text) == []


def test_a_sibling_in_latin_letters_is_itself() -> None:
    known = pack((brand("qinhe", "沁禾银行", "qinhebank", siblings=("沁何银行", "沁哈银行")),))
    assert find_names("my loan at qinhabank is paid", known, "balanced") == ()
    assert [hit.matched for hit in find_names("my loan at qinhobank is paid", known)] == ["qinhobank"]


def test_a_slip_that_is_the_pinyin_of_a_word_needs_loans_beside_it_in_every_mode() -> None:
    known = pack((brand("chengdou", "承兜支付", "chengdou"),))
    assert find_names("The app lists every hotel in Chengdu, nice place", known, "balanced") == ()
    assert [hit.matched for hit in find_names("Chengdu loan overdue", known, "balanced")] == ["Chengdu"]


def test_context_is_twenty_signs_of_chinese_or_sixty_letters() -> None:
    assert found("webamk" + "，" + "好" * 18 + "还款") == []
    assert found("webamk" + "，" + "好" * 12 + "还款") == [("webank", "webamk")]
    assert found("webamk is what " + "they told me on the " * 2 + "loan") == [("webank", "webamk")]
    assert found("webamk is what " + "they told me on the " * 4 + "loan") == []
