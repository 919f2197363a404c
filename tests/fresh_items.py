"""The fresh items of `fresh/`, in two halves by a bit of their hash, and how each is looked at."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from zhengben.core.brand import Brand, Channel, Names
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import Look, look

_HERE = Path(__file__).parent / "fresh"


@dataclass(frozen=True)
class Item:
    """One thing to look at: a kind of lead, the brand it is about, and the one line a person would paste."""

    kind: str
    brand: str
    text: str

    @property
    def held(self) -> bool:
        """Tell whether this item was only counted while rules were changed."""
        return bool(hashlib.sha256(self.text.encode()).digest()[0] & 1)


def items(name: str) -> Iterator[Item]:
    for line in (_HERE / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield Item(*line.split("|", 2))


def _channel(kind: str, value: str, platform: str = "") -> Channel:
    return Channel(kind=kind, exists="yes", value=value, platform=platform, source="invented")


@cache
def brands() -> tuple[Brand, ...]:
    """Give the shipped dossiers and one invented bank with branches, accounts and an app."""
    bank = Brand(
        id="qingyu",
        owner="清屿商业银行股份有限公司",
        finance=True,
        names=Names(primary="清屿商业银行", latin=("qingyubankcn",), keywords=("贷款", "客服")),
        channels=(
            _channel("domain", "qingyu-shangye.com"),
            _channel("phone", "4001237788"),
            _channel("account", "清屿商业银行", "wechat_official_account"),
            _channel("account", "gh_qingyu001", "wechat_official_account"),
            _channel("sms_sender", "4001237788"),
            _channel("app", "com.qingyu.mobile", "android"),
        ),
    )
    return (*load_brands(), bank)


def seen(item: Item) -> Look:
    return look(item.text, brands(), kind=item.kind)


def accused(item: Item) -> bool:
    """Tell whether any brand is said to be imitated or traded on."""
    return any(verdict.accuses for verdict in (seen(item).verdict, *seen(item).verdicts))
