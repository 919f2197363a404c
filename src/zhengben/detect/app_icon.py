"""The app's icon looks like a mark of the brand's: a likeness for a person to look at, never an accusation alone."""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import listed
from zhengben.names.api import Pack

SEES = ("app",)
ALIKE_AT = 0.90  # measured in benchmarks/apps.py: at most 1 % of unlike icons of ordinary detail reach it


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give the best likeness between any icon variant and any mark of the dossier."""
    del names
    app = sighting.app
    if app is None or listed(app, brand) is not None:
        return []
    found = [likeness for likeness in app.likenesses if likeness.brand == brand.id and likeness.score >= ALIKE_AT]
    if not found:
        return []
    best = max(found, key=lambda likeness: likeness.score)
    facts = {"mark": best.file, "icon": best.icon, "place": best.place, "score": round(best.score, 2)}
    return [Reason("app_icon_alike", 35, facts)]
