"""`zhengben screen apps`: one line a file, evil ones unknown, kin found, sheets left."""

import json
from pathlib import Path

import pytest

from zhengben.cli.main import main
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.make_app_ios import make_mobileconfig

KEY, OTHER = signing_key("screen", "Somebody"), signing_key("else", "Else")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    there = tmp_path / "apps"
    (there / "deeper").mkdir(parents=True)
    (there / "fake.apk").write_bytes(make_apk(package="a.fake", labels={"": "Sun", "zh": "微粒贷"}, signer=KEY))
    (there / "kin.apk").write_bytes(make_apk(package="a.kin", labels={"": "Moon"}, signer=KEY))
    (there / "plain.apk").write_bytes(
        make_apk(package="a.plain", labels={"": "Star"}, signer=OTHER, extras=Extras(strings=["different"]))
    )
    (there / "deeper" / "clip.mobileconfig").write_bytes(make_mobileconfig(label="微粒贷", url="https://evil.example/"))
    (there / "broken.apk").write_bytes(b"not a zip")
    (there / "notes.txt").write_text("no app", "utf-8")
    return there


def _rows(text: str) -> dict[str, dict[str, object]]:
    return {Path(row["target"]).name: row for row in map(json.loads, text.splitlines())}


def test_every_app_gets_a_line_and_the_gravest_code_wins(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "2", str(folder)])
    told = capsys.readouterr()
    rows = _rows(told.out)
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "fake.apk": "impersonation", "kin.apk": "unrelated", "plain.apk": "unrelated",
        "clip.mobileconfig": "impersonation", "broken.apk": "unknown",
    }  # fmt: skip
    assert code == 3
    assert "5/5 files" in told.err


def test_files_of_one_hand_are_linked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)])
    rows = _rows(capsys.readouterr().out)
    linked = {name: row["kin"] for name, row in rows.items() if row["kin"]}
    assert len(linked) == 1
    (name, kin), *_ = linked.items()
    assert name in {"fake.apk", "kin.apk"}
    assert f"signer:{KEY.sha256}" in kin[0]["shared"]  # type: ignore[index]  # a parsed JSON row


def test_a_sheet_is_left_of_each_accused_app(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["screen", "apps", "--brand", "weilidai", "--report", str(tmp_path / "sheets"), str(folder)])
    sheets = sorted((tmp_path / "sheets").iterdir())
    assert len(sheets) == 4
    assert {path.suffixes[0] for path in sheets} == {".zh", ".en"}
    assert any("微粒贷" in path.read_text("utf-8") for path in sheets)
    assert "fake.apk" in capsys.readouterr().out


def test_a_missing_folder_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "apps", str(tmp_path / "gone")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_without_ray_it_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    assert main(["screen", "apps", "--ray", str(folder)]) == 2
    assert "pip install" in capsys.readouterr().err
