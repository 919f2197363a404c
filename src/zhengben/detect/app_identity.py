"""Is it the brand's own app? Package AND verified certificate must be in the dossier; nothing else proves it.

A package of the dossier in a file signed by somebody else is the gravest finding: a repackaged app. So is a certificate
of the dossier whose signature does not hold over this file: a signing block cut out of the real app. Where the dossier
lists no certificate, nothing is proved and nobody is accused by the package name alone.
"""

from collections.abc import Iterable

from zhengben.core.appfacts import AppFacts, Signer
from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack

SEES = ("app",)
OURS, IN_NAME = "imitates_official_app", "false_app_in_name"  # 仿冒官方App; 冒用机构名义发布虚假App
PUBLIC_KEYS = {"a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc"}  # AOSP's test key, known to all
CUT = {"no_central_directory", "data_beyond_end", "central_directory_cut", "central_directory_lost"}
UNCHECKED = {
    "not_checked", "ios_code_signature_not_checked", "contents_not_checked", "resource_not_listed",
    "not_all_files_checked",
}  # fmt: skip
_PLATFORMS = {"android": {"", "android"}, "ios": {"ios", "iphone", "ipad"}, "harmony": {"harmony", "harmonyos"}}


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove the app official, or say that it only wears an official package or certificate."""
    del names
    app = sighting.app
    if app is None:
        return []
    channel = listed(app, brand)
    if channel is None:
        return _borrowed_certificate(app, brand)
    if not fingerprints(channel):
        return _without_certificate(app, channel)
    proof = next((signer for signer in app.signers if signer.verified and _is(signer, channel)), None)
    if proof is not None and app.signed == "verified":
        return [Reason("official_app", 100, _facts(app, channel, proof))]
    return _not_theirs(app, channel)


def listed(app: AppFacts, brand: Brand) -> Channel | None:
    """Give the app of the dossier that has this package on this platform, its own or a host's.

    A channel without a platform is of every platform: whoever wrote the dossier did not think to say.
    """
    if not app.package:
        return None
    fits = _PLATFORMS.get(app.platform, set())
    same = [c for c in brand.official("app") if c.value == app.package]
    found = [c for c in same if not c.platform or c.platform.lower() in fits]
    return next((c for c in found if fingerprints(c)), found[0] if found else None)


def legal_class(brand: Brand) -> str:
    """Tell the two classes of the law apart: an imitation of an app that exists, or an app invented in the name."""
    own = any(channel.role != "host" for channel in brand.official("app"))
    return OURS if own else IN_NAME


def fingerprints(channel: Channel) -> frozenset[str]:
    """Give every fingerprint and key of a channel, as bare lower-case hex."""
    given = (channel.cert_sha256, channel.cert_md5, channel.public_key)
    return frozenset(_bare(text) for text in given if text)


def _bare(text: str) -> str:
    plain = text.lower().removeprefix("0x").replace(":", "").replace(" ", "")
    return f"{int(plain):x}" if plain.isdecimal() and len(plain) > 128 else plain.lstrip("0") or plain


def _is(signer: Signer, channel: Channel) -> bool:
    """Tell whether a signer carries a certificate or key of the channel; a rotation keeps the older one's name."""
    own = {signer.sha256, signer.sha1, signer.md5, signer.public_key, *signer.lineage}
    return bool({_bare(text) for text in own if text} & fingerprints(channel))


def _facts(app: AppFacts, channel: Channel, signer: Signer | None) -> dict[str, object]:
    return {
        "package": app.package, "channel": channel.value, "role": channel.role, "source": channel.source,
        "certificate": signer.sha256 if signer else "", "signer": signer.subject if signer else "",
        "scheme": signer.scheme if signer else "",
    }  # fmt: skip


def _not_theirs(app: AppFacts, channel: Channel) -> list[Reason]:
    if app.platform != "android" and app.distribution not in {"enterprise", "adhoc", "development", "unsigned"}:
        return [_unproved(app, channel)]  # a shop signs anew, so another key than the owner's says nothing
    worn = next((signer for signer in app.signers if _is(signer, channel)), None)
    if worn is not None:
        if CUT & set(app.tamper) or worn.why in {"resource_not_listed", "not_all_files_checked"}:
            return [_unproved(app, channel)]
        return [_grave("app_forged_signature", app, channel, worn, why=worn.why)]
    return [_grave("app_repackaged", app, channel, next(iter(app.signers), None), why="another_certificate")]


def _grave(code: str, app: AppFacts, channel: Channel, signer: Signer | None, *, why: str) -> Reason:
    facts = _facts(app, channel, signer)
    return Reason(code, 100, {**facts, "why": why, "legal_class": OURS})


def _without_certificate(app: AppFacts, channel: Channel) -> list[Reason]:
    """Without a listed certificate only a key that everybody has can show that it is not the owner's file."""
    public = next((s for s in app.signers if s.sha256 in PUBLIC_KEYS or "CN=Android Debug" in s.subject), None)
    if public is not None and not CUT & set(app.tamper):
        return [_grave("app_repackaged", app, channel, public, why="public_test_key")]
    return [] if channel.role == "host" else [_unproved(app, channel)]


def _unproved(app: AppFacts, channel: Channel) -> Reason:
    facts = {"channel": channel.value, "kind": "app", "package": app.package, "needs": "app.certificate"}
    return Reason("named_as_official", -100, facts)


def _borrowed_certificate(app: AppFacts, brand: Brand) -> list[Reason]:
    """A certificate of the dossier under a package it does not list: the owner's other app, or a cut-out block."""
    for channel in brand.official("app"):
        if not fingerprints(channel):
            continue
        for signer in app.signers:
            if _is(signer, channel):
                return _borrowed(app, channel, signer)
    return []


def _borrowed(app: AppFacts, channel: Channel, signer: Signer) -> list[Reason]:
    if signer.verified and app.signed == "verified":
        return [_unproved(app, channel)]  # the owner's key really signed it: an app the dossier does not know yet
    if CUT & set(app.tamper) or signer.why in UNCHECKED:
        return []
    return [_grave("app_forged_signature", app, channel, signer, why=signer.why)]


def own_signer(signers: Iterable[Signer]) -> str:
    """Give the subject of the first signer, for showing."""
    return next((signer.subject for signer in signers if signer.subject), "")
