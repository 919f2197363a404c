"""Manifests, tables and signing blocks that are odd, valid zips around them."""

import struct
from collections.abc import Callable
from dataclasses import replace

import arscw
import axmlw
import base
import keys
import signing
import zipw
from arscw import Res, TableOdd
from axmlw import El, Ref, XmlOdd
from base import Act, App, P
from parts import noise
from pool import PoolOdd

Maker = Callable[[App, PoolOdd, int], bytes]

XML: dict[str, dict[str, object]] = {
    "xml-root-type": {"root_type": 0},
    "xml-root-type-odd": {"root_type": 0x7777},
    "xml-root-pad": {"root_pad": 20},
    "xml-trailing": {"trailing": b"\0" * 500 + b"tail"},
    "xml-node-pad": {"node_pad": 8},
    "xml-node-pad-big": {"node_pad": 64},
    "xml-attr-shift": {"attr_shift": 12},
    "xml-attr-size": {"attr_size": 24},
    "xml-attr-size-big": {"attr_size": 52, "attr_shift": 4},
    "xml-no-ends": {"no_ends": True},
    "xml-no-namespace": {"no_namespace": True},
    "xml-wiped-names": {"wipe_names": True},
    "xml-reversed-map": {"reverse_map": True},
    "xml-map-long": {"map_extra": 3},
    "xml-map-first": {"map_first": True},
    "xml-junk-cdata": {"junk": "cdata"},
    "xml-junk-unknown": {"junk": "unknown"},
    "xml-junk-namespace": {"junk": "namespace"},
    "xml-two-pools": {"decoy_pool": True},
    "xml-decoy-attribute": {"decoy_attr": True},
    "xml-raw-missing": {"raw_missing": True},
    "xml-unknown-first": {"prefix_junk": struct.pack("<HHI", 0x0999, 8, 24) + b"\x41" * 16},
    "xml-wiped-and-padded": {"wipe_names": True, "node_pad": 12, "attr_shift": 8, "root_pad": 8, "attr_size": 32},
}
POOLS: dict[str, dict[str, object]] = {
    "pool-count": {"count_plus": 9},
    "pool-header-pad": {"header_pad": 12},
    "pool-style-start": {"style_start": 0x7FFFFFF0},
    "pool-styled": {"styled": True},
    "pool-sorted-flag": {"sorted_flag": True},
    "pool-pad": {"pad_before": 40},
    "pool-long-lengths": {"overlong": True},
    "pool-shared": {"shared_tails": True},
    "pool-junk": {"junk_between": True},
    "pool-u16-length": {"bad_u16_lengths": True},
}
TABLES: dict[str, dict[str, object]] = {
    "arsc-sparse": {"sparse": True},
    "arsc-offset16": {"offset16": True},
    "arsc-compact": {"compact": True},
    "arsc-compact-sparse": {"compact": True, "sparse": True},
    "arsc-compact-16": {"compact": True, "offset16": True},
    "arsc-double-spec": {"double_spec": True},
    "arsc-type-pad": {"type_pad": 16},
    "arsc-package-pad": {"package_pad": 8},
    "arsc-config-small": {"config_size": 28},
    "arsc-config-large": {"config_size": 96},
    "arsc-names-same": {"names": "same"},
    "arsc-names-empty": {"names": "empty"},
    "arsc-names-rtl": {"names": "rtl"},
    "arsc-unknown-chunks": {"unknown_chunks": True},
    "arsc-overlayable": {"overlayable": True},
    "arsc-table-pad": {"table_pad": 12},
    "arsc-holes": {"holes": 300},
    "arsc-many": {"many": 4000},
    "arsc-type-ids": {"type_ids_from": 9},
    "arsc-pool-utf16": {"pool": PoolOdd()},
    "arsc-pool-count": {"pool": PoolOdd(utf8=True, count_plus=30)},
    "arsc-pool-styled": {"pool": PoolOdd(utf8=True, styled=True)},
    "arsc-pool-junk": {"pool": PoolOdd(utf8=True, junk_between=True, header_pad=8)},
}


def _xml(odd: dict[str, object]) -> Maker:
    return lambda app, pool, _seed: zipw.write(base.members(app, XmlOdd(pool=pool, **odd)))  # type: ignore[arg-type]  # reason: fields by name


def _pool(odd: dict[str, object]) -> Maker:
    return lambda app, pool, _seed: zipw.write(base.members(app, XmlOdd(pool=replace(pool, **odd))))  # type: ignore[arg-type]  # reason: fields by name


def _table(odd: dict[str, object]) -> Maker:
    return lambda app, _pool, _seed: zipw.write(base.members(app, None, TableOdd(**odd)))  # type: ignore[arg-type]  # reason: fields by name


def _swapped(change: Callable[[arscw.Table], arscw.Table | bytes]) -> Maker:
    """The table replaced by what CHANGE makes of it."""

    def build(app: App, _pool: PoolOdd, _seed: int) -> bytes:
        members = base.members(app)
        made = change(base.document(app)[1])
        raw = made if isinstance(made, bytes) else arscw.write(made)
        return zipw.write(zipw.change(members, "resources.arsc", data=raw))

    return build


def _loop(table: arscw.Table) -> arscw.Table:
    a, b = table.ident("string", "filler0"), table.ident("string", "filler1")
    table.entries[0] = Res("string", "filler0", {"": Ref(b), "fr": Ref(a)})
    table.entries[1] = Res("string", "filler1", {"": Ref(a)})
    return table


def _locales(table: arscw.Table) -> arscw.Table:
    codes = [f"{a}{b}" for a in "abcdefghij" for b in "klmnopqrstuv"]
    table.entries[0] = Res("string", "filler0", {"": "x", **{code: f"word {code}" for code in codes}})
    return table


def _edited(edit: Callable[[El], None]) -> Maker:
    def build(app: App, pool: PoolOdd, _seed: int) -> bytes:
        root, _ = base.document(app)
        edit(root)
        members = base.members(app)
        return zipw.write(zipw.change(members, "AndroidManifest.xml", data=axmlw.write(root, XmlOdd(pool=pool))))

    return build


def _decoy_permission(root: El) -> None:
    root.children[-1].children.append(El("uses-permission", [("name", P + "CAMERA")]))
    root.children[-1].children.append(El("manifest", [("package", "com.decoy.inner")]))


def _attribute_package(root: El) -> None:
    root.children[-1].attrs.append(("package", "com.decoy.app"))
    root.children[1].attrs.append(("package", "com.decoy.uses"))


def _unknown_elements(root: El) -> None:
    root.children.insert(0, El("weird", [("name", "com.decoy.El")], [El("deep", children=[El("deeper")])]))


def _deep(root: El) -> None:
    inner = El("x")
    for _ in range(220):
        inner = El("x", children=[inner])
    root.children[-1].children.append(inner)


def _late_sdk(root: El) -> None:
    root.children.reverse()


def _wide(root: El) -> None:
    root.children[-1].children += [El("meta-data", [("name", f"k{at}"), ("value", f"v{at}")]) for at in range(3000)]


def _signed(extra: Callable[[bytes, keys.Signer, int], bytes]) -> Maker:
    return lambda app, _pool, seed: extra(base.apk(app), keys.named("maker"), seed)


def _plans(package: bytes, signer: keys.Signer) -> list[signing.Pair]:
    return signing.strip(signing.sign(package, [signing.Plan(signer), signing.Plan(signer, signing.V3)]))[3]


def _raw(lie: Callable[[bytes], bytes]) -> Maker:
    return _signed(lambda package, signer, _seed: signing.insert(package, lie(signing.block(_plans(package, signer)))))


def _truncate(package: bytes, signer: keys.Signer, _seed: int) -> bytes:
    pairs = [(ident, value[: len(value) // 2]) for ident, value in _plans(package, signer)]
    return signing.insert(package, signing.block(pairs))


MANIFESTS: dict[str, Maker] = {
    "manifest-decoy-permission": _edited(_decoy_permission),
    "manifest-package-elsewhere": _edited(_attribute_package),
    "manifest-unknown-elements": _edited(_unknown_elements),
    "manifest-deep": _edited(_deep),
    "manifest-application-first": _edited(_late_sdk),
    "manifest-wide": _edited(_wide),
    "manifest-split": lambda app, _p, _s: base.apk(replace(app, split="config.zh")),
    "manifest-aliases": lambda app, _p, _s: base.apk(
        replace(app, activities=(Act(".M", launcher=True), Act(".A", {"": "甲"}, target=".M", enabled=False)))
    ),
    "arsc-loop": _swapped(_loop),
    "arsc-locales": _swapped(_locales),
    "block-plain": _signed(lambda p, k, _s: signing.sign(p, [signing.Plan(k), signing.Plan(k, signing.V3)])),
    "block-unknown-ids": _signed(
        lambda p, k, s: signing.sign(
            p, [signing.Plan(k)], ((0x42726577, bytes(2000)), (0x71777777, noise(s, 99)), (0, b""))
        )
    ),
    "block-two-signers": _signed(lambda p, k, _s: signing.sign(p, [signing.Plan(k), signing.Plan(keys.named("two"))])),
    "block-truncated": _signed(_truncate),
    "block-garbage": _signed(lambda p, _k, s: signing.insert(p, signing.block([(signing.V2, noise(s, 700))]))),
    "block-size-head": _raw(lambda raw: struct.pack("<Q", 0xFFFFFFFFFFFF) + raw[8:]),
    "block-size-foot": _raw(lambda raw: raw[:-24] + struct.pack("<Q", 1 << 40) + raw[-16:]),
    "block-pair-size": _raw(lambda raw: raw[:8] + struct.pack("<Q", 1 << 62) + raw[16:]),
    "block-moved": _raw(lambda raw: raw + bytes(4096)),
    "block-twice": _raw(lambda raw: raw + raw),
    "block-pair-zero": _raw(lambda raw: signing.block([(0, b"")] * 500) + raw),
}
LOOSE_TABLES: dict[str, Maker] = {
    "arsc-no-specs": _table({"no_specs": True}),
    "arsc-packages-lie": _table({"packages_lie": 7}),
    "arsc-root-type": _table({"root_type": 0x55}),
    "arsc-value-size": _table({"res_value_size": 12}),
    "arsc-empty": _swapped(lambda _table: b""),
    "arsc-noise": _swapped(lambda _table: noise(7, 900)),
    "arsc-cut": _swapped(lambda table: arscw.write(table)[:300]),
}
LOOSE_XML: dict[str, Maker] = {
    "xml-size-plus": _xml({"root_size_plus": 4096}),
    "pool-unterminated": _pool({"unterminated": True, "utf8": True}),
}


def readable() -> dict[str, Maker]:
    """Everything a phone reads, with the label told by a table where that is what is odd."""
    found = {name: _xml(odd) for name, odd in XML.items()} | {name: _pool(odd) for name, odd in POOLS.items()}
    return found | {name: _table(odd) for name, odd in TABLES.items()} | MANIFESTS
