"""The counting of the outside sets: shares, their intervals as textbooks have them, and what is shown as gone wrong."""

import importlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

OUTSIDE = Path(__file__).parents[2] / "benchmarks" / "outside"


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(OUTSIDE))
    return importlib.import_module("tally")


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 29, 0.0061, 0.1718), (0, 1, 0, 0.7935)],
)
def test_the_interval_is_wilsons(tally: Any, hits: int, total: int, low: float, high: float) -> None:
    assert tally.interval(hits, total) == pytest.approx((low, high), abs=5e-4)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 5000), st.data())
def test_an_interval_holds_its_share_and_narrows_with_more_items(tally: Any, total: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))
    low, high = tally.interval(hits, total)
    assert 0 <= low <= high <= 1
    assert low - 1e-9 <= hits / total <= high + 1e-9
    wide = tally.interval(hits * 4, total * 4)
    assert wide[1] - wide[0] < high - low


def test_a_share_of_nothing_claims_nothing(tally: Any) -> None:
    assert tally.share(0, 0).strip() == "-"
    assert tally.share(3, 4) == "  75.0 % [30.1-95.4] 3/4"


def test_kinds_count_alike_in_the_mean_and_by_items_in_the_sum(tally: Any) -> None:
    table = tally.Tally("found")
    for kind, hit in [("many", True)] * 9 + [("few", False)]:
        table.add(kind, "x", hit=hit)
    lines = list(table.lines(show=False))
    assert lines[0] == "found"
    assert "9/10" in next(line for line in lines if "ALL" in line)
    assert "50.0 %" in next(line for line in lines if "mean of kinds" in line)


@pytest.mark.parametrize(("good", "shown"), [(True, "missed"), (False, "hit")])
def test_what_went_wrong_is_shown_only_where_asked_for(tally: Any, shown: str, *, good: bool) -> None:
    table = tally.Tally("t", good=good)
    table.add("k", "hit", hit=True)
    table.add("k", "missed", hit=False)
    assert [line.split()[-1] for line in table.lines(show=True)][-1] == shown
    assert len(list(table.lines(show=True))) == len(list(table.lines(show=False))) + 1
    assert len(table.wrong) == 1


def test_a_table_without_items_has_its_title_and_no_figure(tally: Any) -> None:
    assert "%" not in "\n".join(tally.Tally("nothing").lines(show=True))


def test_the_product_is_asked_through_its_own_command(tally: Any) -> None:
    (row,) = tally.ask("check", "--json", "--offline", "--kind", "text", "--", "明天开会")
    assert row["verdict"] == "unrelated"
    assert tally.ask("check", "--offline", "--kind", "text", "--", "明天开会") == []


def test_one_file_alone_counts_for_every_set() -> None:
    """Four copies of it had begun to differ."""
    others = [path for path in OUTSIDE.rglob("*.py") if path != OUTSIDE / "tally.py"]
    assert len(others) > 40
    assert [path.name for path in others if "math.sqrt" in path.read_text("utf-8") and "1.96" in path.read_text()] == []
