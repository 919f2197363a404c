"""What stands on a page as somebody's speech: between quotation marks, or behind a speaker's name in a dialogue.

A page that calls its reader does not put its own words between marks. A marked name (“某贷”) is no speech: that needs a
sentence, with a comma or a stop in it. Marks alone prove nothing, for anybody can set them around his own words: beside
the speech somebody must tell, in a finished sentence or in a verb of saying; and a dialogue needs a role that only
those have who are told of, or who teach.
"""

import re
from functools import lru_cache

SHORTEST, LONGEST = 8, 400  # characters between the marks
_MARKED = re.compile("|".join(
    f"{one}[^{one}{two}\n]{{{SHORTEST},{LONGEST}}}{two}" for one, two in ("“”", "「」", "『』", '""')
))  # fmt: skip
# A turn of a dialogue, by roles that case studies, interviews and scripts of plays give their speakers.
_TURN = re.compile(
    r"^\s*(坐席|客服|骗子|对方|嫌疑人|嫌犯|受害人|被害人|事主|学员|讲师|旁白|记者|民警|主持人|[甲乙丙丁])"
    r"[^：:\n]{0,6}[：:][^\n]{6,400}$",
    re.MULTILINE,
)
_SPEAKERS = 2  # different roles from which lines are a dialogue
_TOLD_OF = frozenset(
    ("骗子", "嫌疑人", "嫌犯", "受害人", "被害人", "事主", "学员", "讲师", "旁白", "记者", "民警", "主持人")
)
_TELLS = re.compile(
    r"[^\W\d_]{2,}[。.！!](?:\s|$|\W)|[说說道称稱问問][:：,，]?\s*\0|\b(?:said|says|told|asked)\b", re.IGNORECASE
)
_CLAUSES = re.compile("[，。！？；,.!?;]")


@lru_cache(maxsize=64)
def speeches(text: str) -> tuple[tuple[int, int], ...]:
    """Give the spans of marked speech in a text, marks included, in order.

    >>> speeches("他说：“我是客服，请先转账。”我挂了。“某某贷”"), speeches("打开“某某贷款服务平台”，点击申请")
    (((3, 15),), ())
    """
    found = (match.span() for match in _MARKED.finditer(text))
    return tuple((start, end) for start, end in found if _CLAUSES.search(text, start, end - 1))


@lru_cache(maxsize=64)
def turns(text: str) -> tuple[tuple[int, int], ...]:
    r"""Give the spans of the turns of a dialogue, speakers' names included.

    >>> turns("坐席：我是客服，请先转账\n学员：那我该怎么办"), turns("客服：请先支付保证金\n用户：好的，马上")
    (((0, 12), (13, 22)), ())
    """
    found = list(_TURN.finditer(text))
    roles = {turn[1] for turn in found}
    return tuple(turn.span() for turn in found) if len(roles) >= _SPEAKERS and roles & _TOLD_OF else ()


@lru_cache(maxsize=64)
def tells(text: str) -> bool:
    """Tell whether a text tells something beside the speech in it.

    >>> tells("他说：“我是客服，请先转账。”"), tells("“我是客服，请先转账。”"), tells("“请先转账，谢谢。”立即办理")
    (True, False, False)
    """
    pieces, last = [], 0
    for start, end in speeches(text):
        pieces.append(text[last:start])
        last = end
    return bool(_TELLS.search("\0".join([*pieces, text[last:]])))


def in_speech(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of a text is inside somebody's speech."""
    spans = (*turns(text), *(speeches(text) if tells(text) else ()))
    return any(first <= start and end <= last for first, last in spans)
