"""Letters and digits inside a name, digits drawn like letters, and names at the heads of lines and clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names.api import find_names, pack
from zhengben.names.fillers import acrostics, fillers
from zhengben.names.text_batch import find_in_lines

KNOWN = pack((*ALL, brand("qh", "晴河贷", "qinghedai")))
PUT_IN = {
    "微xx众xx银行": ("webank", "separator"),
    "微ab众12银行": ("webank", "separator"),
    "微众888银行": ("webank", "separator"),
    "微abcdef粒贷": ("weilidai", "separator"),
    "花01呗": ("huabei", "separator"),
    "花666呗": ("huabei", "separator"),
    "花哈哈哈呗": ("huabei", "separator"),
    "微啦啦啦众银行": ("webank", "separator"),
    "微1\ufe0f\u20e3粒2\ufe0f\u20e3贷": ("weilidai", "separator"),
    "微①粒②贷": ("weilidai", "separator"),
    "微Ａ粒Ｂ贷": ("weilidai", "separator"),
    "花;;呗": ("huabei", "separator"),
    "花8ei": ("huabei", "pinyin"),
    "借b3i": ("jiebei", "pinyin"),
    "w3i粒贷": ("weilidai", "pinyin"),
}


@pytest.mark.parametrize(("written", "told"), PUT_IN.items())
@pytest.mark.parametrize("around", ["{}", "代开{}，秒下款", "贷款找{}吧"])
def test_letters_and_digits_inside_hide_no_name(written: str, told: tuple[str, str], around: str) -> None:
    text = around.format(written)
    (hit,) = find_names(text, KNOWN, "balanced")
    assert (hit.brand, hit.kind, hit.deliberate) == (*told, True)
    assert text[hit.start : hit.end] == hit.matched == written
    assert [(0, hit)] == list(find_in_lines([text], KNOWN, "balanced"))


@pytest.mark.parametrize(
    "text",
    [
        "他花300呗",
        "借xx呗",
        "借50呗",
        "花app呗",
        "微abcdefgh粒贷",
        "微A股众B股",
        "晴3河",
        "贷A晴B河",
        "花8点",
        "微4众",
        "他花哈哈呗",
        "花的的的",
        "花;呗",
    ],
)
def test_a_sum_or_a_word_between_two_characters_is_none(text: str) -> None:
    assert find_names(text, KNOWN, "strict") == ()
    assert list(find_in_lines([text], KNOWN, "strict")) == []


ACROSTICS = [
    "微光照亮前程，粒米也能成山，贷来明天",
    "微光照亮前程\n粒米也能成山\n贷来明天",
    "藏头：微光照亮前程\n粒米也能成山\n贷来明天",
    "1. 微光照亮前程\n2. 粒米也能成山\n3. 贷来明天",
    "晨光熹微，沙石成粒，有借有贷",
    "看那晨光熹微\n看那沙石成粒。\n看那有借有贷！",
    "你好！微光照亮前程；粒米也能成山；贷来明天。再见",
    "微光，粒米，贷来",
    "微光照亮！！粒米成山！！贷来明天！！",
]


@pytest.mark.parametrize("text", ACROSTICS)
def test_a_name_at_the_heads_or_ends_of_clauses_is_found(text: str) -> None:
    (hit,) = find_names(text, KNOWN)
    assert (hit.brand, hit.deliberate) == ("weilidai", True)
    assert [text[char.index] for char in hit.characters] == ["微", "粒", "贷"]
    assert text[hit.start : hit.end] == hit.matched
    assert [(0, hit)] == list(find_in_lines([text], KNOWN, "strict"))


@pytest.mark.parametrize(
    "text",
    [
        "花开了，呗什么",
        "借我一点，呗。好，的",
        "微光照亮，中间一句，粒米成山，贷来明天",
        "微光照亮，唯有粒米，贷来明天",
        "薇光照亮，粒米成山，贷来明天",
    ],
)
def test_heads_that_are_no_name_are_let_be(text: str) -> None:
    assert find_names(text, KNOWN) == ()
    assert list(find_in_lines([text], KNOWN, "strict")) == []


def test_a_text_of_few_clauses_has_no_acrostic() -> None:
    assert list(acrostics("微光，粒米")) == []
    assert list(acrostics("")) == []


def test_the_same_row_of_heads_is_read_once() -> None:
    rows = [reading.spans for reading in acrostics("一天\n二天\n三天")]
    assert len(rows) == len(set(rows)) == 2


def test_a_first_message_of_many_may_be_an_acrostic_too() -> None:
    lines = ["微光照亮前程，粒米也能成山，贷来明天", *["今天天气很好，我们去公园"] * 3000, ACROSTICS[0]]
    assert [at for at, _ in find_in_lines(lines, KNOWN, "strict")] == [0, 3001]


def test_a_disguise_across_the_border_of_a_block_is_seen() -> None:
    padding = "好" * 65_500
    for size in range(20, 44):
        text = padding + "好" * size + "微xx众xx银行"
        assert [hit.brand for _, hit in find_in_lines([text], KNOWN, "strict")] == ["webank"], size


@given(st.text(alphabet="微粒众银行贷花呗借x0138ab€，。\n", max_size=40))
def test_many_at_once_find_what_one_finds(text: str) -> None:
    alone = [*find_names(text, KNOWN, "balanced")]
    assert [hit for _, hit in find_in_lines([text], KNOWN, "balanced")] == alone
    for hit in alone:
        assert text[hit.start : hit.end] == hit.matched


@given(st.text(alphabet="微粒贷x07，\n。", max_size=30))
def test_every_reading_keeps_the_way_back(text: str) -> None:
    for reading in (*fillers(text, KNOWN.table.exact, KNOWN.table.syllables), *acrostics(text)):
        assert len(reading.text) == len(reading.spans)
        for char, (start, end) in zip(reading.text, reading.spans, strict=True):
            assert end == start + 1
            assert text[start] == char or text[start] in "0134579"
