"""The worker as a process: small, patient with a database that cannot be used, and finished when told to."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from databases import Record, point_at
from worlds import NOW, Town
from zhengben.evidence.vault import VaultFullError
from zhengben.flow.feed import add_source, feed
from zhengben.flow.work import Worker
from zhengben.store.database import sqlite
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Heartbeat, Lead, Source

LIMIT = 3 * 1024 * 1024
MEMORY = 130  # megabytes one idle worker may take


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to become true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


@pytest.mark.sockets
def test_a_worker_lives_small_and_ends_when_told(record: Record) -> None:
    words = [sys.executable, "-m", "zhengben.server.worker", "--name", "w1"]
    worker = subprocess.Popen(words, env=record.environment, stderr=subprocess.PIPE, text=True)
    try:
        assert until(lambda: Heartbeat.objects.filter(worker="w1").exists(), 30), "no sign of life"
        time.sleep(1)
        status = Path(f"/proc/{worker.pid}/status").read_text()
        taken = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
        assert taken < MEMORY, f"{taken:.0f} MB"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
    finally:
        worker.kill()
        _, words_said = worker.communicate()
    assert words_said == ""


def test_a_locked_database_is_waited_for_with_one_line_and_nothing_is_lost(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    if record.vendor != "sqlite":
        return  # PostgreSQL locks rows, not files
    town = Town(record.home)
    town.report()
    settings = sqlite(record.url.removeprefix("sqlite:///"))
    point_at({**settings, "OPTIONS": {**settings["OPTIONS"], "timeout": 0.2}})  # type: ignore[dict-item]
    intruder = sqlite3.connect(record.url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    intruder.execute("BEGIN IMMEDIATE")
    worker = Worker(town.adapters(), "w1", lambda: NOW)
    threading.Timer(1.5, lambda: intruder.execute("ROLLBACK")).start()
    waiter = threading.Thread(target=_stop_once_sealed, args=(worker, record))
    waiter.start()
    worker.run()
    waiter.join()
    intruder.close()
    said = capsys.readouterr().err.splitlines()
    assert said
    assert all(line.startswith("zhengben worker: the database cannot be used (database is locked)") for line in said)
    assert Case.objects.get().state == "sealed"
    assert ledger_problems() == []


def _stop_once_sealed(worker: Worker, record: Record) -> None:
    """Stop a worker as soon as its work is done: a fixed time would be too long on every machine but the slowest."""
    until = time.monotonic() + 30
    watcher = sqlite3.connect(record.url.removeprefix("sqlite:///"), isolation_level=None)
    while time.monotonic() < until and watcher.execute("SELECT state FROM store_case").fetchall() != [("sealed",)]:
        time.sleep(0.05)
    watcher.close()
    worker.stop.set()


FULL = """
import resource, sys, threading
import django
django.setup()
from zhengben.flow.work import Worker
from worlds import NOW, Town
from pathlib import Path
town = Town(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
worker = Worker(town.adapters(), "w1", lambda: NOW)
class Once:
    '''Standard error that ends the worker once it has complained.'''
    def write(self, said):
        sys.__stderr__.write(said)
        if said.strip():
            threading.Timer(0.3, worker.stop.set).start()
    def flush(self):
        sys.__stderr__.flush()
sys.stderr = Once()
worker.run()
"""


def test_a_full_disk_is_said_in_one_line_and_loses_nothing(record: Record) -> None:
    if record.vendor != "sqlite":
        return  # the server's disk is not ours to fill
    hosts = record.home / "hosts.txt"
    hosts.write_text("".join(f"h{n}.example\n" for n in range(30_000)))
    add_source("list", "hostname_file", {"path": str(hosts)}, by="one", now=NOW)
    tests = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(record.home), str(LIMIT)], env={**record.environment, "PYTHONPATH": tests},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = done.stderr.splitlines()
    assert done.returncode == 0, done.stderr
    assert said, "a full disk went unsaid"
    assert all(line.startswith("zhengben worker: the database cannot be used (") for line in said), done.stderr
    connection.close()
    before = Lead.objects.count()
    assert 0 < before < 30_000
    assert ledger_problems() == []
    feed(Source.objects.get(), NOW)
    assert Lead.objects.count() == 30_000
    assert set(Lead.objects.values_list("count", flat=True)) == {1}


def test_a_full_vault_keeps_the_lead_and_says_what_to_do(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    town = Town(record.home)
    town.report()
    with monkeypatch.context() as patch:
        patch.setattr(town.vault, "put", _full)  # what `Vault.put` raises on a full disk
        town.work()
    lead = Lead.objects.get()
    assert (lead.state, lead.due_at is not None) == ("new", True)
    assert "no room in the vault" in lead.trouble
    town.work(NOW + timedelta(minutes=5))
    assert Case.objects.get().state == "sealed"


def _full(_body: bytes) -> str:
    raise VaultFullError(28, "no room in the vault for 5 bytes; nothing was kept: free space and try again")
