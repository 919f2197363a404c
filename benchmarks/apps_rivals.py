"""The rivals, each on one file in a process of its own: run by the Python of the benchmark's own environment.

    python apps_rivals.py NAME ROUNDS FILE...

prints one JSON line a file: package, permissions, labels, certificates (as the tool gives them), CPU ms (mean of the
rounds), peak MiB, and the error or signal that ended it. Tools: androguard, pyaxmlparser, apk-info, aapt, apksigner.
"""

# ruff: noqa: PLC0415 - each tool is imported only in the process that measures it

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from typing import Any

SECONDS, MEMORY = 20, 2 << 30


def androguard(path: str) -> dict[str, Any]:
    """Ask androguard's APK class."""
    from loguru import logger

    logger.remove()
    from androguard.core.apk import APK

    apk = APK(path)
    certs = [c.sha256_fingerprint.replace(" ", "").lower() for c in (apk.get_certificates() or [])]
    return {
        "package": apk.get_package(),
        "permissions": apk.get_permissions(),
        "labels": [apk.get_app_name()],
        "certs": certs,
    }


def pyaxmlparser(path: str) -> dict[str, Any]:
    """Ask pyaxmlparser."""
    from pyaxmlparser import APK

    apk = APK(path)
    return {"package": apk.package, "permissions": apk.get_permissions(), "labels": [apk.application], "certs": []}


def apk_info(path: str) -> dict[str, Any]:
    """Ask apk-info (Rust)."""
    from apk_info import APK

    apk = APK(path)
    certs = []
    for signature in apk.get_signatures():
        certs += re.findall(
            r"sha256[^0-9a-f]{1,20}([0-9a-f]{64})", repr(getattr(signature, "certificates", "")).lower()
        )
    return {
        "package": apk.get_package_name(),
        "permissions": sorted(apk.get_permissions()),
        "labels": [apk.get_application_label()],
        "certs": certs,
    }


def aapt(path: str) -> dict[str, Any]:
    """Ask Debian's aapt."""
    done = subprocess.run(
        ["aapt", "dump", "badging", path], capture_output=True, text=True, check=False, timeout=SECONDS
    )
    if done.returncode:
        raise ValueError(done.stderr.strip()[-200:] or "no answer")
    out = done.stdout
    return {
        "package": (re.findall(r"^package: name='([^']*)'", out, re.MULTILINE) or [""])[0],
        "permissions": re.findall(r"^uses-permission(?:-sdk-23)?: name='([^']*)'", out, re.MULTILINE),
        "labels": re.findall(r"^application-label[^:]*:'([^']*)'", out, re.MULTILINE)
        + re.findall(r"^launchable-activity:.*label='([^']*)'", out, re.MULTILINE),
        "certs": [],
    }


def apksigner(path: str) -> dict[str, Any]:
    """Ask Debian's apksigner, the one that verifies."""
    done = subprocess.run(
        ["apksigner", "verify", "--print-certs", path], capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        raise ValueError((done.stdout + done.stderr).strip()[-200:])
    return {
        "package": "",
        "permissions": [],
        "labels": [],
        "certs": re.findall(r"certificate SHA-256 digest: (\w+)", done.stdout),
    }


TOOLS = {f.__name__.replace("_", "-"): f for f in (androguard, pyaxmlparser, apk_info, aapt, apksigner)}


def one(tool: str, path: str, rounds: int) -> dict[str, Any]:
    """Run a tool on a file in a child, so that an abort or endless loop is an answer too."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        if tool not in {"aapt", "apksigner"}:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        answer = {"error": "died"}
        try:
            TOOLS[tool](path) if rounds > 1 else None
            began, below = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
            for _ in range(rounds):
                found = TOOLS[tool](path)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = time.process_time() - began
            spent += after.ru_utime + after.ru_stime - below.ru_utime - below.ru_stime
            answer = {**found, "cpu_ms": spent / rounds * 1000}
        except BaseException as error:  # noqa: BLE001 - a panic of native code is an answer as well
            answer = {"error": f"{type(error).__name__}: {error}"[:200]}
        peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) >> 10
        os.write(writing, json.dumps({**answer, "peak_mib": peak}, default=str).encode())
        os._exit(0)
    os.close(writing)
    out = b""
    while piece := os.read(reading, 1 << 16):
        out += piece
    os.close(reading)
    _, status = os.waitpid(child, 0)
    if not out:
        return {"error": f"killed by {signal.Signals(os.WTERMSIG(status)).name}" if os.WIFSIGNALED(status) else "died"}
    return json.loads(out)


def main() -> None:
    """Measure one tool over the files given."""
    tool, rounds = sys.argv[1], int(sys.argv[2])
    if tool in {"androguard", "pyaxmlparser", "apk-info"}:  # imports are paid once, before the first child
        __import__({"androguard": "androguard.core.apk", "pyaxmlparser": "pyaxmlparser", "apk-info": "apk_info"}[tool])
    for path in sys.argv[3:]:
        print(json.dumps({"file": path, **one(tool, path, rounds)}, ensure_ascii=False, default=str), flush=True)


if __name__ == "__main__":
    main()
