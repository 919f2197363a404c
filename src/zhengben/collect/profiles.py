"""The clients we look as: a page for victims shows itself only to those it expects.

Each profile is consistent from the request headers down to client hints, platform, touch and screen, because plain
emulation (a mobile user agent over a desktop platform) is seen through. User agents follow the reduced form of
Chromium 110+; the WeChat profile is the XWEB browser of WeChat for Android, which sends no client hints and gives
scripts the `WeixinJSBridge` that pages of this trade wait for.
"""

import re
from dataclasses import dataclass, replace
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

CHINA = "CN"
_ADDRESS = re.compile(r"https?://[!-~]{1,1900}")  # what a header can carry
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Region:
    """Where a client says it is: time zone (IANA), languages in order of liking, and the place of its largest city."""

    zone: str
    languages: tuple[str, ...]
    latitude: float
    longitude: float


# A client that claims to stand in Guangdong and keeps New York's time is seen through; so these go together. The
# network it leaves through is the vantage's matter: a region without a vantage there is a claim only scripts believe.
REGIONS: dict[str, Region] = {
    "CN": Region("Asia/Shanghai", ("zh-CN", "zh", "en"), 39.9042, 116.4074),
    "CN-31": Region("Asia/Shanghai", ("zh-CN", "zh", "en"), 31.2304, 121.4737),
    "CN-33": Region("Asia/Shanghai", ("zh-CN", "zh", "en"), 30.2741, 120.1551),
    "CN-44": Region("Asia/Shanghai", ("zh-CN", "zh", "en"), 22.5431, 114.0579),
    "CN-51": Region("Asia/Shanghai", ("zh-CN", "zh", "en"), 30.5728, 104.0668),
    "HK": Region("Asia/Hong_Kong", ("zh-HK", "zh", "en"), 22.3193, 114.1694),
    "TW": Region("Asia/Taipei", ("zh-TW", "zh", "en"), 25.0330, 121.5654),
    "SG": Region("Asia/Singapore", ("en-SG", "en", "zh"), 1.3521, 103.8198),
    "US": Region("America/Los_Angeles", ("en-US", "en"), 34.0522, -118.2437),
}


def client(name: str, *, referrer: str = "", region: str = "", vantage: str = "") -> Profile:
    """Give a profile by name, with where it comes from and where it says it is.

    Raises ValueError for a profile or a region that is not known.

    >>> client("mobile", region="HK").language
    'zh-HK'
    """
    if name not in PROFILES:
        raise ValueError(f"unknown profile {name!r}; use {', '.join(PROFILES)}")
    known = PROFILES[name]
    return replace(placed(known, referrer=referrer, region=region), vantage=vantage or known.vantage)


def placed(profile: Profile, *, referrer: str = "", region: str = "") -> Profile:
    """Give a client with where it comes from and where it says it is; what is empty stays as it was.

    Raises ValueError for a region that is not known, and for a referrer that is no web address.

    >>> placed(PROFILES["desktop"], referrer="https://www.baidu.com/").referrer
    'https://www.baidu.com/'
    """
    if region and region not in REGIONS:
        raise ValueError(f"unknown region {region!r}; use {', '.join(REGIONS)}")
    if referrer and not _ADDRESS.fullmatch(referrer):
        raise ValueError(f"{referrer[:80]!r} is no address a visitor comes from; write it as https://www.example.com/")
    language = REGIONS[region].languages[0] if region else profile.language
    return replace(
        profile, language=language, referrer=referrer or profile.referrer, region=region or profile.region
    )  # fmt: skip


def region_of(profile: Profile) -> Region:
    """Give the region of a profile; one that names none, or none we know, stands in the mainland.

    >>> region_of(PROFILES["desktop"]).zone
    'Asia/Shanghai'
    """
    return REGIONS.get(profile.region) or REGIONS[CHINA]


def languages(profile: Profile) -> tuple[str, ...]:
    """Give the languages of a client in order of liking, its own first.

    >>> languages(PROFILES["wechat"])
    ('zh-CN', 'zh', 'en')
    """
    return tuple(dict.fromkeys((profile.language, *region_of(profile).languages)))


def accept_language(profile: Profile) -> str:
    """Give the header Chromium makes of these languages: each a tenth less than the one before.

    >>> accept_language(PROFILES["mobile"])
    'zh-CN,zh;q=0.9,en;q=0.8'
    """
    rows = (f"{word};q={(10 - place) / 10:g}" if place else word for place, word in enumerate(languages(profile)[:9]))
    return ",".join(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What a script sees of the client: screen in CSS pixels, platform, touch, and the client hints it sends.

    `touches` is how many fingers it feels, `cores` how many processors it says it has, `memory` how many gigabytes;
    `bridged` clients give scripts WeChat's bridge.
    """

    width: int
    height: int
    scale: float
    mobile: bool
    platform: str  # navigator.platform
    hints: tuple[tuple[str, str], ...] = ()  # platform name and version, model; empty: no client hints
    touches: int = 0
    cores: int = 8
    memory: int = 8
    bridged: bool = False


DEVICES: dict[str, Device] = {
    "desktop": Device(
        width=1280, height=800, scale=1.0, mobile=False, platform="Win32",
        hints=(("platform", "Windows"), ("platformVersion", "15.0.0"), ("model", ""), ("architecture", "x86")),
    ),
    "mobile": Device(
        width=390, height=844, scale=2.0, mobile=True, platform="Linux armv81",
        hints=(("platform", "Android"), ("platformVersion", "14.0.0"), ("model", "V2304A"), ("architecture", "")),
        touches=5,
    ),
    "wechat": Device(
        width=390, height=780, scale=2.0, mobile=True, platform="Linux armv81", touches=5, bridged=True,
    ),
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
            ("sec-ch-ua", ", ".join(f'"{brand["brand"]}";v="{brand["version"]}"' for brand in brands())),
            ("sec-ch-ua-mobile", "?1" if device(profile).mobile else "?0"),
            ("sec-ch-ua-platform", f'"{hints["platform"]}"'),
        ]
    sent += [("Upgrade-Insecure-Requests", "1"), ("User-Agent", profile.user_agent), ("Accept", _ACCEPT)]
    if profile.referrer:
        sent.append(("Referer", profile.referrer))
    return (*sent, ("Accept-Encoding", "gzip, deflate"), ("Accept-Language", accept_language(profile)))


def brands(major: str = _CHROME) -> list[dict[str, str]]:
    """Give the client-hint brand list that goes with the `sec-ch-ua` header, as that version of Chrome orders it.

    Chrome greases the list: an invented brand, and an order, both chosen by the version (Chromium
    `components/embedder_support/user_agent_utils.cc`). A list of another version's making is seen through.

    >>> [brand["brand"] + " " + brand["version"] for brand in brands("124")]
    ['Chromium 124', 'Google Chrome 124', 'Not-A.Brand 99']
    """
    seed = int(major)
    marks = " (:-./);=?_"
    invented = f"Not{marks[seed % len(marks)]}A{marks[(seed + 1) % len(marks)]}Brand"
    rows = ((invented, ("8", "99", "24")[seed % 3]), ("Chromium", major), ("Google Chrome", major))
    order = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))[seed % 6]
    placed = sorted(zip(order, rows, strict=True))
    return [{"brand": brand, "version": version} for _, (brand, version) in placed]
