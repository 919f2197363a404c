"""Look at one target and judge it: what `zhengben check`, triage and the public check all call.

A look never raises for what a target is or does: what could not be seen stands in the verdict's coverage.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.core.fetched import Seen
from zhengben.core.judge import judge
from zhengben.core.lead import KINDS
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.listing import LISTED, examine_listing
from zhengben.examine.text import examine_text
from zhengben.flow.look_file import examine_file
from zhengben.flow.look_site import Eyes, look_at_listing, look_at_site
from zhengben.flow.portrait import portrait, shown
from zhengben.flow.typed import meant
from zhengben.flow.visitor import visiting

GRAVEST = (
    Label.OFFICIAL, Label.IMPERSONATION, Label.SCAM, Label.LOOKALIKE, Label.UNKNOWN, Label.MENTION, Label.UNRELATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One look: the facts, the gravest verdict, one verdict a brand that something was found for, and the bytes."""

    sighting: Sighting
    verdict: Verdict
    verdicts: tuple[Verdict, ...]
    seen: Seen = field(default_factory=Seen)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Give the ways to reach whoever is behind it."""
        return self.sighting.contacts


def look(
    target: str,
    brands: Sequence[Brand],
    eyes: Eyes | None = None,
    *,
    kind: str = "",
    detail: Mapping[str, object] | None = None,
    picture: bool = False,
    marks: Sequence[Mark] = (),
) -> Look:
    """Look at a target of any kind of lead and judge it.

    Without `eyes` nothing is fetched. `detail` holds the other fields of `lead.v1` (its `referrer` and `region` are
    where the clients say they come from and are); `picture` asks for a browser's
    capture even where a plain download tells enough; icons of apps are held against `marks`. Raises ValueError for
    an unknown kind or an empty target, and for nothing else.
    """
    kind, target = (kind, target) if kind else meant(target)
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; use one of {', '.join(KINDS)}")
    if not target.strip():
        raise ValueError("there is nothing to look at: the target is empty")
    given = detail or {}
    eyes = visiting(eyes, given)
    if kind in {"domain", "url"}:
        sightings, seen = look_at_site(kind, target.strip(), given, eyes, picture=picture, marks=marks)
        return _portrayed(judged(sightings, brands, seen), sightings, brands, eyes, marks)
    if kind in {"app_file", "image"}:
        return _afar(kind, target.strip(), given, brands, eyes, marks)
    if kind in LISTED:
        sightings, seen = look_at_listing(examine_listing(kind, target.strip(), given), eyes, marks)
        return judged(sightings, brands, seen)
    return judged((_text(target, given),), brands)


def look_at_file(
    name: str, body: bytes, brands: Sequence[Brand], *, kind: str = "", target: str = "", marks: Sequence[Mark] = ()
) -> Look:
    """Look at a file's bytes, decided by their content and only then by the name; pictures are held against `marks`."""
    return judged(examine_file(name, body, kind=kind, target=target or name, marks=marks), brands)


def judged(sightings: Iterable[Sighting], brands: Sequence[Brand], seen: Seen | None = None) -> Look:
    """Judge one target seen in one or more ways (clients, parts); for each brand the gravest way counts."""
    ways = list(sightings)
    ordered = _gravest(ways, brands)
    first, sighting = ordered[0] if ordered else (judge("", (), Coverage(ways[0].missing)), ways[0])
    told = tuple(verdict for verdict, _ in ordered if verdict.reasons)
    if first.label is Label.OFFICIAL:
        told = tuple(verdict for verdict in told if not verdict.accuses)
    return Look(sighting, first, told, seen or Seen())


def _gravest(sightings: Iterable[Sighting], brands: Sequence[Brand]) -> list[tuple[Verdict, Sighting]]:
    """Give the gravest verdict of each brand with the sighting it is from, the gravest of all first."""
    best: dict[str, tuple[Verdict, Sighting]] = {}
    for sighting in sightings:
        for brand, verdict in _verdicts(sighting, brands).items():
            if brand not in best or _gravity(verdict) < _gravity(best[brand][0]):
                best[brand] = verdict, sighting
    return sorted(best.values(), key=lambda pair: _gravity(pair[0]))


def _portrayed(
    first: Look, sightings: Sequence[Sighting], brands: Sequence[Brand], eyes: Eyes | None, marks: Sequence[Mark]
) -> Look:
    """Complete a look that accuses with captures by all clients, and judge again where they show something more."""
    seen = first.seen
    if eyes is not None and any(verdict.accuses for verdict in (first.verdict, *first.verdicts)):
        seen = portrait(seen, eyes)
    more = shown(first.sighting, seen, marks)
    # Of equal verdicts the first counts: the page as a client saw it, with what others were shown, then its download.
    pages, apps = [one for one in more if one.page], [one for one in more if not one.page]
    return judged((*pages, *sightings, *apps), brands, seen) if more else replace(first, seen=seen)


def _verdicts(sighting: Sighting, brands: Sequence[Brand]) -> dict[str, Verdict]:
    reasons = detect_all(sighting, brands)
    return {brand: judge(brand, found, _coverage(sighting, found)) for brand, found in reasons.items()}


def _coverage(sighting: Sighting, reasons: Sequence[Reason]) -> Coverage:
    """Give what is missing: what could not be seen, and what a reason says must be looked up first."""
    needs = [str(reason.facts["needs"]) for reason in reasons if reason.facts.get("needs")]
    if any(reason.code in {"official_channel", "official_app"} for reason in reasons):
        return Coverage()
    return Coverage(tuple(dict.fromkeys((*sighting.missing, *needs))))


def _gravity(verdict: Verdict) -> tuple[int, int, bool, str]:
    """Sort key; of two that could not be seen whole, the one that says what was seen comes first."""
    return GRAVEST.index(verdict.label), -verdict.score, not verdict.reasons, verdict.brand


def _text(target: str, detail: Mapping[str, object]) -> Sighting:
    title, speaker = str(detail.get("title") or ""), str(detail.get("sender") or "")
    return replace(examine_text(target, title=title, speaker=speaker), detail=dict(detail))


def _afar(
    kind: str,
    locator: str,
    detail: Mapping[str, object],
    brands: Sequence[Brand],
    eyes: Eyes | None,
    marks: Sequence[Mark],
) -> Look:
    """Look at a file that lies at an address."""
    address = str(detail.get("download") or locator)
    if eyes is None or "://" not in address:
        missing = ("file.not_fetched",)
        return judged(
            (Sighting(kind=kind, target=locator, title=str(detail.get("title") or ""), missing=missing),), brands
        )
    sightings, seen = look_at_site("url", address, detail, eyes, marks=marks)
    return judged((replace(sighting, kind=kind, target=locator) for sighting in sightings), brands, seen)
