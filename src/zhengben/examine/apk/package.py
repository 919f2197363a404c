"""One Android package, opened: its archive, manifest and resources, each read once and with caps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from zhengben.examine.apk.arsc import Resources, ResourceTables, Values
from zhengben.examine.apk.axml import Node, looks_like_axml, read_axml
from zhengben.examine.apk.manifest import Manifest, find_manifest, read_manifest
from zhengben.examine.apk.zipread import Archive, Entry

MANIFEST_CAP = 48 << 20  # samples pad the string pool with megabytes so that tools give up before the nodes
TABLE_CAP = 48 << 20
MANIFEST, TABLE = "AndroidManifest.xml", "resources.arsc"


@dataclass(slots=True)
class Package:
    """What is read of every package: `missing` holds codes of what could not be read."""

    archive: Archive
    manifest: Manifest
    resources: Values | None
    missing: list[str]
    root: str = ""  # of a bundle the folder of its base module
    xml: Callable[[bytes], Node] = field(default=lambda data: read_axml(data, {}))  # of a bundle protobuf


def open_package(archive: Archive, others: Iterable[Archive] = ()) -> Package:
    """Open a package; whatever is broken is flagged on the archive's `tamper` and the rest is read.

    `others` are the splits that come with it: a name may have its Chinese form in a language split alone.
    """
    missing: list[str] = []
    tables = [table for part in (archive, *others) if (table := _table(part)) is not None]
    resources: ResourceTables | None = ResourceTables(tables) if tables else None
    manifest = _manifest(archive, resources, missing)
    if archive.data[:4] not in {b"PK\3\4", b"dex\n"} and archive.entries:
        archive.flag("prefix_bytes")
    return Package(archive, manifest, resources, missing)


def _table(archive: Archive) -> Resources | None:
    entry = archive.get(TABLE)
    if entry is None:
        return None
    data = archive.read(
        entry, TABLE_CAP, lambda raw: raw[1:2] == b"\0" and 8 <= int.from_bytes(raw[2:4], "little") < 64, keep=True
    )
    return Resources(data, archive.tamper) if data else None


def _manifest(archive: Archive, resources: ResourceTables | None, missing: list[str]) -> Manifest:
    """Read the first manifest that makes sense; more than one is an old trick and is flagged."""
    entries = list(archive.all(MANIFEST)) or [e for e in archive.entries if e.name.lower() == MANIFEST.lower()]
    entries = entries or _disguised(archive)
    if len(entries) > 1:
        archive.flag("duplicate_manifest")
    if any(_resembles(name) for name in archive.by_name):
        archive.flag("manifest_lookalike")
    read = [_one_manifest(archive, entry, resources) for entry in entries[:4]]
    best = next((manifest for manifest in read if manifest.package), None)
    if best is None:
        missing.append("app.manifest")
        return Manifest()
    for other in read:
        best.names |= other.names
    return best


def _resembles(name: str) -> bool:
    """Tell whether an entry is named to be taken for the manifest: another case, a dot, a blank or a NUL beside it."""
    return len(name) < 40 and name != MANIFEST and name.strip("./\\ \0").lower() == MANIFEST.lower()


def _disguised(archive: Archive) -> list[Entry]:
    """Find a manifest whose name in the directory is a lie but stands in its local header."""
    found = [e for e in archive.entries[:2000] if archive.local(e.offset).name == MANIFEST.encode()]
    return found[:2]


def _one_manifest(archive: Archive, entry: Entry, resources: ResourceTables | None) -> Manifest:
    data = archive.read(entry, MANIFEST_CAP, looks_like_axml, keep=True)
    root = read_axml(data, archive.tamper)
    if find_manifest(root) is None and data[:200].lstrip()[:1] == b"<":
        archive.flag("manifest_is_text")
    return read_manifest(root, resources)
