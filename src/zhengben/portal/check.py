"""Is this real? One question, one answer. What is typed is looked at in memory, never stored and never logged."""

from datetime import datetime
from typing import Protocol, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from zhengben import wiring
from zhengben.flow.public_check import LONGEST, Checked, public_check
from zhengben.portal.seal import form_token
from zhengben.publish.answer import ways

KINDS = ("", "url", "text", "phone", "app")


class Asked(HttpRequest):
    """A request of the public, as the middleware marks it; there is no session and no cookie."""

    language: str
    now: datetime
    in_range: bool


class Page(Protocol):
    """A page of the portal."""

    def __call__(self, request: Asked, /) -> HttpResponse:
        """Answer a request."""
        ...


@csrf_exempt  # a question changes nothing and is not bound to a person, so nothing can be forged with it
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the question, and below it the answer to what was sent."""
    asked = cast("Asked", request)
    typed = request.POST.get("q", "").strip()
    context = base_context(asked) | {"typed": typed[:LONGEST], "kind": _kind(request)}
    if request.method == "POST":
        context |= _answered(asked, typed)
    return render(request, "portal/check.html", context, status=422 if context.get("wrong") else 200)


@csrf_exempt  # as above
@require_POST
def card(request: HttpRequest) -> HttpResponse:
    """Show the same answer as a card to print or to photograph for the family."""
    asked = cast("Asked", request)
    typed = request.POST.get("q", "").strip()
    context = base_context(asked) | {"typed": typed[:LONGEST], "kind": _kind(request)} | _answered(asked, typed)
    if context.get("wrong"):
        return render(request, "portal/check.html", context, status=422)
    return render(request, "portal/card.html", context)


def base_context(request: Asked) -> dict[str, object]:
    """Give what every page of the portal needs: language, size of type, and the brands it answers for."""
    big = request.GET.get("big") == "1" or request.POST.get("big") == "1"
    brands = wiring.brands()
    return {
        "language": request.language,
        "other": "zh" if request.language == "en" else "en",
        "in_range": request.in_range,
        "big": big,
        "brands": brands,
        "known_ways": [(brand, ways(brand)) for brand in brands],
        "longest": LONGEST,
        "token": form_token(),
    }


def _answered(request: Asked, typed: str) -> dict[str, object]:
    if not typed:
        return {"wrong": "portal.empty"}
    if len(typed) > LONGEST:
        return {"wrong": "portal.too_long"}
    checked = public_check(typed, _kind(request), wiring.brands(), wiring.look_offline)
    spoofed = checked.answer.kind == "official" and checked.looked.sighting.kind == "phone"  # caller ids are forged
    return {
        "answer": checked.answer,
        "checked": checked,
        "ways": _ways(checked),
        "now": request.now,
        "spoofed": spoofed,
    }


def _ways(checked: Checked) -> tuple[object, ...]:
    brand = next((b for b in wiring.brands() if b.id == checked.answer.brand), None)
    return ways(brand) if brand else ()


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    return kind if kind in KINDS else ""
