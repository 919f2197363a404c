"""Notices: the queue, one letter with the gates that stop it, and the second person's decision."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from zhengben import wiring
from zhengben.console.frame import Asked, member, page, page_number, tell
from zhengben.console.letters import letters
from zhengben.console.reasons import reason_rows
from zhengben.console.shape import case_row, name_of, notice_row, page_context
from zhengben.core.moves import ForbiddenMoveError
from zhengben.flow.complain import StoppedError, approve, reject, sign, stops_of
from zhengben.flow.send import MAYBE_SENT, resolve, retry
from zhengben.locale.words import say
from zhengben.store.cases import finding_of
from zhengben.store.events import StaleError
from zhengben.store.models import Notice
from zhengben.store.queries_cases import notice as find_notice
from zhengben.store.queries_cases import notices_held
from zhengben.store.queries_rim import notices_in, reasons_of

SIZE = 30
WHICH = {
    "draft": ("draft",),
    "waiting": ("approved", "sent", "acknowledged", "send_failed"),
    "answered": ("action_reported", "refused", "needs_information", "counter_noticed", "bounced", "no_response"),
    "held": (),
    "all": (),
}
OF_THE_BRAND = frozenset({"right_ended", "no_right", "right_without_term", "right_not_held"})


@member
@require_GET
def queue(request: Asked) -> HttpResponse:
    """Show what waits for a decision, and what became of the rest."""
    shown = request.GET.get("state", "draft")
    shown = shown if shown in WHICH else "draft"
    turn = page_number(request.GET)
    found = notices_held(turn, SIZE) if shown == "held" else notices_in(WHICH[shown], turn, SIZE)
    reasons = reasons_of([one.case for one in found.rows])
    context = {
        "rows": [notice_row(one) | _marked(one, reasons) for one in found.rows],
        "which": tuple(WHICH),
        "shown": shown,
        **page_context(found, {"state": shown}, SIZE),
    }
    return page(request, "console/notices.html", "notices", context)


def _marked(one: Notice, reasons: Mapping[int, list[dict[str, Any]]]) -> dict[str, object]:
    """Give the marks of the name a notice is about: a name is never shown without them."""
    name = name_of(one.case.kind, one.case.locator, one.case.title, reasons.get(one.case.pk, ()))
    return {"name": name.text, "marks": name.marks}


@member
@require_GET
def notice(request: Asked, key: int) -> HttpResponse:
    """Show one letter whole, and everything that stands against it."""
    one = _notice(key)
    finding = finding_of(one.case)
    reasons = list(finding.reasons) if finding else []
    brands = {brand.id: brand.names.primary for brand in wiring.brands()}
    case = case_row(one.case, request.now, brands, reasons)
    context = {
        "notice": notice_row(one),
        "letters": letters(one, request.now),
        "stops": _stops(request, one),
        "case": case,
        "unsigned": one.state == "draft" and not one.drafted_by,
        "reasons": reason_rows(reasons, str(case["name"])),
        "missing": finding.missing if finding else [],
        "label": one.case.label,
        "bases": one.bases,
        "rights": one.rights,
        "answers": one.answers.order_by("at"),
        "can_resolve": one.needs_human and one.trouble == MAYBE_SENT,
    }
    return page(request, "console/notice.html", "notices", context)


@member
@require_POST
def sign_notice(request: Asked, key: int) -> HttpResponse:
    """Answer for a draft that the machine prepared; somebody else will have to approve it."""
    try:
        sign(_notice(key), request.user.username, request.now)
        tell(request, "notice.signed")
    except (StaleError, ForbiddenMoveError, ValueError):
        tell(request, "notice.stale", tone="wrong")
    return redirect(f"/notices/{key}/")


@member
@require_POST
def approve_notice(request: Asked, key: int) -> HttpResponse:
    """Approve as the second person; the record keeps this name for good."""
    one = _notice(key)
    try:
        approve(one, request.user.username, request.now, wiring.adapters())
    except StoppedError as error:
        first = error.stops[0]
        tell(request, "notice.stopped", tone="wrong", why=say(f"stop.{first.code}", request.language, first.facts))
        return redirect(f"/notices/{key}/")
    except (StaleError, ForbiddenMoveError):
        tell(request, "notice.stale", tone="wrong")
        return redirect(f"/notices/{key}/")
    tell(request, "notice.approved", to=one.addressee)
    return redirect(f"/cases/{one.case.number}/")


@member
@require_POST
def reject_notice(request: Asked, key: int) -> HttpResponse:
    """Send a draft back, with the reason."""
    try:
        reject(_notice(key), request.user.username, request.now, request.POST.get("why", "").strip())
        tell(request, "notice.rejected")
    except (StaleError, ForbiddenMoveError):
        tell(request, "notice.stale", tone="wrong")
    return redirect("/notices/")


@member
@require_POST
def settle_notice(request: Asked, key: int) -> HttpResponse:
    """Decide about a notice that waits for a person: it left, it did not, or it is to be tried again."""
    one, by = _notice(key), request.user.username
    try:
        if one.state == "send_failed":
            retry(one, by, request.now)
        else:
            resolve(one, by, request.now, left=request.POST.get("left") == "1")
        tell(request, "notice.settled")
    except (StaleError, ForbiddenMoveError, ValueError):
        tell(request, "notice.stale", tone="wrong")
    return redirect(f"/notices/{key}/")


def _notice(key: int) -> Notice:
    one = find_notice(key)
    if one is None:
        raise Http404
    return one


def _stops(request: Asked, one: Notice) -> list[dict[str, object]]:
    """Give what stops this person from approving now, each with its cure and where to go for it."""
    if one.state != "draft":
        return []
    stops = stops_of(one, request.now, wiring.adapters(), approved_by=request.user.username)
    return [
        {"code": stop.code, "facts": stop.facts, "cure": True, "href": _where(stop.code, one)}
        for stop in stops
        if one.drafted_by or stop.code not in {"second_person_missing", "same_person"}
    ]


def _where(code: str, one: Notice) -> str:
    if code in OF_THE_BRAND:
        return f"/brands/{one.case.brand}/#renew"
    return "/people/" if code == "same_person" else ""
