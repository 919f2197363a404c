"""What is inside an app, for the page of its case or lead: from stored facts alone, nothing is examined again."""

import base64
import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengben import wiring
from zhengben.console.frame import Asked
from zhengben.console.shape import name_of
from zhengben.core.appfacts import AppFacts, Signer
from zhengben.core.brand import Brand
from zhengben.detect.app_powers import CONTROL, permission_sets, permission_words, sensitive
from zhengben.flow.app_kept import recall_app
from zhengben.publish.app_words import (
    made_name,
    note_words,
    place_words,
    scheme_words,
    tamper_words,
    visible,
    why_words,
)
from zhengben.store.models import Sighting
from zhengben.store.queries_apps import kin_of, last_app
from zhengben.store.queries_cases import CaseFile
from zhengben.store.queries_inbox import LeadFile

MOST_NAMES, MOST_LINES, MOST_SIGNERS, MOST_SHARED = 12, 10, 6, 6
BIGGEST_MARK = 400_000  # bytes of one picture of a dossier
LISTED = ("package", "version", "downloads", "price", "filing_no", "state")
WAYS = frozenset({"enterprise", "adhoc", "development", "store", "unsigned"})
LINKS = frozenset({"url", "domain"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """An app as it was last seen: its sighting's row, its facts, and the verdict and brand it is shown beside."""

    row: Sighting
    app: AppFacts
    verdict: Mapping[str, Any]
    brand: Brand | None


def inside(leads: Sequence[LeadFile], brand: str) -> Inside | None:
    """Give the app seen at these leads, or None where nobody saw one; `brand` is the dossier it is judged by."""
    row = last_app([lead.row.lead_id for lead in leads])
    app = recall_app(row.facts, row.artefacts, wiring.vault()) if row else None
    if row is None or app is None:
        return None
    known = next((one for one in wiring.brands() if one.id == brand), None)
    return Inside(row=row, app=app, verdict=_verdict_for(brand, leads), brand=known)


def _verdict_for(brand: str, leads: Sequence[LeadFile]) -> Mapping[str, Any]:
    """Give the first verdict by this dossier; the leads of a case show one thing, so any of them speaks for it."""
    return next((verdict for lead in leads for verdict in lead.verdicts if verdict["brand"] == brand), {})


def case_app(request: Asked, file: CaseFile) -> dict[str, object]:
    """Give what the page of a case shows of its app and its kin; empty where it has none."""
    return _page(request, file.leads, file.case.brand, f"/cases/{file.case.number}/app/")


def lead_app(request: Asked, file: LeadFile) -> dict[str, object]:
    """Give what the page of a lead shows of its app and its kin; empty where it has none."""
    return _page(request, (file,), file.row.brand, f"/leads/{file.row.lead_id}/app/")


def _page(request: Asked, leads: Sequence[LeadFile], brand: str, sheet: str) -> dict[str, object]:
    found = inside(leads, brand)
    if found is None:
        return _listing(leads, brand)
    kin = kin_of([lead.row.lead_id for lead in leads])
    told = [
        {"case": one.case, "name": name_of(one.case.kind, one.case.locator, one.case.title).text,
         "shared": [_print(each) for each in one.shared[:MOST_SHARED]], "more": max(0, len(one.shared) - MOST_SHARED)}
        for one in kin
    ]  # fmt: skip
    return {"inside": panel(found, request.language) | {"sheet": sheet}, "kin": told}


def _listing(leads: Sequence[LeadFile], brand: str) -> dict[str, object]:
    """Give what a page shows of a listing in a store: its legal class, and what the store says; empty for none."""
    for lead in leads:
        reasons = [r for verdict in lead.verdicts if verdict["brand"] == brand for r in _rows(verdict.get("reasons"))]
        legal = next((str(facts["legal_class"]) for facts in map(_facts, reasons) if facts.get("legal_class")), "")
        if lead.row.kind == "app_listing" and legal:
            return {"listing": {"legal": legal, "rows": _said(lead.payload)}}
    return {}


def _said(payload: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give what a store says of an app, field by field; what is empty or no text is left out."""
    told = {name: payload.get(name) for name in LISTED}
    seen = {name: visible(str(value)[:300]) for name, value in told.items() if isinstance(value, str | int)}
    return [{"name": name, "value": value} for name, value in seen.items() if value]


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    return value if isinstance(value, list | tuple) else ()


def _facts(reason: Mapping[str, Any]) -> Mapping[str, Any]:
    return reason.get("facts") or {}


def panel(found: Inside, language: str) -> dict[str, object]:
    """Give the facts of an app as a page shows them; words out of the sample are plain text with nothing hidden."""
    app = found.app
    reasons = found.verdict.get("reasons") or ()
    return {
        **_asks(app, language),
        **_made(app),
        "notes": [note_words(note, language) for note in app.notes],
        "legal": next((str(r["facts"]["legal_class"]) for r in reasons if r["facts"].get("legal_class")), ""),
        "package": visible(app.package),
        "version": visible(app.version),
        "container": f"{app.platform} / {app.container}",
        "icons": _icons(found),
        "marks": marks(found.brand),
        "names": [
            {"text": visible(name.text), "place": place_words(name.place, language), "locale": visible(name.locale),
             "off": not name.enabled}
            for name in app.names[:MOST_NAMES]
        ],
        "more_names": max(0, len(app.names) - MOST_NAMES),
        "signed": app.signed,
        "official": found.verdict.get("label") == "official",
        "signers": [_signer(signer, language) for signer in app.signers[:MOST_SIGNERS]],
        "opens": _few(app.opens),
        "hosts": _few(app.hosts),
        "contacts": _contacts(found),
        "tamper": [tamper_words(code, language) for code in app.tamper],
        "missing": tuple(dict.fromkeys((*app.missing, *(found.verdict.get("missing") or ())))),
    }  # fmt: skip


def _contacts(found: Inside) -> list[dict[str, str]]:
    """Give the contacts with the member each stood in, and how it was written there: a court asks where it was seen."""
    stood = {(one.kind, one.value): one for one in found.app.contacts}
    shown = []
    for one in found.row.contacts:
        kind, value = str(one.get("kind", "")), str(one.get("value", ""))
        if kind not in LINKS:
            at = stood.get((kind, value))
            shown.append({"kind": kind, "value": value, "where": visible(at.where) if at else "",
                          "form": at.form if at else ""})  # fmt: skip
    return shown[:MOST_LINES]


def _asks(app: AppFacts, language: str) -> dict[str, object]:
    """Give what the app asks of a phone and of whoever holds it."""
    asked = sensitive(app.permissions)
    return {
        "permissions": [permission_words(name, language) for name in asked],
        "dangerous": bool(permission_sets(app.permissions)),
        "other_permissions": len(set(app.permissions)) - len(asked),
        "powers": [power for power in app.features if power in CONTROL] if app.platform == "webclip" else [],
    }


def _made(app: AppFacts) -> dict[str, object]:
    """Give how the app was made and is given out."""
    return {
        "shells": [made_name("shells", key) for key in app.shells],
        "packers": [made_name("packers", key) for key in app.packers],
        "sdks": [made_name("sdks", key) for key in app.sdks],
        "distribution": app.distribution if app.distribution in WAYS else "",
        "other_distribution": "" if app.distribution in WAYS else visible(app.distribution),
        "organisation": visible(app.organisation),
        "expires": app.expires,
    }


def marks(brand: Brand | None) -> list[dict[str, str]]:
    """Give the brand's own pictures to hold beside the icons; one that cannot be read is left out."""
    found = []
    for logo in brand.logos if brand else ():
        with suppress(OSError):
            body = (wiring.logo_folder() / logo.file).read_bytes()
            if len(body) <= BIGGEST_MARK:
                kind = mimetypes.guess_type(Path(logo.file).name)[0] or "image/png"
                found.append({"picture": _data(body, kind), "file": logo.file})
    return found


def _icons(found: Inside) -> list[dict[str, object]]:
    """Give each different icon once, with the places it stands at and how alike it is to a mark of the brand."""
    scores = _likenesses(found)
    rows: dict[str, dict[str, Any]] = {}
    for icon in found.app.icons:
        row = rows.setdefault(icon.sha256 or icon.place, {"places": [], "picture": "", "alike": ""})
        row["places"].append(visible(icon.place))
        row["picture"] = row["picture"] or (_data(icon.png, "image/png") if icon.png else "")
        row["alike"] = f"{scores[icon.sha256]:.2f}" if icon.sha256 in scores else ""
    return list(rows.values())


def _likenesses(found: Inside) -> dict[str, float]:
    """Give the highest likeness of each icon to a mark of this brand, by the digest of the icon."""
    scores: dict[str, float] = {}
    for one in found.app.likenesses:
        if found.brand and one.brand == found.brand.id:
            scores[one.icon] = max(one.score, scores.get(one.icon, 0.0))
    return scores


def _signer(signer: Signer, language: str) -> dict[str, object]:
    why = "" if signer.verified else why_words(signer.why, language)
    return {
        "scheme": scheme_words(signer.scheme, language),
        "verified": signer.verified,
        "why": why,
        "subject": visible(signer.subject),
        "sha256": signer.sha256,
    }


def _print(one: str) -> dict[str, str]:
    """Give a shared print as its kind and, where a person can read it, its value."""
    kind, _, value = one.partition(":")
    readable = visible(value.replace("/", " ", 1)) if kind in {"contact", "host", "uni"} else value[:12]
    return {"kind": kind, "value": readable}


def _few(words: Iterable[str]) -> list[str]:
    told = [visible(word[:300]) for word in words]
    return told if len(told) <= MOST_LINES else [*told[:MOST_LINES], f"… +{len(told) - MOST_LINES}"]


def _data(body: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(body).decode('ascii')}"


def pictures_of(brand: Brand | None) -> dict[str, bytes]:
    """Give the brand's pictures as bytes, for the sheet that is printed."""
    found = {}
    for logo in brand.logos if brand else ():
        with suppress(OSError):
            found[logo.file] = (wiring.logo_folder() / logo.file).read_bytes()
    return found
