"""The one-page sheet about an app, to print or to save, in the reader's language or the one asked for."""

import base64
import hashlib
import re

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from zhengben import wiring
from zhengben.console.app_inside import Inside, inside, pictures_of
from zhengben.console.frame import Asked, member
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.flow.app_kept import kept_file
from zhengben.locale.words import LANGUAGES
from zhengben.publish.app_report import Sheet, app_report
from zhengben.store.cases import BEIJING
from zhengben.store.queries_cases import case_file
from zhengben.store.queries_inbox import lead_file

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@member
@require_GET
def of_case(request: Asked, number: str) -> HttpResponse:
    """Give the sheet of a case's app."""
    file = case_file(number)
    return _answer(request, inside(file.leads, file.case.brand) if file else None)


@member
@require_GET
def of_lead(request: Asked, key: int) -> HttpResponse:
    """Give the sheet of a lead's app."""
    file = lead_file(key)
    return _answer(request, inside((file,), file.row.brand) if file else None)


def _answer(request: Asked, found: Inside | None) -> HttpResponse:
    if found is None:
        raise Http404
    asked = request.GET.get("lang", "")
    page = sheet(found, asked if asked in LANGUAGES else request.language)
    style = _STYLE.search(page)
    digest = base64.b64encode(hashlib.sha256((style[1] if style else "").encode()).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return HttpResponse(page, headers={"Content-Security-Policy": policy})


def sheet(found: Inside, language: str) -> str:
    """Give the sheet as one HTML file that needs nothing else."""
    row = found.row
    file = kept_file(row.artefacts, wiring.vault())
    contacts = tuple(Contact(kind=c["kind"], value=c["value"], raw=c.get("raw", "")) for c in row.contacts)
    verdict = _verdict(found)
    seen = Sighting(kind="app_file", target=str(row.facts.get("target") or ""), app=found.app, contacts=contacts)
    about = Sheet(
        name=file.name, sha256=file.sha256, size=file.size, seen_at=row.at.astimezone(BEIJING),
        marks=pictures_of(found.brand),
    )  # fmt: skip
    return app_report(about, seen, verdict, language)


def _verdict(found: Inside) -> Verdict:
    """Give the stored verdict its shape again; without one, what could not be seen stands for itself."""
    told = found.verdict
    reasons = tuple(Reason(r["code"], r["weight"], r.get("facts") or {}) for r in told.get("reasons") or ())
    return Verdict(
        Label(told.get("label") or "unknown"), found.brand.id if found.brand else "", int(told.get("score") or 0),
        reasons, Coverage(tuple(told.get("missing") or found.row.missing)),
    )  # fmt: skip
