"""The rail's numbers, kept fresh while a page is open."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from zhengben.console.frame import Asked, member, part
from zhengben.console.rail import places


@member
@require_GET
def rail(request: Asked) -> HttpResponse:
    """Give the places again; `at` is the one the page belongs to."""
    return part(request, "console/_rail.html", {"rail": places(), "nav": request.GET.get("at", "")})
