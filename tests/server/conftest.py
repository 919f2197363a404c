"""Databases for the tests of the server, and a desk behind it."""

from pathlib import Path

import pytest

from databases import Record, cluster, record, templates
from desk import Desk
from worlds import NOW, Town
from zhengben import wiring
from zhengben.flow.look import look
from zhengben.server import shield

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give one installation, on SQLite."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    town = Town(record.home)
    monkeypatch.setattr(wiring, "adapters", town.adapters)
    monkeypatch.setattr(wiring, "brands", lambda: town.brands)
    monkeypatch.setattr(wiring, "vault", lambda: town.vault)
    monkeypatch.setattr(wiring, "look_offline", lambda target, kind="": look(target, town.brands, None, kind=kind))
    monkeypatch.setattr(shield, "wall_clock", lambda: NOW)
    return Desk(town)
