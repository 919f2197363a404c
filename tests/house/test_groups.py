"""Tests that stand in one group run in one process: browsers do not meet, and a month of the range is played once."""

import os

import pytest


@pytest.mark.xdist_group("kept together")
def test_the_runner_keeps_groups_together(request: pytest.FixtureRequest) -> None:
    """One pair of versions of the runner and its processes dropped every group without a word."""
    shared = os.environ.get("PYTEST_XDIST_WORKER") and request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@kept together") == bool(shared)
