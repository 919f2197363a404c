"""Cases: the list, and one impostor's whole file."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from zhengben import wiring
from zhengben.console.app_inside import case_app
from zhengben.console.capture_boxes import matches_of
from zhengben.console.findings import findings
from zhengben.console.frame import Asked, member, page, page_number, part, tell
from zhengben.console.pictures import pictures, screenshot, shows_code, unreadable
from zhengben.console.portraits import of_page, portraits
from zhengben.console.reasons import reason_rows
from zhengben.console.shape import case_row, lead_row, notice_row, page_context
from zhengben.console.story import story
from zhengben.console.ticks import count, ticks
from zhengben.core.case import CASE
from zhengben.core.moves import ForbiddenMoveError
from zhengben.evidence.verify import verify_package
from zhengben.flow.withdraw import withdraw_case
from zhengben.store.events import StaleError
from zhengben.store.models import Exhibit, Notice
from zhengben.store.queries_cases import CaseFile, CaseFilter, case_file, cases
from zhengben.store.queries_rim import reasons_of

SIZE = 40
ZIP = "application/zip"


@member
@require_GET
def case_list(request: Asked) -> HttpResponse:
    """Show the cases, newest first."""
    state = request.GET.get("state", "")
    wanted = {"q": request.GET.get("q", "")[:100], "state": state if state in CASE.states else ""}
    found = cases(CaseFilter(state=wanted["state"], words=wanted["q"]), page_number(request.GET), SIZE)
    names, reasons = brand_names(), reasons_of(found.rows)
    query = {name: value for name, value in wanted.items() if value}
    context = {
        "rows": [case_row(case, request.now, names, reasons.get(case.pk, ())) for case in found.rows],
        "filters": wanted,
        "states": CASE.states,
        "filtered": bool(query),
        **page_context(found, query, SIZE),
    }
    return page(request, "console/cases.html", "cases", context)


@member
@require_GET
def case(request: Asked, number: str) -> HttpResponse:
    """Show one case whole."""
    return page(request, "console/case.html", "cases", case_context(request, _file(number)))


def _answers_to(notice: Notice, file: CaseFile) -> list[object]:
    return [answer for answer in file.answers if answer.notice_id == notice.pk]


def _shown(seen: list[dict[str, object]], app: Mapping[str, object]) -> list[dict[str, object]]:
    """Leave out pictures with nothing in them where the panel of an app stands in their place: a file has no page."""
    return [] if app and not any(p["image"] or p["text"] for p in seen) else seen


def _waiting(notices: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [notice for notice in notices if notice["state"] == "draft"]


def _next(file: CaseFile) -> dict[str, object] | None:
    return {"at": file.case.due_at} if file.case.due_at else None


def case_context(request: Asked, file: CaseFile) -> dict[str, object]:
    """Give everything the page of a case shows."""
    verdict = verdict_of(file)
    reasons: list[dict[str, Any]] = verdict.get("reasons") or []
    row = case_row(file.case, request.now, brand_names(), reasons)
    notices = [notice_row(notice) | {"answers": _answers_to(notice, file)} for notice in file.notices]
    app = case_app(request, file)
    seen = _shown(pictures(file, wiring.vault()), app)
    drawn = portraits(seen, reasons, request.language, codes=shows_code(file))
    looks = ticks(reversed(file.rechecks))
    return {
        "case": row,
        "reasons": reason_rows(reasons, str(row["name"])),
        "missing": verdict.get("missing") or [],
        "label": file.case.label,
        **app,
        "pictures": drawn,
        "unreadable": unreadable(file, wiring.vault()),
        "findings": findings(reasons, verdict.get("missing") or []) if of_page(seen) else [],
        "matches": list(enumerate(matches_of(reasons))),
        "differs": len({p["looks_like"] for p in seen}) > 1,
        "notices": notices,
        "waiting": _waiting(notices),
        "rechecks": looks,
        "counts": count(looks),
        "exhibits": file.exhibits,
        "events": story(file),
        "next": _next(file),
        "leads": [lead_row(lead.row) for lead in file.leads],
        "can_withdraw": "withdraw" in CASE.verbs(file.case.state),
    }


@member
@require_POST
def verify(request: Asked, number: str, turn: int) -> HttpResponse:
    """Verify a sealed package before the person's eyes: every check is computed from its bytes, now."""
    file = _file(number)
    exhibit = _exhibit(file, turn)
    started = time.perf_counter()
    try:
        report = verify_package(wiring.vault().get(exhibit.package))
    except (OSError, KeyError, ValueError) as error:
        verified = {"ok": False, "checks": [{"name": "bytes", "ok": False, "detail": str(error)}]}
    else:
        verified = {"ok": report.ok, "checks": report.checks}
    verified |= {"ms": round((time.perf_counter() - started) * 1000), "round": turn}
    if request.headers.get("HX-Request"):
        return part(request, "console/_verified.html", {"verified": verified})
    return page(request, "console/case.html", "cases", case_context(request, file) | {"verified": verified})


@member
@require_GET
def package(request: Asked, number: str, turn: int) -> HttpResponse:
    """Hand out a sealed package as it is."""
    del request
    exhibit = _exhibit(_file(number), turn)
    try:
        body = wiring.vault().get(exhibit.package)
    except (OSError, KeyError, ValueError):
        raise Http404 from None
    name = f"zhengben-{number}-{turn}-{exhibit.package[:12]}.zip"
    return HttpResponse(body, content_type=ZIP, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@member
@require_GET
def picture(request: Asked, number: str, turn: int) -> HttpResponse:
    """Give one screenshot of a case as PNG, never anything else: the bytes are an impostor's."""
    del request
    body = screenshot(_file(number), turn, wiring.vault())
    if not body.startswith(b"\x89PNG\r\n\x1a\n"):
        raise Http404
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


@member
@require_POST
def withdraw(request: Asked, number: str) -> HttpResponse:
    """Withdraw a case that should not have been; what was not yet sent will not be."""
    file = _file(number)
    try:
        withdraw_case(file.case, request.user.username, request.now, request.POST.get("why", "").strip()[:300])
        tell(request, "case.withdrawn")
    except (StaleError, ForbiddenMoveError):
        tell(request, "case.cannot", tone="wrong")
    return redirect(f"/cases/{number}/")


def verdict_of(file: CaseFile) -> Mapping[str, Any]:
    """Give the verdict a case stands on: that of its first lead that was judged for its brand."""
    found = (v for lead in file.leads for v in lead.verdicts if v["brand"] == file.case.brand)
    return next(found, {})


def brand_names() -> dict[str, str]:
    """Give the brands' names by id."""
    return {brand.id: brand.names.primary for brand in wiring.brands()}


def _file(number: str) -> CaseFile:
    file = case_file(number)
    if file is None:
        raise Http404
    return file


def _exhibit(file: CaseFile, turn: int) -> Exhibit:
    exhibit = next((e for e in file.exhibits if e.round == turn), None)
    if exhibit is None:
        raise Http404
    return exhibit
