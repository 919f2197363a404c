"""Zip archives that disagree with themselves. Each family says what Android's libziparchive makes of it."""

import struct
from collections.abc import Callable
from dataclasses import replace

import zipw
from parts import noise
from zipw import Entry, Layout, change, deflate, write

Members = list[Entry]
M, A, D = "AndroidManifest.xml", "resources.arsc", "classes.dex"


def _lie(
    name: str, *, local: dict[str, zipw.Field] | None = None, central: dict[str, zipw.Field] | None = None
) -> Callable[[Members, int], bytes]:
    def build(members: Members, _seed: int) -> bytes:
        return write(change(members, name, local=local or {}, central=central or {}))

    return build


def _laid(**what: object) -> Callable[[Members, int], bytes]:
    def build(members: Members, seed: int) -> bytes:
        values = {key: value(seed) if callable(value) else value for key, value in what.items()}
        return write(members, Layout(**values))  # type: ignore[arg-type]  # reason: fields by name

    return build


def _plus(*names: bytes) -> Callable[[Members, int], bytes]:
    def build(members: Members, _seed: int) -> bytes:
        return write([*(Entry(name, b"odd") for name in names), *members])

    return build


def _duplicate_last(members: Members, seed: int) -> bytes:
    return write([*members, Entry("assets/x", b"x"), Entry(D, noise(seed, 80))])


def _case_twin(members: Members, seed: int) -> bytes:
    return write([Entry("androidmanifest.xml", noise(seed, 300)), Entry("ANDROIDMANIFEST.XML", b"no"), *members])


def _hidden_manifest(members: Members, seed: int) -> bytes:
    return write([Entry(M, noise(seed, 500), hidden=True), *members])


def _hidden_real_decoy(members: Members, _seed: int) -> bytes:
    decoy = zipw.deflate(b"decoy")
    return write([Entry(M, b"decoy", raw=decoy, hidden=True, stored=False), *members, Entry("z", b"z", hidden=True)])


def _overlap(members: Members, _seed: int) -> bytes:
    first = members[0]
    return write([*members, replace(first, name="assets/second.xml", ghost=True, central={"offset": 0})])


def _streamed(members: Members, _seed: int) -> bytes:
    out = []
    for entry in members:
        zero: dict[str, zipw.Field] = {"flags": 0x808, "crc": 0, "csize": 0, "usize": 0}
        packed = entry.data if entry.stored else deflate(entry.data)
        out.append(replace(entry, local=zero, central={"flags": 0x808, "csize": len(packed)}, raw=packed))
    return write(out, Layout(between=b""))


def _fake_end_in_comment(members: Members, _seed: int) -> bytes:
    return write(members, Layout(comment=b"PK\x05\x06 this is no record"))


def _fake_end_before(members: Members, _seed: int) -> bytes:
    fake = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0, 0, 0, 0, 0)
    return write([Entry("assets/a.bin", fake * 3, stored=True), *members])


def _fake_central_inside(members: Members, seed: int) -> bytes:
    inner = write([Entry(M, noise(seed, 64))])
    return write([Entry("assets/inner.zip", inner, stored=True), *members])


def _stored_as_unknown(members: Members, _seed: int) -> bytes:
    out = [
        replace(e, stored=True, local={"method": 0x7A7A}, central={"method": 0x7A7A}) if e.name == M else e
        for e in members
    ]
    return write(out)


def _many(members: Members, _seed: int) -> bytes:
    return write([*(Entry(f"res/{at}.xml", b"", stored=True) for at in range(20000)), *members])


def _multi_block(members: Members, _seed: int) -> bytes:
    data = members[0].data
    raw = b""
    for at in range(0, len(data), 100):
        part = data[at : at + 100]
        raw += struct.pack("<BHH", int(at + 100 >= len(data)), len(part), len(part) ^ 0xFFFF) + part
    return write([replace(members[0], raw=raw), *members[1:]])


def _trailing_deflate(members: Members, seed: int) -> bytes:
    return write([replace(members[0], raw=deflate(members[0].data) + noise(seed, 37)), *members[1:]])


def _reordered(members: Members, _seed: int) -> bytes:
    return write([*reversed(members)])


def _extra_lengths(members: Members, seed: int) -> bytes:
    extra = struct.pack("<HH", 0xD935, 900) + noise(seed, 20)
    return write(change(members, M, central={"extra": extra}, local={"extra": noise(seed, 31)}))


def _truncated(members: Members, _seed: int) -> bytes:
    return write(members)[:-9]


def _no_central(members: Members, _seed: int) -> bytes:
    whole = write(members)
    return whole[: whole.index(b"PK\x01\x02")]


def _bomb(members: Members, _seed: int) -> bytes:
    return write([*members, Entry("assets/zeros", bytes(120 << 20))])


def _no_manifest(members: Members, _seed: int) -> bytes:
    return write(members[1:])


def _half_deflate(members: Members, _seed: int) -> bytes:
    raw = deflate(members[0].data)
    return write([replace(members[0], raw=raw[: len(raw) // 3]), *members[1:]])


# Read: phones install it. Loose: some versions of Android do, so reading it right or refusing aloud are both right.
READ: dict[str, Callable[[Members, int], bytes]] = {
    "zip-plain": _laid(),
    "zip-fake-encryption-central": _lie(M, central={"flags": 0x801}),
    "zip-fake-encryption-both": _lie(M, central={"flags": 0x809}, local={"flags": 0x801}),
    "zip-strong-encryption-bit": _lie(M, central={"flags": 0x841}, local={"flags": 0x840}),
    "zip-local-version": _lie(M, local={"version": 0xFFFF}, central={"version": 0xEEEE}),
    "zip-local-dates": _lie(M, local={"time": 0xFFFF, "date": 0}, central={"date": 0xFFFF}),
    "zip-crc-of-other": _lie(D, local={"crc": 1}, central={"crc": 1}),
    "zip-local-method": _lie(M, local={"method": 0}),
    "zip-central-disk": _lie(M, central={"disk": 7, "made": 0x1314}),
    "zip-attributes": _lie(M, central={"inner": 0xFFFF, "outer": 0xFFFFFFFF}),
    "zip-central-comment": _lie(M, central={"comment": b"PK\x01\x02PK\x03\x04" * 50}),
    "zip-broken-extra": _extra_lengths,
    "zip-gap": _laid(gap=lambda s: noise(s, 4096 + s)),
    "zip-between": _laid(between=b"PK\x07\x08 between"),
    "zip-comment": _laid(comment=lambda s: noise(s, 5000)),
    "zip-stored-end-mark": _fake_end_before,
    "zip-nested": _fake_central_inside,
    "zip-end-disk": _laid(end={"disk": 0, "cd_disk": 0, "here": 0xFFFF}),
    "zip-name-dotdot": _plus(b"../../../../data/x", b"..\\..\\x", b"a/../../b"),
    "zip-name-absolute": _plus(b"/etc/passwd", b"C:\\x", b"//x"),
    "zip-name-long": _plus(b"n" * 60000),
    "zip-name-slash": _plus(b"AndroidManifest.xml/", b"resources.arsc/x", b"classes.dex/"),
    "zip-case-twins": _case_twin,
    "zip-hidden-local": _hidden_manifest,
    "zip-hidden-both": _hidden_real_decoy,
    "zip-overlap": _overlap,
    "zip-streamed": _streamed,
    "zip-many": _many,
    "zip-stored-blocks": _multi_block,
    "zip-deflate-tail": _trailing_deflate,
    "zip-reordered": _reordered,
    "zip-bomb": _bomb,
}
LOOSE: dict[str, Callable[[Members, int], bytes]] = {
    "zip-local-crc": _lie(M, local={"crc": 0xDEADBEEF}),
    "zip-local-sizes": _lie(M, local={"csize": 0x7FFFFFFF, "usize": 3}),
    "zip-local-name": _lie(M, local={"name": b"AndroidManifest.xmm"}),
    "zip-prefix-false": _laid(prefix=lambda s: noise(s, 333), shifted=False),
    "zip-prefix-dex": _laid(prefix=lambda s: b"dex\n035\0" + noise(s, 200), shifted=False),
    "zip-comment-end-mark": _fake_end_in_comment,
    "zip-name-nul": _plus(b"AndroidManifest.xml\0.txt", b"\0", b"a\0b"),
    "zip-name-utf8-bad": _plus(b"\xff\xfe\x80.txt", b"\xc0\xaf"),
    "zip-unknown-method-stored": _stored_as_unknown,
    "zip-name-dup-dex": _duplicate_last,
    "zip-tail": _laid(tail=lambda s: noise(s, 100)),
    "zip-prefix-true": _laid(prefix=lambda s: noise(s, 64), shifted=True),
    "zip-zip64": _laid(zip64=True),
    "zip-name-empty": _plus(b""),
    "zip-count-lie": _laid(end={"here": 1, "total": 1}),
    "zip-comment-length": _laid(end={"comment_length": 77}),
    "zip-after-central": _laid(after_central=b"\x50\x4b\x05\x05\x04\0junk"),
    "zip-usize-lie": _lie(M, central={"usize": 12}),
    "zip-crc-central": _lie(M, central={"crc": 0x11111111}),
}
# Refused: nobody can read the manifest. Any answer but a silent one is right.
REFUSED: dict[str, Callable[[Members, int], bytes]] = {
    "zip-truncated-end": _truncated,
    "zip-no-central": _no_central,
    "zip-no-manifest": _no_manifest,
    "zip-half-deflate": _half_deflate,
}
