"""The rows of the table of targets, out of what `apps.py` measured in one run."""

from collections.abc import Mapping
from typing import Any

Found = Mapping[str, Any]


def table(found: Found) -> str:
    """Give the rows as Markdown; a part that was not run has no row."""
    rows = [row for part, make in ROWS.items() if part in found for row in make(found[part])]
    return "\n".join(["| what | rivals in this run | ours | target |", "|---|---|---|---|", *rows])


def _row(what: str, rivals: str, ours: str, target: str) -> str:
    return f"| {what} | {rivals or '-'} | {ours} | {target} |"


def _speed(part: Found) -> list[str]:
    rivals = [
        f"{tool} {part[tool]['ms_each']} ({part[tool]['errors']} errors)"
        for tool in ("apk-info", "aapt", "pyaxmlparser", "androguard", "apksigner") if tool in part
    ]  # fmt: skip
    files = f"{part['files']} real packages, {part['megabytes']} MB"
    deep, whole = "deep_{}", "signatures_{}"
    told = [
        f"{word} {part[deep.format(word)]['ms_per_mb']} + {part[whole.format(word)]['ms_per_mb']}"
        for word in ("warm", "cold")
    ]
    big = part["big"]
    told.append(f"one of {big['megabytes']} MB {big['deep_cold']['ms_per_mb']} + {big['signatures_cold']['ms_per_mb']}")
    return [
        _row(f"shallow, CPU ms a package, mean ({files})", ", ".join(rivals), str(part["shallow_ms_each"]), "<= 1.5"),
        _row("deep + signatures, ms/MB", "", "; ".join(told), "<= 12 + <= 3"),
    ]


def _limits(part: Found) -> list[str]:
    return [_row("worst input", "", f"{part['worst_mib']} MiB, {part['worst_cpu_s']} s", "<= 160 MiB, <= 2 s CPU")]


def _malformed(part: Found) -> list[str]:
    tools = [tool for tool in ("apk-info", "androguard", "aapt", "pyaxmlparser") if tool in part]
    rivals = [
        f"{tool} {part[tool]['right']}/{part[tool]['asked']} ({part[tool]['killed']} killed, "
        f"{part[tool]['silently_empty']} empty, {part[tool]['peak_mib']} MiB)"
        for tool in tools
    ]
    ours = f"{part['ours']}/{part['cases']}, {part['ours_killed']} killed"
    return [_row(f"malformed, {part['families']} families", ", ".join(rivals), ours, ">= 62/64, none killed or empty")]


def _names(part: Found) -> list[str]:
    rivals = [f"{tool} {count}" for tool, count in part.items() if tool not in {"kinds", "ours"}]
    return [_row("name evasions", ", ".join(rivals), f"{part['ours']}/{part['kinds']}", "all")]


def _forged(part: Found) -> list[str]:
    rivals = [f"{tool} {count}" for tool, count in part.items() if tool not in {"files", "ours_accepted"}]
    ours = f"{part['ours_accepted']}/{part['files']}"
    return [_row("forged certificates accepted", ", ".join(rivals), ours, "0")]


def _verdicts(part: Found) -> list[str]:
    ours = "; ".join(f"{seed}: {one['precision']}, {one['recall']}" for seed, one in part.items())
    return [_row("verdicts, precision and recall", "", ours, ">= .995, >= .98")]


def _icons(part: Found) -> list[str]:
    ours = "; ".join(f"{name}: {one['recall_at_1']} at {one['false']:.1%} false" for name, one in part.items())
    return [_row("icon recall@1", "", ours, ">= .95 at <= 1 % false")]


ROWS = {
    "speed": _speed, "limits": _limits, "malformed": _malformed, "names": _names, "forged": _forged,
    "verdicts": _verdicts, "icons": _icons,
}  # fmt: skip
