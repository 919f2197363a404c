"""Rechecking: is it still there? Every look is kept; only the rules of `core.recheck` say down.

One round looks from every vantage as every client, with a control page beside it, outside any transaction; then all
looks of the round and what follows from them are written in one. After a case is down its target is watched: content
that comes back reopens the same case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhengben.core.fetched import Fetched, Profile
from zhengben.core.notice import UNSENT
from zhengben.core.recheck import (
    DOWN_STATES,
    SCHEDULE,
    UP_STATES,
    Observation,
    is_down,
    is_down_by_hand,
    next_by_hand,
)
from zhengben.flow.ports import Adapters, Vantage
from zhengben.flow.send import MAYBE_SENT
from zhengben.flow.withdraw import GONE
from zhengben.store import events
from zhengben.store.cases import OVER, exhibit_of, first_lead
from zhengben.store.ledger_check import looks_bound
from zhengben.store.models import Case, Recheck
from zhengben.takedown.rechecks import together

WATCH = timedelta(days=365)
WEEKLY_UNTIL, MONTHLY = timedelta(days=90), timedelta(days=30)
CONFIRM = timedelta(hours=12)  # between the rounds that prove a removal
LOOK_BY_HAND = "look_by_hand"
_LOOKABLE = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Looked:
    """One look of a round, with the name of its bytes in the vault."""

    observation: Observation
    artefact: str
    detail: str


def targets(case: Case) -> tuple[str, ...]:
    """Give the addresses a recheck looks at: the deep link, and the root beside it for a site."""
    if case.kind == "domain":
        return (f"https://{case.locator}/", f"http://{case.locator}/")
    return (case.locator,) if case.locator.startswith(_LOOKABLE) else ()


def recheck(case: Case, now: datetime, world: Adapters, actor: str = "") -> str:
    """Look once from everywhere, conclude, and give the verb of the conclusion: `verify_down`, `relapse`, `looked`...

    Raises StaleError where the case moved meanwhile.
    """
    who = actor or case.lease_by or world.operator
    places = targets(case)
    if not places:
        return ask_a_person(case, now, who)
    exhibit = exhibit_of(case)
    original = dict(exhibit.original) if exhibit else {}
    files = _files(case)
    looks = [look for vantage in world.vantages for look in _look(vantage, (places, files), original, now, world)]
    came_back = case.state in OVER and _came_back(case, looks, world)
    with transaction.atomic():
        events.lock_ledger()
        return conclude(case, looks, now, who, came_back=came_back)


def _look(
    vantage: Vantage,
    where: tuple[Sequence[str], Sequence[str]],
    original: dict[str, object],
    now: datetime,
    world: Adapters,
) -> Iterable[Looked]:
    """Look from one vantage as each of its clients; a control page that fails makes the looks count for nothing."""
    sound = _control(vantage, now, world)
    for profile in vantage.profiles:
        fetched = _first_answer(vantage, where[0], profile)
        handed_out = [_file_state(vantage.eyes.fetch(file, profile)) for file in where[1]]
        state = together([world.classify(fetched, original), *handed_out])
        seen = Observation(
            at=now, vantage=vantage.name, profile=profile.name, target=fetched.url, state=state, control_ok=sound
        )
        yield Looked(
            seen, world.vault.put(fetched.body) if fetched.body else "", (fetched.failure or str(fetched.status))[:300]
        )


def _files(case: Case) -> tuple[str, ...]:
    """Give the file a store's listing hands out: while it can be had, a page that is gone proves nothing."""
    lead = first_lead(case) if case.kind == "app_listing" else None
    download = str(lead.payload.get("download", "")) if lead else ""
    return (download,) if download.startswith(_LOOKABLE) else ()


def _file_state(fetched: Fetched) -> str:
    """Tell whether a file can still be had."""
    if fetched.failure:
        return "dns_gone" if fetched.failure == "dns_gone" else "unknown"
    if fetched.status == 200 and fetched.body[:2] == b"PK":
        return "up_same"
    return "removed" if fetched.status in {404, 410} else "unknown"


def _first_answer(vantage: Vantage, places: Sequence[str], profile: Profile) -> Fetched:
    """Fetch the first place that answers: a bare hostname may serve http or https only."""
    fetched = vantage.eyes.fetch(places[0], profile)
    for place in places[1:]:
        if not fetched.failure or fetched.failure == "dns_gone":
            break
        fetched = vantage.eyes.fetch(place, profile)
    return fetched


def _control(vantage: Vantage, now: datetime, world: Adapters) -> bool:
    """Tell whether the control page answers; asked once a vantage and moment, however many cases are due then."""
    page = world.control.get(vantage.name, "")
    if not page:
        return True
    asked = world.controls.get(vantage.name)
    if asked is None or asked[0] != now:
        asked = world.controls[vantage.name] = now, vantage.eyes.fetch(page, vantage.profiles[0]).complete
    return asked[1]


def _keep(case: Case, looks: Sequence[Looked]) -> dict[str, object]:
    """Write the looks down; give what binds them to the event that is concluded from them."""
    rows = Recheck.objects.bulk_create(
        Recheck(
            case=case, round=case.relapses, at=look.observation.at, vantage=look.observation.vantage,
            profile=look.observation.profile, target=look.observation.target, state=look.observation.state,
            control_ok=look.observation.control_ok, artefact=look.artefact, detail=look.detail, by=look.observation.by,
        )
        for look in looks
    )  # fmt: skip
    return looks_bound(rows)


def observations(case: Case) -> list[Observation]:
    """Give the looks of the case's present round, in order."""
    rows = Recheck.objects.filter(case=case, round=case.relapses).order_by("at", "pk")
    return [
        Observation(
            at=r.at, vantage=r.vantage, profile=r.profile, target=r.target, state=r.state, control_ok=r.control_ok,
            by=r.by, proof=r.artefact,
        )
        for r in rows
    ]  # fmt: skip


def proof_of_down(case: Case) -> str:
    """Give on whose looks it is proved that a case is down, `machine` or `people`; empty where it is not.

    What the machine can look at, the machine proves: a person's look never makes it down, though it can keep it up.
    """
    looks = observations(case)
    if targets(case):
        return "machine" if is_down(look for look in looks if not look.by or look.state in UP_STATES) else ""
    return "people" if is_down_by_hand(looks) else ""


def conclude(case: Case, looks: Sequence[Looked], now: datetime, who: str, *, came_back: bool) -> str:
    """Write down the looks of one round and what follows from them; give the verb. Call inside a transaction."""
    kept = _keep(case, looks)
    facts = {"states": sorted({look.observation.state for look in looks}), "look": case.looks + 1, **kept}
    if case.state in OVER:
        return _watch(case, now, who, facts, came_back=came_back)
    if basis := proof_of_down(case):
        return _is_down(case, now, who, {**facts, "basis": basis})
    states = {look.observation.state for look in looks}
    if case.state == "verifying" and states & UP_STATES:
        events.move(case, "still_up", now=now, actor=who, facts=facts, due_at=_next(case, now), looks=case.looks + 1)
        _hold_to_it(case, now, who)
        return "still_up"
    due_at = now + CONFIRM if states and states <= DOWN_STATES else _next(case, now)
    events.note(case, "looked", now=now, actor=who, facts=facts, due_at=due_at, looks=case.looks + 1)
    return "looked"


def _is_down(case: Case, now: datetime, who: str, facts: dict[str, object]) -> str:
    verb = "verify_down" if "verify_down" in events.verbs(case) else "vanish"
    events.move(
        case, verb, now=now, actor=who, holds=("down_rule",), facts=facts, due_at=_after_down(case, now),
        down_at=now, watch_from=now, watch_until=now + WATCH, looks=0,
    )  # fmt: skip
    _drop_drafts(case, now, who)
    return verb


def _drop_drafts(case: Case, now: datetime, who: str) -> None:
    """Withdraw what waits for people about a thing that is gone: nobody should be asked for what has happened.

    A letter of which nobody knows whether it left stays with the person who must find out.
    """
    unsent = case.notices.filter(state__in=UNSENT).exclude(purpose="retraction").exclude(trouble=MAYBE_SENT)
    for notice in unsent:
        events.move(notice, "withdraw", now=now, actor=who, facts={"why": GONE}, due_at=None)


def _hold_to_it(case: Case, now: datetime, who: str) -> None:
    """An addressee said it had acted and it is still up: its next reminder is thought of at once."""
    for notice in case.notices.filter(round=case.relapses, state="action_reported"):
        events.note(notice, "not_true", now=now, actor=who, due_at=now)


def _watch(case: Case, now: datetime, who: str, facts: dict[str, object], *, came_back: bool) -> str:
    if came_back:
        events.move(
            case, "relapse", now=now, actor=who, holds=("seen_up_again",), facts=facts, due_at=now,
            relapses=case.relapses + 1, down_at=None, closed_at=None, watch_from=now, looks=0,
        )  # fmt: skip
        return "relapse"
    if case.state == "down" and case.watch_until is not None and now >= case.watch_until:
        events.move(case, "close", now=now, actor=who, holds=("watch_over",), facts=facts, due_at=None, closed_at=now)
        return "close"
    due_at = None if case.state == "closed" else _next(case, now)
    events.note(case, "watched", now=now, actor=who, facts=facts, due_at=due_at, looks=case.looks + 1)
    return "watched"


def _came_back(case: Case, looks: Sequence[Looked], world: Adapters) -> bool:
    """Tell whether it is up again: the same content, or something a new look accuses (a parking page is neither)."""
    states = {look.observation.state for look in looks if look.observation.control_ok}
    if "up_same" in states:
        return True
    if not states & UP_STATES:
        return False
    lead = first_lead(case)
    if lead is None:
        return False
    again = world.look(lead.kind, lead.locator, lead.payload)
    return any(verdict.accuses and verdict.brand == case.brand for verdict in again.verdicts)


def _next(case: Case, now: datetime) -> datetime:
    """Give the next look: by the schedule from the last turning point, then weekly to 90 days, then monthly."""
    start = case.watch_from or case.sealed_at or case.opened_at
    if not targets(case):
        return next_by_hand(start, now, over=case.state in OVER)
    for wait in SCHEDULE:
        if start + wait > now:
            return start + wait
    return now + (timedelta(days=7) if now - start < WEEKLY_UNTIL else MONTHLY)


def _after_down(case: Case, now: datetime) -> datetime:
    return now + SCHEDULE[0] if targets(case) else next_by_hand(now, now, over=True)


def ask_a_person(case: Case, now: datetime, who: str) -> str:
    """A message, a number or a name cannot be fetched again: say that a person must look, or that the watch is over.

    Before anybody was complained to nobody is sent to look; the case only comes back to have its letters drafted. A
    case that is down waits for a look as well, but no longer than it is watched: then it closes, looked at or not.
    """
    if case.state == "down" and case.watch_until is not None and now >= case.watch_until:
        with transaction.atomic():
            return _watch(case, now, who, {}, came_back=False)
    waits = case.state in {"complained", "verifying", "down"}
    with transaction.atomic():
        if waits:
            events.note(
                case, "look_by_hand", now=now, actor=who, facts={"kind": case.kind}, needs_human=True,
                trouble=LOOK_BY_HAND, due_at=case.watch_until if case.state == "down" else None,
            )  # fmt: skip
        else:
            due_at = None if case.state == "closed" else _next(case, now)
            events.note(case, "unwatchable", now=now, actor=who, facts={"kind": case.kind}, due_at=due_at)
    return "look_by_hand" if waits else "unwatchable"
