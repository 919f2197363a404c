"""The console on a fresh database: real views, real steps, a web in memory, and two people who can sign in."""

from pathlib import Path

import pytest

from databases import Record, cluster, record, templates
from desk import Desk, furnish

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give the console of one installation, on SQLite."""
    return furnish(record, tmp_path, monkeypatch, public=False)
