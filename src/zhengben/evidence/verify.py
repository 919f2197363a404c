"""Verifying a sealed package, strictly: what is not exactly as this product writes it does not pass.

Independent of sealing but for the exact form of the zip, of the checksum list and of JSON. Every check has a name
(`evidence.check.<name>` in the catalogue) and says what it found.
"""

import hashlib
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature

from zhengben.evidence.box import BYTES, NotABoxError, read_box
from zhengben.evidence.canon import NotCanonicalError, is_hex, load
from zhengben.evidence.keys import KeyFileError, fingerprint, read_public
from zhengben.evidence.log import BrokenLogError, entries
from zhengben.evidence.seal import FORMAT, GUIDES, sm3, sums
from zhengben.evidence.stamp import StampError, read_stamp

_READ = BYTES + 2**24  # the members, and room for their names and digests
_OUTER = frozenset({"manifest.json", "manifest.sig", "SHA256SUMS", "SHA256SUMS.sig"})
_RECORDS = ("environment", "looks", "procedure", "sighting", "verdict")
_HEAD = frozenset(
    (
        "format", "case", "kind", "target", "brand", "operator", "sealed_at", "signer", "log_after", "time_stamp",
        "members",
    )
)  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked. `detail` says what was found, in one line."""

    name: str
    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying one package found; `number` is its evidence number (sha256 of the file)."""

    ok: bool
    checks: tuple[Check, ...]
    number: str = ""
    manifest: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the reader knows from elsewhere; whatever is given must match.

    `number` is the evidence number, `signer` the signer's fingerprint, `log` the bytes of the evidence log, `trusted`
    DER certificates of time-stamping authorities.
    """

    number: str = ""
    signer: str = ""
    log: bytes | None = None
    trusted: Sequence[bytes] = ()


class _FailedError(ValueError):
    """A check that does not hold."""


def verify_package(package: Path | str | bytes, expected: Expected | None = None) -> Report:
    """Verify one package, given as a path or as its bytes; raise OSError only where the file cannot be read."""
    body = package if isinstance(package, bytes) else _read(Path(package))
    if body is None:
        return Report(ok=False, checks=(Check("zip", ok=False, detail=f"larger than {_READ} bytes: not examined"),))
    known = expected or Expected()
    number = hashlib.sha256(body).hexdigest()
    checks = [Check("number", known.number in {"", number}, f"evidence number {number}")]
    opened = _open(body, checks)
    if opened is None:
        return Report(ok=False, checks=tuple(checks), number=number)
    # Every check runs, also behind one that failed: a reader wants to know all that is wrong, not the first of it.
    for name, check in _CHECKS.items():
        checks.append(_run(name, check, opened, known))
    return Report(all(check.ok for check in checks), tuple(checks), number, opened.manifest)


@dataclass(frozen=True, slots=True)
class _Opened:
    members: Mapping[str, bytes]
    manifest: Mapping[str, object]
    number: str


def _read(path: Path) -> bytes | None:
    with path.open("rb") as file:
        # Asked of the open file: one asked by name could be swapped between the question and the reading.
        if os.fstat(file.fileno()).st_size > _READ:
            return None
        body = file.read(_READ + 1)
    return body if len(body) <= _READ else None


def _open(body: bytes, checks: list[Check]) -> _Opened | None:
    """Open the zip and its manifest; without both nothing else can be checked."""
    try:
        members = read_box(body)
    except NotABoxError as error:
        checks.append(Check("zip", ok=False, detail=str(error)))
        return None
    checks.append(Check("zip", ok=True, detail=f"{len(members)} members, no byte beside them"))
    try:
        manifest = _table(load(members.get("manifest.json", b"")), set(_HEAD))
    except (NotCanonicalError, _FailedError) as error:
        checks.append(Check("manifest", ok=False, detail=f"manifest.json: {error}"))
        return None
    return _Opened(members, manifest, hashlib.sha256(body).hexdigest())


def _run(name: str, check: Callable[[_Opened, Expected], str], opened: _Opened, known: Expected) -> Check:
    try:
        return Check(name, ok=True, detail=check(opened, known))
    except (_FailedError, KeyFileError, StampError, BrokenLogError, NotCanonicalError) as error:
        return Check(name, ok=False, detail=str(error))


def _manifest(opened: _Opened, _: Expected) -> str:
    """Check the manifest's form: every field of its kind, every digest in lower-case hex."""
    manifest = opened.manifest
    _must(manifest["format"] == FORMAT, f"made by another format than {FORMAT}")
    _must(all(isinstance(manifest[key], str) for key in ("case", "kind", "target")), "case, kind and target are texts")
    sealed = _table(manifest["sealed_at"], {"utc", "beijing"})
    _must(all(_MOMENT.fullmatch(str(moment)) for moment in sealed.values()), "sealed_at is not two moments")
    signer = _table(manifest["signer"], {"algorithm", "sha256"})
    _must(signer["algorithm"] == "Ed25519" and is_hex(signer["sha256"], 64), "signer is not an Ed25519 fingerprint")
    brand = _table(manifest["brand"], {"id", "dossier_sha256"})
    _must(brand["dossier_sha256"] == "" or is_hex(brand["dossier_sha256"], 64), "dossier_sha256 is not a digest")
    _table(manifest["operator"], {"name", "id", "organisation", "machine"})
    # In order and once: two rows for one path would let two tools see two different files.
    paths = [str(row["path"]) for row in _rows(opened)]
    _must(paths == sorted(set(paths)), "members are not in order, each once")
    return f"case {manifest['case'] or 'none'}, sealed {sealed['utc']}"


def _members(opened: _Opened, _: Expected) -> str:
    """Check that exactly the members are there that the manifest and the form of a package name."""
    listed = {str(row["path"]) for row in _rows(opened)}
    needed = {*GUIDES, "signer.pem", *(f"data/{name}.json" for name in _RECORDS)}
    _must(listed >= needed, f"missing: {', '.join(sorted(needed - listed))}")
    outer = _OUTER | ({"manifest.tsr"} if _stamped(opened) else frozenset())
    wanted = listed | outer
    _must(listed.isdisjoint(outer), "the manifest lists itself")
    # A file nobody listed is as bad as one that is gone: it would be read beside the signed ones as if it were one.
    lacking, beside = sorted(wanted - opened.members.keys()), sorted(opened.members.keys() - wanted)
    _must(not lacking, f"missing: {', '.join(lacking)}")
    _must(not beside, f"not listed: {', '.join(beside)}")
    return f"{len(listed)} listed, all there and no other"


def _hashes(opened: _Opened, _: Expected) -> str:
    """Check bytes, sha256 and, where this machine can, SM3 of every listed member."""
    chinese = bool(sm3(b""))
    for row in _rows(opened):
        body = opened.members.get(str(row["path"]), b"")
        same = row["bytes"] == len(body) and row["sha256"] == hashlib.sha256(body).hexdigest()
        _must(same and (not chinese or row.get("sm3", sm3(body)) == sm3(body)), f"changed: {row['path']}")
    return "sha256 and SM3 of every file" if chinese else "sha256 of every file; SM3 is not available on this machine"


def _sums(opened: _Opened, _: Expected) -> str:
    """Check that SHA256SUMS is exactly the list of the members."""
    covered = {name: body for name, body in opened.members.items() if not name.startswith("SHA256SUMS")}
    _must(opened.members.get("SHA256SUMS") == sums(covered), "SHA256SUMS is not the list of what is here")
    return f"{len(covered)} lines"


def _signer(opened: _Opened, known: Expected) -> str:
    """Check that the key is the one the manifest names, and the one the reader expects."""
    print_ = fingerprint(read_public(opened.members.get("signer.pem", b"")))
    _must(_table(opened.manifest["signer"]).get("sha256") == print_, "the manifest names another key")
    _must(known.signer in {"", print_}, f"signed with another key than expected: {print_}")
    return f"{print_} ({'as expected' if known.signer else 'not compared with a known key'})"


def _signature(opened: _Opened, _: Expected) -> str:
    """Check both signatures."""
    key = read_public(opened.members.get("signer.pem", b""))
    for name in ("manifest.json", "SHA256SUMS"):
        signed = "manifest.sig" if name == "manifest.json" else "SHA256SUMS.sig"
        try:
            key.verify(opened.members.get(signed, b""), opened.members.get(name, b""))
        except InvalidSignature as error:
            raise _FailedError(f"the signature over {name} is wrong") from error
    return "Ed25519 over manifest.json and SHA256SUMS"


def _time_stamp(opened: _Opened, known: Expected) -> str:
    """Check the time stamp over the signature, or that its absence is told."""
    told = opened.manifest["time_stamp"]
    _must(isinstance(told, dict) and told.keys() <= {"asked", "failure"}, "time_stamp has not its fields")
    if not _stamped(opened):
        failure = _table(told).get("failure")
        return f"none: {failure}" if failure else "none was asked for"
    stamp = read_stamp(opened.members.get("manifest.tsr", b""), opened.members.get("manifest.sig", b""), known.trusted)
    anchor = "trusted" if stamp.anchored else "not compared with a trusted authority"
    return f"{stamp.at.isoformat()} by {stamp.authority} ({anchor})"


def _log(opened: _Opened, known: Expected) -> str:
    """Check the place in the log: its form, and against the log itself where the reader has it."""
    # It bounds the age from below: the package names a log entry that did not exist before.
    after = opened.manifest["log_after"]
    if after is not None:
        _must(_is_place(_table(after, {"seq", "hash"})), "log_after is not a place in a log")
    if known.log is None:
        return "no place in a log is named" if after is None else "a place is named; the log was not given"
    places, entered = _places(known.log, opened.number)
    _must(bool(entered), "the log does not name this package")
    if after is not None:
        place = _table(after)
        seq = place["seq"]
        _must(isinstance(seq, int) and places.get(seq) == place["hash"] and seq < entered, "not from this log")
    return f"entry {entered}"


def _is_place(told: Mapping[str, object]) -> bool:
    seq = told["seq"]
    return type(seq) is int and seq >= 0 and is_hex(told["hash"], 64)


def _places(log: bytes, number: str) -> tuple[dict[int, str], int]:
    """Give the hash of every place in the log, and the first place that names the package (0 for none)."""
    places, entered = {0: "0" * 64}, 0
    for head, entry in entries(log):
        places[head.seq] = head.hash
        entered = entered or (head.seq if entry["object"] == number else 0)
    return places, entered


def _records(opened: _Opened, _: Expected) -> str:
    """Check that every record is canonical and every file is named by exactly one record with its digest."""
    named: dict[str, str] = {}
    for name in _RECORDS:
        record = load(opened.members.get(f"data/{name}.json", b""))
        if name == "looks":
            _gather(record, named)
    bodies = {name for name in opened.members if name.startswith("data/") and name.count("/") > 1}
    _must(named.keys() == bodies, f"no record of: {', '.join(sorted(named.keys() ^ bodies)[:3])}")
    wrong = [path for path, digest in named.items() if hashlib.sha256(opened.members[path]).hexdigest() != digest]
    _must(not wrong, f"not as recorded: {', '.join(wrong[:3])}")
    return f"{len(named)} files, each named by a record"


def _reference(value: Mapping[str, object]) -> bool:
    return value.keys() == {"path", "bytes", "sha256"}


def _gather(value: object, named: dict[str, str]) -> None:
    """Collect every reference {path, bytes, sha256} of a record; its depth is bounded by how records are made."""
    if isinstance(value, dict):
        if _reference(value):
            named[str(value["path"])] = str(value["sha256"])
            return
        for item in value.values():
            _gather(item, named)
    elif isinstance(value, list):
        for item in value:
            _gather(item, named)


def _rows(opened: _Opened) -> list[Mapping[str, object]]:
    rows = opened.manifest["members"]
    if not isinstance(rows, list):
        raise _FailedError("members is not a list")
    for row in rows:
        told = _table(row)
        _must(told.keys() | {"sm3"} == {"path", "bytes", "sha256", "sm3"}, "a member has not its fields")
        sound = type(told["bytes"]) is int and is_hex(told["sha256"], 64) and is_hex(told.get("sm3", "0" * 64), 64)
        _must(sound, "a member's size or digest is not written as it must be")
    return rows


def _stamped(opened: _Opened) -> bool:
    told = opened.manifest["time_stamp"]
    return isinstance(told, dict) and bool(told.get("asked")) and "failure" not in told


def _table(value: object, keys: set[str] | None = None) -> Mapping[str, object]:
    if not isinstance(value, dict) or (keys is not None and value.keys() != keys):
        raise _FailedError(f"not the fields {', '.join(sorted(keys or ()))}")
    return value


def _must(holds: object, otherwise: str) -> None:
    if not holds:
        raise _FailedError(otherwise)


_CHECKS: Mapping[str, Callable[[_Opened, Expected], str]] = {
    "manifest": _manifest,
    "members": _members,
    "hashes": _hashes,
    "sums": _sums,
    "signer": _signer,
    "signature": _signature,
    "time_stamp": _time_stamp,
    "log": _log,
    "records": _records,
}
CHECKS = ("number", "zip", *_CHECKS)
