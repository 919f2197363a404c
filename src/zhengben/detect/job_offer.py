"""A job advertisement in the brand's name by somebody else: how bait for helpers and for their data is laid.

An outsourcer who says so, a firm that works for the brand, and the brand itself are no such thing.
"""

import re

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.detect.mention import mentions
from zhengben.detect.official_account import plain
from zhengben.detect.owner_name import same_firm
from zhengben.names.api import Pack

_HIRES = re.compile(r"直招|直聘|急招|诚聘|诚招|招聘|招募")
# paid by the day, at home, for calls and posts: no lender hires its staff so
_BAIT = re.compile(r"日结|在家|兼职|刷单|押金|发朋友圈|会打电话就行|城市代理|日薪|服装费|培训费")
_BRANCH = re.compile(r"[\u4e00-\u9fff]{0,6}(?:分公司|运营中心|事业部|办事处|贷款中心|服务中心|推广部|营销中心)")
_STAFFED = re.compile(
    r"外包|驻场|派遣|劳务|人力|人才|猎头|项目|审计|(?<!无需)(?<!不需)(?<!不限)经验|系统|合作|外派|bpo|校园招聘|校招|届|实习|不收取",
    re.IGNORECASE,
)


def hires_falsely(sighting: Sighting, brand: Brand, names: Pack) -> bool:
    """Tell whether a job under the brand's name is offered by somebody who is not the brand and does not say why.

    The title names the brand already. A branch where the dossier says there is none is nobody's of the brand's.
    """
    title, employer = sighting.title, plain(sighting.speaker)
    if _STAFFED.search(f"{title} {employer}") or employer == plain(brand.owner):
        return False
    if _BAIT.search(sighting.text):
        return True
    hit = next(iter(mentions(title, brand, names)), None)
    after = title[hit.end :] if hit else ""
    if brand.has_none("poi") and _BRANCH.match(after) and _HIRES.search(title):
        return True
    return bool(employer and hit and hit.start == 0 and _HIRES.search(title)) and not same_firm(employer, brand)
