"""Rechecks as a row of small marks: high and solid is up, low is gone, hollow is unclear."""

from collections import Counter
from collections.abc import Iterable

from zhengben.core.recheck import DOWN_STATES, UP_STATES
from zhengben.store.models import Recheck


def tone(state: str, *, sound: bool) -> str:
    """Give what one look says: `up`, `down` or `unsure`; a look whose control page failed says nothing.

    >>> tone("removed", sound=True), tone("removed", sound=False), tone("timeout", sound=True)
    ('down', 'unsure', 'unsure')
    """
    # The control page failed: this vantage could not see anything at all, so what it says of the target is nothing.
    if not sound:
        return "unsure"
    return "down" if state in DOWN_STATES else "up" if state in UP_STATES else "unsure"


def ticks(looks: Iterable[Recheck]) -> list[dict[str, object]]:
    """Shape looks, in the order given."""
    return [
        {
            "at": look.at,
            "vantage": look.vantage,
            "profile": look.profile,
            "state": look.state,
            "control_ok": look.control_ok,
            "tone": tone(look.state, sound=look.control_ok),
        }
        for look in looks
    ]


def count(looks: Iterable[dict[str, object]]) -> dict[str, int]:
    """Count the marks by what they say."""
    counted = Counter(str(look["tone"]) for look in looks)
    return {name: counted[name] for name in ("up", "down", "unsure")}
