"""Reading apps: what was last seen of one, and which cases come from one hand by the prints they share. Read-only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from zhengben.detect.app_kinship import shared_prints, telling
from zhengben.store.models import AppPrint, Case, Sighting

MOST_ROWS = 5000  # shared prints looked at for one case, the newest leads first
HONEST = ("official", "unrelated")  # labels of leads whose prints are everybody's: a common base, a stock icon
OF_A_HAND = frozenset({"signer", "contact"})  # what stays telling even where an honest app has it too


@dataclass(frozen=True, slots=True)
class Kin:
    """A case that shares prints with another, and which."""

    case: Case
    shared: tuple[str, ...]


def last_app(leads: Sequence[int]) -> Sighting | None:
    """Give the newest sighting of these leads in which an app was examined; later looks may have found it gone."""
    return Sighting.objects.filter(lead__in=leads, facts__app__platform__isnull=False).order_by("-pk").first()


def kin_of(leads: Sequence[int], limit: int = 20) -> tuple[Kin, ...]:
    """Give the cases of other leads whose apps share enough with those of these leads, the most alike first."""
    own = set(Case.objects.filter(leads__in=leads).values_list("pk", flat=True))
    mine = _less_common(set(AppPrint.objects.filter(lead__in=leads).values_list("value", flat=True)[:MOST_ROWS]))
    rows = AppPrint.objects.filter(value__in=mine, lead__case__isnull=False).exclude(lead__case__in=own)
    theirs: dict[int, set[str]] = defaultdict(set)
    for case, value in rows.order_by("-lead").values_list("lead__case", "value")[:MOST_ROWS]:
        theirs[case].add(value)
    shared = {case: found for case, values in theirs.items() if (found := shared_prints(mine, values))}
    known = Case.objects.in_bulk(list(shared))
    kin = [Kin(known[case], prints) for case, prints in shared.items()]
    return tuple(sorted(kin, key=lambda one: (-len(one.shared), -one.case.pk))[:limit])


def _less_common(prints: set[str]) -> set[str]:
    """Leave out what honest apps carry too, such as the code of a packaging platform."""
    doubtful = [one for one in prints if one.partition(":")[0] not in OF_A_HAND]
    honest = AppPrint.objects.filter(value__in=doubtful, lead__label__in=HONEST).values_list("value", flat=True)
    return {one for one in prints if telling(one)} - set(honest)
