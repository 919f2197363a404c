"""The portrait of an accused page: a capture by every client, so that the sealed exhibit holds what each was shown.

The first look costs one capture at most. Only where somebody is accused do the others follow: what differs between
them is a fact of its own (`cloaked`), and an app the page pushed is read like any other.
"""

from collections.abc import Sequence
from dataclasses import replace

from zhengben.core.appfacts import Mark
from zhengben.core.fetched import Captured, Profile, Seen
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.flow.look_file import examine_file, sniff
from zhengben.flow.look_site import CLIENTS, Eyes, compared, read_capture

UNAVAILABLE = "capture_unavailable"


def portrait(seen: Seen, eyes: Eyes) -> Seen:
    """Give what was seen with a capture by each client; unchanged where no browser is to be had.

    Eyes may name the `clients` themselves, as an installation's settings do; else it is all three.
    """
    clients: Sequence[Profile] = getattr(eyes, "clients", CLIENTS)
    known = {one.profile for one in seen.captured}
    if not seen.fetched or not any(one.complete for one in seen.fetched):
        return seen
    url = seen.fetched[0].final_url
    taken: list[Captured] = list(seen.captured)
    for client in clients:
        if client.name in known:
            continue
        one = eyes.capture(url, client)
        if one.failure == UNAVAILABLE:
            break  # no browser for one is no browser for all
        taken.append(one)
    return replace(seen, captured=tuple(taken))


def shown(first: Sighting, seen: Seen, marks: Sequence[Mark] = ()) -> list[Sighting]:
    """Give what the captures add: each thing a client was shown that another was not, and the apps handed out.

    Captures are compared with captures alone: a page that its scripts draw differs from its own download, and that is
    no cloak.
    """
    blind = Sighting(kind=first.kind, target=first.target, host=first.host)
    whole = [one for one in seen.captured if one.status is not None and one.dom and one.complete]
    pages = compared([read_capture(blind, one, marks) for one in whole]) if len(whole) > 1 else []
    cloaked = [page for page in pages if page.page and page.page.cloaked]
    return sorted(cloaked, key=_reach, reverse=True) + _handed_out(blind, seen, marks)


def _reach(sighting: Sighting) -> int:
    """Tell how far a page reaches for its visitor: scores end at 100, and of equals the one that says most counts."""
    page = sighting.page or PageFacts(url="", final_url="")
    return len(page.asks) + sum(bool(link.hands_out) for link in page.links)


def _handed_out(blind: Sighting, seen: Seen, marks: Sequence[Mark]) -> list[Sighting]:
    files = {got.body: got for one in seen.captured for got in one.downloads if got.complete}
    apps = [got for got in files.values() if sniff(got.body) == "app"]
    inside = (examine_file(got.name, got.body, target=blind.target, marks=marks)[0] for got in apps)
    return [replace(app, kind=blind.kind, host=blind.host) for app in inside]
