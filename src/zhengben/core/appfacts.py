"""What is inside an app file: names, signers, permissions, addresses, and what was done to hide them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name the app shows.

    `place` is application, activity, alias, h5, infoplist, webclip, listing (the store data of a split set) or
    ability (HarmonyOS); `locale` is empty for the default. `enabled` is False for a component that is switched off.
    """

    text: str
    place: str = "application"
    locale: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signer; digests are lower-case hex of its certificate.

    `verified` is True only when content digests and signature hold; `why` is then empty, and otherwise the code of
    what does not hold. `public_key` is the number an app registration lists: the RSA modulus, or the curve's point,
    in hex. `lineage` are the fingerprints of a rotation, oldest first.
    """

    scheme: str
    sha256: str
    sha1: str = ""
    md5: str = ""
    subject: str = ""
    verified: bool = False
    public_key: str = ""
    issuer: str = ""
    algorithm: str = ""
    why: str = ""
    lineage: tuple[str, ...] = ()
    not_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """One icon variant: where it stood, its sha256 and its bytes as PNG where it could be drawn.

    `looks` is the print of what it shows, hex; empty where it could not be drawn, or there was no mark to hold it
    against.
    """

    place: str
    sha256: str
    png: bytes = b""
    looks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A picture of a brand's to hold icons and pages against: brand id, file of the dossier, its print and its bytes.

    A file that could not be read has neither print nor bytes, so that whoever looks can say what was not looked for.
    """

    brand: str
    file: str
    looks: str
    body: bytes = b""
    right: str = ""  # the number of the registered mark it shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike an icon (its sha256 and place) and a mark of a brand are, 0 to 1."""

    brand: str
    file: str
    icon: str
    place: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A way to reach somebody found inside: kind as in `core.sighting.Contact`, and `where` it stood (a path).

    `a!/b` is a member of an archive in the app. `form` is how it was written there: utf16,
    escaped, base64, compiled_xml, ...; empty for plain.
    """

    kind: str
    value: str
    raw: str
    where: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFacts:
    """One app file. `tamper` holds codes of malformations, which are evidence and never errors.

    `shells` are packaging platforms by id of `examine/apk/tables/shells.toml`, `packers` and `sdks` likewise.
    `hosts` are the hosts of `urls`. `opens` is the address the app itself says it opens. `missing` names what could
    not be seen (`app.packed`, `app.remote_configured`, `app.encrypted`, `app.unreadable`, ...).
    """

    platform: str  # android, ios, harmony, webclip
    container: str = ""  # apk, xapk, apks, apkm, aab, ipa, mobileconfig, hap, app
    package: str = ""
    version: str = ""
    names: tuple[Name, ...] = ()
    signers: tuple[Signer, ...] = ()
    permissions: tuple[str, ...] = ()
    icons: tuple[Icon, ...] = ()
    urls: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()  # texts of interest found inside, capped
    shells: tuple[str, ...] = ()
    packers: tuple[str, ...] = ()
    sdks: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    tamper: tuple[str, ...] = ()
    organisation: str = ""  # what the file claims (mobileconfig PayloadOrganization, provisioning team)
    distribution: str = ""  # ios: store, enterprise, adhoc, development, unsigned
    payloads: tuple[str, ...] = ()  # mobileconfig payload types
    prints: tuple[str, ...] = ()  # kinship fingerprints, as kind:hex
    missing: tuple[str, ...] = ()
    contacts: tuple[Found, ...] = ()
    addresses: tuple[Found, ...] = ()  # those of `urls` that stood in a member, with where and in what form
    hosts: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()  # packages the app asks to see
    min_sdk: int = 0
    target_sdk: int = 0
    debuggable: bool = False
    signed: str = ""  # verified, broken, unsigned, unchecked
    description: str = ""  # what the file says about itself in running text (store data, profile description)
    expires: str = ""  # ios provisioning: the day it ends, YYYY-MM-DD
    notes: tuple[str, ...] = ()  # what else the signing block holds: source_stamp, play_frosting, channel_walle, ...
    likenesses: tuple[Likeness, ...] = ()  # filled where marks of brands were given to compare with
