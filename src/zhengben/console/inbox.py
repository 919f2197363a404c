"""The inbox: what the machine found, gravest first, and what a person decides about it."""

from datetime import timedelta
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from zhengben import wiring
from zhengben.console.frame import Asked, member, page, page_number, part, tell
from zhengben.console.shape import lead_row, page_context
from zhengben.console.templatetags.words import span
from zhengben.core.lead import KINDS
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.verdict import ACCUSING, Label
from zhengben.flow.decide import dismiss, open_case
from zhengben.store.events import StaleError
from zhengben.store.models import Lead
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
    shown = _shown(request)
    context = {"states": STATES, "kinds": KINDS, "brands": wiring.brands()}
    return page(request, "console/inbox.html", "leads", context | shown)


@member
@require_GET
def rows(request: Asked) -> HttpResponse:
    """Give the inner part of the inbox, for the page that asks every few seconds."""
    return part(request, "console/_inbox.html", _shown(request))


@member
@require_POST
def dismiss_lead(request: Asked, key: int) -> HttpResponse:
    """Say that a lead is nothing."""
    lead = _lead(key)
    try:
        dismiss(lead, request.user.username, request.now, why="")
        tell(request, "inbox.dismissed")
    except (StaleError, ForbiddenMoveError):
        tell(request, "inbox.gone", tone="wrong")
    return redirect("/leads/")


@member
@require_POST
def open_lead(request: Asked, key: int) -> HttpResponse:
    """Open a case by hand: this person says that it impersonates."""
    lead = _lead(key)
    label = Label(lead.label) if lead.label in ACCUSING else Label.IMPERSONATION
    try:
        case = open_case(lead, lead.brand, label, request.user.username, request.now)
    except (StaleError, ForbiddenMoveError):
        tell(request, "inbox.gone", tone="wrong")
        return redirect("/leads/")
    except DatabaseError:
        raise
    except ValueError:
        tell(request, "inbox.no_brand", tone="wrong")
        return redirect(f"/leads/{key}/")
    tell(request, "inbox.opened", number=case.number)
    return redirect(f"/cases/{case.number}/")


def _lead(key: int) -> Lead:
    lead = Lead.objects.select_related("case").filter(pk=key).first()
    if lead is None:
        raise Http404
    return lead


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
    )


def _shown(request: Asked) -> dict[str, object]:
    wanted = filters(request.GET)
    found = inbox(chosen(wanted), page_number(request), SIZE)
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
