"""Verifying: what was sealed passes, and nothing else does, whoever changed it and wherever."""

import hashlib
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.evidence.box import read_box, write_box
from zhengben.evidence.canon import dump, load
from zhengben.evidence.exhibit import Attached, Exhibit, Head, Operator
from zhengben.evidence.keys import fingerprint, public_pem
from zhengben.evidence.log import Entry, Log
from zhengben.evidence.seal import number, seal, sums
from zhengben.evidence.stamp import HttpStamper
from zhengben.evidence.verify import CHECKS, Expected, Report, verify_package
from zhengben.locale.words import LANGUAGES, say

Members = dict[str, bytes]
# thousands of packages each: counting the lines of every one would take three times as long and cover nothing more
UNCOUNTED = pytest.mark.no_cover


@pytest.fixture
def package(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime) -> bytes:
    return seal(exhibit, key, now)


def failed(report: Report) -> set[str]:
    assert not report.ok
    return {check.name for check in report.checks if not check.ok}


def test_a_sealed_package_passes_every_check(package: bytes, tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    path.write_bytes(package)
    report = verify_package(path)
    assert report.ok, report.checks
    assert tuple(check.name for check in report.checks) == CHECKS
    assert report.number == number(package)
    assert report.manifest["case"] == "ZB-2026-0001"
    assert all(check.detail for check in report.checks)


def test_every_check_has_words() -> None:
    for language in LANGUAGES:
        assert all(say(f"evidence.check.{name}", language) for name in CHECKS)


def test_packages_of_files_and_texts_pass_too(key: Ed25519PrivateKey, now: datetime) -> None:
    app = Exhibit(
        target="微粒贷.apk", kind="app_file", operator=Operator(name="x"), files=(Attached("微粒贷.apk", "a/b", b"PK"),)
    )
    text = Exhibit(
        target="加微信强开", kind="text", operator=Operator(name="x"), files=(Attached("t", "text/plain", b"t"),)
    )
    for exhibit in (app, text):
        assert verify_package(seal(exhibit, key, now)).ok


@UNCOUNTED
def test_a_changed_bit_in_every_byte_is_caught(package: bytes) -> None:
    for at in range(len(package)):
        changed = bytearray(package)
        changed[at] ^= 1 << (at * 7 % 8)
        assert not verify_package(bytes(changed)).ok, f"byte {at}"


@UNCOUNTED
def test_changed_members_are_caught_without_the_zip(package: bytes) -> None:
    """As above, but the attacker writes the zip anew, so that only digests and signatures stand against him."""
    members = read_box(package)
    for name, body in members.items():
        for at in range(0, len(body), 16 if name.startswith("VERIFY") else 2):
            changed = bytearray(body)
            changed[at] ^= 1 << (at // 2 % 8)
            assert not verify_package(write_box({**members, name: bytes(changed)})).ok, f"{name} byte {at}"


@UNCOUNTED
@pytest.mark.slow
def test_every_bit_of_every_container_of_cryptography_is_caught(package: bytes) -> None:
    members = read_box(package)
    for name in ("manifest.sig", "SHA256SUMS.sig", "signer.pem", "manifest.json"):
        for bit in range(0, len(members[name]) * 8, 5 if name == "manifest.json" else 1):
            changed = bytearray(members[name])
            changed[bit // 8] ^= 1 << (bit % 8)
            assert not verify_package(write_box({**members, name: bytes(changed)})).ok, f"{name} bit {bit}"


@UNCOUNTED
def test_random_damage_is_caught(package: bytes) -> None:
    chance = random.Random(20261122)  # noqa: S311  a seeded choice repeats
    for _ in range(400):
        changed = bytearray(package)
        start = chance.randrange(len(changed))
        how = chance.choice(["cut", "double", "zero", "swap"])
        piece = changed[start : start + chance.randrange(1, 200)]
        if how == "cut":
            del changed[start : start + len(piece)]
        elif how == "double":
            changed[start:start] = piece
        elif how == "zero":
            changed[start : start + len(piece)] = bytes(len(piece))
        else:
            changed[start : start + len(piece)] = piece[::-1]
        if bytes(changed) != package:
            assert not verify_package(bytes(changed)).ok


def rewrite(members: Members, key: Ed25519PrivateKey | None = None) -> bytes:
    """Write a package again as somebody with (or without) a key of his own would."""
    inner = {name: body for name, body in members.items() if not name.startswith("SHA256SUMS")}
    listing = sums(inner)
    signature = key.sign(listing) if key else members.get("SHA256SUMS.sig", b"")
    return write_box({**inner, "SHA256SUMS": listing, "SHA256SUMS.sig": signature})


def edited(members: Members, change: Callable[[dict[str, Any]], None]) -> Members:
    told = load(members["manifest.json"])
    assert isinstance(told, dict)
    change(told)
    return {**members, "manifest.json": dump(told)}


def test_edited_page_with_digests_made_anew_is_caught(package: bytes) -> None:
    members = read_box(package)
    page = "data/fetched-01-desktop/body.bin"
    members[page] = members[page].replace(b"title", b"TITLE")

    def rehash(told: dict[str, Any]) -> None:
        row = next(row for row in told["members"] if row["path"] == page)
        row["sha256"] = hashlib.sha256(members[page]).hexdigest()
        row.pop("sm3", None)

    assert {"signature", "records"} <= failed(verify_package(rewrite(edited(members, rehash))))


@pytest.mark.parametrize(
    ("change", "check"),
    [
        (lambda m: m | {"data/extra": b"x"}, "members"),
        (lambda m: m | {"extra.txt": b"x"}, "members"),
        (lambda m: m | {"manifest.tsr": b"x"}, "members"),
        (lambda m: {n: b for n, b in m.items() if n != "data/files/01.bin"}, "members"),
        (lambda m: {n: b for n, b in m.items() if n != "VERIFY.zh.md"}, "members"),
        (lambda m: {n: b for n, b in m.items() if n != "manifest.sig"}, "signature"),
        (lambda m: {n: b for n, b in m.items() if n != "signer.pem"}, "signer"),
        (lambda m: m | {"manifest.json": m["manifest.json"].replace(b"{", b"{ ", 1)}, "manifest"),
        (lambda m: m | {"manifest.json": m["manifest.json"].replace(b'{"brand"', b'{"brand":0,"brand"')}, "manifest"),
        (lambda m: m | {"manifest.json": b"[]"}, "manifest"),
        (lambda m: m | {"manifest.json": b"{}"}, "manifest"),
        (lambda m: m | {"data/verdict.json": m["data/verdict.json"].replace(b"impersonation", b"mention")}, "hashes"),
    ],
    ids=[
        "data added", "file added", "stamp added", "data removed", "guide removed", "signature stripped",
        "key stripped",
        "blank in manifest", "key twice", "no table", "empty", "verdict softened",
    ],
)  # fmt: skip
def test_attacks_without_the_key(package: bytes, change: Callable[[Members], Members], check: str) -> None:
    report = verify_package(rewrite(change(read_box(package))))
    assert check in failed(report)


def test_a_package_signed_anew_by_a_stranger_is_told_by_its_signer(package: bytes, key: Ed25519PrivateKey) -> None:
    """Anybody can sign a package; only the fingerprint, the number or the log tells whose it is."""
    stranger = Ed25519PrivateKey.generate()
    members = read_box(package) | {"signer.pem": public_pem(stranger.public_key())}

    def own(told: dict[str, Any]) -> None:
        told["signer"]["sha256"] = fingerprint(stranger.public_key())
        row = next(row for row in told["members"] if row["path"] == "signer.pem")
        row["sha256"] = hashlib.sha256(members["signer.pem"]).hexdigest()
        row.pop("sm3", None)

    forged = edited(members, own)
    forged["manifest.sig"] = stranger.sign(forged["manifest.json"])
    box = rewrite(forged, stranger)
    assert verify_package(box).ok
    assert failed(verify_package(box, Expected(signer=fingerprint(key.public_key())))) == {"signer"}
    assert failed(verify_package(box, Expected(number=number(package)))) == {"number"}


HOSTILE: list[Callable[[dict[str, Any]], object]] = [
    lambda m: m.update(members={}),
    lambda m: m.update(members=[1]),
    lambda m: m.update(members=[]),
    lambda m: m["members"].reverse(),
    lambda m: m["members"].append(m["members"][0]),
    lambda m: m["members"][0].update(sha256=m["members"][0]["sha256"].upper()),
    lambda m: m["members"][0].update(bytes=True),
    lambda m: m["members"][0].update(extra=1),
    lambda m: m["members"][0].pop("path"),
    lambda m: m.update(format="other/1"),
    lambda m: m.update(target=None),
    lambda m: m.update(sealed_at="now"),
    lambda m: m["sealed_at"].update(utc="2026-11-22"),
    lambda m: m["signer"].update(algorithm="RSA"),
    lambda m: m.update(signer=[]),
    lambda m: m.update(signer={}),
    lambda m: m.update(operator={}),
    lambda m: m.update(brand={}),
    lambda m: m.update(log_after={}),
    lambda m: m.update(time_stamp={}, members=None),
    lambda m: m.update(brand=None),
    lambda m: m["brand"].update(dossier_sha256="xyz"),
    lambda m: m.update(operator="somebody"),
    lambda m: m.update(log_after={"seq": -1, "hash": "0" * 64}),
    lambda m: m.update(log_after={"seq": True, "hash": "0" * 64}),
    lambda m: m.update(log_after={"seq": 1, "hash": "0" * 63 + " "}),
    lambda m: m.update(log_after=[]),
    lambda m: m.update(time_stamp=None),
    lambda m: m.update(time_stamp={"asked": "http://x/", "more": ""}),
    lambda m: m.update(time_stamp={"asked": "http://x/"}),
]


@pytest.mark.parametrize("change", HOSTILE, ids=range(len(HOSTILE)))
def test_a_malformed_manifest_fails_even_well_signed(
    package: bytes, key: Ed25519PrivateKey, change: Callable[[dict[str, Any]], None]
) -> None:
    members = edited(read_box(package), change)
    members["manifest.sig"] = key.sign(members["manifest.json"])
    assert not verify_package(rewrite(members, key)).ok


@pytest.mark.parametrize(
    "junk", [b"", b"PK\x05\x06" + bytes(18), b"x" * 1000, b"PK\x03\x04", b"PK\x03\x04" + b"\xff" * 200]
)
def test_junk_is_not_ok(junk: bytes) -> None:
    assert "zip" in failed(verify_package(junk))


def test_a_file_larger_than_any_package_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    with path.open("wb") as file:
        file.truncate(2**32)
    assert "larger than" in verify_package(path).checks[0].detail


def test_the_log_must_name_the_package_after_its_place(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, tmp_path: Path
) -> None:
    log = Log(tmp_path / "log")
    head = log.append(Entry(now, "w", "seal", "another"))
    package = seal(exhibit, key, now, after=head)
    assert failed(verify_package(package, Expected(log=log.path.read_bytes()))) == {"log"}
    log.append(Entry(now, "w", "seal", number(package)))
    report = verify_package(package, Expected(log=log.path.read_bytes()))
    assert report.ok
    assert next(check.detail for check in report.checks if check.name == "log") == "entry 2"
    torn = log.path.read_bytes().replace(b"another", b"anothar")
    assert failed(verify_package(package, Expected(log=torn))) == {"log"}
    elsewhere = seal(exhibit, key, now, after=Head(1, "ef" * 32))
    log.append(Entry(now, "w", "seal", number(elsewhere)))
    assert failed(verify_package(elsewhere, Expected(log=log.path.read_bytes()))) == {"log"}


@UNCOUNTED
@pytest.mark.sockets
def test_a_changed_bit_in_any_byte_of_a_stamp_is_caught(
    exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, authority: Any
) -> None:
    members = read_box(seal(exhibit, key, now, stamper=HttpStamper(authority.url)))
    stamp = members["manifest.tsr"]
    for at in range(len(stamp)):
        changed = bytearray(stamp)
        changed[at] ^= 1 << (at % 8)
        assert not verify_package(write_box({**members, "manifest.tsr": bytes(changed)})).ok, f"byte {at}"


@pytest.mark.sockets
def test_stamped_packages(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, authority: Any) -> None:
    package = seal(exhibit, key, now, stamper=HttpStamper(authority.url))
    report = verify_package(package, Expected(trusted=[authority.root]))
    assert report.ok, report.checks
    assert "CN=Test TSA (trusted)" in next(check.detail for check in report.checks if check.name == "time_stamp")
    members = read_box(package)
    other = read_box(seal(exhibit, key, now.replace(hour=2), stamper=HttpStamper(authority.url)))
    borrowed = rewrite({**members, "manifest.tsr": other["manifest.tsr"]}, key)
    assert failed(verify_package(borrowed)) == {"time_stamp"}
    stripped = rewrite({name: body for name, body in members.items() if name != "manifest.tsr"}, key)
    assert {"members", "time_stamp"} <= failed(verify_package(stripped))
