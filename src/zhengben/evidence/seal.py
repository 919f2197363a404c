"""Sealing: an exhibit becomes one file whose every byte is pinned by a signature.

    data/...             what was seen, as it came
    manifest.json        case, target, signer, place in the log; path, bytes, sha256 and sm3 of every file above
    manifest.sig         Ed25519 over manifest.json
    manifest.tsr         optional RFC 3161 answer over manifest.sig
    SHA256SUMS(.sig)     every member, signed last, so that nothing at all can change unnoticed
    VERIFY.*.md          how to verify with sha256sum and openssl alone
    READ.*.html          the same for people who read no JSON

The evidence number (存证编号) is the sha256 of the whole file.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.evidence.box import write_box
from zhengben.evidence.canon import beijing, dump, plain, utc
from zhengben.evidence.exhibit import Exhibit, Head
from zhengben.evidence.keys import fingerprint, public_pem
from zhengben.evidence.members import data_members
from zhengben.evidence.sheet import sheets

FORMAT = "zhengben.evidence/1"
GUIDES = ("VERIFY.en.md", "VERIFY.zh.md")


class Stamper(Protocol):
    """A time-stamping authority: `url` for the record, and an RFC 3161 answer for a sha256; raises OSError."""

    @property
    def url(self) -> str:
        """Name the authority as it was asked."""
        ...

    def stamp(self, sha256: bytes) -> bytes:
        """Give the DER of the time-stamp response."""
        ...


def number(package: bytes) -> str:
    """Give the evidence number (存证编号) of a sealed package."""
    return hashlib.sha256(package).hexdigest()


def seal(
    exhibit: Exhibit,
    key: Ed25519PrivateKey,
    now: datetime,
    *,
    stamper: Stamper | None = None,
    after: Head | None = None,
) -> bytes:
    """Give the bytes of the sealed package.

    `after` is the newest log entry, `stamper` an optional time-stamping authority. Where it cannot be reached the
    package is sealed all the same and its manifest says so. Without a stamper equal arguments give equal bytes.
    """
    inner = data_members(exhibit) | _guides() | {"signer.pem": public_pem(key.public_key())}
    inner |= sheets(exhibit, inner, fingerprint(key.public_key()), now)
    head = _head(exhibit, key, now, after)
    # The manifest says whether a stamp was asked for, so that a missing one cannot be passed off as never wanted.
    if stamper is None:
        return _close(inner, head, key, {"asked": ""})
    try:
        return _close(inner, head, key, {"asked": stamper.url}, stamper)
    except OSError as error:
        return _close(inner, head, key, {"asked": stamper.url, "failure": str(error)[:300]})


def sums(members: Mapping[str, bytes]) -> bytes:
    """Give the text of SHA256SUMS for the members it covers, in order of name, as `sha256sum` writes it."""
    rows = (f"{hashlib.sha256(members[name]).hexdigest()}  {name}\n" for name in sorted(members))
    return "".join(rows).encode("ascii")


def sm3(body: bytes) -> str:
    """Give the SM3 digest (GB/T 32905), or an empty string where this machine's OpenSSL has none."""
    try:
        return hashlib.new("sm3", body).hexdigest()
    except ValueError:
        return ""


def _guides() -> dict[str, bytes]:
    folder = resources.files(__package__)
    return {name: folder.joinpath(name).read_bytes() for name in GUIDES}


def _head(exhibit: Exhibit, key: Ed25519PrivateKey, now: datetime, after: Head | None) -> dict[str, object]:
    return {
        "format": FORMAT,
        "case": plain(exhibit.case),
        "kind": exhibit.kind,
        "target": plain(exhibit.target),
        "brand": {"id": exhibit.brand, "dossier_sha256": exhibit.brand_digest},
        "operator": plain(exhibit.operator),
        "sealed_at": {"utc": utc(now), "beijing": beijing(now)},
        "signer": {"algorithm": "Ed25519", "sha256": fingerprint(key.public_key())},
        "log_after": None if after is None else {"seq": after.seq, "hash": after.hash},
    }


def _close(
    inner: Mapping[str, bytes],
    head: Mapping[str, object],
    key: Ed25519PrivateKey,
    time_stamp: Mapping[str, str],
    stamper: Stamper | None = None,
) -> bytes:
    manifest = dump({**head, "time_stamp": dict(time_stamp), "members": [_entry(n, inner[n]) for n in sorted(inner)]})
    # The stamp is over the signature: it proves that this key had signed by then, not only that the bytes existed.
    signature = key.sign(manifest)
    members = {**inner, "manifest.json": manifest, "manifest.sig": signature}
    if stamper is not None:
        members["manifest.tsr"] = stamper.stamp(hashlib.sha256(signature).digest())
    listing = sums(members)
    return write_box({**members, "SHA256SUMS": listing, "SHA256SUMS.sig": key.sign(listing)})


def _entry(name: str, body: bytes) -> dict[str, object]:
    entry: dict[str, object] = {"path": name, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    # Chinese courts know SM3 (GB/T 32905); not every OpenSSL has it, and evidence must be sealable without.
    chinese = sm3(body)
    return entry | {"sm3": chinese} if chinese else entry
