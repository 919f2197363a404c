"""The fourth outside set against the product's public command line, by the third set's runner.

    python benchmarks/outside/fourth/run.py --half dev|held [--set slips|text|hosts] [--show]

`--show` prints what went wrong. It is refused for the held half, which nobody who writes rules may look at.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent


def runner() -> ModuleType:
    """The third set's runner over this folder: the modules it imports by name are found here."""
    spec = importlib.util.spec_from_file_location("third_runner", HERE.parent / "third" / "run.py")
    if spec is None or spec.loader is None:
        message = "the third set's runner is not where it was"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.HERE = HERE  # type: ignore[attr-defined]  # where it looks for the dossiers
    return module


def main() -> int:
    """Run what is asked for, unless the held half is to be shown, whatever the third set's runner has come to allow."""
    if "--show" in sys.argv and "dev" not in sys.argv:
        sys.exit("--show is for --half dev only: the held half is not shown")
    return int(runner().main())


if __name__ == "__main__":
    sys.exit(main())
