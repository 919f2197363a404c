"""Whose name stands where on a page: the brand as the page's own name, or as the thing it speaks about.

A title is taken apart at its separators; a part in which the brand stands with nothing but words of service (官网,
下载, 客服, 申请) is a name the page gives itself. `微粒贷官网` is;
`微粒贷靠谱吗` and `微粒贷投诉吧` are not.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.detect.masked import BRAND
from zhengben.detect.mention import mentions
from zhengben.detect.reading import read_words
from zhengben.detect.uses_name import FAN
from zhengben.names.api import Pack

MOST_PARTS = 12
SPOKEN = 6000  # characters of a page's text that are read for how it speaks of itself
WORDY = 400  # characters of a page's own text above which its pictures only illustrate
CAUTIOUS = 2  # words of warning, news or complaint from which a page speaks about the brand
_PARTS = re.compile(r"[-_|–—·•»:：,，、\s]+")
_SERVICE = re.compile(
    r"官方|官网|正版|正规|网站|网址|网页|首页|主页|登[录陆入]|注册|申请|借[款钱贷]|贷款|下载|安装|app|apk|"
    r"客户端|软件|手机|安卓|苹果|ios|android|客服|电话|热线|中心|平台|入口|额度|提现|版本?|最新|快速|极速|"
    r"急速|闪电|服务|在线|线上|人工|欢迎|使用|来到|您|的|"
    r"wap|h5|个人|信用|小额|大额|消费|金融|银行|还款|查询|领取|邀请|资格|审核|放款|认证|实名|用户|会员|系统|安全|验证|综合|专属|通道|"
    r"唯一|指定|授权|分期|信贷|现金|秒到账?|到账|立即|马上|免费|联系|咨询|开通|激活|"
    r"home|official|site|login|sign ?in|download|apply|loan|"
    r"service|center|welcome|to|the|credit|bank|online|\d+|官|网|版"
)
_QUOTED = re.compile(r"[“”‘’「」『』\"]")
_WELCOMES = re.compile(
    rf"欢迎(?:您)?(?:使用|来到|登录|访问|加入|进入)\s?{BRAND}|welcome to {BRAND}|{BRAND}(?:诚?邀请?您|祝您|竭诚)|"
    rf"{BRAND}(?:官方|人工|在线|全国)?(?:客服|服务)(?:热线|中心|电话)"
)
_ANOTHERS = re.compile(
    r"(?:网|新闻|日报|晚报|早报|时报|商报|周刊|频道|之家|论坛|社区|百科|贴吧|知乎|博客|头条|财经|资讯|传媒|媒体|法院|公安|警方|检察|政府|"
    r"协会|研究院|大学|律师事务所|news|wiki|forum|blog|times|daily|post|press|review)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where the page gives itself the brand's name: where, its words, and what in them is the name."""

    where: str  # title, site_name, logo, copyright, headline, words, picture
    words: str
    matched: str


@lru_cache(maxsize=32)
def own_places(page: PageFacts, brand: Brand, names: Pack) -> tuple[Place, ...]:
    """Give every place where the page carries the brand's name as its own, at most one of each sort.

    Where the page belongs to somebody else by its own account (its site name, publisher or copyright line), what stands
    in title and headlines is only what it speaks about; unless it reaches for secrets or hands out an app, which no
    article does.
    """
    found = [*_identity(page, brand, names)]
    if found or reaches(page) or not (page.published or another(page, brand, names)):
        found += _subject(page, brand, names)
    return tuple(found)


def _identity(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    yield from _first("site_name", (page.site_name,), brand, names)
    yield from _first("logo", page.logo_words, brand, names)
    if page.copyright:
        hits = mentions(page.copyright, brand, names)
        if brand.owner and brand.owner in page.copyright:
            yield Place("copyright", page.copyright, brand.owner)
        elif hits and not FAN.search(page.copyright):
            yield Place("copyright", page.copyright, hits[0].matched)


def _subject(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    if not speaks_about(page.title, brand, names, asking=not reaches(page)):
        for place in _first("title", parts(page.title, brand, names), brand, names):
            yield replace(place, words=page.title)
    told = [line for line in page.headings[:8] if not speaks_about(line, brand, names, asking=True)]
    yield from _first("headline", told, brand, names)
    yield from _spoken(page, brand, names)
    yield from _pictured(page, brand, names)


def _pictured(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give a line read in a picture that is the brand's name, where pictures are what the page says."""
    if len(page.text) > WORDY or (read_words(page.text, brand, names).stance >= CAUTIOUS and not reaches(page)):
        return
    yield from _first("picture", [line.text for line in page.read[:40]], brand, names)


def _spoken(page: PageFacts, brand: Brand, names: Pack) -> Iterator[Place]:
    """Give the first words in which the page introduces itself as the brand, or speaks to the brand's customers."""
    whole = "\n".join((page.title, page.text[:SPOKEN]))
    reading = read_words(whole, brand, names)
    # What asks for secrets neither reports nor wonders, whatever words of news it is dressed in.
    if not reaches(page) and (reading.stances["question"] or reading.stance >= CAUTIOUS):
        return
    welcome = _WELCOMES.search(reading.masked.text)
    if welcome and not reading.scopes.muted(*welcome.span()):
        start, end = reading.masked.span(*welcome.span())
        yield Place("words", whole[start:end][:160], whole[start:end][:40])
        return
    for act in reading.live("introduces", "official_claim", "addresses", "signature"):
        words = whole[act.start : act.end]
        yield Place("words", words[:160], words[:40])
        return


def parts(title: str, brand: Brand, names: Pack) -> list[str]:
    """Give the parts of a title between its separators; one inside a disguised name (微-粒-贷) parts nothing."""
    held = list(title)
    for hit in mentions(title, brand, names):
        held[hit.start : hit.end] = ["x"] * (hit.end - hit.start)
    cuts = [match.span() for match in _PARTS.finditer("".join(held))]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    return [title[start:end] for start, end in zip(starts, ends, strict=True) if end > start][:MOST_PARTS]


def speaks_about(line: str, brand: Brand, names: Pack, *, asking: bool) -> bool:
    """Tell whether a line warns, reports or complains about the brand, or (where `asking` counts) asks about it."""
    reading = read_words(line, brand, names)
    return reading.stance > 0 or (asking and (reading.stances["question"] > 0 or bool(FAN.search(line))))


def _first(where: str, lines: Sequence[str], brand: Brand, names: Pack) -> Iterator[Place]:
    for line in lines:
        matched = self_name(line, brand, names)
        if matched:
            yield Place(where, line, matched)
            return


def self_name(line: str, brand: Brand, names: Pack) -> str:
    """Give the brand's name in a line that is nothing but that name and words of service; else an empty string."""
    if not line or len(line) > 60 or FAN.search(line):
        return ""
    hits = mentions(line, brand, names)
    if not hits or _QUOTED.search(line):
        return ""
    rest = line
    for hit in reversed(hits):
        rest = rest[: hit.start] + " " + rest[hit.end :]
    plain = _SERVICE.sub("", unicodedata.normalize("NFKC", rest).lower())
    left = "".join(c for c in plain if c.isalnum())
    return hits[0].matched if len(left) <= 1 else ""


def another(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give who the page belongs to by its own account where that is not the brand, or an empty string."""
    for said in (page.site_name, page.publisher, page.copyright):
        words = said.strip()
        if len(words) >= 2 and any(c.isalpha() for c in words) and not mentions(words, brand, names):
            if brand.owner and brand.owner in words:
                continue
            return words[:80]
    parts = [part for part in _PARTS.split(page.title) if part]
    if len(parts) > 1 and _ANOTHERS.search(parts[-1]) and not mentions(parts[-1], brand, names):
        return parts[-1][:80]
    return ""


def reaches(page: PageFacts) -> bool:
    """Tell whether a page asks for strong secrets or hands out an app file: what no article about a brand does."""
    return bool(SECRETS & set(page.asks)) or any(link.hands_out for link in page.links)


def heading(page: PageFacts) -> str:
    """Give title and headlines as one text."""
    return "\n".join((page.title, *page.headings[:8]))
