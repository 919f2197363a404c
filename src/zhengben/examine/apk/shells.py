"""Which platform, packer and SDKs an app was made with, and the name and address its configuration carries."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from zhengben.core.appfacts import Name
from zhengben.examine.apk.axml import Node, looks_like_axml, read_axml
from zhengben.examine.apk.manifest import Manifest
from zhengben.examine.apk.tables import Sign, signs
from zhengben.examine.apk.zipread import Archive

CONFIG_CAP = 1 << 20
MAX_CONFIGS = 8
MAX_PACKED, PACKED_CAP = 2, 8 << 20
_TITLE = re.compile(r"<title[^<>]{0,100}>([^<]{1,80})</title>", re.IGNORECASE)
_XML_NAME = re.compile(r"<name[^<>]{0,100}>([^<]{1,80})</name>")
_CONTENT = re.compile(r"<content[^<>]{1,100}?src\s{0,4}=\s{0,4}[\"']([^\"']{1,400})")
_ADDRESS = ("http://", "https://")
_NAMES = ("name", "appName", "app_name", "applicationName")
_OPENS = ("url", "initialUrl", "launch_path", "startUrl", "mainUrl", "start_url", "homeUrl", "contentUrl")


@dataclass(slots=True)
class Made:
    """What an app was made with; ids are those of the tables."""

    shells: list[str] = field(default_factory=list)
    packers: list[str] = field(default_factory=list)
    sdks: list[str] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    opens: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def find_made(archive: Archive, manifest: Manifest, sdks: Collection[str]) -> Made:
    """Recognise platforms and packers by classes of the manifest and by paths; `sdks` are those the DEX showed."""
    out = Made()
    classes, paths = manifest.components, _paths(archive)
    for sign in signs("packers"):
        if _matches(sign, classes, paths):
            out.packers.append(sign.id)
            out.missing.add("app.packed")
    for sign in signs("shells"):
        if _matches(sign, classes, paths):
            out.shells.append(sign.id)
            _configured(sign, archive, out)
    _packed_pages(archive, out)
    out.sdks = [sign.id for sign in signs("sdks") if sign.id in sdks]
    return out


def _matches(sign: Sign, classes: Collection[str], paths: list[str]) -> bool:
    if any(name.startswith(prefix) for name in classes for prefix in sign.classes):
        return True
    return sign.paths is not None and any(map(sign.paths.match, paths))


@cache
def _telling() -> re.Pattern[str]:
    """Give one pattern for the paths of all platforms and packers together."""
    every = [sign.paths.pattern for name in ("shells", "packers") for sign in signs(name) if sign.paths is not None]
    return re.compile("|".join(every))


def _paths(archive: Archive) -> list[str]:
    """Give the paths that tell a platform or packer."""
    match = _telling().match
    places = ("assets/", "lib/", "res/xml/", "assemblies/")
    return [n for n in archive.by_name if (n.startswith(places) or "/" not in n) and match(n)][:4000]


def _configured(sign: Sign, archive: Archive, out: Made) -> None:
    """Read the configuration files of a platform, and say what is configured from outside or locked."""
    readable = False
    names = [n for n in archive.by_name if sign.config is not None and sign.config.match(n)][:MAX_CONFIGS]
    for name in names:
        data = archive.read(archive.entries[archive.by_name[name]], CONFIG_CAP)
        if _read_config(data, name, out):
            readable = True
        else:
            out.missing.add("app.config_encrypted")
    if sign.remote == "always":
        out.missing.add("app.remote_configured")
    elif sign.remote == "encrypted" and not readable:
        out.missing.add("app.config_encrypted")


def _packed_pages(archive: Archive, out: Made) -> None:
    """Read the manifest of page packages of uni-app (.wgt), which a shell unpacks when it starts."""
    names = [name for name in paths_of(archive) if name.endswith((".wgt", ".wgtu"))]
    for name in names[:MAX_PACKED]:
        inner = Archive(archive.read(archive.entries[archive.by_name[name]], PACKED_CAP))
        entry = inner.get("manifest.json")
        if entry is not None:
            _read_config(inner.read(entry, CONFIG_CAP), "manifest.json", out)


def paths_of(archive: Archive) -> list[str]:
    """Give the paths among an app's own files, which no tool writes."""
    return [name for name in archive.by_name if name.startswith("assets/") or "/www/" in name]


def _read_config(data: bytes, name: str, out: Made) -> bool:
    """Take name and address from JSON, XML or HTML; tell whether it could be read."""
    if looks_like_axml(data) and data[:2] == b"\x03\x00":
        _from_axml(data, out)
        return True
    text = data.decode("utf-8", "replace")
    if name.endswith(".json") or text.lstrip()[:1] == "{":
        return _from_json(text, out)
    if "<" not in text[:2000] and not name.endswith(".bundle"):
        return False
    out.names += [Name(text=m.strip(), place="h5") for m in (*_TITLE.findall(text)[:2], *_XML_NAME.findall(text)[:2])]
    out.opens += [m for m in _CONTENT.findall(text)[:4] if "://" in m]
    return True


def _from_json(text: str, out: Made) -> bool:
    try:
        loaded = json.loads(_uncommented(text))
    except (ValueError, RecursionError):
        return False
    for table in _tables(loaded):
        words = {key: value for key, value in table.items() if isinstance(value, str)}
        out.names += [Name(text=words[key][:80], place="h5") for key in _NAMES if key in words]
        out.opens += [words[key][:400] for key in _OPENS if "://" in words.get(key, "")]
        appid = table.get("id") or table.get("appid")
        if isinstance(appid, str) and appid.startswith("__UNI__"):
            out.ids.append(appid[:40])
    return True


def _uncommented(text: str) -> str:
    """Give JSON without the comments that platforms let people write in it, unless a string may hold their sign."""
    head, *rest = text.split("/*")
    if not rest or '"/*' in text:
        return text
    return head + "".join(part.partition("*/")[2] for part in rest)


def _tables(loaded: object) -> Iterator[Mapping[str, object]]:
    """Give the top object and the objects in it where platforms keep names and addresses."""
    if isinstance(loaded, dict):
        yield loaded
        for key in ("general", "server", "plus", "launchwebview", "webview"):
            yield from _tables(loaded.get(key))


def _from_axml(data: bytes, out: Made) -> None:
    """Take name and address from a compiled file: from attributes, or from what stands between tags."""
    stack = list(read_axml(data, {}).children)
    while stack:
        node = stack.pop()
        stack += node.children
        for key, value in node.attributes.items():
            if value.text.startswith(_ADDRESS) and key in {"src", "url", "value", "href"}:
                out.opens.append(value.text[:400])
            elif key in {"appname", "appName", "name"} and node.name in {"widget", "app", "config"}:
                out.names.append(Name(text=value.text[:80], place="h5"))
        _from_words(node, out)


def _from_words(node: Node, out: Made) -> None:
    words = node.words.strip()
    if words.startswith(_ADDRESS):
        out.opens.append(words[:400])
    elif words and node.name.lower() in {"name", "appname", "app_name", "title"}:
        out.names.append(Name(text=words[:80], place="h5"))


# Where platforms keep their configuration in an iOS app's folder; the same files as in their Android packages.
_IN_IPA = re.compile(
    r"Pandora/apps/[^/]+/www/manifest\.json|(?:public/)?capacitor\.config\.json|(?:www/|widget/)?config\.xml"
    r"|(?:www|public|dist|html|web)/index\.html"
)


def find_configured(archive: Archive, root: str) -> Made:
    """Take name and address from the configuration of an H5 platform in an iOS app, whose folder is `root`."""
    out = Made()
    names = [name for name in archive.by_name if name.startswith(root) and _IN_IPA.fullmatch(name, len(root))]
    for name in names[:MAX_CONFIGS]:
        data = archive.read(archive.entries[archive.by_name[name]], CONFIG_CAP)
        if not _read_config(data, name, out):
            out.missing.add("app.config_encrypted")
    return out
