"""Certificates from a static-ct-api log (C2SP): signed checkpoint, hash tiles, names tiles, data tiles.

Settings: `url` (monitoring prefix), `key` (base64 public key), `origin` (name in the checkpoint; default: url without
scheme), `tiles` (`names` for discovery where the log has them, else `data`), `start` (`now` or `begin`), `most`
entries a reading. Each new checkpoint must follow from the last one: a log that shrinks or forks raises an alarm
(`BadProofError`), and nothing is taken from it.
"""

import base64
from collections.abc import Iterator, Mapping

from zhengben.sources.base import Aside, Batch, setting
from zhengben.sources.certificate_entries import BadEntryError, Entry, data_tile_names, names_tile_names
from zhengben.sources.certificate_http import LogClient, MissingError
from zhengben.sources.certificate_leads import Sieve
from zhengben.sources.certificate_tree import (
    WIDTH,
    BadProofError,
    Head,
    LogKey,
    read_checkpoint,
    root_from_tiles,
    split_tile,
    tile_path,
)

MOST = 50_000


class StaticLog:
    """Reads one log, a tile a batch, on from a cursor of size, root and the next entry."""

    bulk = True

    def __init__(self, name: str, settings: Mapping[str, object]) -> None:
        """Read the settings; raise ValueError in one line for what is wrong in them."""
        url = setting(settings, "url", name)
        self.name = name
        self.origin = str(settings.get("origin") or url.split("://", 1)[-1].rstrip("/"))
        self.key = LogKey(setting(settings, "key", name))
        self.client = LogClient(url, settings)
        self.by_names = settings.get("tiles", "names") == "names"
        self.from_begin = settings.get("start", "now") == "begin"
        self.most = int(str(settings.get("most") or MOST))
        self.sieve = Sieve(name)

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give the leads of new entries, one tile a batch; the cursor moves with them."""
        head = read_checkpoint(self.client.get("checkpoint", 1 << 16), self.origin, self.key)
        self._check(_head_of(cursor), head)
        first = int(str(cursor.get("next", 0 if self.from_begin else head.size)))
        last = min(head.size, first + self.most)
        if first >= last:
            yield Batch(cursor=_stored(head, first), place=self.origin)
        while first < last:
            number = first // WIDTH
            end = min(last, (number + 1) * WIDTH)
            entries, aside = self._tile(number, min(WIDTH, head.size - number * WIDTH))
            # The first and last tile are shared with other readings; what was given before is not given again.
            wanted = [(i, e) for i, e in enumerate(entries, number * WIDTH) if first <= i < end]
            first = end
            yield Batch(
                cursor=_stored(head, end), leads=self.sieve.leads(wanted, self.origin), aside=aside, place=self.origin
            )

    def _check(self, old: Head | None, new: Head) -> None:
        """Check that the new head is what the tiles give, and that the old one lies in it."""
        if old and new.size < old.size:
            raise BadProofError(f"{self.origin}: alarm: the log has shrunk from {old.size} to {new.size} entries")
        if old and (old.size, old.root) == (new.size, new.root):
            return
        self._check_tiles(old, new)

    def _check_tiles(self, old: Head | None, new: Head) -> None:
        def tile(level: int, number: int, width: int) -> list[bytes]:
            """Fetch the hashes of one tile, as wide as the new tree has made it."""
            # Only the widths of the newest tree exist for certain; logs may drop the partial tiles of older ones.
            full = min(WIDTH, (new.size >> 8 * level) - number * WIDTH)
            return self._hashes(level, number, full)[:width]

        if root_from_tiles(new.size, tile) != new.root:
            raise BadProofError(
                f"{self.origin}: alarm: the tiles do not give the root of the checkpoint of {new.size} entries"
            )
        if old and old.size and root_from_tiles(old.size, tile) != old.root:
            raise BadProofError(
                f"{self.origin}: alarm: the log has forked: its past of {old.size} entries is another one now"
            )

    def _hashes(self, level: int, number: int, width: int) -> list[bytes]:
        rows = split_tile(self._get(f"tile/{level}/{tile_path(number)}", width))
        if len(rows) < width:
            raise BadProofError(f"{self.origin}: tile {level}/{number} holds {len(rows)} hashes, {width} promised")
        return rows

    def _get(self, path: str, width: int) -> bytes:
        """Get a tile of a width; a full one may stand for a partial one that the log has dropped."""
        if width < WIDTH:
            try:
                return self.client.get(f"{path}.p/{width}")
            except MissingError:
                return self.client.get(path)
        return self.client.get(path)

    def _tile(self, number: int, width: int) -> tuple[list[Entry], tuple[Aside, ...]]:
        """Give the entries of one tile; what cannot be read is set aside, and the rest of the log goes on."""
        aside: tuple[Aside, ...] = ()
        if self.by_names:
            try:
                return self._entries(number, width), ()
            except MissingError:
                # Not every log has names tiles; asked once, the data tiles serve for the rest of the reading.
                self.by_names = False
            except BadEntryError as error:  # the data tile has the same names, and proves them
                aside = (Aside(number * WIDTH, "bad_entry", f"names tile {number}: {error}"),)
        try:
            return self.proved(number, width), aside
        except BadEntryError as error:
            return [], (*aside, Aside(number * WIDTH, "bad_entry", f"tile {number}: {error}"))

    def _entries(self, number: int, width: int) -> list[Entry]:
        entries = list(names_tile_names(self._get(f"tile/names/{tile_path(number)}", width)))
        if len(entries) < width:
            raise BadEntryError(f"the names tile holds {len(entries)} entries, {width} promised")
        return entries

    def proved(self, number: int, width: int) -> list[Entry]:
        """Give the entries of a data tile, each held against the hash tile: this is evidence."""
        entries = list(data_tile_names(self._get(f"tile/data/{tile_path(number)}", width)))
        hashes = self._hashes(0, number, width)
        if [e.leaf_hash for e in entries[:width]] != hashes[:width]:
            raise BadProofError(f"{self.origin}: alarm: data tile {number} does not match its hashes")
        return entries


def _head_of(cursor: Mapping[str, object]) -> Head | None:
    if "size" not in cursor:
        return None
    return Head(int(str(cursor["size"])), base64.b64decode(str(cursor["root"])), 0)


def _stored(head: Head, upto: int) -> dict[str, object]:
    return {"size": head.size, "root": base64.b64encode(head.root).decode(), "next": upto}


def open_source(name: str, settings: Mapping[str, object]) -> StaticLog:
    """Open the source from its settings."""
    return StaticLog(name, settings)
