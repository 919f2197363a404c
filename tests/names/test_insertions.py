"""Remarks, repeated signs, English for a part, letters upside down or stretched: found where they stand."""

import pytest

from names.kit import ALL, brand
from zhengben.locale.words import say
from zhengben.names.api import find_names, pack
from zhengben.names.disguises import readings
from zhengben.names.text_batch import find_in_lines

KNOWN = pack((*ALL, brand("cmb", "招商银行", "cmbchina")))
DISGUISED = {
    "微【此处打码】粒贷": "annotation",
    "微（微信）粒（颗粒）贷": "annotation",
    "招(zz)商银行": "annotation",
    "微哈众哈银哈行": "separator",
    "微の粒の贷": "separator",
    "招卍商卍银行": "separator",
    "微粒loan": "translated",
    "招商bank": "translated",
    "ıɐpılıǝʍ": "pinyin",
    "weiiiilidaiii": "pinyin",
    "\\5fae \\7c92 \\8d37": "escape",
    "&amp;#24494;&amp;#31890;&#36151": "escape",
    "%25E5%25BE%25AE粒贷": "escape",
    "[微][众]银行": "separator",
    "微<!-- x -->粒贷": "escape",
}


@pytest.mark.parametrize("written", DISGUISED)
@pytest.mark.parametrize("around", ["{}", "代开{}额度\n加微信", "先\\n{}下款"])
def test_it_is_found_where_it_stands_alone_and_among_many(written: str, around: str) -> None:
    text = around.format(written)
    hits = find_names(text.replace("\\n", "\n"), KNOWN) if "\\n" in around else find_names(text, KNOWN)
    assert hits
    batch = [hit for _, hit in find_in_lines([text], KNOWN, "strict")]
    assert [(h.brand, h.kind) for h in batch] == [(h.brand, h.kind) for h in hits]
    for hit in batch:
        assert text[hit.start : hit.end] == hit.matched
        assert hit.deliberate
        assert all(text[c.index : c.index + len(c.original)] == c.original for c in hit.characters)


@pytest.mark.parametrize(("written", "kind"), DISGUISED.items())
def test_each_kind_has_words_in_both_languages(written: str, kind: str) -> None:
    (hit,) = find_names(written, KNOWN)
    assert hit.kind == kind
    assert all(say(f"how.{hit.kind}", language) for language in ("en", "zh"))


@pytest.mark.parametrize(
    "text",
    [
        "花（钱）呗",
        "商业bank和保险",
        "银（行）走",
        "我们wait一下loan",
        "花的花的花",
        "哈哈哈哈",
        "C:\\face\\book",
        "的（微）信",
        "hmmm嗯",
    ],
)
def test_ordinary_writing_is_let_be(text: str) -> None:
    assert find_names(text, KNOWN) == ()
    assert list(find_in_lines([text], KNOWN, "strict")) == []


@pytest.mark.parametrize("written", ["vveilidai", "VVEILIDAI", "\\/\\/eilidai"])
def test_two_letters_drawn_as_one_are_that_one(written: str) -> None:
    (hit,) = find_names(f"加{written}", KNOWN)
    assert (hit.brand, hit.matched) == ("weilidai", written)
    assert hit.deliberate


@pytest.mark.parametrize("text", ["ǝ", "weiludı", "贷款 sǝxo"])
def test_a_letter_or_two_upside_down_make_no_reading(text: str) -> None:
    assert [reading for reading in readings(text) if reading.how == "turned" and "wei" in reading.text] == []
