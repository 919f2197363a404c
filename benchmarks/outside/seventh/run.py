"""The seventh outside set against the product's public command line: the fifth's loaders and runner, over this folder.

    python benchmarks/outside/seventh/run.py --batch a|b|c [--set slips|text|hosts|plain] [--show] [--data DIR]

`--data` is where the files of the batch lie, if not in `data` beside this file.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "fifth"))
sys.path.append(str(Path(__file__).resolve().parents[1]))

import batches
from runners import runner_of

HERE = Path(__file__).resolve().parent
BRANDS = {"hx": "hexinbank", "mf": "mifu", "sg": "songguodai"}


def main() -> int:
    """Count what is asked for."""
    batches.CODES.update(BRANDS)
    fifth = runner_of("fifth")
    fifth.HERE = HERE  # type: ignore[attr-defined]  # where it looks for the dossiers
    if not any(option.split("=")[0] == "--data" for option in sys.argv[1:]):
        sys.argv += ["--data", str(HERE / "data")]
    return int(fifth.main())


if __name__ == "__main__":
    sys.exit(main())
