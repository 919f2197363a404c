"""The vault keeps what it was given, whole or not at all."""

import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zhengben.evidence.vault import INCOMING, NAME, DamagedArtefactError, Vault, VaultFullError

WRITER = """
import os, sys
from zhengben.evidence.vault import Vault
vault = Vault(sys.argv[1])
print("ready", flush=True)
for number in range(10**9):
    body = number.to_bytes(8, "big") * 40000
    print(vault.put(body), flush=True)
"""


FILLER = """
import sys
from zhengben.evidence.vault import INCOMING, Vault, VaultFullError
vault = Vault(sys.argv[1])
name = vault.put(b"a" * 100)
try:
    vault.put(b"b" * 200000)
except VaultFullError as error:
    print(error)
print(list(vault.names()) == [name], list((vault.folder / INCOMING).iterdir()))
"""


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def leftovers(vault: Vault) -> list[Path]:
    return list((vault.folder / INCOMING).iterdir())


def test_what_is_put_comes_back(vault: Vault) -> None:
    name = vault.put(b"seen")
    assert name == hashlib.sha256(b"seen").hexdigest()
    assert vault.has(name)
    assert vault.get(name) == b"seen"
    assert list(vault.names()) == [name]


def test_the_same_bytes_are_kept_once_and_stay_read_only(vault: Vault) -> None:
    place = vault.path(vault.put(b"seen"))
    before = place.stat()
    vault.put(b"seen")
    assert place.stat().st_ino == before.st_ino
    assert place.stat().st_mode & 0o222 == 0


def test_an_unknown_name_is_missing_and_a_wrong_one_is_refused(vault: Vault) -> None:
    assert not vault.has("0" * 64)
    with pytest.raises(FileNotFoundError):
        vault.get("0" * 64)
    with pytest.raises(ValueError, match="64 characters"):
        vault.path("../../etc/passwd")


def test_damage_is_told_and_mended_by_putting_again(vault: Vault) -> None:
    name = vault.put(b"seen")
    vault.path(name).chmod(0o600)
    vault.path(name).write_bytes(b"seem")
    with pytest.raises(DamagedArtefactError, match="restore it"):
        vault.get(name)
    vault.put(b"seen")
    assert vault.get(name) == b"seen"


def test_no_room_is_one_clear_error_and_nothing_half_written(vault: Vault) -> None:
    kept = vault.put(b"before")
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(VaultFullError, match=r"no room .* 5000 bytes; nothing was kept"):
            vault.put(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert list(vault.names()) == [kept]
    assert leftovers(vault) == []
    assert vault.get(vault.put(b"x" * 5000)) == b"x" * 5000


def test_a_really_full_disk(tmp_path: Path) -> None:
    """The same on a file system of 64 KiB of its own, where the kernel allows mounting one."""
    fill = tmp_path / "fill.py"
    fill.write_text(FILLER)
    place = tmp_path / "small"
    place.mkdir()
    script = f"mount -t tmpfs -o size=64k none {place} && exec {sys.executable} {fill} {place}"
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount here: {done.stderr.strip()[:100]}")
    told, rest = done.stdout.strip().splitlines()
    assert "no room" in told
    assert rest == "True []"


def test_kill_9_at_any_moment_leaves_whole_artefacts_only(vault: Vault) -> None:
    chance = random.Random(7)  # noqa: S311  a seeded choice repeats
    for _ in range(6):
        worker = subprocess.Popen([sys.executable, "-c", WRITER, str(vault.folder)], stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(chance.random() / 20)
        os.kill(worker.pid, signal.SIGKILL)
        told = worker.stdout.read().split()
        worker.stdout.close()
        worker.wait()
        assert all(vault.has(name) for name in told if NAME.fullmatch(name)), "an acknowledged artefact is gone"
    for name in vault.names():
        vault.get(name)  # raises where it is not whole


def test_two_writers_of_the_same_bytes(vault: Vault) -> None:
    code = "import sys\nfrom zhengben.evidence.vault import Vault\nvault = Vault(sys.argv[1])\n"
    code += "for n in range(50): vault.put(bytes([n]) * 9999)"
    both = [subprocess.Popen([sys.executable, "-c", code, str(vault.folder)]) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    assert len([vault.get(name) for name in vault.names()]) == 50
    assert leftovers(vault) == []


def test_tidy_removes_old_leftovers_and_nothing_else(vault: Vault) -> None:
    name = vault.put(b"seen")
    old = vault.folder / INCOMING / "left-by-a-crash"
    old.write_bytes(b"half")
    soon = datetime.now(UTC) + timedelta(minutes=1)
    assert vault.tidy(soon - timedelta(days=1)) == 0
    assert vault.tidy(soon) == 1
    assert leftovers(vault) == []
    assert vault.get(name) == b"seen"
