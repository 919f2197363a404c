"""`zhengben screen apps`: one line a file, evil ones unknown, kin found, sheets left."""

import errno
import io
import json
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zhengben.cli import screen_apps
from zhengben.cli.app_rows import Kin, kin_words
from zhengben.cli.main import main
from zhengben.core.appfacts import AppFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.flow import app_sighting
from zhengben.flow.limited import Pool
from zhengben.flow.look import Look
from zhengben.flow.look_app import look_at_app
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.make_apk_zip import Entry, write_parts
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


def test_no_file_is_lost_in_a_folder_larger_than_what_is_under_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(23):
        (tmp_path / f"{number:02}.apk").write_bytes(b"not a zip")
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(tmp_path)]) == 3
    told = capsys.readouterr()
    assert len(_rows(told.out)) == 23
    assert "23/23 files" in told.err


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


def test_a_missing_folder_among_others_stops_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--json", "--brand", "weilidai", "--workers", "1", str(folder), str(folder / "gone")]
    assert main(["screen", "apps", *words]) == 2
    told = capsys.readouterr()
    assert _rows(told.out)["fake.apk"]["verdict"] == "impersonation"
    assert f"{folder / 'gone'}" in told.err


def test_a_folder_without_apps_is_said_and_not_passed_over_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("微粒贷", "utf-8")
    for language, word in (("zh", "没有应用文件"), ("en", "no app files in")):
        monkeypatch.setenv("ZHENGBEN_LANGUAGE", language)
        assert main(["screen", "apps", "--json", str(tmp_path)]) == 0
        told = capsys.readouterr()
        assert told.out == ""
        assert word in told.err
        assert "--all" in told.err


def test_what_is_no_file_is_never_opened_and_a_link_to_nowhere_is_unknown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "nowhere.apk").symlink_to(folder / "never.apk")
    (folder / "round").symlink_to(folder)
    (folder / "folder.apk").mkdir()
    os.mkfifo(folder / "pipe.apk")  # opening it would wait for ever
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)]) == 3
    rows = _rows(capsys.readouterr().out)
    assert rows["nowhere.apk"]["verdict"] == "unknown"
    assert not {"pipe.apk", "folder.apk"} & set(rows)
    assert len(rows) == 6


def test_a_folder_below_that_cannot_be_read_is_said_and_the_rest_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = os.scandir

    def scan(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    (folder / "shut").mkdir()
    monkeypatch.setattr(os, "scandir", scan)
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)]) == 3
    told = capsys.readouterr()
    assert len(_rows(told.out)) == 5
    assert str(folder / "shut") in told.err


def test_one_file_is_told_alike_by_check_and_by_screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake = str(folder / "fake.apk")
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", fake]) == 1
    (screened,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert main(["check", "--json", "--offline", "--brand", "weilidai", fake]) == 1
    (checked,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert checked["app"]["package"]
    assert {key: value for key, value in screened.items() if key not in {"kin", "elapsed_ms"}} == {
        key: value for key, value in checked.items() if key != "elapsed_ms"
    }


def test_without_ray_it_says_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    assert main(["screen", "apps", "--ray", str(folder)]) == 2
    assert "pip install" in capsys.readouterr().err


def test_a_file_may_be_named_itself_and_people_read_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, word in (("zh_CN.UTF-8", "冒充"), ("en_GB.UTF-8", "impersonation")):
        monkeypatch.setenv("ZHENGBEN_LANGUAGE", language)
        assert main(["screen", "apps", "--brand", "weilidai", "--workers", "1", str(folder / "fake.apk")]) == 1
        told = capsys.readouterr()
        assert told.out.startswith(f"{word}  ")
        assert "1/1 " in told.err
        assert word in told.err


def test_a_file_of_another_name_is_looked_at_where_all_are_wanted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fake.apk").rename(folder / "fake.dat")
    main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)])
    assert "fake.dat" not in _rows(capsys.readouterr().out)
    main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", "--all", str(folder)])
    assert _rows(capsys.readouterr().out)["fake.dat"]["verdict"] == "impersonation"


def test_archives_are_looked_into_and_those_without_an_app_are_no_apps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_apk(package="a.fake", labels={"": "微粒贷"}, signer=KEY)
    inside = write_parts([Entry(name="好友/微粒贷.apk", data=app), Entry(name="readme.txt", data=b"x")]).join()
    (tmp_path / "chat.zip").write_bytes(inside)
    (tmp_path / "photos.zip").write_bytes(write_parts([Entry(name="a.png", data=b"x")]).join())
    words = ["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1"]
    assert main([*words, str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert {name: row["verdict"] for name, row in _rows(told.out).items()} == {"chat.zip": "impersonation"}
    assert "2/2 files" in told.err
    assert main([*words, "--all", str(tmp_path)]) == 3
    assert set(_rows(capsys.readouterr().out)) == {"chat.zip", "photos.zip"}


def test_an_evil_file_whose_worker_is_killed_is_unknown_and_harms_no_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The worker of one file is ended by the kernel in the middle of it; the others are judged as ever."""
    real = app_sighting.EXAMINE

    def chosen(run: Any) -> Any:
        def running(path: str, *args: Any, **limits: Any) -> Any:
            evil = path == real and Path(args[0].path).name == "kin.apk"
            return run("zhengben.flow.limited_drills:spin_in_c", **limits) if evil else run(path, *args, **limits)

        return running

    whole = Pool.run
    monkeypatch.setattr(Pool, "run", lambda self, *args, **limits: chosen(partial(whole, self))(*args, **limits))
    monkeypatch.setattr(app_sighting, "SMALL", 0.4)
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "2", str(folder)]) == 3
    rows = _rows(capsys.readouterr().out)
    assert (rows["kin.apk"]["verdict"], rows["kin.apk"]["coverage"]) == (
        "unknown", {"complete": False, "missing": ["app.stopped_cpu"]},
    )  # fmt: skip
    assert (rows["fake.apk"]["verdict"], rows["plain.apk"]["verdict"]) == ("impersonation", "unrelated")


def test_an_examination_that_fails_is_unknown_and_the_rest_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = look_at_app

    def failing(path: Path, *rest: Any) -> Any:
        if path.name == "kin.apk":
            raise RuntimeError("boom")
        return real(path, *rest)

    monkeypatch.setattr(screen_apps, "look_at_app", failing)
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)]) == 3
    told = capsys.readouterr()
    rows = _rows(told.out)
    assert (rows["kin.apk"]["verdict"], rows["kin.apk"]["app"]) == ("unknown", {})
    assert rows["fake.apk"]["verdict"] == "impersonation"
    assert "kin.apk: could not be examined (RuntimeError: boom)" in told.err


def test_who_watches_sees_the_count_go_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    main(["screen", "apps", "--json", "--brand", "weilidai", "--workers", "1", str(folder)])
    shown = re.findall(r"\d/\d", screen.getvalue())
    assert shown == ["1/5", "2/5", "3/5", "4/5", "5/5", "5/5"]


def test_people_are_told_of_kin_as_well(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, words in (("zh_CN.UTF-8", "出自同一来源"), ("en_GB.UTF-8", "the same hand as")):
        monkeypatch.setenv("ZHENGBEN_LANGUAGE", language)
        main(["screen", "apps", "--brand", "weilidai", "--workers", "1", str(folder)])
        lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  = ")]
        assert len(lines) == 1
        assert words in lines[0]
        assert any(name in lines[0] for name in ("fake.apk", "kin.apk"))
        assert ("same signing certificate" in lines[0]) == (language == "en_GB.UTF-8")


def test_a_hostile_name_of_a_kin_makes_no_line_of_its_own() -> None:
    told = kin_words([{"target": "/x/a\n\x1b[2Jevil.apk", "shared": ["signer:ab"]}], "en")
    assert len(told.splitlines()) == 1
    assert "\x1b" not in told


def test_a_hotline_that_everybody_names_makes_no_kin() -> None:
    kin, prints = Kin(), ("contact:phone/95384", "contact:phone/96110", "contact:phone/12321")
    apps = [AppFacts(platform="android", package=name, prints=prints) for name in ("a", "b")]
    assert [kin.add(app.package, app) for app in apps] == [[], []]


def test_a_full_disk_costs_the_sheets_and_no_verdict(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "sheets" / "a.zh.html"))

    monkeypatch.setattr(screen_apps, "write_report", full)
    words = ["screen", "apps", "--json", "--brand", "weilidai", "--report", str(tmp_path / "sheets"), str(folder)]
    assert main(words) == 2
    told = capsys.readouterr()
    assert len(_rows(told.out)) == 5
    assert told.err.count("No space left") == 2


def test_sheets_that_cannot_be_written_stop_the_run_before_any_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(screen_apps, "look_at_app", lambda path, *_: looked.append(path))
    where = folder / "notes.txt" / "sheets"
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--report", str(where), str(folder)]) == 2
    told = capsys.readouterr()
    assert (looked, told.out) == ([], "")
    assert len(told.err.strip().splitlines()) == 1


def test_sheets_that_cannot_be_written_are_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = folder / "notes.txt" / "sheets"
    assert main(["screen", "apps", "--brand", "weilidai", "--report", str(where), str(folder / "fake.apk")]) == 2
    assert f"{where}" in capsys.readouterr().err


class Cluster(ModuleType):
    """Stands for Ray where it is not installed: runs each task when it is asked for, the last one first."""

    most = 0
    closed = False

    def init(self, **options: object) -> None:
        """Join, quietly: nothing that Ray says about itself belongs among the verdicts."""
        assert (options["log_to_driver"], options["logging_level"]) == (False, logging.ERROR)

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def shutdown(self) -> None:
        self.closed = True

    def remote(self, work: Callable[..., object]) -> Any:
        class Task:
            def remote(self, *words: object) -> Callable[[], object]:
                return lambda: work(*words)

        return Task()

    def wait(self, promises: Sequence[object]) -> tuple[list[object], list[object]]:
        self.most = max(self.most, len(promises))
        return [promises[-1]], list(promises[:-1])

    def get(self, promises: Sequence[Callable[[], object]]) -> list[object]:
        return [promise() for promise in promises]


def test_a_cluster_gives_the_same_verdicts(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", Cluster("ray"))
    words = ["screen", "apps", "--json", "--brand", "weilidai", str(folder)]
    codes = [main([*words, "--workers", "1"]), main([*words, "--ray"])]
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    verdicts = [{row["target"]: row["verdict"] for row in half} for half in (rows[:5], rows[5:])]
    assert codes == [3, 3]
    assert verdicts[0] == verdicts[1]
    assert len(verdicts[0]) == 5


def test_a_cluster_is_handed_a_few_files_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(21):
        (tmp_path / f"{number:02}.apk").write_bytes(b"not a zip")
    cluster = Cluster("ray")
    monkeypatch.setitem(sys.modules, "ray", cluster)
    monkeypatch.setattr(screen_apps, "_one", lambda path, *_: (path, _unknown(path), 0.0))
    assert main(["screen", "apps", "--json", "--brand", "weilidai", "--ray", str(tmp_path)]) == 3
    assert len(capsys.readouterr().out.splitlines()) == 21
    assert (cluster.most, cluster.closed) == (screen_apps.AHEAD * 2, True)


def _unknown(path: Path) -> Look:
    verdict = Verdict(Label.UNKNOWN, "", 0, (), Coverage(("app.unreadable",)))
    return Look(Sighting(kind="app_file", target=str(path)), verdict, ())
