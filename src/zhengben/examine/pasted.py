"""One pasted line about a listing, an account, a place or a firm, parted into what it says of itself.

People hand over such things as they copied them: the name first, then labels (开发者：…, 主体：…), a package, a
description. Only the name is the thing's own; what its description speaks of is not.
"""

import re
from dataclasses import dataclass

_PUBLISHER = re.compile(
    r"(?:(?:开发者|开发商|开发|(?:账号|运营|认证|注册)?主体|公司(?:名称)?|招聘单位|单位|发布者|发布方|招聘方|商家|服务方|服务商|提供方|经营者|运营[者方商]?|出品方?|供应商"
    r"|開發者|開發商|(?:帳號|營運|認證)?主體|服務方|服務商|營運商|經營者|供應商)\s*[:：]"
    r"|(?<=\s)(?:主体|運營主體|运营主体|主體|开发者|服务方|運營方|运营方)(?=\s))\s*([^\s，。；;|]{2,40})"
)
# package names begin with a top-level domain turned round; a hostname seldom does
_PACKAGE = re.compile(
    r"(?<![\w.@/\-])(?:com|cn|net|org|io|me|tv|app|air|uni|cc|top|xyz|vip)(?:\.[a-z][\w\-]{0,40}){1,6}(?![\w@/\-])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:开发者|开发商|(?:账号|运营|认证|注册)?主体|公司(?:名称)?|招聘单位|发布者|简介|认证|介绍|包名|版本|地址|电话|微信号|备注|案例"
    r"|服务|功能|群号|群主|大小|更新|下载)\s*[:：]"
)
_SORT = re.compile(
    r"\A\s*(?:微信|支付宝|抖音|百度)?(?:小程序|公众号|服务号|订阅号|视频号|生活号|QQ群|微信群|群聊|群名?|抖音号?|快手号?|账号|昵称|应用|软件|APP|店铺名?|企业"
    r"|名称)\s*[:：]\s*"
    r"|\A\s*(?:微信)?(?:小程序|公众号|服务号|订阅号|视频号|生活号|百家号|头条号|抖音号?|快手号?|小红书号?|微博|知乎|B站|哔哩哔哩|贴吧)\s+",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?:\A|\s)([\u4e00-\u9fff（）()]{4,40}(?:公司|银行|事务所|工作室))\s*(?:代发布?|代招|代理招聘|发布|招聘)?\s*\Z"
)
# lead.v1 names for where an account stands, by the words people use
_PLATFORMS = (
    ("小程序", "mini_program"), ("公众号", "wechat_official_account"), ("服务号", "wechat_official_account"),
    ("订阅号", "wechat_official_account"), ("视频号", "wechat_channels"), ("生活号", "alipay_life"),
    ("企业微信", "wework"), ("QQ群", "qq_group"), ("微信群", "wechat_group"), ("抖音", "douyin"), ("快手", "kuaishou"),
    ("小红书", "xiaohongshu"), ("微博", "weibo"), ("百家号", "baijiahao"), ("微信号", "wechat_personal"),
)  # fmt: skip
_NAMED_FIRST = frozenset({"app_listing", "account", "poi", "company"})
# a Latin name goes on to the platform, the handle or the figures behind it
_LATIN = re.compile(
    r"[A-Za-z][A-Za-z0-9.&'-]{2,30}(?: (?!(?:x|ig|fb|instagram|twitter|facebook|telegram|tiktok|youtube|line|whatsapp"
    r"|account|channel|page|group|profile|followers|on|android|ios|apk)\b)[A-Za-z][A-Za-z'-]{1,20}){1,4}",
    re.IGNORECASE,
)
_LEAST = 3  # a shorter first word (微信, 官方) is no name yet
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a line says: its own name, who publishes it, a package and a platform; empty where it does not say."""

    name: str
    publisher: str = ""
    package: str = ""
    platform: str = ""


def part(kind: str, line: str) -> Pasted:
    """Part a pasted line of a kind of lead.

    >>> part("app_listing", "记账本子 开发者：上海某某 支持花呗账单")
    Pasted(name='记账本子', publisher='上海某某', package='', platform='')
    >>> part("account", "小程序：开通测评 主体：个人").name, part("company", "某某银行股份有限公司 存续").name
    ('开通测评', '某某银行股份有限公司')
    """
    line = line[: 4 * _LONGEST]
    publisher, package = _PUBLISHER.search(line), _PACKAGE.search(line)
    found = publisher.group(1) if publisher else ""
    if not found and kind == "job" and (company := _COMPANY.search(line)):
        found = company.group(1)
    platform = next((name for word, name in _PLATFORMS if word in line), "") if kind == "account" else ""
    return Pasted(_name(kind, line, package), found, package.group() if package and kind == "app_listing" else "",
                  platform)  # fmt: skip


def _name(kind: str, line: str, package: re.Match[str] | None) -> str:
    plain = _SORT.sub("", line)
    ends = [match.start() for match in (_LABEL.search(plain), _PACKAGE.search(plain) if package else None) if match]
    head = (plain[: min(ends)] if ends else plain).strip() or plain.strip()
    if kind not in _NAMED_FIRST:
        return head[:_LONGEST]
    if kind == "account" and (latin := _LATIN.match(head)):
        return latin.group().strip()
    words = head.split()
    count = next((at for at in range(1, len(words) + 1) if len("".join(words[:at])) >= _LEAST), len(words))
    return " ".join(words[:count])[:_LONGEST]
