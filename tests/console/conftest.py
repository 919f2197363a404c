"""The console on a fresh database: real views, real steps, a web in memory, and two people who can sign in."""

from pathlib import Path

import pytest

from databases import Record, cluster, record, templates
from desk import Desk
from worlds import NOW, Town
from zhengben import wiring
from zhengben.server import shield

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give the console of one installation, on SQLite."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    town = Town(record.home)
    monkeypatch.setattr(wiring, "adapters", town.adapters)
    monkeypatch.setattr(wiring, "brands", lambda: town.brands)
    monkeypatch.setattr(wiring, "vault", lambda: town.vault)
    monkeypatch.setattr(shield, "wall_clock", lambda: NOW)
    return Desk(town)
