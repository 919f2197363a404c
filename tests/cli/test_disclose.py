"""`zhengben disclose` as whoever publishes the figures meets it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from databases import Record, point_at
from worlds import Town
from zhengben.cli.main import main
from zhengben.store.database import database
from zhengben.store.models import Case

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


def _figures(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    (line,) = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert (row["from"], row["to"]) == ("2026-11-01", "2026-11-30")
    return {figure["code"]: figure for figure in row["figures"]}


def test_an_empty_record_gives_noughts_and_claims_no_times(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    del record
    assert main(["disclose", *PERIOD, "--json"]) == 0
    figures = _figures(capsys)
    assert figures
    assert {figure["value"] for figure in figures.values()} <= {0, None}
    assert all(figure["ids"] == [] for figure in figures.values())
    assert all(set(figure["definition"]) == {"zh", "en"} for figure in figures.values())


def test_what_was_found_is_counted_with_its_ids(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    town = Town(record.home)
    town.report()
    town.work()
    assert main(["disclose", *PERIOD, "--json"]) == 0
    figures = _figures(capsys)
    number = Case.objects.get().number
    assert any(figure["value"] and number in figure["ids"] for figure in figures.values())
    assert main(["disclose", "--from", "2025-01-01", "--to", "2025-12-31", "--json"]) == 0
    assert number not in capsys.readouterr().out


def test_people_read_a_line_a_figure(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    del record
    assert main(["disclose", *PERIOD]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "2026-11-01 to 2026-11-30"
    assert any(line.split()[:2] == ["0", "cases"] for line in lines)
    assert any(line.split()[0] == "-" for line in lines)


def test_a_period_that_ends_before_it_begins_is_refused(record: Record, capsys: pytest.CaptureFixture[str]) -> None:
    del record
    assert main(["disclose", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "swap the dates" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("--from", "1 May", "--to", "2026-01-01"), ("--from", "2026-02-30", "--to", "2026-03-01"), ("--from",)]
)
def test_bad_dates_are_one_line(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["disclose", *words])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_bad_day_is_told_in_the_language_of_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    for language, told in (
        ("zh", "'1 May' 不是日期，请写成 2026-01-31"),
        ("en", "'1 May' is no day: write it as 2026-01-31"),
    ):
        with pytest.raises(SystemExit):
            main(["--lang", language, "disclose", "--from", "1 May", "--to", "2026-01-01"])
        assert told in capsys.readouterr().err


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: object) -> Iterator[Path]:
    """Point at the database of a folder that nobody has used yet."""
    home = tmp_path / "nobody" / "here"
    monkeypatch.setenv("ZHENGBEN_HOME", str(home))
    before = connections.databases["default"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django does not export its type
        point_at(database(f"sqlite:///{home}/zhengben.sqlite3", tmp_path))
        yield home
        point_at(before)


def test_without_a_record_it_says_where_it_looked_and_what_makes_one(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["disclose", *PERIOD]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert str(nowhere) in told.err
    assert "zhengben up" in told.err
    assert told.err.count("\n") == 1
    assert not nowhere.exists()


def test_the_numbers_speak_the_language_of_the_terminal(
    record: Record, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del record
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["disclose", *PERIOD]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "2026-11-01 至 2026-11-30"
    assert any(line.split()[:2] == ["0", "件"] for line in lines)
    assert not any("cases" in line or "hours" in line for line in lines)


def test_others_are_given_what_it_takes_to_compute_them_again(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(record.home)
    town.report()
    town.work()
    folder = tmp_path / "open"
    assert main(["disclose", *PERIOD, "--csv", str(folder), "--json"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["READ.md", "cases.csv", "figures.csv", "moments.csv"]
    assert Case.objects.get().number in (folder / "cases.csv").read_text("utf-8-sig")
    before = (folder / "figures.csv").read_bytes()
    capsys.readouterr()
    assert main(["disclose", *PERIOD, "--csv", str(folder)]) == 2  # never over what an earlier period left
    assert "name a new folder" in capsys.readouterr().err
    assert (folder / "figures.csv").read_bytes() == before
    assert main(["disclose", *PERIOD, "--csv", str(tmp_path / "whole"), "--ledger"]) == 0
    assert (tmp_path / "whole" / "ledger.jsonl").read_text("utf-8").startswith('{"seq":1,')


def test_the_ledger_alone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["disclose", *PERIOD, "--ledger"]) == 2
    assert "--csv DIR" in capsys.readouterr().err


def test_a_record_that_was_written_to_past_the_product_is_told(
    record: Record, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(record.home)
    town.report()
    town.work()
    assert main(["disclose", *PERIOD, "--verify", "--json"]) == 0
    assert capsys.readouterr().err == ""
    Case.objects.update(first_seen_at="2020-01-01T00:00:00Z")  # so that it looks as if it had been up for years
    assert main(["disclose", *PERIOD, "--verify", "--json"]) == 3
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "first_seen_at is not what its events say" in told.err
    assert "restore it from a backup" in told.err
    assert told.out.count("\n") == 1  # printed all the same
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["disclose", *PERIOD, "--verify"]) == 3
    assert "记录与账本不符" in capsys.readouterr().err


def test_a_period_upside_down_is_refused_before_any_record_is_opened(
    nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["disclose", "--from", "2026-02-01", "--to", "2026-01-01"]) == 2
    assert "swap the dates" in capsys.readouterr().err
    assert not nowhere.exists()
