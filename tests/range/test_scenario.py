"""A scenario says what is wrong with it, and where."""

from pathlib import Path

import pytest

from zhengben.range.scenario import SHIPPED, ScenarioError, parse_scenario, read_scenario

START = "start = 2026-01-01T00:00:00+08:00\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_are_as_promised(name: str) -> None:
    scenario = read_scenario(name)
    days, impostors, decoys = {"small": (30, 30, 30), "quarter": (90, 60, 120), "year": (365, 150, 300)}[name]
    assert scenario.days == days
    assert sum(scenario.impostors.values()) >= impostors
    assert sum(scenario.decoys.values()) >= decoys
    assert sum(scenario.decoys.values()) >= sum(scenario.impostors.values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("days = [", "is not TOML"),
        ("days = 3\n", "start needs a date"),
        ("start = 2026-01-01T00:00:00\ndays = 3\n", "with its zone"),
        (START, "days needs a whole number"),
        (START + "days = 0\n", "use 1 to 3660"),
        (START + "days = 3\ntypo = 1\n", "unknown key 'typo'"),
        (START + "days = 3\n[impostors]\napp = -1\n", "app needs a whole number"),
        (START + "days = 3\nimpostors = 4\n", "[impostors] needs a table"),
    ],
)
def test_a_broken_scenario_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told.replace("[", r"\[")) as caught:
        parse_scenario(text, "mine.toml")
    assert "\n" not in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_missing_file_names_what_is_shipped(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="small, quarter, year"):
        read_scenario(str(tmp_path / "none.toml"))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ScenarioError, match="UTF-8"):
        read_scenario(str(path))
