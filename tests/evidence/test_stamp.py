"""Time stamps of a real authority (OpenSSL's) on loopback: asked for, checked, and what does not hold."""

import hashlib
import http.server
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zhengben.evidence.chain import read_pem
from zhengben.evidence.stamp import HttpStamper, StampError, query, read_stamp

SIGNED = b"what is signed"
DIGEST = hashlib.sha256(SIGNED).digest()
pytestmark = pytest.mark.sockets


@pytest.fixture
def answer(authority: Any) -> bytes:
    return HttpStamper(authority.url).stamp(DIGEST)


def test_a_stamp_names_time_and_authority(authority: Any, answer: bytes) -> None:
    stamp = read_stamp(answer, SIGNED)
    assert abs(stamp.at - datetime.now(UTC)) < timedelta(minutes=2)
    assert stamp.authority == "CN=Test TSA"
    assert not stamp.anchored
    assert read_stamp(answer, SIGNED, [authority.root]).anchored


def test_openssl_agrees(authority: Any, answer: bytes, tmp_path: Path) -> None:
    (tmp_path / "signed").write_bytes(SIGNED)
    (tmp_path / "a.tsr").write_bytes(answer)
    words = ["ts", "-verify", "-data", "signed", "-in", "a.tsr", "-CAfile", str(authority.folder / "root.crt")]
    done = subprocess.run(["openssl", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_stamp_over_something_else_is_refused(answer: bytes) -> None:
    with pytest.raises(StampError, match="something else"):
        read_stamp(answer, SIGNED + b".")


def test_a_stranger_is_not_trusted(answer: bytes, tmp_path: Path) -> None:
    made = ["-keyout", "k.pem", "-out", "c.pem", "-subj", "/CN=Test Root", "-days", "30"]
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *made]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(StampError, match="trusted authority"):
        read_stamp(answer, SIGNED, read_pem((tmp_path / "c.pem").read_bytes()))


def test_no_byte_can_be_changed_into_another_statement(authority: Any, answer: bytes) -> None:
    """A changed bit fails, or leaves time and authority as they were: the package's outer list pins the rest."""
    truth = read_stamp(answer, SIGNED, [authority.root])
    for at in range(len(answer)):
        changed = bytearray(answer)
        changed[at] ^= 1 << (at % 8)
        try:
            assert read_stamp(bytes(changed), SIGNED, [authority.root]) == truth, f"byte {at}"
        except StampError:
            continue


@pytest.mark.parametrize("junk", [b"", b"0", b"\x30\x03\x02\x01\x00", b"<html>", b"\x30\x80" * 300])
def test_junk_is_no_stamp(junk: bytes) -> None:
    with pytest.raises(StampError):
        read_stamp(junk, SIGNED)


def test_trailing_bytes_are_refused(answer: bytes) -> None:
    with pytest.raises(StampError, match="not a time stamp"):
        read_stamp(answer + b"\0", SIGNED)


@contextmanager
def serving(status: int, body: bytes) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"junk"), (200, b"x" * 70_000), (404, b"no")])
def test_an_authority_that_misbehaves_is_one_clear_line(status: int, body: bytes) -> None:
    with serving(status, body) as url, pytest.raises(StampError) as caught:
        HttpStamper(url).stamp(DIGEST)
    assert "\n" not in str(caught.value)


def test_an_old_answer_is_refused(answer: bytes) -> None:
    with serving(200, answer) as url, pytest.raises(StampError, match="nonce"):
        HttpStamper(url).stamp(DIGEST)


def test_nobody_there_is_one_clear_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with pytest.raises(StampError, match=r"no answer \(.*refused"):
            HttpStamper(url, seconds=1).stamp(DIGEST)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/", "http://", "nonsense"])
def test_only_web_addresses_are_asked(url: str) -> None:
    with pytest.raises(StampError, match="no http or https address"):
        HttpStamper(url).stamp(DIGEST)


def test_openssl_reads_our_question(tmp_path: Path) -> None:
    (tmp_path / "q.tsq").write_bytes(query(DIGEST, 4711))
    done = subprocess.run(
        ["openssl", "ts", "-query", "-in", "q.tsq", "-text"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "Hash Algorithm: sha256" in done.stdout
    assert "Nonce: 0x1267" in done.stdout
    assert "Certificate required: yes" in done.stdout
