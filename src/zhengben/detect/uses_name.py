"""A listing, account, place, job, company or advertisement that carries the brand's name as its own.

A name is somebody's own when it stands in the title; a forum, a guide or a complaint about the brand carries it too,
and is told apart by the words beside it.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.core.view import view
from zhengben.detect.advert import boasts, result_about, shows_known, softened
from zhengben.detect.app_identity import legal_class
from zhengben.detect.job_offer import hires_falsely
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.official_account import run_by_another
from zhengben.detect.official_domain import own_host
from zhengben.detect.owner_name import named_as_owner, plain, same_firm
from zhengben.detect.reading import read_words
from zhengben.detect.spellings import one_spelling
from zhengben.detect.stretched import stretched
from zhengben.detect.title_words import FAN, OTHER_TRADE, SERVES, is_elsewhere, is_premises, is_tool
from zhengben.names.api import Pack

SEES = ("account", "poi", "job", "company", "search_ad", "app_listing", "listing")
_OWN = {"account": 65, "poi": 65, "company": 65, "app_listing": 65, "search_ad": 50, "job": 50, "listing": 65}
_ANOTHERS = 30
_ALONE = 65  # enough to accuse
_LISTED = frozenset({"account", "poi", "app"})  # kinds a dossier can list
_KEPT = listed("kept_by_an_operator")
# what stands in front of a mini-program's own name
_SORT = listed("sort_before_a_name")
_BRANCH = listed("bank_branch")
_MACHINE = listed("cash_machine")
_ASKED_OF_STAFF = listed("asked_of_staff")
_EDITION = listed("edition")
_WHERE_WORK = listed("workplace")
_DESK = listed("desk_of_a_title")


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
    return [*reasons, *softened(sighting, brand)]


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
        if shows_known(sighting, brand):
            return _ANOTHERS  # an address shown is no address led to, and yet most often it is
        return _ALONE if boasts(sighting.title) else _OWN["search_ad"]
    return _OWN[sighting.kind]


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
        return result_about(sighting, brand, read_words(sighting.title, brand, names).stance)
    if sighting.kind == "job" and _WHERE_WORK.search(sighting.title):
        return True
    told = FAN.search(_ASKED_OF_STAFF.sub("", sighting.title) if sighting.kind == "job" else sighting.title)
    # 退息维权中心 is the name of a desk, whatever it borrows from complaints
    return bool(told) or (not _DESK.search(sighting.title) and speaks_about(sighting, brand, names))


def _registered(sighting: Sighting, brand: Brand) -> list[Reason]:
    """Say that a firm is the owner by its registered name, which need not hold the brand's name at all."""
    if sighting.kind != "company" or not named_as_owner(sighting, brand):
        return []
    return [Reason("says_owner", -60, {"owner": brand.owner, "needs": "company.identifier"})]


def speaks_about(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand (a denial, a report, a question) instead of carrying its name."""
    reading = read_words(sighting.title, brand, names)
    return reading.stance > 0 or reading.stances["question"] > 0
