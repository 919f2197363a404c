"""A certificate log on loopback for the tests: the Sunlight fixture behind a checkpoint of a test key."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zhengben.sources.certificate_tree import split_tile, subtree

FIXTURE = Path(__file__).resolve().parent.parent / "data/static_ct/tile"
ORIGIN = "log.example/test"


def leaf_hashes() -> list[bytes]:
    """Give the leaf hashes of the fixture's 1,024 entries."""
    return [h for number in range(4) for h in split_tile((FIXTURE / "0" / f"{number:03d}").read_bytes())]


@dataclass
class Log:
    """What the log shows; tests bend it."""

    size: int = 1024
    leaves: list[bytes] = field(default_factory=leaf_hashes)
    replaced: dict[str, bytes] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    slow: float = 0.0
    cut: bool = False
    asked: list[str] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def public(self) -> str:
        """Give the public key as log lists print it."""
        der = self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(der).decode()

    def signed(self, size: int, root: bytes, timestamp: int) -> bytes:
        """Sign a tree head."""
        message = b"\x00\x01" + timestamp.to_bytes(8, "big") + size.to_bytes(8, "big") + root
        signature = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        return b"\x04\x03" + len(signature).to_bytes(2, "big") + signature

    def checkpoint(self) -> bytes:
        """Give the checkpoint of the present size."""
        root, when = subtree(self.leaves[: self.size]), 1_746_300_000_000
        identity = hashlib.sha256(base64.b64decode(self.public)).digest()
        name = hashlib.sha256(ORIGIN.encode() + b"\n\x05" + identity).digest()[:4]
        note = base64.b64encode(name + when.to_bytes(8, "big") + self.signed(self.size, root, when)).decode()
        return f"{ORIGIN}\n{self.size}\n{base64.b64encode(root).decode()}\n\n— {ORIGIN} {note}\n".encode()

    def tile(self, path: str) -> bytes | None:
        """Give a tile: hash tiles from the leaves, the others from the fixture."""
        if path in self.replaced:
            return self.replaced[path]
        if path in self.missing:
            return None
        parts = path.split(".p/")
        kind, number = parts[0].split("/")[1:3]
        width = int(parts[1]) if len(parts) == 2 else 256
        if kind.isdigit():
            rows = self.leaves[: self.size]
            for _ in range(int(kind)):
                rows = [subtree(rows[at : at + 256]) for at in range(0, len(rows) - 255, 256)]
            row = rows[int(number) * 256 : int(number) * 256 + width]
            return b"".join(row) if len(row) == width else None
        file = FIXTURE / kind / number
        return file.read_bytes() if file.is_file() and width == 256 else None

    def answer(self, path: str) -> bytes | None:
        """Answer one request."""
        url = urlsplit(path)
        asked = url.path.lstrip("/")
        if asked == "checkpoint":
            return self.checkpoint()
        if asked.startswith("tile/"):
            return self.tile(asked)
        return self._old_style(asked, {k: v[0] for k, v in parse_qs(url.query).items()})

    def _old_style(self, asked: str, query: dict[str, str]) -> bytes | None:
        if asked == "ct/v1/get-sth":
            root, when = subtree(self.leaves[: self.size]), 1_746_300_000_000
            return json.dumps({
                "tree_size": self.size, "timestamp": when, "sha256_root_hash": base64.b64encode(root).decode(),
                "tree_head_signature": base64.b64encode(self.signed(self.size, root, when)).decode(),
            }).encode()  # fmt: skip
        if asked == "ct/v1/get-sth-consistency":
            steps = consistency(self.leaves, int(query["first"]), int(query["second"]))
            return json.dumps({"consistency": [base64.b64encode(s).decode() for s in steps]}).encode()
        if asked == "ct/v1/get-entries":
            rows = leaf_inputs()[int(query["start"]) : int(query["end"]) + 1]
            rows = [self.replaced.get(f"entry/{i}", r) for i, r in enumerate(rows, int(query["start"]))]
            return json.dumps(
                {"entries": [{"leaf_input": base64.b64encode(r).decode(), "extra_data": ""} for r in rows]}
            ).encode()
        return None


def consistency(leaves: list[bytes], first: int, second: int) -> list[bytes]:
    """Give the consistency proof of RFC 6962, 2.1.2."""

    def proof(size: int, rows: list[bytes], *, whole: bool) -> list[bytes]:
        if size == len(rows):
            return [] if whole else [subtree(rows)]
        half = 1 << (len(rows) - 1).bit_length() - 1
        if size <= half:
            return [*proof(size, rows[:half], whole=whole), subtree(rows[half:])]
        return [*proof(size - half, rows[half:], whole=False), subtree(rows[:half])]

    return proof(first, leaves[:second], whole=True)


def leaf_inputs() -> list[bytes]:
    """Give the MerkleTreeLeaf of every entry of the fixture, as get-entries hands them out."""
    found: list[bytes] = []
    for number in range(4):
        tile = (FIXTURE / "data" / f"{number:03d}").read_bytes()
        at = 0
        while at < len(tile):
            start, kind = at, int.from_bytes(tile[at + 8 : at + 10], "big")
            at += 10 + 32 * kind
            at += 3 + int.from_bytes(tile[at : at + 3], "big")
            at += 2 + int.from_bytes(tile[at : at + 2], "big")
            found.append(b"\x00\x00" + tile[start:at])
            at += (3 + int.from_bytes(tile[at : at + 3], "big")) * kind
            at += 2 + int.from_bytes(tile[at : at + 2], "big")
    return found


@contextmanager
def serving(log: Log) -> Iterator[str]:
    """Serve a log on loopback; give its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            log.asked.append(self.path)
            body = log.answer(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            if body and log.cut:
                self.wfile.write(body[: len(body) // 2])
                self.close_connection = True
                return
            for at in range(0, len(body or b""), 4096 if log.slow else 1 << 20):
                self.wfile.write((body or b"")[at : at + (4096 if log.slow else 1 << 20)])
                time.sleep(log.slow)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
