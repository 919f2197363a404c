"""Hostnames of the small internet: the ways people name a host so that it passes for a brand's, and plain ones.

The ways follow published accounts of squatting (typing errors, look-alike letters, added words, added levels, names in
other scripts); which of them the product knows is not looked up here.
"""

import random
from collections.abc import Callable

TLDS = ("com", "cn", "net", "top", "xyz", "cc", "vip", "shop", "club", "site", "online", "icu", "com.cn")
ADDED = (
    "app", "xz", "loan", "kf", "kefu", "sq", "daikuan", "jiekuan", "jieqian", "apk", "h5", "m", "vip", "gw", "login",
    "edu", "ed", "kt", "tie", "zx", "pay", "card", "qb", "51", "88", "168", "365",
)  # fmt: skip
JUNK = (
    "hytq", "qpz", "lmcd", "rxtk", "bwyn", "ojf", "sdfk", "zhmq", "tnxp", "kcv", "yubo", "longfei", "haoyun", "xinda",
    "tongli", "kuaixin", "ruifu", "jinmao", "shunda", "baolai",
)  # fmt: skip
# A way with few names (a short brand has few slips) must end with an error, not with an endless loop.
TRIES = 2000
PLAIN = (
    "jiaju", "shuyuan", "tianqi", "lvyou", "meishi", "keji", "xuexi", "yinyue", "shequ", "huahui", "jixie", "wujin",
    "chongwu", "yundong", "sheying", "zhuangxiu", "caipu", "diaoyu", "gushi", "chaye",
)  # fmt: skip
# Honest names that contain the brand's letters or resemble them: what a screen for names must leave alone.
NEAR = (
    "weili-travel", "weilidian", "weilida-tools", "weilidai-tour", "wldwujin", "weilidaye", "weilizi-air", "weilai-dai",
    "dailiwei", "weilida-meirong", "weilidai-homestay", "wlddesign",
)  # fmt: skip
_LOOKS = {"l": "1Ii", "i": "1l", "d": "cl", "a": "4e", "w": ("vv",), "e": "3a"}


class Namer:
    """Makes hostnames, each once. `latin` is the brand in Latin letters, `chinese` its names, `official` its domain."""

    def __init__(self, chance: random.Random, latin: str, chinese: str, official: str) -> None:
        """Take the generator of chance and what is to be imitated."""
        self.chance, self.latin, self.chinese, self.official = chance, latin, chinese, official
        self.used: set[str] = set()

    def once(self, make: Callable[[], str]) -> str:
        """Give a name that was not given before; raise ValueError where a way has no names left."""
        for _ in range(TRIES):
            name = make().lower()
            if name not in self.used:
                self.used.add(name)
                return name
        raise ValueError("the range has no further hostname of this kind; plant fewer of them")

    def _tld(self) -> str:
        return self.chance.choice(TLDS)

    def _word(self) -> str:
        return self.chance.choice(ADDED)

    def _junk(self) -> str:
        return self.chance.choice(JUNK) + str(self.chance.randrange(10, 999))

    def added(self) -> str:
        """Give the brand with a word put to it, as `weilidai-kefu.top`."""
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self.latin}{self._word()}.{self._tld()}",
            lambda: f"{self.latin}-{self._word()}.{self._tld()}",
            lambda: f"{self._word()}{self.latin}.{self._tld()}",
            lambda: f"www.{self.latin}{self.chance.randrange(1, 999)}.{self._tld()}",
            lambda: f"m.{self._word()}-{self.latin}.{self._tld()}",
        )
        return self.once(self.chance.choice(forms))

    def typed(self) -> str:
        """Give the brand with one slip of the finger or one look-alike letter."""
        return self.once(lambda: f"{self._slip()}{self.chance.choice(('', '', self._word()))}.{self._tld()}")

    def _slip(self) -> str:
        at = self.chance.randrange(len(self.latin))
        letter = self.latin[at]
        ways = [
            self.latin[:at] + self.latin[at + 1 :],
            self.latin[:at] + letter * 2 + self.latin[at + 1 :],
            self.latin[:at] + self.latin[at + 1 : at + 2] + letter + self.latin[at + 2 :],
            *(self.latin[:at] + look + self.latin[at + 1 :] for look in _LOOKS.get(letter, ())),
        ]
        return self.chance.choice([way for way in ways if way.lower() != self.latin])

    def levels(self) -> str:
        """Give a host whose lower levels hold the brand or its official domain, as `webank.com.hytq31.top`."""
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self.official}.{self._junk()}.{self._tld()}",
            lambda: f"{self.latin}.{self.official}.{self._junk()}.{self._tld()}",
            lambda: f"{self.latin}.{self._junk()}.{self._tld()}",
            lambda: f"www.{self.latin}.{self._word()}.{self._junk()}.{self._tld()}",
        )
        return self.once(self.chance.choice(forms))

    def script(self) -> str:
        """Give a name in Chinese characters, as DNS writes it."""
        tails = ("", "官网", "客服", "下载", "申请", "借款", "app")
        heads = (self.chinese, self.chinese, self._heard())
        return self.once(lambda: self._encoded(self.chance.choice(heads) + self.chance.choice(tails)))

    def _encoded(self, label: str) -> str:
        return f"{label.encode('idna').decode()}.{self.chance.choice(('com', 'cn', 'net', 'top'))}"

    def _heard(self) -> str:
        swaps = {"微": "薇威", "粒": "立利", "贷": "代"}
        at = self.chance.randrange(len(self.chinese))
        other = swaps.get(self.chinese[at], self.chinese[at])
        return self.chinese[:at] + self.chance.choice(other) + self.chinese[at + 1 :]

    def junk(self) -> str:
        """Give a host that says nothing."""
        forms: tuple[Callable[[], str], ...] = (
            lambda: f"{self._junk()}.{self._tld()}",
            lambda: f"h5.{self._junk()}.{self._tld()}",
            lambda: f"{self._junk()}-{self.chance.choice(('api', 'user', 'web', 'mob'))}.{self._tld()}",
        )
        return self.once(self.chance.choice(forms))

    def plain(self) -> str:
        """Give an ordinary host."""
        return self.once(self._plain)

    def _plain(self) -> str:
        pick, words = self.chance.choice, self.chance.sample(PLAIN, 2)
        tail = pick(("", "", "8", "net", str(self.chance.randrange(10, 99999))))
        return f"www.{''.join(words)}{tail}.{pick(('com', 'cn', 'net'))}"

    def near(self) -> str:
        """Give an honest host that only sounds like the brand."""
        tails = ("", "", str(self.chance.randrange(2, 99)))
        tlds = ("com", "cn", "net", "com.cn")
        pick = self.chance.choice
        return self.once(lambda: f"www.{pick(NEAR)}{pick(tails)}.{pick(tlds)}")
