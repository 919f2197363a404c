"""The same pages through a published rival: `pages.py rival --rival FOLDER (--data SET --truth T | --icons FOLDER)`.

FOLDER is a checkout of Phishpedia (USENIX Security 2021) with its weights, which its authors hand out and we do not.
It is run as its readme says, by its own Python (the one of pixi, with which its authors set it up, or of a `.venv`):

    python phishpedia.py --folder SET --output_txt FILE

SET has one folder a page with `shot.png`, `info.txt` and `html.txt`; without `--data` one is made here from the posters
of `pages_posters.py`, with `targets/` beside it, one folder a brand, to be put into the rival's own list of targets.
FILE has a line a page, parts by tabs: folder, address, 1 or 0, target, domains, confidence, two times. A page it gives
no line for is counted as not judged, never as benign. Read in its source (commit d030779): `info.txt` is the address
and nothing else; a page whose address ends like a file (.apk, .zip) or already stands in FILE is passed over; lines are
written in Latin-1, and in UTF-8 where that fails.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pages_datasets import BrokenPageError, Page, folders, verdicts_of
from pages_pictures import BRANDS, icon, on_white, png, wilson
from pages_posters import poster
from zhengben.core.pagefacts import Reference
from zhengben.examine.page_pictures import examine_picture
from zhengben.flow.dossiers import load_brands

SCRIPT = "phishpedia.py"
HOURS = 6 * 3600
PYTHONS = (".pixi/envs/default/bin/python", ".venv/bin/python")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool says of one page: whether it is phishing, and after whom."""

    phishing: bool
    target: str = ""


def run(options: argparse.Namespace) -> dict[str, object]:
    """Run both over one set and count, page by page, what each accused."""
    script = options.rival / SCRIPT if options.rival else None
    if script is None or not script.is_file():
        raise SystemExit(
            f"rival needs --rival FOLDER with {SCRIPT} and its weights in it; see benchmarks/pages_rival.py"
        )
    with tempfile.TemporaryDirectory() as room:
        made = Path(room)
        root = options.data or made / "pages"
        truth = _made(options, made) if not options.data else {}
        ours = _ours_on_posters(made, root, truth) if truth else _ours_on_set(options, root)
        theirs = answers(ask(script, root, made / "rival.txt"))
    agree = sum(name in theirs and theirs[name].phishing == answer.phishing for name, answer in ours.items())
    return {
        "zhengben": _counted(ours, truth, options.truth), "rival": _counted(theirs, truth, options.truth),
        "pages": len(ours), "agree": agree,
    }  # fmt: skip


def ask(script: Path, root: Path, out: Path) -> Path:
    """Run the rival over a set; give the file of its answers. Raises SystemExit with its last words where it fails."""
    places = (script.parent / place for place in PYTHONS)
    python = next((str(place) for place in places if place.exists()), sys.executable)
    done = subprocess.run(
        [python, script.name, "--folder", str(root.resolve()), "--output_txt", str(out)],
        cwd=script.parent, capture_output=True, text=True, timeout=HOURS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the rival stopped with {done.returncode}: {done.stderr.strip()[-400:]}")
    return out


def answers(file: Path) -> dict[str, Answer]:
    """Read the rival's file: by folder name; lines that are not as its source writes them are left out."""
    found = {}
    body = file.read_bytes() if file.exists() else b""
    for line in body.split(b"\n"):
        parts = _decoded(line).split("\t")
        if len(parts) >= 4 and parts[2] in {"0", "1"}:
            found[parts[0]] = Answer(parts[2] == "1", "" if parts[3] == "None" else parts[3])
    return found


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _made(options: argparse.Namespace, room: Path) -> dict[str, str]:
    """Write posters as a set, and the marks as targets; give the brand on each page, empty for none."""
    if not options.icons:
        raise SystemExit("rival needs --data SET, or --icons FOLDER to make one; see the top of benchmarks/pages.py")
    icons = sorted(options.icons.glob("*.svg"))
    random.Random(options.seed).shuffle(icons)
    mine = icons[: len(icons) // 2] if options.split == "first" else icons[len(icons) // 2 :]
    brands, others = mine[:BRANDS], mine[BRANDS:]
    for path in brands:
        target = room / "targets" / path.stem
        target.mkdir(parents=True)
        (target / "1.png").write_bytes(png(on_white(icon(path, 256))))
    truth = {}
    for number in range(options.pages or 60):
        chance = random.Random(f"{options.seed}{options.split}rival{number}")
        brand, foreign = brands[number % len(brands)], chance.sample(others, 4)
        for name, symbols in ((f"with-{number}", [brand, *foreign[:3]]), (f"without-{number}", foreign)):
            page = room / "pages" / name
            page.mkdir(parents=True)
            (page / "shot.png").write_bytes(png(poster(symbols, chance)))
            (page / "info.txt").write_text(f"https://{name}.example/", "utf-8")
            (page / "html.txt").write_text("<html><body><img src=poster.jpg></body></html>", "utf-8")
            truth[name] = brand.stem if name.startswith("with-") else ""
    return truth


def _ours_on_posters(room: Path, root: Path, truth: Mapping[str, str]) -> dict[str, Answer]:
    marks = tuple(
        Reference(brand=path.parent.name, file=path.name, body=path.read_bytes())
        for path in sorted((room / "targets").glob("*/1.png"))
    )
    found = {}
    for name in truth:
        matched = {match.brand for match in examine_picture((root / name / "shot.png").read_bytes(), marks).logos}
        found[name] = Answer(bool(matched), min(matched, default=""))
    return found


def _ours_on_set(options: argparse.Namespace, root: Path) -> dict[str, Answer]:
    brands = load_brands(options.brands)
    found = {}
    for page in folders(root, phishing=options.truth == "phishing"):
        if isinstance(page, BrokenPageError | None):
            continue
        found[page.name] = _answer(page, brands)
    return found


def _answer(page: Page, brands: tuple[object, ...]) -> Answer:
    accused = [v for v in verdicts_of(page, brands) if v.accuses]  # type: ignore[arg-type]  # brands, loaded above
    return Answer(bool(accused), accused[0].brand if accused else "")


def _counted(found: Mapping[str, Answer], truth: Mapping[str, str], all_are: str | None) -> dict[str, object]:
    """Count right and wrong answers; where a set is wholly one thing, every page of it is."""
    seen = Counter[str]()
    for name, answer in found.items():
        false = truth[name] != "" if truth else all_are == "phishing"
        seen["phishing"] += false
        seen["accused rightly"] += false and answer.phishing
        seen["right brand"] += bool(truth) and false and answer.target.casefold() == truth[name].casefold()
        seen["benign"] += not false
        seen["accused wrongly"] += not false and answer.phishing
    return {
        **seen, "judged": len(found), "recall_ci": wilson(seen["accused rightly"], seen["phishing"]),
        "false_ci": wilson(seen["accused wrongly"], seen["benign"]),
    }  # fmt: skip
