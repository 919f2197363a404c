"""What a client says of itself, as the browser is told to say it: to servers, to pages and to workers, all the same."""

from collections.abc import Mapping

from zhengben.collect.profiles import brands, device, languages
from zhengben.core.fetched import Profile

Steps = list[tuple[str, Mapping[str, object]]]


def commands(profile: Profile, version: str) -> Steps:
    """Give the commands that make a page its client; `version` is the browser's own, whole."""
    screen = device(profile)
    override: dict[str, object] = {
        "userAgent": profile.user_agent, "acceptLanguage": ",".join(languages(profile)), "platform": screen.platform,
    }  # fmt: skip
    hints = _hints(profile, version)
    return [
        ("Emulation.setUserAgentOverride", override | ({"userAgentMetadata": hints} if hints else {})),
        ("Emulation.setHardwareConcurrencyOverride", {"hardwareConcurrency": screen.cores}),
    ]


def told_to_workers(profile: Profile, version: str) -> dict[str, object]:
    """Give what the scripts of a worker are to see: `navigator`, and `hints` or None where the client sends none."""
    screen, spoken, hints = device(profile), list(languages(profile)), _hints(profile, version)
    navigator: dict[str, object] = {
        "userAgent": profile.user_agent, "appVersion": profile.user_agent.partition("/")[2],
        "platform": screen.platform, "hardwareConcurrency": screen.cores, "deviceMemory": screen.memory,
        "language": spoken[0], "languages": spoken,
    }  # fmt: skip
    return {"navigator": navigator, "hints": {**hints, "uaFullVersion": version} if hints else None}


def _hints(profile: Profile, version: str) -> dict[str, object]:
    """Give the client hints of a client in the browser's own shape; empty for one that sends none."""
    screen = device(profile)
    if not screen.hints:
        return {}
    full = [dict(brand, version=_whole(brand["version"], version)) for brand in brands()]
    return {
        "brands": brands(), "fullVersionList": full, "mobile": screen.mobile, "wow64": False,
        "bitness": "" if screen.mobile else "64", "formFactors": ["Mobile" if screen.mobile else "Desktop"],
        **dict(screen.hints),
    }  # fmt: skip


def _whole(version: str, real: str) -> str:
    """Give a brand's full version: the browser's own where it is the same major one, else the reduced form."""
    return real if real.partition(".")[0] == version else f"{version}.0.0.0"
