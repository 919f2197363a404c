"""Holding the record of a drill against the truth of its world: the contract's summary. Nothing here is fed back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from zhengben.core.verdict import ACCUSING
from zhengben.evidence.log import BrokenLogError
from zhengben.evidence.verify import verify_package
from zhengben.flow.drill_outside import Outside
from zhengben.range.thing import Thing
from zhengben.range.world import World
from zhengben.store.events import ledger_ok
from zhengben.store.keys import host_of, target_key
from zhengben.store.models import Case, Event, Exhibit, Lead, Notice

ACCUSED = tuple(label.value for label in ACCUSING)


@dataclass(slots=True)
class Index:
    """Which thing of the world a lead or a case is about."""

    by_key: dict[tuple[str, str], Thing] = field(default_factory=dict)
    by_host: dict[str, Thing] = field(default_factory=dict)
    by_mark: dict[str, Thing] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World) -> "Index":
        """Index everything planted."""
        index = cls()
        for thing in world.things.values():
            index.by_key[thing.kind, target_key(thing.kind, thing.locator)] = thing
            for place in thing.places:
                index.by_key["url", target_key("url", place.url)] = thing
            if thing.owns_host or thing.kind == "text":
                index.by_host |= dict.fromkeys(thing.hosts, thing)
            index.by_mark |= dict.fromkeys(thing.also, thing)
        return index

    def find(self, kind: str, locator: str) -> Thing | None:
        """Give the thing behind a locator, or None for something the world knows nothing of."""
        host = host_of(kind, locator) or host_of("url", locator)
        return (
            self.by_key.get((kind, target_key(kind, locator)))
            or self.by_key.get(("url", target_key("url", locator)))
            or self.by_host.get(host)
            or self.by_mark.get(host)
            or self.by_mark.get(locator)
        )


def summary(world: World, outside: Outside) -> dict[str, object]:
    """Give the contract's summary; all but `elapsed_s`."""
    index = Index.of(world)
    duplicates, unapproved = _mail(world, outside)
    return {
        "scenario": world.scenario.name,
        "seed": world.seed,
        "days": world.scenario.days,
        **_seen_figures(world, index),
        "notices_sent": sum(1 for one in world.received if one.thing or one.life == 0),
        "duplicate_notices": duplicates,
        **_down_figures(world, index),
        "unapproved_sends": unapproved,
        "captures": sum(eyes.captures for eyes in outside.eyes.values()),
        "ledger_ok": ledger_ok() and _log_ok(outside) and _packages_ok(outside),
    }


def _seen_figures(world: World, index: Index) -> dict[str, object]:
    """Give what was planted, what of it was found, and who was accused wrongly."""
    labels = _labels(index)
    impostors = [thing for thing in world.things.values() if thing.impostor]
    missed = [thing for thing in impostors if labels.get(thing.id, "") not in ACCUSED]
    return {
        "planted": dict(sorted(_by_kind(impostors).items())),
        "found": dict(sorted((_by_kind(impostors) - _by_kind(missed)).items())),
        "missed": [_missed(thing, labels) for thing in missed],
        "decoys": len(world.things) - len(impostors),
        "accused_decoys": _accused(index),
    }


def _by_kind(things: Iterable[Thing]) -> Counter[str]:
    return Counter(thing.kind for thing in things)


def _down_figures(world: World, index: Index) -> dict[str, object]:
    """Give what was seen to be down, what of it was not, and which of those that came back were noticed."""
    downs = _downs(index)
    returned = [(name, at) for name, at in world.returned if any(n == name and when < at for n, when in downs)]
    return {
        "verified_down": len({name for name, _ in downs}),
        "false_down": sorted({name for name, at in downs if name in world.things and world.things[name].is_up(at)}),
        "relapses_planted": len(returned),
        "relapses_found": _relapses(index, returned),
    }


def _labels(index: Index) -> dict[str, str]:
    """Give the gravest label each thing was given."""
    gravity = ("", "unrelated", "mention", "official", "unknown", "lookalike", "scam", "impersonation")
    labels: dict[str, str] = {}
    for kind, locator, label in Lead.objects.values_list("kind", "locator", "label"):
        thing = index.find(kind, locator)
        if thing is not None and gravity.index(label) > gravity.index(labels.get(thing.id, "")):
            labels[thing.id] = label
    return labels


def _missed(thing: Thing, labels: dict[str, str]) -> dict[str, str]:
    return {
        "id": thing.id,
        "kind": thing.kind,
        "sort": thing.sort,
        "verdict": labels.get(thing.id, "never looked at"),
        "locator": thing.locator,
    }


def _accused(index: Index) -> list[dict[str, str]]:
    """Give every accused target that is no impostor, strangers included."""
    rows = []
    for kind, locator, label in Lead.objects.filter(label__in=ACCUSED).order_by("pk").values_list(
        "kind", "locator", "label"
    ):  # fmt: skip
        thing = index.find(kind, locator)
        if thing is None or not thing.impostor:
            rows.append({"id": thing.id if thing else "stranger", "kind": kind, "verdict": label, "locator": locator})
    return rows


def _events(index: Index, *verbs: str) -> list[tuple[str, datetime]]:
    """Give (thing or case number, moment) of case events with these verbs."""
    cases = {case.pk: case for case in Case.objects.all()}
    found = []
    for subject_id, at in (
        Event.objects.filter(subject="case", verb__in=verbs).order_by("seq").values_list("subject_id", "at")
    ):
        case = cases[subject_id]
        thing = index.find(case.kind, case.locator)
        found.append((thing.id if thing else case.number, at))
    return found


def _downs(index: Index) -> list[tuple[str, datetime]]:
    return _events(index, "verify_down", "vanish")


def _relapses(index: Index, returned: list[tuple[str, datetime]]) -> int:
    seen = _events(index, "relapse")
    return sum(any(name == thing and at >= when for thing, at in seen) for name, when in returned)


def _mail(world: World, outside: Outside) -> tuple[int, int]:
    """Count letters that came twice, and letters that no second person had approved."""
    keys: Counter[str] = Counter()
    texts: Counter[tuple[str, str, int, str]] = Counter()
    unapproved = 0
    notices = {notice.key: notice for notice in Notice.objects.all()}
    for one in world.received:
        keys[one.letter.message_id] += 1
        texts[one.letter.to, one.thing, one.life, one.letter.digest] += 1
        notice = notices.get(outside.postmark.key_of(one.letter.message_id, tuple(notices)))
        unapproved += notice is None or not _two_people(notice)
    return max(sum(n - 1 for n in keys.values()), sum(n - 1 for n in texts.values())), unapproved


def _two_people(notice: Notice) -> bool:
    """Tell whether the ledger, and not only the row, says that a second person approved it."""
    approvers = set(
        Event.objects.filter(subject="notice", subject_id=notice.pk, verb__startswith="approve").values_list(
            "actor", flat=True
        )
    )
    return bool(notice.drafted_by) and notice.approved_by in approvers and notice.drafted_by not in approvers


def _log_ok(outside: Outside) -> bool:
    try:
        outside.log.verify()
    except BrokenLogError:
        return False
    return True


def _packages_ok(outside: Outside) -> bool:
    packages = Exhibit.objects.order_by("pk").values_list("package", flat=True)
    return all(verify_package(outside.vault.get(package)).ok for package in packages)
