"""Hold the coverage of every room against its gate in `scripts/coverage_gates.toml`; a gate only ever moves up."""

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path


def rooms(report: dict[str, object]) -> dict[str, float]:
    """Give the share of lines and branches covered, in percent, by room."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, file in report["files"].items():  # type: ignore[attr-defined]  # shape of coverage's own report
        parts = Path(name).parts
        room = parts[parts.index("zhengben") + 1].removesuffix(".py")
        summary = file["summary"]
        sums[room][0] += summary["covered_lines"] + summary.get("covered_branches", 0)
        sums[room][1] += summary["num_statements"] + summary.get("num_branches", 0)
    return {room: 100 * covered / total if total else 100.0 for room, (covered, total) in sums.items()}


def main() -> int:
    """Print every room beside its gate; fail where one is below."""
    seen = rooms(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    gates: dict[str, float] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["gates"]
    failed = 0
    for room in sorted(seen):
        gate = gates.get(room, gates["default"])
        low = round(seen[room], 2) < gate
        failed += low
        sys.stdout.write(f"{'LOW ' if low else 'ok  '} {room:<12} {seen[room]:6.2f} % (gate {gate} %)\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
