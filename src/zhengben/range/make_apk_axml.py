"""Write Android binary XML: string pools, and elements whose attributes are known by resource id.

Layout after AOSP's ResourceTypes.h (public format). This is the training ground's own writer; it shares no code with
the reader in `zhengben.examine.apk`, so that one mistake cannot hide in both.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ANDROID = "http://schemas.android.com/apk/res/android"
NONE = 0xFFFFFFFF
ATTRIBUTES: Mapping[str, int] = {
    "theme": 0x01010000, "label": 0x01010001, "icon": 0x01010002, "name": 0x01010003, "permission": 0x01010006,
    "enabled": 0x0101000E, "debuggable": 0x0101000F, "exported": 0x01010010, "authorities": 0x01010018,
    "value": 0x01010024, "resource": 0x01010025, "scheme": 0x01010027, "host": 0x01010028,
    "height": 0x01010155, "width": 0x01010159, "drawable": 0x01010199, "targetActivity": 0x01010202,
    "minSdkVersion": 0x0101020C, "versionCode": 0x0101021B, "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270, "required": 0x0101028E, "viewportWidth": 0x01010402,
    "viewportHeight": 0x01010403, "fillColor": 0x01010404, "pathData": 0x01010405, "roundIcon": 0x0101052C,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a resource by its id, written as `@7f010000` would be."""

    id: int


@dataclass(frozen=True, slots=True)
class Color:
    """A colour, 0xAARRGGBB."""

    argb: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """A length in dp, whole numbers only."""

    dp: int


Value = str | int | bool | float | Ref | Color | Dimension


@dataclass(frozen=True, slots=True)
class Element:
    """One element. Attribute names in `ATTRIBUTES` belong to Android's namespace, all others to none."""

    name: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    children: Sequence["Element"] = ()


def string_pool(strings: Sequence[str], *, utf8: bool = False) -> bytes:
    """Write one string pool chunk; strings keep their order."""
    offsets, data = [], bytearray()
    for text in strings:
        offsets.append(len(data))
        data += _utf8(text) if utf8 else _utf16(text)
    data += bytes(-len(data) % 4)
    start = 28 + 4 * len(strings)
    head = struct.pack("<HHIIIIII", 1, 28, start + len(data), len(strings), 0, 0x100 if utf8 else 0, start, 0)
    return head + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(data)


def _utf16(text: str) -> bytes:
    raw = text.encode("utf-16-le", "surrogatepass")
    units = len(raw) // 2
    size = struct.pack("<H", units) if units < 0x8000 else struct.pack("<HH", 0x8000 | units >> 16, units & 0xFFFF)
    return size + raw + b"\0\0"


def _utf8(text: str) -> bytes:
    raw = text.encode("utf-8")
    return _short(len(text.encode("utf-16-le")) // 2) + _short(len(raw)) + raw + b"\0"


def _short(size: int) -> bytes:
    return bytes((size,)) if size < 0x80 else bytes((0x80 | size >> 8, size & 0xFF))


def write_axml(root: Element, *, wipe_names: bool = False) -> bytes:
    """Write a document; `wipe_names` leaves attribute names empty but their resource ids whole, as some packers do."""
    names = sorted(_known(root), key=lambda n: ATTRIBUTES[n])
    pool = _Pool(names)
    pool.of("android"), pool.of(ANDROID)
    body = _namespace(0x0100, pool) + _element(root, pool) + _namespace(0x0101, pool)
    strings = ["" if wipe_names and i < len(names) else text for i, text in enumerate(pool.strings)]
    chunks = string_pool(strings) + struct.pack(
        f"<HHI{len(names)}I", 0x0180, 8, 8 + 4 * len(names), *(ATTRIBUTES[n] for n in names)
    )
    return struct.pack("<HHI", 3, 8, 8 + len(chunks) + len(body)) + chunks + body


class _Pool:
    """Strings in order of first use, after the attribute names that carry resource ids.

    The names come first and are kept apart, so that an ordinary string `name` never shares their place.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.strings = list(names)
        self._names = {name: i for i, name in enumerate(names)}
        self._plain: dict[str, int] = {}

    def of(self, text: str) -> int:
        """Give the index of a text in the string pool, adding it where it is new."""
        if text not in self._plain:
            self._plain[text] = len(self.strings)
            self.strings.append(text)
        return self._plain[text]

    def attribute(self, name: str) -> int:
        """Give the index of an attribute's name; names with a resource id stand first in the pool."""
        return self._names[name] if name in self._names else self.of(name)


def _known(element: Element) -> set[str]:
    found = {name for name in element.attributes if name in ATTRIBUTES}
    return found.union(*(_known(child) for child in element.children))


def _namespace(kind: int, pool: _Pool) -> bytes:
    return struct.pack("<HHIIIII", kind, 16, 24, 1, NONE, pool.of("android"), pool.of(ANDROID))


def _element(element: Element, pool: _Pool) -> bytes:
    ordered = sorted(element.attributes.items(), key=lambda kv: ATTRIBUTES.get(kv[0], NONE))
    attributes = b"".join(_attribute(name, value, pool) for name, value in ordered)
    name = pool.of(element.name)
    start = struct.pack("<HHIII", 0x0102, 16, 36 + len(attributes), 1, NONE)
    start += struct.pack("<IIHHHHHH", NONE, name, 20, 20, len(ordered), 0, 0, 0)
    end = struct.pack("<HHIIIII", 0x0103, 16, 24, 1, NONE, NONE, name)
    return start + attributes + _join(_element(child, pool) for child in element.children) + end


def _attribute(name: str, value: Value, pool: _Pool) -> bytes:
    space = pool.of(ANDROID) if name in ATTRIBUTES else NONE
    raw = pool.of(value) if isinstance(value, str) else NONE
    kind, data = typed(value, raw)
    return struct.pack("<IIIHBBI", space, pool.attribute(name), raw, 8, 0, kind, data & NONE)


def typed(value: Value, string_index: int = NONE) -> tuple[int, int]:
    """Give the type byte and the data word of a value.

    >>> typed(True), typed(Ref(0x7F010000))[0], typed(Color(0xFFFF0000))[0]
    ((18, 4294967295), 1, 28)
    """
    match value:
        case str():
            found = 0x03, string_index
        case bool():  # before int: True is an int too
            found = 0x12, (0, NONE)[value]
        case int():
            found = 0x10, value
        case float():
            found = 0x04, int(struct.unpack("<I", struct.pack("<f", value))[0])
        case Ref():
            found = 0x01, value.id
        case Color():
            found = 0x1C, value.argb
        case Dimension():
            found = 0x05, value.dp << 8 | 1
    return found


def _join(parts: Iterable[bytes]) -> bytes:
    return b"".join(parts)
