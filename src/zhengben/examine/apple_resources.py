"""The list of an iOS app's resources (`_CodeSignature/CodeResources`), held against the files that are really there.

The list is sealed by the code signature and holds a digest of every file but the program itself and what Apple leaves
out. Rules in the list are the file's own regular expressions: they are never run, only those that every tool writes are
known here. Layout: Apple technical note TN3126.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhengben.examine.apk.zipread import Archive, Entry

LIST = "_CodeSignature/CodeResources"
# What no list names: written after signing, or left out by the rules that come with Apple's tools.
LEFT_OUT = ("_CodeSignature/", "SC_Info/", "CodeResources", "Info.plist", "PkgInfo", "version.plist")
MAX_FILES = 50_000
BUDGET = 1 << 30  # bytes inflated at most; what follows is not looked at, and said so


def check_resources(archive: Archive, root: str, program: str, table: Mapping[str, Any]) -> tuple[str, bool]:
    """Give what does not hold (a code, empty where all does), and whether every file was looked at.

    `root` is the app's folder with a slash behind it, `program` the name of its executable in it, `table` the list.
    """
    listed = _listed(table)
    if not listed:
        return "resource_list_changed", True
    nested = tuple(f"{name}/" for name, row in listed.items() if "cdhash" in row)
    files = {name: entry for name, entry in _files(archive, root) if name != program and not name.startswith(nested)}
    code = _missing(listed, files, program) or ("resource_not_listed" if _strangers(files, listed) else "")
    if code:
        return code, True
    pairs = [(files[name], row) for name, row in listed.items() if name in files and "cdhash" not in row]
    code, whole = _digests_hold(archive, pairs)
    return code, bool(code) or (whole and not nested)


def _digests_hold(archive: Archive, pairs: Iterable[tuple[Entry, Mapping[str, Any]]]) -> tuple[str, bool]:
    left = min(BUDGET, (64 << 20) + 20 * len(archive.data))
    for entry, row in pairs:
        left -= max(entry.size, entry.packed)
        if left < 0:
            return "", False
        if not _holds(archive, entry, row):
            return "resource_changed", True
    return "", True


def _listed(table: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the rows of the newer list, or of the older where that is all there is; a bare digest is SHA-1."""
    rows = table.get("files2") or table.get("files")
    if not isinstance(rows, dict):
        return {}
    pairs = list(rows.items())[:MAX_FILES]
    return {str(name): row if isinstance(row, dict) else {"hash": row} for name, row in pairs}


def _files(archive: Archive, root: str) -> Iterator[tuple[str, Entry]]:
    for entry in archive.entries[:MAX_FILES]:
        if entry.name.startswith(root) and not entry.name.endswith("/"):
            yield entry.name[len(root) :], entry


def _missing(listed: Mapping[str, Mapping[str, Any]], files: Mapping[str, Entry], program: str) -> str:
    needed = (
        name for name, row in listed.items() if not {"cdhash", "symlink"} & row.keys() and not row.get("optional")
    )
    return "resource_missing" if any(name not in files and name != program for name in needed) else ""


def _strangers(files: Mapping[str, Entry], listed: Mapping[str, object]) -> bool:
    ends = (".DS_Store", "/version.plist", "/locversion.plist")
    return any(name not in listed and not name.startswith(LEFT_OUT) and not name.endswith(ends) for name in files)


def _holds(archive: Archive, entry: Entry, row: Mapping[str, Any]) -> bool:
    """Tell whether a file is the one listed; a link is a file that holds where it points."""
    wanted = {key: row[key] for key in ("hash2", "hash") if isinstance(row.get(key), bytes)}
    if not wanted:
        return "symlink" in row
    name = "sha256" if "hash2" in wanted else "sha1"
    hasher = hashlib.new(name, usedforsecurity=False)
    for piece in archive.stream(entry, limit=entry.size + 1):
        hasher.update(piece)
    return hasher.digest() == wanted.get("hash2", wanted.get("hash"))
