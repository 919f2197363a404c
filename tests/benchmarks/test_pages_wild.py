"""Pages in wording of their own stay as they are judged: no honest one accused, every false one of the first half."""

import argparse
import importlib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# The share of false pages accused that may not be lost; of the honest ones none may be accused.
SPLITS = {"first": 1.0, "second": 0.85, "last": 0.9, "honest": 0.0, "final": 0.85}


@pytest.fixture
def wild(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("pages_wild")


@pytest.mark.parametrize(("split", "least"), SPLITS.items())
def test_honest_pages_are_spared_and_false_ones_accused(wild: Any, split: str, least: float) -> None:
    figures = wild.run(argparse.Namespace(split=split))
    for want in ("spare", "official"):
        assert figures[want]["right"] == figures[want]["of"], figures.get("wrong", figures["sorts"])
    if least:  # the set of honest pages has no others
        assert figures["accuse"]["right"] >= least * figures["accuse"]["of"]
    assert ("wrong" in figures) is (split == "first")


@pytest.mark.parametrize("split", SPLITS)
def test_every_page_is_whole_and_its_own(wild: Any, split: str) -> None:
    drawn = list(wild.pages(split))
    assert len({source for _, _, source in drawn}) == len(drawn)
    assert len({url for _, url, _ in drawn}) >= len(drawn) - 3  # official pages keep their address in every shape
    for entry, _, source in drawn:
        assert "{body}" not in source
        assert "{title}" not in source
        assert entry["body"] in source
