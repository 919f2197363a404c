"""What one look says of an impostor today, held against the sealed original: one of `core.recheck.STATES`.

The rule of doubt: a page is "gone" only where that is the best explanation. Whatever resembles the original is up,
under any status code; a timeout, a captcha, maintenance, parking or a refusal is never down; a different page counts
as a replacement only where it has words of its own, nothing of the brand, asks nothing, offers nothing, and is not the
harmless face the impostor showed to some clients when it was sealed.

What one look cannot know, the caller must add: `direct` (a name that is gone while its old address still serves the
page) and `together` (a listing that is gone while its download still works). Enough looks of several clients from
several places, over time, are `core.recheck.is_down`'s business.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.recheck import DOWN_STATES, UP_STATES
from zhengben.takedown.original import Original, alike, as_fetched, hands_out, is_file, named, page_of, wants_secrets
from zhengben.takedown.phrases import phrases
from zhengben.takedown.visible import Visible, decode

SAME, ALIKE, FAINT = 0.85, 0.35, 0.12
WORDS = 15  # visible characters a replacement must have
SHELL = 200  # a page of scripts with fewer characters builds itself later: a plain look cannot read it
_HOSTED = frozenset({"app_listing", "account", "post", "listing", "search_ad", "poi", "job", "image"})
_FAILED = {
    "dns_gone": "dns_gone", "timeout": "timeout", "connect_failed": "timeout", "dns_failed": "unknown",
    "tls_failed": "unknown", "refused_address": "unknown",
}  # fmt: skip
_REFUSED = frozenset({401, 402, 403, 407, 429, 451})
_GONE = frozenset({404, 410})


def classify(fetched: Fetched, original: Original, direct: Fetched | None = None) -> str:
    """Give the state one look shows.

    `direct` is the same request sent to an address the host had before, for a name that is gone: where the page still
    answers there, it is one DNS entry away from its victims.
    """
    if fetched.failure:
        return _failed(fetched, original, direct)
    if fetched.body and hashlib.sha256(fetched.body).hexdigest() in original.sha256s:
        return "up_same" if fetched.status == 200 else "up_changed"
    if original.is_file or is_file(fetched):
        return _file(fetched)
    return _page(fetched, page_of(fetched), original)


def _failed(fetched: Fetched, original: Original, direct: Fetched | None) -> str:
    state = _FAILED.get(fetched.failure, "unknown")
    hidden = state == "dns_gone" and direct is not None and classify(direct, original) in UP_STATES
    return "up_changed" if hidden else state


def classify_capture(captured: Captured, original: Original) -> str:
    """Give the state a browser capture shows: the same rules over the page as scripts left it."""
    return classify(as_fetched(captured), original)


def together(states: Iterable[str]) -> str:
    """Give the state of an impostor with several addresses (a listing and its file): up wins, doubt beats down.

    >>> together(["store_delisted", "up_same"]), together(["removed", "timeout"]), together(["removed", "dns_gone"])
    ('up_same', 'timeout', 'removed')
    """
    known = list(states)
    if not known:
        return "unknown"
    up = [state for state in known if state in UP_STATES]
    doubt = [state for state in known if state not in DOWN_STATES]
    return (up or doubt or known)[0]


def control_passes(fetched: Fetched, expected: str = "") -> bool:
    """Tell whether the control page was seen from the same place as always; without it a look proves nothing.

    `expected` is a text the control page shows; without one any complete answer with status 200 passes.
    """
    if fetched.failure or fetched.status != 200:
        return False
    return expected in decode(fetched.body, fetched.header("content-type"))


def cloaked(states: Iterable[str]) -> bool:
    """Tell whether looks of one moment contradict each other: up for one client and gone for another."""
    known = set(states)
    return bool(known & UP_STATES) and bool(known - UP_STATES)


def _page(fetched: Fetched, shown: Visible, original: Original) -> str:
    likeness = max((alike(shown.text, text) for text in original.texts), default=0.0)
    likeness = max(likeness, _titles(shown, original))
    if likeness < ALIKE:
        return _different(fetched, shown, original, likeness)
    if likeness < SAME and _struck_off(shown, original):
        return "store_delisted"
    return "up_same" if likeness >= SAME and fetched.status == 200 else "up_changed"


def _titles(shown: Visible, original: Original) -> float:
    """An equal title that names the brand speaks for the same page, though not for all of it."""
    telling = len(shown.title) >= 4 and shown.title in original.titles
    return ALIKE if telling and any(name.lower() in shown.title.lower() for name in original.names) else 0.0


def _file(fetched: Fetched) -> str:
    """Judge a look where the original, or what came now, is a file with other bytes than the original."""
    if fetched.status in _GONE:
        return "removed"
    refused = _by_status(fetched.status)
    if refused or is_file(fetched):
        return refused or "up_changed"  # a new build of the app, or an app where a page was
    return _page_for_file(page_of(fetched))


def _page_for_file(shown: Visible) -> str:
    """Judge a page that came where a file was: the store's own words decide, else nobody knows."""
    said = _said(shown)
    if "challenge" in said:
        return "challenge"
    if hands_out(shown):
        return "up_changed"
    return "removed" if "delisted" in said else "unknown"


def _struck_off(shown: Visible, original: Original) -> bool:
    """Tell whether a listing that still shows its name says that it was taken down, and hands nothing out."""
    said = _said(shown)
    before = any(phrases("markers")["delisted"].search(text) for text in original.texts)
    told = "delisted" in said and not before
    return original.kind in _HOSTED and told and "offers" not in said and not hands_out(shown)


def _different(fetched: Fetched, shown: Visible, original: Original, likeness: float) -> str:
    """Judge a page that does not resemble the original."""
    said, hosted = _said(shown), original.kind in _HOSTED
    withheld = _withheld(fetched, said, hosted=hosted)
    if withheld:
        return withheld
    if hosted:
        return _hosted(fetched, shown, original, said)
    if _at_work(fetched, shown, original, said):
        return "up_changed"
    return _gone(fetched, original, said) or _replacement(fetched, shown, original, likeness)


def _withheld(fetched: Fetched, said: set[str], *, hosted: bool) -> str:
    """Give the state of a page that keeps its contents from this look, or has none of its own; empty for others."""
    if "challenge" in said:
        return "challenge"
    if "parked" in said and not hosted:  # a store's error page too has related searches
        return "parked"
    return _by_status(fetched.status) or ("unknown" if "maintenance" in said else "")


def _hosted(fetched: Fetched, shown: Visible, original: Original, said: set[str]) -> str:
    """Judge a platform's page in the place of a listing: its search box and its other offers prove nothing."""
    if fetched.status in _GONE:
        return "store_delisted" if original.kind == "app_listing" or "delisted" in said else "removed"
    if named(shown, original.names):
        return "up_changed"
    return "store_delisted" if "delisted" in said else "unknown"


def _at_work(fetched: Fetched, shown: Visible, original: Original, said: set[str]) -> bool:
    """Tell whether a page hands out files, invites or wants secrets; an error page or a new owner does not."""
    if hands_out(shown) or wants_secrets(shown) or ("offers" in said and fetched.status == 200):
        return True
    return bool(shown.prompts) and named(shown, original.names)


def _gone(fetched: Fetched, original: Original, said: set[str]) -> str:
    if not _same_host(fetched, original):
        return "unknown"  # sent elsewhere: what stands there proves nothing about here
    if "sinkholed" in said:
        return "sinkholed"
    if fetched.status in _GONE:
        return "removed"
    return "suspended_page" if "suspended" in said else ""


def _replacement(fetched: Fetched, shown: Visible, original: Original, likeness: float) -> str:
    # its own name, or the harmless face it showed to some clients all along
    if named(shown, original.names) or _a_face(shown, original):
        return "up_changed"
    whole = fetched.status == 200 and not shown.refresh and not _built_later(shown)
    own_words = len("".join(shown.text.split())) >= WORDS
    return "replaced" if whole and own_words and likeness < FAINT else "unknown"


def _a_face(shown: Visible, original: Original) -> bool:
    return any(alike(face, shown.text) >= ALIKE for face in original.faces)


def _built_later(shown: Visible) -> bool:
    """Tell whether scripts will fill the page: what a download sees of it says nothing about what victims see."""
    return shown.scripts > 0 and len(shown.text) < SHELL


def _said(shown: Visible) -> set[str]:
    words = f"{shown.title} {shown.text}"
    return {name for name, pattern in phrases("markers").items() if pattern.search(words)}


def _by_status(status: int | None) -> str:
    if status in _REFUSED:
        return "blocked"
    if status is None or status >= 500 or status < 200:
        return "unknown"
    return ""


def _same_host(fetched: Fetched, original: Original) -> bool:
    here, there = (_host(url) for url in (fetched.final_url or fetched.url, original.url))
    return here.removeprefix("www.") == there.removeprefix("www.")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
