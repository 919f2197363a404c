"""What every answer of the interface shares: JSON in UTF-8, one shape of error, who asks, and how far a list goes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, JsonResponse

from zhengben.store.api_keys import person_of

CHINESE = {"ensure_ascii": False}
VERSION = "v1"
# Enough for a screen; a program that wants all goes on from page to page and holds no worker for seconds.
SIZE, MOST = 50, 200


class Asked(HttpRequest):
    """A request as the middleware marks it."""

    now: datetime


class BadQuestionError(ValueError):
    """A request that cannot be answered; the message says what, where and what to do."""


def told(row: Mapping[str, object], status: int = 200) -> JsonResponse:
    """Give an answer."""
    return JsonResponse(dict(row), status=status, json_dumps_params=CHINESE)


def wrong(code: str, what: str, status: int) -> JsonResponse:
    """Give an error: `error` is for programs, `what` for people."""
    return told({"error": code, "what": what}, status)


def answered(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Turn a bad question into a 400 with one line."""

    @wraps(view)
    def safe(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer, or say what was wrong with the question."""
        try:
            return view(request, *args, **kwargs)
        except BadQuestionError as error:
            return wrong("bad_request", str(error), 400)

    return safe


def member(view: Callable[..., JsonResponse]) -> Callable[..., JsonResponse]:
    """Answer only people of the console: by their session, or by a key in `Authorization: Bearer KEY`."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """Answer a member; tell everybody else how to become one."""
        # Never in the address: addresses stand in logs, in proxies and in the histories of browsers.
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        person = person_of(key.strip()) if scheme.lower() == "bearer" else None
        if person is None and not request.user.is_authenticated:
            answer = wrong("unauthorised", "sign in to the console, or send Authorization: Bearer KEY", 401)
            # RFC 6750: a client library asks for a key by this header, and by nothing else.
            answer.headers["WWW-Authenticate"] = "Bearer"
            return answer
        return view(cast("Asked", request), *args, **kwargs)

    return guarded


def paging(request: HttpRequest) -> tuple[int, int]:
    """Read `page` (from 1) and `size` (at most 200); raise BadQuestionError for anything else."""
    return _number(request, "page", 1, 1_000_000), _number(request, "size", SIZE, MOST)


def _number(request: HttpRequest, name: str, otherwise: int, most: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdecimal() and len(given) < 9 and 1 <= int(given) <= most):
        raise BadQuestionError(f"{name} {given[:20]!r} is no number from 1 to {most}")
    return int(given)
