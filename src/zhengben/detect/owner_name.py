"""Whether a firm is the brand's owner by its name: in full, without its town, or as one of its own branches.

A register gives a full company name to one company only. A piece of it (深圳公司, 银行股份有限公司) is anybody's, and a
longer one (…有限公司客服服务部) is the name of somebody else who took it up.
"""

import re
import unicodedata

from zhengben.core.brand import Brand

# What every firm's name has; source: the forms of names in the registration rules (企业名称登记管理规定).
_FORM = re.compile(r"股份|有限|责任|公司|集团|控股|科技|技术|网络|信息|银行|金融|消费|小额|贷款|[（(][^（）()]*[）)]")
BRANCH = re.compile(r"[\u4e00-\u9fff]{1,12}(?:分公司|分行|支行|营业部|中心支行|办事处)|工会(?:委员会)?|党委|信用卡中心")
SIGN = 2  # characters that must be left of a name without its form: its own sign


def same_firm(name: str, brand: Brand) -> bool:
    """Tell whether a name is the owner's: in full, without the town in front, its short form, or one of its branches.

    >>> from zhengben.core.brand import Names
    >>> brand = Brand(id="b", owner="深圳前海微众银行股份有限公司", finance=True, names=Names(primary="微粒贷"))
    >>> [same_firm(n, brand) for n in ("前海微众银行股份有限公司", "微众银行", "深圳公司", "银行股份有限公司")]
    [True, True, False, False]
    >>> same_firm("深圳前海微众银行股份有限公司上海分行", brand), same_firm("深圳前海微众银行股份有限公司客服部", brand)
    (True, False)
    """
    theirs, owner = _plain(name), _plain(brand.owner)
    if not theirs or not owner:
        return False
    if theirs.startswith(owner):
        return len(theirs) == len(owner) or bool(BRANCH.fullmatch(theirs[len(owner) :]))
    sign, ours = _FORM.sub("", theirs), _FORM.sub("", owner)
    # The sign stands at the end of the owner's, behind towns that may be left out.
    return theirs in owner and len(sign) >= SIGN and ours.endswith(sign)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Zs"})
