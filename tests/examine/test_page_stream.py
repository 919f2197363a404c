"""The flat stream of a page: what was written is what is read, and no page chooses how much work it makes."""

import html
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.examine.page_stream import MOST_TAGS, VOID, Piece, TooManyTagsError, pieces, repaired

WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Sm"]), min_size=1, max_size=12).filter(
    str.strip
)
VALUE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=16)
TAG = st.sampled_from(["div", "span", "b", "section", "label", "button"])
NAME = st.sampled_from(["class", "id", "href", "data-a", "title", "placeholder"])
TREES = st.recursive(
    WORDS,
    lambda inner: st.tuples(TAG, st.dictionaries(NAME, VALUE, max_size=3), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def written(tree: Any) -> str:
    """Write a tree as HTML."""
    if isinstance(tree, str):
        return html.escape(tree)
    tag, attributes, children = tree
    quoted = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{quoted}>{''.join(map(written, children))}</{tag}>"


def opened(tree: Any) -> list[tuple[str, dict[str, str]]]:
    """Give the tags of a tree in the order in which they open."""
    if isinstance(tree, str):
        return []
    tag, attributes, children = tree
    return [(tag, attributes), *(one for child in children for one in opened(child))]


def said(tree: Any) -> str:
    """Give the words of a tree."""
    return tree if isinstance(tree, str) else "".join(map(said, tree[2]))


def stream(source: str) -> list[Piece]:
    """Repair and read a page."""
    return list(pieces(repaired(source)[0]))


@given(TREES)
@settings(max_examples=80)
def test_tags_values_and_words_come_out_as_they_went_in(tree: Any) -> None:
    body = stream(f"<!DOCTYPE html><body>{written(tree)}</body>")
    frame = {"html", "head", "body"}
    assert [(p.name, p.attributes) for p in body if p.kind == "open" and p.name not in frame] == opened(tree)
    assert "".join(p.text for p in body if p.kind == "text") == said(tree)


@given(TREES)
@settings(max_examples=60)
def test_every_tag_that_opens_closes(tree: Any) -> None:
    depth = 0
    for piece in stream(written(tree)):
        depth += (piece.kind == "open" and piece.name not in VOID) - (piece.kind == "close")
        assert depth >= 0
    assert depth == 0


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_no_text_breaks_it(source: str) -> None:
    assert all(piece.kind in {"open", "close", "text", "raw"} for piece in stream(source))


@given(
    st.lists(
        st.sampled_from(
            [
                "<",
                ">",
                "/",
                '"',
                "'",
                "=",
                "<a",
                "<!--",
                "-->",
                "<script>",
                "</script",
                "&",
                "&#x",
                "<svg>",
                "<![CDATA[",
                "\x00",
                "x",
                " ",
            ]
        ),
        max_size=40,
    ).map("".join)
)
@settings(max_examples=200)
def test_no_broken_markup_breaks_it(source: str) -> None:
    for piece in stream(source):
        assert "\x00" not in piece.text


@pytest.mark.parametrize("tag", ["script", "style"])
def test_what_stands_in_a_script_is_no_markup(tag: str) -> None:
    body = stream(f"<{tag}>if (a < b) {{ document.write('<form action=x>') }}</{tag}><p>after</p>")
    assert [p.name for p in body if p.kind == "open"] == ["html", "head", tag, "body", "p"]
    assert [p.text for p in body if p.kind == "raw"] == ["if (a < b) { document.write('<form action=x>') }"]
    assert [p.text for p in body if p.kind == "text"] == ["after"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>&#24494;&#x7C92;&#36151;</p>", "微粒贷"),
        ("<p>a&lt;b&gt;c&amp;d</p>", "a<b>c&d"),
        ("<p>微&shy;粒&#8203;贷</p>", "微\xad粒\u200b贷"),
        ("<p>&nbsp;x</p>", "\xa0x"),
        ("<p>&amp;lt;form&amp;gt;</p>", "&lt;form&gt;"),
        ("微粒贷", "微粒贷"),
    ],
)
def test_escapes_are_read_once_and_only_once(source: str, text: str) -> None:
    assert "".join(p.text for p in stream(source) if p.kind == "text") == text


def test_the_first_of_two_values_counts_as_in_a_browser() -> None:
    (tag,) = (
        p
        for p in stream('<a href="https://first.cn" HREF="https://second.cn">x</a>')
        if p.name == "a" and p.kind == "open"
    )
    assert tag.get("href") == "https://first.cn"
    assert tag.get("title") == ""


def test_a_comment_hides_what_is_in_it() -> None:
    body = stream("<p>a<!-- <form><input> --><!-- > -->b</p><!-- open")
    assert [p.name for p in body if p.kind == "open"] == ["html", "head", "body", "p"]
    assert "".join(p.text for p in body if p.kind == "text") == "ab"


def test_more_tags_than_anybody_reads_are_cut_and_it_is_told() -> None:
    source = "<b></b>" * (MOST_TAGS // 2 + 10)
    with pytest.raises(TooManyTagsError, match=str(MOST_TAGS)):
        list(pieces(source))
    assert repaired("<b></b>" * MOST_TAGS)[1] is False


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 200_000,
        "<a " + "x " * 100_000 + ">",
        "<a " + 'x="' * 50_000,
        "<!--" * 100_000,
        "<table><tr><td>" * 30_000,
        "<b><i><u>" * 60_000,
        "<svg><foreignObject>" * 20_000,
        "&" * 500_000,
        "</p>" * 200_000,
        "<select><option>" * 50_000,
    ],
    ids=lambda source: f"{source[:14]} x {len(source)}",
)
def test_no_page_takes_longer_than_its_length_deserves(source: str) -> None:
    """A reader quadratic in depth or in attributes would let one page hold a worker for minutes."""
    began = time.process_time()
    try:
        count = sum(1 for _ in pieces(repaired(source)[0]))
    except TooManyTagsError:
        count = MOST_TAGS
    assert count <= MOST_TAGS * 2
    assert time.process_time() - began < 5


@given(st.text(max_size=300))
def test_a_short_page_is_all_there(source: str) -> None:
    assert repaired(source)[1] is True
