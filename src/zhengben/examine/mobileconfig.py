"""iOS configuration profiles (.mobileconfig): web clips that look like apps, and the power a profile takes.

The organisation a profile names is whatever its writer typed; only a signature that holds says who signed, and even
then the two are shown side by side.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from zhengben.core.appfacts import AppFacts, Icon, Name, Signer
from zhengben.examine.apk.cms import CmsError, Signed
from zhengben.examine.apk.contents import hosts_of
from zhengben.examine.apk.search import Contents, Place, search_bytes
from zhengben.examine.apk.signatures import make_signer
from zhengben.examine.appicon import icon_digest, open_picture, seen
from zhengben.examine.plist import read_plist, values_of, word

_BLANK = b"\xef\xbb\xbf \t\r\n"  # a byte order mark may stand in front of XML
WEBCLIP = "com.apple.webClip.managed"
MAX_PAYLOADS = 200
POWERS = {
    "com.apple.mdm": "mdm", "com.apple.security.root": "root_ca", "com.apple.security.pkcs1": "root_ca",
    "com.apple.vpn.managed": "vpn", "com.apple.vpn.managed.applayer": "vpn", "com.apple.proxy.http.global": "proxy",
    "com.apple.dnsSettings.managed": "dns", "com.apple.webcontent-filter": "filter", "com.apple.mail.managed": "mail",
}  # fmt: skip


def looks_like_profile(data: bytes) -> bool:
    """Tell whether bytes could be a profile, plain or signed."""
    head = data[:4096].lstrip(_BLANK)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return b"PayloadType" in data[: 1 << 20].replace(b"\0", b"")
    if head[:6] in {b"<?xml ", b"bplist"} or head[:9] == b"<!DOCTYPE" or head[:6] == b"<plist":
        return b"Payload" in data[: 1 << 20]
    return data[:1] == b"\x30" and b"PayloadType" in data[: 1 << 20]


def examine_mobileconfig(data: bytes) -> AppFacts:
    """Examine a profile."""
    plain, signers, tamper = _opened(data)
    table = read_plist(plain)
    payloads = list(_payloads(table))
    clips = [p for p in payloads if p.get("PayloadType") == WEBCLIP]
    kinds = tuple(dict.fromkeys(word(p.get("PayloadType", ""))[:80] for p in payloads))
    urls = tuple(dict.fromkeys(word(clip["URL"])[:500] for clip in clips if clip.get("URL")))
    contents = Contents()
    search_bytes(b"\n".join(values_of(table)), Place("profile"), contents)
    told = tuple(dict.fromkeys([*urls, *contents.urls]))
    missing = [] if table else ["app.unreadable"]
    if "EncryptedPayloadContent" in table:
        missing.append("app.encrypted")
    return AppFacts(
        platform="webclip",
        container="mobileconfig",
        package=word(table.get("PayloadIdentifier", ""))[:200],
        version=word(table.get("PayloadVersion", ""))[:20],
        names=tuple(_names(table, clips)),
        signers=signers,
        icons=tuple(_icons(clips)),
        urls=told,
        hosts=hosts_of(told),
        opens=urls,
        contacts=tuple(contents.contacts.values()),
        addresses=tuple(contents.urls.values()),
        features=tuple(dict.fromkeys(POWERS[kind] for kind in kinds if kind in POWERS)),
        organisation=word(table.get("PayloadOrganization", ""))[:200],
        description=word(table.get("PayloadDescription", ""))[:4000],
        payloads=kinds,
        distribution="" if signers else "unsigned",
        tamper=tuple(tamper),
        missing=tuple(missing),
        prints=tuple([f"signer:{s.sha256}" for s in signers if s.sha256] + [f"host:{h}" for h in hosts_of(urls)[:20]]),
        signed=_word(signers),
    )


def _word(signers: tuple[Signer, ...]) -> str:
    if not signers:
        return "unsigned"
    return "verified" if all(signer.verified for signer in signers) else "broken"


def _opened(data: bytes) -> tuple[bytes, tuple[Signer, ...], list[str]]:
    """Take a profile out of its signature, and say whether the signature holds."""
    if data[:1] != b"\x30":
        return data, (), []
    try:
        signed = Signed(data)
    except CmsError:
        start, end = data.find(b"<?xml"), data.rfind(b"</plist>")
        return data[max(start, 0) : end + 8], (), ["pkcs7_malformed"]
    content = signed.content
    signers = []
    for info in signed.signers[:4]:
        try:
            certificate, held = signed.check(info, content)
            signers.append(make_signer("cms", certificate, "" if held else "signature_does_not_hold"))
        except CmsError as error:
            certificate = signed.certificates[0] if signed.certificates else None
            signers.append(make_signer("cms", certificate, str(error)))
    return content, tuple(signers), []


def _payloads(table: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    content = table.get("PayloadContent")
    for payload in content[:MAX_PAYLOADS] if isinstance(content, list) else [content]:
        if isinstance(payload, dict):
            yield payload


def _names(table: Mapping[str, Any], clips: list[Mapping[str, Any]]) -> Iterator[Name]:
    for clip in clips:
        if clip.get("Label"):
            yield Name(text=word(clip["Label"])[:80], place="webclip")
    if table.get("PayloadDisplayName"):
        yield Name(text=word(table["PayloadDisplayName"])[:80], place="profile")


def _icons(clips: list[Mapping[str, Any]]) -> Iterator[Icon]:
    for clip in clips[:8]:
        data = clip.get("Icon")
        if isinstance(data, bytes):
            yield Icon(place="webclip.icon", sha256=icon_digest(data), png=seen(open_picture(data)))
