"""Sealing a look that a person asked for, without a case: one package in a folder, signed by this installation."""

import getpass
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from zhengben.core.brand import Brand
from zhengben.core.verdict import Verdict
from zhengben.evidence.exhibit import Attached, Exhibit, Operator, Step
from zhengben.evidence.seal import number
from zhengben.flow.look import Look
from zhengben.flow.ports import Sealer


def seal_look(
    look: Look, body: bytes | None, folder: Path, brands: Sequence[Brand], sealer: Sealer, now: datetime, *,
    asked: str = "",
) -> Path:  # fmt: skip
    """Write a sealed package of what was seen; give its path, which carries the beginning of its evidence number.

    `body` is the file that was looked at, or None; a text is sealed as itself. `asked` is the kind somebody insisted
    on: with it `flow.look_again` looks the same way. Raises OSError where the folder cannot
    be written.
    """
    package = sealer(_exhibit(look, body, brands, now, asked), now)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{look.sighting.kind}-{number(package)[:16]}.zip"
    path.write_bytes(package)
    return path


def _exhibit(look: Look, body: bytes | None, brands: Sequence[Brand], now: datetime, asked: str) -> Exhibit:
    seen, verdict = look.sighting, look.verdict
    digest = next((brand.digest for brand in brands if brand.id == verdict.brand), "")
    files: tuple[Attached, ...] = ()
    if body is not None:
        files = (Attached(Path(seen.target).name or "file", "application/octet-stream", body),)
    elif not look.seen.fetched:
        files = (Attached("target.txt", "text/plain; charset=utf-8", seen.target.encode()),)
    return Exhibit(
        target=seen.target[:2000],
        kind=seen.kind,
        brand=verdict.brand,
        brand_digest=digest,
        operator=Operator(name=getpass.getuser(), machine=False),
        steps=_steps(verdict, asked, now),
        fetched=look.seen.fetched,
        captured=look.seen.captured,
        files=files,
        verdicts=look.verdicts or (verdict,),
        sighting={
            "title": seen.title, "speaker": seen.speaker, "host": seen.host, "text": seen.text[:20_000],
            "contacts": [{"kind": c.kind, "value": c.value, "raw": c.raw} for c in look.contacts],
            "missing": list(verdict.coverage.missing),
        },
    )  # fmt: skip


def _steps(verdict: Verdict, asked: str, now: datetime) -> tuple[Step, ...]:
    """Give the steps; a look carries no times of its own, so all stand at the moment of sealing."""
    look = Step(now, "look", {"kind": asked} if asked else {})
    return look, Step(now, "judge", {"label": verdict.label.value}), Step(now, "seal")
