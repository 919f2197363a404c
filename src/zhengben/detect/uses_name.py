"""A listing, account, place, job, company or advertisement that carries the brand's name as its own.

A name is somebody's own when it stands in the title; a forum, a guide or a complaint about the brand carries it too,
and is told apart by the words beside it.
"""

import re
import unicodedata

from zhengben.core.brand import Brand, Channel
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.core.view import view
from zhengben.detect.app_identity import legal_class
from zhengben.detect.job_offer import hires_falsely
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.official_account import plain, run_by_another
from zhengben.detect.official_domain import own_host
from zhengben.detect.open_sites import is_platform, of_others
from zhengben.detect.owner_name import BRANCH, same_firm
from zhengben.detect.public_service import host_of
from zhengben.detect.reading import read_words
from zhengben.detect.spellings import one_spelling
from zhengben.detect.stretched import stretched
from zhengben.names.api import Pack

SEES = ("account", "poi", "job", "company", "search_ad", "app_listing", "listing")
_KEPT = re.compile(
    r"小程序|公众号|服务号|订阅号|视频号|生活号|群聊"
)  # what is kept by an operator whatever it is listed as
# what stands in front of a mini-program's own name
_SORT = re.compile(r"\A\s*(?:微信|支付宝|抖音|百度)?小程序[\s:：「『“【]*")
FAN = listed("talk")
# what an advertisement or a search result says that compares or explains, beside the words above
_COMPARES = listed("compares")
_REFERENCE = listed("reference")
# money is offered there, whatever is written in brackets behind
_MONEY = listed("money_desk")
# 微粒贷怎么开通 may be an answer or an advertisement: words that take an application decide
_TAKES = listed("takes")
# a business of another trade may carry the same word in its name (花呗花店): for a person to see, not to accuse
OTHER_TRADE = listed("other_trade")
_BRANCH = listed("bank_branch")
_MACHINE = listed("cash_machine")
_TOOL = listed("tool")
_LENDS = listed("lends")
SERVES = listed("serves")
_OWN = {"account": 65, "poi": 65, "company": 65, "app_listing": 65, "search_ad": 50, "job": 50, "listing": 65}
_ANOTHERS = 30
_ALONE = 65  # enough to accuse
# what no lender writes over its own advertisement
_NO_BANKS = listed("no_lender_writes")
_LONG_NAME = 8  # characters: a short name with 银行 behind it is a brand's, a long one a registered company's
_LISTED = frozenset({"account", "poi", "app"})  # kinds a dossier can list
# what registers print behind a name, and the branches a registered name may carry
_REGISTER = re.compile(r"[\s（(【|，,；;].{0,40}\Z|\A(?:企业|公司|名称|单位)[:：]\s*")
_ASKED_OF_STAFF = re.compile(r"(?:无需|不限|不需)?[\u4e00-\u9fff]{0,2}经验")
_EDITION = listed("edition")
_WHERE = listed("whereabouts")
_PREMISES = listed("premises")
_WHERE_WORK = listed("workplace")


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that the title, or the company that publishes, carries the brand's name."""
    if sighting.kind == "app_listing" and brand.has_none("app"):
        return []
    if sighting.host and own_host(sighting.host, brand):
        return []
    if sighting.kind == "listing" and not (_KEPT.search(sighting.text) and run_by_another(sighting, brand)):
        return []
    return _title(sighting, brand, names) or _speaker(sighting, brand, names) or _registered(sighting, brand)


def _title(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    hits = mentions(sighting.title, brand, names)
    matched = hits[0].matched if hits else stretched(sighting.title, brand)
    if not matched or (sighting.kind == "poi" and is_elsewhere(sighting.title, matched)):
        return []
    facts = {"kind": sighting.kind, "title": sighting.title, "matched": matched, "speaker": sighting.speaker}
    facts |= {"legal_class": legal_class(brand)} if sighting.kind == "app_listing" else {}
    if _about(sighting, brand, names):
        return [Reason("name_in_title", 0, facts)]
    own = _worn(sighting, brand, matched) and not is_premises(sighting.title) and not _doubtful(sighting, brand)
    weight = _weight(sighting, brand, names) if own else _ANOTHERS
    return [Reason("uses_name", weight, facts), *_softened(sighting, brand)]


def _worn(sighting: Sighting, brand: Brand, matched: str) -> bool:
    """Tell whether the name is carried as one's own: with a service beside it, alone, or before another's goods."""
    alone = len(sighting.title.strip()) <= len(matched) + 2
    if SERVES.search(one_spelling(view(sighting.title).text)) or (alone and _kind_known(sighting.kind, brand)):
        return True
    return _SORT.sub("", sighting.title).startswith(matched) and _carried(sighting, brand)


def _softened(sighting: Sighting, brand: Brand) -> list[Reason]:
    """Give what speaks for the owner beside the name: its own name as operator, or where an advertisement leads."""
    reasons = []
    if named_as_owner(sighting, brand):
        reasons.append(Reason("says_owner", -60, {"owner": brand.owner, "needs": f"{sighting.kind}.identifier"}))
    elif sighting.speaker and plain(sighting.speaker) == plain(brand.owner):
        reasons.append(Reason("says_owner", -35, {"owner": brand.owner, "needs": f"{sighting.kind}.identifier"}))
    if shown := _shows_only_own(sighting, brand):
        facts = {"channel": shown.value, "kind": shown.kind, "source": shown.source, "needs": "search_ad.identifier"}
        reasons.append(Reason("named_as_official", -35, facts))
    elif platform := _shows_platform(sighting):
        reasons.append(Reason("leads_to_platform", -60, {"site": platform, "needs": "search_ad.identifier"}))
    return reasons


def _carried(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether a name that begins with the brand's is carried as one's own: by another's app or mini-program."""
    return sighting.kind == "listing" or (sighting.kind == "app_listing" and _by_another(sighting, brand))


def _by_another(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether an app is an edition of the brand's (Lite, Pro), or given out by somebody who is not its owner."""
    foreign = sighting.speaker.strip() and not same_firm(sighting.speaker, brand)
    return bool(foreign or _EDITION.search(sighting.title))


def _weight(sighting: Sighting, brand: Brand, names: Pack) -> int:
    """Give the points of a title that carries the brand's name as its own."""
    if sighting.kind == "job" and hires_falsely(sighting, brand, names):
        return _ALONE
    if sighting.kind == "search_ad":
        if _shown(sighting, brand) or _shows_platform(sighting):
            return _ANOTHERS  # an address shown is no address led to, and yet most often it is
        return _ALONE if _NO_BANKS.search(sighting.title) else _OWN["search_ad"]
    return _OWN[sighting.kind]


def _shown(sighting: Sighting, brand: Brand) -> list[Channel]:
    """Give the brand's own addresses among those an advertisement shows."""
    shown = (own_host(host_of(c.value), brand) for c in sighting.contacts if c.kind in {"url", "domain"})
    return [channel for channel in shown if channel is not None]


def _shows_only_own(sighting: Sighting, brand: Brand) -> Channel | None:
    """Give the brand's own address where an advertisement shows it and no other way to reach anybody.

    The brand advertises itself, and calls itself official there. Where the click leads was not seen, so a person looks.
    """
    own = _shown(sighting, brand) if sighting.kind == "search_ad" else []
    return own[0] if own and len(own) == len(sighting.contacts) else None


def _shows_platform(sighting: Sighting) -> str:
    """Give the platform whose front an advertisement shows, and no other way to reach anybody.

    Brands live inside such platforms and are advertised by them. Where the click leads was not seen.
    """
    shown = [host_of(c.value) for c in sighting.contacts if c.kind in {"url", "domain"}]
    only = sighting.kind == "search_ad" and len(shown) == len(sighting.contacts)
    return shown[0] if only and shown and all(map(is_platform, shown)) else ""


def _doubtful(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether the name alone may not accuse: another trade, a tool, or a branch of a bank that may have some."""
    title = sighting.title
    if sighting.kind in {"poi", "company", "account", "listing"} and OTHER_TRADE.search(title):
        return True
    if sighting.kind == "app_listing" and is_tool(title):
        return True
    branch = sighting.kind == "poi" and _BRANCH.search(title)
    # Nobody sets up a false cash machine on a map, and a dossier seldom lists every one of a bank's.
    machine = bool(_MACHINE.search(title)) and not brand.has_none("poi")
    return bool(branch) and (machine or not _kind_known("poi", brand))


def is_tool(title: str) -> bool:
    """Tell whether an app keeps accounts or compares, and lends nothing, by its title.

    >>> is_tool("账单小助手：信用卡 花呗 一键记账"), is_tool("微粒贷借钱管家")
    (True, False)
    """
    return bool(_TOOL.search(title)) and not _LENDS.search(title)


def named_as_owner(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether the title is the owner's own registered name, with or without the town in front.

    A register gives a full company name to one company only, so a map entry or a company page under it is most
    likely the owner's; only its number there proves it, and until then nobody is accused.
    """
    title = _REGISTER.sub("", plain(sighting.title)).strip(" “”\"'「」")
    owner = plain(brand.owner)
    if title.startswith(owner) and (len(title) == len(owner) or BRANCH.fullmatch(title[len(owner) :])):
        return sighting.kind != "poi" or len(title) == len(owner)  # a register gives no branch of it to anybody else
    if sighting.kind == "company" and title in {brand.names.primary, *brand.names.aliases}:
        return title in owner  # a directory's short form of the same company
    return title.endswith(("公司", "银行")) and len(title) >= _LONG_NAME and owner.endswith(title)


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


def _kind_known(kind: str, brand: Brand) -> bool:
    """Tell whether the dossier says anything of such channels: where it is silent, the bare name may be the brand's."""
    kind = "app" if kind == "app_listing" else kind
    return kind not in _LISTED or any(channel.kind == kind for channel in brand.channels)


def _speaker(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    if sighting.kind not in {"job", "company"} or plain(sighting.speaker) == plain(brand.owner):
        return []
    hits = mentions(sighting.speaker, brand, names)
    if not hits:
        return []
    facts = {"kind": sighting.kind, "title": sighting.speaker, "matched": hits[0].matched, "speaker": sighting.speaker}
    return [Reason("uses_name", 65, facts)]


def _about(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand; an advertisement's rhetorical question is not a question."""
    if sighting.kind == "search_ad":
        return _result_about(sighting, brand, read_words(sighting.title, brand, names).stance)
    if sighting.kind == "job" and _WHERE_WORK.search(sighting.title):
        return True
    told = FAN.search(_ASKED_OF_STAFF.sub("", sighting.title) if sighting.kind == "job" else sighting.title)
    return bool(told) or speaks_about(sighting, brand, names)


def _result_about(sighting: Sighting, brand: Brand, stance: int) -> bool:
    """Tell whether a search result or an advertisement speaks about the brand; `stance` is what its title shows."""
    if _TAKES.search(sighting.title):
        return stance > 1
    named = _REFERENCE.search(sighting.title) and not _foreign(sighting, brand)
    return bool(named) or informs(sighting.title) or stance > 0


def _foreign(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether an advertisement shows an address that is neither the brand's nor a site of what others publish."""
    shown = [host_of(c.value) for c in sighting.contacts if c.kind in {"url", "domain"}]
    return any(own_host(host, brand) is None and not of_others(host) for host in shown)


def _registered(sighting: Sighting, brand: Brand) -> list[Reason]:
    """Say that a firm is the owner by its registered name, which need not hold the brand's name at all."""
    if sighting.kind != "company" or not named_as_owner(sighting, brand):
        return []
    return [Reason("says_owner", -60, {"owner": brand.owner, "needs": "company.identifier"})]


def informs(title: str) -> bool:
    """Tell whether an advertisement or a search result explains, compares or counts, and takes no application.

    >>> informs("微粒贷 借呗 哪个好"), informs("房贷计算器 花呗利率"), informs("微粒贷怎么开通 立即测额")
    (True, True, False)
    """
    return not _TAKES.search(title) and (bool(FAN.search(title) or _COMPARES.search(title)) or is_tool(title))


def speaks_about(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand (a denial, a report, a question) instead of carrying its name."""
    reading = read_words(sighting.title, brand, names)
    return reading.stance > 0 or reading.stances["question"] > 0
