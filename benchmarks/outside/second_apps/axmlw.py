"""Android's binary XML, written after ResourceTypes.h, with knobs for what readers trip over."""

import struct
from dataclasses import dataclass, field

from pool import PoolOdd, chunk, string_pool

ANDROID = "http://schemas.android.com/apk/res/android"
IDS = {
    "label": 0x01010001,
    "icon": 0x01010002,
    "name": 0x01010003,
    "enabled": 0x0101000E,
    "debuggable": 0x0101000F,
    "exported": 0x01010010,
    "value": 0x01010024,
    "targetActivity": 0x01010202,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
    "maxSdkVersion": 0x01010271,
    "roundIcon": 0x0101052C,
    "drawable": 0x01010199,
}


@dataclass(frozen=True)
class Ref:
    """A reference to a resource."""

    ident: int


Value = str | int | bool | Ref


@dataclass
class El:
    """An element; attributes known to IDS go into Android's namespace, others into none."""

    tag: str
    attrs: list[tuple[str, Value]] = field(default_factory=list)
    children: list["El"] = field(default_factory=list)
    text: str = ""


@dataclass(frozen=True)
class XmlOdd:
    """What is odd about a document."""

    pool: PoolOdd = field(default_factory=PoolOdd)
    root_type: int = 3
    root_pad: int = 0
    root_size_plus: int = 0
    trailing: bytes = b""
    node_pad: int = 0
    attr_shift: int = 0
    attr_size: int = 20
    no_ends: bool = False
    no_namespace: bool = False
    wipe_names: bool = False
    reverse_map: bool = False
    map_extra: int = 0
    map_first: bool = False
    junk: str = ""
    decoy_pool: bool = False
    decoy_attr: bool = False
    raw_missing: bool = False
    prefix_junk: bytes = b""


class _Writer:
    def __init__(self, odd: XmlOdd) -> None:
        self.odd = odd
        self.texts: list[str] = []
        self.ids: list[int] = []
        self.line = 1

    def text(self, value: str) -> int:
        if value not in self.texts[len(self.ids) :]:
            self.texts.append(value)
        return self.texts.index(value, len(self.ids))

    def names(self, root: El) -> None:
        used = sorted(_used(root), key=lambda name: IDS[name], reverse=self.odd.reverse_map)
        self.texts = ["" if self.odd.wipe_names else name for name in used]
        self.order = {name: at for at, name in enumerate(used)}
        self.ids = [IDS[name] for name in used]

    def node(self, kind: int, body: bytes) -> bytes:
        self.line += 1
        return chunk(kind, struct.pack("<II", self.line, 0xFFFFFFFF) + b"\x5a" * self.odd.node_pad, body)

    def attribute(self, name: str, value: Value) -> bytes:
        known = name in self.order
        space = self.text(ANDROID) if known and not self.odd.no_namespace else 0xFFFFFFFF
        key = self.order[name] if known else self.text(name)
        raw = 0xFFFFFFFF
        if isinstance(value, str):
            raw = data = self.text(value)
            kind = 3
            raw = 0xFFFFFFFF if self.odd.raw_missing and known else raw
        else:
            kind, data = _typed(value)
        body = struct.pack("<IIIHBBI", space, key, raw, 8, 0, kind, data)
        return body + b"\x77" * (self.odd.attr_size - 20)

    def element(self, el: El) -> bytes:
        attrs = list(el.attrs)
        shown = b"".join(self.attribute(name, value) for name, value in attrs)
        count = len(attrs)
        if self.odd.decoy_attr and el.tag != "manifest":
            fake = (self.text("name"), self.text("com.decoy.Nothing"))
            shown = struct.pack("<IIIHBBI", 0xFFFFFFFF, fake[0], fake[1], 8, 0, 3, fake[1]) + shown
            count += 1
        start = 20 + self.odd.attr_shift
        head = struct.pack("<IIHHHHHH", 0xFFFFFFFF, self.text(el.tag), start, self.odd.attr_size, count, 0, 0, 0)
        out = self.node(0x102, head + b"\x33" * self.odd.attr_shift + shown) + self.between()
        if el.text:
            out += self.node(0x104, struct.pack("<IHBBI", self.text(el.text), 8, 0, 3, self.text(el.text)))
        out += b"".join(self.element(child) for child in el.children)
        if not (self.odd.no_ends and el.tag in {"manifest", "application"}):
            out += self.node(0x103, struct.pack("<II", 0xFFFFFFFF, self.text(el.tag)))
        return out

    def between(self) -> bytes:
        return _JUNK[self.odd.junk](self) if self.odd.junk else b""

    def space(self, kind: int) -> bytes:
        if self.odd.no_namespace:
            return b""
        return self.node(kind, struct.pack("<II", self.text("android"), self.text(ANDROID)))


_JUNK = {
    "cdata": lambda w: w.node(0x104, struct.pack("<IHBBI", w.text("\n  "), 8, 0, 3, w.text("\n  "))),
    "unknown": lambda w: w.node(0x17E, b"\xee" * 16),
    "namespace": lambda w: w.node(0x100, struct.pack("<II", w.text("tools"), w.text("http://a.example/tools"))),
}


def _typed(value: int | bool | Ref) -> tuple[int, int]:  # noqa: FBT001  # reason: a value of the format, not a switch
    if isinstance(value, Ref):
        return 1, value.ident
    if isinstance(value, bool):
        return 0x12, 0xFFFFFFFF if value else 0
    return 0x10, value & 0xFFFFFFFF


def _used(root: El) -> set[str]:
    names = {name for name, _ in root.attrs if name in IDS}
    for child in root.children:
        names |= _used(child)
    return names


def write(root: El, odd: XmlOdd | None = None) -> bytes:
    """The document."""
    odd = odd or XmlOdd()
    writer = _Writer(odd)
    writer.names(root)
    nodes = writer.space(0x100) + writer.element(root) + (b"" if odd.no_ends else writer.space(0x101))
    numbers = [*writer.ids, *range(0x01019000, 0x01019000 + odd.map_extra)]
    ids = chunk(0x180, b"", struct.pack(f"<{len(numbers)}I", *numbers))
    pool = string_pool(writer.texts, odd.pool)
    decoy = string_pool(["decoy"] * len(writer.texts)) if odd.decoy_pool else b""
    front = ids + decoy + pool if odd.map_first else decoy + pool + ids
    body = odd.prefix_junk + front + nodes
    size = 8 + odd.root_pad + len(body) + odd.root_size_plus
    return chunk(odd.root_type, bytes(odd.root_pad), body, size=size) + odd.trailing
