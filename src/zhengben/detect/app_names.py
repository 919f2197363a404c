"""The app carries the brand's name as its own.

In any locale, on an activity, a switched-off alias, a web clip, or in the configuration of an H5 shell.
"""

import re
from collections.abc import Iterator

from zhengben.core.appfacts import AppFacts, Name
from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import legal_class, listed
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.stretched import stretched
from zhengben.detect.uses_name import is_tool
from zhengben.names.api import Pack, find_names
from zhengben.names.hits import NameHit

SEES = ("app",)
ABOUT = re.compile(r"骗局|防骗|反诈|揭秘|曝光|投诉|维权|避坑|被骗|诈骗|举报|案例|新闻|scam|fraud|beware", re.IGNORECASE)
LATIN = re.compile(r"[a-z]+")
MANY_LABELS = 40
SOUNDS_AT, SOUNDS_WEIGHT = 60, 35
ORDER = ("application", "webclip", "infoplist", "activity", "ability", "listing", "h5", "alias", "profile")
MAX_LABEL = 60
SHORT_LABEL = 10  # characters: a longer label is a phrase, where a blank parts two words
LONG_LATIN = 7  # letters: shorter names have too many neighbours
WORDS = re.compile(r"[A-Za-z0-9|]{4,40}")
ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o", "5": "s", "3": "e", "@": "a", "4": "a"})
TOOL_WEIGHT = 30  # an account book that names the loans it reminds of: a person must look


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason for the strongest name, and one where the name is hidden from whoever reviews the app."""
    app = sighting.app
    if app is None:
        return []
    channel = listed(app, brand)
    if channel is not None and channel.role != "host":
        return []  # the package is an official one: `app_identity` says whether it is theirs
    found = [pair for pair in carried(app, brand, names) if channel is None or pair[0].place == "application"]
    about = [pair for pair in found if ABOUT.search(pair[0].text)]
    worn = [pair for pair in found if pair not in about]
    if not worn:
        return _beside(about, app, brand, names)
    if app.platform == "webclip" and app.hosts and all(own_host(host, brand) for host in app.hosts):
        return [_mentioned(*worn[0])]
    return [_claim(*worn[0], app, brand), *_hidden(app, worn)]


def carried(app: AppFacts, brand: Brand, names: Pack) -> list[tuple[Name, NameHit]]:
    """Give the names in title-like places that hold the brand's, the plainest place first."""
    labels = list(dict.fromkeys(name.text[:MAX_LABEL] for name in app.names))
    # One search over all labels together says for most apps that none needs a closer look; an app may have a hundred.
    # A short one is read by itself: there is nothing beside it that could be meant but the name.
    every = "\n\n".join([*labels, *map(_closed, labels)])
    some = bool(mentions(every, brand, names))
    alone = {label for label in labels if len(label) <= SHORT_LABEL} if len(labels) <= MANY_LABELS else set()
    hits = {label: (named if some or label in alone else _disguised)(label, brand, names) for label in labels}
    found = [(name, hit) for name in app.names if (hit := hits[name.text[:MAX_LABEL]]) is not None]
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
    wanted = {_shape(word) for word in brand.names.latin if len(word) >= LONG_LATIN}
    return next((word for word in WORDS.findall(label) if _shape(word) in wanted), "")


def _shape(word: str) -> str:
    return word.lower().translate(ALIKE)


def _hit(matched: str, label: str, brand: Brand) -> NameHit:
    start = label.find(matched)
    return NameHit(
        start=start, end=start + len(matched), matched=matched, brand=brand.id, expected=brand.names.primary,
        kind="disguised", score=80, deliberate=True,
    )  # fmt: skip


def concerns(app: AppFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether anything outside running text ties an app to a brand, so that what it does is worth telling."""
    tied = listed(app, brand) is not None or any(likeness.brand == brand.id for likeness in app.likenesses)
    return tied or bool(
        carried(app, brand, names) or _in_package(app, brand) or mentions(app.organisation, brand, names)
    )


def _facts(name: Name, hit: NameHit) -> dict[str, object]:
    characters = [
        {"index": c.index, "original": c.original, "expected": c.expected, "how": c.how} for c in hit.characters
    ]
    return {
        "where": "app", "place": name.place, "locale": name.locale, "enabled": name.enabled, "title": name.text,
        "matched": hit.matched, "deliberate": hit.deliberate, "characters": characters,
    }  # fmt: skip


def _claim(name: Name, hit: NameHit, app: AppFacts, brand: Brand) -> Reason:
    facts = {**_facts(name, hit), "legal_class": legal_class(brand)}
    none, tool = brand.has_none("app"), is_tool(name.text)
    if none is None:
        sure = _platform_known(app, brand) and not tool
        return Reason("app_uses_name", 75 if sure else 40, facts)
    since = none.since.isoformat() if none.since else ""
    return Reason(
        "no_such_app",
        TOOL_WEIGHT if tool else 80,
        {**facts, "statement": none.statement, "source": none.source, "since": since},
    )


def _platform_known(app: AppFacts, brand: Brand) -> bool:
    """Tell whether the dossier could know this app if it were genuine.

    A brand with an app may have one on a platform the dossier has not listed; out of its official store a person must
    look. An iOS app given out around the store, or an Android app, has no such excuse.
    """
    if app.platform in {"android", "webclip"} or (app.platform == "ios" and app.distribution != "store"):
        return True
    if app.platform == "harmony" and app.signed != "verified":
        return True  # the store hands out nothing unsigned, and a phone installs nothing whose signature is broken
    return any(c.platform.lower().startswith(app.platform) for c in brand.official("app") if c.role != "host")


def _beside(about: list[tuple[Name, NameHit]], app: AppFacts, brand: Brand, names: Pack) -> list[Reason]:
    """Say what there is where no label claims the name: talk about it, a like sound, a package named after it."""
    return [_mentioned(*about[0])] if about else _sounding(app, brand, names) or _in_package(app, brand)


def _sounding(app: AppFacts, brand: Brand, names: Pack) -> list[Reason]:
    """Say that a whole label sounds like the name: a person must hear it, for names may sound alike by chance."""
    for name in app.names[:MANY_LABELS]:
        label = "".join(name.text.split())
        heard = find_names(label, names, mode="wide") if 2 <= len(label) <= SHORT_LABEL else ()
        hit = next((hit for hit in heard if hit.brand == brand.id and _sounds_whole(hit, label)), None)
        if hit is not None:
            facts = {**_facts(name, hit), "legal_class": legal_class(brand)}
            return [Reason("app_uses_name", SOUNDS_WEIGHT, facts)]
    return []


def _sounds_whole(hit: NameHit, label: str) -> bool:
    return hit.kind == "homophone" and hit.score >= SOUNDS_AT and (hit.start, hit.end) == (0, len(label))


def _mentioned(name: Name, hit: NameHit) -> Reason:
    return Reason("name_in_title", 0, {"title": name.text, "matched": hit.matched, "place": name.place})


def _hidden(app: AppFacts, worn: list[tuple[Name, NameHit]]) -> list[Reason]:
    """Say where the name shows only to some: another locale, a switched-off alias, inside the shell."""
    if any(name.place == "application" and not name.locale for name, _ in worn) or app.platform == "webclip":
        return []
    name = worn[0][0]
    shown = next((n.text for n in app.names if n.place == "application" and not n.locale), "")
    if not shown:
        return []
    return [
        Reason("app_name_hidden", 10, {"title": name.text, "place": name.place, "locale": name.locale, "shown": shown})
    ]


def _in_package(app: AppFacts, brand: Brand) -> list[Reason]:
    """Say that the package name is made of the brand's Latin name: a likeness, no more."""
    words = set(LATIN.findall(app.package.lower()))
    wanted = sorted(_long(brand.names.latin))
    match = next((w for w in wanted if w in words or any(w in word and len(w) >= 7 for word in words)), "")
    return [Reason("app_package_alike", 30, {"package": app.package, "matched": match})] if match else []


def _long(latin: tuple[str, ...]) -> Iterator[str]:
    return (re.sub(r"[^a-z]", "", word.lower()) for word in latin if len(word) >= 5)
