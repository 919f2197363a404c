"""APK signatures v1, v2 and v3 written after Android's pages, each step open to tampering."""

import base64
import hashlib
import struct
from collections.abc import Callable
from dataclasses import dataclass

import zipw
from keys import Signer

MAGIC = b"APK Sig Block 42"
V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
Pair = tuple[int, bytes]


def lp(data: bytes) -> bytes:
    """DATA behind its length."""
    return struct.pack("<I", len(data)) + data


def cut(package: bytes) -> tuple[bytes, bytes, bytes]:
    """The parts before, of, and behind the central directory."""
    end = package.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", package, end + 12)
    return package[:start], package[start : start + size], package[end:]


def strip(package: bytes) -> tuple[bytes, bytes, bytes, list[Pair]]:
    """The same, with the signing block taken out of the first part and its pairs beside."""
    before, central, end = cut(package)
    if before[-16:] != MAGIC:
        return before, central, end, []
    size = struct.unpack_from("<Q", before, len(before) - 24)[0]
    block = before[len(before) - size : -24]
    pairs = []
    while block:
        length, ident = struct.unpack_from("<QI", block)
        pairs.append((ident, block[12 : 8 + length]))
        block = block[8 + length :]
    return before[: len(before) - size - 8], central, end, pairs


def digest(before: bytes, central: bytes, end: bytes) -> bytes:
    """The content digest of v2 and v3: chunks of 1 MiB, SHA-256."""
    fixed = end[:16] + struct.pack("<I", len(before)) + end[20:]
    chunks = []
    for section in (before, central, fixed):
        for at in range(0, len(section), 1 << 20):
            part = section[at : at + (1 << 20)]
            chunks.append(hashlib.sha256(b"\xa5" + struct.pack("<I", len(part)) + part).digest())
    return hashlib.sha256(b"\x5a" + struct.pack("<I", len(chunks)) + b"".join(chunks)).digest()


@dataclass(frozen=True)
class Plan:
    """How one signer of a scheme is written; the callables replace what is honest."""

    signer: Signer
    scheme: int = V2
    certs: tuple[bytes, ...] = ()
    attributes: bytes = b""
    spki: bytes = b""
    wrong_digest: bool = False
    wrong_signature: bool = False
    no_signature: bool = False
    sdk: tuple[int, int] = (24, 0x7FFFFFFF)
    inner_sdk: tuple[int, int] | None = None
    algorithm: int = 0
    inner_algorithm: int = 0


def _sdk(bounds: tuple[int, int]) -> bytes:
    return struct.pack("<II", *bounds)


def signer_block(plan: Plan, hashed: bytes) -> bytes:
    """One signer of a v2 or v3 block."""
    algorithm = plan.algorithm or plan.signer.algorithm
    shown = bytes(32) if plan.wrong_digest else hashed
    data = lp(lp(struct.pack("<I", plan.inner_algorithm or algorithm) + lp(shown)))
    data += lp(b"".join(lp(cert) for cert in plan.certs or (plan.signer.der,)))
    if plan.scheme != V2:
        data += _sdk(plan.inner_sdk or plan.sdk)
    data += lp(plan.attributes)
    signature = plan.signer.sign(data + b"x" if plan.wrong_signature else data)
    signatures = b"" if plan.no_signature else lp(struct.pack("<I", algorithm) + lp(signature))
    sdk = _sdk(plan.sdk) if plan.scheme != V2 else b""
    return lp(data) + sdk + lp(signatures) + lp(plan.spki or plan.signer.spki)


def block(pairs: list[Pair]) -> bytes:
    """An APK Signing Block of PAIRS."""
    body = b"".join(struct.pack("<QI", len(value) + 4, ident) + value for ident, value in pairs)
    size = len(body) + 24
    return struct.pack("<Q", size) + body + struct.pack("<Q", size) + MAGIC


def insert(package: bytes, raw: bytes) -> bytes:
    """RAW put before the central directory, whose offset follows."""
    before, central, end = cut(package)
    return before + raw + central + end[:16] + struct.pack("<I", len(before) + len(raw)) + end[20:]


def sign(package: bytes, plans: list[Plan], extra: tuple[Pair, ...] = ()) -> bytes:
    """PACKAGE with a block of PLANS: all of one scheme stand in one value."""
    hashed = digest(*cut(package))
    pairs: list[Pair] = []
    for scheme in dict.fromkeys(plan.scheme for plan in plans):
        signers = b"".join(lp(signer_block(plan, hashed)) for plan in plans if plan.scheme == scheme)
        pairs.append((scheme, lp(signers)))
    return insert(package, block([*pairs, *extra]))


def transplant(donor: bytes, package: bytes) -> bytes:
    """PACKAGE with the block of DONOR."""
    return insert(package, block(strip(donor)[3]))


def lineage(chain: list[Signer], liar: Signer | None = None) -> bytes:
    """A v3 proof-of-rotation attribute; with LIAR every link is signed by him instead."""
    nodes = b""
    previous: Signer | None = None
    for signer in chain:
        data = lp(signer.der) + struct.pack("<I", previous.algorithm if previous else 0)
        maker = liar or previous
        signature = maker.sign(data) if previous and maker else b""
        nodes += lp(lp(data) + struct.pack("<II", 0x17, signer.algorithm) + lp(signature))
        previous = signer
    return lp(struct.pack("<I", 0x3BA06F8C) + struct.pack("<I", 1) + nodes)


def _section(name: str, data: bytes) -> bytes:
    sha = base64.b64encode(hashlib.sha256(data).digest()).decode()
    return f"Name: {name}\r\nSHA-256-Digest: {sha}\r\n\r\n".encode()


def jar(
    entries: list[zipw.Entry], signer: Signer, *, say: str = "", cms: Callable[[bytes], bytes] | None = None
) -> list[zipw.Entry]:
    """The members with META-INF of a v1 signature; SAY is what X-Android-APK-Signed names."""
    sections = [_section(str(entry.name), entry.data) for entry in entries]
    manifest = b"Manifest-Version: 1.0\r\n\r\n" + b"".join(sections)
    whole = base64.b64encode(hashlib.sha256(manifest).digest()).decode()
    head = f"Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: {whole}\r\n"
    head += f"X-Android-APK-Signed: {say}\r\n" if say else ""
    file = (
        head.encode()
        + b"\r\n"
        + b"".join(_section(str(entry.name), section) for entry, section in zip(entries, sections, strict=True))
    )
    made = cms(file) if cms else signer.cms(file, detached=True)
    kind = "RSA" if signer.algorithm == 0x0103 else "EC"
    names = (("META-INF/MANIFEST.MF", manifest), ("META-INF/CERT.SF", file), (f"META-INF/CERT.{kind}", made))
    return [*entries, *(zipw.Entry(name, data) for name, data in names)]
