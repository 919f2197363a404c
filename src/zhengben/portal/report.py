"""Reporting: what is typed is stored only when somebody presses "report"; who reports is kept only as a keyed hash."""

import hashlib
import hmac
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhengben import wiring
from zhengben.flow.public_check import LONGEST
from zhengben.flow.report import TooManyReportsError, take_report
from zhengben.flow.typed import asked_about
from zhengben.portal.check import Asked, base_context
from zhengben.portal.seal import fresh

WORDS = 1000


@csrf_exempt  # there is no session to ride on; the form carries a signed token of its own
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form with what was checked filled in; store it when it is sent."""
    asked = cast("Asked", request)
    typed, words = request.POST.get("q", "").strip()[:LONGEST], request.POST.get("words", "").strip()[:WORDS]
    context = base_context(asked) | {"typed": typed, "words": words}
    if request.method != "POST" or request.POST.get("send") != "1":
        return render(request, "portal/report.html", context)
    if not typed or not fresh(request.POST.get("token", "")):
        wrong = "portal.empty" if not typed else "portal.stale"
        return render(request, "portal/report.html", context | {"wrong": wrong}, status=422)
    about = wiring.look_offline(asked_about(typed)).sighting
    try:
        reported = take_report(about.kind, about.target, words, _reporter(request), asked.now)
    except TooManyReportsError:
        return render(request, "portal/report.html", context | {"wrong": "portal.too_many"}, status=429)
    except ValueError:
        return render(request, "portal/report.html", context | {"wrong": "portal.empty"}, status=422)
    return render(request, "portal/reported.html", context | {"reported": reported})


def _reporter(request: HttpRequest) -> str:
    """Give the keyed hash under which one reporter is counted once; the address itself is not kept."""
    address = request.META.get("REMOTE_ADDR", "")
    return hmac.new(settings.SECRET_KEY.encode(), f"reporter:{address}".encode(), hashlib.sha256).hexdigest()
