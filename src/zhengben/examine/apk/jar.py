"""Scheme v1, the signed JAR: MANIFEST.MF, *.SF and the PKCS#7 blocks, verified as `apksigner` does.

Every entry outside the signature files must be named in the manifest, its digest must hold, and every signer must have
signed the manifest. BER-encoded PKCS#7 is read, for real packages carry it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhengben.examine.apk.cms import CmsError, check_detached
from zhengben.examine.apk.keys import Certificate
from zhengben.examine.apk.zipread import Archive, Entry

MANIFEST = "META-INF/MANIFEST.MF"
CAP = 8 << 20
MAX_INFLATED = 1 << 30
SPARE_SECTIONS = 2000  # more names than files: each would be a missing file, and reading a million takes seconds
_BLOCK = re.compile(r"META-INF/([^/]+)\.(RSA|DSA|EC)", re.IGNORECASE)
_SIGNATURE_FILE = re.compile(r"META-INF/(?:[^/]+\.(?:SF|RSA|DSA|EC)|SIG-[^/]*|MANIFEST\.MF)", re.IGNORECASE)
_HASHERS = {
    "SHA-512": hashlib.sha512, "SHA-384": hashlib.sha384, "SHA-256": hashlib.sha256, "SHA1": hashlib.sha1,
    "SHA-1": hashlib.sha1,
}  # fmt: skip


@dataclass(slots=True)
class JarSigner:
    """One signer of scheme v1; `errors` is empty exactly when it verified."""

    name: str
    certificate: Certificate | None = None
    errors: list[str] = field(default_factory=list)


class Section:
    """One section of a manifest: its exact bytes `raw`, its name (empty for the main one), and its attributes.

    Attributes are cut only when asked for: a big package has ten thousand sections twice, and of the signature file's
    only the names are ever needed.
    """

    __slots__ = ("_text", "name", "raw")

    def __init__(self, raw: bytes, text: bytes) -> None:
        """Take the bytes and the same with continued lines joined and all lines ended by LF."""
        self.raw, self._text = raw, text
        head, colon, name = text.partition(b"\n")[0].partition(b": ")
        plain = colon and head == b"Name"
        self.name = name.decode("utf-8", "surrogateescape") if plain else self.attributes.get("name", "")

    @property
    def attributes(self) -> dict[str, str]:
        """Give the attributes by lower-case name; of two with one name the first counts."""
        pairs = [line.partition(": ") for line in self._text.decode("utf-8", "surrogateescape").split("\n")]
        return {key.strip().lower(): value for key, colon, value in reversed(pairs) if colon}


def read_sections(data: bytes) -> list[Section]:
    r"""Cut a manifest into sections; continued lines are joined.

    >>> [s.attributes for s in read_sections(b"A: 1\r\n\r\nName: x\r\n y\r\n\r\n")]
    [{'a': '1'}, {'name': 'xy'}]
    """
    joined = data.replace(b"\r\n ", b"").replace(b"\r\n", b"\n")
    raws, texts = data.split(b"\r\n\r\n"), joined.split(b"\n\n")
    # The quick way serves files whose lines all end in CR LF; a continued line behind an empty one puts it out of step.
    if len(raws) != len(texts) or b"\r" in joined or data.count(b"\r\n") != data.count(b"\n"):
        return [_section(raw) for raw in map(_unled, _cut(data)) if raw]
    pairs = zip(raws, texts, strict=True)
    return [Section(raw.lstrip(b"\r\n") + b"\r\n\r\n", text.lstrip(b"\n")) for raw, text in pairs if raw.strip(b"\r\n")]


def _cut(data: bytes) -> Iterator[bytes]:
    """Cut behind every empty line; further empty lines stand in front of the next section and belong to none."""
    start = 0
    for match in re.finditer(rb"(?:\r\n|\r(?!\n)|\n)(?:\r\n|\r|\n)", data):
        yield data[start : match.end()]
        start = match.end()
    yield data[start:]


def _unled(raw: bytes) -> bytes:
    return raw.lstrip(b"\r\n")


def _section(raw: bytes) -> Section:
    return Section(raw, re.sub(rb"\r\n|\r|\n", b"\n", re.sub(rb"(?:\r\n|\r|\n) ", b"", raw)))


def hashes_needed(archive: Archive) -> tuple[str, ...]:
    """Give the names of the hashes a manifest lists, so that they can be taken while entries are read."""
    entry = archive.get(MANIFEST)
    text = archive.read(entry, CAP).lower() if entry is not None and block_names(archive) else b""
    used = (make for name, make in _HASHERS.items() if f"{name}-digest:".lower().encode() in text)
    return tuple(dict.fromkeys(make().name for make in used))


def block_names(archive: Archive) -> list[str]:
    """Give the names of the PKCS#7 blocks."""
    return [name for name in archive.by_name if _BLOCK.fullmatch(name)]


def verify_jar(archive: Archive, schemes: frozenset[int], min_sdk: int) -> tuple[list[JarSigner], list[str]]:
    """Give the signers, and what is wrong with the package as a whole; `schemes` are those of the signing block."""
    entry = archive.get(MANIFEST)
    blocks = block_names(archive)
    if entry is None or not blocks:
        return [], ["v1_absent"]
    manifest = archive.read(entry, CAP)
    if manifest.count(b"Name:") > len(archive.entries) + SPARE_SECTIONS:
        return [], ["manifest_too_long"]
    sections = read_sections(manifest)
    errors = _names_twice(sections)
    signers = [_signer(archive, name, manifest, sections, schemes, min_sdk) for name in blocks]
    if not errors and not any(signer.errors for signer in signers):
        errors += _contents(archive, sections, min_sdk)
    return signers, errors


def _names_twice(sections: list[Section]) -> list[str]:
    names = [section.name for section in sections[1:]]
    return ["manifest_names_twice"] if len(set(names)) < len(names) else []


def _signer(
    archive: Archive, block: str, manifest: bytes, sections: list[Section], schemes: frozenset[int], min_sdk: int
) -> JarSigner:
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
    own = read_sections(text)
    if not own or "signature-version" not in own[0].attributes:
        found.errors.append("signature_file_malformed")
        return found
    found.errors += _stripped(own[0], schemes) + _covers(own, sections, manifest, min_sdk)
    return found


def _stripped(main: Section, schemes: frozenset[int]) -> list[str]:
    """Give an error where the signer said a stronger scheme would be there and it is not."""
    said = main.attributes.get("x-android-apk-signed", "")
    wanted = {int(word) for word in re.split(r"[,\s]+", said) if word.isdigit() and int(word) in {2, 3}}
    return [f"v{number}_stripped" for number in sorted(wanted - schemes)]


def _covers(own: list[Section], sections: list[Section], manifest: bytes, min_sdk: int) -> list[str]:
    """Tell what of the manifest the signature file fails to vouch for."""
    main = own[0]
    suffix = "-digest" if "signtool" in main.attributes.get("created-by", "") else "-digest-manifest"
    head = sections[0].raw if sections else b""
    if suffix == "-digest-manifest" and not _agree(main, "-digest-manifest-main-attributes", head, min_sdk, empty=True):
        return ["manifest_main_digest_differs"]
    errors = _names_twice(own)
    if any(not section.name for section in own[1:]):
        errors.append("signature_file_malformed")
    if errors or _agree(main, suffix, manifest, min_sdk, empty=False):
        return errors
    by_name = {section.name: section for section in sections[1:]}
    for section in own[1:]:
        named = by_name.get(section.name)
        if named is None or not _agree(section, "-digest", named.raw, min_sdk, empty=False):
            return ["manifest_section_digest_differs"]
    signed = {section.name for section in own[1:]}
    return [] if signed >= set(by_name) else ["manifest_section_unsigned"]


def _agree(section: Section, suffix: str, data: bytes, min_sdk: int, *, empty: bool) -> bool:
    wanted = _wanted(section, suffix, min_sdk)
    if not wanted:
        return empty
    return all(_HASHERS[name](data).digest() == digest for name, digest in wanted)


def _wanted(section: Section, suffix: str, min_sdk: int) -> list[tuple[str, bytes]]:
    """Give the digests a phone checks: before API 18 the first of `Digest-Algorithms`, from then on the strongest."""
    attributes = section.attributes  # cut anew at every look
    found: list[tuple[str, bytes]] = []
    if min_sdk < 18:
        for word in attributes.get("digest-algorithms", "SHA SHA1").split():
            name = "SHA-1" if word.upper() in {"SHA", "SHA1", "SHA-1"} else word.upper()
            text = attributes.get(f"{word.lower()}{suffix}")
            if text is not None and name in _HASHERS and (min_sdk >= 9 or name in {"SHA-1", "SHA-256"}):
                found.append((name, _base64(text)))
                break
        if not found:
            return []
    for name in ("SHA-512", "SHA-384", "SHA-256", "SHA1"):
        text = attributes.get(f"{name.lower()}{suffix}")
        if text is None and name == "SHA1":
            text = attributes.get(f"sha-1{suffix}")
        if text is not None:
            return [*found, (name, _base64(text))]
    return found


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except (binascii.Error, ValueError):
        return b""


def _contents(archive: Archive, sections: list[Section], min_sdk: int) -> list[str]:
    by_name = {section.name: section for section in sections[1:]}
    needed = [entry for entry in archive.entries if _needs_digest(entry.name)]
    if not needed:
        return ["no_signed_entries"]
    if len({entry.name for entry in needed}) < len(needed):
        return ["duplicate_entry"]
    if set(by_name) - {entry.name for entry in archive.entries}:
        return ["entry_named_in_manifest_is_missing"]
    budget = min(MAX_INFLATED, (64 << 20) + 20 * len(archive.data))
    if sum(max(entry.size, entry.packed) for entry in needed) > budget:
        return ["too_big_to_verify"]
    return next(([error] for entry in needed if (error := _entry_error(archive, entry, by_name, min_sdk))), [])


def _entry_error(archive: Archive, entry: Entry, by_name: Mapping[str, Section], min_sdk: int) -> str:
    section = by_name.get(entry.name)
    wanted = _wanted(section, "-digest", min_sdk) if section else []
    if not wanted:
        return "entry_not_in_manifest"
    return "" if _entry_holds(archive, entry, wanted) else "entry_digest_differs"


def _needs_digest(name: str) -> bool:
    return not name.endswith("/") and not _SIGNATURE_FILE.fullmatch(name)


def _entry_holds(archive: Archive, entry: Entry, wanted: list[tuple[str, bytes]]) -> bool:
    local = archive.compare(entry)
    if local.data < 0 or local.method != entry.method:
        return False
    known = archive.digests.get(entry.offset)
    hashers = [(_HASHERS[name](), digest) for name, digest in wanted]
    if known is not None and all(hasher.name in known for hasher, _ in hashers):
        return all(known[hasher.name] == digest for hasher, digest in hashers)
    for piece in archive.stream(entry, limit=entry.size + 1):
        for hasher, _ in hashers:
            hasher.update(piece)
    return all(hasher.digest() == digest for hasher, digest in hashers)
