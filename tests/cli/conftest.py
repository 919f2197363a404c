"""Databases for commands that read the record, and one language at the terminal."""

import pytest

from databases import cluster, record, templates
from zhengben.locale.terminal import VARIABLE

__all__ = ["cluster", "record", "templates"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test read English whatever the machine speaks; a test of another language sets LANG itself."""
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "")  # remembered first, so that what `--lang` sets in a test ends with the test
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
