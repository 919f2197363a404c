"""GET /api/v1/disclosure?from=D&to=D: the figures of a period, for people who have signed in.

The ids behind the figures name cases that may not be public yet, so this answer needs a session of the console.
"""

from datetime import date, datetime

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from zhengben.core.disclosure import BEIJING
from zhengben.flow.disclose import disclose
from zhengben.locale.words import LANGUAGES, say

CHINESE = {"ensure_ascii": False}


class Asked(HttpRequest):
    """A request as the middleware marks it."""

    now: datetime


@require_GET
def disclosure(request: Asked) -> JsonResponse:
    """Give every figure with its definition and the ids it counts."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "forbidden", "what": "sign in to the console first"}, status=403)
    try:
        start, end = (date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to"))
        told = disclose(start, end, request.now)
    except ValueError as error:
        what = f"{error}; use ?from=2026-01-01&to=2026-03-31"
        return JsonResponse({"error": "bad_request", "what": what}, status=400)
    figures = [
        {
            "code": f.code,
            "value": f.value,
            "unit": f.unit,
            "ids": list(f.ids),
            "definition": {language: say(f"figure.{f.code}", language) for language in LANGUAGES},
        }
        for f in told.figures
    ]
    row = {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "as_of": request.now.astimezone(BEIJING).isoformat(),
        "figures": figures,
    }
    return JsonResponse(row, json_dumps_params=CHINESE)
