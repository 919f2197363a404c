"""What an app would say and where it would go: addresses, contacts and Chinese texts of every member worth reading.

Members are chosen by place and ending, and read by what they begin with: code, text in any encoding, compiled XML,
tables of strings, packed streams, archives in archives. All of it is capped; a cap that was reached is a fact.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from zhengben.examine.apk.dex import Dex, dex_strings
from zhengben.examine.apk.disguised import LEAST, pieces, plainly, unescaped
from zhengben.examine.apk.packed import unpacked
from zhengben.examine.apk.search import Contents, Place, keep_text, keep_url, search_bytes, search_program
from zhengben.examine.apk.strung import proto_strings, strings_of
from zhengben.examine.apk.tables import signs
from zhengben.examine.apk.zipread import Archive, Entry

DEX_CAP = 24 << 20
TEXT_CAP = 4 << 20
LIB_CAP = 8 << 20
TOTAL_CAP = 96 << 20
UNKNOWN_CAP = 1 << 20  # packed bytes of a member whose name says nothing about it
MAX_MEMBERS = 3000
MAX_LAYOUTS, LAYOUT_CAP = 60, 16 << 10
MAX_DEPTH, MAX_OPENED = 3, 40  # archives and streams in each other, and in all
TABLE = "resources.arsc"
# Where an app keeps what it reads itself; in a bundle a module's name stands in front.
_PLACES = re.compile(
    r"(?:[\w.-]{1,40}/)?(?:assets|res/raw|res/xml|root|rawfile|ets)/|META-INF/services|www/|Payload/|resources"
)
_LAYOUTS = re.compile(r"(?:[\w.-]{1,40}/)?res/(?:layout[^/]*/)?[^/]+\.xml$")
_TEXTUAL = (
    ".json", ".js", ".html", ".htm", ".xml", ".txt", ".properties", ".conf", ".ini", ".cfg", ".yml", ".yaml",
    ".bundle", ".css", ".md", ".dat", ".lua", ".strings", ".plist", ".vue", ".ts", ".jsbundle", ".mjs", ".toml",
    ".csv", ".svg", ".php", ".hbc", ".abc", ".index",
)  # fmt: skip
_PACKED = (".zip", ".wgt", ".jar", ".gz", ".apk", ".wgtu", ".bz2", ".xz", ".hap", ".zlib")
# Pictures, sounds, films, typefaces, models: nobody's address is read out of them here, and they are most of the bytes.
_MEDIA = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".mp3", ".mp4", ".ogg", ".wav", ".m4a", ".aac", ".flac",
    ".ttf", ".otf", ".woff", ".woff2", ".ttc", ".tflite", ".onnx", ".pb", ".ktx", ".pvr", ".dds", ".webm", ".mov",
    ".car", ".astc", ".fbx", ".atlas", ".avif", ".heic", ".pack", ".bin.gz", ".model", ".param", ".caf", ".sf", ".rsa",
)  # fmt: skip
_MEDIA_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3", b"\0\1\0\0", b"OTTO", b"wOF", b"true")
_NEVER_MEDIA = (b"PK\3\4", b"dex\n", b"\x1f\x8b\x08", b"SQLite", b"bplist0", b"\xff\xfe", b"\xfe\xff", b"\x7fELF")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PROGRAMS = (b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
# "://" and the words that announce a contact, as programs keep wide strings: in two or four bytes a character.
_WIDE = ("utf-16-le", "utf-32-le", "utf-16-be")
_WIDE_WORDS = ("://", "QQ", "微信", "客服", "电话", "t.me/")
WIDE_BEFORE, WIDE_AFTER, MAX_WIDE = 60, 240, 100
_ESCAPED_SCHEME, DEX_STRING = b":\\/\\/", 4096
_NARROW = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f\\ufffd\\ue000-\\uf8ff]")  # where a wide string has ended
_MESSAGES = (".xml", "resources.pb")


def read_contents(
    archive: Archive, metadata: Mapping[str, str] | None = None, others: Iterable[Archive] = ()
) -> Contents:
    """Read what is worth reading: settings first, then code, then one native library of each name.

    `metadata` is what the manifest tells its components, `others` are the splits that come with a package.
    """
    out = Contents()
    _read_metadata(metadata or {}, out)
    libs: set[str] = set()
    for part in (archive, *others):
        read_members(part, _chosen(part, libs), out)
    return out


def read_members(archive: Archive, chosen: Iterable[tuple[Entry, str]], out: Contents, inside: str = "") -> None:
    """Read members by kind; `inside` is the path of the archive they lie in, with `!/` behind it."""
    for entry, kind in chosen:
        if not _enough(out):
            break
        if not kind or not _WORTH.get(kind, _always)(archive, entry):
            continue
        data = archive.read(entry, _CAPS.get(kind, TEXT_CAP))
        out.read += len(data)
        if kind == "dex" and data:
            _dex(data, f"{inside}{entry.name}", out)
        else:
            search_text(data, f"{inside}{entry.name}", out, depth=inside.count("!/"))


def _enough(out: Contents) -> bool:
    """Tell whether more may be read, and note where not."""
    if out.read > TOTAL_CAP:
        out.missing.add("app.too_big")
    return out.read <= TOTAL_CAP and out.spend(1)


def _read_metadata(metadata: Mapping[str, str], out: Contents) -> None:
    place = Place("AndroidManifest.xml", "meta_data")
    for key, value in metadata.items():
        if "://" in value:
            keep_url(value.strip()[:400], place, out)
        elif len(value) > 4:
            keep_text(f"{key.rpartition('.')[2]}: {value[:400]}", place, out)


# --- choosing -------------------------------------------------------------------------------------------------------


def _chosen(archive: Archive, libs: set[str]) -> Iterator[tuple[Entry, str]]:
    """Give members with their kind, settings and texts before code, programs last."""
    code: list[tuple[Entry, str]] = []
    programs: list[tuple[Entry, str]] = []
    layouts = 0
    for entry in archive.entries:
        name = entry.name
        if name.endswith(".dex") or name == TABLE:
            code.append((entry, "table" if name == TABLE else "dex"))
        elif _PLACES.match(name):
            yield entry, kind_of(entry)
        elif _is_library(name):
            if (file := name.rpartition("/")[2]) not in libs:
                libs.add(file)
                programs.append((entry, "lib"))
        elif layouts < MAX_LAYOUTS and entry.size < LAYOUT_CAP and _LAYOUTS.match(name):
            layouts += 1
            yield entry, "text"
    yield from (*code, *programs)


def _is_library(name: str) -> bool:
    return name.endswith(".so") and (name.startswith("lib/") or "/lib/" in name[:50])


def kind_of(entry: Entry) -> str:
    """Give how a member is to be read by its name, or empty for not at all.

    Kinds: text; peek, where its first bytes decide; media, which is read where they show that its name lies.
    """
    name = entry.name.lower()
    if name.endswith("/"):
        return ""
    if name.endswith(_MEDIA):
        return "media" if 0 < entry.packed < UNKNOWN_CAP and not name.startswith("meta-inf/") else ""
    if name.endswith((*_TEXTUAL, *_PACKED)):
        return "text" if entry.packed < TEXT_CAP else ""
    return "peek" if 0 < entry.packed < UNKNOWN_CAP and "/" in name else ""


def _worth(archive: Archive, entry: Entry) -> bool:
    """Tell by its first bytes whether a member of unknown kind is worth reading."""
    head = next(archive.stream(entry, 256, 256), b"")
    return bool(head) and not head.startswith(_MEDIA_HEADS) and head[4:8] != b"ftyp"


def _lies(archive: Archive, entry: Entry) -> bool:
    """Tell whether a member called a picture or sound is text, code or something packed."""
    head = next(archive.stream(entry, 256, 256), b"")
    text = len(head) >= LEAST and not head.startswith(_MEDIA_HEADS) and _CONTROL.search(head) is None
    return text or head.startswith(_NEVER_MEDIA)


def _always(_archive: Archive, _entry: Entry) -> bool:
    return True


_WORTH = {"peek": _worth, "media": _lies}


_CAPS: dict[str, int] = {"dex": DEX_CAP, "lib": LIB_CAP, "table": LIB_CAP}


# --- reading --------------------------------------------------------------------------------------------------------


def _dex(data: bytes, name: str, out: Contents) -> None:
    if data[:4] != b"dex\n":
        if name.rpartition("/")[2].startswith("classes"):
            out.missing.add("app.dex_encrypted")
        return
    if len(data) >= DEX_CAP:
        out.missing.add("app.too_big")
    # Asked now, so that of many big DEX files never more than one is in memory.
    table, missing = Dex(data), [sign for sign in signs("sdks") if sign.id not in out.sdks]
    out.sdks |= {sign.id for sign in missing if any(table.has_prefix(b"L" + p.encode()) for p in sign.prefixes)}
    strings = dex_strings(data)
    search_bytes(strings, Place(name, lead=1), out)
    for form, piece in pieces(strings, whole=False):
        search_bytes(piece, Place(name, form), out)
    _escaped_code(strings, name, out)


def _escaped_code(strings: bytes, name: str, out: Contents) -> None:
    """Read JSON that code holds as a string: only the strings with escapes in them, for the rest was read."""
    found: list[bytes] = []
    at = strings.find(_ESCAPED_SCHEME)
    while at >= 0 and len(found) < MAX_WIDE:
        start, end = strings.rfind(b"\0", max(0, at - DEX_STRING), at) + 1, strings.find(b"\0", at, at + DEX_STRING)
        end = end if end >= 0 else at + DEX_STRING
        found.append(strings[max(start, at - DEX_STRING, 0) : end])
        at = strings.find(_ESCAPED_SCHEME, end)
    if found:
        search_bytes(unescaped(b"\0".join(found)), Place(name, "escaped", lead=1), out)


def search_text(data: bytes, where: str, out: Contents, *, depth: int = 0) -> None:
    """Read one file of any kind by what it begins with."""
    if data.startswith(_PROGRAMS):
        search_code(data, where, out)
    elif data[:4] == b"dex\n":
        _dex(data, where, out)
    elif data[:4] == b"PK\3\4":
        _archive(data, where, out, depth)
    elif (found := strings_of(data, out.work)) is not None and found.strings.strip(b"\0"):
        # No texts of the resource table: it holds every word of the app's pages, which drown what matters.
        search = search_program if found.form == "resources" else search_bytes
        search(found.strings, Place(where, found.form, lead=found.lead), out)
    elif packed := unpacked(data, TEXT_CAP):
        _stream(packed, where, out, depth)
    elif data[:1] in {b"\x0a", b"\x12", b"\x1a"} and where.endswith(_MESSAGES) and data.lstrip()[:1] != b"<":
        search_bytes(proto_strings(data, out.work), Place(where, "compiled_xml"), out)
    else:
        _text(data, where, out)


def _text(data: bytes, where: str, out: Contents) -> None:
    """Read text in any encoding, or bytes of an unknown kind as they are."""
    form, plain = plainly(data)
    if not form and b"\0" in plain[:4096]:
        search_code(plain, where, out)
        return
    text = unescaped(plain) if out.spend((len(plain) >> 6) + plain.count(b"\\") + plain.count(b"&")) else plain
    changed = text is not plain
    search_bytes(text, Place(where, form or "escaped" * changed, plain=plain if changed and not form else b""), out)
    for written, piece in pieces(text):
        search_bytes(piece, Place(where, written), out)


def search_code(data: bytes, where: str, out: Contents) -> None:
    """Read machine code and other binary files: strings of one, two and four bytes a character."""
    if not out.spend(len(data) >> 5):
        return
    search_program(data, Place(where, binary=True), out)
    for codec in _WIDE:
        for word in _WIDE_WORDS:
            _wide(data, word.encode(codec), codec, where, out)
    for form, piece in pieces(data, whole=False):
        search_program(piece, Place(where, form), out)


def _wide(data: bytes, word: bytes, codec: str, where: str, out: Contents) -> None:
    """Read the wide string around each place where a word stands."""
    width = 4 if "32" in codec else 2
    at, tries, place = data.find(word), 0, Place(where, "utf32" if width == 4 else "utf16", binary=True)
    while at >= 0 and tries < MAX_WIDE and out.spend(40):
        tries += 1
        low = max(at % width, at - width * WIDE_BEFORE)
        text = data[low : at + width * WIDE_AFTER].decode(codec, "replace")
        middle = (at - low) // width
        start = max((m.end() for m in _NARROW.finditer(text, 0, middle)), default=0)
        stop = _NARROW.search(f"{text}\0", middle)
        end = stop.start() if stop is not None else len(text)
        search_program(text[start:end].encode("utf-8", "ignore"), place, out)
        at = data.find(word, at + width * (end - middle) + len(word))


def _stream(packed: bytes, where: str, out: Contents, depth: int) -> None:
    """Read what one packed stream held."""
    out.read += len(packed)
    if _may_open(out, depth):
        search_text(packed, f"{where}!/", out, depth=depth + 1)


def _archive(data: bytes, where: str, out: Contents, depth: int) -> None:
    """Read the members of an archive that lies in the app: mini programs, pages to be unpacked, other apps."""
    if not _may_open(out, depth):
        return
    inner = Archive(data)
    chosen = [(entry, kind) for entry in inner.entries[:MAX_MEMBERS] if (kind := _kind_inside(entry))]
    read_members(inner, chosen, out, f"{where}!/")


def _kind_inside(entry: Entry) -> str:
    return "dex" if entry.name.endswith(".dex") else "text" if entry.name.endswith(".so") else kind_of(entry)


def _may_open(out: Contents, depth: int) -> bool:
    """Tell whether one more may be opened; where not, the look was not a whole one."""
    out.opened += 1
    if depth < MAX_DEPTH and out.opened <= MAX_OPENED:
        return True
    out.missing.add("app.nested")
    return False


def hosts_of(urls: Iterable[str]) -> tuple[str, ...]:
    """Give the hosts of addresses, each once, in order.

    >>> hosts_of(["https://a.example:8080/x", "http://u@a.example/y"])
    ('a.example',)
    """
    found = (re.split(r"[/?#]", url.partition("://")[2], maxsplit=1)[0].rpartition("@")[2] for url in urls)
    return tuple(dict.fromkeys(re.sub(r":\d*$", "", host).lower() for host in found if host))
