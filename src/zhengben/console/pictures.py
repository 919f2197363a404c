"""What was seen of a case, client by client: a screenshot where there is one, otherwise the words that were fetched.

The words are cut out of an impostor's bytes with the standard library's parser and shown as plain text, never as HTML.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from html.parser import HTMLParser

from zhengben.core.fetched import Captured, Fetched, Seen
from zhengben.flow.keepsake import recall
from zhengben.flow.ports import Vault
from zhengben.store.queries_cases import CaseFile

ORDER = ("mobile", "wechat", "desktop")
_LINES = frozenset(["p", "div", "li", "br", "h1", "h2", "h3", "tr", "section", "button", "label", "form", "input"])
# Half a megabyte holds any page a person reads; 1,500 characters are about what a screen shows of it.
BYTES, CHARACTERS = 400_000, 1500
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "title"})
_NOTHING_CAPTURED = Captured(url="", final_url="", profile="")
_NOTHING_FETCHED = Fetched(url="", final_url="", profile="")


class _Words(HTMLParser):
    """Collects the visible words and the title of a page, up to a limit."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.lines, self._silent, self._in_title, self._size = "", [""], 0, False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block, go silent in what nobody reads, and keep the hint of an input."""
        self._in_title = tag == "title"
        self._silent += tag in _SILENT
        if tag in _LINES:
            self.lines.append("")
        hint = dict(attrs).get("placeholder") if tag == "input" else None
        if hint:
            self.handle_data(f"[ {hint} ]")

    def handle_endtag(self, tag: str) -> None:
        """Speak again after a silent part; an end without a beginning changes nothing."""
        self._in_title = False
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        """Add words to the title or to the line that is open, up to `CHARACTERS` in all."""
        text = " ".join(data.split())
        if self._in_title:
            self.title = (self.title + text)[:200]
        elif text and not self._silent and self._size < CHARACTERS:
            self.lines[-1] += (" " if self.lines[-1] else "") + text[:CHARACTERS]
            self._size += len(text)


def pictures(file: CaseFile, vault: Vault) -> list[dict[str, object]]:
    """Give one entry a client, the phone first: image or words, address, status, moment, digest of the bytes."""
    seen = seen_of(file, vault)
    if seen is None or not (seen.captured or seen.fetched):
        return _told(file)
    shots = {c.profile: (place, c) for place, c in enumerate(seen.captured)}
    plain = {f.profile: f for f in seen.fetched}
    profiles = sorted({*shots, *plain}, key=_rank)
    entries = [_entry(p, shots.get(p), plain.get(p), file.case.number) | {"at": _moment(file)} for p in profiles]
    best = _best(entries)
    for entry in entries:
        entry["first"] = entry is best
    return entries


def _moment(file: CaseFile) -> datetime:
    return file.exhibits[0].at if file.exhibits else file.case.opened_at


def _rank(profile: str) -> int:
    return ORDER.index(profile) if profile in ORDER else len(ORDER)


def _best(entries: list[dict[str, object]]) -> dict[str, object]:
    """Choose what is shown large: a picture, else words, else whatever came first."""
    for wanted in ("image", "text"):
        for entry in entries:
            if entry[wanted]:
                return entry
    return entries[0]


def screenshot(file: CaseFile, place: int, vault: Vault) -> bytes:
    """Give the bytes of one screenshot of a case's newest exhibit, or nothing."""
    seen = seen_of(file, vault)
    return seen.captured[place].screenshot if seen and place < len(seen.captured) else b""


def words(body: bytes) -> tuple[str, str]:
    """Give the title and the visible words of an HTML page.

    >>> words("<title>微粒贷</title><script>x</script><p>下载<b>APP</b></p>".encode())
    ('微粒贷', '下载 APP')
    """
    parser = _Words()
    with suppress(AssertionError, ValueError):  # html.parser on hostile declarations; what was read so far is shown
        parser.feed(body[:BYTES].decode("utf-8", "replace"))
    return parser.title, "\n".join(line for line in parser.lines if line.strip())[: CHARACTERS * 2]


def shows_code(file: CaseFile) -> bool:
    """Tell whether a code was read on the page when it was judged."""
    pages = (lead.facts.get("page") for lead in file.leads)
    return any(isinstance(page, Mapping) and page.get("qr") for page in pages)


def unreadable(file: CaseFile, vault: Vault) -> bool:
    """Tell whether something was kept of this case that cannot be read any more: lost or damaged in the store."""
    kept = bool(file.exhibits and file.exhibits[0].artefacts.get("seen"))
    return kept and seen_of(file, vault) is None


def seen_of(file: CaseFile, vault: Vault) -> Seen | None:
    """Give what the newest exhibit of a case was made of, or None where nothing was kept or it cannot be read."""
    index = str(file.exhibits[0].artefacts.get("seen") or "") if file.exhibits else ""
    try:
        return recall(index, vault) if index else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _entry(profile: str, shot: tuple[int, Captured] | None, plain: Fetched | None, number: str) -> dict[str, object]:
    (place, capture), plain = shot or (0, _NOTHING_CAPTURED), plain or _NOTHING_FETCHED
    title, text = _words_of(plain.body)
    status, failure = plain.status or capture.status, _failure(plain, capture)
    digest = hashlib.sha256(plain.body).hexdigest()
    return {
        "profile": profile,
        "image": f"/cases/{number}/picture/{place}.png" if capture.screenshot else "",
        "title": title,
        "text": text,
        "url": _address(plain, capture),
        "status": status,
        "failure": failure,
        "sha": digest if plain.body else "",
        "note": _note(status, failure),
        "looks_like": (status, digest),
        "first": False,
        "place": place,
        "captured": shot[1] if shot else None,
    }


def _address(plain: Fetched, capture: Captured) -> str:
    return plain.final_url or plain.url or capture.final_url


def _words_of(body: bytes) -> tuple[str, str]:
    return words(body) if body[:200].lstrip()[:1] == b"<" else ("", "")


def _failure(plain: Fetched, capture: Captured) -> str:
    """Give why a look failed; a browser that failed beside a download that arrived hides nothing of the page."""
    return plain.failure or ("" if plain.body else capture.failure)


def _note(status: int | None, failure: str) -> str:
    if status and status >= 400:
        return str(status)
    return "✕" if failure else ""


def _told(file: CaseFile) -> list[dict[str, object]]:
    """Give the thing itself where it has no page: the listing or the message as it was reported."""
    if not file.leads:
        return []
    first = file.leads[0]
    text = str(first.facts.get("text") or first.payload.get("text") or first.row.locator)
    return [
        {
            "profile": "told",
            "image": "",
            "title": first.row.title,
            "text": text[:CHARACTERS],
            "url": first.row.locator[:200],
            "status": None,
            "failure": "",
            "sha": "",
            "note": "",
            "looks_like": "",
            "place": 0,
            "captured": None,
            "first": True,
            "at": first.seen_at or first.row.first_seen_at,
        }
    ]
