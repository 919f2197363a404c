"""What a title says beside a name: a trade, a service, a building, talk about it; no brand and no dossier is asked."""

import unicodedata

from zhengben.detect.lexicon import listed

FAN = listed("talk")
# a business of another trade may carry the same word in its name (花呗花店): for a person to see, not to accuse
OTHER_TRADE = listed("other_trade")
SERVES = listed("serves")
# 微粒贷怎么开通 may be an answer or an advertisement: words that take an application decide
TAKES = listed("takes")
# what an advertisement or a search result says that compares or explains, beside the words above
_COMPARES = listed("compares")
# money is offered there, whatever is written in brackets behind
_MONEY = listed("money_desk")
_TOOL = listed("tool")
_LENDS = listed("lends")
_WHERE = listed("whereabouts")
_PREMISES = listed("premises")


def is_tool(title: str) -> bool:
    """Tell whether an app keeps accounts or compares, and lends nothing, by its title.

    >>> is_tool("账单小助手：信用卡 花呗 一键记账"), is_tool("微粒贷借钱管家")
    (True, False)
    """
    return bool(_TOOL.search(title)) and not _LENDS.search(title)


def informs(title: str) -> bool:
    """Tell whether an advertisement or a search result explains, compares or counts, and takes no application.

    >>> informs("微粒贷 借呗 哪个好"), informs("房贷计算器 花呗利率"), informs("微粒贷怎么开通 立即测额")
    (True, True, False)
    """
    return not TAKES.search(title) and (bool(FAN.search(title) or _COMPARES.search(title)) or is_tool(title))


def is_elsewhere(title: str, matched: str) -> bool:
    """Tell whether a place is somebody else's, and the name in brackets only says where it is.

    >>> is_elsewhere("瑞幸咖啡(微众银行大厦店)", "微众银行"), is_elsewhere("贷款中心(微粒贷授权店)", "微粒贷")
    (True, False)
    """
    before, bracket, inside = unicodedata.normalize("NFKC", title).partition("(")
    if not bracket or matched not in inside or matched in before or len(before.strip()) < 2:
        return False
    return not _MONEY.search(before) and bool(_WHERE.search(inside))


def is_premises(title: str) -> bool:
    """Tell whether a place is a building, a stop or a car park named after the brand, where nothing is offered.

    >>> is_premises("微众银行大厦(地铁站)"), is_premises("微众银行大厦贷款中心")
    (True, False)
    """
    return bool(_PREMISES.search(title)) and not SERVES.search(_PREMISES.sub("", title))
