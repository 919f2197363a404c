"""What an address hands out: the endings of app files and installation profiles, and the schemes that install."""

from collections.abc import Mapping
from urllib.parse import urlsplit

ENDINGS: Mapping[str, str] = {
    ".apk": "apk", ".xapk": "apk", ".apks": "apk", ".apkm": "apk", ".ipa": "ipa", ".mobileconfig": "mobileconfig",
    ".hap": "hap",
}  # fmt: skip
SCHEMES: Mapping[str, str] = {"itms-services": "itms", "itms-apps": "itms", "itms": "itms"}


def handed_out(address: str) -> str:
    """Give what an address hands out by its ending or scheme, or an empty string: a value of `pagefacts.Link`.

    >>> handed_out("https://a.example/wld.APK?v=2"), handed_out("itms-services://?action=download-manifest&url=x")
    ('apk', 'itms')
    >>> handed_out("https://a.example/"), handed_out("http://[broken/a.apk")
    ('', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme in SCHEMES:
        return SCHEMES[parts.scheme]
    path = parts.path.lower().rstrip("/")
    return next((kind for ending, kind in ENDINGS.items() if path.endswith(ending)), "")
