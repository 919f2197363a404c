"""The brand's name on an app: which of its labels hold it, read more widely than running text."""

import re

from zhengben.core.appfacts import AppFacts, Name
from zhengben.core.brand import Brand
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.stretched import stretched
from zhengben.names.api import Pack
from zhengben.names.hits import NameHit

MANY_LABELS = 40
SHORT_LABEL = 10  # characters: a longer label is a phrase, where a blank parts two words
_ABOUT = listed("app_about")
ORDER = ("application", "webclip", "infoplist", "activity", "ability", "listing", "h5", "alias", "profile")
_MAX_LABEL = 60
_LONG_LATIN = 7  # letters: shorter names have too many neighbours
_WORDS = re.compile(r"[A-Za-z0-9|]{4,40}")
_ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "3": "e", "@": "a", "4": "a"})


def carried(app: AppFacts, brand: Brand, names: Pack) -> list[tuple[Name, NameHit]]:
    """Give the names in title-like places that hold the brand's, the plainest place first."""
    labels = list(dict.fromkeys(name.text[:_MAX_LABEL] for name in app.names))
    # One search over all labels together says for most apps that none needs a closer look; an app may have a hundred.
    # A short one is read by itself: there is nothing beside it that could be meant but the name.
    every = "\n\n".join([*labels, *map(_closed, labels)])
    some = bool(mentions(every, brand, names))
    alone = {label for label in labels if len(label) <= SHORT_LABEL} if len(labels) <= MANY_LABELS else set()
    hits = {label: (named if some or label in alone else _disguised)(label, brand, names) for label in labels}
    found = [(name, hit) for name in app.names if (hit := hits[name.text[:_MAX_LABEL]]) is not None]
    return sorted(
        found, key=lambda pair: (ORDER.index(pair[0].place) if pair[0].place in ORDER else 99, pair[0].locale)
    )


def named(label: str, brand: Brand, names: Pack) -> NameHit | None:
    """Give where a label holds the brand's name; a label is short and meant as a name, so it is read more widely.

    Blanks between the characters, other words set inside the name, and figures for the letters of a Latin name count
    here, although in running text they would mean nothing.
    """
    hits = mentions(label, brand, names) or mentions(_closed(label), brand, names)
    return hits[0] if hits else _disguised(label, brand, names)


def _closed(label: str) -> str:
    """Give a short label without its blanks; nothing for one that has none, or that is a phrase."""
    closed = "".join(label.split())
    return closed if closed != label and len(closed) <= SHORT_LABEL else ""


def _disguised(label: str, brand: Brand, names: Pack) -> NameHit | None:
    del names
    matched = stretched(label, brand) or _figured(label, brand)
    return _hit(matched, label, brand) if matched else None


def _figured(label: str, brand: Brand) -> str:
    """Give a word of the label that is one of the brand's Latin names but for figures that look like its letters.

    >>> from zhengben.core.brand import Brand, Names
    >>> brand = Brand(id="b", owner="o", finance=True, names=Names(primary="微粒贷", latin=("weilidai",)))
    >>> _figured("WeI1idai Loan", brand), _figured("weekday", brand)
    ('WeI1idai', '')
    """
    wanted = {_shape(word) for word in brand.names.latin if len(word) >= _LONG_LATIN}
    return next((word for word in _WORDS.findall(label) if _shape(word) in wanted), "")


def _shape(word: str) -> str:
    return word.lower().translate(_ALIKE)


def _hit(matched: str, label: str, brand: Brand) -> NameHit:
    start = label.find(matched)
    return NameHit(
        start=start, end=start + len(matched), matched=matched, brand=brand.id, expected=brand.names.primary,
        kind="disguised", score=80, deliberate=True,
    )  # fmt: skip


def about(label: str) -> bool:
    """Tell whether a label speaks of fraud or news instead of being a name.

    >>> about("假微粒贷骗局揭秘"), about("微粒贷极速版")
    (True, False)
    """
    return bool(_ABOUT.search(label))
