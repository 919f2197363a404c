"""What became of my report? Asked by its number alone; nobody says who they are, and nothing is kept of asking."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhengben.flow.report import Progress, progress
from zhengben.portal.check import Asked, base_context

LONGEST = 20  # a number has eleven signs; people add spaces
NOTHING = frozenset({"mention", "unrelated", "official"})
STAGES = ("received", "acting", "complained", "verifying", "down", "relapsed", "nothing")


@csrf_exempt  # a question changes nothing and is not bound to a person
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Show a box for a number, and below it how far the report has come."""
    asked = cast("Asked", request)
    typed = "".join(request.POST.get("number", "").split())[:LONGEST].replace("\0", "")
    context = base_context(asked) | {"number": typed}
    if request.method != "POST":
        return render(request, "portal/follow.html", context)
    found = progress(_number(typed)) if typed else None
    if found is None:
        wrong = "portal.follow_unknown" if typed else "portal.follow_empty"
        return render(request, "portal/follow.html", context | {"wrong": wrong}, status=422)
    return render(request, "portal/follow.html", context | {"stage": stage(found), "number": found.number})


def stage(told: Progress) -> str:
    """Say how far a report has come, as a key of the catalogue under `follow`.

    >>> stage(Progress("A", "judged", "impersonation", "down")), stage(Progress("A", "new", "", ""))
    ('down', 'received')
    """
    if told.case_state:
        case = {"open": "acting", "sealed": "acting", "withdrawn": "nothing", "closed": "down"}
        return case.get(told.case_state, told.case_state)
    return "nothing" if told.state == "dismissed" or told.label in NOTHING else "received"


def _number(typed: str) -> str:
    """Read a number as people type it: without its dash, with a full-width one, in small letters."""
    plain = typed.upper().replace("－", "-").replace("—", "-").replace("-", "")
    return f"{plain[:5]}-{plain[5:]}"
