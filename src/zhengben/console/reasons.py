"""Reasons as a page shows them: a sentence by code and facts, its weight, its source, and the name it is about."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhengben.console.shape import marks
from zhengben.core.reasons import order


def reason_rows(reasons: Iterable[Mapping[str, Any]], shown: str = "") -> list[dict[str, object]]:
    """Shape reasons in the order of a verdict; `shown` is the name that stands above them and need not be repeated."""
    # By size and not by sign: what speaks strongly for a target stands as high as what speaks against it.
    ordered = sorted(reasons, key=lambda reason: order(reason["code"], int(reason.get("weight") or 0)))
    return [_row(reason, shown) for reason in ordered]


def _row(reason: Mapping[str, Any], shown: str) -> dict[str, object]:
    facts = dict(reason.get("facts") or {})
    name = str(facts.get("host") or facts.get("matched") or "")
    places = marks(name, [reason])
    return {
        "code": reason["code"],
        "weight": int(reason.get("weight") or 0),
        "facts": facts,
        "source": _source(facts),
        "name": name if places and name not in shown else "",
        "marks": places,
    }


def _source(facts: Mapping[str, Any]) -> str:
    """Give where a fact comes from; a sentence that quotes the dossier's statement has told it itself."""
    if facts.get("statement"):
        return ""
    return " · ".join(str(facts[key]) for key in ("source", "since") if facts.get(key))
