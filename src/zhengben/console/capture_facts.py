"""What lies beside a capture, made readable: redirects, requests, DNS, certificates, files, and what the page did."""

import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from zhengben.core.fetched import Captured, Download, Request

MOST_LINES = 60


def beside(captured: Captured) -> dict[str, object]:
    """Give the lists below a picture; each is empty where nothing of it was seen."""
    failed = [line for line in captured.network if _failed(line)]
    return {
        "redirects": [_step(line) for line in captured.redirects],
        "network": [_line(line) for line in captured.network[:MOST_LINES]],
        "requests": len(captured.network),
        "more": max(0, len(captured.network) - MOST_LINES),
        "failed": [_line(line) for line in failed[:MOST_LINES]],
        "dns": captured.dns,
        "protocol": captured.tls_protocol,
        "chain": certificates(captured.tls_chain),
        "files": [_handed_out(got) for got in captured.downloads],
        "did": [_counted(note) for note in captured.notes],
    }


def _failed(line: Request) -> bool:
    return bool(line.failure) or (line.status or 0) >= 400


def _handed_out(got: Download) -> dict[str, object]:
    return {
        "name": got.name, "url": got.url, "size": len(got.body), "complete": got.complete,
        "sha": hashlib.sha256(got.body).hexdigest() if got.body else "",
    }  # fmt: skip


def certificates(chain: Sequence[bytes]) -> list[dict[str, object]]:
    """Give what a person reads in each certificate of a chain, the server's own first; one that is none says so."""
    return [_certificate(der) for der in chain]


def _certificate(der: bytes) -> dict[str, object]:
    digest = hashlib.sha256(der).hexdigest()
    try:
        one = x509.load_der_x509_certificate(der)
        return {
            "sha": digest, "subject": _name(one.subject), "issuer": _name(one.issuer), "names": _names(one),
            "since": one.not_valid_before_utc, "until": one.not_valid_after_utc, "serial": f"{one.serial_number:x}",
            "own": one.subject == one.issuer, "sha1": one.fingerprint(hashes.SHA1()).hex(),  # noqa: S303  # as registries list it
        }  # fmt: skip
    except ValueError:  # whatever a server sent in place of a certificate
        return {"sha": digest, "subject": "", "issuer": "", "names": []}


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()[:200]


def _names(one: x509.Certificate) -> list[str]:
    try:
        found = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [str(name) for name in found.get_values_for_type(x509.DNSName)][:12]


def _step(line: Request) -> dict[str, object]:
    return {"url": line.url, "status": line.status, "address": line.address, "failure": line.failure}


def _line(line: Request) -> dict[str, object]:
    return _step(line) | {
        "method": line.method, "kind": line.kind, "size": line.size, "ms": round(line.seconds * 1000),
        "bad": bool(line.failure) or (line.status or 0) >= 400,
    }  # fmt: skip


def _counted(note: str) -> dict[str, object]:
    code, _, number = note.partition("=")
    return {"code": code, "n": number}
