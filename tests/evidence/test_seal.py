"""Sealing: the same exhibit gives the same file, and the file verifies with nothing of ours."""

import io
import re
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.core.fetched import Captured
from zhengben.evidence.canon import load
from zhengben.evidence.exhibit import Exhibit, Head
from zhengben.evidence.keys import fingerprint
from zhengben.evidence.seal import GUIDES, number, seal, sm3
from zhengben.evidence.stamp import HttpStamper


def members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as box:
        return {name: box.read(name) for name in box.namelist()}


def manifest(package: bytes) -> dict[str, Any]:
    value = load(members(package)["manifest.json"])
    assert isinstance(value, dict)
    return value


def test_the_same_exhibit_gives_the_same_bytes(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime) -> None:
    assert seal(exhibit, key, now) == seal(exhibit, key, now)
    assert number(seal(exhibit, key, now)) != number(seal(exhibit, key, now.replace(second=9)))


def test_the_manifest_names_everything(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime) -> None:
    package = seal(exhibit, key, now, after=Head(12, "cd" * 32))
    told = manifest(package)
    assert told["case"] == "ZB-2026-0001"
    assert told["target"] == exhibit.target
    assert told["brand"] == {"id": "weilidai", "dossier_sha256": "ab" * 32}
    assert told["sealed_at"] == {"utc": "2026-11-22T01:02:03.456Z", "beijing": "2026-11-22T09:02:03.456+08:00"}
    assert told["signer"]["sha256"] == fingerprint(key.public_key())
    assert told["log_after"] == {"seq": 12, "hash": "cd" * 32}
    listed = {row["path"] for row in told["members"]}
    assert listed == members(package).keys() - {"manifest.json", "manifest.sig", "SHA256SUMS", "SHA256SUMS.sig"}
    assert set(GUIDES) <= listed


def test_sm3_is_the_digest_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A.1."""
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_the_package_is_hardly_larger_than_what_it_holds(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime
) -> None:
    shot = Captured(url="u", final_url="u", profile="mobile", screenshot=bytes(1_100_000))
    big = Exhibit(target=exhibit.target, kind="url", operator=exhibit.operator, captured=(shot,))
    assert len(seal(big, key, now)) <= 1.05 * 1_100_000


def commands(guide: bytes) -> list[str]:
    """Give the commands of the fenced blocks of a guide."""
    blocks = re.findall(r"```sh\n(.*?)```", guide.decode(), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def unpacked(package: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(package)) as box:
        box.extractall(folder)
    return folder


@pytest.mark.parametrize("guide", GUIDES)
def test_the_guide_works_with_openssl_and_coreutils_alone(
    guide: str, exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path
) -> None:
    package = seal(exhibit, key, now)
    folder = unpacked(package, tmp_path)
    told = commands(members(package)[guide])
    assert len(told) == 4
    outputs = [
        subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=True) for line in told
    ]
    assert outputs[0].stdout == ""
    assert [out.stdout.strip() for out in outputs[1:3]] == ["Signature Verified Successfully"] * 2
    assert outputs[3].stdout.split()[0] == fingerprint(key.public_key())


def test_the_guide_catches_a_changed_file(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path
) -> None:
    package = seal(exhibit, key, now)
    folder = unpacked(package, tmp_path)
    check, over_sums, *_ = commands(members(package)["VERIFY.en.md"])
    page = folder / "data/fetched-01-desktop/body.bin"
    page.write_bytes(page.read_bytes().replace(b"title", b"TITLE"))
    assert subprocess.run(["sh", "-c", check], cwd=folder, capture_output=True, check=False).returncode
    listing = folder / "SHA256SUMS"
    listing.write_bytes(listing.read_bytes()[:-2] + b"x\n")
    assert subprocess.run(["sh", "-c", over_sums], cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.sockets
def test_a_stamp_is_verified_by_openssl_alone(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path, authority: Any
) -> None:
    package = seal(exhibit, key, now, stamper=HttpStamper(authority.url))
    folder = unpacked(package, tmp_path)
    words = ["-data", "manifest.sig", "-in", "manifest.tsr", "-CAfile", str(authority.folder / "root.crt")]
    done = subprocess.run(["openssl", "ts", "-verify", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


@pytest.mark.sockets
def test_an_authority_that_is_away_does_not_stop_sealing(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime
) -> None:
    package = seal(exhibit, key, now, stamper=HttpStamper("http://127.0.0.1:9/", seconds=1))
    told = manifest(package)["time_stamp"]
    assert told["asked"] == "http://127.0.0.1:9/"
    assert "no answer" in told["failure"]
    assert "manifest.tsr" not in members(package)
