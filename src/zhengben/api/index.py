"""GET /api/v1/: what this interface can be asked, by whom, and which version of the product answers."""

from importlib.metadata import version

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from zhengben.api.answers import VERSION, told

ENDPOINTS = (
    {"path": "/api/v1/check", "methods": ["GET", "POST"], "who": "anybody", "asks": ["target", "kind"]},
    {"path": "/api/v1/cases", "methods": ["GET"], "who": "member", "asks": ["state", "q", "page", "size"]},
    {"path": "/api/v1/cases/NUMBER", "methods": ["GET"], "who": "member", "asks": []},
    {"path": "/api/v1/disclosure", "methods": ["GET"], "who": "member", "asks": ["from", "to"]},
)


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """List the addresses."""
    del request
    return told({"api": VERSION, "product": version("zhengben"), "endpoints": list(ENDPOINTS)})
