"""The definition of every published number, and its recomputation from case records.

A figure is a code, a value, a unit and the ids it counts: anyone with the records gets the same number. Definitions in
words are in `locale` under `figure`. A case counts in a period by the moment named in its definition, in Beijing time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhengben.core.survival import Life, quantile

BEIJING = ZoneInfo("Asia/Shanghai")

GROUPS = {
    "apps": frozenset({"app_listing", "app_file"}),
    "sites": frozenset({"domain", "url"}),
    "accounts": frozenset({"account"}),
    "phones": frozenset({"phone"}),
    "places": frozenset({"poi"}),
    "posts": frozenset({"post", "listing", "search_ad", "text", "image"}),
    "companies": frozenset({"company", "job"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """What a disclosure needs to know of one case. Moments carry their zone; a moment that never came is None.

    `notices` are first letters by key and moment, `reminders` what followed them; letters that take something back are
    neither. `downs_by_hand` are those of `downs` that people's looks proved.
    """

    id: str
    kind: str
    opened_at: datetime
    first_seen_at: datetime
    accused: bool = True
    sealed_at: datetime | None = None
    first_notice_at: datetime | None = None
    notices: tuple[tuple[str, datetime], ...] = ()
    reminders: tuple[tuple[str, datetime], ...] = ()
    downs: tuple[datetime, ...] = ()
    downs_by_hand: tuple[datetime, ...] = ()
    relapses: tuple[datetime, ...] = ()
    withdrawn_at: datetime | None = None
    is_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published number: `ids` are the cases or notices it counts; `value` is None where it cannot be said."""

    code: str
    value: float | int | None
    unit: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The numbers of a period; both days are included."""

    start: date
    end: date
    figures: tuple[Figure, ...] = field(default_factory=tuple)


def disclose(records: Iterable[CaseRecord], start: date, end: date, as_of: datetime) -> Disclosure:
    """Compute every figure of a period from case records; `as_of` is the moment the records were read."""
    check_period(start, end)
    rows = [r for r in records if r.accused and r.withdrawn_at is None]
    inside = _inside(start, end)
    figures = [*_found(rows, inside), *_done(rows, inside), *_times(rows, inside, as_of)]
    return Disclosure(start=start, end=end, figures=tuple(figures))


def check_period(start: date, end: date) -> None:
    """Raise ValueError for a period that ends before it begins.

    >>> check_period(date(2026, 1, 1), date(2026, 1, 1))
    """
    if end < start:
        raise ValueError(f"the period ends before it begins: {start} to {end}; swap the dates")


def _inside(start: date, end: date) -> Callable[[datetime | None], bool]:
    return lambda moment: moment is not None and start <= moment.astimezone(BEIJING).date() <= end


def _count(code: str, ids: Sequence[str], unit: str = "cases") -> Figure:
    return Figure(code=code, value=len(ids), unit=unit, ids=tuple(ids))


def _found(rows: Sequence[CaseRecord], inside: Callable[[datetime | None], bool]) -> list[Figure]:
    found = [r for r in rows if inside(r.opened_at)]
    by_group = [_count(f"found_{name}", [r.id for r in found if r.kind in kinds]) for name, kinds in GROUPS.items()]
    return [_count("found", [r.id for r in found]), *by_group]


def _done(rows: Sequence[CaseRecord], inside: Callable[[datetime | None], bool]) -> list[Figure]:
    notices, reminders = ([row.notices for row in rows], [row.reminders for row in rows])
    return [
        _count("sealed", [r.id for r in rows if inside(r.sealed_at)]),
        _count("notices_sent", _sent(notices, inside), "notices"),
        _count("reminders_sent", _sent(reminders, inside), "notices"),
        *_ends(rows, inside),
    ]


def _ends(rows: Sequence[CaseRecord], inside: Callable[[datetime | None], bool]) -> list[Figure]:
    return [
        _count("verified_down", [r.id for r in rows if any(map(inside, r.downs))]),
        _count("verified_down_by_hand", [r.id for r in rows if any(map(inside, r.downs_by_hand))]),
        _count("relapsed", [r.id for r in rows if any(map(inside, r.relapses))]),
        _count("still_up", [r.id for r in rows if inside(r.opened_at) and not r.is_down]),
    ]


def _sent(letters: Iterable[Iterable[tuple[str, datetime]]], inside: Callable[[datetime | None], bool]) -> list[str]:
    """Give the keys of the letters that left in the period: a case may have several, each counts."""
    return [key for of_one_case in letters for key, at in of_one_case if inside(at)]


def _times(rows: Sequence[CaseRecord], inside: Callable[[datetime | None], bool], as_of: datetime) -> list[Figure]:
    opened = [r for r in rows if inside(r.opened_at)]
    lives = [_life(r, as_of) for r in opened]
    ids = tuple(r.id for r in opened)
    return [
        Figure(code="hours_up_median", value=_rounded(quantile(lives, 0.5)), unit="hours", ids=ids),
        Figure(code="hours_up_p90", value=_rounded(quantile(lives, 0.9)), unit="hours", ids=ids),
    ]


def _life(record: CaseRecord, as_of: datetime) -> Life:
    ended = bool(record.downs)
    until = record.downs[0] if ended else as_of
    return Life(max(0.0, (until - record.first_seen_at).total_seconds() / 3600), ended)


def _rounded(hours: float | None) -> float | None:
    return None if hours is None else round(hours, 1)
