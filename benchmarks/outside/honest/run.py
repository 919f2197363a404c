"""Honest pages near a brand, the brand's own pages, and impostors of the same shapes as a control.

    python benchmarks/outside/honest/run.py [--sort honest|official|control] [--half seen|held] [--part 1/3] [--show]

Notation, loaders, slots, dossiers, options and halves are those of the red team's set, whose shells are found as well.
Official pages stand twice, as in the sixth set: as a visitor saved them, and as files that do not say where from.
`seen` may be looked at; `held` is only counted, and `--show` keeps silent about it.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from runners import runner_of  # noqa: E402  # its folder is named above

redteam = runner_of("redteam")

import worlds  # noqa: E402  # the fourth's, whose folder the red team's runner names

THEIRS = redteam.Worlds("", redteam.HERE)
redteam.SORTS["official"] = "honest"  # official worlds lie beside the honest ones and are counted apart


class Worlds(redteam.Worlds):  # type: ignore[misc,name-defined,unused-ignore]  # a module found by its path
    """Our worlds, in the shells of the sets before and in ours."""

    def shells(self) -> dict[str, str]:
        """The shells by name."""
        return dict(THEIRS.shells() | super().shells())


def _installed() -> None:
    redteam.HERE, redteam.Worlds = HERE, Worlds  # type: ignore[attr-defined]  # whose worlds it draws
    redteam._installed()  # noqa: SLF001  # its way of putting them in place, not a copy
    every, twice = worlds.pages, redteam.sixth.twice
    worlds.pages = lambda folder, which: [given for page in every(folder, which) for given in twice(page)]


def main() -> int:
    """Runs what was asked for and prints its tables."""
    _installed()
    options, fourth = redteam._asked(), runner_of("fourth_pages")  # noqa: SLF001  # its options are ours
    fourth.HERE = redteam.sixth.HERE  # type: ignore[attr-defined]  # where the invented dossiers lie
    third = fourth._third()  # noqa: SLF001  # the runner below it, found as the fourth set finds it
    third.dossiers = redteam.dossiers  # type: ignore[attr-defined]  # those of three sets, not of one
    for sort in options.sorts:
        for which in options.halves:
            options.half, options.show = which, options.shown and which == "seen"
            kind = "official" if sort == "official" else "whole"
            fourth._counted(third, redteam.SORTS[sort], kind, options)  # noqa: SLF001  # its way of counting
    return 0


if __name__ == "__main__":
    sys.exit(main())
