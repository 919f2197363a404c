"""The machine-readable half of a notice: a XARF v4 report, checked against the published schema before it leaves.

The library and its validators are heavy, so they are loaded when the first report is made and not before.
"""

import base64
import hashlib
import importlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from uuid import UUID

from zhengben.core.brand import Brand
from zhengben.takedown.letter import Attachment, CaseView, Complainant
from zhengben.takedown.redact import exact

VERSION = "4.2.0"
EVIDENCE_BYTES = 1024 * 1024  # the schema allows 5 MiB; a larger picture is attached to the letter alone
_DOMAIN = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}")
_SECRETS = frozenset({"password", "pay_password", "sms_code", "bank_card", "id_card", "id_photo"})


class XarfError(ValueError):
    """No valid XARF report can be made of this case; the letter goes without one and says so."""


def xarf_attachment(view: CaseView, brand: Brand, complainant: Complainant, *, drill: bool = False) -> Attachment:
    """Give `xarf.json`; raise XarfError in one line where the case does not fit or the schema refuses it."""
    table = report(view, brand, complainant, drill=drill)
    errors = problems(table)
    if errors:
        raise XarfError(errors[0])
    return Attachment("xarf.json", "application/json", json.dumps(table, ensure_ascii=False, indent=1).encode())


def report(view: CaseView, brand: Brand, complainant: Complainant, *, drill: bool = False) -> dict[str, object]:
    """Give the report as plain JSON; the same case, round and complainant give the same `report_id`."""
    url = _url(view)
    who = {
        "org": complainant.company[:200],
        "contact": complainant.mailbox,
        "domain": complainant.mailbox.rpartition("@")[2],
    }
    table: dict[str, object] = {
        "xarf_version": VERSION,
        "report_id": str(_report_id(view, complainant)),
        "timestamp": _moment(view.seen_at),
        "reporter": who,
        "sender": who,
        "source_identifier": view.address or view.host or urlsplit(url).hostname or "",
        "category": "content",
        "url": url,
        "target_brand": brand.names.primary,
        "verified_at": _moment(view.sealed_at),
        "verification_method": "automated_crawler",
        "evidence_source": "crawler",
        "description": f"Suspected {view.label} of {brand.names.primary}; case {view.number}; "
        f"sealed evidence sha256 {view.evidence}",
        "tags": ["lifecycle:test"] if drill else [],
        **_kind(view, brand),
    }
    if _DOMAIN.fullmatch(view.host):
        table["domain"] = view.host
    if 0 < len(view.screenshot) <= EVIDENCE_BYTES:
        table["evidence"] = [_picture(view.screenshot)]
    return table


def problems(table: Mapping[str, object]) -> tuple[str, ...]:
    """Give what the schema finds wrong with a report, one line each."""
    found = importlib.import_module("xarf").parse(dict(table))
    return tuple(f"{one.field}: {one.message}"[:200] for one in found.errors)


def _kind(view: CaseView, brand: Brand) -> dict[str, object]:
    """Choose the report's type: phishing where secrets are asked for, else brand infringement; with its fields."""
    site = _site(brand)
    secrets = [one for one in dict.fromkeys(view.asks) if one in _SECRETS]
    if secrets and view.label == "impersonation":
        return {"type": "phishing", "credential_fields": secrets, **({"cloned_site": site} if site else {})}
    if view.label == "scam":
        return {"type": "fraud", "fraud_type": "other"}
    if not site:
        raise XarfError("the dossier names no official site, which the report needs")
    return {
        "type": "brand_infringement",
        "infringement_type": "brand_impersonation",
        "legitimate_site": site,
        "infringing_elements": ["brand_name"],
        **_trademark(view),
    }


def _site(brand: Brand) -> str:
    genuine = next((channel.value for channel in brand.official("domain") if channel.value), "")
    return f"https://{genuine}/" if genuine else ""


def _trademark(view: CaseView) -> dict[str, object]:
    """Name the first right of the letter; the schema has room for one."""
    for right in view.rights:
        classes = {"category": [right.nice_class]} if right.nice_class else {}
        told = {"registration_number": right.number, "jurisdiction": right.jurisdiction, **classes}
        return {"trademark_details": told}
    return {}


def _url(view: CaseView) -> str:
    target = exact(view.target)
    if view.kind == "domain" or (view.host and "://" not in target):
        target = f"https://{view.host or target}/"
    if urlsplit(target).scheme not in {"http", "https"}:
        raise XarfError(f"a {view.kind} has no web address")
    return quote(target, safe="%/:?#[]@!$&'()*+,;=~-._")


def _report_id(view: CaseView, complainant: Complainant) -> UUID:
    seed = f"{view.number}|{view.round}|{view.target}|{complainant.mailbox}"
    return UUID(bytes=hashlib.sha256(seed.encode("utf-8", "replace")).digest()[:16], version=4)


def _picture(png: bytes) -> dict[str, object]:
    return {
        "content_type": "image/png",
        "description": "Screenshot of the page as it was seen",
        "payload": base64.b64encode(png).decode(),
        "hash": f"sha256:{hashlib.sha256(png).hexdigest()}",
        "size": len(png),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
