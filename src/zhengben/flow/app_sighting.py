"""The sighting of an app file: examined in a limited worker, beside the brands' marks where the caller has them."""

from collections.abc import Sequence
from typing import Any, Protocol

from zhengben.core.appfacts import AppFacts, Mark
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Verdict
from zhengben.examine.indicators import find_contacts
from zhengben.flow.limited import ExaminationKilled, FileBytes, run_limited

EXAMINE = "zhengben.examine.appfile:examine_app_beside"
MAX_TEXT = 100_000
SMALL, PER_MB = 2.0, 0.03  # seconds of CPU any file gets, and more for each MiB of a big one


class Runner(Protocol):
    """Calls a function of ours in a limited worker: `limited.run_limited`, or the `run` of a pool."""

    def __call__(self, function_path: str, *args: object, cpu_s: float, wall_s: float) -> Any:
        """Give the function's result; raise ExaminationKilled where it was stopped."""
        ...


def examined_app(
    file: bytes | FileBytes, name: str, size: int, marks: Sequence[Mark] = (), *, target: str, run: Runner = run_limited
) -> Sighting:
    """Examine an app of `size` bytes; a stopped examination is a sighting with something missing, never an exception.

    `name` is the file's own, `target` what the lead points at.
    """
    cpu_s = SMALL + PER_MB * (size >> 20)
    try:
        app = run(EXAMINE, file, name, tuple(marks), cpu_s=cpu_s, wall_s=10 * cpu_s)
    except ExaminationKilled as killed:
        return Sighting(kind="app_file", target=target, missing=(f"app.stopped_{killed.why}",))
    return app_sighting(app, target)


def app_sighting(app: AppFacts, target: str) -> Sighting:
    """Give the sighting of an app that was examined."""
    names = tuple(dict.fromkeys(name.text for name in app.names if name.text))
    text = "\n".join((*names, app.description, *app.strings, *app.urls))[:MAX_TEXT]
    inside = [Contact(kind=found.kind, value=found.value, raw=found.raw) for found in app.contacts]
    known = {(contact.kind, contact.value) for contact in inside}
    inside += [contact for contact in find_contacts(text) if (contact.kind, contact.value) not in known]
    return Sighting(
        kind="app_file", target=target, title=names[0] if names else "", text=text, speaker=app.organisation, app=app,
        contacts=tuple(inside), missing=app.missing,
    )  # fmt: skip


def accusing_title(sighting: Sighting, verdict: Verdict) -> str:
    """Give the title a case is shown under: of an app the label that accuses it, perhaps that of one locale alone."""
    if sighting.app is None:
        return sighting.title
    told = [reason for reason in verdict.reasons if reason.weight > 0 and reason.facts.get("where") == "app"]
    worst = max(told, key=lambda reason: reason.weight, default=None)
    return str(worst.facts.get("title") or sighting.title) if worst is not None else sighting.title
