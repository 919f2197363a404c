"""The owner's genuine file, a crook's, and what can be forged with JAR signatures."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace

import base
import dexw
import keys
import signing
import zipw
from asn1crypto import cms, x509
from base import App, P
from dossiers import OWNER, Invented
from keys import Signer
from signing import Plan

Way = Callable[[Invented], bytes]
CROOK = keys.named("rsa crook")


def genuine(made: Invented, *schemes: int) -> bytes:
    """The owner's own app, signed by the schemes (v1 where none is named)."""
    app = App(made.package, made.primary, icon=base.png(), target=33 if schemes else 28)
    if not schemes:
        return zipw.write(signing.jar(base.members(app), OWNER[made.ident]))
    return signing.sign(base.apk(app), [Plan(OWNER[made.ident], scheme) for scheme in schemes])


def fake(made: Invented, target: int = 28) -> App:
    """The crook's app under the owner's package name."""
    return App(
        made.package, made.primary, (P + "READ_SMS", P + "INTERNET"), strings=("https://evil.top/a",), target=target
    )


def members_of(package: bytes) -> list[zipw.Entry]:
    """The members of one of our own archives."""
    out, at = [], 0
    while package[at : at + 4] == b"PK\x03\x04":
        method, csize, nlen, xlen = struct.unpack_from("<8xH8xI4xHH", package, at)
        start = at + 30 + nlen + xlen
        raw = package[start : start + csize]
        name = package[at + 30 : at + 30 + nlen].decode()
        out.append(zipw.Entry(name, zlib.decompress(raw, -15) if method else raw, stored=not method))
        at = start + csize
    return out


def v1_moved(made: Invented) -> bytes:
    """META-INF of the owner's file in the crook's."""
    meta = [entry for entry in members_of(genuine(made)) if str(entry.name).startswith("META-INF")]
    return zipw.write([*base.members(fake(made)), *meta])


def v1_resealed(made: Invented) -> bytes:
    """A fresh MANIFEST.MF and CERT.SF, the owner's old CERT.RSA."""
    block = next(entry.data for entry in members_of(genuine(made)) if str(entry.name).endswith(".RSA"))
    return zipw.write(signing.jar(base.members(fake(made)), CROOK, cms=lambda _file: block))


def renamed(owner: Signer, file: bytes, *, keep: bool) -> bytes:
    """PKCS#7 by the crook in which the owner's certificate stands, and is named as signer."""
    info = cms.ContentInfo.load(CROOK.cms(file, detached=True))
    data = info["content"]
    cert = x509.Certificate.load(owner.der)
    held = [cms.CertificateChoices("certificate", cert)]
    data["certificates"] = cms.CertificateSet([*held, *data["certificates"]] if keep else held)
    name = cms.IssuerAndSerialNumber({"issuer": cert.issuer, "serial_number": cert.serial_number})
    data["signer_infos"][0]["sid"] = cms.SignerIdentifier("issuer_and_serial_number", name)
    return bytes(info.dump(force=True))


def v1_swapped(*, keep: bool) -> Way:
    """The crook's signature under the owner's certificate; KEEP leaves his own beside it."""

    def build(made: Invented) -> bytes:
        owner = OWNER[made.ident]
        return zipw.write(
            signing.jar(base.members(fake(made)), CROOK, cms=lambda file: renamed(owner, file, keep=keep))
        )

    return build


def _appended(owner: Signer, file: bytes, *, first: bool) -> bytes:
    info = cms.ContentInfo.load(CROOK.cms(file, detached=True))
    data = info["content"]
    own = cms.CertificateChoices("certificate", x509.Certificate.load(owner.der))
    data["certificates"] = cms.CertificateSet([own, *data["certificates"]] if first else [*data["certificates"], own])
    return bytes(info.dump(force=True))


def v1_appended(*, first: bool) -> Way:
    """The owner's certificate beside the crook's."""

    def build(made: Invented) -> bytes:
        owner = OWNER[made.ident]
        return zipw.write(
            signing.jar(base.members(fake(made)), CROOK, cms=lambda file: _appended(owner, file, first=first))
        )

    return build


def v1_bare(made: Invented) -> bytes:
    """PKCS#7 of the owner's certificate without any signer."""

    def bare(file: bytes) -> bytes:
        info = cms.ContentInfo.load(_appended(OWNER[made.ident], file, first=True))
        info["content"]["certificates"] = cms.CertificateSet([info["content"]["certificates"][0]])
        info["content"]["signer_infos"] = cms.SignerInfos([])
        return bytes(info.dump(force=True))

    return zipw.write(signing.jar(base.members(fake(made)), CROOK, cms=bare))


def v1_two(made: Invented) -> bytes:
    """A true signature of the crook, and the owner's of another file."""
    members = signing.jar(base.members(fake(made)), CROOK)
    own = [e for e in members_of(genuine(made)) if str(e.name).endswith((".RSA", ".SF"))]
    return zipw.write([*members, *(replace(e, name=str(e.name).replace("CERT", "OWNER")) for e in own)])


def v1_twin(made: Invented) -> bytes:
    """The owner's v1 file with a second manifest and code of the same names."""
    extra = [e for e in base.members(fake(made)) if e.name in {"AndroidManifest.xml", "classes.dex"}]
    return zipw.write([*members_of(genuine(made)), *extra])


def v1_added(made: Invented) -> bytes:
    """The owner's v1 file with code that no digest covers."""
    return zipw.write([*members_of(genuine(made)), zipw.Entry("classes2.dex", dexw.write(("evil",)))])


def janus(made: Invented) -> bytes:
    """The owner's v1 file behind a DEX (CVE-2017-13156)."""
    return zipw.write(members_of(genuine(made)), zipw.Layout(prefix=dexw.write(("evil",))))
