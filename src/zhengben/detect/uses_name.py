"""A listing, account, place, job, company or advertisement that carries the brand's name as its own.

A name is somebody's own when it stands in the title; a forum, a guide or a complaint about the brand carries it too,
and is told apart by the words beside it.
"""

import re

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.mention import mentions
from zhengben.detect.official_domain import own_host
from zhengben.detect.reading import read_words
from zhengben.names.api import Pack

SEES = ("account", "poi", "job", "company", "search_ad", "app_listing")
FAN = re.compile(
    r"(?:吧$|交流|讨论|论坛|吐槽|投诉|维权|避坑|避雷|防骗|反诈|骗局|骗子|诈骗|揭秘|曝光|攻略|测评|评测|教程|指南|怎么|如何|吗|[?？]"
    r"|资讯|新闻|受害|举报|粉丝|互助|日记|心得|经验|科普|研究|观察|解读|还款(?:计算|提醒)|计算器|记账)"
)
SERVES = re.compile(
    r"(?:官方|客服|贷款|借款|借钱|中心|服务|专员|经理|办理|开通|提额|咨询|顾问|信贷|金融|平台|小助手|在线|热线|极速|立即|急用|秒|到账|低息|免息|额度|放款|推广|急招|招聘|日结|兼职|代理|项目部|审核|代办|分公司|门店|店\b|[（(].{1,8}[店部行)）]|网点|营业|有限公司|科技|旗舰|app|申请|入口|登录|最高|秒)",
    re.IGNORECASE,
)
_OWN = {"account": 65, "poi": 65, "company": 65, "app_listing": 65, "search_ad": 50, "job": 50}
_ANOTHERS = 30


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Say that the title, or the company that publishes, carries the brand's name."""
    if sighting.kind == "app_listing" and brand.has_none("app"):
        return []
    if sighting.host and own_host(sighting.host, brand):
        return []
    return _title(sighting, brand, names) or _speaker(sighting, brand, names)


def _title(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    hits = mentions(sighting.title, brand, names)
    if not hits:
        return []
    facts = {"kind": sighting.kind, "title": sighting.title, "matched": hits[0].matched, "speaker": sighting.speaker}
    if _about(sighting, brand, names):
        return [Reason("name_in_title", 0, facts)]
    alone = len(sighting.title.strip()) <= hits[0].end - hits[0].start + 2
    own = alone or SERVES.search(sighting.title)
    reasons = [Reason("uses_name", _OWN[sighting.kind] if own else _ANOTHERS, facts)]
    if sighting.speaker and sighting.speaker.strip() == brand.owner:
        reasons.append(Reason("says_owner", -35, {"owner": brand.owner, "needs": f"{sighting.kind}.identifier"}))
    return reasons


def _speaker(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    if sighting.kind not in {"job", "company"} or sighting.speaker.strip() == brand.owner:
        return []
    hits = mentions(sighting.speaker, brand, names)
    if not hits:
        return []
    facts = {"kind": sighting.kind, "title": sighting.speaker, "matched": hits[0].matched, "speaker": sighting.speaker}
    return [Reason("uses_name", 65, facts)]


def _about(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand; an advertisement's rhetorical question is not a question."""
    if sighting.kind == "search_ad":
        return read_words(sighting.title, brand, names).stance > 0
    return bool(FAN.search(sighting.title)) or speaks_about(sighting, brand, names)


def speaks_about(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether the title speaks about the brand (a denial, a report, a question) instead of carrying its name."""
    reading = read_words(sighting.title, brand, names)
    return reading.stance > 0 or reading.stances["question"] > 0
