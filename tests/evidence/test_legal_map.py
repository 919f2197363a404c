"""What a court asks for is really in a package, where the documentation says it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.evidence.box import read_box
from zhengben.evidence.canon import load
from zhengben.evidence.environment import describe, tools
from zhengben.evidence.exhibit import Exhibit, Head
from zhengben.evidence.seal import seal

PAGE = Path(__file__).parents[2] / "docs" / "evidence.md"
ROW = re.compile(r"^\| (?P<rule>\S+ \S+) \| [^|]+ \| `(?P<file>[\w./]+)` (?P<fields>[^|]+) \|$", re.MULTILINE)


def pointers() -> list[tuple[str, str, str]]:
    """Give (rule, file, field) of every pointer of the page."""
    return [
        (row["rule"], row["file"], name)
        for row in ROW.finditer(PAGE.read_text("utf-8"))
        for name in re.findall(r"`([\w.]+)`", row["fields"])
    ]


def values(table: object, path: list[str]) -> Iterator[object]:
    """Give every value at a path; a list stands for each of its items."""
    if isinstance(table, list):
        for item in table:
            yield from values(item, path)
    elif not path:
        yield table
    elif isinstance(table, dict) and path[0] in table:
        yield from values(table[path[0]], path[1:])


@pytest.fixture
def members(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime) -> dict[str, bytes]:
    full = replace(exhibit, environment=describe(), tools=tools())
    return read_box(seal(full, key, now, after=Head(1, "ab" * 32)))


def test_the_page_names_every_rule() -> None:
    rules = {rule.split()[0] for rule, _, _ in pointers()}
    assert rules == {"互联网法院规定", "民事证据规定", "在线诉讼规则", "电子签名法"}
    courts = {rule for rule, _, _ in pointers() if rule.startswith("互联网法院规定")}
    assert courts == {f"互联网法院规定 11(1){place}" for place in range(1, 7)}


@pytest.mark.parametrize(("rule", "file", "name"), pointers(), ids=lambda text: text)
def test_what_a_court_asks_for_is_there(rule: str, file: str, name: str, members: dict[str, bytes]) -> None:
    found = [value for value in values(load(members[file]), name.split(".")) if value not in (None, "", [], {})]
    assert found, f"{rule}: {file} has nothing at {name}"
