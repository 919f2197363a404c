"""GET /api/v1/cases and /api/v1/cases/NUMBER: the cases of this installation, newest first, a page at a time."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from zhengben.api.answers import Asked, BadQuestionError, answered, member, paging, told, wrong
from zhengben.core.case import CASE
from zhengben.core.disclosure import BEIJING
from zhengben.store.models import Case
from zhengben.store.queries_cases import CaseFilter, case_file, cases


@require_safe
@answered
@member
def case_list(request: Asked) -> JsonResponse:
    """Give one page of cases, with the address of the next."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:100]
    if state and state not in CASE.states:
        raise BadQuestionError(f"state {state[:40]!r} is unknown; leave it out or use one of {', '.join(CASE.states)}")
    number, size = paging(request)
    found = cases(CaseFilter(state=state, words=words), number, size)
    # The next page asks the same question; without it a filter would be lost behind the first fifty.
    asked = {name: value for name, value in (("state", state), ("q", words), ("size", str(size))) if value}
    further = f"/api/v1/cases?{urlencode({**asked, 'page': found.number + 1})}" if found.number < found.pages else None
    return told(
        {
            "page": found.number,
            "pages": found.pages,
            "total": found.total,
            "next": further,
            "cases": [row_of(case) for case in found.rows],
        }
    )


@require_safe
@member
def one_case(request: Asked, number: str) -> JsonResponse:
    """Give one case with its reasons, its sealed packages and its notices."""
    del request
    file = case_file(number)
    if file is None:
        return wrong("not_found", f"there is no case {number[:40]}; /api/v1/cases lists them", 404)
    # The verdict of the brand the case is about: one page may be judged for several brands.
    judged = (v for lead in file.leads for v in lead.verdicts if v["brand"] == file.case.brand)
    verdict: Any = next(judged, {})
    return told(
        row_of(file.case)
        | {
            "reasons": list(verdict.get("reasons") or ()),
            "missing": list(verdict.get("missing") or ()),
            "packages": [{"sha256": e.package, "round": e.round, "at": moment(e.at)} for e in file.exhibits],
            "notices": [
                {"key": n.key, "addressee": n.addressee, "state": n.state, "sent_at": moment(n.sent_at)}
                for n in file.notices
            ],
        }
    )


def row_of(case: Case) -> dict[str, object]:
    """Shape one case; moments are in Beijing time with their zone."""
    return {
        "number": case.number,
        "kind": case.kind,
        "locator": case.locator,
        "title": case.title,
        "brand": case.brand,
        "verdict": case.label,
        "score": case.score,
        "state": case.state,
        "relapses": case.relapses,
        "first_seen_at": moment(case.first_seen_at),
        "opened_at": moment(case.opened_at),
    }


def moment(when: datetime | None) -> str | None:
    """Give a moment in Beijing time."""
    return when.astimezone(BEIJING).isoformat() if when else None
