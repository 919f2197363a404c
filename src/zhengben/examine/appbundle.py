"""Protobuf of an Android App Bundle, read field by field without a schema compiler: manifest and resource table.

Field numbers after AOSP `Resources.proto` (tools/base, aapt2), which is public and Apache-2.0.
"""

from collections.abc import Iterator
from contextlib import suppress

from zhengben.examine.apk.arsc import Config
from zhengben.examine.apk.axml import Node, Value
from zhengben.examine.wire import WireError, fields

MAX_DEPTH = 64
MAX_FIELDS = 500_000


def _bytes(data: bytes, number: int) -> list[bytes]:
    return [value for field, value in fields(data) if field == number and isinstance(value, bytes)]


def _first(data: bytes, number: int) -> bytes:
    return next(iter(_bytes(data, number)), b"")


def _number(data: bytes, number: int) -> int:
    return next((value for field, value in fields(data) if field == number and isinstance(value, int)), 0)


def _string(data: bytes, number: int) -> str:
    return _first(data, number).decode("utf-8", "replace")


def read_bundle_xml(data: bytes) -> Node:
    """Give a node whose child is the document's element; what cannot be read is left out."""
    root = Node("")
    with suppress(WireError):
        _add(root, _first(data, 1), 0)
    return root


def _add(parent: Node, element: bytes, depth: int) -> None:
    if depth > MAX_DEPTH or not element:
        return
    node = Node(_string(element, 3))
    parent.children.append(node)
    for raw in _bytes(element, 4):
        node.attributes.setdefault(_string(raw, 2), _attribute(raw))
    for child in _bytes(element, 5):
        _add(node, _first(child, 1), depth + 1)


def _attribute(raw: bytes) -> Value:
    text, item = _string(raw, 3), _first(raw, 6)
    return _item(item, text) if item else Value(3, 0, text, text)


def _item(item: bytes, text: str = "") -> Value:
    """Give an Item: reference, string, file path or primitive."""
    for field, value in fields(item):
        if not isinstance(value, bytes):
            continue
        if field == 1:
            return Value(1, _number(value, 2), _string(value, 3) or text)
        if field in {2, 3, 4, 5}:
            return Value(3, 0, _string(value, 1) or text, text)
        if field == 7:
            return _primitive(value, text)
    return Value(3, 0, text, text)


def _primitive(data: bytes, text: str) -> Value:
    for field, value in fields(data):
        if field == 3 and isinstance(value, bytes):
            return Value(4, int.from_bytes(value[:4], "little"), "", text)
        if isinstance(value, int):
            kinds = {6: 0x10, 7: 0x11, 8: 0x12, 9: 0x1C, 10: 0x1D, 11: 0x1E, 12: 0x1F}
            return Value(kinds.get(field, 0x10), value & 0xFFFFFFFF, "", text)
    return Value(0, 0, text, text)


class BundleTable:
    """The resource table of a bundle, asked like a binary one."""

    def __init__(self, data: bytes) -> None:
        """Index the entries by resource id."""
        self._entries: dict[int, list[bytes]] = {}
        with suppress(WireError):
            self._index(data)

    def _index(self, data: bytes) -> None:
        for package in _bytes(data, 2):
            top = _number(_first(package, 1), 1) << 24
            for kind in _bytes(package, 3):
                middle = top | _number(_first(kind, 1), 1) << 16
                for entry in _bytes(kind, 3):
                    self._entries[middle | _number(_first(entry, 1), 1)] = _bytes(entry, 6)
                    if len(self._entries) > MAX_FIELDS:
                        return

    def values(self, number: int) -> list[tuple[Config, Value]]:
        """Give every value of a resource in every configuration, references followed."""
        try:
            return list(self._follow(number, 0))
        except WireError:
            return []

    def _follow(self, number: int, depth: int) -> Iterator[tuple[Config, Value]]:
        if depth > 8:
            return
        for raw in self._entries.get(number, ())[:2000]:
            config = _first(raw, 1)
            value = _item(_first(_first(raw, 2), 4))
            if value.is_reference and value.data != number:
                yield from self._follow(value.data, depth + 1)
            else:
                locale = _string(config, 3).replace("-", "-r", 1) if config else ""
                yield Config(locale, _number(config, 18), 0), value
