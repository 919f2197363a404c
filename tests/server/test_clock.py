"""The time of an installation: the wall's, or in the range its own, reckoned on between two tellings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhengben.server.clock import CLOCK_FILE, time_of, write_clock

WALL = datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_outside_the_range_the_wall_clock_holds(tmp_path: Path) -> None:
    write_clock(tmp_path, WALL, WALL + timedelta(days=9), 3600)
    assert time_of(tmp_path, WALL, in_range=False) == WALL


def test_in_the_range_a_second_is_worth_an_hour(tmp_path: Path) -> None:
    write_clock(tmp_path, WALL, datetime(2027, 1, 1, tzinfo=UTC), 3600)
    assert time_of(tmp_path, WALL + timedelta(seconds=5), in_range=True) == datetime(2027, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "told", ["", "{", "[]", '{"began_real": "x"}', '{"began_real": 1, "began_virtual": 2, "speed": 3}']
)
def test_a_broken_clock_falls_back_to_the_wall(tmp_path: Path, told: str) -> None:
    (tmp_path / CLOCK_FILE).write_text(told)
    assert time_of(tmp_path, WALL, in_range=True) == WALL
