"""HarmonyOS packages: .hap and .app; names in every locale, permissions, and who the profile says may install it.

Layout: OpenHarmony global_resource_tool (Apache-2.0). The signing block is read and verified in `hap_signature.py`.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhengben.core.appfacts import AppFacts, Icon, Name, Signer
from zhengben.examine.apk.contents import hosts_of, search_text
from zhengben.examine.apk.search import Contents
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appicon import icon_digest, open_picture, seen
from zhengben.examine.hap_signature import read_signing

CAP = 4 << 20
INNER_CAP = 64 << 20
MAX_KEYS = 400
MAX_NAMES = 300
_TEXTUAL = (".json", ".js", ".html", ".htm", ".abc", ".txt", ".xml", ".css", ".index", ".dat", ".bin", ".ets", ".so")


def is_hap(archive: Archive) -> bool:
    """Tell whether a zip is a HarmonyOS module."""
    names = archive.by_name
    return "module.json" in names or ("config.json" in names and ("pack.info" in names or "resources.index" in names))


def is_hap_set(archive: Archive) -> bool:
    """Tell whether a zip is a HarmonyOS .app: modules and a pack.info."""
    return any(name.lower().endswith(".hap") for name in archive.by_name)


def examine_hap_set(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine a .app by its largest module; where the .app itself is signed, that is the signature that counts."""
    entries = sorted((e for e in archive.entries if e.name.lower().endswith(".hap")), key=lambda e: -e.size)
    facts = examine_hap(Archive(archive.read(entries[0], INNER_CAP)), deep=deep)
    more = [Archive(archive.read(entry, INNER_CAP)) for entry in entries[1:4]]
    names = [name for part in more for name in _names(part, _module(part), Resources(_file(part, "resources.index")))]
    tamper = {*facts.tamper, *archive.tamper}
    own = read_signing(archive)
    if own.signers:
        facts = replace(facts, signers=own.signers, signed=own.word)
    elif not _all_signed_by(facts.signers, more):
        tamper.add("split_signed_otherwise")
        unproved = tuple(replace(s, verified=False, why=s.why or "split_signed_otherwise") for s in facts.signers)
        facts = replace(facts, signers=unproved, signed="broken")
    told = tuple(sorted(tamper | {*own.tamper}))
    return replace(facts, container="app", names=tuple(dict.fromkeys([*facts.names, *names])), tamper=told)


def _all_signed_by(signers: Sequence[Signer], parts: Sequence[Archive]) -> bool:
    """Tell whether every further module is proved to be from those who signed the first; unsigned, none need be."""
    owners = {signer.sha256 for signer in signers}
    signings = [read_signing(part) for part in parts] if signers else []
    return all(one.word == "verified" and {s.sha256 for s in one.signers} <= owners for one in signings)


def examine_hap(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine one module."""
    module, resources = _module(archive), Resources(_file(archive, "resources.index"))
    app, inner = _table(module, "app"), _table(module, "module")
    signing = read_signing(archive)
    contents = _contents(archive) if deep else Contents()
    urls = tuple(contents.urls)
    hosts = hosts_of(urls)
    bundle = _table(signing.profile, "bundle-info")
    package = str(app.get("bundleName", ""))[:200]
    tamper = {*archive.tamper, *signing.tamper}
    if bundle.get("bundle-name") and bundle["bundle-name"] != package:
        tamper.add("profile_for_another_app")
    return AppFacts(
        platform="harmony",
        container="hap",
        package=package,
        version=str(app.get("versionName") or _table(app, "version").get("name", ""))[:40],
        names=_names(archive, module, resources),
        signers=signing.signers,
        permissions=_permissions(inner),
        icons=_icons(archive) if deep else (),
        urls=urls,
        hosts=hosts,
        strings=tuple(contents.texts),
        contacts=tuple(contents.contacts.values()),
        addresses=tuple(contents.urls.values()),
        organisation=str(bundle.get("developer-id", "") or app.get("vendor", ""))[:200],
        distribution=str(signing.profile.get("type", ""))[:20],
        tamper=tuple(sorted(tamper)),
        missing=() if package else ("app.manifest",),
        prints=tuple([f"signer:{s.sha256}" for s in signing.signers if s.sha256] + [f"host:{h}" for h in hosts[:20]]),
        signed=signing.word,
    )


def _file(archive: Archive, name: str) -> bytes:
    entry = archive.get(name)
    return archive.read(entry, CAP) if entry is not None else b""


def _json(data: bytes) -> dict[str, Any]:
    try:
        loaded = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _module(archive: Archive) -> dict[str, Any]:
    return _json(_file(archive, "module.json")) or _json(_file(archive, "config.json"))


def _table(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}


def _permissions(module: Mapping[str, Any]) -> tuple[str, ...]:
    asked = module.get("requestPermissions") or module.get("reqPermissions")
    rows = asked[:300] if isinstance(asked, list) else []
    return tuple(str(row["name"])[:100] for row in rows if isinstance(row, dict) and row.get("name"))


# --- names ----------------------------------------------------------------------------------------------------------


def _names(archive: Archive, module: Mapping[str, Any], resources: "Resources") -> tuple[Name, ...]:
    """Give the labels of the app, the module and its abilities in every locale."""
    app, inner = _table(module, "app"), _table(module, "module")
    found: list[Name] = _label(app, "application", resources)
    abilities = inner.get("abilities")
    for ability in abilities[:50] if isinstance(abilities, list) else []:
        if isinstance(ability, dict):
            found += _label(ability, "ability", resources)
    del archive
    return tuple(dict.fromkeys(found))[:MAX_NAMES]


def _label(table: Mapping[str, Any], place: str, resources: "Resources") -> list[Name]:
    text, number = str(table.get("label", "")), table.get("labelId")
    if not text.startswith("$"):
        return [Name(text=text[:80], place=place)] if text else []
    key = text.partition(":")[2]
    found = resources.strings(key, number if isinstance(number, int) else -1)
    return [Name(text=value[:80], place=place, locale=locale) for locale, value in found]


class Resources:
    """The index of resources: strings by name and id, in every configuration. A broken one gives nothing."""

    def __init__(self, data: bytes) -> None:
        """Read the keys (one a configuration) and where each one's ids lie."""
        self._data = data
        self._rows: list[tuple[str, int, str, str]] = []
        try:
            self._read()
        except (struct.error, IndexError):
            self._rows = self._rows or []

    def _read(self) -> None:
        _, count = struct.unpack_from("<II", self._data, 128)
        at = 136
        for _ in range(min(count, MAX_KEYS)):
            if self._data[at : at + 4] != b"KEYS":
                return
            offset, parameters = struct.unpack_from("<II", self._data, at + 4)
            at += 12
            pairs = [struct.unpack_from("<II", self._data, at + 8 * i) for i in range(min(parameters, 16))]
            at += 8 * parameters
            self._ids(offset, "-r".join(_word(value) for kind, value in pairs if kind in {0, 1}))

    def _ids(self, at: int, locale: str) -> None:
        if self._data[at : at + 4] != b"IDSS":
            return
        count = struct.unpack_from("<I", self._data, at + 4)[0]
        for i in range(min(count, 50_000)):
            number, offset = struct.unpack_from("<II", self._data, at + 8 + 8 * i)
            self._row(number, offset, locale)

    def _row(self, number: int, at: int, locale: str) -> None:
        _, kind, _, size = struct.unpack_from("<IIIH", self._data, at)
        if kind != 9 or len(self._rows) > 100_000:  # 9: string
            return
        text = self._data[at + 14 : at + 14 + size].rstrip(b"\0").decode("utf-8", "replace")
        length = struct.unpack_from("<H", self._data, at + 14 + size)[0]
        name = self._data[at + 16 + size : at + 16 + size + length].rstrip(b"\0").decode("utf-8", "replace")
        self._rows.append((name, number, locale, text))

    def strings(self, name: str, number: int) -> list[tuple[str, str]]:
        """Give locale and text of a string by name or id."""
        return [(locale, text) for key, ident, locale, text in self._rows if text and (key == name or ident == number)]


def _word(value: int) -> str:
    """Decode a language or region packed into a number, first letter highest."""
    return value.to_bytes(4, "big").strip(b"\0").decode("ascii", "replace")


# --- contents -------------------------------------------------------------------------------------------------------


def _contents(archive: Archive) -> Contents:
    out = Contents()
    for entry in archive.entries[:5000]:
        wanted = entry.name.lower().endswith(_TEXTUAL) or "/rawfile/" in entry.name
        if wanted and entry.packed < 4 * CAP and out.read < 8 * CAP:
            data = archive.read(entry, 4 * CAP)
            out.read += len(data)
            search_text(data, entry.name, out)
    return out


def _icons(archive: Archive) -> tuple[Icon, ...]:
    wanted = [n for n in archive.by_name if "/media/" in n and ("icon" in n.lower() or "logo" in n.lower())][:8]
    icons = []
    for name in wanted:
        data = _file(archive, name)
        icons.append(Icon(place=f"media {name}", sha256=icon_digest(data), png=seen(open_picture(data))))
    return tuple(icons)
