"""What stops a notice. A wrong one costs a stranger their business: every stop has a code, nothing overrides it.

Rules: 民法典 第1195条 (prima-facie evidence, real identity of the right holder), 商标法 第39、40条 (term, renewal),
电子商务法 第42条 (double damages for a malicious wrong notice). The words for each code are in `locale`, under `stop`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zhengben.core.brand import Brand, Right
from zhengben.core.verdict import ACCUSING, Label


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason why a notice may not go out: a code and plain facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is known about a notice at the moment somebody wants to approve or send it.

    `renewals` are rights entered after the dossier was written; `official` tells whether the target is in the dossier;
    `in_range` lets rights invented for the training range count, which they never do elsewhere. `purpose` is one of
    `core.notice.PURPOSES`; `down` tells that the target is verified down.
    """

    label: Label
    official: bool
    sealed_capture: bool
    drafted_by: str
    approved_by: str
    renewals: tuple[Right, ...] = ()
    in_range: bool = False
    purpose: str = "complaint"
    down: bool = False


def valid_rights(
    brand: Brand, day: date, renewals: Sequence[Right] = (), *, in_range: bool = False
) -> tuple[Right, ...]:
    """Give the rights in force on a day that may be relied on: in term, held by the owner or licensed, not invented."""
    return tuple(
        right
        for right in (*brand.rights, *renewals)
        if right.valid_on(day) and (in_range or not right.invented) and _held(right, brand)
    )


def gate(brand: Brand, request: Request, day: date) -> tuple[Stop, ...]:
    """Give every stop that stands against a notice on that day; an empty tuple lets it pass.

    A letter that takes a notice back is stopped by nothing but a missing second person.
    """
    if request.purpose == "retraction":
        return tuple(_people(request))
    stops: list[Stop] = []
    if request.official:
        stops.append(Stop("official_target"))
    if request.label not in ACCUSING:
        stops.append(Stop("not_accused", {"label": request.label.value}))
    if not request.sealed_capture:
        stops.append(Stop("no_sealed_capture"))
    if request.down:
        stops.append(Stop("already_down"))
    stops += _people(request)
    if not valid_rights(brand, day, request.renewals, in_range=request.in_range):
        stops.append(_no_right(brand, day, request))
    return tuple(stops)


def _held(right: Right, brand: Brand) -> bool:
    return not right.holder or right.holder == brand.owner or right.standing == "licence"


def _people(request: Request) -> list[Stop]:
    if not request.drafted_by or not request.approved_by:
        return [Stop("second_person_missing", {"drafted_by": request.drafted_by})]
    if request.drafted_by == request.approved_by:
        return [Stop("same_person", {"person": request.drafted_by})]
    return []


def _no_right(brand: Brand, day: date, request: Request) -> Stop:
    """Say why no right can be relied on, naming the one that ended last."""
    rights = [r for r in (*brand.rights, *request.renewals) if request.in_range or not r.invented]
    if not rights:
        return Stop("no_right", {"brand": brand.names.primary})
    dated = [r for r in rights if r.valid_to is not None]
    if not dated:
        return Stop("right_without_term", {"number": rights[0].number})
    return _ended_or_anothers(brand, day, max(dated, key=lambda r: r.valid_to or day))


def _ended_or_anothers(brand: Brand, day: date, last: Right) -> Stop:
    if last.valid_to is not None and last.valid_to < day:
        return Stop(
            "right_ended", {"number": last.number, "valid_to": last.valid_to.isoformat(), "day": day.isoformat()}
        )
    return Stop("right_not_held", {"number": last.number, "holder": last.holder, "owner": brand.owner})
