"""From a look to a sealed file on disk."""

import errno
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.core.appfacts import AppFacts, Icon
from zhengben.core.fetched import Seen
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.evidence.canon import load
from zhengben.evidence.exhibit import Attached, Exhibit, Operator
from zhengben.evidence.exhibits import exhibit_of, leave
from zhengben.evidence.verify import verify_package

OPERATOR = Operator(name="command line")


@dataclass
class Looked:
    """A look as the flow gives it."""

    sighting: Sighting
    verdicts: tuple[Verdict, ...] = (Verdict(Label.SCAM, "weilidai", 70),)
    seen: Seen | None = field(default_factory=Seen)


def test_a_page_is_sealed_with_what_was_fetched(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path
) -> None:
    look = Looked(
        Sighting(kind="url", target=exhibit.target, host="wei1idai.example"),
        seen=Seen(exhibit.fetched, exhibit.captured),
    )
    made = exhibit_of(look, OPERATOR, now, now)
    assert (made.fetched, made.captured, made.files) == (exhibit.fetched, exhibit.captured, ())
    assert [step.what for step in made.steps] == ["begin", "fetch", "fetch", "capture", "judge", "seal"]
    assert made.brand == "weilidai"
    path = leave(made, key, now, tmp_path / "sealed")
    report = verify_package(path)
    assert report.ok
    assert path.name == f"{report.number}.zip"
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_text_is_its_own_evidence(key: Ed25519PrivateKey, now: datetime, tmp_path: Path) -> None:
    contact = Contact(kind="phone", value="13800138000", raw="138 0013 8000", start=3, end=16)
    look = Looked(Sighting(kind="text", target="加微信强开", text="加微信强开", contacts=(contact,)), seen=None)
    made = exhibit_of(look, OPERATOR, now, now)
    assert made.files == (Attached("target.txt", "text/plain; charset=utf-8", "加微信强开".encode()),)
    assert made.sighting["contacts"][0]["value"] == "13800138000"  # type: ignore[index]  # a list of the record
    assert verify_package(leave(made, key, now, tmp_path)).ok


def test_an_app_is_kept_as_the_file_it_is(key: Ed25519PrivateKey, now: datetime, tmp_path: Path) -> None:
    facts = AppFacts(platform="android", package="cn.example", icons=(Icon(place="res", sha256="ab", png=b"png"),))
    look = Looked(Sighting(kind="app_file", target="微粒贷.apk", app=facts))
    app = Attached("微粒贷.apk", "application/vnd.android.package-archive", b"PK\x03\x04" * 99)
    made = exhibit_of(look, OPERATOR, now, now, files=(app,))
    path = leave(made, key, now, tmp_path)
    assert verify_package(path).ok
    assert app.body in path.read_bytes()
    assert made.sighting["app"]["package"] == "cn.example"  # type: ignore[index]  # a table of the record


def test_the_environment_and_tools_are_always_there(now: datetime) -> None:
    made = exhibit_of(Looked(Sighting(kind="phone", target="4008888888")), OPERATOR, now, now)
    assert "hosts_file" in made.environment
    assert made.tools["zhengben"]
    assert isinstance(load(b"{}"), dict)


def test_a_full_disk_leaves_nothing(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zhengben.evidence.exhibits.os.fsync", full)
    with pytest.raises(OSError, match="nothing was left"):
        leave(replace(exhibit, case=""), key, now, tmp_path)
    assert list(tmp_path.iterdir()) == []
