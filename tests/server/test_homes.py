"""A home: private, with a secret of its own; the range starts anew and keeps the run before."""

import stat
from pathlib import Path

import pytest

from zhengben.server.homes import HomeError, fresh_range, open_home


def test_a_home_is_private_and_keeps_its_secret(tmp_path: Path) -> None:
    home = open_home(tmp_path / "a" / "b")
    secret = home / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    before = secret.read_text()
    assert len(before) > 40
    assert open_home(home).joinpath("secret").read_text() == before


def test_a_home_that_is_a_file_is_refused_with_one_line(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(HomeError, match="taken"):
        open_home(tmp_path / "taken")


def test_the_range_starts_anew_and_keeps_the_run_before(tmp_path: Path) -> None:
    (fresh_range(tmp_path) / "mark").write_text("first")
    again = fresh_range(tmp_path)
    assert not (again / "mark").exists()
    assert (tmp_path / "range-before" / "mark").read_text() == "first"
    fresh_range(tmp_path)
    assert not (tmp_path / "range-before" / "mark").exists()
