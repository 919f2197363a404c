"""iOS apps (IPA): property lists, names in every locale, and the provisioning profile that says how it is given out.

The code signature is verified in `ipa_signing.py`; whoever signed, only a fingerprint of a dossier says who that is.
"""

import re
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from zhengben.core.appfacts import AppFacts, Icon, Name
from zhengben.examine.apk.contents import hosts_of, search_code, search_text
from zhengben.examine.apk.search import Contents
from zhengben.examine.apk.shells import Made, find_configured
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appicon import PNG, icon_digest, open_picture, png_chunk, seen
from zhengben.examine.apple_profile import BROKEN, read_profile, team_differs, who_signed
from zhengben.examine.ipa_signing import IpaSigning, check_ipa, name_ipa
from zhengben.examine.plist import read_plist, word

CAP = 4 << 20
MAX_FILES = 60
_APP = re.compile(r"Payload/[^/]+\.app/")
_STRINGS = re.compile(r'\b([A-Za-z]\w{0,60})"?\s{0,4}=\s{0,4}"((?:[^"\\]|\\.){0,200})"\s{0,4};')
_NAME_KEYS = ("CFBundleDisplayName", "CFBundleName")
_TEXTUAL = (
    ".js",
    ".json",
    ".html",
    ".htm",
    ".xml",
    ".txt",
    ".plist",
    ".strings",
    ".bundle",
    ".jsbundle",
    ".dat",
    ".ini",
    ".conf",
    ".css",
)


def is_ipa(archive: Archive) -> bool:
    """Tell whether a zip is an iOS app."""
    return any(_APP.match(name) for name in archive.by_name)


def examine_ipa(archive: Archive, *, deep: bool = True) -> AppFacts:
    """Examine an IPA."""
    root = min((m.group() for m in map(_APP.match, archive.by_name) if m), key=len)
    info = read_plist(_file(archive, f"{root}Info.plist"))
    given = _file(archive, f"{root}embedded.mobileprovision")
    profile, signed_by = read_profile(given), who_signed(given)
    store = read_plist(_file(archive, "iTunesMetadata.plist"))
    contents = _contents(archive, root, info) if deep else Contents()
    signing = check_ipa(archive, root, info, profile) if deep else name_ipa(profile)
    made = find_configured(archive, root) if deep else Made()
    urls = tuple(dict.fromkeys([*made.opens, *contents.urls]))
    signers = signing.signers
    bundle = word(info.get("CFBundleIdentifier", ""))[:200]
    odd = {"profile_for_another_app": team_differs(profile, bundle), BROKEN: signed_by == BROKEN}
    return AppFacts(
        platform="ios",
        container="ipa",
        package=bundle,
        version=word(info.get("CFBundleShortVersionString", ""))[:40],
        names=tuple(dict.fromkeys([*_names(archive, root, info, store), *made.names])),
        signers=signers,
        permissions=tuple(sorted(key for key in info if key.startswith("NS") and key.endswith("UsageDescription"))),
        icons=_icons(archive, root, info) if deep else (),
        urls=urls,
        opens=tuple(dict.fromkeys(made.opens)),
        hosts=hosts_of(urls),
        strings=tuple(contents.texts),
        contacts=tuple(contents.contacts.values()),
        addresses=tuple(contents.urls.values()),
        organisation=word(profile.get("TeamName") or store.get("artistName"))[:200],
        distribution=distribution(profile, archive, root),
        expires=word(profile.get("ExpirationDate", ""))[:10],
        shells=_shells(archive, root),
        tamper=tuple(sorted({*archive.tamper, *signing.tamper, *(code for code, is_so in odd.items() if is_so)})),
        missing=_missing(archive, root, info, signing, made),
        notes=(*((signed_by,) if signed_by not in {"", BROKEN} else ()), *signing.notes),
        prints=tuple([f"signer:{s.sha256}" for s in signers if s.sha256] + [f"host:{h}" for h in hosts_of(urls)[:20]]),
        signed=signing.word,
    )


def _missing(archive: Archive, root: str, info: Mapping[str, Any], signing: IpaSigning, made: Made) -> tuple[str, ...]:
    """Give the codes of what could not be seen; the shop encrypts the program, and says so beside it or in it."""
    locked = signing.encrypted or any(name.startswith(f"{root}SC_Info/") for name in archive.by_name)
    told = {"app.manifest": not info, "app.encrypted": locked}
    return (*(code for code, is_so in told.items() if is_so), *sorted(made.missing))


def _file(archive: Archive, name: str) -> bytes:
    entry = archive.get(name)
    return archive.read(entry, CAP) if entry is not None else b""


def _names(archive: Archive, root: str, info: Mapping[str, Any], store: Mapping[str, Any]) -> tuple[Name, ...]:
    found = [Name(text=word(info[key])[:80], place="infoplist") for key in _NAME_KEYS if info.get(key)]
    for name in [n for n in archive.by_name if n.startswith(root) and n.endswith(".lproj/InfoPlist.strings")][
        :MAX_FILES
    ]:
        locale = name.rpartition(".lproj/")[0].rpartition("/")[2][:20]
        table = read_strings(_file(archive, name))
        found += [Name(text=table[key], place="infoplist", locale=locale) for key in _NAME_KEYS if table.get(key)]
    if store.get("itemName"):
        found.append(Name(text=word(store["itemName"])[:80], place="listing"))
    return tuple(dict.fromkeys(found))


def read_strings(data: bytes) -> dict[str, str]:
    """Read a .strings file: a property list, or text in UTF-16 or UTF-8.

    >>> read_strings('"CFBundleDisplayName" = "微粒贷";'.encode("utf-16"))
    {'CFBundleDisplayName': '微粒贷'}
    """
    if data[:6] in {b"bplist", b"<?xml "}:
        return {str(k): word(v)[:80] for k, v in read_plist(data).items()}
    utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = data.decode("utf-16", "replace") if utf16 else data.decode("utf-8-sig", "replace")
    return {key: value[:80] for key, value in _STRINGS.findall(text)}


# --- the provisioning profile ---------------------------------------------------------------------------------------


def distribution(profile: Mapping[str, Any], archive: Archive, root: str) -> str:
    """Say how the app is given out: enterprise (to anybody), adhoc (listed phones), development, store, unsigned."""
    if profile.get("ProvisionsAllDevices"):
        return "enterprise"
    if profile.get("ProvisionedDevices"):
        rights = profile.get("Entitlements")
        debug = isinstance(rights, dict) and rights.get("get-task-allow")
        return "development" if debug else "adhoc"
    if profile or any(name.startswith(f"{root}SC_Info/") for name in archive.by_name):
        return "store"
    return "unsigned"


# --- contents -------------------------------------------------------------------------------------------------------


def _contents(archive: Archive, root: str, info: Mapping[str, Any]) -> Contents:
    out = Contents()
    programs = {f"{root}{word(info.get('CFBundleExecutable', ''))}", f"{root}Frameworks/App.framework/App"}
    for entry in archive.entries[:5000]:
        code = entry.name in programs
        wanted = entry.name.lower().endswith(_TEXTUAL) and entry.packed < CAP
        if (wanted or code) and out.read < 8 * CAP:
            data = archive.read(entry, 8 * CAP if code else CAP)
            out.read += len(data)
            (search_code if code else search_text)(data, entry.name, out)
    return out


def _shells(archive: Archive, root: str) -> tuple[str, ...]:
    marks = {
        "capacitor": f"{root}capacitor.config.json", "cordova": f"{root}www/cordova.js", "dcloud": f"{root}Pandora/",
        "flutter": f"{root}Frameworks/Flutter.framework/", "reactnative": f"{root}main.jsbundle",
        "apicloud": f"{root}widget/config.xml",
    }  # fmt: skip
    return tuple(key for key, mark in marks.items() if any(name.startswith(mark) for name in archive.by_name))


def _icons(archive: Archive, root: str, info: Mapping[str, Any]) -> tuple[Icon, ...]:
    wanted = _icon_names(info)
    found = [n for n in archive.by_name if n.startswith(root) and "/" not in n[len(root) :] and n.endswith(".png")]
    chosen = [n for n in found if any(n[len(root) :].startswith(w) for w in wanted)] or [
        n for n in found if "Icon" in n
    ]
    icons = []
    for name in chosen[:8]:
        data = _file(archive, name)
        shown = seen(open_picture(plain_png(data)))
        icons.append(Icon(place=f"infoplist.icon {name}", sha256=icon_digest(data), png=shown))
    return tuple(icons)


def _icon_names(info: Mapping[str, Any]) -> list[str]:
    names = _list(info.get("CFBundleIconFiles"))
    for key in ("CFBundleIcons", "CFBundleIcons~ipad"):
        table = info.get(key)
        primary = table.get("CFBundlePrimaryIcon") if isinstance(table, dict) else None
        if isinstance(primary, dict):
            names += _list(primary.get("CFBundleIconFiles"))
    return [word(name)[:100] for name in names[:40] if word(name)]


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def plain_png(data: bytes) -> bytes:
    """Turn Apple's own PNG variant (chunk CgBI: raw deflate, blue first) into a common one; others come back as is."""
    if data[12:16] != b"CgBI":
        return data
    chunks, packed, header = [], bytearray(), b""
    at = 8
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            packed += body
        chunks.append(kind)
    try:
        pixels = zlib.decompressobj(-15).decompress(bytes(packed), 16 << 20)
    except zlib.error:
        return b""
    body = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(pixels, 1)) + png_chunk(b"IEND", b"")
    return PNG + body
