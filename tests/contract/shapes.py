"""The shapes of the contract, written down once more from its page and from nothing else, and a judge of rows.

`wrong(row, SHAPE)` gives what does not fit, one line each, with the path to it. A shape is a dict of keys (all of them
needed; more may come), a list of one shape, a type, a set of allowed values, or a function that tells.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

LABELS = {"official", "impersonation", "scam", "lookalike", "mention", "unrelated", "unknown"}
KINDS = {
    "domain", "url", "app_listing", "app_file", "text", "account", "post", "listing", "search_ad", "phone", "poi",
    "job", "company", "image",
}  # fmt: skip
CONTACTS = {"phone", "qq", "wechat", "telegram", "url", "domain", "card"}
CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_.]+)?")


def share(value: object) -> bool:
    """Tell whether a value is a whole number from 0 to 100."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 100


def code(value: object) -> bool:
    """Tell whether a value is a code and no sentence."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def said(value: object) -> bool:
    """Tell whether a value is a sentence for people: something in it, and no field left to fill."""
    return isinstance(value, str) and bool(value.strip()) and not re.search(r"\{\w+\}", value)


def count(value: object) -> bool:
    """Tell whether a value is a whole number of at least 0."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def line(value: object) -> bool:
    """Tell whether a value counts lines: from 1."""
    return count(value) and value != 0


def milliseconds(value: object) -> bool:
    """Tell whether a value is a time that passed."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


REASON = {"code": code, "weight": int, "facts": dict, "text": {"zh": said, "en": said}}
CHECK = {
    "target": str,
    "kind": KINDS,
    "verdict": LABELS,
    "brand": str,
    "score": share,
    "reasons": [REASON],
    "coverage": {"complete": bool, "missing": [code]},
    "contacts": [{"kind": CONTACTS, "value": said, "raw": str}],
    "elapsed_ms": milliseconds,
}
HOST = {"name": str, "brand": said, "technique": code, "score": share, "reasons": list}
TEXT = {
    "line": line, "start": count, "end": count, "matched": said, "brand": said, "kind": code, "score": share,
    "characters": list, "intent": code,
}  # fmt: skip
BRAND = {"brand": said, "ok": bool, "problems": list}
PACKAGE = {"package": str, "ok": bool, "checks": [{"name": code, "ok": bool, "detail": str}]}
RANGE = {
    "seed": count, "days": count, "planted": dict, "found": dict, "missed": list, "decoys": count,
    "accused_decoys": list, "notices_sent": count, "duplicate_notices": lambda v: count(v) or isinstance(v, list),
    "verified_down": count, "false_down": list, "relapses_planted": count, "relapses_found": count,
    "unapproved_sends": lambda v: count(v) or isinstance(v, list), "ledger_ok": bool, "elapsed_s": milliseconds,
}  # fmt: skip
Shape = Any


def wrong(value: object, shape: Shape, path: str = "row") -> list[str]:
    """Give what does not fit a shape."""
    return list(_wrong(value, shape, path))


def _wrong(value: object, shape: Shape, path: str) -> Iterator[str]:
    if isinstance(shape, dict):
        yield from _table(value, shape, path)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{path} is no list: {value!r:.80}"
            return
        for place, item in enumerate(value):
            yield from _wrong(item, shape[0], f"{path}[{place}]")
    elif not _fits(value, shape):
        yield f"{path} does not fit: {value!r:.80}"


def _table(value: object, shape: dict[str, Shape], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} is no object: {value!r:.80}"
        return
    for key, inner in shape.items():
        if key in value:
            yield from _wrong(value[key], inner, f"{path}.{key}")
        else:
            yield f"{path} lacks {key}"


def _fits(value: object, shape: set[str] | type | Callable[[object], bool]) -> bool:
    if isinstance(shape, set):
        return value in shape
    if isinstance(shape, type):
        return isinstance(value, shape) and not (shape is int and isinstance(value, bool))
    return shape(value)


def check_rules(row: dict[str, Any]) -> Iterator[str]:
    """Give what is wrong with a row of `check` beyond its shape: the sentences of the contract about its values."""
    if row["coverage"]["complete"] != (not row["coverage"]["missing"]):
        yield "coverage.complete says otherwise than coverage.missing"
    if row["verdict"] == "unrelated" and row["coverage"]["missing"]:
        yield "what could not be seen is called unrelated"
    if row["verdict"] == "unknown" and not row["coverage"]["missing"]:
        yield "unknown without saying what is missing"
    if row["verdict"] in {"impersonation", "scam", "official"} and not row["brand"]:
        yield f"{row['verdict']} of no brand"
    if row["verdict"] in {"impersonation", "scam"} and not row["reasons"]:
        yield "accused without a reason"
    if row["verdict"] == "official" and not any(r["weight"] > 0 for r in row["reasons"]):
        yield "official without a proof"
    weights = [abs(r["weight"]) for r in row["reasons"]]
    if weights != sorted(weights, reverse=True):
        yield "the weightiest reason does not come first"
