"""Ways to make a file look signed by the dossier's owner: the answer `official` to any of them is a false accept."""

import base64
import hashlib
import json
import struct
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import base
import dexw
import keys
import others
import signing
import zipw
from base import App
from dossiers import BRANDS, OWNER, Invented
from forge_jar import (
    CROOK,
    Way,
    fake,
    genuine,
    janus,
    members_of,
    renamed,
    v1_added,
    v1_appended,
    v1_bare,
    v1_moved,
    v1_resealed,
    v1_swapped,
    v1_twin,
    v1_two,
)
from keys import Signer
from others import Clip, Hap, Ios
from parts import Item, noise
from signing import V2, V3, V31, Plan


def _moved(*schemes: int) -> Way:
    return lambda made: signing.transplant(genuine(made, *schemes), base.apk(fake(made)))


def _plan(**changes: object) -> Way:
    """The crook signs; CHANGES are fields of the plan, callables of the owner."""

    def build(made: Invented) -> bytes:
        owner = OWNER[made.ident]
        values = {key: value(owner) if callable(value) else value for key, value in changes.items()}
        return signing.sign(base.apk(fake(made)), [replace(Plan(CROOK), **values)])  # type: ignore[arg-type]  # reason: fields by name

    return build


def _stripped(made: Invented) -> bytes:
    """v1 and v2 by the owner; v2 taken away, and META-INF, which v1 does not cover, filled."""
    members = signing.jar(base.members(App(made.package, made.primary, target=28)), OWNER[made.ident], say="2")
    return zipw.write([*members, zipw.Entry("META-INF/evil.dex", dexw.write(("evil",)))])


def _after(made: Invented) -> bytes:
    """The owner's v2 file, one byte of its code changed after signing."""
    whole = bytearray(genuine(made, V2))
    whole[60] ^= 1
    return bytes(whole)


def _comment(made: Invented) -> bytes:
    whole = genuine(made, V2)
    return whole[:-2] + struct.pack("<H", 6) + b"hidden"


def _head_and_tail(made: Invented) -> bytes:
    """The owner's whole file, and behind it a crook's."""
    return zipw.write(base.members(fake(made)), zipw.Layout(prefix=genuine(made, V2)))


def _pairs(made: Invented, *, first: bool) -> bytes:
    own = signing.strip(genuine(made, V2))[3][:1]
    crooked = base.apk(fake(made))
    mine = signing.strip(signing.sign(crooked, [Plan(CROOK)]))[3][:1]
    return signing.insert(crooked, signing.block([*own, *mine] if first else [*mine, *own]))


def _both_signers(made: Invented) -> bytes:
    """One v2 value: the crook's true signer and the owner's transplanted one."""
    own = signing.strip(genuine(made, V2))[3][0][1]
    crooked = base.apk(fake(made))
    mine = signing.strip(signing.sign(crooked, [Plan(CROOK)]))[3][0][1]
    return signing.insert(crooked, signing.block([(V2, signing.lp(mine[4:] + own[4:]))]))


def _mixed(other: int) -> Way:
    """The crook's v2 or v3 holds; a newer scheme shows the owner's certificate falsely."""

    def build(made: Invented) -> bytes:
        owner = OWNER[made.ident]
        false = Plan(CROOK, other, certs=(owner.der,), spki=owner.spki, wrong_signature=True, sdk=(33, 0x7FFFFFFF))
        return signing.sign(base.apk(fake(made)), [Plan(CROOK, V3 if other == V31 else V2), false])

    return build


def _lineage(made: Invented, order: str) -> bytes:
    owner = OWNER[made.ident]
    chain = {"owner-crook": [owner, CROOK], "crook-owner": [CROOK, owner], "owner": [owner]}[order]
    plan = Plan(CROOK, V3, attributes=signing.lineage(chain, CROOK))
    return signing.sign(base.apk(fake(made)), [plan])


def _twin_cert(made: Invented, *, expired: bool) -> bytes:
    twin = keys.make("rsa owner of " + made.ident, curve=False, expired=expired)
    return signing.sign(base.apk(fake(made)), [Plan(twin), Plan(twin, V3)])


def _own_ca(made: Invented) -> bytes:
    authority = keys.make("rsa owner of " + made.ident, curve=False)
    leaf = keys.make(made.primary, by=authority)
    certs = (leaf.der, OWNER[made.ident].der)
    return signing.sign(base.apk(fake(made)), [Plan(leaf, certs=certs)])


def _stamp(made: Invented) -> bytes:
    cert = OWNER[made.ident].der
    value = signing.lp(signing.lp(cert) + signing.lp(noise(3, 256)))
    stamp = zipw.Entry("stamp-cert-sha256", hashlib.sha256(cert).digest())
    whole = zipw.write([*base.members(fake(made)), stamp])
    return signing.sign(whole, [Plan(CROOK)], ((0x6DFF800D, value), (0x2B09189E, value)))


def _set(made: Invented, *, genuine_first: bool) -> bytes:
    """A set in which the owner's true file stands beside the crook's."""
    crooked = signing.sign(base.apk(fake(made)), [Plan(CROOK)])
    files = [(made.package + ".apk", genuine(made, V2)), ("base.apk", crooked)]
    about = {"package_name": made.package, "name": made.primary, "split_apks": [{"file": "base.apk", "id": "base"}]}
    ordered = files if genuine_first else files[::-1]
    return zipw.plain({"manifest.json": json.dumps(about).encode(), **dict(ordered)})


def _split(made: Invented) -> bytes:
    """The owner's base with a code split of the crook."""
    split = signing.sign(base.apk(replace(fake(made), split="feature", label="")), [Plan(CROOK)])
    return zipw.plain({"base.apk": genuine(made, V2), "split_feature.apk": split})


def _bundle(made: Invented) -> bytes:
    members = members_of(others.aab(fake(made)))
    owner = OWNER[made.ident]
    return zipw.write(signing.jar(members, CROOK, cms=lambda file: renamed(owner, file, keep=False)))


def _clip(made: Invented, *, anchored: bool) -> bytes:
    root = keys.make("Apple Root CA" if anchored else made.primary + " CA")
    leaf = keys.make(made.primary + "股份有限公司", by=root)
    return others.profile(Clip(made.primary, "https://evil.top/", organisation=made.primary), leaf)


def _phone(made: Invented) -> bytes:
    about: dict[str, object] = {
        "TeamName": made.primary,
        "TeamIdentifier": ["OWNER00000"],
        "ProvisionsAllDevices": True,
    }
    signer = keys.make("Apple iPhone OS Provisioning Profile Signing")
    return others.ipa(Ios(made.package, made.primary, made.primary, provision=about), signer)


def _harmony(made: Invented) -> bytes:
    members = members_of(others.hap(Hap(made.package, made.primary)))
    owner = OWNER[made.ident]
    held = renamed(owner, b"x", keep=False)
    heads = struct.pack("<III", 0x20000000, len(held), 12)
    whole = heads + held
    tail = struct.pack("<IQ", 1, len(whole) + 32) + b"<hap sign block>" + struct.pack("<I", 3)
    return zipw.write(members, zipw.Layout(gap=whole + tail))


def _manifest_note(made: Invented) -> bytes:
    """A crook's v1 whose manifest only quotes the owner's fingerprint; the certificate lies in an asset."""
    note = zipw.Entry("META-INF/OWNER.DER", OWNER[made.ident].der)
    text = zipw.Entry("META-INF/note.txt", base64.b64encode(OWNER[made.ident].der))
    return zipw.write([*signing.jar(base.members(fake(made)), CROOK), note, text])


def _der(owner: Signer) -> tuple[bytes, ...]:
    return (owner.der,)


WAYS: dict[str, tuple[str, Way]] = {
    "transplant-v2": (".apk", _moved(V2)),
    "transplant-v3": (".apk", _moved(V3)),
    "transplant-v2-v3": (".apk", _moved(V2, V3)),
    "v2-owner-cert-crook-key": (".apk", _plan(certs=_der)),
    "v2-owner-cert-owner-key": (".apk", _plan(certs=_der, spki=lambda o: o.spki)),
    "v2-owner-cert-first": (".apk", _plan(certs=lambda o: (o.der, CROOK.der))),
    "v2-owner-cert-appended": (".apk", _plan(certs=lambda o: (CROOK.der, o.der))),
    "v2-no-signature": (".apk", _plan(certs=_der, spki=lambda o: o.spki, no_signature=True)),
    "v2-wrong-digest": (".apk", _plan(certs=_der, wrong_digest=True)),
    "v2-unknown-algorithm": (".apk", _plan(certs=_der, spki=lambda o: o.spki, algorithm=0x9999)),
    "v2-two-algorithms": (".apk", _plan(certs=_der, spki=lambda o: o.spki, inner_algorithm=0x0104)),
    "v3-owner-cert": (".apk", _plan(scheme=V3, certs=_der, spki=lambda o: o.spki)),
    "v3-sdk-nowhere": (".apk", _plan(scheme=V3, certs=_der, sdk=(10000, 10001))),
    "v3-sdk-disagree": (".apk", _plan(scheme=V3, certs=_der, inner_sdk=(1, 2))),
    "v3-lineage-to-crook": (".apk", partial(_lineage, order="owner-crook")),
    "v3-lineage-to-owner": (".apk", partial(_lineage, order="crook-owner")),
    "v3-lineage-owner-alone": (".apk", partial(_lineage, order="owner")),
    "v31-false": (".apk", _mixed(V31)),
    "v3-false-over-v2": (".apk", _mixed(V3)),
    "v2-pair-first": (".apk", partial(_pairs, first=True)),
    "v2-pair-second": (".apk", partial(_pairs, first=False)),
    "v2-both-signers": (".apk", _both_signers),
    "v1-transplant": (".apk", v1_moved),
    "v1-resealed": (".apk", v1_resealed),
    "v1-cert-swapped": (".apk", v1_swapped(keep=False)),
    "v1-cert-swapped-kept": (".apk", v1_swapped(keep=True)),
    "v1-cert-first": (".apk", v1_appended(first=True)),
    "v1-cert-appended": (".apk", v1_appended(first=False)),
    "v1-no-signer": (".apk", v1_bare),
    "v1-two-files": (".apk", v1_two),
    "v1-twin-members": (".apk", v1_twin),
    "v1-uncovered-code": (".apk", v1_added),
    "v1-janus": (".apk", janus),
    "v1-v2-stripped": (".apk", _stripped),
    "v2-changed-after": (".apk", _after),
    "v2-comment-after": (".apk", _comment),
    "v2-file-before": (".apk", _head_and_tail),
    "same-subject": (".apk", partial(_twin_cert, expired=False)),
    "same-subject-expired": (".apk", partial(_twin_cert, expired=True)),
    "own-authority": (".apk", _own_ca),
    "source-stamp": (".apk", _stamp),
    "cert-in-asset": (".apk", _manifest_note),
    "set-genuine-first": (".xapk", partial(_set, genuine_first=True)),
    "set-genuine-last": (".xapk", partial(_set, genuine_first=False)),
    "set-foreign-split": (".apks", _split),
    "aab-cert-swapped": (".aab", _bundle),
    "clip-own-authority": (".mobileconfig", partial(_clip, anchored=False)),
    "clip-apple-named": (".mobileconfig", partial(_clip, anchored=True)),
    "ipa-team-named": (".ipa", _phone),
    "hap-cert-swapped": (".hap", _harmony),
}


def items() -> Iterator[Item]:
    """Each way against both brands that have an app."""
    for way, (suffix, build) in WAYS.items():
        for seed, made in enumerate(each for each in BRANDS if each.package):
            yield Item("forged-" + way, seed, suffix, partial(build, made), {"brand": made.ident})
