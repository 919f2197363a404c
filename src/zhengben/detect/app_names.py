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
from zhengben.detect.app_labels import MANY_LABELS, SHORT_LABEL, about, carried
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.title_words import is_tool
from zhengben.names.api import Pack, find_names
from zhengben.names.hits import NameHit

SEES = ("app",)
LATIN = re.compile(r"[a-z]+")
SOUNDS_AT, SOUNDS_WEIGHT = 60, 35
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
    told = [pair for pair in found if about(pair[0].text)]
    worn = [pair for pair in found if pair not in told]
    if not worn:
        return _beside(told, app, brand, names)
    if app.platform == "webclip" and app.hosts and all(own_host(host, brand) for host in app.hosts):
        return [_mentioned(*worn[0])]
    return [_claim(*worn[0], app, brand), *_hidden(app, worn)]


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


def _beside(told: list[tuple[Name, NameHit]], app: AppFacts, brand: Brand, names: Pack) -> list[Reason]:
    """Say what there is where no label claims the name: talk about it, a like sound, a package named after it."""
    return [_mentioned(*told[0])] if told else _sounding(app, brand, names) or _in_package(app, brand)


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
