"""How package, permissions and labels of one file are asked for. The only module that knows the product's insides."""

from dataclasses import dataclass
from pathlib import Path

from zhengben.flow.limited import ExaminationKilled, FileBytes, run_limited


@dataclass(frozen=True)
class Seen:
    """What the product read; LOUD when it says that something was odd or could not be read."""

    package: str
    permissions: tuple[str, ...]
    labels: tuple[str, ...]
    loud: bool


def facts(path: Path) -> Seen:
    """Ask the product, in its own limited worker. Written after the sets were frozen."""
    try:
        app = run_limited("zhengben.examine.appfile:examine_app", FileBytes(path), path.name)
    except ExaminationKilled as stop:
        return Seen("killed: " + stop.why, (), (), loud=True)
    labels = tuple(name.text for name in app.names)
    return Seen(app.package, tuple(app.permissions), labels, loud=bool(app.tamper or app.missing))


def agrees(seen: Seen, truth: dict[str, object]) -> bool:
    """Whether SEEN is what TRUTH says, as far as TRUTH says anything."""
    if "package" in truth and seen.package != truth["package"]:
        return False
    wanted: list[str] = truth.get("permissions", [])  # type: ignore[assignment]  # reason: a list of names
    if "permissions" in truth and set(wanted) != set(seen.permissions):
        return False
    return not truth.get("label") or truth["label"] in seen.labels
