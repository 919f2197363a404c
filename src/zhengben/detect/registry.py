"""Finds the detectors: every file of this room that has `SEES` and `detect`, in the order of their names.

`SEES` names what a detector wants: kinds of lead, `page`, `app`, or `*` for everything. Adding one is adding a file.
"""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from zhengben import detect
from zhengben.core.brand import Brand
from zhengben.core.reasons import role
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack, pack

Detect = Callable[[Sighting, Brand, Pack], list[Reason]]


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector: the name of its file, what it wants to see, and its function."""

    name: str
    sees: frozenset[str]
    detect: Detect

    def wants(self, sighting: Sighting) -> bool:
        """Tell whether this detector looks at such a sighting."""
        seen = {"*", sighting.kind}
        seen |= {"page"} if sighting.page else set()
        seen |= {"app"} if sighting.app else set()
        return bool(self.sees & seen)


@cache
def detectors() -> tuple[Detector, ...]:
    """Load every detector file of this room, once."""
    found = []
    for entry in sorted(pkgutil.iter_modules(detect.__path__), key=lambda e: e.name):
        module = importlib.import_module(f"{detect.__name__}.{entry.name}")
        if hasattr(module, "SEES") and hasattr(module, "detect"):
            found.append(Detector(entry.name, frozenset(module.SEES), module.detect))
    return tuple(found)


def detect_all(sighting: Sighting, brands: Sequence[Brand]) -> dict[str, list[Reason]]:
    """Ask every detector about every brand; give the reasons by brand id, every brand present, perhaps with none.

    Raises KeyError for a reason whose code is not in `core.reasons`.
    """
    names = pack(tuple(brands))
    reasons: dict[str, list[Reason]] = {brand.id: [] for brand in brands}
    for detector in detectors():
        if detector.wants(sighting):
            for brand in brands:
                reasons[brand.id] += [_known(reason) for reason in detector.detect(sighting, brand, names)]
    return reasons


def _known(reason: Reason) -> Reason:
    role(reason.code)
    return reason
