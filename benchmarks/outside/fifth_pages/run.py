"""The fifth outside set of pages against the public command line, counted by the runners of the third and the fourth.

    python benchmarks/outside/fifth_pages/run.py --batch a|b|c [--data DIR] [--set NAME] [--sort SORT] [--browser]
        [--part 1/3] [--show]

`--data` is the folder of the batch, if not `data/<letter>` beside this file. NAME is `honest` or `impostors`, SORT one
of `whole`, `official`, `text`, `trace`. `--browser` gives every page its address and needs root.
"""

import argparse
import sys
from pathlib import Path
from types import ModuleType

import batches

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import runner_of

HERE = Path(__file__).resolve().parent


def counting() -> ModuleType:
    """The fourth set's runner; its pages and dossiers are those of a batch that was installed."""
    fourth = runner_of("fourth_pages")
    fourth.HERE = HERE
    return fourth


def _asked(sorts: dict[str, tuple[str, ...]]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", choices=("a", "b", "c"), required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--set", choices=tuple(sorts), action="append")
    parser.add_argument("--sort", choices=sorted({name for names in sorts.values() for name in names}), action="append")
    parser.add_argument("--browser", action="store_true")
    parser.add_argument("--part", default="1/1")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    options.half = options.batch
    return options


def main() -> int:
    """Runs what was asked for and prints its tables."""
    fourth = counting()
    options = _asked(fourth.SORTS)
    batches.installed(batches.Batch(options.batch, options.data or HERE / "data" / options.batch))
    third = fourth._third()  # noqa: SLF001  # the runner below it, found as the fourth set finds it
    if options.browser:
        third.serving.enter()
    for name in options.set or list(fourth.SORTS):
        for sort in fourth.SORTS[name]:
            if sort in (options.sort or fourth.SORTS[name]):
                fourth._counted(third, name, sort, options)  # noqa: SLF001  # its way of counting, not a copy
    return 0


if __name__ == "__main__":
    sys.exit(main())
