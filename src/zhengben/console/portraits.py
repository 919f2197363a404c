"""Each client's picture on the page of a case, with its boxes and what lies beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhengben.console.capture_boxes import boxes_of, drawing
from zhengben.console.capture_facts import beside
from zhengben.console.shape import marks
from zhengben.core.fetched import Captured


def portraits(
    seen: Sequence[Mapping[str, Any]], reasons: Sequence[Mapping[str, Any]], language: str, *, codes: bool
) -> list[dict[str, Any]]:  # fmt: skip
    """Give the pictures with boxes (`drawing`), lists (`beside`) and the address with its deceiving characters."""
    captured = [one["captured"] for one in seen if one["captured"] is not None]
    return [dict(one) | _added(one, reasons, language, captured, codes=codes) for one in seen]


def of_page(seen: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether what is shown is a page that was fetched, not a thing as somebody told it."""
    return any(one["profile"] != "told" for one in seen)


def _added(
    one: Mapping[str, Any],
    reasons: Sequence[Mapping[str, Any]],
    language: str,
    others: Sequence[Captured],
    *,
    codes: bool,
) -> dict[str, object]:
    captured = one["captured"]
    told: dict[str, object] = {"url_marks": marks(str(one["url"]), reasons)}
    if captured is None:
        return told
    boxes = boxes_of(captured, reasons, language, codes=codes, others=others)
    return told | {
        "boxes": boxes,
        "drawing": drawing(captured, boxes),
        "beside": beside(captured),
        "incomplete": captured.failure or ("clipped" if captured.clipped else ""),
    }
