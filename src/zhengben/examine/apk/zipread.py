"""A tolerant, safe zip reader: reads what a phone would read, and notes every disagreement as a tamper code.

Nothing is ever written to disk; names are as hostile as contents. `zipfile` is not used: it refuses, or is misled by,
files that phones install (fake encryption, unknown methods, local headers that differ from the central directory).

Layout: PKWARE APPNOTE 6.3; what Android does with odd ones: AOSP libziparchive.
"""

import hashlib
import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from zhengben.examine.inflate import INFLATE_ERRORS, crc32, inflater

STORED, DEFLATED = 0, 8
MAX_ENTRIES = 200_000
MAX_NAME = 4096
RATIO_ALARM = 200
BOMB_BYTES = 1 << 20
SMALL = 1 << 16
_END = struct.Struct("<4sHHHHIIH")
_CENTRAL = struct.Struct("<4s4xHHxxxxIIIHHH8xI")
_LOCAL = struct.Struct("<4sxxHHxxxxIIIHH")
_TAIL = 22 + 0xFFFF
Buffer = bytes | memoryview
Looks = Callable[[bytes], bool]
Attempt = tuple[bytes, int, int, int]  # bytes, where they began, packed size, method


class Entry(NamedTuple):
    """One entry of the central directory: sizes in bytes, `offset` of its local header in the file."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


class Local(NamedTuple):
    """What the local header of an entry says, and where its data begin (-1: there is no local header)."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    data: int


class Archive:
    """One zip file. `tamper` grows as disagreements are met; `entries` keeps duplicates, in central order.

    `hashing` names hashes to be taken of every entry that is read whole on the way, into `digests` by its offset: a v1
    signature needs them all, and inflating an entry a second time for it costs more than everything else. `kept` has
    the contents of entries that somebody will ask for again, read as both headers say.
    """

    def __init__(self, data: bytes) -> None:
        """Read the directory; a file without one is read by its local headers, and no entries is a sound answer."""
        self.data = data
        self.tamper: dict[str, None] = {}
        self.hashing: tuple[str, ...] = ()
        self.digests: dict[int, dict[str, bytes]] = {}
        self.kept: dict[Entry, bytes] = {}
        self.end_at = -1
        self.central_at = -1
        self.central_size = 0
        self.base = 0
        self._told = (0, 0xFFFF)  # disk number and count of the end record; 0xFFFF says that they stand elsewhere
        self.entries: list[Entry] = []
        self._find_end()
        if self.central_at >= 0:
            self._read_central()
        if not self.entries:
            self._scan_local()
        self.by_name: dict[str, int] = {}
        for i, entry in enumerate(self.entries):
            self.by_name.setdefault(entry.name, i)
        if len(self.by_name) < len(self.entries):
            self.flag("duplicate_entry")

    def flag(self, code: str) -> None:
        """Note a malformation; the order of first sight is kept."""
        self.tamper[code] = None

    def get(self, name: str) -> Entry | None:
        """Give the first entry of that exact name."""
        at = self.by_name.get(name)
        return None if at is None else self.entries[at]

    def all(self, name: str) -> Iterator[Entry]:
        """Give every entry of that exact name, in central order."""
        return (entry for entry in self.entries if entry.name == name)

    # --- the directory ----------------------------------------------------------------------------------------------

    def _find_end(self) -> None:
        data, low = self.data, max(0, len(self.data) - _TAIL)
        at, fallback = data.rfind(b"PK\5\6", low), -1
        while at >= 0:
            if at + 22 <= len(data):
                _, disk, _, _, count, size, offset, comment = _END.unpack_from(data, at)
                found = self._central_start(at, size, offset)
                if found >= 0 or not count:
                    self._take_end(at, size, offset, found)
                    self._told = (disk, count)
                    if at + 22 + comment != len(data):
                        self.flag("end_comment_mismatch")
                    return
                fallback = at
            at = data.rfind(b"PK\5\6", low, at)
        if fallback >= 0:
            self.end_at = fallback
            self.flag("central_directory_lost")

    def _central_start(self, at: int, size: int, offset: int) -> int:
        """Give where the directory really starts: as said, or just before the end record (bytes put in front)."""
        for start in (offset, at - size):
            if start >= 0 and self.data[start : start + 4] == b"PK\1\2":
                return start
        return -1

    def _take_end(self, at: int, size: int, offset: int, found: int) -> None:
        self.end_at, self.central_size = at, size
        self.central_at = found if found >= 0 else min(offset, at)
        self.base = self.central_at - offset if found >= 0 else 0
        if self.base:
            self.flag("prefix_bytes")
        if self.data[:4] == b"dex\n":
            self.flag("janus")

    def _read_central(self) -> None:
        data, at, entries, unpack = self.data, self.central_at, self.entries, _CENTRAL.unpack_from
        limit, base, make = len(data) - 46, self.base, Entry._make
        odd = 0
        while at <= limit:
            magic, flags, method, crc, packed, size, names, extras, comments, offset = unpack(data, at)
            if magic != b"PK\1\2":
                break
            raw = data[at + 46 : at + 46 + names]
            odd |= flags & 1 | (names > MAX_NAME) << 1
            entries.append(make((_text(raw), flags, method, crc, packed, size, offset + base)))
            at += 46 + names + extras + comments
            if len(entries) >= MAX_ENTRIES:
                self.flag("too_many_entries")
                break
        if odd & 1:
            self.flag("fake_encryption")
        if odd & 2:
            self.flag("long_name")
        disk, count = self._told
        if disk not in {0, 0xFFFF} or count not in {0xFFFF, len(entries) & 0xFFFF}:
            self.flag("end_record_lies")
        if at < min(self.end_at, self.central_at + self.central_size) and len(entries) < MAX_ENTRIES:
            self.flag("central_directory_cut")

    def _scan_local(self) -> None:
        """Read a file that lost its directory by looking for local headers."""
        at = self.data.find(b"PK\3\4")
        while at >= 0 and len(self.entries) < MAX_ENTRIES:
            local = self.local(at)
            if local.data >= 0:
                packed = local.packed or max(0, self._next_header(local.data) - local.data)
                name = _text(local.name)
                self.entries.append(Entry(name, local.flags, local.method, local.crc, packed, local.size, at))
                at = self.data.find(b"PK\3\4", local.data + min(packed, local.packed))
            else:
                at = self.data.find(b"PK\3\4", at + 4)
        if self.entries:
            self.flag("no_central_directory")

    def _next_header(self, start: int) -> int:
        ends = [at for at in (self.data.find(b"PK\3\4", start), self.data.find(b"PK\1\2", start)) if at >= 0]
        return min(ends, default=len(self.data))

    # --- the entries ------------------------------------------------------------------------------------------------

    def local(self, offset: int) -> Local:
        """Read the local header at an offset."""
        if offset < 0 or offset + 30 > len(self.data) or self.data[offset : offset + 4] != b"PK\3\4":
            return Local(b"", 0, 0, 0, 0, 0, -1)
        _, flags, method, crc, packed, size, names, extras = _LOCAL.unpack_from(self.data, offset)
        name = self.data[offset + 30 : offset + 30 + names]
        return Local(name, flags, method, crc, packed, size, offset + 30 + names + extras)

    def compare(self, entry: Entry) -> Local:
        """Read an entry's local header and note where it disagrees with the directory."""
        local = self.local(entry.offset)
        if local.data < 0:
            self.flag("local_header_lost")
            return local
        if _text(local.name) != entry.name:
            self.flag("local_name_differs")
        if local.method != entry.method:
            self.flag("method_mismatch")
        if entry.method not in {STORED, DEFLATED}:
            self.flag("unknown_method")
        if (local.flags ^ entry.flags) & 1:
            self.flag("fake_encryption")
        if not local.flags & 8 and (local.packed, local.size, local.crc) != (entry.packed, entry.size, entry.crc):
            self.flag("local_sizes_differ")
        return local

    def read(self, entry: Entry, cap: int, looks: Looks | None = None, *, keep: bool = False) -> bytes:
        """Give an entry's bytes, at most `cap` of them; empty where nothing sensible comes out.

        `looks` tells whether bytes look like what is expected there; it settles which of two headers told the truth.
        With `keep` they are at hand when the entry is asked for again.
        """
        known = self.kept.get(entry)
        if known is not None and len(known) < cap:
            return known
        local = self.compare(entry)
        best, sound = self._best(entry, local, cap, looks)
        if best is None:
            return b""
        self._judge(entry, best, cap, sound=sound)
        plain = local.method == entry.method and (local.data, entry.packed, entry.method) == best[1:]
        if plain and len(best[0]) == entry.size < cap:
            self._note(entry, best[0], keep=keep)
        return best[0]

    def _note(self, entry: Entry, data: bytes, *, keep: bool) -> None:
        """Keep what of an entry that was read whole is asked for again: its bytes, its hashes."""
        if keep:
            self.kept[entry] = data
        if self.hashing:
            self.digests[entry.offset] = {name: hashlib.new(name, data).digest() for name in self.hashing}

    def _best(self, entry: Entry, local: Local, cap: int, looks: Looks | None) -> tuple[Attempt | None, bool]:
        """Give the first attempt that is what is expected, else the first with any bytes; and whether it is sound."""
        best: Attempt | None = None
        for attempt in self._attempts(entry, local, cap):
            data = attempt[0]
            if looks is None and _sound(entry, data):
                return attempt, True
            if looks is not None and looks(data):
                return attempt, False
            best = best if best is not None and best[0] else attempt
            if len(data) >= cap:
                break
        return best, False

    def _attempts(self, entry: Entry, local: Local, cap: int) -> Iterator[Attempt]:
        """Give bytes, where they began, packed size and method for every way the headers allow to read an entry."""
        start = local.data if local.data >= 0 else min(len(self.data), entry.offset + 30 + len(entry.name))
        sizes = [entry.packed] + [size for size in (local.packed, entry.size) if size != entry.packed]
        methods = dict.fromkeys((entry.method, local.method, DEFLATED, STORED))
        for method in (m for m in methods if m in {STORED, DEFLATED}):
            if method == DEFLATED:
                room = max(0, self._room(start))
                yield self._inflate(start, entry.packed or room, room, cap), start, entry.packed, method
            else:
                for size in sizes:
                    yield bytes(self.data[start : start + min(size, cap)]), start, size, method

    def _room(self, start: int) -> int:
        end = self.central_at if self.central_at > start else len(self.data)
        return end - start

    def _inflate(self, start: int, packed: int, room: int, cap: int) -> bytes:
        """Inflate what the directory says is there; where that stops short, what lies behind it as well."""
        if cap <= 0:
            return b""  # to both engines a length of 0 means no limit at all
        stream = inflater()
        view = memoryview(self.data)
        try:
            out: bytes = stream.decompress(view[start : start + packed], cap)
            if not stream.eof and len(out) < cap and packed < room:
                out += stream.decompress(view[start + packed : start + min(room, cap)], cap - len(out))
        except INFLATE_ERRORS:
            return self._salvage(start, packed, cap)
        return out

    def _salvage(self, start: int, packed: int, cap: int) -> bytes:
        """Give whatever a broken stream yields before it breaks, in small steps."""
        stream, out, view = inflater(), bytearray(), memoryview(self.data)
        for at in range(start, start + min(packed, cap), 512):
            try:
                out += stream.decompress(view[at : min(at + 512, start + packed)], cap - len(out) + 1)
            except INFLATE_ERRORS:
                break
            if len(out) >= cap or stream.eof:
                break
        return bytes(out[:cap])

    def _judge(self, entry: Entry, found: Attempt, cap: int, *, sound: bool) -> None:
        data, start, packed, method = found
        if method != entry.method and entry.method in {STORED, DEFLATED}:
            self.flag("method_mismatch")
        if len(data) >= cap:
            # A cap of ours says nothing about an honest library of twenty megabytes.
            if entry.size < cap or cap > RATIO_ALARM * packed:
                self.flag("entry_cut_at_cap")
        elif len(data) != entry.size:
            self.flag("size_lie")
        elif not sound and crc32(data) != entry.crc:
            self.flag("bad_crc")
        if start + packed > len(self.data):
            self.flag("data_beyond_end")
        # four kilobytes of blanks pack as tightly as a bomb does, and stand in many an honest app
        if packed and len(data) > max(RATIO_ALARM * packed, BOMB_BYTES):
            self.flag("compression_bomb")

    def at_once(self, entry: Entry, start: int) -> Buffer | None:
        """Give a small entry's bytes, which begin at `start`, in one piece; None where `stream` must be asked.

        Most entries are small, and setting up a stream costs more than what is then done with them.
        """
        if entry.packed > SMALL:
            return None
        view = memoryview(self.data)[start : start + entry.packed]
        if entry.method == STORED:
            return view[: entry.size + 1]
        stream = inflater()
        try:
            data: bytes = stream.decompress(view, 1 << 20)
        except INFLATE_ERRORS:
            return None
        return data if stream.eof else None

    def stream(self, entry: Entry, step: int = 1 << 20, limit: int = 512 << 20) -> Iterator[bytes]:
        """Give an entry's bytes in pieces of at most `step`, at most `limit` in all, never holding them whole."""
        local = self.local(entry.offset)
        start = local.data
        if start < 0:
            return
        view = memoryview(self.data)[start : start + entry.packed]
        if entry.method == STORED:
            yield from (bytes(view[at : at + step]) for at in range(0, min(len(view), limit), step))
            return
        stream, given, at = inflater(), 0, 0
        tail: Buffer = b""
        # The engine may have taken all that is packed and still hold up to 258 bytes back when a piece came out full;
        # without asking once more they are lost, and the digest of an honest entry differs.
        full = False
        try:
            while given < limit and not stream.eof and (tail or full or at < len(view)):
                if not tail and not full:
                    tail, at = view[at : at + 65536], at + 65536
                piece: bytes = stream.decompress(tail, step)
                tail = stream.unconsumed_tail
                given, full = given + len(piece), len(piece) == step
                if piece:
                    yield piece
        except INFLATE_ERRORS:
            self.flag("bad_stream")


def _sound(entry: Entry, data: bytes) -> bool:
    return len(data) == entry.size and crc32(data) == entry.crc


def _text(raw: bytes) -> str:
    """Decode a name so that every byte can be told apart again."""
    return raw.decode("utf-8", "surrogateescape")
