"""What time it is for this installation: the wall clock, or in the range its virtual time.

The range's process writes `range-clock.json` into the home: when it began, in real and in virtual time, and how many
virtual seconds one real second is worth. Between two rewritings the web process reckons on from there.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

CLOCK_FILE = "range-clock.json"


def time_of(home: Path, wall: datetime, *, in_range: bool) -> datetime:
    """Give the time that holds in this home when the wall clock says `wall`."""
    if not in_range:
        return wall
    try:
        told = json.loads((home / CLOCK_FILE).read_text("utf-8"))
        real, virtual = (datetime.fromisoformat(told[key]) for key in ("began_real", "began_virtual"))
        return virtual + (wall - real) * float(told["speed"])
    except (OSError, ValueError, KeyError, TypeError):
        return wall


def stopped_at(home: Path) -> tuple[datetime, bool] | None:
    """Give the virtual time a range was last at, and whether its scenario had ended; None where none has played."""
    try:
        told = json.loads((home / CLOCK_FILE).read_text("utf-8"))
        return datetime.fromisoformat(told["began_virtual"]), float(told["speed"]) == 0
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_clock(home: Path, real: datetime, virtual: datetime, speed: float) -> None:
    """Write the range's clock, whole or not at all."""
    facts = {"began_real": real.isoformat(), "began_virtual": virtual.isoformat(), "speed": speed}
    # Written beside and moved over: the web process reads at any moment and must never meet half a file.
    draft = home / f"{CLOCK_FILE}.new"
    draft.write_text(json.dumps(facts), "utf-8")
    draft.replace(home / CLOCK_FILE)


def wall_clock() -> datetime:
    """Read the wall clock, in UTC; the only place of the web process that does."""
    return datetime.now(UTC)
