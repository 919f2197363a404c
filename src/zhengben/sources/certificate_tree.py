"""The proofs of certificate logs: signed checkpoints and tree heads, and roots from hash tiles. No network here.

RFC 6962 for the tree and the signed tree head; C2SP tlog-tiles, signed-note and static-ct-api for tiles and
checkpoints.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

WIDTH, LEVEL_BITS, HASH = 256, 8, 32
ECDSA, RSA, SHA256 = 3, 1, 4
# RFC 6962, 2.1: the root of no entries is the hash of nothing.
EMPTY_ROOT = hashlib.sha256(b"").digest()


class BadProofError(OSError):
    """A log said something that its signature, its hashes or its own past contradict."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a log signed: so many entries, this root, at this time (milliseconds since 1970, UTC)."""

    size: int
    root: bytes
    timestamp: int


class LogKey:
    """The public key of a log, from the base64 of its SubjectPublicKeyInfo as log lists print it."""

    def __init__(self, encoded: str) -> None:
        """Read the key; raise ValueError with one line for what is none."""
        try:
            self.der = base64.b64decode(encoded, validate=True)
            key = serialization.load_der_public_key(self.der)
        except (binascii.Error, ValueError) as error:
            raise ValueError("the log's `key` is not the base64 of a public key; copy it from the log list") from error
        if not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            raise ValueError(  # noqa: TRY004  # a wrong setting, told like the others
                "the log's `key` is neither ECDSA nor RSA"
            )
        self.key = key
        self.id = hashlib.sha256(self.der).digest()

    def check_head(self, head: Head, signed: bytes) -> None:
        """Check a DigitallySigned over a tree head; raise BadProofError where it does not verify."""
        try:
            numbers = head.timestamp.to_bytes(8, "big") + head.size.to_bytes(8, "big")
        except OverflowError:
            raise BadProofError("the log signs a size or a time that no log can have") from None
        message = b"\x00\x01" + numbers + head.root
        self.check(message, signed)

    def check(self, message: bytes, signed: bytes) -> None:
        """Check a DigitallySigned: hash, algorithm, length, signature."""
        if signed[:1] != bytes([SHA256]) or int.from_bytes(signed[2:4], "big") != len(signed) - 4:
            raise BadProofError("the signature of the log has a form that RFC 6962 does not know")
        try:
            if isinstance(self.key, ec.EllipticCurvePublicKey) and signed[1] == ECDSA:
                self.key.verify(signed[4:], message, ec.ECDSA(hashes.SHA256()))
            elif isinstance(self.key, rsa.RSAPublicKey) and signed[1] == RSA:
                self.key.verify(signed[4:], message, padding.PKCS1v15(), hashes.SHA256())
            else:
                raise BadProofError("the signature of the log is of another kind than its key")
        except InvalidSignature:
            raise BadProofError("the signature of the log does not verify with its key") from None


def read_checkpoint(text: bytes, origin: str, key: LogKey) -> Head:
    """Read a checkpoint and check its signature; raise BadProofError for any that is not this log's."""
    try:
        body, _, tail = text.decode("utf-8").partition("\n\n")
        name, size, root = body.split("\n")[:3]
        head = Head(int(size), base64.b64decode(root, validate=True), 0)
    except (ValueError, binascii.Error) as error:
        raise BadProofError(f"{origin}: the checkpoint cannot be read") from error
    if name != origin or len(head.root) != HASH or head.size < 0:
        raise BadProofError(f"{origin}: the checkpoint is of {name!r}")
    # C2SP signed-note: the key's name, a line feed, type 5 (RFC 6962 tree head); four bytes of it name the key.
    wanted = hashlib.sha256(origin.encode() + b"\n\x05" + key.id).digest()[:4]
    for line in tail.splitlines():
        signer, _, encoded = line.removeprefix("— ").rpartition(" ")
        signed = _decoded(encoded)
        if signer == origin and signed[:4] == wanted:
            head = Head(head.size, head.root, int.from_bytes(signed[4:12], "big"))
            key.check_head(head, signed[12:])
            return head
    raise BadProofError(f"{origin}: the checkpoint bears no signature of the log's key")


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""


def node(left: bytes, right: bytes) -> bytes:
    """Give the hash of an inner node."""
    # The 1 keeps inner nodes apart from leaves: else two hashes could be passed off as one certificate.
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtree(hashes_: Sequence[bytes]) -> bytes:
    """Give the root over a row of nodes of one level (RFC 6962, 2.1)."""
    if not hashes_:
        return EMPTY_ROOT
    if len(hashes_) == 1:
        return hashes_[0]
    # The largest power of two below the count: the left tree is always full, only the right edge is ragged.
    half = 1 << (len(hashes_) - 1).bit_length() - 1
    return node(subtree(hashes_[:half]), subtree(hashes_[half:]))


def tile_path(number: int) -> str:
    """Give the path of a tile's number.

    >>> tile_path(7), tile_path(1234067)
    ('007', 'x001/x234/067')
    """
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def split_tile(tile: bytes) -> list[bytes]:
    """Cut a hash tile into its hashes."""
    if len(tile) % HASH:
        raise BadProofError(f"a hash tile of {len(tile)} bytes is no row of hashes")
    return [tile[at : at + HASH] for at in range(0, len(tile), HASH)]


def root_from_tiles(size: int, tile: Callable[[int, int, int], list[bytes]]) -> bytes:
    """Give the root of the first `size` entries from the tiles at its right edge.

    `tile(level, number, width)` gives the first `width` hashes of a tile. Only one tile a level is asked for.
    """
    if size == 0:
        return EMPTY_ROOT
    level = 0
    while size >> (LEVEL_BITS * (level + 1)):
        level += 1
    peaks: list[bytes] = []
    for at in range(level, -1, -1):
        nodes = size >> (LEVEL_BITS * at)
        width = nodes % WIDTH
        if width:
            row = tile(at, nodes // WIDTH, width)
            while row:
                half = 1 << (len(row).bit_length() - 1)
                peaks.append(subtree(row[:half]))
                row = row[half:]
    root = peaks.pop()
    while peaks:
        root = node(peaks.pop(), root)
    return root


def check_consistency(old: Head, new: Head, proof: Sequence[bytes]) -> None:
    """Check an RFC 6962 consistency proof (RFC 9162, 2.1.4.2); raise BadProofError where it fails."""
    if old.size in {0, new.size}:
        if old.size and old.root != new.root:
            raise BadProofError("the log shows two roots for one size: it has forked")
        return
    path = ([old.root] if old.size & (old.size - 1) == 0 else []) + list(proof)
    if not path or _climbed(old.size, new.size, path) != (old.root, new.root):
        raise BadProofError("the log's present does not follow from its past: it has forked")


def _climbed(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Give the two roots a consistency proof leads to; None for a proof of the wrong length."""
    first, last = _halved(old - 1, new - 1)
    one = two = path[0]
    for step in path[1:]:
        if last == 0:
            return None
        if first & 1 or first == last:
            one, two = node(step, one), node(step, two)
            first, last = (first, last) if first & 1 else _halved_to_odd(first, last)
        else:
            two = node(two, step)
        first, last = first >> 1, last >> 1
    return (one, two) if last == 0 else None


def _halved(first: int, last: int) -> tuple[int, int]:
    """Halve both while the first is odd."""
    while first & 1:
        first, last = first >> 1, last >> 1
    return first, last


def _halved_to_odd(first: int, last: int) -> tuple[int, int]:
    """Halve both until the first is odd or nothing."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last
