"""GET /api/v1/disclosure?from=D&to=D: the figures of a period, for members: by session or by key.

The ids behind the figures name cases that may not be public yet, so this answer needs a session or a key.
"""

from datetime import date

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from zhengben.api.answers import Asked, BadQuestionError, answered, member, told
from zhengben.core.disclosure import BEIJING
from zhengben.flow.disclose import disclose
from zhengben.locale.words import LANGUAGES, say


@require_safe
@answered
@member
def disclosure(request: Asked) -> JsonResponse:
    """Give every figure with its definition and the ids it counts."""
    try:
        start, end = (date.fromisoformat(request.GET.get(name, "")) for name in ("from", "to"))
        shown = disclose(start, end, request.now)
    # Year 9999 with a zone behind it is a date that no moment has.
    except (ValueError, OverflowError) as error:
        raise BadQuestionError(f"{error}; use ?from=2026-01-01&to=2026-03-31") from error
    figures = [
        {
            "code": f.code,
            "value": f.value,
            "unit": f.unit,
            "ids": list(f.ids),
            "definition": {language: say(f"figure.{f.code}", language) for language in LANGUAGES},
        }
        for f in shown.figures
    ]
    row = {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "as_of": request.now.astimezone(BEIJING).isoformat(),
        "figures": figures,
    }
    return told(row)
