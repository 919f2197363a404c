"""Split sets (XAPK, APKS, APKM) and bundles (AAB): the base package with what its splits and store data add."""

import json
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from zhengben.core.appfacts import AppFacts, Name, Signer
from zhengben.examine.apk.android import android_facts, examine_package, signatures_of
from zhengben.examine.apk.contents import read_contents
from zhengben.examine.apk.icons import draw_icons, list_icons
from zhengben.examine.apk.manifest import read_manifest
from zhengben.examine.apk.package import Package, open_package
from zhengben.examine.apk.shells import find_made
from zhengben.examine.apk.signatures import check_signatures
from zhengben.examine.apk.zipread import Archive, Entry
from zhengben.examine.appbundle import BundleTable, read_bundle_xml

BASE_CAP = 64 << 20
SPLIT_CAP = 16 << 20
MAX_SPLITS = 30
AAB_MANIFEST = "base/manifest/AndroidManifest.xml"


def is_set(archive: Archive) -> bool:
    """Tell whether a zip holds the packages of one app, and is not a folder of apps that happen to lie together."""
    packages = [name.rpartition("/")[2].lower() for name in archive.by_name if name.lower().endswith(".apk")]
    told = any(mark in archive.by_name for mark in ("manifest.json", "info.json", "toc.pb"))
    return bool(packages) and (told or len(packages) == 1 or any(map(_of_a_set, packages)))


def _of_a_set(name: str) -> bool:
    return name.startswith(("base.", "base-", "config.", "split_", "split-", "universal"))


def examine_set(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine a set: base and splits together; signers must be the same in all of them."""
    entries = sorted((e for e in archive.entries if e.name.lower().endswith(".apk")), key=_rank)
    store = _store(archive)
    container = "xapk" if "manifest.json" in archive.by_name else "apkm" if "info.json" in archive.by_name else "apks"
    parts: list[Archive] = []
    left = BASE_CAP + SPLIT_CAP
    for entry in entries[:MAX_SPLITS]:
        parts.append(Archive(archive.read(entry, SPLIT_CAP if parts else BASE_CAP)))
        left -= len(parts[-1].data)
        if left < 0:
            break
    if not parts or not parts[0].entries:
        return AppFacts(platform="android", container=container, missing=("app.unreadable",), **_said(store))
    package = open_package(parts[0], parts[1:])
    base = examine_package(package, deep=deep, others=parts[1:])
    facts = _merged(base, archive, parts[1:], store, container)
    return facts if len(parts) == len(entries) else replace(facts, missing=(*facts.missing, "app.too_big"))


def _merged(base: AppFacts, archive: Archive, splits: list[Archive], store: dict[str, Any], container: str) -> AppFacts:
    tamper = {*base.tamper, *archive.tamper}
    owners = {signer.sha256 for signer in base.signers}
    whole = base.signed
    for part in splits:
        if not _signed_by(owners, part):
            tamper.add("split_signed_otherwise")
            whole = "broken"
        tamper |= {*part.tamper}  # what the check of its signature found in the file is among it
    if store and str(store.get("package_name") or store.get("pname") or base.package) != base.package:
        tamper.add("store_data_names_other_package")
    signers = base.signers if whole == base.signed else tuple(_unverified(signer) for signer in base.signers)
    said = _said(store)
    names = tuple(dict.fromkeys([*base.names, *said.pop("names", ())]))
    return replace(
        base, container=container, tamper=tuple(sorted(tamper)), signed=whole, signers=signers, names=names,
        **said,
    )  # fmt: skip


def _signed_by(owners: AbstractSet[str], part: Archive) -> bool:
    outcome = check_signatures(part)
    return outcome.verified and {signer.sha256 for signer in outcome.signers} <= owners


def _unverified(signer: Signer) -> Signer:
    return replace(signer, verified=False, why=signer.why or "split_signed_otherwise")


def _rank(entry: Entry) -> tuple[bool, int]:
    """Order packages so that the base comes first: by its usual names, else the largest."""
    name = entry.name.rpartition("/")[2].lower()
    return not (name in {"base.apk", "base-master.apk"} or name.startswith("universal")), -entry.size


def _store(archive: Archive) -> dict[str, Any]:
    """Give the store data of an XAPK (manifest.json) or APKM (info.json)."""
    for name in ("manifest.json", "info.json"):
        entry = archive.get(name)
        if entry is not None:
            try:
                loaded = json.loads(archive.read(entry, 1 << 20))
            except (ValueError, RecursionError):
                continue
            if isinstance(loaded, dict):
                return loaded
    return {}


def _said(store: dict[str, Any]) -> dict[str, Any]:
    names = [
        Name(text=str(store[key])[:80], place="listing") for key in ("name", "app_name", "apk_title") if store.get(key)
    ]
    locales = store.get("locales_name")
    if isinstance(locales, dict):
        pairs = list(locales.items())[:200]
        names += [Name(text=str(text)[:80], place="listing", locale=str(code)[:12]) for code, text in pairs if text]
    said: dict[str, Any] = {"names": tuple(names)}
    if isinstance(store.get("description"), str):
        said["description"] = store["description"][:4000]
    return said


# --- app bundles ----------------------------------------------------------------------------------------------------


def examine_bundle(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine an AAB: the same facts from protobuf; v1 with the upload key signs it, which proves no shop's app."""
    entry, table = archive.get(AAB_MANIFEST), archive.get("base/resources.pb")
    resources = BundleTable(archive.read(table, BASE_CAP // 2)) if table is not None else None
    root = read_bundle_xml(archive.read(entry, 8 << 20)) if entry is not None else None
    manifest = read_manifest(root, resources) if root is not None else None
    if manifest is None or not manifest.package:
        return AppFacts(platform="android", container="aab", tamper=tuple(archive.tamper), missing=("app.manifest",))
    package = Package(archive, manifest, resources, [], root="base/", xml=read_bundle_xml)
    contents = read_contents(archive, manifest.metadata) if deep else None
    made = find_made(archive, manifest, contents.sdks) if contents is not None else None
    icons = draw_icons(package) if deep else list_icons(package)
    facts = android_facts(package, signatures_of(package), contents, made, icons=icons)
    return replace(facts, container="aab")
