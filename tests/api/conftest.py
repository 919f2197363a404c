"""The interface on a fresh installation: real views, real steps, a web in memory."""

from pathlib import Path

import pytest

from databases import Record, cluster, record, templates
from desk import Desk, furnish

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give one installation, on SQLite."""
    monkeypatch.setenv("ZHENGBEN_CHECKS_PER_MINUTE", "10000")
    return furnish(record, tmp_path, monkeypatch)
