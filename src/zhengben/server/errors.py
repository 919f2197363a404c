"""The pages for what went wrong: each says what happened and what to do, in the look of the rest."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from zhengben import wiring
from zhengben.locale.errors import in_language
from zhengben.locale.words import LANGUAGES, say

LOG = logging.getLogger(__name__)
_PARTS = ("title", "what", "do")


def page(request: HttpRequest, code: str, status: int, detail: str = "") -> HttpResponse:
    """Give one page of error; `code` names its words under `error` in the catalogue. An API gets JSON instead."""
    language = getattr(request, "language", LANGUAGES[0])
    if request.path.startswith("/api/"):
        text = {name: " ".join(say(f"error.{code}.{part}", name) for part in _PARTS) for name in LANGUAGES}
        said = {"error": code, "what": say(f"error.{code}.what", "en"), "text": text}
        return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})
    context = {"code": code, "status": status, "language": language, "in_range": getattr(request, "in_range", False)}
    context |= {"detail": detail, "public": request.path.startswith("/check/")}
    return render(request, "zhengben/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense."""
    del exception
    return page(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that this person may not make."""
    del exception
    return page(request, "forbidden", 403)


def forbidden_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours, or from one that was open too long."""
    LOG.warning("form refused at %s: %s", request.path, reason)
    return page(request, "stale_form", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page that is not there."""
    del exception
    return page(request, "not_found", 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer somebody who asks faster than the limit."""
    response = page(request, "too_many", 429)
    response.headers["Retry-After"] = "60"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when something of ours failed; the log has the trace, the page has none of it."""
    return page(request, "broken", 500)


def wrong_way(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer a request by a method its address does not take: a form's address opened as a page, say."""
    response = page(request, "wrong_way", 405)
    response.headers["Allow"] = allowed
    return response


def dossier_trouble() -> str:
    """Give what is wrong with the dossiers in use; empty where they can be read.

    A page that fell over a broken dossier raises a plain ValueError; reading them once more tells it from every other.
    """
    try:
        wiring.brands()
    except (ValueError, OSError) as error:
        return str(error)
    return ""


def _without_dossier(request: HttpRequest, trouble: str) -> HttpResponse:
    """Say that nothing can be judged until the dossier is mended; the line and the cure are for members only."""
    language = getattr(request, "language", LANGUAGES[0])
    inside = getattr(request, "user", None) is not None and request.user.is_authenticated
    detail = in_language(trouble, language) if inside and not request.path.startswith("/check") else ""
    response = page(request, "dossier", 503, detail)
    response.headers["Retry-After"] = "60"
    return response


class Locked:
    """Turn what Django answers without words, and a database that is locked or away, into pages that say so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the next layer."""
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on; exceptions come back through `process_exception`."""
        response = self._next(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return wrong_way(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a database that is away for a moment and for a broken dossier; leave every other to Django."""
        trouble = dossier_trouble() if isinstance(exception, ValueError | OSError) else ""
        if trouble:
            LOG.error("dossier: %s", trouble)
            return _without_dossier(request, trouble)
        if not isinstance(exception, OperationalError):
            return None
        LOG.error("database: %s", exception)
        response = page(request, "locked", 503)
        response.headers["Retry-After"] = "5"
        return response
