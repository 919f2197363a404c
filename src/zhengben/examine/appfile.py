"""Look inside any app file: bytes in, facts out.

The kind of file is decided by its contents and only then by its name. A file that is no app, or too broken to read,
gives facts with `missing`, never an exception; what is odd about it stands in `tamper`. Hostile input may still use up
time or memory, so callers run this through `zhengben.flow.limited`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhengben.core.appfacts import AppFacts, Likeness, Mark
from zhengben.examine.apk.android import examine_android
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appicon import alike, icon_print
from zhengben.examine.appsets import AAB_MANIFEST, examine_bundle, examine_set, is_set
from zhengben.examine.hap import examine_hap, examine_hap_set, is_hap, is_hap_set
from zhengben.examine.ipa import examine_ipa, is_ipa
from zhengben.examine.mobileconfig import examine_mobileconfig, looks_like_profile

ENDINGS = (".apk", ".xapk", ".apks", ".apkm", ".aab", ".ipa", ".mobileconfig", ".hap", ".app")
WRAPPED = (*ENDINGS, ".zip")
WORTH_TELLING = 0.5
MAX_DEPTH, MOST_INSIDE, INNER_CAP = 2, 4, 64 << 20


def examine_app(data: bytes, name: str, *, deep: bool = True) -> AppFacts:
    """Examine one app file.

    `name` is the file's name, used only where contents do not decide. With `deep=False` only what triage needs is
    read: names, permissions, certificates, icons listed; strings, pictures and platforms are left out.
    """
    return _examined(data, name, deep=deep, depth=0)


def _examined(data: bytes, name: str, *, deep: bool, depth: int) -> AppFacts:
    if looks_like_profile(data):
        return examine_mobileconfig(data)
    archive = Archive(data)
    if "AndroidManifest.xml" in archive.by_name:
        return examine_android(archive, deep=deep)
    if AAB_MANIFEST in archive.by_name:
        return examine_bundle(archive, deep=deep)
    return _by_contents(archive, name, deep=deep, depth=depth)


def examine_app_beside(data: bytes, name: str, marks: Sequence[Mark]) -> AppFacts:
    """Examine one app file and hold its icons against marks of brands; see `examine_app`."""
    facts = examine_app(data, name)
    if not marks:
        return facts
    facts = replace(facts, icons=tuple(replace(icon, looks=icon_print(icon.png)) for icon in facts.icons))
    return replace(facts, likenesses=tuple(_likenesses(facts, marks)))


def _likenesses(facts: AppFacts, marks: Sequence[Mark]) -> Iterator[Likeness]:
    for mark in marks:
        for icon in facts.icons:
            score = alike(icon.looks, mark.looks)
            if score >= WORTH_TELLING:
                yield Likeness(brand=mark.brand, file=mark.file, icon=icon.sha256, place=icon.place, score=score)


def _by_contents(archive: Archive, name: str, *, deep: bool, depth: int) -> AppFacts:
    if is_ipa(archive):
        return examine_ipa(archive, deep=deep)
    if is_hap(archive):
        return examine_hap(archive, deep=deep)
    if is_set(archive):
        return examine_set(archive, deep=deep)
    if is_hap_set(archive):
        return examine_hap_set(archive, deep=deep)
    found = _wrapped(archive, deep=deep, depth=depth) if depth < MAX_DEPTH else None
    return found or _nameless(archive, name, deep=deep)


def _wrapped(archive: Archive, *, deep: bool, depth: int) -> AppFacts | None:
    """Examine the apps that lie in a plain archive, as chat groups hand them round; None where none does.

    The facts are those of the biggest one; the names of the others are told with them.
    """
    inside = [e for e in archive.entries if e.name.lower().endswith(WRAPPED) and not e.name.endswith("/")]
    found: list[AppFacts] = []
    for entry in sorted(inside, key=lambda e: -e.size)[:MOST_INSIDE]:
        facts = _examined(archive.read(entry, INNER_CAP), entry.name, deep=deep, depth=depth + 1)
        if facts.package or facts.names:
            found.append(facts)
    if not found:
        return None
    first = found[0]
    names = tuple(dict.fromkeys(name for facts in found for name in facts.names))
    missing = (*first.missing, *(("app.more_inside",) if len(inside) > MOST_INSIDE else ()))
    return replace(first, names=names, missing=tuple(dict.fromkeys(missing)), notes=(*first.notes, "inside_archive"))


def _nameless(archive: Archive, name: str, *, deep: bool) -> AppFacts:
    """Read a zip without any known mark as what its name says, for a trick may have hidden the mark."""
    ending = name.lower().rpartition(".")[2]
    if archive.entries and ending not in {"ipa", "mobileconfig", "hap", "app"}:
        found = examine_android(archive, deep=deep)
        if found.package:
            return found
    platform = {"ipa": "ios", "mobileconfig": "webclip", "hap": "harmony", "app": "harmony"}.get(ending, "android")
    tamper = tuple(sorted(archive.tamper))
    return AppFacts(platform=platform, container=ending, tamper=tamper, missing=("app.unreadable",))
