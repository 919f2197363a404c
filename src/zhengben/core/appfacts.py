"""What is inside an app file: names, signers, permissions, addresses, and what was done to hide them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name the app shows.

    `place` is application, activity, alias, h5, infoplist or webclip; `locale` is empty for the default.
    """

    text: str
    place: str = "application"
    locale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One signer; digests are lower-case hex of its certificate.

    `verified` is True only when content digests and signature hold.
    """

    scheme: str
    sha256: str
    sha1: str = ""
    md5: str = ""
    subject: str = ""
    verified: bool = False
    public_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """One icon variant: where it stood, its sha256 and its bytes as PNG where it could be drawn."""

    place: str
    sha256: str
    png: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppFacts:
    """One app file. `tamper` holds codes of malformations, which are evidence and never errors."""

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
    distribution: str = ""  # ios: store, enterprise, adhoc, unsigned
    payloads: tuple[str, ...] = ()  # mobileconfig payload types
    prints: tuple[str, ...] = ()  # kinship fingerprints, as kind:hex
    missing: tuple[str, ...] = ()
