"""Files made to cost as much as they can: each is small, harmless, and aims at one loop of a reader.

`BOMBS` maps a name to what builds the file; `apps.py --only limits` measures them beside the other worst inputs.
"""

import io
import plistlib
import struct
import zlib
from collections.abc import Callable, Mapping

from zhengben.examine.apk.zipread import Archive
from zhengben.range.make_apk import Extras, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Color, Element, Ref, write_axml
from zhengben.range.make_apk_dex import write_dex
from zhengben.range.make_apk_zip import STORED, Entry, write_parts

KEY = signing_key("bomb", "Bomb")
PACKAGE = "cn.example.bomb"


def _with(files: Mapping[str, bytes], **more: object) -> bytes:
    extras = Extras(files=files, schemes=("v2",), **more)  # type: ignore[arg-type]  # names of its fields
    return make_apk(package=PACKAGE, labels={"": "x"}, signer=KEY, extras=extras)


def _one(name: str, data: bytes) -> bytes:
    return _with({name: data})


# --- contents -------------------------------------------------------------------------------------------------------


def hermes() -> bytes:
    """Hermes bytecode whose table names one text of 250 characters 200,000 times."""
    count, text = 200_000, b"q" * 250
    head = bytes.fromhex("c61fbc03c103191f").ljust(40, b"\0") + struct.pack("<6I", 0, 0, 0, count, 0, len(text))
    table = struct.pack("<I", 250 << 24) * count
    return _one("assets/index.android.bundle", head.ljust(128, b"\0") + table + text)


def escapes() -> bytes:
    """A megabyte of escapes, in runs as long as a pattern takes, in four files."""
    return _with({f"assets/{i}.js": b"\\u5fae" * 600_000 for i in range(4)})


def backslashes() -> bytes:
    """Nothing but backslashes and slashes."""
    return _with({f"assets/{i}.js": b"\\\\\\\\/" * 800_000 for i in range(3)})


def words() -> bytes:
    """Words that announce a contact, and never one, in two thousand files."""
    text = "QQ 客服 微信 电话 t.me/ tel: 热线 扣扣 企鹅\n".encode() * 40
    return _with({f"assets/{i}.txt": text for i in range(2000)})


def addresses() -> bytes:
    """Addresses that are noise, so that no cap on what is kept is ever reached."""
    return _with({f"assets/{i}.txt": b"http://www.w3.org/\n" * 4000 for i in range(400)})


def wide() -> bytes:
    """Words in two and four bytes a character, in three hundred libraries."""
    text = "QQ 客服 微信 电话 t.me/ ://".encode("utf-16-le") * 100
    return _with({f"lib/arm64-v8a/lib{i}.so": b"\x7fELF" + text + text.decode("utf-16-le").encode("utf-32-le")
                  for i in range(300)})  # fmt: skip


def tokens() -> bytes:
    """Words of base64 that nearly end as such words end."""
    return _with({f"assets/{i}.json": (b"A" * 60_001 + b"!") * 4 for i in range(60)})


def hexadecimal() -> bytes:
    """Long numbers in hex and as codes, each begun like an address."""
    text = b"68747470" * 900 + b"z" + b"104,116,116,112," * 900 + b"z"
    return _with({f"assets/{i}.json": text * 12 for i in range(40)})


def references() -> bytes:
    """HTML references without end, in files just below the cap."""
    return _with({f"assets/{i}.html": b"&#x5fae;" * 125_000 for i in range(12)})


def database() -> bytes:
    """SQLite whose cells all point at one row with as many columns as a page holds."""
    page = bytearray(65_536)
    page[:16] = b"SQLite format 3\0"
    page[16:18] = b"\0\1"
    page[100] = 0x0D
    page[103:105] = struct.pack(">H", 16_000)
    page[108 : 108 + 32_000] = struct.pack(">H", 40_000) * 16_000
    page[40_000:40_004] = b"\x7f\x7f\xff\x7f"
    page[40_004:] = b"\x0c" * (65_536 - 40_004)
    return _with({f"assets/{i}.db": bytes(page) for i in range(4)})


def protobuf() -> bytes:
    """A message in a message sixty deep, each of them with two hundred empty ones beside it."""
    body = b""
    for _ in range(60):
        body = b"\x0a" + _varint(len(body)) + body + b"\x0a\x02\x80\x01" * 200
    return _with({f"assets/{i}/resources.pb": body * 20 for i in range(8)})


def binary_list() -> bytes:
    """A property list whose lists each name the next one fifty times."""
    value: object = "x"
    for _ in range(6):
        value = [value] * 50
    return _with({f"assets/{i}.plist": plistlib.dumps({"a": value}, fmt=plistlib.FMT_BINARY) for i in range(20)})


def deep_list() -> bytes:
    """An XML property list nested two hundred thousand deep."""
    return _one("assets/a.plist", b"<plist>" + b"<array>" * 200_000)


def deep_json() -> bytes:
    """JSON nested so deep that a reader's stack ends."""
    return _with(
        {"assets/apps/__UNI__1/www/manifest.json": b"[" * 900_000, "capacitor.config.json": b'{"a":' * 200_000}
    )


def zips() -> bytes:
    """Archives in archives, forty at each of five levels."""
    body = b"http://a.example/"
    for level in range(5):
        body = write_parts([Entry(name=f"{i}.zip" if level else f"{i}.txt", data=body) for i in range(40)]).join()
        body = body[: 3 << 20]
    return _one("assets/a.zip", body)


def streams() -> bytes:
    """Thirty packed streams of nothing, each a thousandfold."""
    return _with({f"assets/{i}.gz": b"\x1f\x8b\x08" + bytes(7) + _raw(bytes(30 << 20)) for i in range(60)})


def dexes() -> bytes:
    """Three thousand tiny DEX files."""
    body = write_dex(["Ljava/lang/Object;", "http://a.example/"])
    return _with({f"classes{i}.dex": body for i in range(2, 3000)})


def _raw(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


# --- manifest and resources -----------------------------------------------------------------------------------------


def _packed(top: Element, table: Table, files: Mapping[str, bytes]) -> bytes:
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(top)),
        Entry(name="resources.arsc", data=table.write(), method=STORED, align=4),
        Entry(name="classes.dex", data=b"dex\n"),
        *(Entry(name=name, data=data) for name, data in files.items()),
    ]  # fmt: skip
    return sign_entries(entries, KEY, ("v2",))


def _locale(number: int) -> str:
    first, second, region = number // 676 % 26, number // 26 % 26, number % 26
    return f"{chr(97 + first)}{chr(97 + second)}-r{chr(65 + region)}{chr(65 + number // 17_576 % 26)}"


def locales() -> bytes:
    """A label in twenty thousand locales."""
    table = Table(PACKAGE)
    label = table.add("string", "name", [(Config(locale=_locale(i)), "x") for i in range(20_000)])
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {"label": label})]), table, {})


def shared_label() -> bytes:
    """Ninety thousand activities that share one label of four hundred locales which all say the same."""
    table = Table(PACKAGE)
    label = table.add("string", "name", [(Config(locale=_locale(i)), "x") for i in range(399)])
    inside = [Element("activity", {"label": label, "name": "a"}) for _ in range(90_000)]
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {}, inside)]), table, {})


def many_labels() -> bytes:
    """Twenty thousand activities, each with a label of its own in sixty configurations."""
    table = Table(PACKAGE)
    configs = [Config(locale=_locale(i)) for i in range(60)]
    labels = [table.add("string", f"n{i}", [(config, "x") for config in configs]) for i in range(5000)]
    inside = [Element("activity", {"label": labels[i % 5000], "name": "a"}) for i in range(20_000)]
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {}, inside)]), table, {})


def permissions() -> bytes:
    """Ninety thousand permissions out of two thousand."""
    asked = [Element("uses-permission", {"name": f"p.{i % 2100}"}) for i in range(90_000)]
    top = Element("manifest", {"package": PACKAGE}, [*asked, Element("application", {})])
    return _packed(top, Table(PACKAGE), {})


def _drawn(files: Mapping[str, bytes], **drawables: str) -> bytes:
    table = Table(PACKAGE)
    icon = table.add("drawable", "icon", [(Config(), path) for path in (*drawables.values(), *files)][:1])
    top = Element("manifest", {"package": PACKAGE}, [Element("application", {"icon": icon})])
    return _packed(top, table, files)


def layers() -> bytes:
    """An icon of sixty thousand layers of one colour."""
    solid = [Element("item", {}, [Element("solid", {"color": Color(0x80FF0000)})]) for _ in range(40_000)]
    return _drawn({"res/a.xml": write_axml(Element("layer-list", {}, solid))})


def paths() -> bytes:
    """A vector of twenty thousand paths that are all one long one."""
    data = "M0,0" + "l1,1l-1,2" * 2000
    path = [Element("path", {"fillColor": Color(0xFFFF0000), "pathData": data}) for _ in range(60)]
    nested = [Element("group", {}, path) for _ in range(60)]
    groups = [Element("group", {}, nested) for _ in range(10)]
    vector = Element("vector", {"viewportWidth": 24.0, "viewportHeight": 24.0}, groups)
    return _drawn({"res/a.xml": write_axml(vector)})


def strokes() -> bytes:
    """A vector whose strokes are thick, crossed and as many as are drawn at all."""
    data = "M0,0" + "l24,24l-24,-23.9" * 1100
    paint = {"strokeColor": Color(0x80FF0000), "strokeWidth": 9.0, "pathData": data}
    vector = Element("vector", {"viewportWidth": 24.0, "viewportHeight": 24.0}, [Element("path", paint)] * 10)
    return _drawn({"res/a.xml": write_axml(vector)})


def itself() -> bytes:
    """Sixty drawings that each name all of them."""
    table, names = Table(PACKAGE), [f"res/{i}.xml" for i in range(60)]
    every = [table.add("drawable", f"d{i}", [(Config(), name)]) for i, name in enumerate(names)]
    files = {
        name: write_axml(Element("layer-list", {}, [Element("item", {"drawable": Ref(one.id)}) for one in every]))
        for name in names
    }
    top = Element("manifest", {"package": PACKAGE}, [Element("application", {"icon": every[0]})])
    return _packed(top, table, files)


# --- pictures -------------------------------------------------------------------------------------------------------


def _png(width: int, height: int, body: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        """Give one chunk."""
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def huge_png() -> bytes:
    """An icon of 20,000 by 20,000."""
    return _drawn({"res/a.png": _png(20_000, 20_000, zlib.compress(bytes(40 << 20), 9))})


def wide_png() -> bytes:
    """Eight icons of two by two million, which is no more than a sensible one has."""
    table = Table(PACKAGE)
    files = {f"res/{i}.png": _png(8 + i, 490_000, zlib.compress(bytes(12_000_000), 9)) for i in range(8)}
    icons = {key: table.add("drawable", key, [(Config(), path)]) for key, path in zip("abcdefgh", files, strict=True)}
    inside = [Element("activity", {"icon": icon, "name": "a"}) for icon in icons.values()]
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {}, inside)]), table, files)


def big_pngs() -> bytes:
    """Eight icons of 2,000 by 2,000, the most that is decoded."""
    table = Table(PACKAGE)
    files = {f"res/{i}.png": _png(2000, 2000, zlib.compress(bytes([i]) * 12_002_000, 9)) for i in range(8)}
    icons = [table.add("drawable", f"d{i}", [(Config(), path)]) for i, path in enumerate(files)]
    inside = [Element("activity", {"icon": icon, "name": "a"}) for icon in icons]
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {}, inside)]), table, files)


def huge_webp() -> bytes:
    """A WebP that claims 16,383 by 16,383 in each of its three forms."""
    lossy = b"VP8 " + struct.pack("<I", 10) + b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 0x3FFF, 0x3FFF)
    less = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", 0x3FFF | 0x3FFF << 14)
    table, files = Table(PACKAGE), {}
    for i, body in enumerate((lossy, less)):
        files[f"res/{i}.webp"] = b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body + bytes(64)
    icons = [table.add("drawable", f"d{i}", [(Config(), path)]) for i, path in enumerate(files)]
    inside = [Element("activity", {"icon": icon, "name": "a"}) for icon in icons]
    return _packed(Element("manifest", {"package": PACKAGE}, [Element("application", {}, inside)]), table, files)


def text_chunks() -> bytes:
    """A PNG whose texts unpack to a hundred megabytes."""
    body = zlib.compress(bytes(10 << 20), 9)
    texts = io.BytesIO()
    for i in range(40):
        data = b"k%d\0\0" % i + body
        texts.write(struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data)))
    plain = _png(64, 64, zlib.compress(bytes(64 * 193)))
    return _drawn({"res/a.png": plain[:33] + texts.getvalue() + plain[33:]})


# --- zip and signatures ---------------------------------------------------------------------------------------------


def overlapping() -> bytes:
    """Sixty thousand names in the directory for one packed megabyte of zeros."""
    whole = bytearray(_one("assets/a.txt", bytes(1 << 20)))
    end = whole.rindex(b"PK\5\6")
    size, at = struct.unpack_from("<II", whole, end + 12)
    central = bytes(whole[at : at + size])
    start = central.index(b"assets/a.txt") - 46
    one = central[start : start + 46 + 12]
    more = b"".join(one.replace(b"assets/a.txt", b"assets/%05d" % i) for i in range(60_000))
    tail = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 60_000 & 0xFFFF, 60_000 & 0xFFFF, size + len(more), at, 0)
    return bytes(whole[:at]) + central + more + tail


def signature_blocks() -> bytes:
    """Two thousand PKCS#7 blocks over one manifest."""
    signed = make_apk(package=PACKAGE, labels={"": "x"}, signer=KEY, extras=Extras(schemes=("v1",)))
    archive = Archive(signed)
    entries = [Entry(name=e.name, data=archive.read(e, 1 << 20)) for e in archive.entries]
    more = []
    for entry in entries:
        stem, _, ending = str(entry.name).rpartition(".")
        if ending in {"SF", "EC", "RSA"}:
            more += [Entry(name=f"{stem}{i}.{ending}", data=entry.data) for i in range(2000)]
    return write_parts([*entries, *more]).join()


def lines() -> bytes:
    """A signature manifest of eight megabytes that is nothing but ends of lines, and one of lines continued."""
    files = {
        "META-INF/MANIFEST.MF": b"\n\r" * (3 << 20),
        "META-INF/A.SF": b"A: b\r\n " * (1 << 20),
        "META-INF/A.RSA": b"0\x80",
    }
    return _with(files)


BOMBS: Mapping[str, Callable[[], bytes]] = {
    f.__name__: f
    for f in (
        hermes, escapes, backslashes, words, addresses, wide, tokens, hexadecimal, references, database, protobuf,
        binary_list, deep_list, deep_json, zips, streams, dexes, locales, shared_label, many_labels, permissions,
        layers,
        paths, strokes, itself, huge_png, wide_png, big_pngs, huge_webp, text_chunks, overlapping, signature_blocks,
        lines,
    )
}  # fmt: skip
