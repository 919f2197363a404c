"""What is known of packaging platforms, packers and SDKs: tables as data, each entry with its source."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib import resources
from re import compile as compile_pattern
from typing import Any


@dataclass(frozen=True, slots=True)
class Sign:
    """How to know one platform, packer or SDK, and what it means; patterns are compiled into `paths`."""

    id: str
    name: str
    source: str
    classes: tuple[str, ...] = ()
    paths: Any = None
    prefixes: tuple[str, ...] = ()
    config: Any = None
    remote: str = ""


@cache
def table(name: str) -> Mapping[str, Any]:
    """Give one table by file name without ending."""
    return tomllib.loads((resources.files(__package__) / "tables" / f"{name}.toml").read_text("utf-8"))


@cache
def signs(name: str) -> tuple[Sign, ...]:
    """Give the entries of the tables shells, packers and sdks."""
    return tuple(_sign(key, entry) for key, entry in table(name).items())


def _sign(key: str, entry: Mapping[str, Any]) -> Sign:
    paths = [*entry.get("files", ()), *(f"lib/*/{lib}" for lib in entry.get("libs", ()))]
    return Sign(
        id=key,
        name=entry["name"],
        source=entry["source"],
        classes=tuple(entry.get("classes", ())),
        paths=_pattern(paths),
        prefixes=tuple(entry.get("prefixes", ())),
        config=_pattern(entry.get("config", ())),
        remote=entry.get("remote", ""),
    )


def _pattern(paths: Iterable[str]) -> Any:
    parts = [translate(path) for path in paths]
    return compile_pattern("|".join(parts)) if parts else None
