"""Build iOS app files: IPA with a provisioning profile, and configuration profiles with web clips, signed or not.

The signatures are real CMS signatures by keys of the range; nobody's phone would trust them, and none should.
"""

import plistlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhengben.range.make_apk_sign import SigningKey, detached
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_code import Sealing, resource_list, signed_program

WAYS = ("enterprise", "adhoc", "store", "unsigned")
PROFILE_ENDS = datetime(2027, 6, 30)  # noqa: DTZ001 - property lists hold UTC without a zone


def make_ipa(  # noqa: PLR0913 - the ways fakes differ, each asked for by its name
    *,
    bundle: str,
    names: Mapping[str, str],
    signer: SigningKey | None = None,
    way: str = "enterprise",
    team: str = "",
    files: Mapping[str, bytes] | None = None,
    profile_for: str = "",
    code_signer: SigningKey | None = None,
) -> bytes:
    """Build an IPA; `names` maps a locale (`""` the default, `zh-Hans`, ...) to the display name.

    `way` is how it is given out: enterprise, adhoc, store or unsigned. `files` are further files inside the app folder.
    `profile_for` is the app whose profile it carries, where that is not its own. With `code_signer` the program carries
    a code signature over itself and every file.
    """
    root = "Payload/App.app/"
    default = names.get("", next(iter(names.values())))
    info = {
        "CFBundleIdentifier": bundle, "CFBundleDisplayName": default, "CFBundleName": default,
        "CFBundleShortVersionString": "1.0", "CFBundleExecutable": "App", "CFBundleIconFiles": ["AppIcon60x60"],
    }  # fmt: skip
    entries = [
        Entry(name=f"{root}Info.plist", data=plistlib.dumps(info, fmt=plistlib.FMT_BINARY)),
        Entry(name=f"{root}App", data=b"\xcf\xfa\xed\xfe" + bytes(60)),
    ]
    for locale, name in names.items():
        if locale:
            text = f'"CFBundleDisplayName" = "{name}";\n'.encode("utf-16")
            entries.append(Entry(name=f"{root}{locale}.lproj/InfoPlist.strings", data=text))
    if signer is not None and way != "unsigned":
        profile = detached(plistlib.dumps(_profile(profile_for or bundle, signer, way, team)), signer, attached=True)
        entries.append(Entry(name=f"{root}embedded.mobileprovision", data=profile))
    entries += [Entry(name=root + name, data=data) for name, data in (files or {}).items()]
    return write_parts(_code_signed(entries, root, bundle, code_signer) if code_signer else entries).join()


def _code_signed(entries: Sequence[Entry], root: str, bundle: str, key: SigningKey) -> list[Entry]:
    """Give the entries with a program that is signed over them all."""
    files = {str(entry.name)[len(root) :]: entry.data for entry in entries}
    info, code = files.pop("Info.plist"), files.pop("App")
    listed = resource_list(files)
    program = signed_program(code, info, listed, key, Sealing(name=bundle))
    kept = [entry for entry in entries if entry.name != f"{root}App"]
    made = [Entry(name=f"{root}App", data=program), Entry(name=f"{root}_CodeSignature/CodeResources", data=listed)]
    return [*kept, *made]


def _profile(bundle: str, signer: SigningKey, way: str, team: str) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "AppIDName": "App", "TeamName": team, "TeamIdentifier": ["RANGE00001"], "ExpirationDate": PROFILE_ENDS,
        "DeveloperCertificates": [signer.certificate],
        "Entitlements": {"application-identifier": f"RANGE00001.{bundle}", "get-task-allow": False},
    }  # fmt: skip
    if way == "enterprise":
        profile["ProvisionsAllDevices"] = True
    elif way == "adhoc":
        profile["ProvisionedDevices"] = ["00008030-000A1B2C3D4E0001"]
    return profile


def make_mobileconfig(
    *,
    label: str,
    url: str,
    organisation: str = "",
    icon: bytes = b"",
    extra_payloads: Sequence[str] = (),
    signer: SigningKey | None = None,
) -> bytes:
    """Build a profile that puts a web page on the home screen; `extra_payloads` are further payload types."""
    clip: dict[str, Any] = {
        "PayloadType": "com.apple.webClip.managed", "PayloadVersion": 1, "PayloadIdentifier": "range.clip",
        "PayloadUUID": "00000000-0000-4000-8000-000000000001", "Label": label, "URL": url, "IsRemovable": False,
        "FullScreen": True,
    }  # fmt: skip
    if icon:
        clip["Icon"] = icon
    others = [
        {"PayloadType": kind, "PayloadVersion": 1, "PayloadIdentifier": f"range.{i}", "PayloadUUID": f"{i}"}
        for i, kind in enumerate(extra_payloads)
    ]
    table: dict[str, Any] = {
        "PayloadType": "Configuration", "PayloadVersion": 1, "PayloadIdentifier": "range.profile",
        "PayloadUUID": "00000000-0000-4000-8000-000000000002", "PayloadDisplayName": label,
        "PayloadContent": [clip, *others],
    }  # fmt: skip
    if organisation:
        table["PayloadOrganization"] = organisation
    plain = plistlib.dumps(table)
    return plain if signer is None else detached(plain, signer, attached=True)
