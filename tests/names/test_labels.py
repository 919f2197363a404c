"""Which Chinese names a label could hold: whatever the judge accepts, the first look must have let through."""

# ruff: noqa: E501  # tables of labels read best in long rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names.labels import kept
from zhengben.names.pack import pack
from zhengben.names.scan import find_han

KNOWN = pack(
    (*ALL, brand("ppd", "拍拍贷"), brand("cmb", "招商银行"), brand("ezb", "e租宝"), brand("long", "中国平安普惠金融"))
)
PIECES = [
    *"微薇徽粒立拉贷貸代贝花华呗坝借拍柏招召商银根行衍众公司手机网址平安普惠金融",
    "wei", "li", "dai", "hua", "w", "l", "d", "-", "·", "🌸", "Ｗ", "ⓦ", "1", "v", "app", "zu", "bao", "e", "ㄨㄟ",
]  # fmt: skip


def accepted(label: str, mode: str) -> set[int]:
    """Give the first bits of the names found without the first look."""
    by_name = {(term.brand, term.name): term.bit for term in KNOWN.terms}
    hits = find_han(label, KNOWN.table, mode)
    whole = [hit for hit in hits if mode != "wide" or hit.end - hit.start >= len(label) - 1]
    return {by_name[hit.brand, hit.expected] for hit in whole}


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_nothing_that_is_accepted_was_kept_out(mode: str, label: str) -> None:
    possible = KNOWN.labels.possible(label)
    assert all(possible >> bit & 1 for bit in accepted(label, mode))


@pytest.mark.parametrize("text", [term.text for term in KNOWN.terms])
def test_each_name_is_possible_in_itself_and_in_any_one_writing(text: str) -> None:
    term = next(t for t in KNOWN.terms if t.text == text)
    assert KNOWN.labels.possible(text) >> term.bit & 1
    for k, position in enumerate(term.positions):
        for symbol in list(position)[:40]:
            assert KNOWN.labels.possible(text[:k] + symbol + text[k + 1 :]) >> term.bit & 1, symbol


@pytest.mark.parametrize(
    "label", ["", "münchen", "москва", "日本旅行", "webank", "🎉🎊", "\u200b", "例子", "公司网络中国"]
)
def test_most_labels_hold_nothing(label: str) -> None:
    assert KNOWN.labels.possible(label) == 0


def test_a_label_that_is_filled_by_guesses_counts_and_a_longer_one_does_not() -> None:
    term = next(t for t in KNOWN.terms if t.text == "微粒贷")
    single = [{s: way.cost for s, way in position.items() if len(s) == 1} for position in term.positions]
    dear = "".join(max(costs, key=costs.__getitem__) for costs in single)
    assert KNOWN.labels.possible(dear) >> term.bit & 1
    assert not KNOWN.labels.possible("公司" + dear + "手机网址") >> term.bit & 1


def test_what_hides_or_separates_is_no_part_of_a_label() -> None:
    assert kept("微\u200b·粒Ｄ") == "微粒d"


TWICE = pack((brand("beibei", "贝贝"), brand("pinpin", "拼拼贷"), brand("cai", "财付通"), brand("zu", "通通租")))


@pytest.mark.parametrize(
    ("label", "name"),
    [("贝贝", "贝贝"), ("贝·贝", "贝贝"), ("狈狈", "贝贝"), ("拼拼贷", "拼拼贷"), ("通通租", "通通租")],
)
def test_one_sign_may_stand_for_two_characters_of_a_name(label: str, name: str) -> None:
    bit = next(term.bit for term in TWICE.terms if term.text == name)
    assert TWICE.labels.possible(label) >> bit & 1


@pytest.mark.parametrize("label", ["рус", "тендеркит", "авторитет116", "фцмпо", "vermögen"])
def test_letters_that_only_look_like_initials_are_no_name(label: str) -> None:
    many = pack(tuple(brand(f"b{n}", name) for n, name in enumerate(["普成普一", "通盈天", "一天可", "盈天通一", "墨花天", "可宁宁", "元普汇", "天可普"])))  # fmt: skip
    assert not list(find_han(label, many.table, "balanced"))
    assert many.labels.possible(label) == 0


@given(st.lists(st.sampled_from([*PIECES, "y", "t", "pin", "an", "yin", "ｗ", "ei", "托", "拖", "贝贝", "。", "\u200b"]), max_size=7).map("".join))  # fmt: skip
def test_nothing_is_kept_out_of_names_whose_characters_repeat(label: str) -> None:
    by_name = {(term.brand, term.name): term.bit for term in TWICE.terms}
    possible = TWICE.labels.possible(label)
    for hit in find_han(label, TWICE.table, "balanced"):
        assert possible >> by_name[hit.brand, hit.expected] & 1


@pytest.mark.parametrize("size", [1, 30, 58])
def test_a_label_of_any_length_is_looked_at_in_no_time(size: int) -> None:
    for char in ("微", "贷", "w", "а", "🌸", "\u200b", "ｗ"):
        KNOWN.labels.possible(char * size)
        KNOWN.labels.possible(("微粒" + char) * (size // 3 + 1))


def test_what_is_possible_among_many_names_is_what_is_possible_among_few() -> None:
    texts = [term.text for term in KNOWN.terms]
    for text in texts:
        alone = next(one for one in (*ALL, brand("x", text)) if text in one.names.chinese)
        few = pack((alone,))
        bit = next(term.bit for term in few.terms if term.text == text)
        for label in ("微粒贷", "华呗", "拍柏贷", "招商银衍", "中国平安普惠", "借坝官网", "e租宝", text):
            here = KNOWN.labels.possible(label) >> KNOWN.terms[texts.index(text)].bit & 1
            assert here == few.labels.possible(label) >> bit & 1, (text, label)
