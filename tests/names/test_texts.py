"""Brand names in Chinese text: found however written, never where they are not, always with a way back to the original."""

# ruff: noqa: E501  # tables of disguises read best in long rows

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, HUABEI, WEILIDAI
from zhengben.names.api import find_names, pack
from zhengben.names.text_batch import find_in_lines, find_message

ONE = pack((WEILIDAI,))
KNOWN = pack(ALL)

VARIANTS = {
    "微粒贷": "exact", "微粒貸": "traditional", "微立贷": "homophone", "威力贷": "homophone", "徽粒贷": "shape", "微米立贷": "split", "微粒代贝": "split",
    "weilidai": "pinyin", "wei粒贷": "pinyin", "WeiLiDai": "pinyin", "w e i l i d a i": "pinyin", "V粒贷": "", "W粒贷": "initial", "微·粒·贷": "separator",
    "微 粒 贷": "separator", "微★☆粒★☆贷": "separator", "微\u200b粒贷": "zero_width", "微\u00ad粒\u2060贷": "zero_width", "微\u0336粒\u0336贷\u0336": "zero_width",
    "ㄨㄟ粒贷": "bopomofo", "ㄨㄟㄌㄧˋㄉㄞˋ": "bopomofo", "ｗｅｉｌｉｄａｉ": "width", "ⓦⓔⓘⓛⓘⓓⓐⓘ": "circled", "微(wei)粒(li)贷(dai)": "annotation", "微微粒粒贷贷": "repeated",
    "微贷粒": "transposition", "&#24494;粒贷": "escape", "%E5%BE%AE粒贷": "escape", r"\u5fae粒贷": "escape", "\u202e贷粒微\u202c": "reversed", "微\n粒\n贷": "separator",
    "微我\n粒要\n贷借": "vertical", "wеilidаi": "confusable",
}  # fmt: skip


@pytest.mark.parametrize(("written", "kind"), [(w, k) for w, k in VARIANTS.items() if k])
def test_it_is_found_strictly_however_it_is_written(written: str, kind: str) -> None:
    text = written if kind == "vertical" else f"今天有人说{written}怎么开通"
    hits = find_names(text, ONE, "strict")
    assert len(hits) == 1, hits
    hit = hits[0]
    assert hit.brand == "weilidai"
    assert kind == hit.kind or kind in {c.how for c in hit.characters}
    assert text[hit.start : hit.end] == hit.matched
    assert [c.expected for c in hit.characters] == ["微", "粒", "贷"]
    for char in hit.characters:
        assert text.startswith(char.original[:1], char.index)


@pytest.mark.parametrize(
    "text",
    [
        "微利贷款利率低", "微业贷不错", "微车贷还款", "小微贷款扶持", "为历代文人所爱", "微贷业务", "有违章，代办", "威力很大", "开花了", "我要借贝壳", "话费充值", "今天开会",
        "weight loss", "we lied aides", "唯利是图", "未来", "微粒子带电",
    ],
)  # fmt: skip
def test_ordinary_chinese_is_left_alone(text: str) -> None:
    assert find_names(text, ONE, "balanced") == ()


def test_a_two_character_name_by_its_sound_needs_finance_beside_it() -> None:
    known = pack((HUABEI,))
    assert find_names("今天去看花北面的山", known, "balanced") == ()
    assert [h.kind for h in find_names("花贝提额度联系我", known, "balanced")] == ["homophone"]
    assert [h.kind for h in find_names("花\u200b呗", known, "strict")] == ["zero_width"]
    assert find_names("花吧提额度", known, "balanced") == ()


def test_a_disguise_is_told_from_a_slip() -> None:
    assert [h.deliberate for h in find_names("微立贷怎么开", ONE)] == [False]
    assert [h.deliberate for h in find_names("微·粒·贷怎么开", ONE)] == [True]


def test_short_names_count_only_beside_finance() -> None:
    assert find_names("WLD上涨了", ONE, "balanced") == ()
    assert [h.matched for h in find_names("wld提额找我", ONE, "balanced")] == ["wld"]


def test_a_literal_line_break_is_one_and_offsets_are_of_the_line() -> None:
    line = r"你好\n微\n粒\n贷 \n再见"
    hits = find_message(line, ONE, "strict")
    assert [line[h.start : h.end] for h in hits] == [r"微\n粒\n贷"]


@given(
    st.lists(
        st.sampled_from(
            [
                *VARIANTS,
                "微",
                "粒",
                "贷",
                "花",
                "呗",
                "借钱",
                "，",
                " ",
                "w",
                "i",
                "银行",
                "\u202e",
                r"\n",
                "&#",
                "🌸",
                "😀",
                "话",
                "额度",
            ]
        ),
        max_size=12,
    )
)
def test_offsets_always_lead_back_and_the_batch_finds_the_same(parts: list[str]) -> None:
    text = "".join(parts).replace("\n", "")
    for mode in ("strict", "balanced", "wide"):
        alone = find_message(text, KNOWN, mode)
        assert all(text[h.start : h.end] == h.matched and h.matched for h in alone)
        assert tuple(hit for _, hit in find_in_lines(["别的", text, ""], KNOWN, mode)) == alone


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for hit in find_names(text, KNOWN, "wide"):
        assert text[hit.start : hit.end] == hit.matched


def test_a_very_long_line_takes_no_very_long_time() -> None:
    assert len(find_names("微粒" * 60_000 + "贷", ONE)) == 1
