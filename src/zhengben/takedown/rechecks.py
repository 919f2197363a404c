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
from dataclasses import asdict, dataclass
from typing import Self
from urllib.parse import urlsplit

from zhengben.core.fetched import Captured, Fetched
from zhengben.core.recheck import DOWN_STATES, UP_STATES
from zhengben.takedown.phrases import phrases
from zhengben.takedown.visible import Visible, decode, squeeze, visible

SAME, ALIKE, FAINT = 0.85, 0.35, 0.12
SHINGLE = 3
WORDS = 15  # visible characters a replacement must have
SHELL = 200  # a page of scripts with fewer characters builds itself later: a plain look cannot read it
TEXT = 20_000
_HOSTED = frozenset({"app_listing", "account", "post", "listing", "search_ad", "poi", "job", "image"})
_FILES = (".apk", ".xapk", ".ipa", ".mobileconfig", ".hap", ".plist")
_FILE_TYPES = ("application/vnd.android", "application/x-apple-aspen", "application/octet-stream", "application/zip")
_FAILED = {
    "dns_gone": "dns_gone", "timeout": "timeout", "connect_failed": "timeout", "dns_failed": "unknown",
    "tls_failed": "unknown", "refused_address": "unknown",
}  # fmt: skip
_REFUSED = frozenset({401, 402, 403, 407, 429, 451})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What rechecks compare with: plain JSON values, kept beside the sealed package (`record`, `from_record`).

    `text` and `title` as the victim saw them, `faces` what other clients were shown then, `sha256` of the body (a file
    is compared by it alone), `names` the brand's names, `addresses` where the host pointed then.
    """

    kind: str
    url: str
    sha256: str = ""
    title: str = ""
    text: str = ""
    faces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    is_file: bool = False

    @classmethod
    def of(cls, kind: str, seen: Iterable[Fetched], names: Iterable[str] = (), accused: int = 0) -> Self:
        """Remember looks of one target; `accused` is the index of the one that shows the impostor at work."""
        looks = [one for one in seen if not one.failure]
        if not looks:
            raise ValueError("nothing was seen: there is no original to compare with")
        main = looks[min(accused, len(looks) - 1)]
        shown = _page(main)
        faces = {squeeze(_page(one).text)[:TEXT] for one in looks if one is not main and not _is_file(one)}
        return cls(
            kind=kind,
            url=main.url,
            sha256=hashlib.sha256(main.body).hexdigest(),
            title=shown.title,
            text=shown.text[:TEXT],
            faces=tuple(sorted(face for face in faces if face and alike(face, shown.text) < SAME)),
            names=tuple(dict.fromkeys(name for name in names if name)),
            addresses=tuple(sorted({one.address for one in looks if one.address})),
            is_file=_is_file(main),
        )

    def record(self) -> dict[str, object]:
        """Give it as plain JSON values."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def from_record(cls, record: dict[str, object]) -> Self:
        """Read what `record` gave; raise TypeError for unknown or missing fields."""
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in record.items()})  # type: ignore[arg-type]  # a record of ours


def classify(fetched: Fetched, original: Original, direct: Fetched | None = None) -> str:
    """Give the state one look shows.

    `direct` is the same request sent to an address the host had before, for a name that is gone: where the page still
    answers there, it is one DNS entry away from its victims.
    """
    if fetched.failure:
        state = _FAILED.get(fetched.failure, "unknown")
        if state == "dns_gone" and direct is not None and classify(direct, original) in UP_STATES:
            return "up_changed"
        return state
    if hashlib.sha256(fetched.body).hexdigest() == original.sha256 and fetched.body:
        return "up_same"
    if original.is_file or _is_file(fetched):
        return _file(fetched)
    shown = _page(fetched)
    likeness = max(alike(shown.text, original.text), _titles(shown, original))
    if likeness < ALIKE:
        return _different(fetched, shown, original, likeness)
    if likeness < SAME and _struck_off(shown, original):
        return "store_delisted"
    return "up_same" if likeness >= SAME and fetched.status == 200 else "up_changed"


def classify_capture(captured: Captured, original: Original) -> str:
    """Give the state a browser capture shows: the same rules over the page as scripts left it."""
    look = Fetched(
        url=captured.url,
        final_url=captured.final_url,
        profile=captured.profile,
        vantage=captured.vantage,
        status=captured.status,
        headers=(("content-type", "text/html; charset=utf-8"),),
        body=captured.dom.encode("utf-8", "replace"),
        failure=captured.failure,
        detail=captured.detail,
    )
    return classify(look, original)


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


def alike(one: str, other: str) -> float:
    """Give how alike two texts are, from 0 to 1: the share of common three-character pieces.

    >>> alike("微粒贷官方下载", "微粒贷官方下载"), alike("微粒贷官方下载", "今天天气很好啊")
    (1.0, 0.0)
    """
    left, right = _pieces(one), _pieces(other)
    if not left or not right:
        return 0.0
    return len(left & right) / len(left | right)


def _pieces(text: str) -> set[str]:
    tight = "".join(text[:TEXT].split())
    return {tight[at : at + SHINGLE] for at in range(len(tight) - SHINGLE + 1)} or ({tight} if tight else set())


def _titles(shown: Visible, original: Original) -> float:
    """An equal title over a short page (one built by scripts) speaks for the same page, though not for all of it."""
    telling = len(original.title) >= 4 and any(name in original.title for name in original.names)
    return ALIKE if telling and shown.title == original.title else 0.0


def _file(fetched: Fetched) -> str:
    """Judge a look where the original, or what came now, is a file with other bytes than the original."""
    if fetched.status in _GONE:
        return "removed"
    refused = _by_status(fetched.status)
    if refused or _is_file(fetched):
        return refused or "up_changed"  # a new build of the app, or an app where a page was
    shown = _page(fetched)
    said = _said(shown)
    return (
        "challenge" if "challenge" in said else "removed" if "delisted" in said and not _hands_out(shown) else "unknown"
    )


def _struck_off(shown: Visible, original: Original) -> bool:
    """Tell whether a listing that still shows its name says that it was taken down, and no longer hands anything out."""
    said = _said(shown)
    told = "delisted" in said and phrases("markers")["delisted"].search(original.text) is None
    return original.kind in _HOSTED and told and "offers" not in said and not _hands_out(shown)


def _different(fetched: Fetched, shown: Visible, original: Original, likeness: float) -> str:
    """Judge a page that does not resemble the original."""
    said, hosted = _said(shown), original.kind in _HOSTED
    if "challenge" in said:
        return "challenge"
    if "parked" in said and not hosted:  # a store's error page too has related searches
        return "parked"
    refused = _by_status(fetched.status)
    if refused or "maintenance" in said:
        return refused or "unknown"
    if hosted:
        return _hosted(fetched, shown, original, said)
    if _at_work(fetched, shown, original, said):
        return "up_changed"
    return _gone(fetched, original, said) or _replacement(fetched, shown, original, likeness)


def _hosted(fetched: Fetched, shown: Visible, original: Original, said: set[str]) -> str:
    """Judge a platform's page in the place of a listing: its search box and its other offers prove nothing."""
    if fetched.status in _GONE:
        return "store_delisted" if original.kind == "app_listing" or "delisted" in said else "removed"
    if _named(shown, original):
        return "up_changed"
    return "store_delisted" if "delisted" in said else "unknown"


def _at_work(fetched: Fetched, shown: Visible, original: Original, said: set[str]) -> bool:
    """Tell whether a page hands out files, invites, or asks for something, as an error page does not."""
    if _hands_out(shown) or ("offers" in said and fetched.status == 200):
        return True
    return shown.inputs > 0 and (fetched.status == 200 or _named(shown, original))


def _gone(fetched: Fetched, original: Original, said: set[str]) -> str:
    if not _same_host(fetched, original):
        return "unknown"  # sent elsewhere: what stands there proves nothing about here
    if "sinkholed" in said:
        return "sinkholed"
    if fetched.status in _GONE:
        return "removed"
    return "suspended_page" if "suspended" in said else ""


def _replacement(fetched: Fetched, shown: Visible, original: Original, likeness: float) -> str:
    if _named(shown, original):
        return "up_changed"
    if any(alike(face, shown.text) >= ALIKE for face in original.faces):
        return "up_changed"  # the harmless face it showed to some clients all along
    built_later = shown.scripts > 0 and len(shown.text) < SHELL
    own_words = len("".join(shown.text.split())) >= WORDS
    if built_later or shown.refresh or not own_words or likeness >= FAINT or fetched.status != 200:
        return "unknown"
    return "replaced"


def _said(shown: Visible) -> set[str]:
    words = f"{shown.title} {shown.text}"
    return {name for name, pattern in phrases("markers").items() if pattern.search(words)}


def _named(shown: Visible, original: Original) -> bool:
    words = f"{shown.title} {shown.text}".lower()
    return any(name.lower() in words for name in original.names)


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


def _hands_out(shown: Visible) -> bool:
    return any(
        link.lower().split("?")[0].endswith(_FILES) or link.lower().startswith("itms-services:") for link in shown.links
    )


def _is_file(fetched: Fetched) -> bool:
    kind = fetched.header("content-type").lower()
    return kind.startswith(_FILE_TYPES) or fetched.body[:4] == b"PK\x03\x04"


def _page(fetched: Fetched) -> Visible:
    if _is_file(fetched):
        return Visible("", "")
    return visible(decode(fetched.body, fetched.header("content-type")))
