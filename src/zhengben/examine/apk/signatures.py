"""Who signed a package, and does it hold: schemes v1 to v3.1 together, by the order a phone would ask in.

A certificate is `verified` only when content digests, signature and rotation history hold. A signing block cut out of
the owner's app and pasted into a fake names the owner's certificate and fails here, as it must.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from zhengben.core.appfacts import Signer
from zhengben.examine.apk.blocks import KNOWN_PAIRS, NAMES, V2, V3, V31, Block, BlockSigner, find_block, read_signers
from zhengben.examine.apk.cms import CmsError, Signed
from zhengben.examine.apk.digests import Sections
from zhengben.examine.apk.jar import CAP, JarSigner, block_names, hashes_needed, verify_jar
from zhengben.examine.apk.keys import Certificate, key_name
from zhengben.examine.apk.zipread import Archive

NOUGAT, PIE, RED_VELVET = 24, 28, 30
CODE = {b"dex\n", b"dey\n"}
NOTELESS = ("v2", "v3", "v31", "padding")


@dataclass(slots=True)
class Outcome:
    """What was found: all signers in order of scheme, what is wrong with the package as a whole, and oddities."""

    signers: list[Signer] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    tamper: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Tell whether a phone of the range asked for would accept the package."""
        return bool(self.signers) and not self.errors


def check_signatures(
    archive: Archive, min_sdk: int = NOUGAT, *, target_sandbox: int = 1, target_sdk: int = 0
) -> Outcome:
    """Verify a package for phones from `min_sdk` on.

    From API 24 on a phone that finds v3 or v2 asks no further, so v1 is then named but not verified; an older
    `min_sdk` has v1 verified as well and holds the schemes against each other.
    """
    out = Outcome()
    block = find_block(archive.data, archive.central_at)
    if block.error:
        out.tamper.append(block.error)
        out.errors.append(block.error)
    out.notes = [word for number in block.pairs if (word := KNOWN_PAIRS.get(number, "")) not in {"", *NOTELESS}]
    out.tamper += _oddities(block)
    decided = _block_schemes(archive, block, min_sdk, out)
    if not decided or min_sdk < NOUGAT:
        _jar(archive, block, min_sdk, out, needed=not decided or min_sdk < NOUGAT)
    asked = {
        "janus": not decided and archive.data[:4] in CODE,  # v1 covers entries alone: old phones run what is in front
        "sandbox_needs_v2": target_sandbox > 1 and V2 not in block.pairs and V3 not in block.pairs,
        "target_needs_v2": target_sdk >= RED_VELVET and not decided,
    }
    out.errors += [code for code, is_so in asked.items() if is_so]
    if out.errors:
        out.signers = [replace(s, verified=False, why=s.why or out.errors[0]) for s in out.signers]
    return out


def prepare(archive: Archive) -> None:
    """Have the hashes that a v1 signature needs taken of every entry that is read before `check_signatures`."""
    pairs = find_block(archive.data, archive.central_at).pairs
    if not any(number in pairs for number in (V31, V3, V2)):
        archive.hashing = hashes_needed(archive)


def name_signers(archive: Archive) -> Outcome:
    """Name the signers without digesting contents: quick, for triage, and never verified."""
    out = Outcome()
    block = find_block(archive.data, archive.central_at)
    out.tamper += [*([block.error] if block.error else []), *_oddities(block)]
    for number in (V31, V3, V2):
        if number in block.pairs:
            signers = read_signers(number, block.pairs[number], None)
            out.signers += [make_signer(NAMES[number], s.certificate, s.errors[0]) for s in signers]
    if not out.signers:
        for name in block_names(archive)[:4]:
            out.signers += [make_signer("v1", found, "not_checked") for found in _named_in(archive, name)]
    return out


def _oddities(block: Block) -> list[str]:
    extra = any(number not in KNOWN_PAIRS for number in block.pairs)
    told = {"sigblock_pair_twice": block.twice, "sigblock_extra": extra}
    return [code for code, is_so in told.items() if is_so]


def _named_in(archive: Archive, name: str) -> list[Certificate]:
    """Give the certificate that the first signer of a PKCS#7 block names."""
    try:
        signed = Signed(archive.read(archive.entries[archive.by_name[name]], CAP))
        certificate = signed.signer_of(signed.signers[0]) if signed.signers else None
    except CmsError:
        return []
    return [certificate] if certificate is not None else []


def _sections(archive: Archive, block: Block) -> Sections | None:
    """Give the parts to digest; None where the file has bytes between its parts that no digest would cover."""
    central_end = archive.central_at + archive.central_size
    if central_end != archive.end_at or archive.base:
        return None
    return Sections(archive.data, block.start, archive.central_at, archive.end_at)


def _block_schemes(archive: Archive, block: Block, min_sdk: int, out: Outcome) -> bool:
    """Verify v3.1, v3 and v2 as far as phones would ask; tell whether one of them was there to decide."""
    present = [number for number in (V31, V3, V2) if number in block.pairs]
    if not present:
        return False
    sections = _sections(archive, block)
    if sections is None:
        out.errors.append("bytes_outside_digests")
    found: dict[int, list[BlockSigner]] = {}
    for number in present:
        if number == V2 and V3 in found and min_sdk >= PIE:
            found[number] = read_signers(number, block.pairs[number], None)
            continue
        found[number] = read_signers(number, block.pairs[number], sections)
        out.errors += [f"{NAMES[number]}:{error}" for signer in found[number] for error in signer.errors]
    out.errors += _stripping(found) + _v3_rules(found)
    for signers in found.values():
        out.signers += [_block_signer(signer, whole=not out.errors) for signer in signers]
    return True


def _stripping(found: dict[int, list[BlockSigner]]) -> list[str]:
    said = {signer.stripped for signer in found.get(V2, [])}
    errors = ["v3_stripped"] if 3 in said and V3 not in found else []
    wants = {signer.rotation_min_sdk for signer in found.get(V3, []) if signer.rotation_min_sdk}
    if wants and V31 not in found:
        errors.append("v3.1_stripped")
    if V31 in found and V3 not in found:
        errors.append("v3.1_alone")
    return errors


def _v3_rules(found: dict[int, list[BlockSigner]]) -> list[str]:
    """Hold the v3 signers against each other: SDK ranges without holes, one history that contains the v2 signer."""
    errors = []
    ranges = sorted(signer.sdk for signer in found.get(V3, []))
    if any(low > high for low, high in ranges) or any(a[1] + 1 != b[0] for a, b in pairwise(ranges)):
        errors.append("v3_sdk_ranges")
    older = [signer.certificate.sha256 for signer in found.get(V2, []) if signer.certificate]
    for signer in found.get(V3, []):
        chain = signer.lineage or ((signer.certificate.sha256,) if signer.certificate else ())
        if older and (len(older) != 1 or (chain and older[0] != chain[0])):
            errors.append("v2_and_v3_differ")
    return errors


def _jar(archive: Archive, block: Block, min_sdk: int, out: Outcome, *, needed: bool) -> None:
    schemes = frozenset(number for number, pair in ((2, V2), (3, V3)) if pair in block.pairs)
    signers, errors = verify_jar(archive, schemes, min_sdk)
    if needed:
        out.errors += errors + [f"v1:{error}" for signer in signers for error in signer.errors]
    if signers and schemes and not _same_as_v1(signers, out.signers):
        out.errors.append("v1_and_v2_differ")
    out.signers += [_jar_signer(signer, whole=not errors) for signer in signers]


def _same_as_v1(jar: list[JarSigner], block: list[Signer]) -> bool:
    names = {signer.certificate.sha256 for signer in jar if signer.certificate}
    for scheme in ("v2", "v3"):
        found = [signer for signer in block if signer.scheme == scheme]
        oldest = {signer.lineage[0] if signer.lineage else signer.sha256 for signer in found}
        if found:
            return names == oldest
    return True


def _block_signer(signer: BlockSigner, *, whole: bool) -> Signer:
    why = signer.errors[0] if signer.errors else ("" if whole else "package_does_not_hold")
    return make_signer(signer.scheme, signer.certificate, why, signer.lineage)


def _jar_signer(signer: JarSigner, *, whole: bool) -> Signer:
    why = signer.errors[0] if signer.errors else ("" if whole else "package_does_not_hold")
    return make_signer("v1", signer.certificate, why)


def make_signer(scheme: str, certificate: Certificate | None, why: str, lineage: tuple[str, ...] = ()) -> Signer:
    """Make the fact about one signer; `why` is empty exactly when it verified."""
    if certificate is None:
        return Signer(scheme=scheme, sha256="", verified=False, why=why or "no_certificate")
    kind, bits, number = key_name(certificate.spki)
    return Signer(
        scheme=scheme,
        sha256=certificate.sha256,
        sha1=hashlib.sha1(certificate.der, usedforsecurity=False).hexdigest(),
        md5=hashlib.md5(certificate.der, usedforsecurity=False).hexdigest(),
        subject=certificate.subject,
        issuer=certificate.issuer,
        verified=not why,
        public_key=number,
        algorithm=f"{kind} {bits}".strip(),
        why=why,
        lineage=lineage,
        not_after=certificate.not_after,
    )


def certificates(signers: list[Signer]) -> Iterator[str]:
    """Give each certificate's fingerprint once."""
    yield from dict.fromkeys(signer.sha256 for signer in signers if signer.sha256)
