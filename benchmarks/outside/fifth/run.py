"""The fifth outside set against the product's public command line, counted by the runners of the third and the fourth.

    python benchmarks/outside/fifth/run.py --batch a|b|c [--set slips|text|hosts|plain] [--show] [--data DIR]

`--data` is where the files of the batch lie, if not in `data` beside this file.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import batches

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import runner_of, tell
from tally import Tally, dossiers

HERE = Path(__file__).resolve().parent


def counting() -> ModuleType:
    """The third set's runner as the fourth set wraps it; both find the loaders that a batch has installed."""
    third: ModuleType = runner_of("fourth").runner()
    return third


def main() -> int:
    """Count what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batch", choices=("a", "b", "c"), required=True)
    parser.add_argument("--set", choices=("slips", "text", "hosts", "plain"), action="append")
    parser.add_argument("--data", type=Path, default=HERE / "data")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    batches.installed(batches.Batch(options.batch, options.data))
    third = counting()
    with tempfile.TemporaryDirectory() as folder:
        brands = dossiers(Path(folder), HERE / "brands")

        def count(name: str) -> list[Tally]:
            return list(third.RUNS[name](lambda *_: True, brands))

        tell(options.set or third.RUNS, count, f"batch {options.batch}", show=options.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
