"""One lead, looked at closely, and leads that people enter by hand."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from zhengben import wiring
from zhengben.collect.profiles import PROFILES, REGIONS, placed
from zhengben.console.app_inside import lead_app
from zhengben.console.frame import Asked, member, page, tell
from zhengben.console.reasons import reason_rows
from zhengben.console.shape import lead_row
from zhengben.core.lead import KINDS, Lead
from zhengben.flow.intake import take_in
from zhengben.locale.errors import in_language
from zhengben.store.queries_inbox import lead_file

BIGGEST = 8 * 1024 * 1024
TOLD = (
    "title",
    "text",
    "developer",
    "package",
    "version",
    "downloads",
    "price",
    "region",
    "referrer",
    "filing_no",
    "phones",
    "state",
)
SHOWN_ASIDE = 20


@member
@require_GET
def lead(request: Asked, key: int) -> HttpResponse:
    """Show one lead: what was reported, what was seen, and why it was judged so."""
    file = lead_file(key)
    if file is None:
        raise Http404
    verdict = next((v for v in file.verdicts if v["brand"] == file.row.brand), None)
    reasons: Any = verdict["reasons"] if verdict else []
    names = {brand.id: brand.names.primary for brand in wiring.brands()}
    row = lead_row(file.row) | {"brand_name": names.get(file.row.brand, "")}
    facts = [{"name": name, "value": _plain(file.payload[name])} for name in TOLD if file.payload.get(name)]
    context = {
        "lead": row,
        "facts": facts,
        "contacts": file.contacts,
        "label": file.row.label,
        "missing": file.row.missing,
        "reasons": reason_rows(reasons, str(row["name"])),
        **lead_app(request, file),
    }
    return page(request, "console/lead.html", "leads", context)


@member
@require_http_methods(["GET", "POST"])
def add(request: Asked) -> HttpResponse:
    """Take one lead from a form, or many from a file; lines that cannot be read are named and left out."""
    typed = {name: request.POST.get(name, "") for name in ("kind", "locator", "referrer", "region")}
    context: dict[str, object] = {"kinds": KINDS, "regions": tuple(REGIONS), "typed": typed}
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is not None:
            return _file(request, upload, context)
        try:
            placed(PROFILES["mobile"], referrer=typed["referrer"], region=typed["region"])  # a mistake is told at once
            detail = {name: typed[name] for name in ("referrer", "region") if typed[name]}
            _take(request, [_one(typed["kind"], typed["locator"], request.user.username, request.now, detail)])
        except ValueError as error:
            return page(
                request, "console/lead_add.html", "leads", context | {"wrong": _told(error, request)}, status=422
            )
        return redirect("/leads/?state=all")
    return page(request, "console/lead_add.html", "leads", context)


def _take(request: Asked, leads: list[Lead]) -> None:
    taken = take_in(leads, request.now, actor=request.user.username)
    tell(request, "add.taken", new=taken.new, known=taken.known)


def _one(kind: str, locator: str, by: str, now: datetime, detail: Mapping[str, object] | None = None) -> Lead:
    place = locator.strip()[:4000]
    return Lead(kind=kind, source=f"person:{by}", locator=place, seen_at=now, detail=detail or {})


def _file(request: Asked, upload: Any, context: dict[str, object]) -> HttpResponse:
    if (upload.size or 0) > BIGGEST:
        return page(request, "console/lead_add.html", "leads", context | {"wrong_file": "add.too_big"}, status=413)
    try:
        text = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return page(request, "console/lead_add.html", "leads", context | {"wrong_file": "add.bad_text"}, status=422)
    leads, aside = read_lines(text, request.user.username, request.now)
    if leads:
        _take(request, leads)
    if aside:
        shown = [row | {"reason": in_language(str(row["reason"]), request.language)} for row in aside[:SHOWN_ASIDE]]
        context |= {"aside": shown, "set_aside": len(aside), "taken": len(leads)}
        return page(request, "console/lead_add.html", "leads", context, status=422)
    return redirect("/leads/?state=all")


def read_lines(text: str, by: str, now: datetime) -> tuple[list[Lead], list[dict[str, object]]]:
    r"""Read lead.v1 lines or bare hostnames; give the leads, and each line that could not be read with its reason.

    >>> from datetime import UTC
    >>> leads, aside = read_lines("wei1idai.cn\n{broken", "a", datetime(2026, 1, 1, tzinfo=UTC))
    >>> leads[0].kind, aside[0]["line"]
    ('domain', 2)
    """
    leads: list[Lead] = []
    aside: list[dict[str, object]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            leads.append(_lead_v1(line, by) if line.lstrip().startswith("{") else _one("domain", line, by, now))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            aside.append({"line": number, "reason": _reason(error)})
    return leads, aside


def _reason(error: Exception) -> str:
    """Say why a line was left out; a missing key is only its own name in Python."""
    told = f"{error} is missing" if isinstance(error, KeyError) else str(error)
    return " ".join(told.split())[:200]


def _told(error: Exception, request: Asked) -> str:
    return in_language(_reason(error), request.language)


def _lead_v1(line: str, by: str) -> Lead:
    told = json.loads(line)
    if not isinstance(told, dict) or told.get("v") != "lead.v1":
        raise ValueError('not lead.v1: it needs "v":"lead.v1"')
    source = told["source"]["name"]
    detail = {name: value for name, value in told.items() if name not in {"v", "kind", "source", "seen_at", "locator"}}
    return Lead(
        kind=told["kind"],
        source=str(source) or f"person:{by}",
        locator=str(told["locator"]),
        seen_at=datetime.fromisoformat(told["seen_at"]),
        detail=detail,
    )


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " · ".join(str(v) for v in value.values() if v)
    if isinstance(value, list):
        return " · ".join(str(v) for v in value)
    return str(value)[:2000]
