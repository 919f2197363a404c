"""Scheme v1, the signed JAR: MANIFEST.MF, *.SF and the PKCS#7 blocks, verified as `apksigner` does.

Every entry outside the signature files must be named in the manifest, its digest must hold, and every signer must have
signed the manifest. BER-encoded PKCS#7 is read, for real packages carry it.
"""

import re
from dataclasses import dataclass, field

from zhengben.examine.apk.cms import CmsError, check_detached
from zhengben.examine.apk.jar_manifest import HASHERS, Digests, JarManifest, Section, wanted
from zhengben.examine.apk.keys import Certificate
from zhengben.examine.apk.zipread import Archive, Entry

MANIFEST = "META-INF/MANIFEST.MF"
CAP = 8 << 20
MAX_INFLATED = 1 << 30
MAX_BLOCKS = 64  # signers of one package; nobody has more than a few
SPARE_SECTIONS = 2000  # more names than files: each would be a missing file, and reading a million takes seconds
_ALGORITHMS = {name: hasher().name for name, hasher in HASHERS.items()}
_BLOCK = re.compile(r"META-INF/([^/]+)\.(RSA|DSA|EC)", re.IGNORECASE)
_SIGNATURE_FILE = re.compile(r"META-INF/(?:[^/]+\.(?:SF|RSA|DSA|EC)|SIG-[^/]*|MANIFEST\.MF)", re.IGNORECASE)


@dataclass(slots=True)
class JarSigner:
    """One signer of scheme v1; `errors` is empty exactly when it verified."""

    name: str
    certificate: Certificate | None = None
    errors: list[str] = field(default_factory=list)


def hashes_needed(archive: Archive) -> tuple[str, ...]:
    """Give the names of the hashes a manifest lists, so that they can be taken while entries are read."""
    text = _manifest(archive).lower() if block_names(archive) else b""
    used = (make for name, make in HASHERS.items() if f"{name}-digest:".lower().encode() in text)
    return tuple(dict.fromkeys(make().name for make in used))


def _manifest(archive: Archive) -> bytes:
    """Give the manifest; empty where there is none."""
    entry = archive.get(MANIFEST)
    return archive.read(entry, CAP, keep=True) if entry is not None else b""


def block_names(archive: Archive) -> list[str]:
    """Give the names of the PKCS#7 blocks."""
    return [name for name in archive.by_name if name[:9].upper() == "META-INF/" and _BLOCK.fullmatch(name)]


def verify_jar(archive: Archive, schemes: frozenset[int], min_sdk: int) -> tuple[list[JarSigner], list[str]]:
    """Give the signers, and what is wrong with the package as a whole; `schemes` are those of the signing block."""
    blocks = block_names(archive)
    if archive.get(MANIFEST) is None or not blocks:
        return [], ["v1_absent"]
    data = _manifest(archive)
    if too_much := _too_much(archive, data, blocks):
        return [], [too_much]
    manifest = JarManifest(data)
    errors = _names_twice(manifest)
    signers = [_signer(archive, name, data, manifest, (schemes, min_sdk)) for name in blocks]
    if not errors and not any(signer.errors for signer in signers):
        errors += _contents(archive, manifest, min_sdk)
    return signers, errors


def _too_much(archive: Archive, manifest: bytes, blocks: list[str]) -> str:
    """Tell what there is too much of to verify it within its time; empty for an ordinary package."""
    told = {
        "manifest_too_long": manifest.count(b"Name:") > len(archive.entries) + SPARE_SECTIONS,
        "too_many_signers": len(blocks) > MAX_BLOCKS,
    }
    return next((code for code, is_so in told.items() if is_so), "")


def _names_twice(manifest: JarManifest) -> list[str]:
    return ["manifest_names_twice"] if len(set(manifest.names)) < len(manifest.names) else []


def _signer(
    archive: Archive, block: str, data: bytes, manifest: JarManifest, asked: tuple[frozenset[int], int]
) -> JarSigner:
    """Verify one signer; `asked` are the schemes of the signing block and the oldest phone."""
    stem = block[: block.rindex(".")]
    signature_file = archive.get(f"{stem}.SF")
    found = JarSigner(stem)
    if signature_file is None:
        found.errors.append("signature_file_missing")
        return found
    text = archive.read(signature_file, CAP)
    if text.count(b"Name:") > len(archive.entries) + SPARE_SECTIONS:
        found.errors.append("manifest_too_long")
        return found
    try:
        found.certificate = check_detached(archive.read(archive.entries[archive.by_name[block]], CAP), text)
    except CmsError as error:
        found.errors.append(str(error))
        return found
    own = JarManifest(text)
    if own.main is None or "signature-version" not in own.main.attributes:
        found.errors.append("signature_file_malformed")
        return found
    found.errors += _stripped(own.main, asked[0]) + _covers(own, manifest, data, asked[1])
    return found


def _stripped(main: Section, schemes: frozenset[int]) -> list[str]:
    """Give an error where the signer said a stronger scheme would be there and it is not."""
    said = main.attributes.get("x-android-apk-signed", "")
    told = {int(word) for word in re.split(r"[,\s]+", said) if word.isdigit() and int(word) in {2, 3}}
    return [f"v{number}_stripped" for number in sorted(told - schemes)]


def _covers(own: JarManifest, manifest: JarManifest, data: bytes, min_sdk: int) -> list[str]:
    """Tell what of the manifest the signature file fails to vouch for."""
    main = own.main or Section(b"", b"")
    suffix = "-digest" if "signtool" in main.attributes.get("created-by", "") else "-digest-manifest"
    head = manifest.main.raw if manifest.main is not None else b""
    if suffix == "-digest-manifest" and not _agree(main, "-digest-manifest-main-attributes", head, min_sdk, empty=True):
        return ["manifest_main_digest_differs"]
    errors = _names_twice(own)
    if not all(own.names):
        errors.append("signature_file_malformed")
    if errors or _agree(main, suffix, data, min_sdk, empty=False):
        return errors
    return _covers_each(own, manifest, min_sdk)


def _covers_each(own: JarManifest, manifest: JarManifest, min_sdk: int) -> list[str]:
    by_name = manifest.by_name()
    for section in own.sections[1:]:
        named = by_name.get(section.name)
        if named is None or not _agree(section, "-digest", named.raw, min_sdk, empty=False):
            return ["manifest_section_digest_differs"]
    return [] if set(own.names) >= set(by_name) else ["manifest_section_unsigned"]


def _agree(section: Section, suffix: str, data: bytes, min_sdk: int, *, empty: bool) -> bool:
    named = wanted(section, suffix, min_sdk)
    if not named:
        return empty
    return all(HASHERS[name](data).digest() == digest for name, digest in named)


def _contents(archive: Archive, manifest: JarManifest, min_sdk: int) -> list[str]:
    needed = [entry for entry in archive.entries if _needs_digest(entry.name)]
    if not needed:
        return ["no_signed_entries"]
    if len({entry.name for entry in needed}) < len(needed):
        return ["duplicate_entry"]
    if set(manifest.names) - archive.by_name.keys():
        return ["entry_named_in_manifest_is_missing"]
    budget = min(MAX_INFLATED, (64 << 20) + 20 * len(archive.data))
    if sum(max(entry.size, entry.packed) for entry in needed) > budget:
        return ["too_big_to_verify"]
    errors = (_entry_error(archive, entry, manifest.entry_digests(entry.name, min_sdk)) for entry in needed)
    return next(([error] for error in errors if error), [])


def _entry_error(archive: Archive, entry: Entry, named: Digests) -> str:
    if not named:
        return "entry_not_in_manifest"
    return "" if _entry_holds(archive, entry, named) else "entry_digest_differs"


def _needs_digest(name: str) -> bool:
    return not name.endswith("/") and not _SIGNATURE_FILE.fullmatch(name)


def _entry_holds(archive: Archive, entry: Entry, named: Digests) -> bool:
    known = archive.digests.get(entry.offset)
    if known is not None and all(_ALGORITHMS[name] in known for name, _ in named):
        return all(known[_ALGORITHMS[name]] == digest for name, digest in named)
    local = archive.compare(entry)
    if local.data < 0 or local.method != entry.method:
        return False
    kept = archive.kept.get(entry)
    data = kept if kept is not None else archive.at_once(entry, local.data)
    if data is None:
        return _stream_holds(archive, entry, named)
    return all(HASHERS[name](data).digest() == digest for name, digest in named)


def _stream_holds(archive: Archive, entry: Entry, named: Digests) -> bool:
    hashers = [(HASHERS[name](), digest) for name, digest in named]
    for piece in archive.stream(entry, limit=entry.size + 1):
        for hasher, _ in hashers:
            hasher.update(piece)
    return all(hasher.digest() == digest for hasher, digest in hashers)
