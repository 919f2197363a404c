"""What a compiled pack keeps in memory: equal things once, and no table that only compiling asks for."""

from names.kit import brand
from zhengben.names import tables
from zhengben.names.api import find_names
from zhengben.names.glyphs import alternatives, let_go
from zhengben.names.pack import Pack, digest_of

BRANDS = (brand("weili", "微粒贷", "weilidai"), brand("huabei", "花呗", "huabei"))


def test_equal_ways_and_masks_are_one_object_each() -> None:
    ways = alternatives("微").values()
    assert len({id(way) for way in ways}) == len(set(ways)) < len(ways)
    table = Pack(BRANDS, digest_of(BRANDS)).table
    for row in (table.begins, table.ends, table.exact, table.far, table.signs.bits):
        assert len({id(mask) for mask in row.values()}) == len(set(row.values()))


def test_a_compiled_pack_leaves_no_table_that_only_compiling_asks_for() -> None:
    known = Pack(BRANDS, digest_of(BRANDS))
    assert len(known.terms) == len(BRANDS)
    assert not any(table.cache_info().currsize for table in (tables.shapes, tables.variants, tables.built))


def test_tables_let_go_are_read_again_for_the_next_name() -> None:
    before = tables.shapes()["贷"]
    alternatives.cache_clear()
    let_go()
    assert alternatives("贷")["货"].how == "shape"
    assert tables.shapes()["贷"] == before
    assert find_names("微粒货 开放", Pack(BRANDS, digest_of(BRANDS)), "balanced")
