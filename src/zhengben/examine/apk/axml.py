"""A tolerant reader of Android binary XML: attributes by resource id, sizes as the file itself gives them.

Follows what a phone does (AOSP ResXMLTree): the last string pool before the first node counts, header sizes are
honoured, unknown chunks are skipped. What a phone would not do is flagged, never raised.
"""

import struct
from dataclasses import dataclass, field
from typing import NamedTuple

from zhengben.examine.apk.pool import Flags, Pool

MAX_NODES = 50_000
MAX_IDS = 200_000
MAX_DEPTH = 128
MAX_ATTRIBUTES = 512
MAX_WORDS = 4000
STRING, REFERENCE, ATTRIBUTE, DYNAMIC = 0x03, 0x01, 0x02, 0x07
NO_SPACE = 0xFFFFFFFF
BY_NAME, BY_ID = 1, 2
ANDROID = "http://schemas.android.com/apk/res/android"
_CHUNK = struct.Struct("<HHI")
_START = struct.Struct("<IIHHHHHH")
_ATTRIBUTE = struct.Struct("<IIIHBBI")
NAMES = {
    0x01010000: "theme", 0x01010001: "label", 0x01010002: "icon", 0x01010003: "name", 0x01010006: "permission",
    0x0101000E: "enabled", 0x0101000F: "debuggable", 0x01010010: "exported", 0x01010018: "authorities",
    0x0101001D: "taskAffinity", 0x01010020: "description",
    0x01010024: "value", 0x01010025: "resource", 0x01010026: "mimeType", 0x01010027: "scheme", 0x01010028: "host",
    0x01010155: "height", 0x01010159: "width", 0x01010199: "drawable", 0x01010202: "targetActivity",
    0x0101020C: "minSdkVersion", 0x0101021B: "versionCode", 0x0101021C: "versionName",
    0x01010270: "targetSdkVersion", 0x01010271: "maxSdkVersion", 0x0101028E: "required", 0x010102BE: "logo",
    0x010103F2: "banner", 0x01010402: "viewportWidth", 0x01010403: "viewportHeight", 0x01010404: "fillColor",
    0x01010405: "pathData", 0x01010406: "strokeColor", 0x01010407: "strokeWidth", 0x0101045A: "translateX",
    0x0101045B: "translateY", 0x01010324: "scaleX", 0x01010325: "scaleY", 0x01010326: "rotation",
    0x010101B5: "pivotX", 0x010101B6: "pivotY", 0x010104CC: "fillAlpha", 0x0101052C: "roundIcon",
    0x010104EC: "usesCleartextTraffic", 0x01010527: "networkSecurityConfig", 0x0101059D: "isSplitRequired",
    0x010101A5: "color", 0x0101019D: "startColor", 0x0101019E: "endColor",
    0x0101020B: "centerColor", 0x010101B7: "insetLeft", 0x010101B8: "insetRight", 0x010101B9: "insetTop",
    0x010101BA: "insetBottom", 0x0101031F: "alpha", 0x0101051D: "fillType",
}  # fmt: skip


class Value(NamedTuple):
    """One typed value: its type byte, its data word, and its text where it is a string (`raw`: the untyped text)."""

    kind: int
    data: int
    text: str
    raw: str = ""

    @property
    def is_reference(self) -> bool:
        """Tell whether the value points into the resource table."""
        return self.kind in {REFERENCE, DYNAMIC} and self.data != 0


@dataclass(slots=True)
class Node:
    """One element; attributes by Android's name where the resource id is known, else by the name in the file."""

    name: str
    attributes: dict[str, Value] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    ranks: dict[str, int] = field(default_factory=dict)
    words: str = ""  # what stands between its tags

    def text(self, name: str) -> str:
        """Give an attribute's text, or an empty string."""
        value = self.attributes.get(name)
        return (value.text or value.raw) if value else ""


def looks_like_axml(data: bytes) -> bool:
    """Tell whether bytes could be a binary XML file: a plausible header, and a string pool or nodes soon after."""
    return (
        len(data) >= 8 and data[1] == 0 and data[0] in {0, 1, 2, 3, 4} and 8 <= int.from_bytes(data[2:4], "little") < 64
    )


def read_axml(data: bytes, flags: Flags) -> Node:
    """Give a node without a name whose children are the document's top elements; notes oddities in `flags`."""
    return _Reader(data, flags).run()


class _Reader:
    def __init__(self, data: bytes, flags: Flags) -> None:
        self.data, self.flags = data, flags
        self.pool: Pool | None = None
        self.ids: tuple[int, ...] = ()
        self.root = Node("")
        self.stack = [self.root]
        self.nodes = 0

    def flag(self, what: str) -> None:
        """Note one thing that is out of order, once, in the order it was met."""
        self.flags[f"axml_{what}"] = None

    def run(self) -> Node:
        """Read the chunks to the end and give the root; one whose size makes no sense is stepped over and flagged."""
        at = self._head()
        while at + 8 <= len(self.data) and self.nodes < MAX_NODES:
            kind, header, size = _CHUNK.unpack_from(self.data, at)
            if size < 8 or header < 8 or header > size:
                at = self._resync(at)
                continue
            self._chunk(kind, at, header, size)
            at += size
        if self.nodes >= MAX_NODES:
            self.flag("too_many_nodes")
        return self.root

    def _head(self) -> int:
        kind, header, size = _CHUNK.unpack_from(self.data.ljust(8, b"\0"))
        if kind != 3:
            self.flag("header_type")
        if header != 8:
            self.flag("header_size")
        if size != len(self.data):
            self.flag("file_size")
        return header if 8 <= header < min(len(self.data), 4096) else 8

    def _resync(self, at: int) -> int:
        """Look for the next start of an element behind a chunk that makes no sense; a phone would have given up."""
        self.flag("bad_chunk")
        found = self.data.find(b"\x02\x01\x10\x00", at + 4, at + (1 << 20))
        return found if found >= 0 else len(self.data)

    def _chunk(self, kind: int, at: int, header: int, size: int) -> None:
        if kind == 0x0102:
            self._start(at, header, size)
        elif kind == 0x0103:
            self._end(header, size)
        elif kind == 0x0104:
            self._words(at + header)
        elif kind == 0x0001 and not self.nodes:
            if self.pool is not None:
                self.flag("second_pool")
            self.pool = Pool(self.data, at, self.flags, "axml")
        elif kind == 0x0180 and not self.nodes:
            self._map(at, header, size)
        elif kind not in {0x0100, 0x0101, 0x0001, 0x0180}:
            self.flag("unknown_chunk")

    def _end(self, header: int, size: int) -> None:
        if size != header + 8:
            self.flag("element_size")
        if len(self.stack) > 1:
            self.stack.pop()

    def _words(self, at: int) -> None:
        if self.pool is not None and at + 4 <= len(self.data):
            node = self.stack[-1]
            node.words = (node.words + self.pool.text(int.from_bytes(self.data[at : at + 4], "little")))[:MAX_WORDS]

    def _map(self, at: int, header: int, size: int) -> None:
        """Take a map of resource ids; of two the longer, for a short one behind it would leave a tool blind."""
        count = max(0, min(size - header, len(self.data) - at - header, 4 * MAX_IDS)) // 4
        if self.ids:
            self.flag("second_map")
        if count > len(self.ids):
            self.ids = struct.unpack_from(f"<{count}I", self.data, at + header)

    def _start(self, at: int, header: int, size: int) -> None:
        body, end = at + header, min(at + size, len(self.data))
        if body + 20 > end or self.pool is None:
            self.flag("bad_element")
            return
        self.nodes += 1
        _, name, start, width, count, _, _, _ = _START.unpack_from(self.data, body)
        if start != 20 or width != 20 or header != 16:
            self.flag("attr_layout")
        node = Node(self.pool.text(name))
        if len(self.stack) == 1 and self.root.children:
            self.flag("second_root")
        if len(self.stack) < MAX_DEPTH:
            self.stack[-1].children.append(node)
        else:
            self.flag("too_deep")
        self.stack.append(node)
        if width >= 20 and count <= MAX_ATTRIBUTES:
            for place in range(body + start, min(body + start + width * count, end - 19), width):
                self._attribute(node, place)
        else:
            self.flag("attr_layout")

    def _attribute(self, node: Node, at: int) -> None:
        pool = self.pool
        if pool is None:
            return
        space, name, raw, width, _, kind, data = _ATTRIBUTE.unpack_from(self.data, at)
        number, word = (self.ids[name] if name < len(self.ids) else 0), pool.text(name)
        plain = pool.text(raw) if raw < pool.count else ""
        text = (pool.text(data) if data < pool.count else plain) if kind == STRING else ""
        if kind == STRING and plain and text != plain:
            self.flag("attr_two_values")
        if width != 8:
            self.flag("value_size")
        if number in NAMES and not word:
            self.flag("attr_names_wiped")
        value = Value(kind, data, text, plain)
        if number in NAMES:
            self._keep(node, NAMES[number], value, BY_ID)
            if space != NO_SPACE:
                return
        ours = space == NO_SPACE or pool.text(space) == ANDROID  # the map of ids may be lost as a whole
        self._keep(node, (word if ours else f":{word}") or f"0x{number:08x}", value, BY_NAME)

    def _keep(self, node: Node, key: str, value: Value, rank: int) -> None:
        """Keep an attribute unless one that a phone would rather take has its name.

        A phone asks for Android's attributes by id and for `package` by name without a namespace; an attribute without
        an id, or of some other namespace, that is merely called so is a decoy for tools.
        """
        known = node.ranks.get(key)
        if known is not None:
            self.flag("attr_twice")
            if rank <= known:
                return
        node.attributes[key], node.ranks[key] = value, rank
