"""The pages a model of words may learn from: the open outside sets, `pages_wild`, and texts written to be learnt from.

    python benchmarks/pages_model_sets.py SET    prints the pages of one set as JSON, for `pages_model.py`

Each set is loaded by its own loader, in a process of its own, because the modules of the sets share names.
"""

import html
import importlib
import importlib.util
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zhengben.core.brand import Brand
from zhengben.flow.dossiers import load_brands

HERE = Path(__file__).resolve().parent
OUTSIDE, TEXTS = HERE / "outside", HERE / "pages_training"
_FIFTH = ("fifth a", "fifth b", "fifth c")
_BATCHES = tuple(f"{name} {letter}" for name in ("sixth", "seventh") for letter in "abc")
# Each set and its author. What one author wrote is learnt together, or not at all.
AUTHORS = {
    "second": "second", "third": "third", "fourth": "fourth", "wild": "own",
    **{name: name.split()[0] for name in (*_FIFTH, *_BATCHES)},
    "eighth a": "eighth", "eighth b": "eighth", "eighth c": "eighth",
    "redteam seen": "redteam", "redteam held": "redteam", "honest seen": "honest",
    **{f"texts {path.stem}": f"texts {path.stem[0]}" for path in sorted(TEXTS.glob("*_*.txt"))},
}  # fmt: skip
HTML = '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
APART = ("redteam", "honest")  # sets with runners of their own
DRAWN = 2  # pages drawn of each text, each for a brand of its own
PAGE = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'
)
_TAGS = {"## ": "h2", "# ": "h1", "- ": "li", "> ": "blockquote", "©": "footer"}
_SLOT = re.compile(r"\{(\w)\}")
_HEAD = re.compile(r"^=== *(.+?) *\| *(impostor|honest) *$", flags=re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page of a set. `sort` is whole, text, trace or official; `brand` is whose name it bears, if one is meant."""

    name: str
    world: str
    sort: str
    honest: bool
    brand: str
    html: str


def pages_of(which: str) -> list[Page]:
    """Give the pages of a set."""
    asked = [sys.executable, __file__, which]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=HERE).stdout
    return [Page(**row) for row in json.loads(told)]


def dossiers_of(which: str) -> tuple[Brand, ...]:
    """Give the shipped dossiers and those of a set."""
    own = {"texts": ("fifth", "sixth", "seventh")} | dict.fromkeys(APART, ("fifth", "sixth"))
    name = which.split(maxsplit=1)[0]
    folders = [OUTSIDE / f"{one}_pages" / "brands" for one in own.get(name, (name,))]
    every = [*load_brands(), *(brand for folder in folders if folder.exists() for brand in load_brands(folder))]
    return tuple({brand.id: brand for brand in every}.values())


def _told(which: str) -> Iterator[Page]:
    name, _, part = which.partition(" ")
    if name == "texts":
        return _written(TEXTS / f"{part}.txt")
    if name == "wild":
        return _wild()
    return _outside(name, part)


def _wild() -> Iterator[Page]:
    import pages_wild  # noqa: PLC0415  # needed for this set only

    for split in pages_wild.FILES:
        for number, (entry, _, source) in enumerate(pages_wild.pages(split)):
            want = entry.get("want", "spare")
            sort = "official" if want == "official" else "whole"
            yield Page(f"{split}{number}", f"{split}{entry['title']}", sort, want != "accuse", "", source)


def _outside(name: str, part: str) -> Iterator[Page]:
    folder = OUTSIDE / (name if name in APART else f"{name}_pages")
    sys.path[:0] = [str(folder), str(OUTSIDE / "fifth_pages"), str(OUTSIDE)]
    load, twice = _loader(name, part, folder)
    for kind in ("honest", "impostors"):
        for half in (part,) if part else ("dev", "held"):
            for page in (given for one in load.pages(kind, half) for given in twice(one)):
                if getattr(page, "named", True) and not getattr(page, "via", ""):
                    sort = "official" if page.official else getattr(page, "bare", "") or "whole"
                    yield Page(page.name, page.world, sort, kind == "honest", page.brand, page.html)


def _loader(name: str, part: str, folder: Path) -> tuple[Any, Any]:
    """Give the module that loads a set, made ready for one of its parts, and how it doubles a page."""
    if name in {"second", "third", "fourth"}:
        return importlib.import_module("templates" if name == "second" else "worlds"), lambda page: [page]
    batches, worlds = importlib.import_module("batches"), importlib.import_module("worlds")
    if name == "fifth":
        batches.installed(batches.Batch(part, folder / "data" / part))
        return worlds, lambda page: [page]
    run = _run_of(folder)
    if name in APART:
        run._installed()  # noqa: SLF001  # as its own runner does
        return worlds, lambda page: [page]
    batches.HERE, slots = folder, run.slots()
    batch = getattr(run, "Batch", batches.Batch)(part, folder / "data" / part)
    shells = batch.shells()
    batches.HERE = folder
    batches.installed(batch)
    worlds._tables, worlds._shells = (lambda: slots), (lambda: shells)  # noqa: SLF001  # they are cached functions
    return worlds, getattr(run, "twice", lambda page: [page])


def _run_of(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location("run_of_the_set", folder / "run.py")
    if spec is None or spec.loader is None:
        raise ImportError(f"{folder} has no runner")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _written(path: Path) -> Iterator[Page]:
    """Give the pages of a file of texts: each is drawn for brands chosen by its name."""
    parts = _HEAD.split(path.read_text("utf-8"))
    for name, kind, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        chosen = random.Random(name).sample(dossiers_of("texts"), DRAWN)
        for number, brand in enumerate(chosen):
            rng = random.Random(f"{name}{number}")
            source, world = _laid_out(_filled(text, brand, rng)), f"{path.stem} {name}"
            yield Page(f"{world}-{number}", world, "text", kind == "honest", brand.id, source)


def _filled(text: str, brand: Brand, rng: random.Random) -> str:
    sites = [channel.value for channel in brand.official("domain") if channel.role != "host"]
    phones = [channel.value for channel in brand.official("phone")]
    words = {
        "b": brand.names.primary, "f": brand.owner or brand.names.primary, "d": (sites or ["example.com"])[0],
        "n": (phones or ["95500"])[0], "L": (list(brand.names.latin) or [brand.names.primary])[0],
        "p": f"1{rng.choice('3578')}{rng.randrange(10**8, 10**9)}", "c": f"6222{rng.randrange(10**14, 10**15)}",
        "q": rng.choice((str(rng.randrange(10**8, 10**9)), f"{rng.choice(('vip', 'kf', 'dk'))}{rng.randrange(10**5)}")),
        "u": f"https://{rng.choice(('m', 'h5', 'www'))}.{rng.randrange(16**5, 16**6):x}.{rng.choice(('top', 'cc'))}/",
    }  # fmt: skip
    return _SLOT.sub(lambda slot: words.get(slot[1], slot[0]), text)


def _laid_out(text: str) -> str:
    """Give the HTML of a text in the notation of `pages_training/README.md`."""
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    title = next((line[2:].strip() for line in lines if line.startswith("T:")), "")
    body = "\n".join(_line(line) for line in lines if not line.startswith("T:"))
    return f"{HTML.format(title=html.escape(title))}<body>{body}</body></html>"


def _line(line: str) -> str:
    for mark, tag in _TAGS.items():
        if line.startswith(mark):
            return f"<{tag}>{html.escape(line.removeprefix(mark).strip())}</{tag}>"
    if line.startswith("[") and "]" in line:
        label = line[1 : line.index("]")]
        words, kind = html.escape(label.rstrip("*")), "password" if label.endswith("*") else "text"
        return f'<form><label>{words}<input type="{kind}" placeholder="{words}"></label></form>'
    if line.startswith("{{"):
        return (
            f"<select>{''.join(f'<option>{html.escape(one)}</option>' for one in line.strip('{}').split('|'))}</select>"
        )
    if line.startswith("<") and "->" in line:
        said, _, target = line.strip("<>").partition("->")
        return f'<a class="btn" href="{html.escape(target.strip())}">{html.escape(said.strip())}</a>'
    return f"<p>{html.escape(line)}</p>"


if __name__ == "__main__":
    print(json.dumps([asdict(page) for page in _told(" ".join(sys.argv[1:]))]))
