"""What every page of the console shares: who asks, the rail of places, and one line told after an act."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from zhengben.console.rail import places
from zhengben.locale.words import say

SIGN_IN = "/sign-in/"
MOST_PAGES = 1_000_000  # int() refuses thousands of digits, and no list of ours has more pages


class Asked(HttpRequest):
    """A request of a person who has signed in, as the middleware marks it."""

    language: str
    now: datetime
    in_range: bool
    user: User


class View(Protocol):
    """A page of the console."""

    def __call__(self, request: Asked, /, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer a request."""
        ...


def member(view: View) -> Callable[..., HttpResponse]:
    """Let only people who have signed in see a page; a page that polls is sent to the sign-in, not filled with it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show the view to whoever is signed in; anybody else signs in first, and is led back after a plain look."""
        if request.user.is_authenticated:
            return view(cast("Asked", request), *args, **kwargs)
        # A redirect would be followed inside the page and fill the list with the sign-in form.
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": SIGN_IN})
        back = f"?{urlencode({'next': request.get_full_path()}, safe='/')}" if request.method == "GET" else ""
        return redirect(f"{SIGN_IN}{back}")

    return guarded


def page(
    request: Asked, template: str, nav: str, context: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    """Draw a page of the console; `nav` names its place in the rail."""
    shared = {
        "language": request.language,
        "in_range": request.in_range,
        "nav": nav,
        "rail": places(),
        "told": told(request),
    }
    return render(request, template, shared | dict(context or {}), status=status)


def part(request: Asked, template: str, context: Mapping[str, object]) -> HttpResponse:
    """Draw a piece of a page, for htmx."""
    shared = {"language": request.language, "in_range": request.in_range}
    return render(request, template, shared | dict(context))


def told(request: Asked) -> list[dict[str, object]]:
    """Take the lines left for the next page; what was told once is not told again."""
    lines: list[dict[str, object]] = request.session.pop("told", [])
    return lines


def tell(
    request: Asked, key: str, *, tone: str = "right", undo: Sequence[int] = (), cases: Sequence[str] = (), **facts: Any
) -> None:
    """Leave one line for the next page; `tone` is `right` or `wrong`.

    `undo` are leads whose dismissal the line offers to take back, `cases` the numbers of cases it leads to.
    """
    text = say(key, request.language, facts)
    line = {"key": key, "tone": tone, "text": text, "undo": list(undo), "cases": list(cases)}
    # Three at most: a session that grows without end is written back with every request.
    request.session["told"] = [*request.session.get("told", []), line][-3:]


def page_number(asked: QueryDict) -> int:
    """Give the page of a list that is asked for; the first where what is asked for is no number of a page.

    >>> page_number(QueryDict("page=3")), page_number(QueryDict("page=٣"))
    (3, 1)
    """
    # Digits of other scripts are decimal to Python too; an address that somebody typed has none of them.
    told = asked.get("page", "")
    return min(int(told), MOST_PAGES) if told.isascii() and told.isdecimal() and len(told) < 12 else 1


def written(request: HttpRequest, name: str, longest: int) -> str:
    """Give what a person wrote into a field of one line: trimmed, cut, and without characters nobody can see.

    A NUL would break PostgreSQL, and an invisible character in a name would make two of one.
    """
    told = "".join(c for c in request.POST.get(name, "") if c.isprintable())
    return " ".join(told.split())[:longest]


def refused(request: Asked) -> HttpResponse:
    """Answer a person who may not do this, in words and with 403."""
    return render(
        request,
        "zhengben/error.html",
        {"code": "forbidden", "status": 403, "language": request.language, "in_range": request.in_range},
        status=403,
    )


def onward(request: HttpRequest, fallback: str) -> str:
    """Give the address of ours that a form wants to go to next, or the fallback."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and wanted.isprintable() and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if ours else fallback  # without the slash, redirect() would take it for the name of a view
