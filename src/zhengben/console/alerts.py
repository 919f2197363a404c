"""What a dossier will alert to, as examples a person can judge: made from its own names and statements."""

from zhengben.core.brand import Brand
from zhengben.locale.words import say
from zhengben.names.api import match_host, pack

SWAPS = (("l", "1"), ("i", "1"), ("o", "0"), ("e", "3"), ("a", "4"))
# More examples than one reads are none.
MOST = 8


def alerts(brand: Brand, language: str) -> list[str]:
    """Give example sentences of what will alert, from the dossier alone."""
    name = brand.names.primary
    told = [
        say(f"alerts.no_{c.kind}", language, {"name": name})
        for c in brand.channels
        if c.exists in {"no", "never"} and c.kind in {"app", "poi", "mini_program", "phone"}
    ]
    told += [say("alerts.host", language, {"host": host}) for host in _hosts(brand)]
    told += [say("alerts.keyword", language, {"text": f"{name}{word}"}) for word in brand.names.keywords[:2]]
    told += [say("alerts.phone", language, {"name": name})] if brand.official("phone") else []
    told += [say("alerts.never", language, {"names": brand.names.siblings[:3]})] if brand.names.siblings else []
    return told[:MOST]


def _hosts(brand: Brand) -> list[str]:
    """Give hostnames an impostor would take, those the model finds: a name that is an everyday word asks for more.

    >>> from zhengben.core.brand import Names
    >>> _hosts(Brand(id="b", owner="o", finance=True, names=Names(primary="微粒贷", latin=("weilidai",))))
    ['weilidai-app.cn', 'wei1idai.com']
    """
    latin = next(iter(brand.names.latin), "")
    if not latin:
        return []
    old, new = next(((a, b) for a, b in SWAPS if a in latin), ("", ""))
    hosts = [f"{latin}-app.cn", *([f"{latin.replace(old, new, 1)}.com"] if old else [])]
    return [host for host in hosts if match_host(host, pack((brand,)))]
