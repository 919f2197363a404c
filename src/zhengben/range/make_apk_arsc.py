"""Write an Android resource table (resources.arsc) with values for any locale, density and SDK.

Layout after AOSP's ResourceTypes.h (public format).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengben.range.make_apk_axml import NONE, Color, Ref, Value, string_pool, typed


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration a value is for: a locale such as `zh` or `zh-rTW` (empty: any), a density, an SDK level."""

    locale: str = ""
    density: int = 0
    sdk: int = 0

    def pack(self) -> bytes:
        """Give the 64 bytes of a ResTable_config."""
        language, _, region = self.locale.partition("-r")
        place = language.encode("ascii").ljust(2, b"\0")[:2] + region.encode("ascii").ljust(2, b"\0")[:2]
        head = struct.pack("<IHH4sBBHBBBBHHHH", 64, 0, 0, place, 0, 0, self.density, 0, 0, 0, 0, 0, 0, self.sdk, 0)
        return head.ljust(64, b"\0")


@dataclass(slots=True)
class _Resource:
    key: str
    values: list[tuple[Config, Value]] = field(default_factory=list)


class Table:
    """Resources of one package (id 0x7f); ids are given in the order of `add`."""

    def __init__(self, package: str, types: Sequence[str] = ("string", "mipmap", "drawable", "color")) -> None:
        """Start an empty table with these resource types."""
        self._package = package
        self._types = tuple(types)
        self._resources: dict[str, list[_Resource]] = {kind: [] for kind in types}

    def add(self, kind: str, key: str, values: Sequence[tuple[Config, Value]]) -> Ref:
        """Add a resource with its values and give its reference."""
        known = self._resources[kind]
        known.append(_Resource(key, list(values)))
        return Ref(0x7F000000 | (self._types.index(kind) + 1) << 16 | len(known) - 1)

    def write(self) -> bytes:
        """Give the bytes of the table."""
        texts: dict[str, int] = {}
        keys: dict[str, int] = {}
        chunks = b"".join(self._type(number, kind, texts, keys) for number, kind in enumerate(self._types, 1))
        types, names = string_pool(self._types), string_pool(list(keys) or ["none"])
        name = self._package.encode("utf-16-le")[:254].ljust(256, b"\0")
        size = 288 + len(types) + len(names) + len(chunks)
        head = struct.pack("<HHII", 0x0200, 288, size, 0x7F) + name
        head += struct.pack("<IIIII", 288, len(self._types), 288 + len(types), len(keys), 0)
        package = head + types + names + chunks
        pool = string_pool(list(texts) or [""], utf8=True)
        return struct.pack("<HHII", 2, 12, 12 + len(pool) + len(package), 1) + pool + package

    def _type(self, number: int, kind: str, texts: dict[str, int], keys: dict[str, int]) -> bytes:
        resources = self._resources[kind]
        if not resources:
            return b""
        out = struct.pack(
            f"<HHIBBHI{len(resources)}I", 0x0202, 16, 16 + 4 * len(resources), number, 0, 0, len(resources),
            *(0x4 for _ in resources),
        )  # fmt: skip
        configs = dict.fromkeys(config for resource in resources for config, _ in resource.values)
        return out + b"".join(self._values(number, config, resources, texts, keys) for config in configs)

    @staticmethod
    def _values(
        number: int, config: Config, resources: list[_Resource], texts: dict[str, int], keys: dict[str, int]
    ) -> bytes:
        offsets, entries = [], bytearray()
        for resource in resources:
            value = next((v for c, v in resource.values if c == config), None)
            key = keys.setdefault(resource.key, len(keys))
            offsets.append(NONE if value is None else len(entries))
            if value is not None:
                index = texts.setdefault(value, len(texts)) if isinstance(value, str) else NONE
                code, data = typed(value, index)
                entries += struct.pack("<HHIHBBI", 8, 0, key, 8, 0, code, data)
        start = 20 + 64 + 4 * len(offsets)
        head = struct.pack("<HHIBBHII", 0x0201, 84, start + len(entries), number, 0, 0, len(offsets), start)
        return head + config.pack() + struct.pack(f"<{len(offsets)}I", *offsets) + bytes(entries)


__all__ = ["Color", "Config", "Ref", "Table"]
