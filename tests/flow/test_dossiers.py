"""Dossiers of a folder: which are read, and what is said where one of them is no good."""

from pathlib import Path

import pytest

from zhengben.flow.dossiers import SHIPPED, dossier_files, load_brand, load_brands

TEXT = 'id = "{id}"\nowner = "某公司"\n[names]\nprimary = "{name}"\n'


def folder(tmp_path: Path, **names: str) -> Path:
    """Write one dossier a keyword: the file is named by it, the id is its value."""
    for stem, name in names.items():
        (tmp_path / f"{stem}.toml").write_text(TEXT.format(id=name, name="某某贷"), "utf-8")
    return tmp_path


def test_every_shipped_dossier_is_read_and_named_by_its_file() -> None:
    assert [brand.id for brand in load_brands()] == [path.stem for path in dossier_files()]
    assert len(load_brands()) >= 5


def test_what_is_shipped_has_a_source_for_every_channel() -> None:
    unsourced = [(b.id, c.kind, c.value) for b in load_brands() for c in b.channels if not c.source]
    assert unsourced == []


def test_no_shipped_dossier_claims_an_official_app_it_cannot_prove_silently() -> None:
    """An app without a certificate can never be proved official; its source line must say so."""
    bare = [
        c
        for b in load_brands()
        for c in b.official("app")
        if c.role != "host" and not (c.cert_sha256 or c.cert_md5 or c.public_key)
    ]
    assert all("no certificate" in c.source for c in bare)


def test_dossiers_come_in_the_order_of_their_files(tmp_path: Path) -> None:
    assert [b.id for b in load_brands(folder(tmp_path, b="two", a="one", c="three"))] == ["one", "two", "three"]


def test_only_the_named_ones_are_given(tmp_path: Path) -> None:
    assert [b.id for b in load_brands(folder(tmp_path, a="one", b="two"), ["two"])] == ["two"]


def test_an_unknown_id_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no dossier with id 'weilidia'; there are: one, two"):
        load_brands(folder(tmp_path, a="one", b="two"), ["one", "weilidia"])


def test_an_empty_folder_says_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no dossier .* brand check"):
        load_brands(tmp_path)


def test_two_dossiers_under_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two dossiers have the id 'one'; give each its own id"):
        load_brands(folder(tmp_path, a="one", b="two", c="one"))


def test_a_broken_dossier_names_file_line_and_cure(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TEXT.format(id="a", name="某").replace("owner", "owners"), "utf-8")
    with pytest.raises(ValueError, match=r"a\.toml: line \d: .*; ") as caught:
        load_brand(tmp_path / "a.toml")
    assert "\n" not in str(caught.value)


def test_a_dossier_in_another_encoding_says_where_and_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(TEXT.format(id="a", name="微粒贷").encode("gb18030"))
    with pytest.raises(ValueError, match=r"a\.toml: not UTF-8 at byte \d+; save the dossier as UTF-8"):
        load_brand(tmp_path / "a.toml")


def test_a_dossier_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(
        b"\xef\xbb\xbf" + TEXT.format(id="a", name="某某贷").replace("\n", "\r\n").encode()
    )
    assert load_brand(tmp_path / "a.toml").names.primary == "某某贷"


def test_a_folder_of_documents_beside_a_dossier_is_no_dossier(tmp_path: Path) -> None:
    folder(tmp_path, a="one")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "notes.toml").write_text("nothing = 1", "utf-8")
    assert [b.id for b in load_brands(tmp_path)] == ["one"]


def test_what_is_shipped_is_found_from_any_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert SHIPPED.is_absolute()
    assert dossier_files()
