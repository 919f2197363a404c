"""`zhengben doctor`: what is installed, what is missing, and what that turns off."""

import argparse
import contextlib
import importlib.util
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from zhengben import wiring
from zhengben.cli.common import FINE, NOT_EXAMINED, emit, json_option, language, words
from zhengben.flow.dossiers import load_brands
from zhengben.locale.errors import in_language

HELP = "Tell what is installed, what is missing, and what that turns off. Changes nothing."
EPILOG = """exit codes:
  0  everything needed is there (optional parts may be missing)
  3  something needed is missing

examples:
  zhengben doctor
  zhengben doctor --json"""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `needed` tells whether the product runs without it."""

    name: str
    ok: bool
    detail: str
    turns_off: str = ""
    needed: bool = False


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print every check; 3 where something needed is missing."""
    checks = list(examine())
    for check in checks:
        if args.json:
            emit({"name": check.name, "ok": check.ok, "detail": check.detail, "turns_off": check.turns_off})
        else:
            sys.stdout.write(_line(check))
    return FINE if all(check.ok or not check.needed for check in checks) else NOT_EXAMINED


def examine() -> Iterator[Check]:
    """Look at everything the product can use, the needed things first."""
    yield Check("python", sys.version_info >= (3, 11), platform.python_version(), "everything", needed=True)
    yield _sqlite()
    yield _dossiers()
    yield _home()
    yield _program("chromium", "page captures: they say capture_unavailable, all else works", "chromium")
    yield _fonts()
    for module, package, off in OPTIONAL:
        yield _module(module, package, off)
    yield _namespaces()
    yield from _told()


OPTIONAL = (
    ("playwright", "playwright", "page captures"),
    ("psycopg", "psycopg", "PostgreSQL as the database"),
    ("cv2", "opencv-python-headless", "logo comparison"),
    ("zxingcpp", "zxing-cpp", "QR codes"),
    ("rapidocr", "rapidocr", "reading words in pictures"),
    ("websockets", "websockets", "certificate streams over websocket"),
    ("ray", "ray", "screening on a cluster"),
)


def _line(check: Check) -> str:
    """Tell one check in words; JSON keeps the English ones, which are stable."""
    spoken = language()
    mark = words("doctor.ok" if check.ok else "doctor.missing")
    told = words("doctor.line", name=in_language(check.name, spoken), detail=in_language(check.detail, spoken))
    off = "" if check.ok else words("doctor.turns_off", off=in_language(check.turns_off, spoken))
    return f"{mark}  {told}{off}\n"


def _sqlite() -> Check:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("create virtual table probe using fts5(words)")
            ok = True
        except sqlite3.OperationalError:
            ok = False
    return Check(
        "sqlite", ok, f"{sqlite3.sqlite_version}, full-text search {'in' if ok else 'out'}", "search", needed=True
    )


def _dossiers() -> Check:
    try:
        brands = load_brands()
    except (OSError, ValueError) as error:
        return Check("dossiers", ok=False, detail=str(error), turns_off="every judgement", needed=True)
    return Check("dossiers", ok=True, detail=", ".join(brand.id for brand in brands), needed=True)


def _home() -> Check:
    home = Path(os.environ.get("ZHENGBEN_HOME", "var"))
    place = next(folder for folder in (home, *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free // (1 << 20)
    writable = os.access(place, os.W_OK)
    return Check("home", writable and free > 100, f"{home}: {free} MB free", "keeping evidence", needed=True)


def _told() -> Iterator[Check]:
    """Look at what this installation is told about the world around it."""
    try:
        told = wiring.settings()
    except ValueError as error:
        yield Check("settings", ok=False, detail=str(error), turns_off="the worker", needed=True)
        return
    names = ", ".join(place.name for place in told.vantages) or "none named in zhengben.toml"
    yield Check("second vantage", bool(told.vantages), names, "belief in any removal: it needs looks from two places")
    host = told.mail.host or "none named in zhengben.toml"
    yield Check("mail server", bool(told.mail.host), host, "sending: approved notices wait")


def _program(name: str, off: str, package: str) -> Check:
    path = shutil.which(name)
    if not path:
        return Check(name, ok=False, detail=f"not found; install Debian's {package}", turns_off=off)
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603  # the path found
    return Check(name, ok=True, detail=done.stdout.strip() or path)


def _fonts() -> Check:
    places = (Path("/usr/share/fonts"), Path.home() / ".local/share/fonts")
    found = any(next(place.rglob("*CJK*"), None) for place in places if place.is_dir())
    detail = "a CJK font is there" if found else "none found; install Debian's fonts-noto-cjk"
    return Check("chinese fonts", found, detail, "readable Chinese in captures")


def _module(module: str, package: str, off: str) -> Check:
    if importlib.util.find_spec(module) is None:
        return Check(package, ok=False, detail="not installed (optional)", turns_off=off)
    return Check(package, ok=True, detail=_version(package))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "version not known"


def _namespaces(run_probe: Callable[[], bool] | None = None) -> Check:
    ok = (run_probe or _can_unshare)()
    detail = "available" if ok else "not allowed here"
    return Check("network namespaces", ok, detail, "the browser's own network namespace; the egress guard still holds")


def _can_unshare() -> bool:
    tool = shutil.which("unshare")
    if not tool:
        return False
    return subprocess.run([tool, "-n", "true"], capture_output=True, timeout=20, check=False).returncode == 0  # noqa: S603  # fixed words
