"""The eighth outside set against the product's public command line: the seventh's runner, over this folder.

    python benchmarks/outside/eighth/run.py --batch a|b|c [--set slips|text|hosts|plain] [--show] [--data DIR]

`--data` is where the files of the batch lie, if not in `data` beside this file.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from runners import runner_of

if __name__ == "__main__":
    seventh = runner_of("seventh")
    seventh.HERE = Path(__file__).resolve().parent  # type: ignore[attr-defined]  # where it looks for dossiers and data
    seventh.BRANDS = {"cf": "chengfu", "yq": "yunquedai", "hz": "hengzhoubank"}  # type: ignore[attr-defined]  # its codes
    sys.exit(seventh.main())
