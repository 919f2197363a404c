"""Databases and a world for the tests of the steps."""

import pytest

from databases import Record, cluster, record, templates
from worlds import Town

__all__ = ["cluster", "record", "templates"]


@pytest.fixture
def town(record: Record) -> Town:
    """Give a world on a fresh database: a small web in memory, everything else real."""
    return Town(record.home)
