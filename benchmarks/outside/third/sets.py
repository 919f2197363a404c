"""Slips and benign sentences: the hand-written parts, and the halves."""

import hashlib
import itertools
import random
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

sys.path.append(str(Path(__file__).resolve().parents[1]))

from spans import Slip, by_hand, spanned

HERE = Path(__file__).resolve().parent
CODES = {
    "wl": "weilidai",
    "wy": "weiyedai",
    "wz": "webank",
    "hb": "huabei",
    "jb": "jiebei",
    "lf": "lingfengbank",
    "zc": "zhuchen",
    "hf": "huifandai",
    "cd": "chengdou",
    "ly": "liangyou",
}
TAILS = (
    "微粒",
    "粒贷",
    "微众",
    "众银",
    "微业",
    "花呗",
    "借呗",
    "岭丰",
    "丰银",
    "筑辰",
    "惠帆",
    "橙兜",
    "良佑",
    "佑保",
    "保险",
    "银行",
    "消费",
)


def dev(*parts: str) -> bool:
    """Whether an item is of the half that may be looked at: one bit of the hash of its PARTS."""
    return hashlib.sha256("\t".join(("third set", *parts)).encode()).digest()[5] % 2 == 0


def slips() -> Iterator[Slip]:
    """Every slip, by sort; the span stands between 〔 and 〕 in the files."""
    for path in sorted((HERE / "slips").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, marked = line.split(" ", 1)
            yield Slip(path.stem, CODES[code.rstrip("?")], *spanned(marked), not code.endswith("?"))


def _framed() -> Iterator[tuple[str, str]]:
    """Half of what words and sentences give, chosen by a seed."""
    frames = tomllib.loads((HERE / "benign" / "frames.toml").read_text(encoding="utf-8"))
    for kind, frame in frames.items():
        whole = [sentence.replace("{}", word) for word in frame["words"] for sentence in frame["sentences"]]
        for text in random.Random(f"third/{kind}").sample(whole, len(whole) // 2):
            yield f"near words, {kind}", text


def _words() -> Iterator[tuple[str, str]]:
    """Dictionary words alone: those that sound at two neighbouring characters like a name, and 400 others."""
    heard = {tuple(lazy_pinyin(tail)) for tail in TAILS}
    pool = sorted(word for word in phrases_dict if len(word) > 1)
    random.Random("third/words").shuffle(pool)
    spelt = {word: lazy_pinyin(word) for word in pool[:15000]}
    near = [word for word, said in spelt.items() if heard & set(itertools.pairwise(said))]
    for word in [*near, *pool[15000:15400]]:
        yield "words alone", word


def benign() -> list[tuple[str, str]]:
    """Kind and sentence, no sentence twice."""
    parts = (by_hand(HERE / "benign" / "hand.txt"), _framed(), _words())
    found = {text: (kind, text) for part in parts for kind, text in part}
    return list(found.values())
