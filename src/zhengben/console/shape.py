"""From rows of the record to what a page shows: a name with its differing characters marked, and lists cut to size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from zhengben.store.models import Case, Notice
from zhengben.store.pages import Page
from zhengben.store.queries_inbox import InboxRow

ADDRESSES = frozenset({"domain", "url"})
LONGEST_NAME, LONGEST_QUOTE, LONGEST_UNDER = 72, 34, 40
# Three lines are read; of ten, none is.
FEW = 3
JUDGED_BY_PEOPLE = frozenset({"lookalike", "unknown", "impersonation", "scam", "mention"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """How a thing is called on a page; `marks` are the positions in `text` of the characters that deceive."""

    text: str
    is_address: bool
    marks: tuple[int, ...] = ()
    under: str = ""
    under_marks: tuple[int, ...] = ()


def name_of(kind: str, locator: str, title: str, reasons: Iterable[Mapping[str, Any]] = ()) -> Name:
    """Name a thing by its title, or by its address where the address is the thing.

    >>> name_of("url", "https://wei1idai.cn/a", "微粒贷").text, name_of("app_listing", "https://s/1", "微粒贷").text
    ('wei1idai.cn/a', '微粒贷')
    """
    known = tuple(reasons)
    longest = LONGEST_QUOTE if kind == "text" else LONGEST_NAME
    written, address = _written(kind, locator, longest)
    shown = _cut(title, longest)
    if kind in ADDRESSES or not shown or shown == address:
        # below it stands whatever else is known of it: how the address is really written, or its title
        under = next((other for other in (written, shown) if other != address), "")
        return Name(
            text=address,
            is_address=kind in ADDRESSES,
            marks=marks(address, known),
            under=under,
            under_marks=marks(under, known),
        )
    if kind == "text":
        return Name(text=shown, is_address=False, marks=marks(shown, known))
    under = _cut(address.split("://", 1)[-1], LONGEST_UNDER)
    return Name(text=shown, is_address=False, marks=marks(shown, known), under=under, under_marks=marks(under, known))


def _written(kind: str, locator: str, longest: int) -> tuple[str, str]:
    """Give a locator as it is written, without scheme and last slash, and as a reader sees it."""
    if kind not in ADDRESSES:
        return (_cut(locator, longest),) * 2
    written = _cut(locator.split("://", 1)[-1].rstrip("/"), longest)
    return written, readable(written)


def readable(address: str) -> str:
    """Give an address as a reader sees it: xn-- labels decoded where they can be.

    >>> readable("www.xn--g5t065dinl.com/a")
    'www.微粒贷.com/a'
    """
    host, slash, path = address.partition("/")
    if "xn--" not in host:
        return address
    try:
        return host.encode("ascii").decode("idna") + slash + path
    except UnicodeError:
        return address


def marks(text: str, reasons: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Give the positions in a text whose characters are not the genuine ones, as the reasons tell.

    >>> marks("www.wei1idai.cn", [{"facts": {"host": "wei1idai.cn", "positions": [3]}}])
    (7,)
    >>> characters = [{"index": 8, "how": "glyph"}, {"index": 9, "how": "exact"}, {"index": 10, "how": "exact"}]
    >>> marks("徽粒贷", [{"facts": {"matched": "徽粒贷", "characters": characters}}])
    (0,)
    """
    found: set[int] = set()
    for reason in reasons:
        facts = reason.get("facts") or {}
        found |= _host_marks(text, facts) | _name_marks(text, facts)
    return tuple(sorted(found))


def _host_marks(text: str, facts: Mapping[str, Any]) -> set[int]:
    """Mark the characters of a host; in a decoded one, foreign letters that stand among ASCII ones."""
    host, positions = str(facts.get("host") or "").lower(), facts.get("positions") or ()
    at = text.lower().find(host) if host else -1
    if "xn--" in host:
        # where it is shown as it is, its positions count in the decoded name and mean nothing here
        return set() if at >= 0 else _foreign_marks(text, readable(host))
    return {at + int(p) for p in positions if int(p) < len(host)} if at >= 0 else set()


def _foreign_marks(text: str, shown: str) -> set[int]:
    """Mark the foreign letters of a decoded host; one that is foreign throughout (微粒贷.cn) hides none."""
    at = text.find(shown)
    if at < 0 or not any(c.isascii() and c.isalpha() for c in shown.rsplit(".", 1)[0]):
        return set()
    return {at + place for place, c in enumerate(shown) if not c.isascii()}


def _name_marks(text: str, facts: Mapping[str, Any]) -> set[int]:
    """Mark what differs inside a matched name, characters slipped in between included."""
    matched, characters = str(facts.get("matched") or ""), facts.get("characters") or ()
    if not (matched and characters) or matched not in text:
        return set()
    at = text.find(matched)
    # The characters that are right are told by the reason; all others inside the match were slipped in or swapped.
    return set(range(at, at + len(matched))) - {at + place for place in _exact(characters)}


def _exact(characters: Sequence[Mapping[str, Any]]) -> set[int]:
    """Give the places, counted from the first, of the characters that stand there as they should."""
    first = min(int(c["index"]) for c in characters)
    return {int(c["index"]) - first for c in characters if c.get("how") == "exact"}


def _cut(text: str, longest: int = LONGEST_NAME) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def lead_row(row: InboxRow) -> dict[str, object]:
    """Shape one line of the inbox."""
    name = name_of(row.kind, row.locator, row.title, row.reasons)
    speaking = _each_once(row.reasons)
    return {
        "id": row.lead_id,
        "href": f"/cases/{row.case_number}/" if row.case_number else f"/leads/{row.lead_id}/",
        "name": name.text,
        "marks": name.marks,
        "is_address": name.is_address,
        "under": name.under,
        "under_marks": name.under_marks,
        "kind": row.kind,
        "label": row.label,
        "score": row.score,
        "brand": row.brand,
        "reasons": speaking[:FEW],
        "more": max(0, len(speaking) - FEW),
        "missing": row.missing,
        "source": row.source,
        "count": max(row.count, row.people),
        "seen": row.last_seen_at,
        "first_seen": row.first_seen_at,
        "case": row.case_number,
        "state": row.state,
        "locator": row.locator,
        "open": not row.case_number and row.state != "dismissed" and row.label in JUDGED_BY_PEOPLE,
    }


def _each_once(reasons: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Give each code once, with its heaviest reason; what weighs nothing is left out."""
    once: dict[str, Mapping[str, Any]] = {}
    for reason in reasons:  # heaviest first
        if reason.get("weight"):
            once.setdefault(str(reason["code"]), reason)
    return list(once.values())


def case_row(
    case: Case, now: datetime, brands: Mapping[str, str], reasons: Sequence[Mapping[str, Any]] = ()
) -> dict[str, object]:
    """Shape one line of a list of cases; `brands` are names by id."""
    name = name_of(case.kind, case.locator, case.title, reasons)
    return {
        "number": case.number,
        "name": name.text,
        "marks": name.marks,
        "is_address": name.is_address,
        "kind": case.kind,
        "brand": case.brand,
        "brand_name": brands.get(case.brand, case.brand),
        "label": case.label,
        "score": case.score,
        "state": case.state,
        "relapses": case.relapses,
        "opened_at": case.opened_at,
        "due_at": case.due_at,
        "trouble": case.trouble if case.needs_human else "",
        "overdue": bool(case.due_at and case.due_at < now),
        "first_seen_at": case.first_seen_at,
    }


def notice_row(notice: Notice) -> dict[str, object]:
    """Shape one line of the queue of notices."""
    name = name_of(notice.case.kind, notice.case.locator, notice.case.title)
    return {
        "id": notice.pk,
        "addressee": addressee(notice),
        "channel": str(notice.envelope.get("kind") or notice.channel),
        "state": notice.state,
        "name": name.text,
        "marks": name.marks,
        "is_address": name.is_address,
        "case": notice.case.number,
        "drafted_by": notice.drafted_by,
        "approved_by": notice.approved_by,
        "drafted_at": notice.drafted_at,
        "approved_at": notice.approved_at,
        "sent_at": notice.sent_at,
        "language": notice.language,
        "due_at": notice.due_at if notice.state in {"sent", "acknowledged"} else None,
        "stops": notice.stops,
        "attachments": [one["name"] for one in notice.attachments],
        "trouble": notice.trouble if notice.needs_human else "",
    }


def addressee(notice: Notice) -> str:
    """Name whom a notice goes to, with the mailbox."""
    name = str(notice.envelope.get("name") or "")
    return f"{name}（{notice.addressee}）" if name and name != notice.addressee else notice.addressee


def page_context(page: Page[Any], query: Mapping[str, str], size: int) -> dict[str, object]:
    """Give what the links below a list need."""
    first = (page.number - 1) * size + 1 if page.total else 0
    return {
        "first": first,
        "last": first + len(page.rows) - 1 if page.rows else 0,
        "total": page.total,
        "newer": urlencode({**query, "page": str(page.number - 1)}) if page.number > 1 else "",
        "older": urlencode({**query, "page": str(page.number + 1)}) if page.number < page.pages else "",
        "number": page.number,
        "pages": page.pages,
        "newest": urlencode({**query, "page": "1"}) if page.number > 2 else "",  # next to "newer" it would be the same
        "oldest": urlencode({**query, "page": str(page.pages)}) if page.number < page.pages - 1 else "",
    }
