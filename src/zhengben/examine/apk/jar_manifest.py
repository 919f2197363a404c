"""Manifests of signed JARs (MANIFEST.MF and *.SF): cut into sections, with the digests each one names.

A big package has ten thousand sections in both files, nearly all of the same two lines, and as a rule only their names
and digests are asked for. Those are found by one search over the text; what is odd is cut line by line.
Layout: the JAR file specification, "Name-Value pairs and Sections".
"""

import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping

HASHERS = {
    "SHA-512": hashlib.sha512, "SHA-384": hashlib.sha384, "SHA-256": hashlib.sha256, "SHA1": hashlib.sha1,
    "SHA-1": hashlib.sha1,
}  # fmt: skip
_USUAL = re.compile(r"\r\n\r\nName: ([^\r\n]*)\r\n(SHA1|SHA-(?:1|256|384|512))-Digest: ([A-Za-z0-9+/=]*)(?=\r\n\r\n)")
Digests = list[tuple[str, bytes]]


class Section:
    """One section of a manifest: its exact bytes `raw`, its name (empty for the main one), and its attributes.

    Attributes are cut only when asked for: a big package has ten thousand sections twice, and of the signature file's
    only the names are ever needed. `raw` is put together when asked for, as a rule never: the digest of the whole
    manifest holds.
    """

    __slots__ = ("_raw", "name", "text")

    def __init__(self, raw: bytes, text: bytes) -> None:
        """Take the bytes and the same with continued lines joined and all lines ended by LF."""
        self._raw, self.text = raw, text
        head, colon, name = text.partition(b"\n")[0].partition(b": ")
        plain = colon and head == b"Name"
        self.name = name.decode("utf-8", "surrogateescape") if plain else self.attributes.get("name", "")

    @property
    def raw(self) -> bytes:
        """Give the bytes that a signature file vouches for: without empty lines in front, with the one behind."""
        return self._raw.lstrip(b"\r\n")

    @property
    def attributes(self) -> dict[str, str]:
        """Give the attributes by lower-case name; of two with one name the first counts."""
        pairs = [line.partition(": ") for line in self.text.decode("utf-8", "surrogateescape").split("\n")]
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
    return [Section(raw + b"\r\n\r\n", text.lstrip(b"\n")) for raw, text in pairs if raw.strip(b"\r\n")]


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


class JarManifest:
    """One manifest: its main section (None where it has none), and the others by name."""

    def __init__(self, data: bytes) -> None:
        """Read the names and, where every section is of the usual two lines, the digests."""
        self._data = data
        self._found = _usual(data)
        self._digests: dict[str, tuple[str, str]] | None = None
        self._sections: list[Section] | None = None
        self._named: dict[str, Section] | None = None
        if self._found:
            head = data[: data.index(b"\r\n\r\n") + 4]
            self.names = [name for name, _, _ in self._found]
        else:
            head = b""
            self.names = [section.name for section in self.sections[1:]]
        self.main: Section | None = next(iter(read_sections(head) if head else self.sections), None)

    @property
    def sections(self) -> list[Section]:
        """Give every section, the main one first; cut when first asked for."""
        if self._sections is None:
            self._sections = read_sections(self._data)
        return self._sections

    def by_name(self) -> dict[str, Section]:
        """Give the sections behind the main one by name; of two with one name the last."""
        if self._named is None:
            self._named = {section.name: section for section in self.sections[1:]}
        return self._named

    def entry_digests(self, name: str, min_sdk: int) -> Digests:
        """Give what a phone would check of an entry; nothing where it is not named or no digest is known to a phone."""
        if self._found and min_sdk >= 18:
            if self._digests is None:
                self._digests = {key: (hasher, digest) for key, hasher, digest in self._found}
            found = self._digests.get(name)
            return [(found[0], decoded(found[1]))] if found is not None else []
        section = self.by_name().get(name)
        return wanted(section, "-digest", min_sdk) if section is not None else []


def _usual(data: bytes) -> list[tuple[str, str, str]]:
    """Give name, hash and digest of every section; nothing unless all are of two lines that end in CR LF."""
    if data[:1] in b"\r\n" or not data.endswith(b"\r\n\r\n"):
        return []
    joined, count = data.replace(b"\r\n ", b""), data.count(b"\r\n\r\n")
    found: list[tuple[str, str, str]] = _USUAL.findall(joined.decode("utf-8", "surrogateescape"))
    # A line that is continued behind an empty one puts the two cuts out of step.
    return found if len(found) + 1 == count == joined.count(b"\r\n\r\n") else []


def wanted(section: Section, suffix: str, min_sdk: int) -> Digests:
    """Give the digests a phone checks: before API 18 the first of `Digest-Algorithms`, from then on the strongest."""
    attributes = section.attributes  # cut anew at every look
    found = _first_named(attributes, suffix, min_sdk) if min_sdk < 18 else []
    if min_sdk < 18 and not found:
        return []
    for name in ("SHA-512", "SHA-384", "SHA-256", "SHA1"):
        text = attributes.get(f"{name.lower()}{suffix}")
        if text is None and name == "SHA1":
            text = attributes.get(f"sha-1{suffix}")
        if text is not None:
            return [*found, (name, decoded(text))]
    return found


def _first_named(attributes: Mapping[str, str], suffix: str, min_sdk: int) -> Digests:
    """Give the first digest of `Digest-Algorithms` that a phone before API 18 knows."""
    for word in attributes.get("digest-algorithms", "SHA SHA1").split():
        name = "SHA-1" if word.upper() in {"SHA", "SHA1", "SHA-1"} else word.upper()
        text = attributes.get(f"{word.lower()}{suffix}")
        if text is not None and name in HASHERS and (min_sdk >= 9 or name in {"SHA-1", "SHA-256"}):
            return [(name, decoded(text))]
    return []


def decoded(text: str) -> bytes:
    """Give the bytes of a digest in base 64, empty where it is none."""
    try:
        return binascii.a2b_base64(text)
    except (binascii.Error, ValueError):
        return b""
