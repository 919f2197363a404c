"""The seventh outside set of pages: the loaders and the runner of the fifth, over the worlds of this folder.

    python benchmarks/outside/seventh_pages/run.py --batch a|b|c [--data DIR] [--set NAME] [--sort SORT] [--browser]
        [--part 1/3] [--show]

As the sixth's, whose shells are found as well. Official pages stand twice: as a visitor saved them, and as files that
do not say where they are from; the latter have no address and are left out with `--browser`.
"""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIFTH, SIXTH = HERE.parent / "fifth_pages", HERE.parent / "sixth_pages"
sys.path += [str(FIFTH), str(HERE.parent)]

import batches  # noqa: E402  # its folder is named above
from runners import runner_of  # noqa: E402

import worlds  # noqa: E402  # the fourth's, whose folder the fifth names

Slots = tuple[dict[str, dict[str, str]], dict[str, list[str]]]


class Batch(batches.Batch):
    """A batch of the fifth's form that finds the shells of the fifth and the sixth as well as ours."""

    def shells(self) -> dict[str, str]:
        """The shells of the two sets before, of this one and of the batch by name; a later one replaces an earlier."""
        found: dict[str, str] = {}
        for batches.HERE in (FIFTH, SIXTH, HERE):
            found |= super().shells()
        return found


def slots() -> Slots:
    """The brands of the fifth set and of this one; lists of this one where it has them."""
    ours, theirs = (tomllib.loads((folder / "slots.toml").read_text(encoding="utf-8")) for folder in (HERE, FIFTH))
    return theirs["brand"] | ours["brand"], theirs["list"] | ours["list"]


def twice(page: worlds.Page) -> list[worlds.Page]:
    """PAGE, and if it is official the same without the line that says where it was saved."""
    if not page.official or "--browser" in sys.argv:
        return [page]
    return [page, replace(page, name=f"{page.name}-file", html=page.html.partition("\n")[2])]


def main() -> int:
    """Runs what was asked for and prints its tables."""
    found, every = slots(), worlds.pages
    worlds._tables = lambda: found  # type: ignore[assignment]  # noqa: SLF001  # it was a cached function
    worlds.pages = lambda folder, which: [given for page in every(folder, which) for given in twice(page)]
    batches.Batch = Batch  # type: ignore[misc]  # the fifth's runner makes one of ours
    fifth = runner_of("fifth_pages")
    batches.HERE = fifth.HERE = HERE  # type: ignore[attr-defined]  # where they look for worlds and dossiers
    return int(fifth.main())


if __name__ == "__main__":
    sys.exit(main())
