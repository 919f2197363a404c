"""Who signed an iOS app, and does it hold: code signature, list of resources and provisioning profile together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengben.core.appfacts import Signer
from zhengben.examine.apk.keys import read_certificate
from zhengben.examine.apk.signatures import make_signer
from zhengben.examine.apk.zipread import Archive, Entry
from zhengben.examine.apple_code import CodeSigning, check_code
from zhengben.examine.apple_profile import from_apple
from zhengben.examine.apple_resources import LIST, check_resources
from zhengben.examine.plist import read_plist, word

PROGRAM_CAP = 128 << 20
LIST_CAP = 16 << 20
UNSURE = {"resource_not_listed", "not_all_files_checked"}
BY_APPLE, BY_OTHERS, AD_HOC = "code_by_apple", "code_not_by_apple", "code_signed_by_nobody"


@dataclass(slots=True)
class IpaSigning:
    """The signers, how the signature stands in one word, and what else is to be told."""

    signers: tuple[Signer, ...] = ()
    word: str = "unsigned"
    encrypted: bool = False
    tamper: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def name_ipa(profile: Mapping[str, Any]) -> IpaSigning:
    """Name whom the provisioning profile allows to sign, without a look at the program."""
    signers = _allowed(profile)
    return IpaSigning(signers, "unchecked" if signers else "unsigned")


def check_ipa(archive: Archive, root: str, info: Mapping[str, Any], profile: Mapping[str, Any]) -> IpaSigning:
    """Verify the code signature of the app in `root` and name whoever made it."""
    program = word(info.get("CFBundleExecutable", ""))[:200]
    entry = archive.get(root + program)
    out = name_ipa(profile)
    if entry is None:
        return out
    if entry.size > PROGRAM_CAP:
        out.notes.append("program_too_big")
        return out
    listed = _bytes(archive, archive.get(root + LIST), LIST_CAP)
    plist = _bytes(archive, archive.get(f"{root}Info.plist"), LIST_CAP)
    code = check_code(_bytes(archive, entry, PROGRAM_CAP), plist, listed)
    out.encrypted = code.encrypted
    if not code.found or code.certificate is None:
        out.notes += [AD_HOC] if code.ad_hoc else []
        out.tamper += [code.why] if code.why else []
        return out
    why = code.why or _resources_hold(archive, root, program, listed)
    _take(out, code, why, profile)
    return out


def _resources_hold(archive: Archive, root: str, program: str, listed: bytes) -> str:
    why, whole = check_resources(archive, root, program, read_plist(listed))
    return why if why or whole else "not_all_files_checked"


def _take(out: IpaSigning, code: CodeSigning, why: str, profile: Mapping[str, Any]) -> None:
    """Put the signer of the code in front of those the profile allows, and say how the whole stands."""
    signer = make_signer("ios_code", code.certificate, why)
    allowed = [one for one in out.signers if one.sha256 != signer.sha256]
    if profile and allowed and len(allowed) == len(out.signers):
        out.tamper.append("profile_for_another_key")
    out.signers = (signer, *allowed)
    out.word = "verified" if not why else "unchecked" if why in UNSURE else "broken"
    if code.certificate is not None and not code.why:
        out.notes.append(BY_APPLE if from_apple(code.certificate, code.certificates) else BY_OTHERS)


def _bytes(archive: Archive, entry: Entry | None, cap: int) -> bytes:
    return archive.read(entry, cap) if entry is not None else b""


def _allowed(profile: Mapping[str, Any]) -> tuple[Signer, ...]:
    raw = profile.get("DeveloperCertificates")
    ders = [der for der in raw[:4] if isinstance(der, bytes)] if isinstance(raw, list) else []
    return tuple(make_signer("ios_profile", read_certificate(der), "ios_code_signature_not_checked") for der in ders)
