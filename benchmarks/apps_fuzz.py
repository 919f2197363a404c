"""Fuzz the app readers for as long as you like: `python benchmarks/apps_fuzz.py [COUNT] [START]`.

Each number is one damaged file; every one must be answered in at most two seconds of CPU. What fails is printed with
its number, so that `mutate(SEEDS[seed](), number)` gives the file again.
"""

import sys
import time
import traceback

from zhengben.examine.appfile import examine_app
from zhengben.range.make_app_storm import SEEDS, mutate

SLOW_S = 2.0


def main() -> int:
    """Run the search; the exit code says whether anything failed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    names = sorted(SEEDS)
    failed = slow = 0
    slowest, began = 0.0, time.process_time()
    for number in range(first, first + count):
        seed = names[number % len(names)]
        data = mutate(SEEDS[seed](), number)
        start = time.process_time()
        try:
            examine_app(data, seed)
        except Exception as error:  # noqa: BLE001 - any exception at all is the finding
            failed += 1
            print(f"FAILED {seed} {number}: {type(error).__name__}: {error}")
            print(traceback.format_exc().strip().splitlines()[-3])
        spent = time.process_time() - start
        slow += spent > SLOW_S
        slowest = max(slowest, spent)
    print(f"{count} files from {first}: {failed} failed, {slow} over {SLOW_S} s, slowest {slowest * 1000:.0f} ms CPU, "
          f"{time.process_time() - began:.0f} s CPU in all")  # fmt: skip
    return 1 if failed or slow else 0


if __name__ == "__main__":
    sys.exit(main())
