"""What the app could do to people: the permission sets of loan fraud and takeover, and the powers of a profile.

Weighs only beside a name or a claim, for honest apps ask for much as well. The tables are `app_permissions.toml`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_names import concerns
from zhengben.names.api import Pack

SEES = ("app",)
CONTROL = ("mdm", "root_ca", "vpn", "proxy", "dns", "filter")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason for permissions and one for a profile's powers."""
    app = sighting.app
    if app is None or not concerns(app, brand, names):
        return []
    reasons = []
    sets = permission_sets(app.permissions)
    if sets:
        asked = [permission_words(name, "zh") for name in sensitive(app.permissions)]
        weight = 15 if "loan_fraud" in sets or "takeover" in sets else 8
        reasons.append(Reason("app_takes_data", weight, {"sets": list(sets), "permissions": asked}))
    powers = [power for power in app.features if power in CONTROL]
    if app.platform == "webclip" and powers:
        reasons.append(Reason("app_takes_control", 20, {"powers": powers}))
    return reasons


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / "app_permissions.toml").read_text("utf-8"))


def sensitive(permissions: Iterable[str]) -> list[str]:
    """Give those permissions the table has words for, each once."""
    known = _table()["words"]["zh"]
    return list(dict.fromkeys(name for name in permissions if name.rpartition(".")[2] in known))


def permission_words(name: str, language: str) -> str:
    """Give a permission in plain words, or its own name where the table has none.

    >>> permission_words("android.permission.READ_SMS", "en")
    'read text messages'
    """
    words: Mapping[str, str] = _table()["words"][language]
    return words.get(name.rpartition(".")[2], name)


def permissions_in(language: str, told: Iterable[str]) -> list[str]:
    """Give permissions that a reason told in Chinese in a language.

    >>> permissions_in("en", ["读取短信", "?"])
    ['read text messages', '?']
    """
    names = {word: name for name, word in _table()["words"]["zh"].items()}
    return [permission_words(names.get(word, word), language) for word in told]


def permission_sets(permissions: Iterable[str]) -> tuple[str, ...]:
    """Give the names of the sets of permissions that are complete.

    >>> permission_sets(["android.permission.READ_SMS", "android.permission.READ_CONTACTS"])
    ('loan_fraud_small',)
    """
    asked = {name.rpartition(".")[2] for name in permissions}
    every: Mapping[str, Any] = _table()["sets"]
    return tuple(key for key, entry in every.items() if all(asked & set(group) for group in entry["groups"]))
