"""The disclosure: every figure with its definition, and behind every figure the cases it counts."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from zhengben import wiring
from zhengben.console.frame import Asked, member, page
from zhengben.console.shape import name_of
from zhengben.core.disclosure import BEIJING, Disclosure
from zhengben.flow.disclose import disclose
from zhengben.store.models import Case
from zhengben.store.queries_rim import cases_named, notices_keyed

SIZE = 100


@member
@require_GET
def disclosure(request: Asked) -> HttpResponse:
    """Show the figures of a period."""
    return page(request, "console/disclosure.html", "disclosure", _context(request))


@member
@require_GET
def printed(request: Asked) -> HttpResponse:
    """Show the figures on a page for the printer."""
    context = _context(request) | {"brands": wiring.brands()}
    return page(request, "console/disclosure_print.html", "disclosure", context)


@member
@require_GET
def figure(request: Asked, code: str) -> HttpResponse:
    """Show what a figure counts, one line an id."""
    start, end = period(request)
    told = next((f for f in _figures(start, end, request.now).figures if f.code == code), None)
    if told is None:
        raise Http404
    shown = Paginator(told.ids, SIZE).get_page(request.GET.get("page"))
    query = {"from": start.isoformat(), "to": end.isoformat()}
    turn = {way: urlencode({**query, "page": number}) for way, number in _turns(shown).items()}
    context = {
        "figure": told,
        "rows": _rows(tuple(shown.object_list), told.unit),
        "start": start,
        "end": end,
        "query": urlencode(query),
        "first": shown.start_index(),
        "last": shown.end_index(),
        "total": len(told.ids),
        **turn,
    }
    return page(request, "console/figure.html", "disclosure", context)


def period(request: Asked) -> tuple[date, date]:
    """Read the period asked for; this quarter up to today where none, or none that can be read, is given."""
    today = request.now.astimezone(BEIJING).date()
    try:
        return date.fromisoformat(request.GET["from"]), date.fromisoformat(request.GET["to"])
    except (KeyError, ValueError):
        return date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today


def periods(today: date) -> dict[str, tuple[date, date]]:
    """Give the periods people ask for most, up to today.

    >>> periods(date(2026, 11, 22))["quarter"][0].isoformat()
    '2026-10-01'
    """
    return {
        "month": (today.replace(day=1), today),
        "quarter": (date(today.year, (today.month - 1) // 3 * 3 + 1, 1), today),
        "year": (date(today.year, 1, 1), today),
    }


def _context(request: Asked) -> dict[str, object]:
    start, end = period(request)
    query = urlencode({"from": start.isoformat(), "to": end.isoformat()})
    today = request.now.astimezone(BEIJING).date()
    context: dict[str, object] = {
        "start": start,
        "end": end,
        "query": query,
        "as_of": request.now,
        "periods": [
            {"name": name, "query": urlencode({"from": a.isoformat(), "to": b.isoformat()})}
            for name, (a, b) in periods(today).items()
        ],
    }
    if end < start or end - start > timedelta(days=36_600):
        return context | {"wrong": "disclosure.bad_period", "figures": ()}
    return context | {"figures": _figures(start, end, request.now).figures}


def _figures(start: date, end: date, now: datetime) -> Disclosure:
    return disclose(start, max(start, end), now)


def _turns(shown: object) -> dict[str, int]:
    turns = {}
    if getattr(shown, "has_previous", bool)():
        turns["newer"] = getattr(shown, "previous_page_number", int)()
    if getattr(shown, "has_next", bool)():
        turns["older"] = getattr(shown, "next_page_number", int)()
    return turns


def _rows(ids: tuple[str, ...], unit: str) -> list[dict[str, object]]:
    if unit == "notices":
        notices = notices_keyed(ids)
        return [
            {
                "id": key,
                "href": f"/notices/{notices[key].pk}/" if key in notices else "",
                "name": notices[key].addressee if key in notices else "",
                "state": "",
            }
            for key in ids
        ]
    cases = cases_named(ids)
    return [_case(number, cases.get(number)) for number in ids]


def _case(number: str, case: Case | None) -> dict[str, object]:
    """Shape one case a figure counts."""
    name = name_of(case.kind, case.locator, case.title).text if case else ""
    return {"id": number, "href": f"/cases/{number}/", "state": case.state if case else "", "name": name}
