"""Dossiers: what is true of a brand, what will alert, and the renewal of a right, entered with its document."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from zhengben import wiring
from zhengben.console.alerts import alerts
from zhengben.console.frame import Asked, member, page, tell, written
from zhengben.core.brand import Brand, Right
from zhengben.core.clock import renewal_state
from zhengben.core.disclosure import BEIJING
from zhengben.core.gate import valid_rights
from zhengben.flow.expected import expected_alerts, in_words
from zhengben.locale.errors import in_language
from zhengben.locale.words import say
from zhengben.store.renewals import enter, entered_by, renewals

BIGGEST = 8 * 1024 * 1024
NAMES = ("primary", "aliases", "latin", "short", "siblings", "keywords")
FIELDS = ("number", "valid_from", "valid_to", "source")
KINDS_OF_FILE = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@member
@require_GET
def brands(request: Asked) -> HttpResponse:
    """Show every dossier in use; one that is broken says so here instead of breaking the page."""
    try:
        known = wiring.brands()
    except (ValueError, OSError) as error:
        return page(
            request, "console/brands.html", "brands", {"rows": [], "trouble": in_language(str(error), request.language)}
        )
    day = _day(request.now)
    rows = [
        {"brand": b, "in_force": len(_in_force(b, day, in_range=request.in_range)), "no_app": b.has_none("app")}
        for b in known
    ]
    return page(request, "console/brands.html", "brands", {"rows": rows})


@member
@require_GET
def brand(request: Asked, key: str) -> HttpResponse:
    """Show one dossier whole."""
    return page(request, "console/brand.html", "brands", _context(request, _brand(key)))


@member
@require_POST
def renew(request: Asked, key: str) -> HttpResponse:
    """Enter a renewal with its document; from then on the gate counts it."""
    one = _brand(key)
    typed = {name: written(request, name, 200) for name in FIELDS}
    upload = request.FILES.get("document")
    body = upload.read(BIGGEST + 1) if upload else b""
    try:
        right = _renewed(one, typed)
        name = str(upload.name) if upload else ""
        whole = replace(right, document=wiring.vault().put(certificate(body)))
        enter(right=whole, brand=one.id, document_name=name, entered_by=request.user.username, now=request.now)
    except IntegrityError:
        return _again(request, one, typed, "brands.same_term")
    except ValueError:
        return _again(request, one, typed, "brands.bad_right")
    tell(request, "brands.entered_ok", number=right.number, valid_to=typed["valid_to"])
    return redirect(f"/brands/{one.id}/")


def certificate(body: bytes) -> bytes:
    """Give the bytes of a certificate; raise ValueError where they are none, or too many."""
    if not body.startswith(KINDS_OF_FILE) or len(body) > BIGGEST:
        raise ValueError("the certificate is missing or is no PDF, PNG or JPEG of at most 8 MB")
    return body


def _again(request: Asked, one: Brand, typed: Mapping[str, str], wrong: str) -> HttpResponse:
    context = _context(request, one) | {"typed": typed, "wrong": say(wrong, request.language)}
    return page(request, "console/brand.html", "brands", context, status=422)


def _renewed(one: Brand, typed: Mapping[str, str]) -> Right:
    """Give the renewed right: everything of the old one but its term, document and source."""
    old = next((right for right in one.rights if right.number == typed["number"]), None)
    if old is None:
        raise ValueError("no such right in the dossier")
    first, last = date.fromisoformat(typed["valid_from"]), date.fromisoformat(typed["valid_to"])
    if last <= first or not typed["source"]:
        raise ValueError("the term is empty or the source is missing")
    holder = old.holder or one.owner
    return replace(old, holder=holder, valid_from=first, valid_to=last, document="", source=typed["source"])


def _context(request: Asked, one: Brand) -> dict[str, object]:
    day = _day(request.now)
    language = request.language
    channels = [{"channel": c, "what": say(f"channel_kind.{c.kind}", language)} for c in one.channels]
    return {
        "brand": one,
        "in_force": _in_force(one, day, in_range=request.in_range),
        "rights": _rights(one, day),
        "numbers": sorted({right.number for right in one.rights}),
        "typed": dict.fromkeys(FIELDS, ""),
        "names": [{"name": name, "values": value} for name in NAMES if (value := _list(getattr(one.names, name)))],
        "nothing": [c for c in channels if one_of(c, exists=False)],
        "genuine": [c for c in channels if one_of(c, exists=True)],
        "alerts": alerts(one, language),
        "expected": [in_words(row, language) for row in expected_alerts(one)],
    }


def one_of(row: Mapping[str, object], *, exists: bool) -> bool:
    """Tell whether a channel's row says that it exists, or that it does not."""
    return (getattr(row["channel"], "exists", "") == "yes") is exists


def _rights(one: Brand, day: date) -> list[dict[str, object]]:
    entered, people = renewals(one.id), entered_by(one.id)
    return [
        {
            "right": right,
            "standing": renewal_state(right.valid_to, day) if right.valid_to else "none",
            "invented": right.invented,
            # a right of the dossier may share its number with a renewal; only what was entered has somebody's name
            "entered_by": people.get((right.number, right.valid_from)) if right in entered and right.valid_from else "",
        }
        for right in (*one.rights, *entered)
    ]


def _in_force(one: Brand, day: date, *, in_range: bool) -> tuple[Right, ...]:
    return valid_rights(one, day, renewals(one.id), in_range=in_range)


def _list(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(v) for v in value) if isinstance(value, tuple) else ()


def _day(now: datetime) -> date:
    return now.astimezone(BEIJING).date()


def _brand(key: str) -> Brand:
    one = next((brand for brand in wiring.brands() if brand.id == key), None)
    if one is None:
        raise Http404
    return one
