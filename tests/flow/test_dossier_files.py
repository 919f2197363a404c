"""Files that a dossier names: which of them cannot be used, and why."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from zhengben.cli.main import main
from zhengben.core.brand import Brand, Logo, Names, Right
from zhengben.flow import dossier_files
from zhengben.flow.dossier_files import unusable_files
from zhengben.flow.dossiers import SHIPPED


def brand(*files: str, document: str = "") -> Brand:
    return Brand(
        id="b", owner="o", finance=False, names=Names(primary="微粒贷"),
        rights=(Right(kind="trademark", jurisdiction="CN", number="1", document=document),),
        logos=tuple(Logo(file=name, kind="symbol") for name in files),
    )  # fmt: skip


def drawing(path: Path, size: tuple[int, int] = (40, 40)) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "brands"
    drawing(home / "b" / "sail.png")
    drawing(tmp_path / "secret.png")
    (home / "b" / "words.png").write_text("no picture", "utf-8")
    return home


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("b/sail.png", ""),
        ("b/gone.png", "missing"),
        ("b", "missing"),
        ("../secret.png", "outside"),
        ("b/words.png", "no_picture"),
        ("a\x00b.png", "missing"),
        ("b/" + "x" * 300, "missing"),
    ],
)
def test_why_a_picture_cannot_be_used(folder: Path, name: str, why: str) -> None:
    assert unusable_files(brand(name), folder) == (((name, why),) if why else ())


def test_a_picture_that_is_too_big_and_a_document_that_is_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_files, "BIGGEST", 10)
    found = unusable_files(brand("b/sail.png", document="b/16577525.pdf"), folder)
    assert found == (("b/16577525.pdf", "missing"), ("b/sail.png", "too_big"))


def test_an_examination_that_is_stopped_means_no_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dossier_files, "PRINT", "zhengben.examine.appicon:no_such_function")
    assert unusable_files(brand("b/sail.png"), folder) == (("b/sail.png", "no_picture"),)


def test_brand_check_warns_and_still_finds_the_dossier_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = tmp_path / "weilidai.toml"
    logo = '\n[[logos]]\nfile = "weilidai/symbol.png"\nkind = "symbol"\nright = "16577525"\n'
    dossier.write_text((SHIPPED / "weilidai.toml").read_text("utf-8") + logo, "utf-8")
    assert main(["brand", "check", "--json", str(dossier)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["ok"] is True
    assert {"file": "weilidai/symbol.png", "why": "missing"} in row["unusable_files"]
    main(["brand", "check", str(dossier)])
    assert "weilidai/symbol.png" in capsys.readouterr().out
    drawing(tmp_path / "weilidai" / "symbol.png")
    main(["brand", "check", "--json", str(dossier)])
    assert json.loads(capsys.readouterr().out)["unusable_files"] == []
