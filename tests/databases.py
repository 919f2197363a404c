"""Real databases for tests: an SQLite file or a private PostgreSQL, migrated once and copied for every test.

`record` runs a test on both. A test gets a database of its own, so events stay append-only: nothing is ever flushed.
Import the fixtures into a `conftest.py`: `from databases import cluster, record, templates`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections

from zhengben.store.database import database

OWNER = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this user
START_SECONDS = 30
MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108 -- a private folder is made in it


@dataclass(frozen=True, slots=True)
class Record:
    """The database of one test: `url` as a process of its own would be told, `home` for everything else it keeps."""

    vendor: str
    url: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment for a process of the product on this database."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "zhengben.server.settings",
            "ZHENGBEN_DATABASE": self.url,
            "ZHENGBEN_HOME": str(self.home),
        }


def server_binaries() -> Path | None:
    """Give the folder of PostgreSQL's server programs, the newest version first; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    named = shutil.which("initdb")
    return found[0].parent if found else Path(named).parent if named else None


def _in_memory() -> Path | None:
    """Give the folder that lies in memory, where there is room: each database is some three hundred files."""
    return MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM else None


def _as_owner() -> dict[str, Any]:
    """Give what makes a child run as the database's owner where this process is root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(OWNER)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """Start a private PostgreSQL on a unix socket; give the socket's folder. Skips, aloud, where there is none."""
    programs = server_binaries()
    if programs is None:
        pytest.skip(
            "PostgreSQL is not installed (no initdb under /usr/lib/postgresql); its half of the tests is left out"
        )
    room = Path(tempfile.mkdtemp(prefix="zb-pg-", dir=_in_memory()))
    owner = _as_owner()
    if owner:
        os.chown(room, owner["user"], owner["group"])
    data = room / "data"
    # the C locale on purpose: search and order must not lean on the cluster's language
    make = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "zhengben",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    subprocess.run(make, check=True, capture_output=True, cwd=room, **owner)
    told = ("listen_addresses=", "fsync=off", "max_connections=60", "autovacuum=off", "max_wal_size=256MB")
    words = ["-D", str(data), "-k", str(room), *(word for one in told for word in ("-c", one))]
    log = (room / "log").open("wb")
    server = subprocess.Popen([str(programs / "postgres"), *words], stdout=log, stderr=log, cwd=room, **owner)
    try:
        _wait(room, server)
        yield str(room)
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: its files are thrown away, so nothing need be written first
        server.wait(timeout=START_SECONDS)
        log.close()
        shutil.rmtree(room, ignore_errors=True)


def _wait(room: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(host=str(room), user="zhengben", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {(room / 'log').read_text('utf-8', 'replace')[-500:]}")


def _url(socket: str, name: str) -> str:
    return f"postgresql:///{name}?host={socket}&user=zhengben"


def admin(socket: str, statement: str) -> None:
    """Run one statement that cannot be in a transaction."""
    with psycopg.connect(host=socket, user="zhengben", dbname="postgres", autocommit=True) as link:
        link.execute(statement.encode())


def point_at(settings: Mapping[str, object]) -> None:
    """Make Django's default connection this database."""
    connections["default"].close()
    del connections["default"]
    connections.databases["default"] = connections.configure_settings({"default": dict(settings)})["default"]


@pytest.fixture(scope="session")
def templates(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give where the migrated databases are; each kind is made when the first test asks for it."""
    del request
    return {"folder": str(tmp_path_factory.mktemp("templates"))}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def record(
    request: pytest.FixtureRequest, templates: dict[str, str], tmp_path: Path, django_db_blocker: Any
) -> Iterator[Record]:
    """Give a fresh, migrated database of each kind, as Django's default."""
    with django_db_blocker.unblock():
        before = connections.databases["default"]
        made = _sqlite(templates, tmp_path) if request.param == "sqlite" else _postgresql(request, templates, tmp_path)
        try:
            yield made
        finally:
            point_at(before)
            if made.vendor == "postgresql":
                name = made.url.removeprefix("postgresql:///").partition("?")[0]
                admin(request.getfixturevalue("cluster"), f"DROP DATABASE {name} WITH (FORCE)")


def _sqlite(templates: dict[str, str], tmp_path: Path) -> Record:
    template = Path(templates["folder"]) / "template.sqlite3"
    if "sqlite" not in templates:
        point_at(database(f"sqlite:///{template}", tmp_path))
        call_command("migrate", verbosity=0, skip_checks=True)
        connections["default"].cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections["default"].close()
        templates["sqlite"] = str(template)
    copy = tmp_path / "record.sqlite3"
    shutil.copyfile(template, copy)
    url = f"sqlite:///{copy}"
    point_at(database(url, tmp_path))
    return Record("sqlite", url, tmp_path)


def _postgresql(request: pytest.FixtureRequest, templates: dict[str, str], tmp_path: Path) -> Record:
    socket: str = request.getfixturevalue("cluster")
    if "postgresql" not in templates:
        admin(socket, "CREATE DATABASE template_record")
        point_at(database(_url(socket, "template_record"), tmp_path))
        call_command("migrate", verbosity=0, skip_checks=True)
        connections["default"].close()
        templates["postgresql"] = "template_record"
    templates["count"] = str(int(templates.get("count", "0")) + 1)
    name = f"record_{templates['count']}"
    admin(socket, f"CREATE DATABASE {name} TEMPLATE template_record")
    point_at(database(_url(socket, name), tmp_path))
    return Record("postgresql", _url(socket, name), tmp_path)
