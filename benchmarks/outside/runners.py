"""How one outside set counts with the runner of another, and how a run is told."""

import importlib.util
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

from tally import Tally

OUTSIDE = Path(__file__).resolve().parent


def runner_of(folder: str) -> ModuleType:
    """The runner of another set, in FOLDER beside this file; the modules it imports by name are the caller's own."""
    spec = importlib.util.spec_from_file_location(f"runner_of_{folder}", OUTSIDE / folder / "run.py")
    if spec is None or spec.loader is None:
        message = f"the runner of {folder} is not where it was"
        raise ImportError(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tell(names: Iterable[str], count: Callable[[str], list[Tally]], about: str, *, show: bool) -> None:
    """Count the sets NAMES one after the other and print their tables; ABOUT says what part of them is counted."""
    for name in names:
        started = time.process_time()
        print(f"== {name}, {about}")
        tallies = count(name)
        print(f"  {time.process_time() - started:.1f} s of CPU")
        for tally in tallies:
            print("\n".join(tally.lines(show=show)))
