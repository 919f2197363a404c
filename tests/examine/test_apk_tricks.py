"""Malformed packages: a phone still runs them, so we still read them, and say what was done to them."""

from pathlib import Path

import pytest

from zhengben.examine.appfile import examine_app
from zhengben.flow.limited import FileBytes, run_limited
from zhengben.range.make_apk import Extras, app_entries, signing_key
from zhengben.range.make_app_odd import ODD
from zhengben.range.make_app_tricks import TRICKS, bomb

KEY = signing_key("tricks", "Somebody")
PACKAGE, ASKED = "cn.example.fake", {"android.permission.READ_SMS", "android.permission.CAMERA"}
BASES = {
    "plain": Extras(),
    "wiped": Extras(wipe_names=True, activity_labels={"": "Main", "zh": "微粒贷"}, version="2.1"),
    "rich": Extras(
        alias_labels={"": "微粒贷"}, icons={160: b"\x89PNG", 640: b"\x89PNG"},
        strings=[f"word {i}" for i in range(500)], files={f"assets/f{i}.txt": b"text" * i for i in range(40)},
    ),
}  # fmt: skip
# These lie about things that only the resource table knows; the names in it are lost, package and permissions are not.
NAMELESS = {"arsc_cut", "arsc_garbage", "arsc_empty"}
# Readable by their nature, so nothing is odd about them.
SILENT = {
    "zip_broken_extra_local",
    "zip_broken_extra_central",
    "zip_zip64_extra",
    "zip_data_descriptor",
    "zip_hostile_names",
    "zip_many_entries",
    "axml_style_offset",
    "axml_pool_says_sorted",
    "arsc_package_count",
    "arsc_empty",
    "block_garbage",
    "block_garbage_pkcs7",
}


def _build(trick: str, base: str = "plain") -> bytes:
    labels = {"": "Loan", "zh": "微粒贷"}
    entries = app_entries(
        package=PACKAGE, labels=labels, permissions=["READ_SMS", "CAMERA"], urls=["https://evil.example/"],
        extras=BASES[base],
    )  # fmt: skip
    return TRICKS[trick](entries, KEY)


CASES = [
    (trick, base)
    for trick in TRICKS
    for base in BASES
    if not trick.startswith("bomb") and (base == "plain" or trick != "zip_many_entries")  # that one takes long to build
]


@pytest.mark.parametrize(("trick", "base"), CASES)
def test_package_permissions_and_names_are_read(trick: str, base: str) -> None:
    facts = examine_app(_build(trick, base), "x.apk")
    assert facts.package == PACKAGE
    assert set(facts.permissions) == ASKED
    if trick not in NAMELESS:
        assert "微粒贷" in {name.text for name in facts.names}


@pytest.mark.parametrize("trick", sorted(set(TRICKS) - SILENT - {"bomb_dex", "bomb_asset", "bomb_table"}))
def test_what_was_done_is_told(trick: str) -> None:
    assert examine_app(_build(trick), "x.apk").tamper


@pytest.mark.parametrize("trick", [t for t in TRICKS if t.startswith("bomb")])
def test_a_bomb_is_read_within_the_limits_of_a_worker(trick: str, tmp_path: Path) -> None:
    path = tmp_path / "x.apk"
    path.write_bytes(_build(trick))
    facts = run_limited("zhengben.examine.appfile:examine_app", path.read_bytes(), "x.apk", cpu_s=2, memory_mb=768)
    assert facts.package == PACKAGE
    assert set(facts.permissions) == ASKED


def test_a_bomb_is_called_one() -> None:
    entries = app_entries(package=PACKAGE, labels={"": "x"}, permissions=[], urls=[], extras=Extras())
    assert "entry_cut_at_cap" in examine_app(bomb(entries, KEY, 60), "x.apk").tamper


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"not a zip", b"PK\5\6" + bytes(18), b"\x30\x82", b"<?xml Payload", bytes(5000)]
)
@pytest.mark.parametrize("name", ["a.apk", "a.ipa", "a.mobileconfig", "a.hap", "a.xapk", "a"])
def test_what_is_no_app_is_unreadable_and_no_error(data: bytes, name: str) -> None:
    facts = examine_app(data, name)
    assert facts.missing
    assert not facts.package


# --- the second set: written after the reader ------------------------------------------------------------------------

# What any honest tool may write as well, or what nobody but a phone would ever ask for.
UNTOLD = {
    "zip_end_counts_many", "zip_end_size_nought", "zip_end_size_many", "zip_decoy_end", "zip_long_comment",
    "zip_versions", "zip_disk_start", "zip_attributes", "zip_unicode_flag", "zip_level_nought", "zip_gaps",
    "axml_backward_pool", "axml_gapped_pool", "axml_long_form", "axml_utf8_pool", "axml_no_namespace", "axml_more_ids",
    "axml_no_typed_text", "axml_decoy_attributes", "axml_indexes", "axml_cdata", "arsc_package_name",
    "arsc_key_pool_offset", "arsc_entries_start", "arsc_sparse_lie", "arsc_offset16_lie", "block_large_padding",
    "block_jar_names",
}  # fmt: skip


def _odd(trick: str, base: str) -> bytes:
    entries = app_entries(
        package=PACKAGE, labels={"": "Loan", "zh": "微粒贷"}, permissions=["READ_SMS", "CAMERA"], urls=[],
        extras=BASES[base],
    )  # fmt: skip
    return ODD[trick](entries, KEY)


@pytest.mark.parametrize("trick", [name for name in ODD if not name.startswith("bomb")])
def test_tricks_written_after_the_reader_are_read(trick: str) -> None:
    for base in BASES:
        facts = examine_app(_odd(trick, base), "x.apk", deep=False)
        assert facts.package == PACKAGE, base
        assert set(facts.permissions) == ASKED, base
        if trick != "arsc_entries_start":  # the names are behind an offset that leads nowhere, for a phone as well
            assert "微粒贷" in {name.text for name in facts.names}, base
    assert bool(facts.tamper) is (trick not in UNTOLD), facts.tamper


@pytest.mark.slow
@pytest.mark.parametrize("trick", [name for name in ODD if name.startswith("bomb")])
def test_bombs_written_after_the_reader_are_read_within_the_limits(trick: str, tmp_path: Path) -> None:
    path = tmp_path / "x.apk"
    path.write_bytes(_odd(trick, "plain"))
    facts = run_limited("zhengben.examine.appfile:examine_app", FileBytes(path), "x.apk", cpu_s=2, wall_s=60)
    assert (facts.package, set(facts.permissions)) == (PACKAGE, ASKED)


def test_a_decoy_of_another_namespace_takes_nobodys_place() -> None:
    """A phone asks for Android's attributes by id; what is merely called `label` is for tools to fall for."""
    facts = examine_app(_odd("axml_decoy_attributes", "plain"), "x.apk", deep=False)
    assert facts.package == PACKAGE
    assert "com.decoy.app" not in {name.text for name in facts.names} | set(facts.permissions)


def test_a_manifest_of_signatures_that_never_ends_is_no_work() -> None:
    facts = examine_app(_odd("bomb_signatures", "plain"), "x.apk")
    assert (facts.package, facts.signed) == (PACKAGE, "unsigned")
