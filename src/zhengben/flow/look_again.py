"""Judge a sealed look again, offline: the bytes of a package in, the same reasons out, or the difference told.

Whoever doubts a finding needs neither the site, which is gone, nor the person who looked: only the package and the
dossiers. Nothing is fetched; what was not kept then is not seen now.
"""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from zhengben.collect.replay import Replay
from zhengben.core.brand import Brand
from zhengben.core.verdict import Verdict
from zhengben.evidence.canon import plain
from zhengben.evidence.exhibit import Attached
from zhengben.evidence.reopen import Reopened
from zhengben.flow.app_sighting import examined_app
from zhengben.flow.limited import Pool
from zhengben.flow.look import Look, judged, look, look_at_file
from zhengben.flow.look_app import brand_marks
from zhengben.flow.look_file import app_meant

TYPED = "text/plain; charset=utf-8"  # how a text is attached that was typed, not handed over as a file


def look_again(kept: Reopened, brands: Sequence[Brand], folder: Path) -> Look:
    """Look at what a package holds as it was looked at then; `folder` is where the dossiers and their pictures are.

    Raises ValueError where the package holds nothing that can be looked at.
    """
    handed_over = next((one for one in kept.files if one.media_type != TYPED), None)
    if handed_over is not None:
        return _file(kept, handed_over, brands, folder)
    if kept.kind == "text" and kept.files:
        typed = kept.files[0].body.decode("utf-8", "replace")
        return look(typed, brands, kind="text", detail=kept.detail)
    if not kept.seen.fetched:
        return look(kept.target, brands, None, kind=kept.kind, detail=kept.detail)
    with closing(Pool(1)) as pool:
        marks = brand_marks(brands, folder, pool)
    return look(
        _locator(kept), brands, Replay(kept.seen), kind=kept.kind, detail=kept.detail,
        picture=bool(kept.seen.captured), marks=marks,
    )  # fmt: skip


def differences(kept: Reopened, again: Look) -> tuple[str, ...]:
    """Name the brands whose verdict or reasons are not those that were sealed; empty where all are the same.

    Only brands that the package judged are compared: whoever sealed it may have had fewer dossiers.
    """
    now = {verdict.brand: verdict for verdict in (again.verdict, *again.verdicts)}
    return tuple(then.brand or "-" for then in kept.verdicts if not _same(then, now.get(then.brand)))


def another_dossier(kept: Reopened, brands: Sequence[Brand]) -> bool:
    """Tell whether the dossier of the sealed brand has changed since; then other reasons are no surprise."""
    return any(brand.id == kept.brand and kept.brand_digest not in {"", brand.digest} for brand in brands)


def _same(then: Verdict, now: Verdict | None) -> bool:
    if now is None:
        return False
    reasons = [(reason.code, reason.weight, plain(reason.facts)) for reason in now.reasons]
    told = [(reason.code, reason.weight, dict(reason.facts)) for reason in then.reasons]
    return (then.label, then.score, told) == (now.label, now.score, reasons)


def _locator(kept: Reopened) -> str:
    """Give what to open: the target, or the address that was opened where a package cut a very long one."""
    asked = [one.url for one in kept.seen.fetched]
    cut = next((url for url in asked if len(url) > len(kept.target) and url.startswith(kept.target)), "")
    return cut if len(kept.target) >= 2000 and cut else kept.target


def _file(kept: Reopened, file: Attached, brands: Sequence[Brand], folder: Path) -> Look:
    with closing(Pool(1)) as pool:
        marks = brand_marks(brands, folder, pool)
        if not app_meant(file.name, file.body, kept.asked):
            return look_at_file(file.name, file.body, brands, kind=kept.asked, target=kept.target, marks=marks)
        app = examined_app(file.body, file.name, len(file.body), marks, target=kept.target, run=pool.run)
    return judged((app,), brands)
