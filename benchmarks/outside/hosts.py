"""Hostnames that pass themselves off as a brand, by technique, and hard names that are nobody's impostor.

The techniques follow field practice, not any tool's list of fuzzers; every name is made from the
brand's public name alone.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tables import CYRILLIC, DIGITS, NEIGHBOURS, SHAPE, SOUND, TRADITIONAL

DATA = Path(__file__).resolve().parent / "data"
TLDS = [
    "com",
    "cn",
    "net",
    "top",
    "xyz",
    "vip",
    "cc",
    "com.cn",
    "club",
    "shop",
    "site",
    "online",
    "icu",
    "info",
    "app",
    "work",
    "ltd",
    "pro",
    "wang",
    "life",
]
LURES_PINYIN = [
    "jiekuan",
    "daikuan",
    "kefu",
    "guanwang",
    "xiazai",
    "qianbao",
    "jiasu",
    "tie",
    "tixian",
    "shenqing",
    "kaitong",
    "edu",
    "huankuan",
    "renzheng",
]
LURES_ENGLISH = [
    "app",
    "loan",
    "login",
    "official",
    "service",
    "pay",
    "h5",
    "download",
    "credit",
    "secure",
    "wallet",
    "verify",
    "apply",
    "help",
]
HOSTING = [
    "pages.dev",
    "vercel.app",
    "github.io",
    "netlify.app",
    "web.app",
    "oss-cn-hangzhou.aliyuncs.com",
    "wixsite.com",
]
STRANGERS = ["jiaofei88", "hx2019", "zhongxin-fw", "bxsdk", "m-user", "kjhgf", "qwe123", "s0", "fuwuzx", "tt66"]


@dataclass(frozen=True)
class Brand:
    """What the generator knows of a brand: its name in characters, its syllables, its own Latin name if it has one."""

    id: str
    han: str
    syllables: tuple[str, ...]
    latin: str = ""

    @property
    def pinyin(self) -> str:
        """Its syllables run together, as in a hostname."""
        return "".join(self.syllables)

    @property
    def main(self) -> str:
        """The Latin name a hostname would carry."""
        return self.latin or self.pinyin


BRANDS = (
    Brand("weilidai", "微粒贷", ("wei", "li", "dai")),
    Brand("weiyedai", "微业贷", ("wei", "ye", "dai")),
    Brand("webank", "微众银行", ("wei", "zhong", "yin", "hang"), "webank"),
    Brand("jiebei", "蚂蚁借呗", ("ma", "yi", "jie", "bei")),
    Brand("huabei", "蚂蚁花呗", ("ma", "yi", "hua", "bei")),
    Brand("lanzhoudai", "澜舟贷", ("lan", "zhou", "dai")),
    Brand("hesui", "禾穗银行", ("he", "sui", "yin", "hang"), "hesuibank"),
    Brand("xingyan", "星砚金", ("xing", "yan", "jin")),
    Brand("chenggu", "橙谷分期", ("cheng", "gu", "fen", "qi")),
)
SHORT = {"weilidai": "wld", "weiyedai": "wyd", "lanzhoudai": "lzd", "xingyan": "xyj"}


def ascii_form(label: str) -> str:
    """A label as it stands in a certificate: punycode where it is not ASCII."""
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()


def _swapped(word: str, table: dict[str, str]) -> Iterator[str]:
    """WORD with one character replaced, for every place and every stand-in."""
    for at, char in enumerate(word):
        for other in table.get(char, ""):
            if other != char:
                yield word[:at] + other + word[at + 1 :]


def _tld(number: int) -> str:
    return TLDS[number % len(TLDS)]


def _han_hosts(brand: Brand) -> Iterator[tuple[str, str]]:
    endings = ("", "客服", "app", "官网", "借款", "下载")
    for number, ending in enumerate(endings):
        yield "idn", f"{ascii_form(brand.han + ending)}.{_tld(number)}"
    yield "idn", f"{ascii_form('www' + brand.han)}.cn"
    for technique, table in (("traditional", TRADITIONAL), ("homophone", SOUND), ("glyph", SHAPE)):
        for number, word in enumerate(_swapped(brand.han, table)):
            yield technique, f"{ascii_form(word)}.{_tld(number)}"
            if technique == "traditional":
                yield technique, f"{ascii_form(word + '官网')}.{_tld(number + 1)}"
                yield technique, f"m.{ascii_form(word + '客服')}.{_tld(number + 2)}"
    folded = "".join(TRADITIONAL.get(char, char)[0] for char in brand.han)
    yield "traditional", f"{ascii_form(folded)}.com"


def _latin_hosts(brand: Brand) -> Iterator[tuple[str, str]]:
    name = brand.main
    for number, tld in enumerate(TLDS):
        yield "tld_swap", f"{name}.{tld}"
        if brand.latin:
            yield "pinyin", f"{brand.pinyin}.{tld}"
        else:
            yield "pinyin", f"www.{name}.{tld}" if number % 2 else f"h5.{name}{number}.{tld}"
    for number, lure in enumerate(LURES_PINYIN):
        yield "combo_pinyin", f"{name}{lure}.{_tld(number)}"
        yield "combo_pinyin", f"{lure}-{name}.{_tld(number + 3)}"
    for number, lure in enumerate(LURES_ENGLISH):
        yield "combo_english", f"{name}-{lure}.{_tld(number)}"
        yield "combo_english", f"{lure}{name}.{_tld(number + 5)}"
    for number, host in enumerate(itertools.chain(HOSTING, (f"{s}.{_tld(n)}" for n, s in enumerate(STRANGERS)))):
        yield "level_squat", f"{name}.{host}" if number % 2 else f"www.{name}.com.{host}"


def _slips(name: str) -> Iterator[tuple[str, str]]:
    for number in range(1, len(name)):
        tld = _tld(number)
        yield "typo_omission", f"{name[:number] + name[number + 1 :]}.{tld}"
        yield "typo_doubling", f"{name[:number] + name[number] + name[number:]}.{tld}"
        yield "hyphen", f"{name[:number]}-{name[number:]}.{tld}"
        swapped = name[: number - 1] + name[number] + name[number - 1] + name[number + 1 :]
        if swapped != name:
            yield "typo_transposition", f"{swapped}.{tld}"
    yield from _slips_of_a_key(name)
    yield from _flips(name)


def _slips_of_a_key(name: str) -> Iterator[tuple[str, str]]:
    for at in range(1, len(name) - 1):
        for near in NEIGHBOURS.get(name[at], ""):
            yield "typo_neighbour", f"{name[:at] + near + name[at + 1 :]}.{_tld(at)}"


def _flips(name: str) -> Iterator[tuple[str, str]]:
    for at, char in enumerate(name):
        for other in (chr(ord(char) ^ (1 << bit)) for bit in range(5)):
            if other.isascii() and other.islower():
                yield "bit_flip", f"{name[:at] + other + name[at + 1 :]}.com"


def _stand_ins(brand: Brand) -> Iterator[tuple[str, str]]:
    name = brand.main
    for number, word in enumerate(_swapped(name, DIGITS)):
        yield "digits", f"{word}.{_tld(number)}"
        yield "digits", f"{word}-kefu.{_tld(number + 4)}"
    for number, word in enumerate(_swapped(name, CYRILLIC)):
        yield "homoglyph_latin", f"{ascii_form(word)}.{_tld(number)}"
    parts = (name[:5], name[5:]) if brand.latin else brand.syllables
    for number, lure in enumerate(LURES_PINYIN[:6]):
        yield "hyphen", f"{'-'.join(parts)}-{lure}.{_tld(number)}"


def _initials(brand: Brand) -> Iterator[tuple[str, str]]:
    short = SHORT.get(brand.id)
    if short:
        for number, lure in enumerate(LURES_PINYIN + LURES_ENGLISH[:8]):
            yield "initials", f"{short}{lure}.{_tld(number)}"
            yield "initials", f"{lure}-{short}.{_tld(number + 2)}"


def impostors() -> list[tuple[str, str, str]]:
    """(technique, brand, hostname), each hostname once, in a fixed order."""
    seen: dict[str, tuple[str, str, str]] = {}
    own = {"webank.com"}
    for brand in BRANDS:
        made = (_han_hosts(brand), _latin_hosts(brand), _slips(brand.main), _stand_ins(brand), _initials(brand))
        for technique, host in itertools.chain.from_iterable(made):
            if host not in own and ".-" not in host and "-." not in host:
                seen.setdefault(host, (technique, brand.id, host))
    return list(seen.values())


def benign() -> list[str]:
    """Hard names that nobody may call an impostor: written by hand, and hand-written stems under ordinary endings."""
    text = (DATA / "hosts_benign.txt").read_text(encoding="utf-8")
    names: dict[str, None] = {}
    endings: list[str] = []
    for line in text.splitlines():
        if line.startswith("@endings"):
            endings = line.split()[1:]
        elif line and not line.startswith("#"):
            for stem in line.split():
                if "." in stem:
                    names[".".join(ascii_form(label) for label in stem.split("."))] = None
                else:
                    names.update((f"{ending.replace('*', ascii_form(stem))}", None) for ending in endings)
    return list(names)
