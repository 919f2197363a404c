"""Whether a firm is the brand's owner by its name: in full, without its town, or as one of its own branches.

A register gives a full company name to one company only. A piece of it (深圳公司, 银行股份有限公司) is anybody's, and a
longer one (…有限公司客服服务部) is the name of somebody else who took it up.
"""

import unicodedata

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.detect.lexicon import listed

_FORM = listed("form_of_firms")
_BRANCH = listed("branch_of_owner")
# what registers print around a name
_REGISTER = listed("printed_by_registers")
_SIGN = 2  # characters that must be left of a name without its form: its own sign
_LONG_NAME = 8  # characters: a short name with 银行 behind it is a brand's, a long one a registered company's


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
        return _is_or_branch(theirs, owner)
    sign, ours = _FORM.sub("", theirs), _FORM.sub("", owner)
    # The sign stands at the end of the owner's, behind towns that may be left out.
    return theirs in owner and len(sign) >= _SIGN and ours.endswith(sign)


def named_as_owner(sighting: Sighting, brand: Brand) -> bool:
    """Tell whether the title is the owner's own registered name, with or without the town in front.

    A register gives a full company name to one company only, so a map entry or a company page under it is most
    likely the owner's; only its number there proves it, and until then nobody is accused.
    """
    title = _REGISTER.sub("", plain(sighting.title)).strip(" “”\"'「」")
    owner = plain(brand.owner)
    if title.startswith(owner) and _is_or_branch(title, owner):
        return sighting.kind != "poi" or len(title) == len(owner)  # a register gives no branch of it to anybody else
    if sighting.kind == "company" and title in {brand.names.primary, *brand.names.aliases}:
        return title in owner  # a directory's short form of the same company
    return title.endswith(("公司", "银行")) and len(title) >= _LONG_NAME and owner.endswith(title)


def plain(value: object) -> str:
    """Give an identifier or a name in one spelling: width, case, invisible characters and quotes do not count.

    >>> plain("「ＷeBank」 "), plain(None)
    ('webank', '')
    """
    folded = unicodedata.normalize("NFKC", str(value or "")).casefold()
    return "".join(c for c in folded if unicodedata.category(c) != "Cf").strip(" \t\n“”\"'「」《》")


def _is_or_branch(name: str, owner: str) -> bool:
    return len(name) == len(owner) or bool(_BRANCH.fullmatch(name[len(owner) :]))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Zs"})
