"""Public sets of phishing pages, for whoever holds them: `pages.py datasets --layout L --data PATH [--brands DIR]`.

None is shipped or fetched: their licences and their bulk forbid it. Two shapes cover what this field hands around:

    folders  one folder a page: `shot.png`, `html.txt`, `info.txt` (the address, or a Python table with a `url`), as
             Phishpedia and its successors have them; the brand stands in the table, or in the folder's name before
             its first `+`. Such a set is wholly phishing or wholly benign, so `--truth` says which.
    rows     a Parquet or JSON Lines file with `url`, `html`, `label` and perhaps `target`, as PhreshPhish has them.

Most of these pages are after brands no dossier of ours is about. Counted is therefore: pages accused in the name of a
brand that is not their target (wrong whatever the label), and, of pages after a brand a dossier names, how many are
accused. A page that cannot be read is counted with its reason and stops nothing.
"""

import argparse
import ast
import importlib
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.examine.page_pictures import examine_captured
from zhengben.flow.dossiers import load_brands

BIGGEST_PAGE, BIGGEST_SHOT, BIGGEST_INFO = 8 << 20, 32 << 20, 64 << 10
PHISHING = frozenset({"phish", "phishing", "1", "true", "malicious"})
BENIGN = frozenset({"benign", "legitimate", "legit", "0", "false"})
COLUMNS = ("url", "html", "label", "target")


class BrokenPageError(ValueError):
    """An entry of a set that cannot be judged; the message is the reason, short enough to count by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a set: what it is called there, what was kept of it, and what the set says of it.

    `screenshot` is empty where the set has none; `target` is the brand as the set spells it, or empty.
    """

    name: str
    url: str
    html: str
    phishing: bool
    target: str = ""
    screenshot: bytes = b""


Entry = Page | BrokenPageError


def folders(root: Path, *, phishing: bool) -> Iterator[Entry]:
    """Give every page of a set in which each page is a folder, by name; folders may lie deeper."""
    for info in sorted(root.rglob("info.txt")):
        try:
            yield _folder(info.parent, phishing=phishing)
        except BrokenPageError as broken:
            yield broken


def _folder(folder: Path, *, phishing: bool) -> Page:
    url, target = _info(_file(folder / "info.txt", BIGGEST_INFO).decode("utf-8", "replace").strip())
    before, plus, _ = folder.name.partition("+")
    html, shot = folder / "html.txt", folder / "shot.png"
    if not html.exists() and not shot.exists():
        raise BrokenPageError("neither html.txt nor shot.png")
    return Page(
        name=folder.name,
        url=url,
        html=_file(html, BIGGEST_PAGE).decode("utf-8", "replace") if html.exists() else "",
        phishing=phishing,
        target=target or (before if plus and phishing else ""),
        screenshot=_file(shot, BIGGEST_SHOT) if shot.exists() else b"",
    )


def _file(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except OSError as error:
        raise BrokenPageError(f"{path.name} cannot be read") from error
    if len(body) > most:
        raise BrokenPageError(f"{path.name} is larger than {most} bytes")
    return body


def _info(text: str) -> tuple[str, str]:
    """Give address and brand of an `info.txt`: a bare address, or a table in Python's spelling or JSON's.

    >>> _info("http://a.example/x"), _info("{'url': 'http://a.example/', 'brand': 'Adobe'}")
    (('http://a.example/x', ''), ('http://a.example/', 'Adobe'))
    """
    if not text.startswith("{"):
        return _address(text), ""
    try:
        told = ast.literal_eval(text) if "'" in text else json.loads(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise BrokenPageError("info.txt is no table") from error
    brand = str(told.get("brand") or told.get("target") or "") if isinstance(told, dict) else ""
    return _address(str(told.get("url") or "") if isinstance(told, dict) else ""), brand


def _address(text: str) -> str:
    if not text or any(c.isspace() for c in text):
        raise BrokenPageError("no address")
    return text if "://" in text else f"http://{text}/"


def rows(path: Path) -> Iterator[Entry]:
    """Give every page of a Parquet or JSON Lines file, in order."""
    for number, row in enumerate(_parquet(path) if path.suffix == ".parquet" else _lines(path), 1):
        try:
            yield row if isinstance(row, BrokenPageError) else _row(f"{path.name}:{number}", row)
        except BrokenPageError as broken:
            yield broken


def _row(name: str, row: dict[str, object]) -> Page:
    label = str(row.get("label", "")).strip().lower()
    if label not in PHISHING | BENIGN:
        raise BrokenPageError("no label that is known")
    html = str(row.get("html") or "")
    if not html or len(html) > BIGGEST_PAGE:
        raise BrokenPageError("no html" if not html else f"html is larger than {BIGGEST_PAGE} characters")
    url, target = _address(str(row.get("url") or "")), str(row.get("target") or "")
    return Page(name=name, url=url, html=html, phishing=label in PHISHING, target=target)


def _lines(path: Path) -> Iterator[dict[str, object] | BrokenPageError]:
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            yield row if isinstance(row, dict) else BrokenPageError("a line that is no JSON object")


def _parquet(path: Path) -> Iterator[dict[str, object]]:
    parquet = importlib.import_module("pyarrow.parquet")  # heavy, and not needed for the other shapes
    with parquet.ParquetFile(path) as file:
        wanted = [name for name in COLUMNS if name in file.schema_arrow.names]
        for batch in file.iter_batches(batch_size=64, columns=wanted):
            yield from batch.to_pylist()


def verdicts_of(page: Page, brands: Sequence[Brand]) -> list[Verdict]:
    """Judge a page for every brand, from its words and, where the set has one, from its picture."""
    if page.screenshot:
        shown = Captured(
            url=page.url, final_url=page.url, profile="mobile", status=200, dom=page.html, screenshot=page.screenshot
        )
        facts = examine_captured(shown)
    else:
        facts = examine_page(page.html, page.url, page.url)
    text = "\n".join(dict.fromkeys(w for w in (facts.title, facts.description, facts.text, *facts.image_words) if w))
    sighting = Sighting(
        kind="url", target=page.url, title=facts.title, text=text, host=urlsplit(page.url).hostname or "", page=facts,
        contacts=find_contacts(text),
    )  # fmt: skip
    reasons = detect_all(sighting, brands)
    return [judge(brand, found, Coverage(facts.missing)) for brand, found in reasons.items()]


def meant(target: str, brand: Brand) -> bool:
    """Tell whether a set's spelling of a brand means this one: a whole name of it, in any case."""
    names = (brand.id, *brand.names.chinese, *brand.names.latin)
    return bool(target) and target.strip().casefold() in {name.casefold() for name in names}


def run(options: argparse.Namespace) -> dict[str, object]:
    """Judge a set and count; see the top of this file for what is counted."""
    if not options.data or (options.layout == "folders" and not options.truth):
        raise SystemExit("datasets needs --data PATH, and for --layout folders --truth phishing or benign")
    brands = load_brands(options.brands)
    entries = (
        folders(options.data, phishing=options.truth == "phishing")
        if options.layout == "folders"
        else rows(options.data)
    )
    return judged(entries, brands, options.pages)


def judged(entries: Iterator[Entry], brands: Sequence[Brand], most: int = 0) -> dict[str, object]:
    """Give the counts over at most that many entries; 0 for all."""
    seen, broken, wrong, times = Counter[str](), Counter[str](), Counter[str](), []
    for number, page in enumerate(entries):
        if most and number == most:
            break
        if isinstance(page, BrokenPageError):
            broken[str(page)] += 1
            continue
        started = time.process_time()
        accused = {verdict.brand for verdict in verdicts_of(page, brands) if verdict.accuses}
        times.append((time.process_time() - started) * 1000)
        ours = {brand.id for brand in brands if page.phishing and meant(page.target, brand)}
        seen["phishing" if page.phishing else "benign"] += 1
        seen["after a brand of ours"] += bool(ours)
        seen["of these accused in its name"] += bool(ours & accused)
        for brand in sorted(accused - ours):
            wrong[brand] += 1
        seen["accused in the name of another brand"] += bool(accused - ours)
    return {
        "pages": dict(seen),
        "not_judged": dict(broken),
        "wrong_brands": dict(wrong),
        "median_ms": round(statistics.median(times), 1) if times else None,
    }
