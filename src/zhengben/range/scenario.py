"""A scenario: how long, how many of what, and how the people on the other side behave. One TOML file each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

SHIPPED = ("small", "quarter", "year")
_KEYS = frozenset({
    "name", "start", "days", "noise_hosts", "browser_sample", "reports_each", "impostors", "decoys", "tempers",
    "cloaks",
})  # fmt: skip


class ScenarioError(ValueError):
    """A scenario that cannot be run; the message says where and what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is planted. `impostors` and `decoys` count sorts, `tempers` and `cloaks` are shares of chance.

    `noise_hosts` are hostnames of no interest in the feeds; `browser_sample` how many pages are also seen in a real
    browser; `reports_each` how many members of the public report each thing that is found by reports.
    """

    name: str
    start: datetime
    days: int
    impostors: Mapping[str, int]
    decoys: Mapping[str, int]
    tempers: Mapping[str, int]
    cloaks: Mapping[str, int]
    noise_hosts: int = 0
    browser_sample: int = 0
    reports_each: int = 1


def read_scenario(name: str) -> Scenario:
    """Read a shipped scenario by name, or a TOML file by path; raise ScenarioError with the cure.

    >>> read_scenario("small").days
    30
    """
    if name in SHIPPED:
        return parse_scenario(
            resources.files(__package__).joinpath("scenarios", f"{name}.toml").read_text("utf-8"), name
        )
    try:
        return parse_scenario(Path(name).read_text("utf-8"), name)
    except OSError as error:
        raise ScenarioError(
            f"{name}: cannot be read ({error.strerror}); give one of {', '.join(SHIPPED)} or a TOML file"
        ) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{name}: is not UTF-8 text; save it as UTF-8") from error


def parse_scenario(text: str, where: str = "scenario") -> Scenario:
    """Read a scenario from text; `where` is named in errors."""
    table = _table(text, where)
    start = table.get("start")
    if not isinstance(start, datetime) or start.tzinfo is None:
        raise ScenarioError(f"{where}: start needs a date and time with its zone, as 2026-11-23T08:00:00+08:00")
    days = _whole(table, "days", where)
    if not 1 <= days <= 3660:
        raise ScenarioError(f"{where}: days is {days}; use 1 to 3660")
    return Scenario(
        name=str(table.get("name", where)),
        start=start,
        days=days,
        impostors=_counts(table, "impostors", where),
        decoys=_counts(table, "decoys", where),
        tempers=_counts(table, "tempers", where) or {"prompt": 1},
        cloaks=_counts(table, "cloaks", where) or {"none": 1},
        noise_hosts=_whole(table, "noise_hosts", where, 0),
        browser_sample=_whole(table, "browser_sample", where, 0),
        reports_each=_whole(table, "reports_each", where, 1),
    )


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{where}: is not TOML: {error}") from error
    except RecursionError:
        raise ScenarioError(f"{where}: is not TOML: brackets within brackets without end") from None
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ScenarioError(f"{where}: unknown key {unknown[0]!r}; use {', '.join(sorted(_KEYS))}")
    return table


def _whole(table: Mapping[str, object], key: str, where: str, default: int | None = None) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ScenarioError(f"{where}: {key} needs a whole number of at least 0")
    return value


def _counts(table: Mapping[str, object], key: str, where: str) -> Mapping[str, int]:
    rows = table.get(key, {})
    if not isinstance(rows, dict):
        raise ScenarioError(f"{where}: [{key}] needs a table of names and whole numbers")
    return {name: _whole(rows, name, f"{where} [{key}]") for name in rows}
