"""Are the classes of disguise general, or tuned to some brands? Invented names, each in every kind that fits it.

    python benchmarks/names_disguises.py [--show] [--mode strict|balanced]

Forty names are put together from common characters of names; no brand of ours is among them. What is written for a
character comes from tables of this file (by hand), from pypinyin, opencc and Unicode, never from the product's own.
"""

# ruff: noqa: E501  # tables of disguises read best in long rows

import argparse
import hashlib
import html
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from zhengben.core.brand import Brand, Channel, Names
from zhengben.names.api import find_names, pack

# character: English, picture, parts, a look-alike, another character of that sound, one of a near sound
BY_HAND = """
云 cloud ☁ 二厶 去 匀 用
山 mountain ⛰ - 出 删 三
川 river 🏞 - 州 穿 窗
河 river 🏞 氵可 何 合 -
海 sea 🌊 氵每 悔 害 -
星 star ⭐ 日生 昱 腥 新
月 moon 🌙 - 用 越 -
火 fire 🔥 - 灭 伙 -
林 forest 🌲 木木 材 淋 玲
石 stone 🪨 厂口 右 拾 四
风 wind 🌬 几乂 凤 丰 分
雪 snow ❄ 雨彐 霄 血 -
花 flower 🌸 艹化 华 滑 发
竹 bamboo 🎋 - 什 烛 足
松 pine 🌲 木公 忪 淞 -
梅 plum 🌸 木每 侮 眉 -
桥 bridge 🌉 木乔 侨 荞 -
鹿 deer 🦌 - 庹 录 努
虎 tiger 🐯 虍几 虏 唬 福
龙 dragon 🐉 - 尤 笼 农
马 horse 🐴 - 乌 玛 -
鹰 eagle 🦅 广鸟 膺 英 音
米 rice 🌾 - 采 迷 -
谷 valley 🏞 八人口 俗 古 -
豆 bean 🫘 一口丷一 亘 斗 -
橙 orange 🍊 木登 橱 成 岑
桃 peach 🍑 木兆 姚 逃 -
柚 pomelo 🍊 木由 袖 釉 -
快 fast ⚡ 忄夬 块 筷 -
安 peace 🛡 宀女 宴 氨 昂
信 trust ✉ 亻言 诘 芯 性
福 luck 🧧 礻畐 富 幅 胡
宝 treasure 💎 宀玉 室 饱 -
晴 sunny ☀ 日青 睛 情 秦
光 light 💡 - 先 咣 关
蓝 blue 🔵 艹监 监 岚 难
微 tiny - - 徽 薇 -
众 crowd 👥 人从 丛 重 宗
银 silver 🥈 钅艮 很 吟 赢
行 - 🏦 彳亍 衍 航 寒
贷 loan 💸 代贝 货 带 -
付 pay 💳 亻寸 忖 副 户
借 borrow - 亻昔 措 介 -
保 protect 🛡 亻呆 堡 饱 -
险 risk ⚠ 阝佥 检 显 翔
钱 money 💰 钅戋 线 前 强
包 bag 👜 勹巳 句 胞 -
金 gold 🥇 - 全 今 京
"""
NAMES = """
云山贷 星河贷 海星贷 月桥贷 火鹿贷 林石贷 风信贷 雪松贷 花鹿贷 竹马贷 梅桥贷 虎谷贷 龙海贷 鹰快贷 米豆贷 桃福贷 橙光贷 柚米贷 晴川贷 蓝海贷
云川银行 星桥银行 海谷银行 雪石银行 松鹿银行 橙林银行 龙桥银行 蓝竹银行 鹿河银行 微梅银行 云鹰保险 桃安保险 石虎保险 花海保险
柚借 橙付 豆付 鹿借 竹付 星河钱包 米鹿钱包
"""
FRAMES = ("代开{}，秒下款，不看征信", "{}强开内部通道，加微信", "出{}额度，先下款再付钱")
ENGLISH_TRADES = {"银行": "bank", "保险": "insurance", "钱包": "wallet", "贷": "loan", "付": "pay"}
FULL = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
TABLE = {row.split()[0]: row.split()[1:] for row in BY_HAND.strip().splitlines()}
OWN = [name for name in NAMES.split() if name]
Written = Callable[[str], str]


def hand(column: int) -> Callable[[str], str]:
    """What stands for a character in one column of the table; empty where nothing does."""
    return lambda char: "" if TABLE[char][column] == "-" else TABLE[char][column]


english, picture, parts, look, sound, near = (hand(column) for column in range(6))


def pinyin(name: str, style: Style = Style.NORMAL) -> list[str]:
    """The syllables of a name."""
    return lazy_pinyin("行" if name == "行" else name, style=style)


@cache
def traditional() -> OpenCC:
    """The converter to traditional characters."""
    return OpenCC("s2t")


def one(change: Written, name: str, at: int = 0) -> str:
    """A name with one character written otherwise: the first from `at` on that has a way; empty for none."""
    order = [*range(at, len(name)), *range(at)]
    place = next((k for k in order if change(name[k])), None)
    return "" if place is None else name[:place] + change(name[place]) + name[place + 1 :]


def own(name: str) -> int:
    """How many characters stand before the word of the trade."""
    return next((len(name) - len(tail) for tail in ENGLISH_TRADES if name.endswith(tail)), len(name))


def every(change: Written, name: str) -> str:
    """A name with all characters written otherwise; empty where one has no way."""
    found = [change(char) for char in name]
    return "".join(found) if all(found) else ""


def styled(first: int) -> Written:
    """The letters of the pinyin in another alphabet."""
    return lambda name: "".join(chr(first + ord(c) - 97) for c in "".join(pinyin(name)))


def latin(name: str, change: dict[str, str]) -> str:
    """The pinyin with letters replaced, at most two; empty where none can be."""
    letters, left = "", 2
    for letter in "".join(pinyin(name)):
        letters += change.get(letter, letter) if left else letter
        left -= letter in change and left > 0
    return letters if left < 2 else ""


def acrostic(name: str) -> str:
    """A line for every character, which begins with it."""
    ends = "光照进生活|到渠成不用愁|来运转看今朝|上加好等你来"
    return "\n".join(char + ends.split("|")[k % 4] for k, char in enumerate(name))


def explained(name: str) -> str:
    """Each character named by its parts or a word."""
    words = {
        "贷": "贷款",
        "银": "银色",
        "行": "行走",
        "付": "付出",
        "借": "借书",
        "保": "保护",
        "险": "危险",
        "钱": "金钱",
        "包": "书包",
    }
    told = [f"{words.get(c, c + c)}的{c}" for c in name]
    return "，".join(told)


KINDS: dict[str, Written] = {
    "exact": lambda n: n,
    "traditional": lambda n: (t := traditional().convert(n)) * (t != n),
    "traditional, one": lambda n: one(lambda c: (t := traditional().convert(c)) * (t != c), n),
    "homophone, one": lambda n: one(sound, n),
    "homophone, last": lambda n: one(sound, n, len(n) - 1),
    "homophone, two": lambda n: every(sound, n[:2]) and every(sound, n[:2]) + n[2:] if len(n) > 2 else "",
    "homophone, all": lambda n: every(sound, n) if len(n) > 2 else "",
    "near sound": lambda n: one(near, n) if len(n) > 2 else "",
    "look-alike": lambda n: one(look, n),
    "look-alike, two": lambda n: every(look, n[:2]) and every(look, n[:2]) + n[2:] if len(n) > 2 else "",
    "pinyin": lambda n: "".join(pinyin(n)),
    "pinyin, blanks": lambda n: " ".join(pinyin(n)),
    "pinyin, capitals": lambda n: "".join(s.capitalize() for s in pinyin(n)),
    "pinyin, tone marks": lambda n: "".join(lazy_pinyin(n, style=Style.TONE)),
    "pinyin, tone digits": lambda n: "".join(lazy_pinyin(n, style=Style.TONE3)),
    "pinyin, one": lambda n: one(lambda c: pinyin(c)[0], n),
    "leet": lambda n: latin(n, {"o": "0", "i": "1", "e": "3", "a": "4", "b": "8", "s": "$"}),
    "leet, one in Chinese": lambda n: (drawn := latin(n[-1], {"o": "0", "i": "1", "e": "3", "a": "4", "b": "8"})) and n[:-1] + drawn,
    "homoglyphs": lambda n: latin(n, dict(zip("aeopcyxi", "аеорсухі", strict=True))),
    "bold": styled(0x1D41A),
    "circled": styled(0x24D0),
    "squares": styled(0x1F130),
    "full width": lambda n: "".join(FULL[c] for c in "".join(pinyin(n))),
    "initial": lambda n: pinyin(n)[0][0].upper() + n[1:] if len(n) > 2 else "",
    "bopomofo": lambda n: one(lambda c: "".join(lazy_pinyin(c, style=Style.BOPOMOFO)), n),
    "bopomofo, all": lambda n: "".join(lazy_pinyin(n, style=Style.BOPOMOFO)),
    "picture": lambda n: one(picture, n),
    "picture, last": lambda n: one(picture, n, len(n) - 1),
    "picture, two": lambda n: one(picture, n[: own(n)]) + n[own(n) :] if own(n) > 1 else "",
    "parts, one": lambda n: one(parts, n),
    "parts, last": lambda n: one(parts, n, len(n) - 1),
    "parts of radicals": lambda n: one(lambda c: "".join({"贝": "⻉", "亻": "⺅", "氵": "⺡", "艹": "⺾", "木": "⽊", "口": "⼝", "日": "⽇", "钅": "⻐", "女": "⼥", "代": "代"}.get(p, p) for p in parts(c)), n),
    "English, own": lambda n: one(english, n[: own(n)]) + n[own(n) :],
    "English, trade": lambda n: next((n[: own(n)] + v for k, v in ENGLISH_TRADES.items() if n.endswith(k)), ""),
    "separators": "*".join,
    "separators, long": " ~ ".join,
    "separators, one": lambda n: n[0] + "·" + n[1:],
    "filler, letter": "x".join,
    "filler, letters": "xx".join,
    "filler, digits": lambda n: n[0] + "666" + n[1:] if len(n) > 2 else "",
    "filler, words": "哈".join,
    "zero width": "\u200b".join,
    "invisible": "\u2062".join,
    "combining": lambda n: "".join(c + "\u0336" for c in n),
    "brackets": lambda n: "".join(f"【{c}】" for c in n),
    "remark": lambda n: f"{n[0]}（此处打码）{n[1:]}",
    "annotated": lambda n: "".join(f"{c}({s})" for c, s in zip(n, pinyin(n), strict=True)),
    "tags": "<b>".join,
    "html": lambda n: "".join(f"&#{ord(c)};" for c in n),
    "html, hex": lambda n: "".join(f"&#x{ord(c):x};" for c in n),
    "url": lambda n: "".join(f"%{b:02X}" for b in n.encode()),
    "unicode": lambda n: n.encode("unicode_escape").decode(),
    "twice": lambda n: html.escape("".join(f"&#{ord(c)};" for c in n)),
    "reversed": lambda n: f"\u202e{n[::-1]}\u202c",
    "backwards": lambda n: n[::-1] if len(n) > 2 else "",
    "swapped": lambda n: n[0] + n[2] + n[1] + n[3:] if len(n) > 2 else "",
    "downwards": "\n".join,
    "acrostic": lambda n: acrostic(n) if len(n) > 2 else "",
    "acrostic, clauses": lambda n: acrostic(n).replace("\n", "，") if len(n) > 2 else "",
    "explained": explained,
    "stretched": lambda n: "".join(s + s[-1] * 3 for s in pinyin(n)),
    "doubled": lambda n: "".join(c * 2 for c in n),
    "compatibility": lambda n: one(lambda c: {"金": "⾦", "行": "⾏", "山": "⼭", "川": "⼮", "月": "⽉", "火": "⽕", "石": "⽯", "竹": "⽵", "鹿": "⿅", "虎": "", "马": "", "米": "⽶", "谷": "⾕", "豆": "⾖"}.get(c, ""), n),
    "two: sound and picture": lambda n: one(sound, n[0]) + one(picture, n[1:]) if len(n) > 2 else "",
    "two: parts and English": lambda n: one(parts, n[: own(n)]) + n[own(n) :].replace("银行", "bank").replace("贷", "loan").replace("保险", "insurance").replace("钱包", "wallet") if own(n) > 1 and one(parts, n[: own(n)]) else "",
    "two: separators and look": lambda n: "*".join(one(look, n)) if len(n) > 2 and one(look, n) else "",
    "two: separators and sound": lambda n: "-".join(one(sound, n, 1)) if len(n) > 2 and one(sound, n, 1) else "",
    "two: pinyin and circles": lambda n: "".join(chr(0x24D0 + ord(x) - 97) for x in pinyin(n[0])[0]) + n[1:],
    "two: tradit. and zero width": lambda n: "\u200b".join(t) if (t := traditional().convert(n)) != n else "",
    "two: swap and picture": lambda n: n[1] + n[0] + one(picture, n[2:]) if len(n) > 2 and one(picture, n[2:]) else "",
}  # fmt: skip


def brand(name: str) -> Brand:
    """A dossier of one invented name."""
    channel = Channel(kind="domain", exists="yes", value="official.example")
    return Brand(id=name, owner=name, finance=True, names=Names(primary=name), channels=(channel,))


def sentences() -> Iterator[tuple[str, str, str, str, int, int]]:
    """Kind, name, what stands for it, sentence, and its span."""
    for kind, change in KINDS.items():
        for name in OWN:
            written = change(name)
            if not written:
                continue
            frame = FRAMES[hashlib.sha256(f"{kind}{name}".encode()).digest()[0] % len(FRAMES)]
            frame = frame.replace("{}", "\n{}\n") if kind.startswith(("downwards", "acrostic")) else frame
            start = frame.index("{}")
            yield kind, name, written, frame.replace("{}", written), start, start + len(written)


def main() -> int:
    """Count, by kind, the names that are found where they stand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--mode", default="balanced")
    options = parser.parse_args()
    known = {name: pack((brand(name),)) for name in OWN}
    found: defaultdict[str, list[bool]] = defaultdict(list)
    missed = defaultdict(list)
    for kind, name, written, sentence, start, end in sentences():
        hits = find_names(sentence, known[name], options.mode)
        hit = any(h.start < end and h.end > start for h in hits)
        found[kind].append(hit)
        if not hit:
            missed[kind].append(unicodedata.normalize("NFC", written.replace("\n", "\\n")))
    for kind, row in sorted(found.items(), key=lambda item: sum(item[1]) / len(item[1])):
        print(f"{kind:30}{100 * sum(row) / len(row):6.1f} %  {sum(row)}/{len(row)}", *missed[kind][: 14 * options.show])
    means = [sum(row) / len(row) for row in found.values()]
    print(
        f"mean of {len(means)} kinds: {100 * sum(means) / len(means):.1f} %; all {sum(map(sum, found.values()))}/{sum(map(len, found.values()))}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
