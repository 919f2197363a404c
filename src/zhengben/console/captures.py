"""A capture at full size, the files it is made of, and each match of a mark beside what it is held against."""

import base64
import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from zhengben import wiring
from zhengben.console.capture_boxes import boxes_of, drawing, matches_of
from zhengben.console.capture_facts import beside
from zhengben.console.cases import verdict_of
from zhengben.console.frame import Asked, member, page
from zhengben.console.pictures import seen_of
from zhengben.console.shape import case_row
from zhengben.core.fetched import Captured
from zhengben.evidence.har import har
from zhengben.examine.picture_sources import picture_named
from zhengben.flow.limited import ExaminationKilled, run_limited
from zhengben.store.queries_cases import CaseFile, case_file

SIDE_BY_SIDE = "zhengben.examine.logo_shown:side_by_side"
# What an impostor made leaves as a file to save, never as something this browser would show or run.
KINDS: dict[str, tuple[str, str]] = {
    "network.har": ("application/json", "har"),
    "page.mhtml": ("application/octet-stream", "mhtml"),
    "document.txt": ("text/plain; charset=utf-8", "dom"),
    "picture.png": ("image/png", "screenshot"),
    "dns.json": ("application/json", "dns"),
    "certificates.pem": ("application/x-pem-file", "chain"),
}


@member
@require_GET
def capture(request: Asked, number: str, place: int) -> HttpResponse:
    """Show one capture at its own size, with everything that was seen beside it; needs no script."""
    file, seen = _capture(number, place)
    reasons = verdict_of(file).get("reasons") or []
    marks = boxes_of(seen, reasons, request.language, codes=True, others=_all(file))
    row = case_row(file.case, request.now, {}, reasons)
    context = {
        "case": row, "place": place, "captured": seen, "boxes": marks, "drawing": drawing(seen, marks),
        "picture": f"/cases/{number}/picture/{place}.png" if seen.screenshot else "", "beside": beside(seen),
        "files": [name for name in KINDS if _body(seen, name)],
        "others": [(n, one.profile) for n, one in enumerate(_all(file))],
    }  # fmt: skip
    return page(request, "console/capture.html", "cases", context)


@member
@require_GET
def part_of(request: Asked, number: str, place: int, name: str) -> HttpResponse:
    """Hand out one file of a capture, as it was kept."""
    del request
    if name not in KINDS:
        raise Http404
    _, seen = _capture(number, place)
    body = _body(seen, name)
    if not body:
        raise Http404
    told = f'attachment; filename="{number}-{seen.profile}-{name}"'
    return HttpResponse(body, content_type=KINDS[name][0], headers={"Content-Disposition": told})


@member
@require_GET
def match(request: Asked, number: str, place: int) -> HttpResponse:
    """Give one match of a mark beside the dossier's picture, as PNG; 404 where it cannot be drawn."""
    del request
    file = _file(number)
    found = matches_of(verdict_of(file).get("reasons") or [])
    if place >= len(found):
        raise Http404
    body = side_by_side(found[place], _all(file))
    if not body:
        raise Http404
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def side_by_side(found: dict[str, Any], captures: tuple[Captured, ...]) -> bytes:
    """Draw a match from the dossier's own file and the very picture it was found in; empty where either is gone."""
    folder = wiring.logo_folder().resolve()
    path = (folder / str(found["reference"])).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        return b""
    reference = path.read_bytes()
    if hashlib.sha256(reference).hexdigest() != found.get("reference_sha256"):
        return b""  # the dossier's picture has changed since: not the one it was held against
    name = str(found.get("source_sha256") or "")
    picture = next(filter(None, (picture_named(one, name) for one in captures)), b"")
    return _drawn(reference, picture, tuple(found["box"])) if picture else b""


@lru_cache(maxsize=32)
def _drawn(reference: bytes, picture: bytes, box: tuple[int, int, int, int]) -> bytes:
    try:
        body: bytes = run_limited(SIDE_BY_SIDE, reference, picture, box, cpu_s=4.0, memory_mb=1024)
    except ExaminationKilled:
        return b""
    return body


def _body(seen: Captured, name: str) -> bytes:
    made = {
        "har": lambda: har(seen) if seen.network else b"",
        "mhtml": lambda: seen.mhtml,
        "dom": lambda: seen.dom.encode("utf-8", "replace"),
        "screenshot": lambda: seen.screenshot,
        "dns": lambda: _dns(seen),
        "chain": lambda: b"".join(map(_pem, seen.tls_chain)),
    }
    return made[KINDS[name][1]]()


def _dns(seen: Captured) -> bytes:
    rows = [asdict(record) for record in seen.dns]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode() if rows else b""


def _pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + b"-----END CERTIFICATE-----\n"


def _all(file: CaseFile) -> tuple[Captured, ...]:
    seen = seen_of(file, wiring.vault())
    return seen.captured if seen else ()


def _capture(number: str, place: int) -> tuple[CaseFile, Captured]:
    file = _file(number)
    found = _all(file)
    if place >= len(found):
        raise Http404
    return file, found[place]


def _file(number: str) -> CaseFile:
    file = case_file(number)
    if file is None:
        raise Http404
    return file
