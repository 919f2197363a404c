"""The fifth outside set against the product's public command line, counted by the runners of the third and the fourth.

    python benchmarks/outside/fifth/run.py --batch a|b|c [--set slips|text|hosts|plain] [--show] [--data DIR]

`--data` is where the files of the batch lie, if not in `data` beside this file.
"""

import argparse
import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType

import batches

sys.path.append(str(Path(__file__).resolve().parents[1]))

from tally import dossiers

HERE = Path(__file__).resolve().parent


def counting() -> ModuleType:
    """The third set's runner as the fourth set wraps it; both find the loaders that a batch has installed."""
    spec = importlib.util.spec_from_file_location("fourth_runner", HERE.parent / "fourth" / "run.py")
    if spec is None or spec.loader is None:
        message = "the fourth set's runner is not where it was"
        raise ImportError(message)
    fourth = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fourth)
    third: ModuleType = fourth.runner()
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
        for name in options.set or third.RUNS:
            started = time.process_time()
            print(f"== {name}, batch {options.batch}")
            tallies = third.RUNS[name](lambda *_: True, brands)
            print(f"  {time.process_time() - started:.1f} s of CPU")
            for tally in tallies:
                print("\n".join(tally.lines(show=options.show)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
