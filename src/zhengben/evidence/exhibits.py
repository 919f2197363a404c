"""From a look at a target to an exhibit and its sealed file: what `zhengben check --seal DIR` leaves behind.

A look is anything with `sighting`, `verdicts` and `seen` (the flow's own look is one); an app file or a text has no
`seen` of its own and is handed in as the file it is.
"""

import errno
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.core.brand import Brand
from zhengben.core.fetched import Seen
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Verdict
from zhengben.evidence.environment import describe, tools
from zhengben.evidence.exhibit import Attached, Exhibit, Operator, Step
from zhengben.evidence.seal import number, seal

_FACTS = ("kind", "target", "title", "host", "speaker", "missing")


class Look(Protocol):
    """What was seen of one target, and what was made of it."""

    @property
    def sighting(self) -> Sighting:
        """Give the facts."""
        ...

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """Give one verdict a brand that was considered."""
        ...

    @property
    def seen(self) -> Seen | None:
        """Give the bytes brought home, or None where nothing was fetched."""
        ...


def exhibit_of(
    look: Look,
    operator: Operator,
    began: datetime,
    now: datetime,
    *,
    files: Sequence[Attached] = (),
    brand: Brand | None = None,
    case: str = "",
) -> Exhibit:
    """Give the exhibit of one look; `files` are the target itself where it is a file or a text.

    A text that was given on the command line is kept as a file of its own, so that a package is never empty of its
    subject.
    """
    sighting, seen = look.sighting, look.seen or Seen()
    kept = tuple(files) or _itself(sighting, seen)
    return Exhibit(
        target=sighting.target,
        kind=sighting.kind,
        case=case,
        brand=brand.id if brand else next((v.brand for v in look.verdicts if v.brand), ""),
        brand_digest=brand.digest if brand else "",
        operator=operator,
        steps=_steps(seen, kept, began, now),
        fetched=seen.fetched,
        captured=seen.captured,
        files=kept,
        verdicts=tuple(look.verdicts),
        sighting=_facts(sighting),
        environment=describe(),
        tools=tools(),
    )


def leave(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, folder: Path) -> Path:
    """Seal an exhibit into `folder` under its evidence number; give the path. Raises OSError in one clear line."""
    package = seal(exhibit, key, now)
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{number(package)}.zip"
    handle, name = tempfile.mkstemp(dir=folder, prefix=".sealing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(package)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except OSError as error:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        if error.errno == errno.ENOSPC:
            what = f"no room for a package of {len(package)} bytes; nothing was left: free space and try again"
            raise OSError(error.errno, what, str(folder)) from error
        raise
    return place


def _itself(sighting: Sighting, seen: Seen) -> tuple[Attached, ...]:
    if seen.fetched or seen.captured:
        return ()
    return (
        Attached(
            "target.txt", "text/plain; charset=utf-8", (sighting.text or sighting.target).encode("utf-8", "replace")
        ),
    )


def _steps(seen: Seen, kept: Sequence[Attached], began: datetime, now: datetime) -> tuple[Step, ...]:
    """Give the steps; looks carry no time of their own, so all stand between the first and the last moment."""
    steps = [Step(began, "begin", {"files": len(kept)})]
    steps += [
        Step(now, "fetch", {"url": one.url, "profile": one.profile, "vantage": one.vantage}) for one in seen.fetched
    ]
    steps += [Step(now, "capture", {"url": c.url, "profile": c.profile, "vantage": c.vantage}) for c in seen.captured]
    return (*steps, Step(now, "judge"), Step(now, "seal"))


def _facts(sighting: Sighting) -> Mapping[str, object]:
    facts: dict[str, object] = {name: getattr(sighting, name) for name in _FACTS}
    facts["contacts"] = [asdict(contact) for contact in sighting.contacts]
    facts["page"] = None if sighting.page is None else asdict(sighting.page)
    if sighting.app is not None:
        app = asdict(sighting.app)
        app["icons"] = [{"place": icon.place, "sha256": icon.sha256} for icon in sighting.app.icons]
        facts["app"] = app
    return facts
