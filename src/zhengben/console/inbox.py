"""The inbox: what the machine found; first what waits for a person, and in it the gravest first."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from zhengben import wiring
from zhengben.console.frame import Asked, member, page, page_number, part
from zhengben.console.shape import lead_row, page_context
from zhengben.console.templatetags.words import span
from zhengben.core.lead import KINDS
from zhengben.core.verdict import Label
from zhengben.store.queries_inbox import InboxFilter, inbox, label_counts
from zhengben.store.queries_rim import median_to_notice

SIZE = 40
# Long enough for a median that stands still from day to day, short enough to show a bad month.
RECENT = timedelta(days=30)
STATES = ("open", "undecided", "new", "all", "dismissed")
BOXES = ("impersonation", "scam", "lookalike", "unknown", "mention")


@member
@require_GET
def leads(request: Asked) -> HttpResponse:
    """Show the inbox."""
    context = {"states": STATES, "kinds": KINDS, "brands": wiring.brands()}
    return page(request, "console/inbox.html", "leads", context | shown(request, request.GET))


@member
@require_GET
def rows(request: Asked) -> HttpResponse:
    """Give the inner part of the inbox, for the page that asks every few seconds."""
    return part(request, "console/_inbox.html", shown(request, request.GET))


def filters(query: QueryDict) -> dict[str, str]:
    """Read what the person wants to see; anything unknown falls back to the ordinary view."""
    state = query.get("state", "open")
    return {
        "q": query.get("q", "")[:100],
        "label": query.get("label", "") if query.get("label") in set(Label) else "",
        "state": state if state in STATES else "open",
        "kind": query.get("kind", "") if query.get("kind") in KINDS else "",
        "brand": query.get("brand", "")[:80],
    }


def chosen(wanted: dict[str, str]) -> InboxFilter:
    """Turn the person's filters into those of the record."""
    state = wanted["state"]
    # Whoever searches or picks a label wants all of them; only the ordinary view hides what needs nobody.
    plain = not wanted["label"] and not wanted["q"]
    return InboxFilter(
        label=wanted["label"],
        brand=wanted["brand"],
        kind=wanted["kind"],
        words=wanted["q"],
        state=state if state in {"new", "dismissed"} else "",
        open_only=state == "undecided",
        to_look_at=state == "undecided" or (state == "open" and plain),
        # What the machine opened a case for by itself can wait; what only a person can decide cannot.
        undecided_first=state == "open",
    )


def shown(request: Asked, asked: QueryDict) -> dict[str, object]:
    """Give what the inner part of the inbox shows for the filters in a query."""
    wanted = filters(asked)
    found = inbox(chosen(wanted), page_number(asked), SIZE)
    typical = median_to_notice(request.now - RECENT)
    # The ordinary view is left out of addresses, so that a plain /leads/ stays one.
    query = {name: value for name, value in wanted.items() if value and (name, value) != ("state", "open")}
    return {
        "rows": [lead_row(row) for row in found.rows],
        "filters": wanted,
        "filtered": bool(query),
        "query": urlencode({**query, "page": str(found.number)}),
        "boxes": _boxes(query),
        "median": span(typical, request.language) if typical is not None else None,
        **page_context(found, query, SIZE),
    }


def _boxes(query: dict[str, str]) -> list[dict[str, object]]:
    counted = label_counts(query.get("brand", ""))
    others = {name: value for name, value in query.items() if name != "label"}
    here = query.get("label", "")
    return [
        {
            "name": name,
            "count": counted.get(name, 0),
            "here": name == here,
            "urgent": name == "impersonation",
            # A second press on a box takes the filter off again.
            "query": urlencode(others if name == here else {**others, "label": name}),
        }
        for name in BOXES
    ]
