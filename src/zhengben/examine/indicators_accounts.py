"""QQ numbers, WeChat names and Telegram handles in a folded text, by the words people use to hide what they are.

A cue (扣扣, 企鹅, 薇❤, 卫星, 纸飞机 ...) must stand right before the account, with only filler between, because an
account alone looks like any other word.
"""

import re
from collections.abc import Iterator

from zhengben.core.view import View
from zhengben.examine.indicators_shape import HAN_DIGITS, LETTER_DIGITS, Found, as_digits

_HAN = "".join(HAN_DIGITS)
_FILLER = (
    r"[\s::=~\-—_》>→⇒👉🉐()\[\]【】「」“”\"'!,，.…]", "号码?", "账号", "帐号", "是", "为", "加", "搜索?", "添加",
    "联系", "咨询", "客服", "备注", "私聊", "同步", "群", "找我", "我", "一下", "即可", "已", "更换", "变更", "换成",
    "改成", "改为", "id", "➕", r"\+",
)  # fmt: skip
_FILL = f"(?:{'|'.join(_FILLER)}){{0,10}}"
# 加扣3000元 is a sum and 扣扣2024年 a year: what counts something is nobody's account.
_NOT_A_COUNT = r"(?![0-9\-.]|\s?(?:年|月|日|元|人|万|次|条|个|位|名|%))"
_ALONE = r"(?<![a-z0-9])"
_QQ_CUES = (
    r"扣\s?扣", r"企\s?鹅", r"秋\s?秋", r"球\s?球", r"蔻\s?蔻", r"叩\s?叩", "口口", "抠抠", "求求号", "🐧",
    rf"{_ALONE}q[\W_]{{0,2}}q", rf"{_ALONE}q(?=\s*(?:号|群|:|\+|加|[0-9]))", r"(?:加|\+|➕)扣", r"扣(?=\s*[:0-9])",
)  # fmt: skip
_QQ_DIGITS = rf"[1-9一二三四五六七八九幺壹贰叁肆伍陆柒捌玖](?:[ \-.·]?[0-9ol{_HAN}]){{4,11}}"
_QQ = re.compile(rf"(?:{'|'.join(_QQ_CUES)}){_FILL}(?P<id>{_QQ_DIGITS}){_NOT_A_COUNT}")
# The people whom a false loan office pretends to have; an account may follow them without a further word.
_ROLES = "客服|专员|经理|顾问|财务|指导员|老师|导师|主任|助理|掌柜|老板|人员"
_CALL = (
    rf"(?:(?:联系|咨询|添加|加|找|滴|私聊?|详聊|搜索?|认准|有意者?|➕|\+)[\u4e00-\u9fff]{{0,4}}?(?:人|方式|我|本人|{_ROLES})?"
    rf"|(?:{_ROLES}))"
)
_QQ_GROUP = re.compile(rf"群号\s?[:：]?\s?(?P<id>[1-9][0-9]{{5,10}}){_NOT_A_COUNT}")
_QQ_STAFF = re.compile(
    rf"{_CALL}[\s:]{{0,3}}(?P<id>(?!95|96|100|400|800|12\d{{3}}(?!\d)|(?:19|20)\d{{6}}(?!\d))[1-9][0-9]{{5,9}}){_NOT_A_COUNT}"
)
# 手机QQ，95384: five digits that begin so are a bank's or an office's number; as accounts they were given out in 1999.
_SHORT_CODE = re.compile(r"(?:9[56]|12|100)\d{2,3}")
_QQ_AFTER = re.compile(r"(?<![0-9a-z.])(?P<id>[1-9][0-9]{4,10})\s?\(?(?:qq|扣扣|企鹅号)(?![a-z.])")
_QQ_MAIL = re.compile(r"(?<![0-9a-z._])(?P<id>[1-9][0-9]{4,10})\s?@\s?qq\.com")
_WX_CUES = (
    r"企\s?微", r"[微威薇]\s?(?:亻\s?言|訁)",
    r"[微威薇徽溦魏卫嶶伪维][\s.\-·]?(?:信|❤|♥|心|芯|xin|x)", r"[v薇微]\s?[❤♥🧡💛💚💙💜🖤心]",
    rf"{_ALONE}(?:wei\s?(?:xin|信)|we\s?chat|w\s?x|v[\s.·\-]?x|v\s?信)", "卫星", "绿泡泡", "绿色软件", "💚",
    rf"{_ALONE}v(?=\s*(?:号|:|\+|➕|我)|\s[a-z][a-z_\-]{{0,14}}\d[a-z0-9_\-])",
    r"(?:加|\+|➕)\s?(?:v|薇|微|威|徽|溦|卫)", r"薇(?=\s*[:号])", "[微威薇]号",
)  # fmt: skip
_LETTERS = rf"[a-z](?:[a-z0-9_\-]|[{_HAN}](?=[a-z0-9_\-{_HAN}])){{4,19}}[{_HAN}]?"
_SPACED = rf"[a-z](?:[ .·][a-z0-9_{_HAN}]){{5,19}}"
_DIGITS = rf"[0-9{_HAN}](?:[ \-.·*]{{0,2}}[0-9oli{_HAN}]){{5,13}}"
_WX = re.compile(
    rf"(?:{'|'.join(_WX_CUES)}){_FILL}(?P<id>{_SPACED}|{_LETTERS}|{_DIGITS})(?![0-9a-z]|\s?(?:年|月|日|元|万|次|条|人))"
)
_MINE = re.compile(rf"{_CALL}[\s:,，]{{0,4}}@?(?P<id>[a-z][a-z_\-]{{0,14}}[0-9][a-z0-9_\-]{{1,16}})(?![0-9a-z.@/])")
_TG_CUE = rf"(?:telegram|{_ALONE}tg|(?:加|\+|➕)\s?(?:tg|飞机)|电报|纸\s?飞机|飞机号?|✈|🛩)"
_TG = re.compile(rf"{_TG_CUE}[\s\ufe0f]*{_FILL}@?(?P<id>[a-z][a-z0-9_]{{4,31}})")
# A handle behind a role or a robot (机器人 @open_17bot), with a low line or a digit in it, as few mail addresses have.
_TG_ROLE = re.compile(
    r"(?:机器人|管理员?|客服|担保|频道|群主|导师|助理|联系|私聊?|走)\s?@(?P<id>(?=[a-z_]*[0-9_])[a-z][a-z0-9_]{4,31})(?![a-z0-9_@.])"
)
_TG_LINK = re.compile(r"(?<![a-z0-9.])t(?:elegram)?\.me/(?:joinchat/|\+)?(?P<id>[a-z0-9_]{5,32})")
_SAME = re.compile(
    r"(?<![0-9])(?P<id>1[3-9](?:[\s.\-]?[0-9]){9})\s{0,2}[(,，/]?\s?(?:[微威薇v]信?|vx|wx)\s?(?:同号|同步|同)"
)
# Eleven digits from 13 to 19 are a mobile first: as a QQ number they would be taken away from the phone.
_MOBILE = re.compile(r"1[3-9]\d{9}")
# Words that follow a cue in ordinary sentences and are long enough for a name.
_NOT_NAMES = frozenset({
    "https", "official", "wechat", "weixin", "android", "iphone", "windows", "download", "channel",
    # what stands beside it in a list of ways to pay or to write
    "alipay", "paypal", "unionpay", "applepay", "whatsapp", "telegram", "facebook", "instagram", "messenger", "tiktok",
    "twitter", "douyin", "taobao", "kuaishou", "xiaohongshu", "weibo", "signal", "skype", "linkedin", "youtube",
    # what English says next
    "account", "accounts", "wallet", "payment", "payments", "transfer", "contact", "message", "messages", "number",
    "friend", "friends", "groups", "moments", "service", "support", "customer", "before", "please", "directly",
    "instead", "because", "should", "although", "however", "asking", "without", "through", "scammer", "scammers",
})  # fmt: skip


def find_accounts(seen: View) -> Iterator[Found]:
    """Find QQ and WeChat; a mobile number under a WeChat cue is given as both, one as the other's twin."""
    yield from _numbers(seen.text)
    yield from _wechat(seen.text)


def find_telegram(seen: View) -> Iterator[Found]:
    """Find Telegram handles and t.me links."""
    for match in _TG_LINK.finditer(seen.text):
        yield Found("telegram", match["id"], match.start(), match.end())
    for match in (*_TG.finditer(seen.text), *_TG_ROLE.finditer(seen.text)):
        if match["id"] not in _NOT_NAMES:
            yield Found("telegram", match["id"], match.start("id"), match.end("id"))


def _numbers(text: str) -> Iterator[Found]:
    for pattern in (_QQ, _QQ_GROUP, _QQ_STAFF, _QQ_AFTER, _QQ_MAIL):
        for match in pattern.finditer(text):
            digits = as_digits(match["id"])
            if 5 <= len(digits) <= 11 and not (_MOBILE.fullmatch(digits) or _SHORT_CODE.fullmatch(digits)):
                yield Found("qq", digits, match.start("id"), match.end("id"))


def _wechat(text: str) -> Iterator[Found]:
    for match in (*_WX.finditer(text), *_MINE.finditer(text)):
        value = _name(match["id"])
        # WeChat's own rule for names: 6 to 20 characters.
        if not 6 <= len(value) <= 20 or value in _NOT_NAMES:
            continue
        yield Found("wechat", value, match.start("id"), match.end("id"))
        if _MOBILE.fullmatch(value):
            yield Found("phone", value, match.start("id"), match.end("id"), twin=True)
    for match in _SAME.finditer(text):
        yield Found("wechat", as_digits(match["id"]), match.start("id"), match.end("id"), twin=True)


def _name(raw: str) -> str:
    """Close the gaps of a spaced name and read its digits; letters stay letters.

    >>> _name("a b c 一 2 3"), _name("138 0013 8ooo")
    ('abc123', '13800138000')
    """
    plain = raw.translate({ord(c): None for c in " .·*"})
    plain = plain if raw[0].isalpha() and raw[0].isascii() else plain.replace("-", "")
    plain = "".join(HAN_DIGITS.get(char, char) for char in plain)
    if plain[:1].isdigit():
        plain = "".join(LETTER_DIGITS.get(char, char) for char in plain)
    return plain
