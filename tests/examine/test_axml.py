"""Binary XML written by one hand and read by another: the same tree, whatever the words; and no bytes that break it."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.examine.apk.axml import MAX_DEPTH, Node, looks_like_axml, read_axml
from zhengben.examine.apk.pool import Pool
from zhengben.range.make_apk_axml import ATTRIBUTES, Element, Ref, string_pool, write_axml

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
TAG = st.sampled_from(["manifest", "application", "activity", "intent-filter", "meta-data", "粒"])
PLAIN = [name for name in sorted(ATTRIBUTES) if name != "theme"]
ATTRIBUTE = st.dictionaries(st.sampled_from([*PLAIN, "package", "coreApp"]), WORDS, max_size=4)
TREES = st.recursive(
    st.builds(Element, TAG, ATTRIBUTE),
    lambda inner: st.builds(Element, TAG, ATTRIBUTE, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=8,
)


def same(written: Element, read: Node) -> bool:
    """Tell whether a tree was read as it was written."""
    texts = {name: read.text(name) for name in read.attributes}
    return (
        read.name == written.name
        and texts == dict(written.attributes)
        and len(read.children) == len(written.children)
        and all(same(one, other) for one, other in zip(written.children, read.children, strict=True))
    )


@given(TREES, st.booleans())
@settings(max_examples=80)
def test_a_tree_is_read_as_it_was_written(tree: Element, wiped: bool) -> None:  # noqa: FBT001 -- hypothesis fills it
    flags: dict[str, None] = {}
    data = write_axml(tree, wipe_names=wiped)
    (root,) = read_axml(data, flags).children
    assert same(tree, root)
    assert set(flags) <= ({"axml_attr_names_wiped"} if wiped else set())
    assert looks_like_axml(data)


@given(TREES, st.integers(0, 2**32 - 1), st.integers(1, 30))
@settings(max_examples=150)
def test_spoilt_bytes_are_answered_with_a_tree(tree: Element, seed: int, changes: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- a test must repeat
    data = bytearray(write_axml(tree))
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)])
    assert isinstance(read_axml(bytes(data), {}), Node)


@given(TREES, st.data())
@settings(max_examples=60)
def test_a_document_cut_anywhere_is_answered(tree: Element, data: st.DataObject) -> None:
    whole = write_axml(tree)
    cut = data.draw(st.integers(0, len(whole) - 1))
    flags: dict[str, None] = {}
    assert isinstance(read_axml(whole[:cut], flags), Node)
    assert flags  # a phone would refuse it: that it is cut must be told


@given(st.binary(max_size=300))
def test_noise_is_answered(data: bytes) -> None:
    assert isinstance(read_axml(data, {}), Node)


def test_a_stair_without_end_is_cut_and_told() -> None:
    tree = Element("a")
    for _ in range(MAX_DEPTH + 20):
        tree = Element("a", {}, (tree,))
    flags: dict[str, None] = {}
    node, depth = read_axml(write_axml(tree), flags), 0
    while node.children:
        node, depth = node.children[0], depth + 1
    assert depth <= MAX_DEPTH
    assert "axml_too_deep" in flags


def test_a_reference_is_no_text() -> None:
    (root,) = read_axml(write_axml(Element("application", {"label": Ref(0x7F010000)})), {}).children
    assert root.attributes["label"].is_reference
    assert root.text("label") == ""


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200), max_size=12)
)
def test_strings_of_both_forms_are_read_as_they_were_written(texts: list[str]) -> None:
    for utf8 in (False, True):
        flags: dict[str, None] = {}
        pool = Pool(string_pool(texts, utf8=utf8), 0, flags, "p")
        assert [pool.text(place) for place in range(pool.count)] == texts
        assert not flags


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(0, 2**32 - 1), st.booleans())
def test_a_spoilt_pool_gives_texts_and_never_raises(texts: list[str], seed: int, utf8: bool) -> None:  # noqa: FBT001
    chance = random.Random(seed)  # noqa: S311 -- a test must repeat
    data = bytearray(string_pool(texts, utf8=utf8))
    for _ in range(8):
        data[chance.randrange(len(data))] = chance.randrange(256)
    pool = Pool(bytes(data), 0, {}, "p")
    assert all(isinstance(pool.text(place), str) for place in (*range(min(pool.count, 50)), -1, 2**31, 0xFFFFFFFF))
