"""The Arrow kernel: the same hits as the scalar logic, row by row, whatever the column is made of."""

# ruff: noqa: E501  # tables of names read best in long rows

import json
import pickle
import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from names.test_firehose import mutated
from zhengben.names.api import match_host, pack
from zhengben.names.arrow import SCHEMA, reasons_json, screen_batch
from zhengben.names.firehose import screen_lines
from zhengben.names.hits import HostHit
from zhengben.names.host_scene import Find
from zhengben.names.pack import Pack

KNOWN = pack(
    (
        *ALL,
        brand("short", "省呗", "shengbei", short=("sb", "shb")),
        brand("long", "上海浦东发展银行", "shanghaipudongbank"),
    )
)
WORDS = [term.text for term in KNOWN.hosts.terms] + list(KNOWN.hosts.shorts)
NAMES = [
    "weilidai-app.cn", "WeiLiDai.TOP", "*.we1lidai.cn", "webnak.com", "we.bank.cn", "w-e-b-a-n-k.com", "webank.com.evil.cn", "shb-daikuan.cn", "qianbaoappxiazai.cn",
    "xn--ghqu34b77u8yogtc.cn", "微粒貸.cn", "徽粒贷下载.com", "wеbank.com", "example.org", "www.webank.com", "a..b", "", "x" * 300, "xn--!!.cn", "微\u200b粒贷.cn", "微粒贷。中国",
]  # fmt: skip
text = st.text(max_size=12)
finds = st.builds(
    Find, brand=st.sampled_from(["weilidai", ""]), technique=st.sampled_from(["combosquat", "idn"]), score=st.integers(40, 99), matched=text, expected=text,
    start=st.integers(0, 300), end=st.integers(0, 300), positions=st.lists(st.integers(0, 300), max_size=4).map(tuple), edit=st.sampled_from(["", "omission"]),
    lures=st.lists(text, max_size=3).map(tuple),
    characters=st.lists(st.fixed_dictionaries({"index": st.integers(0, 60), "original": text, "how": text}), max_size=2).map(tuple), unicode=text,
)  # fmt: skip


def scalar(names: list[str], known: Pack = KNOWN, mode: str = "balanced") -> list[dict[str, object]]:
    """Give what the scalar logic finds, as rows of the kernel."""
    rows = [hit.row() for name in names for hit in match_host(name, known, mode)]
    return [{**row, "reasons": json.dumps(row["reasons"], ensure_ascii=False)} for row in rows]


@given(st.builds(HostHit, text, finds, st.sampled_from([0, 2]), st.just("0123456789abcdef")))
def test_reasons_are_written_as_json_writes_them(hit: HostHit) -> None:
    assert reasons_json(hit) == json.dumps(hit.row()["reasons"], ensure_ascii=False)
    assert json.loads(reasons_json(hit))[0]["facts"]["positions"] == list(hit.positions)


@pytest.mark.parametrize("mode", ["strict", "balanced", "wide"])
@pytest.mark.parametrize("seed", range(3))
def test_the_kernel_and_the_scalar_logic_give_the_same_rows(seed: int, mode: str) -> None:
    dice = random.Random(seed)  # noqa: S311  # it must repeat, not be secret
    names = [mutated(dice, dice.choice(WORDS)) for _ in range(400)] + NAMES
    dice.shuffle(names)
    found = screen_batch(pa.RecordBatch.from_pydict({"name": names}), KNOWN, mode)
    assert found.to_pylist() == scalar(names, mode=mode)
    assert found.num_rows > 60


@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=20)), max_size=12))
def test_whatever_stands_in_a_column_the_rows_are_those_of_the_scalar_logic(names: list[str]) -> None:
    kept = [name.encode("utf-8", "replace").decode() for name in names]
    found = screen_batch(pa.RecordBatch.from_pydict({"name": pa.array(kept, pa.string())}), KNOWN)
    assert found.to_pylist() == scalar([name.replace("\n", " ") for name in kept])


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int32(), pa.string())])  # fmt: skip
def test_text_bytes_and_dictionaries_of_names_are_all_read(kind: pa.DataType) -> None:
    column = (
        pa.array(NAMES, pa.string()).cast(kind)
        if not pa.types.is_dictionary(kind)
        else pa.array(NAMES).dictionary_encode()
    )
    found = screen_batch(pa.RecordBatch.from_arrays([column], names=["name"]), KNOWN)
    assert found.to_pylist() == scalar(NAMES)


def test_bytes_that_are_no_utf8_neither_break_the_batch_nor_hide_a_neighbour() -> None:
    column = pa.array([b"\xff\xfe", b"weilidai-app.cn", b"\xe5\xbe", b"we\xc3\x28bank.com"], pa.binary())
    found = screen_batch(pa.RecordBatch.from_arrays([column], names=["name"]), KNOWN)
    assert found.column("name").to_pylist() == ["weilidai-app.cn"]


@pytest.mark.parametrize("names", [[], [None], [None, None], [""], ["", None, "example.org"]])
def test_a_batch_without_any_hit_is_an_empty_batch_of_the_same_shape(names: list[str | None]) -> None:
    found = screen_batch(pa.RecordBatch.from_arrays([pa.array(names, pa.string())], names=["name"]), KNOWN)
    assert found.schema == SCHEMA
    assert found.num_rows == 0


def test_the_column_called_name_is_read_wherever_it_stands_and_else_the_first() -> None:
    other = pa.array(["huabei-app.cn", "x.org"])
    names = pa.array(["weilidai-app.cn", "y.org"])
    for batch, expected in (
        (pa.RecordBatch.from_arrays([other, names], names=["host", "name"]), "weilidai-app.cn"),
        (pa.RecordBatch.from_arrays([other, names], names=["host", "seen"]), "huabei-app.cn"),
    ):
        assert screen_batch(batch, KNOWN).column("name").to_pylist() == [expected]


def test_slices_of_a_batch_give_the_rows_of_the_whole() -> None:
    batch = pa.RecordBatch.from_pydict({"name": NAMES * 3})
    pieces = [screen_batch(batch.slice(at, 5), KNOWN).to_pylist() for at in range(0, batch.num_rows, 5)]
    assert [row for piece in pieces for row in piece] == screen_batch(batch, KNOWN).to_pylist()


def test_the_kernel_is_pure_and_leaves_its_input_as_it_was() -> None:
    batch = pa.RecordBatch.from_pydict({"name": NAMES})
    first = screen_batch(batch, KNOWN)
    assert batch.column("name").to_pylist() == NAMES
    assert screen_batch(batch, KNOWN).equals(first)


@pytest.mark.parametrize("name", NAMES[:13])
def test_a_hit_survives_the_way_to_another_process(name: str) -> None:
    hits = match_host(name, KNOWN)
    assert pickle.loads(pickle.dumps(hits)) == hits  # noqa: S301  # our own bytes
    assert [hit.row() for hit in pickle.loads(pickle.dumps(hits))] == [hit.row() for hit in hits]  # noqa: S301  # same
    assert hits


@pytest.mark.parametrize("name", NAMES[:13])
def test_places_of_a_hit_lie_in_the_name_as_given(name: str) -> None:
    for _, hit in screen_lines(name.encode(), KNOWN):
        facts = hit.reasons[0].facts
        assert hit.name == name
        assert all(0 <= at < len(name) for at in hit.positions)
        assert 0 <= int(str(facts["start"])) < int(str(facts["end"])) <= len(name)
        if "xn--" not in name and hit.technique != "idn_homoglyph" and not facts.get("unicode"):
            assert name.lower()[int(str(facts["start"])) : int(str(facts["end"]))] == hit.matched
        assert facts["pack"] == KNOWN.digest
        assert 25 <= hit.weight <= 50


def test_a_newline_beside_the_names_that_are_meant_changes_nothing() -> None:
    every = pa.array(["a\nb.cn", "weilidai-app.cn", "example.org", None])
    for part in (every.slice(1, 2), every.slice(1), every.drop_null().slice(1)):
        batch = pa.RecordBatch.from_arrays([part], ["name"])
        assert screen_batch(batch, KNOWN).column("name").to_pylist() == ["weilidai-app.cn"]
