"""The brand pack: everything the confusion model knows of some brands, compiled once, the same on every machine."""

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.glyphs import let_go
from zhengben.names.host_model import HostModel, host_model
from zhengben.names.labels import LabelTable
from zhengben.names.latin_text import LatinText, latin_text
from zhengben.names.scan import Table
from zhengben.names.terms import HanTerm, han_terms, stems

MODEL = "names/9"  # goes up with every change of rules, so that a reason says which model gave it


@dataclass(frozen=True)
class Pack:
    """Some brands, compiled. `digest` names the brands, the tables and the model, and goes into every reason."""

    brands: tuple[Brand, ...]
    digest: str

    def __hash__(self) -> int:
        """Hash the digest, which names everything in the pack: packs are keys of caches asked for every line."""
        return hash(self.digest)

    @cached_property
    def terms(self) -> tuple[HanTerm, ...]:
        """Give the Chinese names."""
        terms = han_terms(self.brands)
        let_go()  # before other tables are read, which then take the room
        return terms

    @cached_property
    def written(self) -> tuple[HanTerm, ...]:
        """Give what is looked for in text: the Chinese names, and their stems."""
        return (*self.terms, *stems(self.terms))

    @cached_property
    def table(self) -> Table:
        """Give the scan table of the Chinese names and their stems."""
        return Table(self.written)

    @cached_property
    def labels(self) -> LabelTable:
        """Give the table of what could stand in the label of a domain."""
        return LabelTable(self.terms, self.table)

    @cached_property
    def latin(self) -> LatinText:
        """Give the Latin names as they stand in text."""
        return latin_text(self.brands)

    @cached_property
    def hosts(self) -> HostModel:
        """Give the names as they stand in hostnames."""
        return host_model(self.brands, self.digest)


@lru_cache(maxsize=1)
def _tables_digest() -> bytes:
    return hashlib.sha256(MODEL.encode() + tables.table_bytes()).digest()


def digest_of(brands: tuple[Brand, ...]) -> str:
    """Give the digest of a pack of these brands, in any order: other names, tables or model, other digest."""
    whole = hashlib.sha256(_tables_digest())
    for brand in sorted(brands, key=lambda brand: brand.id):
        official = sorted((c.kind, c.value) for c in brand.official("domain"))
        whole.update(repr((brand.id, brand.names, official)).encode())
    return whole.hexdigest()[:16]


@lru_cache(maxsize=16)
def pack(brands: tuple[Brand, ...]) -> Pack:
    """Compile brands to a pack; the same brands give the same pack, and the same object while it is in use."""
    return Pack(brands, digest_of(brands))
