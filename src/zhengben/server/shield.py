"""The one middleware of ours: what every request knows (language, time, range) and what every answer carries.

The policy lets a page load only its own files: no inline script or style, no frame, nothing from elsewhere.
"""

import os
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase

from zhengben.locale.words import LANGUAGES
from zhengben.server.clock import time_of, wall_clock
from zhengben.server.errors import bad_request, too_many
from zhengben.server.limit import Limiter, neighbourhood

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # A member's page must not come back from a shared disk, nor an old answer to a worried person.
    "Cache-Control": "no-store",
}
PUBLIC = ("/check/", "/api/")
_TAG = re.compile(r"\s*([A-Za-z]{1,8})(?:-[\w-]+)?\s*(?:;\s*q=([0-9.]+))?\s*$")


class Shield:
    """Mark the request, keep the public's rate, and put the headers on the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the next layer; the limits are those of one process."""
        self._next = get_response
        per_minute = int(os.environ.get("ZHENGBEN_CHECKS_PER_MINUTE", "30"))
        self._limiter = Limiter(burst=max(20, per_minute), per_minute=per_minute)
        # Ten tries at once forgive a forgotten password; six a minute make a list of common ones take years.
        self._guesses = Limiter(burst=10, per_minute=6)  # of a password

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Handle one request."""
        public = request.path.startswith(PUBLIC)
        marks = {
            "language": public_language(request) if public else console_language(request),
            "in_range": bool(settings.IN_RANGE),
        }
        marks["now"] = time_of(settings.HOME, wall_clock(), in_range=bool(marks["in_range"]))
        for name, value in marks.items():
            setattr(request, name, value)
        response = self._answer(request, public=public)
        for header, said in HEADERS.items():
            response.headers.setdefault(header, said)
        if settings.HTTPS:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    def _allowed(self, request: HttpRequest, asker: str, *, public: bool) -> bool:
        limiter = self._limiter if public and _asks(request) else self._guesses if _guesses(request) else None
        return limiter is None or limiter.allows(asker, time.monotonic())

    def _answer(self, request: HttpRequest, *, public: bool) -> HttpResponseBase:
        asker = neighbourhood(request.META.get("REMOTE_ADDR", ""))
        if not self._allowed(request, asker, public=public):
            return too_many(request)
        try:
            request.get_host()  # a page of ours under somebody else's name (DNS rebinding) is never served
        except DisallowedHost:
            return bad_request(request)
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)  # no name or number holds a NUL, and PostgreSQL refuses to compare one
        return self._next(request)


def _asks(request: HttpRequest) -> bool:
    return request.method == "POST" or request.path.startswith("/api/")


def _guesses(request: HttpRequest) -> bool:
    return request.method == "POST" and request.path.startswith(("/sign-in/", "/welcome/"))


def public_language(request: HttpRequest) -> str:
    """Give the language of a public page: the one asked for in the address, else the browser's, else Chinese."""
    asked = request.GET.get("lang") or ""
    return asked if asked in LANGUAGES else preferred(request.headers.get("Accept-Language", ""))


def console_language(request: HttpRequest) -> str:
    """Give the language of a console page: the person's choice, else that of the installation, else Chinese."""
    for choice in (request.COOKIES.get("language"), os.environ.get("ZHENGBEN_LANGUAGE")):
        if choice in LANGUAGES:
            return str(choice)
    return LANGUAGES[0]


def preferred(header: str) -> str:
    """Pick the best of our languages for an Accept-Language header.

    >>> preferred("fr, en-GB;q=0.8, zh;q=0.5"), preferred("zh-CN,en;q=0.9"), preferred("fr"), preferred("")
    ('en', 'zh', 'zh', 'zh')
    """
    weighed = [
        # 400 characters hold any browser's list; a header of megabytes is no wish of a person.
        (float(m[2] or 1), m[1].lower())
        for m in map(_TAG.match, header[:400].split(","))
        if m and _number(m[2])
    ]
    ours = [(weight, tag) for weight, tag in weighed if tag in LANGUAGES and weight > 0]
    return max(ours, key=lambda pair: pair[0])[1] if ours else LANGUAGES[0]


def _number(text: str | None) -> bool:
    return text is None or bool(re.fullmatch(r"\d(\.\d{0,3})?", text))
