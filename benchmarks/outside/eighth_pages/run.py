"""The eighth outside set of pages: the runner of the seventh, over the worlds of this folder.

    python benchmarks/outside/eighth_pages/run.py --batch a|b|c [--data DIR] [--set NAME] [--sort SORT] [--browser]
        [--part 1/3] [--show]

As the seventh's, whose shells and slots are found as well.
"""

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))

from runners import runner_of  # noqa: E402  # its folder is named above

seventh = runner_of("seventh_pages")
THEIRS, their_slots = seventh.HERE, seventh.slots


class Batch(seventh.Batch):  # type: ignore[name-defined, misc]  # found by its folder, not by its name
    """A batch of the same form that finds the seventh's shells before ours."""

    def shells(self) -> dict[str, str]:
        """The shells of the seventh and those it finds, then ours and the batch's."""
        found: dict[str, str] = {}
        for seventh.HERE in (THEIRS, HERE):
            found |= super().shells()
        return found


def slots() -> tuple[dict[str, dict[str, str]], dict[str, list[str]]]:
    """Brands and lists as the seventh has them, and those of this set where it has its own."""
    seventh.HERE = THEIRS
    brands, lists = their_slots()
    seventh.HERE = HERE  # where the rest is looked for
    ours = tomllib.loads((HERE / "slots.toml").read_text(encoding="utf-8"))
    return brands | ours["brand"], lists | ours["list"]


def main() -> int:
    """Runs what was asked for and prints its tables."""
    seventh.slots, seventh.Batch = slots, Batch
    seventh.HERE = HERE
    return int(seventh.main())


if __name__ == "__main__":
    sys.exit(main())
