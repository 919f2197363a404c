"""Compile the Chinese names of a brand to terms: a row of positions, each with every way to write its character."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from zhengben.core.brand import Brand
from zhengben.names import tables
from zhengben.names.glyphs import Alternative, alternatives
from zhengben.names.view import fold

LONGEST = 12  # a longer "name" is a sentence; its first characters decide
CONTEXT = frozenset(
    [
        "贷款",
        "借款",
        "借钱",
        "额度",
        "利息",
        "还款",
        "征信",
        "放款",
        "提额",
        "秒批",
        "下款",
        "到账",
        "银行",
        "信贷",
        "客服",
        "开通",
        "强开",
        "代开",
        "套现",
        "下载",
        "安装",
        "app",
        "APP",
        "链接",
        "链結",
        "免息",
        "逾期",
        "催收",
        "分期",
        "提现",
        "申请",
        "审批",
        "额渡",
        "贷",
        "钱",
        "微信",
        "支付宝",
        "验证码",
        "扫码",
        "办理",
        "手机",
        "用户",
        "登录",
        "注册",
        "点击",
        "账户",
        "年化",
        "利率",
        "加微",
        "联系",
        "貸款",
        "額度",
        "還款",
        "下載",
        "銀行",
        "客戶",
        "安裝",
        "借錢",
        # how those speak who sell and buy loans and accounts
        "口子",
        "点位",
        "同行勿扰",
        "全国可做",
        "黑户",
        "周转",
        "激活",
        "降息",
        "信用卡",
        "秒到",
        "秒过",
        "名额",
        "降额",
        "账单",
        "包过",
    ]
)


@dataclass(frozen=True)
class HanTerm:
    """One Chinese name: `positions[k]` maps each symbol to the way it stands for character k; `bit` is its place.

    `text` is in base forms, for the machine; `name` is what the dossier writes, character for character, for people.
    """

    brand: str
    text: str
    positions: tuple[Mapping[str, Alternative], ...]
    bit: int
    siblings: frozenset[str]
    keywords: tuple[str, ...]
    name: str

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """Give the length of the longest symbol of each position."""
        return tuple(max(map(len, position)) for position in self.positions)

    @cached_property
    def whole(self) -> int:
        """Give one bit for each position."""
        return (1 << len(self.positions)) - 1

    @cached_property
    def openings(self) -> frozenset[str]:
        """Give the characters the name may begin with."""
        return frozenset(symbol[0] for symbol in self.positions[0])

    @cached_property
    def exact(self) -> frozenset[str]:
        """Give the symbols that are one of the characters itself, in any form of writing."""
        return frozenset(s for position in self.positions for s, way in position.items() if way.cost <= 5)

    @cached_property
    def rare(self) -> tuple[bool, ...]:
        """Tell of each character whether it is rare enough in ordinary writing to speak for the name alone."""
        often = tables.frequency
        return tuple(often(char) < 400 for char in self.text)


def _position(char: str) -> Mapping[str, Alternative]:
    if not "\u3400" <= char <= "\u9fff":
        return {fold(char).symbol or char: Alternative("exact", 0)}
    known = dict(alternatives(char))
    for form in [s for s, a in known.items() if a.cost <= 5]:
        for reading in tables.readings(char)[:2]:
            known.setdefault(form + reading[:-1], Alternative("annotation", 10))
        known.setdefault(form * 2, Alternative("repeated", 15))
    return known


def han_terms(brands: tuple[Brand, ...]) -> tuple[HanTerm, ...]:
    """Compile every Chinese name of the brands; an alias that only differs in script is the same name."""
    terms: list[HanTerm] = []
    bit = 0
    for brand in brands:
        known: set[str] = set()
        for name in brand.names.chinese:
            text = "".join(c for c in name if fold(c).symbol)[:LONGEST]
            simple = "".join(tables.base(c) for c in text)
            if len(text) < 2 or simple in known or not any("\u3400" <= c <= "\u9fff" for c in text):
                continue
            known.add(simple)
            siblings = frozenset(brand.names.siblings) - {name}
            positions = tuple(map(_position, simple))
            terms.append(HanTerm(brand.id, simple, positions, bit, siblings, brand.names.keywords, text))
            bit += len(text)
    return tuple(terms)


def masks(terms: tuple[HanTerm, ...]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Give three bit masks a symbol: positions it may begin, positions it may end, positions it stands for exactly.

    The first position of a name is left out of the first, the last of the second. Neighbours may belong to a name where
    `ends << 1 & begins` is not zero.
    """
    begins: dict[str, int] = {}
    ends: dict[str, int] = {}
    exact: dict[str, int] = {}
    for term in terms:
        for k, position in enumerate(term.positions):
            bit = 1 << (term.bit + k)
            for symbol, way in position.items():
                if k:
                    begins[symbol[0]] = begins.get(symbol[0], 0) | bit
                if k < len(term.positions) - 1:
                    ends[symbol[-1]] = ends.get(symbol[-1], 0) | bit
                if way.cost <= 5:
                    exact[symbol] = exact.get(symbol, 0) | bit
    return begins, ends, exact
