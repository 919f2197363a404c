"""From an exhibit to the files of a package under `data/`: bytes as they came, and canonical JSON that names them."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.verdict import Reason, Verdict
from zhengben.evidence.canon import beijing, dump, plain, utc
from zhengben.evidence.exhibit import Exhibit
from zhengben.evidence.har import har
from zhengben.locale.words import LANGUAGES, say

_UNFIT = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class _Files:
    """The members gathered so far."""

    members: dict[str, bytes] = field(default_factory=dict)

    def keep(self, path: str, body: bytes) -> dict[str, object] | None:
        """Keep bytes under a path and give the reference to write beside the facts; None for nothing."""
        if not body:
            return None
        self.members[path] = body
        return {"path": path, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}


def data_members(exhibit: Exhibit) -> dict[str, bytes]:
    """Give every file under `data/`, by path; the same exhibit gives the same bytes."""
    files = _Files()
    looks = [_fetched(files, number, one) for number, one in enumerate(exhibit.fetched, 1)]
    captures = [_captured(files, number, one) for number, one in enumerate(exhibit.captured, 1)]
    attached = [
        {
            "name": plain(one.name),
            "media_type": plain(one.media_type),
            "body": files.keep(f"data/files/{number:02}.bin", one.body),
        }
        for number, one in enumerate(exhibit.files, 1)
    ]
    records: dict[str, object] = {
        "looks": {"fetched": looks, "captured": captures, "files": attached},
        "procedure": _procedure(exhibit),
        "environment": plain(exhibit.environment),
        "verdict": [_verdict(one) for one in exhibit.verdicts],
        "sighting": plain(exhibit.sighting),
    }
    return files.members | {f"data/{name}.json": dump(record) for name, record in records.items()}


def _room(what: str, number: int, profile: str) -> str:
    # A profile's name may come from a settings file; only what a member may be called gets through.
    return f"data/{what}-{number:02}-{_UNFIT.sub('-', profile.lower()).strip('-')[:20] or 'x'}"


def _fetched(files: _Files, number: int, one: Fetched) -> dict[str, object]:
    room = _room("fetched", number, one.profile)
    facts = plain(
        {
            "url": one.url, "final_url": one.final_url, "profile": one.profile, "vantage": one.vantage,
            "status": one.status, "headers": one.headers, "hops": one.hops, "address": one.address,
            "complete": one.complete, "failure": one.failure, "detail": one.detail,
        }
    )  # fmt: skip
    return _table(facts) | {"body": files.keep(f"{room}/body.bin", one.body)}


def _captured(files: _Files, number: int, one: Captured) -> dict[str, object]:
    room = _room("captured", number, one.profile)
    facts = plain(
        {
            "url": one.url, "final_url": one.final_url, "profile": one.profile, "vantage": one.vantage,
            "status": one.status, "title": one.title, "network": one.network, "boxes": one.boxes,
            "complete": one.complete, "failure": one.failure, "detail": one.detail,
            "dns": one.dns, "tls_protocol": one.tls_protocol, "clipped": one.clipped, "notes": one.notes,
            "began": one.began, "referrer": one.referrer, "region": one.region,
        }
    )  # fmt: skip
    parts = {
        "har": ("network.har", har(one) if one.network else b""),
        "screenshot": ("screenshot.png", one.screenshot),
        "mhtml": ("page.mhtml", one.mhtml),
        # `replace`, because a page can hold half a character that UTF-8 has no form for.
        "dom": ("dom.html", one.dom.encode("utf-8", "replace")),
        "favicon": ("favicon.bin", one.favicon),
    }
    kept = {name: files.keep(f"{room}/{path}", body) for name, (path, body) in parts.items()}
    chain = [files.keep(f"{room}/tls-{place}.der", der) for place, der in enumerate(one.tls_chain, 1)]
    downloads = [
        {
            "name": plain(got.name), "url": plain(got.url), "complete": got.complete,
            "body": files.keep(f"{room}/download-{place:02}.bin", got.body),
        }
        for place, got in enumerate(one.downloads, 1)
    ]  # fmt: skip
    return _table(facts) | kept | {"tls_chain": chain, "downloads": downloads}


def _procedure(exhibit: Exhibit) -> dict[str, object]:
    steps = [
        {"utc": utc(step.at), "beijing": beijing(step.at), "what": step.what, "facts": plain(step.facts)}
        for step in exhibit.steps
    ]
    return {"operator": plain(exhibit.operator), "steps": steps, "tools": plain(exhibit.tools)}


def _verdict(one: Verdict) -> dict[str, object]:
    return {
        "brand": one.brand,
        "label": one.label.value,
        "score": one.score,
        "reasons": [_reason(reason) for reason in one.reasons],
        "coverage": {"complete": one.coverage.complete, "missing": list(one.coverage.missing)},
    }


def _reason(reason: Reason) -> dict[str, object]:
    facts = _table(plain(reason.facts))
    # Sealed in words too: a court reads this in ten years, when no program of ours runs any more.
    text = {language: _sentence(reason.code, language, facts) for language in LANGUAGES}
    return {"code": reason.code, "weight": reason.weight, "facts": facts, "text": text}


def _sentence(code: str, language: str, facts: Mapping[str, object]) -> str:
    try:
        return say(f"reason.{code}", language, facts)
    except KeyError:  # evidence is sealed even where a sentence was forgotten: the code stands beside it
        return ""


def _table(facts: object) -> dict[str, object]:
    return facts if isinstance(facts, dict) else {}
