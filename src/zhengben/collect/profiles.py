"""The clients we look as: a page for victims shows itself only to those it expects.

Each profile is consistent from the request headers down to client hints, platform and screen, because plain emulation
(a mobile user agent over a desktop platform) is seen through. User agents follow the reduced form of Chromium 110+;
the WeChat profile is the XWEB browser of WeChat for Android, which sends no client hints.
"""

from dataclasses import dataclass
from functools import lru_cache

from zhengben.core.fetched import Profile

_CHROME = "156"

PROFILES: dict[str, Profile] = {
    "desktop": Profile(
        "desktop",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{_CHROME}.0.0.0 Safari/537.36",
    ),
    "mobile": Profile(
        "mobile",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{_CHROME}.0.0.0 Mobile Safari/537.36",
    ),
    "wechat": Profile(
        "wechat",
        "Mozilla/5.0 (Linux; Android 14; V2304A Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/134.0.6998.136 Mobile Safari/537.36 XWEB/1340129 MMWEBSDK/20250201 MMWEBID/4105 "
        "MicroMessenger/8.0.58.2840(0x28003A35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64",
    ),
}

_LANGUAGE = "zh-CN,zh;q=0.9,en;q=0.8"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What a script sees of the client: screen in CSS pixels, platform, touch, and the client hints it sends."""

    width: int
    height: int
    scale: float
    mobile: bool
    platform: str  # navigator.platform
    hints: tuple[tuple[str, str], ...] = ()  # platform name and version, model; empty: no client hints


DEVICES: dict[str, Device] = {
    "desktop": Device(
        width=1280, height=800, scale=1.0, mobile=False, platform="Win32",
        hints=(("platform", "Windows"), ("platformVersion", "15.0.0"), ("model", ""), ("architecture", "x86")),
    ),
    "mobile": Device(
        width=390, height=844, scale=2.0, mobile=True, platform="Linux armv81",
        hints=(("platform", "Android"), ("platformVersion", "14.0.0"), ("model", "V2304A"), ("architecture", "")),
    ),
    "wechat": Device(width=390, height=780, scale=2.0, mobile=True, platform="Linux armv81"),
}  # fmt: skip


def device(profile: Profile) -> Device:
    """Give the device of a profile; a profile of another name is a desktop unless its user agent says Mobile."""
    return DEVICES.get(profile.name) or DEVICES["mobile" if "Mobile" in profile.user_agent else "desktop"]


@lru_cache(maxsize=64)
def headers(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Give the request headers of a navigation by this client, in the order it sends them, without Host.

    >>> dict(headers(PROFILES["mobile"]))["sec-ch-ua-mobile"], "sec-ch-ua" in dict(headers(PROFILES["wechat"]))
    ('?1', False)
    """
    hints = dict(device(profile).hints)
    sent: list[tuple[str, str]] = []
    if hints:
        sent += [
            ("sec-ch-ua", f'"Chromium";v="{_CHROME}", "Not?A_Brand";v="24", "Google Chrome";v="{_CHROME}"'),
            ("sec-ch-ua-mobile", "?1" if device(profile).mobile else "?0"),
            ("sec-ch-ua-platform", f'"{hints["platform"]}"'),
        ]
    sent += [("Upgrade-Insecure-Requests", "1"), ("User-Agent", profile.user_agent), ("Accept", _ACCEPT)]
    if profile.referrer:
        sent.append(("Referer", profile.referrer))
    language = _LANGUAGE if profile.language == "zh-CN" else profile.language
    return (*sent, ("Accept-Encoding", "gzip, deflate"), ("Accept-Language", language))


def brands() -> list[dict[str, str]]:
    """Give the client-hint brand list that goes with the `sec-ch-ua` header."""
    return [
        {"brand": "Chromium", "version": _CHROME},
        {"brand": "Not?A_Brand", "version": "24"},
        {"brand": "Google Chrome", "version": _CHROME},
    ]
