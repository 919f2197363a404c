"""The filter before the text logic lets through whatever a message alone would have, wherever in it a name stands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, HUABEI, WEBANK, WEILIDAI, brand
from zhengben.names import text_filter as module
from zhengben.names.api import find_names, pack
from zhengben.names.finance import finance_in, loans_in, loans_said
from zhengben.names.pack import Pack
from zhengben.names.scan import EVERY, joined, rolled
from zhengben.names.text_batch import find_in_lines, find_message
from zhengben.names.text_filter import TextFilter, text_filter

KNOWN = pack(ALL)
WIDE = pack((*(brand(f"b{i}", f"{chr(0x4E10 + 40 * i)}{chr(0x5E10 + 30 * i)}宝") for i in range(30)), *ALL))
WRITTEN = [
    "微粒贷",
    "微粒袋",
    "微里贷",
    "徽粒贷",
    "粒微贷",
    "微 粒 贷",
    "微粒粒贷",
    "weili贷",
    "花呗",
    "华呗",
    "wei粒贷",
]


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _agree(text: str, known: Pack = KNOWN, mode: str = "balanced") -> list[str]:
    batch = [hit for _, hit in find_in_lines([text], known, mode)]
    assert tuple(batch) == find_message(text, known, mode)
    return [hit.matched for hit in batch]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("昨天看到微粒的贷的广告", "微粒的贷"),
        ("老板微的众的鐶的行代开", "微的众"),
        ("我的謨的踰的花的呗额度没了", "花的呗"),
        ("看到微x粒x贷x广告", "微x粒x贷"),
        ("a微1粒2贷", "微1粒2贷"),
        ("花x呗", "花x呗"),
    ],
)
def test_a_filler_between_some_of_the_characters_is_seen_in_a_batch_as_alone(text: str, matched: str) -> None:
    assert matched in _agree(text)


@pytest.mark.parametrize(
    "text", ["他的花的钱的多", "是他花的呗", "a1花2b", "x花x", "的花的", "1微2", "", "的", "微", "x", "微x", "x微"]
)
def test_fillers_beside_one_character_of_a_name_are_no_name(text: str) -> None:
    assert not _agree(text)


@pytest.mark.parametrize("text", ["微\n粒\n贷", "微我\n粒要\n贷借", "花呗，微\n粒\n贷", "\n微粒贷\n", "\n"])
def test_a_message_of_several_lines_is_read_whole_also_in_a_batch(text: str) -> None:
    batch = [*find_in_lines(["别的", text, "微粒贷"], KNOWN, "strict")]
    alone = [(1, hit) for hit in find_names(text, KNOWN, "strict")]
    assert batch == [*alone, *((2, hit) for hit in find_names("微粒贷", KNOWN, "strict"))]


@pytest.mark.parametrize("written", WRITTEN)
def test_a_name_across_the_border_of_two_blocks_is_found(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 80)
    for shift in range(60, 84):
        assert _agree("好" * shift + "，" + written + "逾期" + "好" * 90) == [written], shift


def test_two_brands_in_one_message_are_both_found_though_each_is_looked_for_apart() -> None:
    assert _agree("微粒贷" + "天" * 400 + "花呗额度") == ["微粒贷", "花呗"]
    assert _agree("微粒贷和花呗的额度") == ["微粒贷", "花呗"]


@pytest.mark.parametrize("text", ["银行微众", "〔银行微众〕的大额存单", "微众银行", "众微银行", "微众行"])
def test_a_name_whose_stem_is_seen_is_judged_whole(text: str) -> None:
    assert "微众" not in _agree(text), "the whole name is meant"


@given(
    st.lists(st.sampled_from([*"微粒贷袋花呗借众银行微卫立代的x1丨🌸 ，"]), max_size=14),
    st.sampled_from(["strict", "balanced", "wide"]),
)
def test_what_shares_its_bits_with_other_names_is_found_all_the_same(parts: list[str], mode: str) -> None:
    _agree("".join(parts), WIDE, mode)


def test_a_place_tells_which_brand_it_may_be() -> None:
    found = text_filter(KNOWN, "balanced").places(_points("我的微粒贷，花呗也有\n"))
    brands = [
        {term.brand for term in KNOWN.written if rolled(term.whole << term.bit) & bits}
        for bits in found.han.bits.tolist()
    ]
    assert found.han.at.tolist() == sorted(found.han.at.tolist())
    assert {"weilidai"} in brands
    assert {"huabei"} in brands
    assert not any(len(row) == len(ALL) for row in brands)


@pytest.mark.parametrize("text", ["微粒", "粒贷", "微银行", "众行", "贷", "呗"])
def test_half_a_name_does_not_pass(text: str) -> None:
    found = TextFilter(pack((WEILIDAI, HUABEI)), "strict").places(_points(f"今天天气{text}很好\n"))
    assert not len(found.han.at)
    assert not len(found.guessed.at)


@pytest.mark.parametrize("gap", ["", "·", "\u200b", " · ", "🌸", "丨丨"])
def test_signs_that_separate_hide_no_name_from_the_filter(gap: str) -> None:
    assert _agree(f"代开{gap.join('微粒贷')}") == [gap.join("微粒贷")]
    assert len(TextFilter(KNOWN, "strict").places(_points(f"代开{gap.join('微粒贷')}\n")).han.at)


def test_a_text_of_nothing_known_and_an_empty_one_give_nothing() -> None:
    for text in ("\n", "\n\n\n", "今天天气很好\n", "\u200b\u200b\n"):
        assert not any(len(rows) for rows in (text_filter(KNOWN, "wide").places(_points(text)).latin,))
        assert not list(find_in_lines(text.split("\n")[:-1], KNOWN, "wide"))
    assert not list(find_in_lines([], KNOWN, "wide"))


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("贷webank贷", ["webank"]),
        ("用we bank吧", ["we bank"]),
        ("用we吧bank", []),
        ("web，ank", ["web，ank"]),
        ("好w.e.b.a.n.k好we-bank", ["w.e.b.a.n.k", "we-bank"]),
        ("䶵webank㐀", ["webank"]),
        ("我we\u200b\u200bbank", ["we\u200b\u200bbank"]),
    ],
)
def test_letters_between_chinese_characters_are_read_as_one_run_each(text: str, matched: list[str]) -> None:
    assert _agree(text, pack((WEBANK,)), "strict") == matched


def test_stretches_that_touch_are_read_as_one_with_the_bits_of_both() -> None:
    assert joined("." * 2000, [(0, 130, 1), (60, 220, 2), (1380, 1620, 8)]) == [(0, 220, 3), (1380, 1620, 8)]
    assert joined("." * 2000, [(0, 130, 1), (20, 50, 2)]) == [(0, 130, 3)]
    assert joined("....", [(0, 4, EVERY), (3, 4, 1)]) == [(0, 4, EVERY)]
    assert joined("." * 900, [(60, 130, 1), (10, 250, 2), (5, 7, 4)]) == [(5, 7, 4), (10, 250, 3)]
    assert joined("....", []) == []
    assert joined("....", None) == [(0, 4, EVERY)]


@pytest.mark.parametrize(
    "written",
    [*WRITTEN, "微🌸🌸粒🌸🌸贷", "w e i l i d a i", "微(wei)粒(li)贷(dai)", "微" + "·" * 8 + "粒" + "·" * 8 + "贷"],
)
def test_the_stretch_of_a_place_holds_the_whole_name(written: str) -> None:
    text = "好" * 200 + written + "好" * 200 + "\n"
    found = TextFilter(KNOWN, "wide").places(_points(text))
    spans = [*zip(found.han.first.tolist(), found.han.last.tolist(), strict=True)]
    assert any(first <= 200 and last >= 200 + len(written) for first, last in spans)


def test_a_brand_is_looked_for_by_all_its_names_where_one_is_seen() -> None:
    table = KNOWN.table
    stem = next(term for term in KNOWN.written if term.stem)
    told = {term.brand for term in table.terms_of(table.named(rolled(1 << stem.bit)))}
    assert told == {stem.brand}
    assert len(table.terms_of(table.named(rolled(1 << stem.bit)))) > 1
    assert table.named(0) == 0
    assert table.named(EVERY) == table.whole


@pytest.mark.parametrize(
    ("text", "loans", "finance", "said"),
    [
        ("my loan，逾期三天", True, True, 2),
        ("LOAN", True, True, 1),
        ("贷loan款", True, True, 1),
        ("loaned", False, False, 0),
        ("xloan", False, False, 0),
        ("额度额度", True, True, 1),
        ("download app", False, True, 0),
    ],
)
def test_words_of_finance_in_two_languages_count_alike(text: str, *, loans: bool, finance: bool, said: int) -> None:
    assert loans_in(text) is loans
    assert finance_in(text) is finance
    assert loans_said(text) == said


@pytest.mark.parametrize("text", ["惊扰本人美梦花䶄闇匍鐨钱，使我一夜未眠", "䶄闇匍鐨的账户"])
def test_a_longer_name_of_guesses_only_is_found_beside_any_finance_as_alone(text: str) -> None:
    assert _agree(text, pack((brand("pingan", "平安普惠"),))) == ["䶄闇匍鐨"]


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("他&#183;在微博借钱不还&#183;很久", False),  # an escape, and nothing behind it
        ("开通&#24494;&#31890;&#36151;额度", True),
        ("开通%E5%BE%AE%E7%B2%92%E8%B4%B7额度", True),
        ("开通微<b></b>粒<i></i>贷额度", True),
        ("开通微\n粒\n贷额度", True),
        ("开通\\u5fae\\u7c92\\u8d37", True),
    ],
)
def test_a_line_with_escapes_is_read_whole_where_they_hide_a_name(line: str, *, seen: bool) -> None:
    found = [hit for _, hit in find_in_lines(["今天开会", line, "下班了"], KNOWN, "balanced")]
    assert found == list(find_names(line, KNOWN, "balanced"))
    assert bool(found) is seen
