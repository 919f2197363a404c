"""The numbers of a period opened up: tables and a ledger from which an outsider gets every figure again.

Plain CSV (UTF-8 with a mark, so that a spreadsheet reads Chinese) and JSON Lines; no software of ours is needed.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from zhengben.core.disclosure import BEIJING, GROUPS, CaseRecord, Disclosure
from zhengben.locale.words import LANGUAGES, say

FIGURES, CASES, MOMENTS, GUIDE = "figures.csv", "cases.csv", "moments.csv", "READ.md"
_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for the machine's own code
# A title beginning with = would run in the reader's spreadsheet; impostors write the titles.
# Chinese spreadsheets take the full-width signs for the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tables(disclosure: Disclosure, records: Sequence[CaseRecord], as_of: datetime) -> Mapping[str, bytes]:
    """Give the files by name; `records` are those the disclosure was computed from, `as_of` when they were read."""
    return {
        FIGURES: _csv(_figures(disclosure)),
        CASES: _csv(_cases(records)),
        MOMENTS: _csv(_moments(records)),
        GUIDE: _guide(disclosure, as_of).encode(),
    }


def _figures(disclosure: Disclosure) -> Iterable[Sequence[object]]:
    yield ("code", "value", "unit", "definition_zh", "definition_en", "ids")
    for one in disclosure.figures:
        words = [say(f"figure.{one.code}", language) for language in ("zh", "en")]
        yield (one.code, "" if one.value is None else one.value, one.unit, *words, " ".join(one.ids))


def _cases(records: Iterable[CaseRecord]) -> Iterable[Sequence[object]]:
    yield (
        "case", "kind", "group", "accused", "opened_at", "first_seen_at", "sealed_at", "first_notice_at",
        "withdrawn_at", "is_down",
    )  # fmt: skip
    for one in records:
        group = next((name for name, kinds in GROUPS.items() if one.kind in kinds), "")
        moments = (one.opened_at, one.first_seen_at, one.sealed_at, one.first_notice_at, one.withdrawn_at)
        yield (one.id, one.kind, group, int(one.accused), *map(_moment, moments), int(one.is_down))


def _moments(records: Iterable[CaseRecord]) -> Iterable[Sequence[object]]:
    yield ("case", "what", "at", "key")
    for one in records:
        rows = [("notice", at, key) for key, at in one.notices] + [("reminder", at, key) for key, at in one.reminders]
        for what, moments in (("down", one.downs), ("down_by_hand", one.downs_by_hand), ("relapse", one.relapses)):
            rows += [(what, at, "") for at in moments]
        # By time and then by name, so that two runs over one record give one file.
        for what, at, key in sorted(rows, key=lambda row: (row[1], row[0], row[2])):
            yield (one.id, what, _moment(at), key)


def _guide(disclosure: Disclosure, as_of: datetime) -> str:
    facts = {"start": disclosure.start.isoformat(), "end": disclosure.end.isoformat(), "as_of": _moment(as_of)}
    return "\n".join(say("open_figures.guide", language, facts) for language in LANGUAGES)


def _moment(at: datetime | None) -> str:
    """Write a moment in Beijing time to the microsecond: days are counted there."""
    return "" if at is None else at.astimezone(BEIJING).isoformat(timespec="microseconds")


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    # RFC 4180 ends lines so; some spreadsheets take a bare line feed for part of the cell.
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(str(cell)) for cell in row])
    return (_MARK + out.getvalue()).encode("utf-8", "replace")


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell: a key or a definition must never begin a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
