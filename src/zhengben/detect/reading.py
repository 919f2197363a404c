"""What a text does to its reader, read once for one brand and shared by every detector of texts.

An act counts (`live`) only where it is meant: not negated, quoted and disowned, or told of somebody else. How the whole
text stands to the matter (warning, news, complaint, question) is counted apart, and never outweighs an act that comes
with a way to reach whoever wrote it: otherwise an advertisement could buy itself free with a caution.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.detect import lexicon as lex
from zhengben.detect.masked import BRAND, PUBLIC, REACH, Masked, mask
from zhengben.detect.mention import mentions
from zhengben.detect.public_service import own_or_public
from zhengben.detect.scope import Scopes
from zhengben.names.api import Pack

CAUTIOUS = 2  # words of warning, news or complaint from which an act without any contact is not held against a text
WARY = 4  # and from which a contact must stand beside the act
BESIDE = 60  # characters that are beside
NEAR = 120  # characters between an act and the contact it comes with
MANY = 40  # matches of one pattern that are looked at

_ACTS = {
    "app_offer": lex.APP_OFFER,
    "signature": lex.SIGNATURE,
    "introduces": lex.INTRODUCES,
    "official_claim": lex.OFFICIAL_CLAIM,
    "addresses": lex.ADDRESSES,
    "trade": lex.TRADE_STRONG,
    "trade_weak": lex.TRADE_WEAK,
    "seller": lex.SELLER,
    "reach_words": lex.REACH_WORDS,
    "fee": lex.FEE,
    "secret": lex.SECRET,
    "lure": lex.LURE,
    "pressure": lex.PRESSURE,
    "demand": lex.DEMAND,
}
_STANCES = {"complaint": lex.COMPLAINT, "warning": lex.WARNING, "news": lex.NEWS, "comparison": lex.COMPARISON}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is, its span in the original, and why it is not meant (empty where it is)."""

    name: str
    start: int
    end: int
    muted: str = ""


@dataclass(frozen=True)
class Reading:
    """One text read for one brand."""

    masked: Masked
    scopes: Scopes

    @cached_property
    def names_brand(self) -> bool:
        """Tell whether the brand is named at all."""
        return BRAND in self.masked.text

    @cached_property
    def acts(self) -> dict[str, tuple[Act, ...]]:
        """Give every act by name, live or muted."""
        return {name: tuple(self._find(name, pattern)) for name, pattern in _ACTS.items()}

    @cached_property
    def contacts(self) -> tuple[Act, ...]:
        """Give the contacts that are neither the brand's nor a public service."""
        return tuple(self._find("contact", re.compile(REACH)))

    @cached_property
    def stances(self) -> dict[str, int]:
        """Count how often the text warns, reports, complains, compares; an advertisement's own cautions do not count."""
        plain = lex.CAUTION_OF_ADS.sub(" ", self.masked.text)
        counts = {name: len(pattern.findall(plain)) for name, pattern in _STANCES.items()}
        counts["question"] = len(lex.QUESTION.findall(plain))
        counts["explains"] = len(lex.EXPLAINS.findall(plain))
        return counts

    @cached_property
    def stance(self) -> int:
        """Give how strongly the text stands beside the matter: warnings, news and complaints together."""
        return self.stances["warning"] + self.stances["news"] + self.stances["complaint"]

    @cached_property
    def only_public(self) -> bool:
        """Tell whether the text leads to the brand's own or public contacts and to no other."""
        return PUBLIC in self.masked.text and not self.contacts

    def live(self, *names: str) -> tuple[Act, ...]:
        """Give the acts of these names that are meant."""
        return tuple(act for name in names for act in self.acts[name] if not act.muted)

    def reaches(self, act: Act | None = None) -> tuple[Act, ...]:
        """Give the live contacts near an act, or all live ones."""
        alive = tuple(c for c in self.contacts if not c.muted)
        if act is None:
            return alive
        return tuple(c for c in alive if c.start - NEAR <= act.end and act.start <= c.end + NEAR)

    def _find(self, name: str, pattern: re.Pattern[str]) -> Iterator[Act]:
        for count, match in enumerate(pattern.finditer(self.masked.text)):
            if count >= MANY:
                return
            if match.end() > match.start():
                start, end = self.masked.span(match.start(), match.end())
                yield Act(name, start, end, self.scopes.muted(match.start(), match.end()))


def read(sighting: Sighting, brand: Brand, names: Pack) -> Reading:
    """Read the text of a sighting for a brand; remembered for the last few texts."""
    marks = tuple(
        (c.start, c.end, PUBLIC if own_or_public(c, brand) else REACH) for c in sighting.contacts if c.start >= 0
    )
    named = tuple((hit.start, hit.end, BRAND) for hit in mentions(sighting.text, brand, names))
    return _read(sighting.text, tuple(sorted(marks + named)))


@lru_cache(maxsize=64)
def _read(text: str, marks: tuple[tuple[int, int, str], ...]) -> Reading:
    masked = mask(text, marks)
    return Reading(masked, Scopes(masked.text))


def read_words(text: str, brand: Brand, names: Pack) -> Reading:
    """Read words that stand alone, such as a title, without contacts."""
    return _read(text, tuple((hit.start, hit.end, BRAND) for hit in mentions(text, brand, names)))


def in_earnest(reading: Reading, act: Act) -> bool:
    """Tell whether a live act may be held against a text as a whole.

    One that comes with a contact always may; the more the text warns, the nearer the contact must stand. One without
    any contact may only where the text does not also warn, report, complain or ask.
    """
    reached = reading.reaches(act)
    if reached:
        return reading.stance < WARY or any(abs(c.start - act.end) <= BESIDE for c in reached)
    if reading.stance >= CAUTIOUS or reading.only_public and reading.stance:
        return False
    return not reading.stances["question"] or bool(reading.live("reach_words", "seller"))


def leading(reading: Reading) -> str:
    """Give the stance the text shows most of, complaints before warnings before news; empty where there is none."""
    counts = reading.stances
    order = ("complaint", "warning", "news")
    most = max(order, key=lambda name: (counts[name], -order.index(name)))
    if counts[most]:
        return most
    return next((name for name in ("question", "comparison") if counts[name]), "")
