"""What fakes call themselves: each technique over each brand."""

SHORT = {
    "weilidai": "微粒贷",
    "huabei": "花呗",
    "webank": "微众银行",
    "zhenlian": "榛联银行",
    "quorvia": "Quorvia",
    "hongmaidai": "泓麦贷",
}
NEVER = ("weilidai", "huabei", "hongmaidai")
LATIN = {
    "weilidai": "WeiLiDai",
    "huabei": "mayihuabei",
    "webank": "WeiZhongYinHang",
    "zhenlian": "ZhenlianBank",
    "quorvia": "Quorvia",
    "hongmaidai": "HongMaiDai",
}
TRADITIONAL = {
    "weilidai": "微粒貸",
    "huabei": "花唄",
    "webank": "微眾銀行",
    "zhenlian": "榛聯銀行",
    "quorvia": "闊維亞",
    "hongmaidai": "泓麥貸",
}
GLYPH = {
    "weilidai": "徽粒货",
    "huabei": "芲呗",
    "webank": "徽众银行",
    "zhenlian": "榛联银亍",
    "quorvia": "Quоrviа",
    "hongmaidai": "泓麦货",
}
HOMOPHONE = {
    "weilidai": "微利贷",
    "huabei": "花贝",
    "webank": "微重银行",
    "zhenlian": "臻联银行",
    "quorvia": "Kworvia",
    "hongmaidai": "鸿麦贷",
}
LEET = {
    "weilidai": "We1lidai",
    "huabei": "mayihuabe1",
    "webank": "w3bank",
    "zhenlian": "Zhen1ianBank",
    "quorvia": "Qu0rvia",
    "hongmaidai": "H0ngmaidai",
}


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _zero(text: str) -> str:
    return "\u200b".join(text[:2]) + "\u2060" + "\ufe0f".join(text[2:])


def labels(technique: str, brand: str) -> str:
    """BRAND's name in the disguise of TECHNIQUE."""
    name = SHORT[brand]
    made = {
        "plain": name,
        "suffix": f"{name}极速版",
        "prefix": f"新版{name}官方",
        "bait": f"强开{name}提额",
        "version": f"{name} 2.0",
        "zero": _zero(name),
        "spaced": " ".join(name),
        "dotted": "·".join(name),
        "emoji": f"💰{name}🔥",
        "rlo": "\u202e" + name[::-1] + "\u202c",
        "isolates": "\u2066" + name[:2] + "\u2069" + name[2:],
        "traditional": TRADITIONAL[brand],
        "pinyin": LATIN[brand],
        "fullwidth": _wide(LATIN[brand]),
        "glyph": GLYPH[brand],
        "leet": LEET[brand],
        "homophone": HOMOPHONE[brand],
        "combining": "\u0336".join(name) + "\u0336",
        "tags": name[0] + "\U000e0061" + name[1:] + "\u00ad",
        "newline": name[:1] + "\n" + name[1:],
        "brackets": "".join(f"【{c}】" for c in name),
        "mathematical": "".join(chr(0x1D41A + ord(c) - 97) if "a" <= c <= "z" else c for c in LATIN[brand].lower()),
        "company": f"{name}有限公司客户端",
    }
    return made[technique]


TECHNIQUES = (
    "suffix",
    "prefix",
    "bait",
    "version",
    "zero",
    "spaced",
    "dotted",
    "emoji",
    "rlo",
    "isolates",
    "traditional",
    "pinyin",
    "fullwidth",
    "glyph",
    "leet",
    "homophone",
    "combining",
    "tags",
    "newline",
    "brackets",
    "mathematical",
    "company",
)
FLAG_ONLY = ("homophone",)
