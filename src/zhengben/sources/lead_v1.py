"""`lead.v1`: what any outside monitor hands over, one JSON object a line. Bad lines get a code, never an exception."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from zhengben.core.lead import KINDS, Lead

REQUIRED = ("v", "kind", "source", "seen_at", "locator")
PATHS = ("icon", "download", "raw")
LONGEST_TEXT = 100_000
_LINKS = ("https://", "http://")
_OWN = frozenset({"v", "kind", "locator", "seen_at"})


class BadLineError(ValueError):
    """A line that is no lead; the message is a code, then what it is about: `missing locator`."""


def parse(line: bytes, folder: Path) -> Lead:
    """Give the lead of one line; raise BadLineError with a code. Paths in it must stay inside `folder`.

    >>> parse(b"{}", Path("."))
    Traceback (most recent call last):
    zhengben.sources.lead_v1.BadLineError: missing v
    """
    row = _object(line)
    for name in REQUIRED:
        if not row.get(name):
            raise BadLineError(f"missing {name}")
    if row["v"] != "lead.v1":
        raise BadLineError(f"version {str(row['v'])[:40]}")
    if row["kind"] not in KINDS:
        raise BadLineError(f"kind {str(row['kind'])[:40]}")
    source = row["source"].get("name") if isinstance(row["source"], Mapping) else None
    detail = {key: _inside(key, value, folder) for key, value in row.items() if key not in _OWN}
    return Lead(
        kind=str(row["kind"]), source=_written(source, "source.name")[:120],
        locator=_written(row["locator"], "locator")[:LONGEST_TEXT], seen_at=_moment(row["seen_at"]), detail=detail,
    )  # fmt: skip


def _written(value: object, name: str) -> str:
    """Give a text that says something; a number or a list in its place counts as missing."""
    if not isinstance(value, str) or not value.strip():
        raise BadLineError(f"missing {name}")
    return value.strip()


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLineError("not_utf8") from None
    except RecursionError:
        raise BadLineError("too_deep") from None
    except ValueError:
        raise BadLineError("not_json") from None
    if not isinstance(row, dict):
        raise BadLineError("not_an_object")
    return row


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadLineError(f"seen_at {str(value)[:40]}") from None
    if moment.tzinfo is None:
        raise BadLineError("seen_at without zone")
    try:
        moment.astimezone(UTC)
    except OverflowError:  # a zone that carries the first or last day out of the calendar; no record can hold it
        raise BadLineError(f"seen_at {str(value)[:40]}") from None
    return moment


def _inside(key: str, value: object, folder: Path) -> object:
    """Give a path only where it stays inside the watched folder, a link only to the web.

    A monitor must not make us read other files, and `file:///etc/passwd` is a path in the guise of a link.
    """
    if not isinstance(value, str):
        return value
    value = value[:LONGEST_TEXT]
    if key not in PATHS or not value or value.lower().startswith(_LINKS):
        return value
    if "://" in value:
        return ""
    try:
        place = (folder / value).resolve()
    except (OSError, ValueError):  # a NUL, a ring of links, a name no file system takes
        return ""
    return str(place) if place.is_relative_to(folder.resolve()) else ""
