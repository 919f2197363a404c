"""What the tests of this room share: one exhibit of everything, a key, a moment, and a real time-stamping authority."""

import http.server
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.core.fetched import Captured, Download, Fetched, Hop, Profile, Request
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.evidence.chain import read_pem
from zhengben.evidence.exhibit import Attached, Exhibit, Operator, Step

MOMENT = datetime(2026, 11, 22, 1, 2, 3, 456000, tzinfo=UTC)
PAGE = "<title>微粒贷官方下载</title><p>强开额度".encode()


@pytest.fixture
def now() -> datetime:
    return MOMENT


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def profile() -> Profile:
    return Profile("mobile", "test")


@pytest.fixture
def exhibit() -> Exhibit:
    """One exhibit that holds every kind of thing a package can hold."""
    url = "https://wei1idai.example/下载?x=1"
    return Exhibit(
        target=url,
        kind="url",
        case="ZB-2026-0001",
        brand="weilidai",
        brand_digest="ab" * 32,
        operator=Operator(name="取证服务", id="svc-1", organisation="深圳前海微众银行股份有限公司"),
        steps=(Step(MOMENT, "fetch", {"url": url}), Step(MOMENT, "seal")),
        fetched=(
            Fetched(
                url=url,
                final_url=url,
                profile="desktop",
                status=200,
                headers=(("content-type", "text/html"),),
                body=PAGE,
                hops=(Hop(url, 200, "127.0.0.1"),),
                address="127.0.0.1",
            ),
            Fetched(url=url, final_url=url, profile="mobile", failure="timeout", detail="after 20 s"),
        ),
        captured=(
            Captured(
                url=url,
                final_url=url,
                profile="mobile",
                status=200,
                dom=PAGE.decode(),
                title="微粒贷官方下载",
                screenshot=b"\x89PNG\r\n\x1a\nshot",
                mhtml=b"From: <Saved by Blink>",
                network=(Request(url=url, status=200),),
                downloads=(Download(name="../../微粒贷.apk", url=url, body=b"PK\x03\x04apk"),),
                tls_chain=(b"0\x82der",),
            ),
        ),
        files=(Attached("聊天记录.txt", "text/plain", "加微信办理强开".encode()),),
        verdicts=(
            Verdict(
                Label.IMPERSONATION,
                "weilidai",
                90,
                (Reason("no_such_app", 60, {"brand": "微粒贷"}),),
                Coverage(("text.packed",)),
            ),
        ),
        sighting={"title": "微粒贷官方下载"},
        environment={"hosts_file": {"clean": True}},
        tools={"zhengben": "0.1.0"},
    )


@dataclass(frozen=True)
class Authority:
    """A time-stamping authority of OpenSSL behind HTTP on loopback."""

    url: str
    root: bytes
    folder: Path


CONFIG = """
oid_section = new_oids
[new_oids]
policy1 = 1.2.3.4.1
[tsa]
default_tsa = tsa_config
[tsa_config]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.crt
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = policy1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

Openssl = Callable[..., None]


def _openssl(folder: Path) -> Openssl:
    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    return run


def _certificates(folder: Path, openssl: Openssl) -> None:
    """Make a root, and an authority below it that may stamp time and nothing else."""
    (folder / "ext.cnf").write_text("extendedKeyUsage=critical,timeStamping\nbasicConstraints=CA:FALSE\n")
    root = ["-keyout", "root.key", "-out", "root.crt", "-subj", "/CN=Test Root", "-days", "3650"]
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *root)
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA")
    signed = ["-CA", "root.crt", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650", "-extfile", "ext.cnf"]
    openssl("x509", "-req", "-in", "tsa.csr", *signed, "-out", "tsa.crt")
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tsa")
    _certificates(folder, _openssl(folder))
    return folder


@pytest.fixture
def authority(authority_folder: Path) -> Iterator[Authority]:
    """Serve `openssl ts -reply` over HTTP. The test that uses it must be marked `sockets`."""
    openssl = _openssl(authority_folder)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (authority_folder / "q.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "a.tsr")
            body = (authority_folder / "a.tsr").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        root = read_pem((authority_folder / "root.crt").read_bytes())[0]
        yield Authority(f"http://127.0.0.1:{server.server_port}/tsa", root, authority_folder)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
