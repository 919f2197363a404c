"""`zhengben range run` as its user meets it, with a world small enough to play in this process."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from databases import Record
from zhengben.cli import range_run
from zhengben.cli.main import main
from zhengben.range.scenario import read_scenario

START = "start = 2026-11-23T08:00:00+08:00\n"
SMALL = f"{START}days = 4\n[impostors]\nsite_added = 1\napp = 1\n[decoys]\npress_release = 1\n[tempers]\nprompt = 1\n"


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def _room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Give back the environment and the handler which the command, alone in its process, may change."""
    for name in ("ZHENGBEN_RANGE", "ZHENGBEN_DATABASE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.sockets
@pytest.mark.usefixtures("_room")
@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
def test_people_read_what_was_planted_found_and_missed(
    record: Record, scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del record
    assert main(["range", "run", str(scenario), "--seed", "3", "--keep", str(tmp_path / "kept")]) == 0
    out = capsys.readouterr().out
    told = {name: value for name, _, value in (line.strip().partition("  ") for line in out.splitlines())}
    told = {name: value.strip() for name, value in told.items()}
    assert told["impostors planted, by kind"] == told["impostors found, by kind"] == "app_listing 1, domain 1"
    assert (told["impostors missed"], told["decoys wrongly accused"], told["seed"]) == ("0", "0", "3")
    assert told["ledger, log and packages verify"] == "yes"
    assert list((tmp_path / "kept" / "vault").iterdir())


@pytest.mark.sockets
@pytest.mark.usefixtures("_room")
@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
def test_a_record_that_cannot_be_kept_is_one_line(
    record: Record, scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del record
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE store_lead")
    assert main(["range", "run", str(scenario)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "the record of the drill cannot be kept there" in told.err.splitlines()[-1]
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("days = 4\n", "start needs a date and time with its zone"),
        (f"{START}days = 0\n", "days is 0; use 1 to 3660"),
        (f"{START}days = 4\n[impostors]\nsite_added = -1\n", "[impostors]: site_added needs a whole number"),
        (f"{START}days = 4\ncolour = 1\n", "unknown key 'colour'"),
        ("days = = 4\n", "is not TOML"),
        ("a = " + "[" * 100_000, "brackets within brackets"),
    ],
)
def test_a_bad_scenario_is_one_line_that_names_the_file(
    text: str, said: str, scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario.write_text(text, "utf-8")
    assert main(["range", "run", str(scenario)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert str(scenario) in told.err
    assert said in told.err
    assert told.err.count("\n") == 1


def test_a_scenario_that_is_no_text_is_one_line(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario.write_bytes(b"\xff\xfe")
    assert main(["range", "run", str(scenario)]) == 2
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--seed", "many"), ("--seed",), ("--seed", "1.5"), ("small", "quarter")])
def test_a_bad_seed_and_bad_usage_are_one_line(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["range", "run", *words])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.usefixtures("_room")
def test_nothing_is_kept_in_a_folder_that_holds_something(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["range", "run", str(scenario), "--keep", str(scenario.parent)]) == 2
    told = capsys.readouterr()
    assert "is not empty; name a new folder for --keep" in told.err
    assert [path.name for path in scenario.parent.iterdir()] == ["mine.toml"]


def test_told_to_end_it_leaves_with_the_signals_code() -> None:
    with pytest.raises(SystemExit) as left:
        range_run._leave(signal.SIGTERM, None)
    assert left.value.code == 143


def test_where_memory_has_no_room_the_usual_folder_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    small = read_scenario("small")
    monkeypatch.setattr(range_run, "MEMORY", tmp_path)
    assert range_run._room(small) == tmp_path
    monkeypatch.setattr(range_run, "A_THING", 1 << 60)
    assert range_run._room(small) is None
    monkeypatch.setattr(range_run, "MEMORY", tmp_path / "none")
    assert range_run._room(small) is None


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "yes"), (False, "no"), (0, "0"), ({"app": 2, "job": 1}, "app 2, job 1"), ([], "0"),
     ([{"kind": "app"}], "1"), (["a.cn", "b.cn"], "2 a.cn, b.cn")],
)  # fmt: skip
def test_figures_are_shown_in_words(value: object, words: str) -> None:
    assert range_run._shown(value) == words


@pytest.mark.sockets
@pytest.mark.usefixtures("_room")
def test_what_was_missed_and_wrongly_accused_is_named(
    scenario: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"planted": {"app": 1}, "missed": [{"kind": "app", "locator": "x.cn"}],
            "accused_decoys": [{"kind": "press_release", "locator": "news.cn"}]}  # fmt: skip
    monkeypatch.setattr(range_run, "_open_record", lambda _home: None)
    monkeypatch.setattr(range_run, "_play", lambda *_words: told)
    assert main(["range", "run", str(scenario)]) == 0
    out = capsys.readouterr().out
    assert "app  x.cn" in out
    assert "press_release  news.cn" in out
    assert main(["range", "run", str(scenario), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == told
