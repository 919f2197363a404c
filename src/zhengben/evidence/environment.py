"""The state of the machine that took the evidence: what a court asks when it doubts that the machine was clean.

Read-only, cheap (a few milliseconds), Linux. What cannot be read is `None`, never left out; `clean` is False only
where something was found that should not be there. Basis: 互联网法院规定 第11条, 在线诉讼规则 第17条 (清洁性).
"""

import hashlib
import os
import platform
import shutil
import ssl
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TOOLS = ("zhengben", "cryptography", "rfc8785", "httpx", "playwright", "selectolax", "Django")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
# This machine and the multicast names every distribution puts there.
_PREFIXES = ("127.", "fe00:", "ff00:", "ff02:", "::1", "255.")
BYTES = 1 << 20


def describe(root: Path = Path("/"), env: Mapping[str, str] | None = None) -> dict[str, object]:
    """Give the report as plain JSON: one entry a check, each with what was found and whether it is clean.

    `root` and `env` stand in for the machine in tests.
    """
    settings = os.environ if env is None else env
    return {
        "system": {"value": f"{platform.system()} {platform.release()}", "machine": platform.machine(), "clean": None},
        "distribution": _lines(root / "etc/os-release", keep=("PRETTY_NAME", "VERSION_ID")),
        "boot_id": _first(root / "proc/sys/kernel/random/boot_id"),
        "uptime_seconds": _first(root / "proc/uptime"),
        "hosts_file": _hosts(root / "etc/hosts"),
        "resolver": _resolver(root / "etc/resolv.conf"),
        "proxy": _proxy(settings),
        "preload": _preload(root, settings),
        "clock": _clock(root),
        "routes": _digest(root / "proc/net/route"),
        "certificates": _certificates(),
        "disk": _disk(root),
        "processes": _processes(root / "proc"),
        "python": {"value": sys.version.split()[0], "executable_sha256": _sha256(Path(sys.executable)), "clean": None},
        "openssl": {"value": ssl.OPENSSL_VERSION, "clean": None},
    }


def environment() -> dict[str, object]:
    """Give the report of this machine, now."""
    return describe()


def tools() -> dict[str, str]:
    """Give the version of every tool that takes part, by name; a tool that is not installed is left out."""
    found: dict[str, str] = {}
    for name in TOOLS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def dirt(report: Mapping[str, object]) -> tuple[str, ...]:
    """Name the checks of a report that found what should not be there."""
    return tuple(name for name, told in report.items() if isinstance(told, dict) and told.get("clean") is False)


def _read(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file.read(BYTES).decode("utf-8", "replace")
    except OSError:
        return None


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _first(path: Path) -> dict[str, object]:
    text = _read(path)
    return {"value": text.split()[0] if text and text.split() else None, "clean": None}


def _digest(path: Path) -> dict[str, object]:
    return {"sha256": _sha256(path), "clean": None}


def _lines(path: Path, keep: tuple[str, ...]) -> dict[str, object]:
    rows = [row for row in (_read(path) or "").splitlines() if row.split("=")[0] in keep]
    return {"value": rows, "sha256": _sha256(path), "clean": None}


def _entries(text: str) -> list[str]:
    rows = (" ".join(row.split("#")[0].split()) for row in text.splitlines())
    return [row for row in rows if row]


def _hosts(path: Path) -> dict[str, object]:
    """Count entries that send a name elsewhere than to this machine: they could show a false site."""
    text = _read(path)
    if text is None:
        return {"sha256": None, "clean": None}
    own = platform.node().split(".")[0]
    foreign = [
        row
        for row in _entries(text)
        if not row.startswith(_PREFIXES) and own not in {n.split(".")[0] for n in row.split()[1:]}
    ]
    return {"sha256": _sha256(path), "foreign": foreign[:20], "clean": not foreign}


def _resolver(path: Path) -> dict[str, object]:
    text = _read(path)
    servers = [row for row in _entries(text or "") if row.startswith("nameserver")]
    return {"value": servers[:8], "sha256": _sha256(path), "clean": None}


def _proxy(env: Mapping[str, str]) -> dict[str, object]:
    """Name proxies that are set; their addresses may hold passwords and are not written down."""
    names = sorted(name for name in _PROXIES if env.get(name))
    return {"set": names, "clean": not names}


def _preload(root: Path, env: Mapping[str, str]) -> dict[str, object]:
    """Look for libraries forced into every program."""
    forced = bool(env.get("LD_PRELOAD")) or bool((_read(root / "etc/ld.so.preload") or "").strip())
    return {"forced": forced, "clean": not forced}


def _clock(root: Path) -> dict[str, object]:
    """Tell whether a time service keeps the clock, where one leaves its mark."""
    marks = ("run/systemd/timesync/synchronized", "run/chrony/chronyd.sock", "var/lib/chrony/drift", "run/ntpd.pid")
    kept = [mark for mark in marks if (root / mark).exists()]
    # No mark is no proof of a wrong clock: containers take their host's, so it is unknown and never unclean.
    return {"kept_by": kept, "clean": True if kept else None}


def _certificates() -> dict[str, object]:
    """Give the digest of the certificate store that decides whom downloads trust."""
    paths = ssl.get_default_verify_paths()
    return {"value": paths.cafile, "sha256": _sha256(Path(paths.cafile)) if paths.cafile else None, "clean": None}


def _disk(root: Path) -> dict[str, object]:
    try:
        free = shutil.disk_usage(root).free
    except OSError:
        return {"free_bytes": None, "clean": None}
    # Below 100 MB a capture may have been cut without anybody seeing it.
    return {"free_bytes": free, "clean": free > 100 * 1024 * 1024}


def _processes(proc: Path) -> dict[str, object]:
    """Give how many programs ran, and the digest of their sorted names; the names themselves tell too much."""
    try:
        names = sorted((_read(one / "comm") or "").strip() for one in proc.iterdir() if one.name.isdigit())
    except OSError:
        return {"count": None, "clean": None}
    return {"count": len(names), "names_sha256": hashlib.sha256("\n".join(names).encode()).hexdigest(), "clean": None}
