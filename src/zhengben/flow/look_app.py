"""Look at app files: examined in limited workers straight from the disk, held against the brands' marks, and judged."""

from collections.abc import Sequence
from pathlib import Path

from zhengben.core.appfacts import AppFacts, Mark
from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.examine.indicators import find_contacts
from zhengben.flow.limited import ExaminationKilled, FileBytes, Pool
from zhengben.flow.look import Look, judged

EXAMINE = "zhengben.examine.appfile:examine_app_beside"
PRINT = "zhengben.examine.appicon:print_of"
MAX_TEXT = 100_000
SMALL, PER_MB = 2.0, 0.03  # seconds of CPU any file gets, and more for each MiB of a big one


def look_at_app(path: Path, brands: Sequence[Brand], marks: Sequence[Mark], pool: Pool) -> Look:
    """Look at one app file on disk; a stopped examination is a look with something missing, never an exception.

    Raises OSError where the file cannot be read at all.
    """
    cpu_s = SMALL + PER_MB * (path.stat().st_size >> 20)
    try:
        app = pool.run(EXAMINE, FileBytes(path), path.name, tuple(marks), cpu_s=cpu_s, wall_s=10 * cpu_s)
    except ExaminationKilled as killed:
        blind = Sighting(kind="app_file", target=str(path), missing=(f"app.stopped_{killed.why}",))
        return judged((blind,), brands)
    return judged((app_sighting(app, str(path)),), brands)


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


def brand_marks(brands: Sequence[Brand], folder: Path, pool: Pool) -> tuple[Mark, ...]:
    """Make prints of the symbols the dossiers name; a picture that cannot be read is left out."""
    found = []
    for brand in brands:
        for logo in brand.logos:
            path = folder / logo.file
            if logo.kind == "symbol" and path.is_file():
                try:
                    looks = pool.run(PRINT, path.read_bytes())
                except ExaminationKilled:
                    continue
                found.append(Mark(brand=brand.id, file=logo.file, looks=looks))
    return tuple(found)
