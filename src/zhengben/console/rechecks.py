"""Rechecks: every case under watch, what was seen each time, and when somebody looks next."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from zhengben.console.cases import brand_names
from zhengben.console.frame import Asked, member, page, page_number
from zhengben.console.shape import case_row, page_context
from zhengben.console.ticks import count, ticks
from zhengben.store.queries_rim import reasons_of, watched

SIZE = 30


@member
@require_GET
def rechecks(request: Asked) -> HttpResponse:
    """Show what is watched, the next to be looked at first."""
    found = watched(page_number(request.GET), SIZE)
    names, reasons = brand_names(), reasons_of([case for case, _ in found.rows])
    rows = []
    for case, looks in found.rows:
        shown = ticks(looks)
        row = case_row(case, request.now, names, reasons.get(case.pk, ()))
        rows.append(row | {"looks": shown, "counts": count(shown), "last": shown[-1] if shown else None})
    context = {"rows": rows, **page_context(found, {}, SIZE)}
    return page(request, "console/rechecks.html", "rechecks", context)
