"""The portal on a fresh database, beside a console whose people confirm cases."""

from pathlib import Path

import pytest

from databases import Record, cluster, record, templates
from desk import Desk, furnish

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def desk(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give one installation, on SQLite."""
    return furnish(record, tmp_path, monkeypatch)
