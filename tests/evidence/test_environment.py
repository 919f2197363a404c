"""The state of the machine: planted dirt is found, and what cannot be read is said."""

from pathlib import Path

import pytest

from zhengben.evidence.canon import dump, plain
from zhengben.evidence.environment import describe, dirt, tools


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc/hosts").write_text("127.0.0.1 localhost # this machine\n::1 localhost ip6-localhost\n\n")
    (tmp_path / "etc/resolv.conf").write_text("# made by hand\nnameserver 192.0.2.53\n")
    (tmp_path / "proc/sys/kernel/random").mkdir(parents=True)
    (tmp_path / "proc/sys/kernel/random/boot_id").write_text("b007\n")
    (tmp_path / "proc/17").mkdir()
    (tmp_path / "proc/17/comm").write_text("worker\n")
    return tmp_path


def test_a_clean_machine_has_no_dirt(clean: Path) -> None:
    report = describe(clean, {})
    assert dirt(report) == ()
    assert report["boot_id"] == {"value": "b007", "clean": None}
    assert report["resolver"]["value"] == ["nameserver 192.0.2.53"]  # type: ignore[index]  # a table of the report
    assert report["processes"]["count"] == 1  # type: ignore[index]  # a table of the report
    dump(plain(report))


def test_planted_dirt_is_found(clean: Path) -> None:
    (clean / "etc/hosts").write_text("203.0.113.9 www.webank.com\n")
    (clean / "etc/ld.so.preload").write_text("/lib/evil.so\n")
    report = describe(clean, {"https_proxy": "http://user:secret@proxy.example/"})
    assert set(dirt(report)) == {"hosts_file", "proxy", "preload"}
    assert b"secret" not in dump(plain(report))
    assert report["hosts_file"]["foreign"] == ["203.0.113.9 www.webank.com"]  # type: ignore[index]  # a table


def test_what_cannot_be_read_is_none_and_not_clean(tmp_path: Path) -> None:
    report = describe(tmp_path / "nowhere", {})
    assert report["hosts_file"] == {"sha256": None, "clean": None}
    assert report["processes"] == {"count": None, "clean": None}
    assert report["disk"] == {"free_bytes": None, "clean": None}
    assert dirt(report) == ()


def test_the_machine_itself_can_be_described() -> None:
    report = describe()
    assert report["hosts_file"]["sha256"]  # type: ignore[index]  # a table of the report
    assert tools()["zhengben"]
