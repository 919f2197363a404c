"""What a person decides in the inbox: it is nothing, it is a case, or that was too quick; one lead or many at once.

Asked by htmx, an act answers with the list as it now is, so that nobody who works by keyboard loses the place; asked by
a plain form, it leads back to the list with the same filters.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from zhengben.console.frame import Asked, member, onward, part, tell, told
from zhengben.console.inbox import shown
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.verdict import ACCUSING, Label
from zhengben.flow.decide import dismiss, open_case, restore
from zhengben.store.events import StaleError
from zhengben.store.models import Lead

INBOX = "/leads/"
MOST = 200  # more than a page holds; nobody has read more than that
STEPS = 20  # dismissals that can be taken back one after another; a session is written back with every request


@member
@require_POST
def dismiss_lead(request: Asked, key: int) -> HttpResponse:
    """Say that a lead is nothing."""
    if not _dismiss(request, [_lead(key)]):
        tell(request, "inbox.gone", tone="wrong")
    return _onward(request)


@member
@require_POST
def open_lead(request: Asked, key: int) -> HttpResponse:
    """Open a case by hand: this person says that it impersonates."""
    lead = _lead(key)
    try:
        number = _open(request, lead)
    except (StaleError, ForbiddenMoveError):
        tell(request, "inbox.gone", tone="wrong")
        return _onward(request)
    except ValueError:
        tell(request, "inbox.no_brand", tone="wrong")
        return _onward(request, f"/leads/{key}/")
    if _from_inbox(request):
        tell(request, "inbox.opened_many", n=1, cases=[number])
    else:
        tell(request, "inbox.opened", number=number)
    return _onward(request, f"/cases/{number}/")


@member
@require_POST
def decide(request: Asked) -> HttpResponse:
    """Decide about every lead that was ticked: `what` is `dismiss` or `case`."""
    leads = _leads(request)
    act = {"dismiss": _dismiss, "case": _open_all}.get(request.POST.get("what", ""))
    if act is None or not leads:
        tell(request, "inbox.none_ticked", tone="wrong")
        return _onward(request)
    untouched = len(leads) - act(request, leads)
    if untouched:
        tell(request, "inbox.untouched", n=untouched, tone="wrong")
    return _onward(request)


@member
@require_POST
def undo(request: Asked) -> HttpResponse:
    """Take dismissals back: the leads stand in the inbox again."""
    leads, done = _leads(request), 0
    for lead in leads:
        try:
            restore(lead, request.user.username, request.now)
        except (StaleError, ForbiddenMoveError):
            continue
        done += 1
    earlier = _steps(request, {lead.pk for lead in leads})
    if done:
        tell(request, "inbox.restored", n=done, undo=earlier[-1] if earlier else ())
    else:
        tell(request, "inbox.gone", tone="wrong")
    return _onward(request)


def _dismiss(request: Asked, leads: Sequence[Lead]) -> int:
    done: list[int] = []
    for lead in leads:
        try:
            dismiss(lead, request.user.username, request.now, why="")
        except (StaleError, ForbiddenMoveError):
            continue
        done.append(lead.pk)
    if done:
        request.session["dismissed"] = [*_steps(request), done][-STEPS:]
        tell(request, "inbox.dismissed", n=len(done), undo=done)
    return len(done)


def _open_all(request: Asked, leads: Sequence[Lead]) -> int:
    numbers: list[str] = []
    for lead in leads:
        try:
            numbers.append(_open(request, lead))
        except (StaleError, ValueError):  # dealt with by somebody else, or of no brand
            continue
    if numbers:
        # Two leads may point at one impostor: then they share a case, and it is named once.
        tell(request, "inbox.opened_many", n=len(set(numbers)), cases=list(dict.fromkeys(numbers)))
    return len(numbers)


def _open(request: Asked, lead: Lead) -> str:
    label = Label(lead.label) if lead.label in ACCUSING else Label.IMPERSONATION
    return str(open_case(lead, lead.brand, label, request.user.username, request.now).number)


def _steps(request: Asked, without: AbstractSet[int] = frozenset()) -> list[list[int]]:
    """Give the dismissals that can still be taken back, the last at the end, and forget those that were."""
    steps: list[list[int]] = [one for one in request.session.get("dismissed", []) if not without & set(one)]
    request.session["dismissed"] = steps
    return steps


def _lead(key: int) -> Lead:
    lead = Lead.objects.select_related("case").filter(pk=key).first()
    if lead is None:
        raise Http404
    return lead


def _leads(request: Asked) -> list[Lead]:
    keys = [int(told) for told in request.POST.getlist("lead")[:MOST] if told.isascii() and told.isdecimal()]
    found = Lead.objects.select_related("case").in_bulk([key for key in keys if key < 2**63])
    return list(found.values())


def _from_inbox(request: Asked) -> bool:
    return onward(request, "").partition("?")[0] == INBOX


def _onward(request: Asked, otherwise: str = INBOX) -> HttpResponse:
    if request.headers.get("HX-Request") and _from_inbox(request):
        asked = QueryDict(onward(request, INBOX).partition("?")[2])
        return part(request, "console/_inbox.html", shown(request, asked) | {"told": told(request), "acted": True})
    return redirect(onward(request, otherwise))
