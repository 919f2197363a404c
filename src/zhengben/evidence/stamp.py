"""Time stamps by an independent authority (RFC 3161): asking for one, and holding one against a package.

Asking needs a URL the operator chose. Checking needs nothing but the answer; whose authority it is, only certificates
the reader trusts can say.
"""

import hashlib
import http.client
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from asn1crypto import cms, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm

from zhengben.evidence import chain

TYPE = "application/timestamp-query"
# An answer with its certificates has 3 to 8 kB; the authority is a stranger all the same.
ANSWER_BYTES = 64 * 1024
SECONDS = 10.0
# what the readers of certificates and tokens raise for malformed input, some of it only when a field is looked at
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, UnsupportedAlgorithm)
_GRANTED = frozenset({"granted", "granted_with_mods"})


class StampError(OSError):
    """The authority could not be reached, or its answer is not a time stamp of what was asked."""


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a time stamp says: when, by whom, and whether its certificates lead to one the reader trusts."""

    at: datetime
    authority: str
    anchored: bool


@dataclass(frozen=True, slots=True)
class HttpStamper:
    """An authority that answers over HTTP."""

    url: str
    seconds: float = SECONDS

    def stamp(self, sha256: bytes) -> bytes:
        """Ask for a stamp over a digest of 32 bytes; raise StampError in one clear line where none comes."""
        # Ties the answer to this question: an old answer over the same digest would carry an old time.
        nonce = secrets.randbits(63)
        answer = self._post(query(sha256, nonce))
        if _nonce(answer, sha256) != nonce:
            raise StampError(f"time stamp from {self.url}: it answers another question (nonce)")
        return answer

    def _post(self, body: bytes) -> bytes:
        parts = urlsplit(self.url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if parts.scheme not in kinds or not parts.hostname:
            raise StampError(f"time stamp: {self.url!r} is no http or https address; correct it in the settings")
        link = kinds[parts.scheme](parts.hostname, parts.port, timeout=self.seconds)
        try:
            link.request("POST", parts.path or "/", body, {"Content-Type": TYPE})
            with link.getresponse() as answer:
                held = answer.read(ANSWER_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise StampError(f"time stamp from {self.url}: no answer ({error or type(error).__name__})") from error
        finally:
            link.close()
        if answer.status != http.client.OK or len(held) > ANSWER_BYTES:
            raise StampError(f"time stamp from {self.url}: status {answer.status}, {len(held)} bytes")
        return bytes(held)


def query(sha256: bytes, nonce: int) -> bytes:
    """Give the DER of a time-stamp request that asks for the authority's certificate too."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": sha256}
    asked = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    return bytes(asked.dump())


def read_stamp(answer: bytes, signed: bytes, trusted: Sequence[bytes] = ()) -> TimeStamp:
    """Check a time-stamp answer over the bytes `signed`; raise StampError naming what does not hold.

    `trusted` holds DER certificates of authorities the reader trusts; they may also supply what the answer lacks.
    """
    info, token = _token(answer, hashlib.sha256(signed).digest())
    try:
        moment = info["gen_time"].native
        carried = [choice.chosen.dump() for choice in token["certificates"] or () if choice.name == "certificate"]
        signer = _signer(token, [*carried, *trusted])
        _attributes(token, signer)
        algorithm = token["signer_infos"][0]["signature_algorithm"]
        hashed = token["signer_infos"][0]["digest_algorithm"]["algorithm"].native
        chain.check_signature(
            signer, token["signer_infos"][0]["signature"].native, _signed_attributes(token), algorithm, hashed
        )
        chain.check_purpose(signer, moment)
        anchored = chain.leads_to(signer, carried, trusted, moment)
    except _BROKEN as error:
        raise StampError(f"the time stamp does not hold: {error}") from error
    if trusted and not anchored:
        raise StampError("the time stamp does not lead to a trusted authority")
    return TimeStamp(moment, chain.name(signer), anchored)


def _nonce(answer: bytes, sha256: bytes) -> object:
    info, _ = _token(answer, sha256)
    try:
        return info["nonce"].native
    except _BROKEN as error:
        raise StampError("the answer's nonce cannot be read") from error


def _token(answer: bytes, digest: bytes) -> tuple[tsp.TSTInfo, cms.SignedData]:
    try:
        told = tsp.TimeStampResp.load(answer, strict=True)
        if told["status"]["status"].native not in _GRANTED:
            raise StampError(f"the authority refused: {told['status']['status'].native}")
        content = told["time_stamp_token"]
        if content["content_type"].native != "signed_data":
            raise StampError("the answer holds no signed data")
        token = content["content"]
        info = token["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        same = (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native) == ("sha256", digest)
    except _BROKEN as error:
        raise StampError(f"the answer is not a time stamp: {error}") from error
    if not same:
        raise StampError("the time stamp is over something else")
    return info, token


def _signer(token: cms.SignedData, certificates: Sequence[bytes]) -> bytes:
    # With two signers a reader could check the one and show the name of the other.
    wanted = token["signer_infos"][0]["sid"].chosen
    if len(token["signer_infos"]) != 1 or not isinstance(wanted, cms.IssuerAndSerialNumber):
        raise ValueError("it needs exactly one signer, named by issuer and serial number")
    for der in certificates:
        known = x509.Certificate.load(der)
        if (known.issuer, known.serial_number) == (wanted["issuer"], wanted["serial_number"].native):
            return der
    raise ValueError("the authority's certificate is not in it; give it as a trusted certificate")


def _attributes(token: cms.SignedData, signer: bytes) -> None:
    """Check that the signature covers this content, as a time stamp, by this very certificate (ESS)."""
    told = token["signer_infos"][0]
    held = {attribute["type"].native: attribute["values"][0] for attribute in told["signed_attrs"]}
    content = token["encap_content_info"]["content"].contents
    hashed = hashlib.new(told["digest_algorithm"]["algorithm"].native, content).digest()
    if held["content_type"].native != "tst_info" or held["message_digest"].native != hashed:
        raise ValueError("its digest does not match its content")
    if "signing_certificate_v2" in held:
        named = held["signing_certificate_v2"]["certs"][0]
        kind = named["hash_algorithm"]["algorithm"].native
    else:
        named, kind = held["signing_certificate"]["certs"][0], "sha1"
    # ESS: otherwise another certificate for the same key, with another name, could be put in its place.
    if hashlib.new(kind, signer, usedforsecurity=False).digest() != named["cert_hash"].native:
        raise ValueError("it was signed with another certificate than it names")


def _signed_attributes(token: cms.SignedData) -> bytes:
    # RFC 5652, 5.4: the signature is over the attributes tagged as a plain SET.
    return b"\x31" + bytes(token["signer_infos"][0]["signed_attrs"].dump())[1:]
