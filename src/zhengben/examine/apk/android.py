"""Facts of one Android package, from its bytes."""

import hashlib
import itertools
from collections.abc import Sequence
from dataclasses import replace

from zhengben.core.appfacts import AppFacts, Icon
from zhengben.examine.apk.contents import hosts_of, read_contents
from zhengben.examine.apk.icons import draw_icons, list_icons
from zhengben.examine.apk.package import Package, open_package
from zhengben.examine.apk.search import Contents
from zhengben.examine.apk.shells import Made, find_made
from zhengben.examine.apk.signatures import NOUGAT, Outcome, check_signatures, name_signers, prepare
from zhengben.examine.apk.zipread import Archive

MAX_PRINTS = 60


def examine_android(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine one package; see `zhengben.examine.appfile.examine_app`."""
    return examine_package(open_package(archive), deep=deep)


def examine_package(package: Package, *, deep: bool = True, others: Sequence[Archive] = ()) -> AppFacts:
    """Examine a package that was opened already; `others` are its splits, whose contents are searched as well."""
    if not deep:
        facts = android_facts(package, name_signers(package.archive), icons=list_icons(package))
        return replace(facts, signed="unchecked" if facts.signers else "unsigned")
    prepare(package.archive)
    contents = read_contents(package.archive, package.manifest.metadata, others)
    made = find_made(package.archive, package.manifest, contents.sdks)
    icons = draw_icons(package)
    return android_facts(package, signatures_of(package), contents, made, icons=icons)


def signatures_of(package: Package) -> Outcome:
    """Verify a package's signatures for phones of today."""
    manifest = package.manifest
    return check_signatures(package.archive, NOUGAT, target_sandbox=manifest.sandbox, target_sdk=manifest.target_sdk)


def android_facts(
    package: Package, outcome: Outcome, contents: Contents | None = None, made: Made | None = None, *,
    icons: tuple[Icon, ...] = (),
) -> AppFacts:  # fmt: skip
    """Put together what was read of a package."""
    manifest, archive = package.manifest, package.archive
    contents, made = contents or Contents(), made or Made()
    urls = tuple(dict.fromkeys([*made.opens, *contents.urls, *manifest.links]))
    missing = [*package.missing, *sorted(contents.missing | made.missing)]
    names = tuple(dict.fromkeys([*manifest.names, *(n for n in made.names if n.text.strip())]))
    return AppFacts(
        platform="android",
        container="apk",
        package=manifest.package,
        version=manifest.version,
        names=names,
        signers=tuple(outcome.signers),
        permissions=tuple(manifest.permissions),
        icons=icons,
        urls=urls,
        strings=tuple(contents.texts),
        shells=tuple(made.shells),
        packers=tuple(made.packers),
        sdks=tuple(made.sdks),
        features=tuple(manifest.features),
        tamper=tuple(sorted({*archive.tamper, *outcome.tamper})),
        prints=tuple(itertools.islice(_prints(package, outcome, contents, made, icons), MAX_PRINTS)),
        missing=tuple(dict.fromkeys(missing)),
        contacts=tuple(contents.contacts.values()),
        addresses=tuple(contents.urls.values()),
        hosts=hosts_of(urls),
        opens=tuple(dict.fromkeys(made.opens)),
        queries=tuple(manifest.queries),
        min_sdk=manifest.min_sdk,
        target_sdk=manifest.target_sdk,
        debuggable=manifest.debuggable,
        signed=signed_word(outcome),
        notes=tuple(outcome.notes),
    )


def _prints(package: Package, outcome: Outcome, contents: Contents, made: Made, icons: tuple[Icon, ...]) -> list[str]:
    """Give what links this package to its kin, as kind:value; the CRCs in the directory stand for whole files."""
    out = [f"signer:{signer.sha256}" for signer in outcome.signers if signer.sha256]
    for entry in package.archive.entries[:20_000]:
        if entry.name.endswith(".dex") and entry.size > 0:
            out.append(f"dex:{entry.crc:08x}{entry.size:08x}")
        elif entry.name == "resources.arsc":
            out.append(f"arsc:{entry.crc:08x}{entry.size:08x}")
    assets = sorted((e.name, e.crc, e.size) for e in package.archive.entries[:20_000] if e.name.startswith("assets/"))
    if assets:
        out.append(f"assets:{hashlib.sha256(repr(assets).encode()).hexdigest()[:32]}")
    out += [f"uni:{number}" for number in made.ids]
    out += [f"icon:{icon.sha256[:32]}" for icon in icons if icon.sha256]
    out += [f"contact:{kind}/{value}" for kind, value in list(contents.contacts)[:20]]
    out += [f"host:{host}" for host in hosts_of([*made.opens, *contents.urls])[:20]]
    return list(dict.fromkeys(out))


def signed_word(outcome: Outcome) -> str:
    """Say in one word how the signatures stand."""
    if outcome.verified:
        return "verified"
    return "broken" if outcome.signers else "unsigned"
