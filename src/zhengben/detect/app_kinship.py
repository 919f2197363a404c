"""Which apps come from one hand: prints that two files share. Strong ones link alone, weak ones only together.

A print is `kind:value` as `AppFacts.prints` gives it. Keys that everybody has link nobody.
"""

from collections.abc import Iterable

from zhengben.detect.app_identity import PUBLIC_KEYS

# An icon is weak on purpose: every fake copies the brand's, and that makes nobody its maker.
STRONG = frozenset({"signer", "dex", "arsc", "assets", "uni", "contact"})
WEAK_TOGETHER = 3
SHORT = 6  # digits: 95384, 96110, 12321 stand in honest and false apps alike
# Hosts that thousands of unrelated apps name.
COMMON = (
    "google.com", "googleapis.com", "gstatic.com", "facebook.com", "github.com", "apache.org", "qq.com",
    "umeng.com", "baidu.com", "amap.com", "alipay.com", "aliyuncs.com", "myqcloud.com", "dcloud.net.cn",
    "crashlytics.com", "app-measurement.com", "firebaseio.com", "android.com", "mozilla.org", "w3.org",
    "example.com", "localhost", "jiguang.cn",
)  # fmt: skip


def shared_prints(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    """Give the prints that link two apps, or nothing where what they share proves too little.

    >>> shared_prints(["signer:ab", "host:a.cn"], ["signer:ab"])
    ('signer:ab',)
    >>> shared_prints(["host:a.cn", "icon:1"], ["host:a.cn", "icon:1"])
    ()
    """
    common = sorted({p for p in one if telling(p)} & set(other))
    strong = [p for p in common if p.partition(":")[0] in STRONG]
    return tuple(common) if strong or len(common) >= WEAK_TOGETHER else ()


def telling(print_: str) -> bool:
    """Tell whether a print says anything about the maker.

    >>> telling("contact:phone/95384"), telling("contact:phone/13800138000")
    (False, True)
    """
    kind, _, value = print_.partition(":")
    if kind == "signer":
        return value not in PUBLIC_KEYS
    if kind == "contact":
        return not _public_number(value)
    return not (kind == "host" and any(value == host or value.endswith(f".{host}") for host in COMMON))


def _public_number(contact: str) -> bool:
    """Tell whether a contact is a short number that anybody may name: a bank's hotline or the police's."""
    kind, _, number = contact.partition("/")
    return kind == "phone" and len(number.lstrip("+")) <= SHORT
