"""Who a page says it is, and whether it is shaped like an article: the parts of identity that stand in metadata."""

import re
from collections.abc import Mapping

# The last is how offices of the state write it (政府网站网页标签规范).
_SITE = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site", "sitename")
_COPYRIGHT = re.compile(r"(?:©|Ⓒ|\(c\)\s*(?:19|20)\d\d|copyright|版权所有|版權所有)[^\n]{0,120}", re.IGNORECASE)
_OWNED = re.compile(r"[^\n]{2,60}(?:版权所有|版權所有|all rights reserved)", re.IGNORECASE)
_FILED = re.compile(r"[^\n]{2,80}ICP备[^\n]{0,40}")
_LD_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w*Article|BlogPosting|DiscussionForumPosting|QAPage|Report)"')
_LD_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"]{1,100})"')
_BYLINE = re.compile(
    r"来源|來源|责任编辑|責任編輯|责编|编辑|作者|记者|記者|通讯员|發佈|发布时间|发布日期|发表于|发帖时间|供稿|"
    r"published|posted (?:on|by)|\bby [A-Z]",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE_LINE = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d\d)?"
    rf"|\b{_MONTH} \d{{1,2}},? (?:19|20)\d\d|\b\d{{1,2}} {_MONTH} (?:19|20)\d\d"
)
# What browsers and copiers of sites write into a page they keep.
_KEPT = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,5}\)([^\s<>]{4,500})|Mirrored from ([^\s<>]{4,500}) by HTTrack)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[。.！？!?”]")
_HEAD = 3000  # characters: where an article tells its date and source
_PROSE = 60  # characters of one block from which it is prose


def site_name(meta: Mapping[str, str]) -> str:
    """Give the name the page gives its site in its metadata, or an empty string."""
    return next((meta[key].strip()[:100] for key in _SITE if meta.get(key, "").strip()), "")


def copyright_line(text: str) -> str:
    r"""Give the last copyright line of a text, or the line with its owner and filing number (ICP备).

    >>> copyright_line("a\n© 2026 微众银行 版权所有\nb")
    '© 2026 微众银行 版权所有'
    """
    tail = text[-6000:]
    found = _COPYRIGHT.findall(tail)
    line = str(found[-1]).strip() if found else ""
    for other in (_OWNED, _FILED):
        if len(line) < 12:
            owned = other.findall(tail)
            line = str(owned[-1]).strip() if owned else line
    return line[:160]


def says_it_stands_at(source: str, meta: Mapping[str, str], canonical: str, base: str) -> tuple[str, ...]:
    """Give the absolute addresses at which a page says that it stands; anybody may write them.

    >>> says_it_stands_at("<!-- saved from url=(0016)https://a.cn/xyz -->", {"og:url": "/x"}, "", "")
    ('https://a.cn/xyz',)
    """
    found = (there for both in _KEPT.findall(source[:_HEAD]) for there in both if there)
    kept = (there if "://" in there else f"https://{there}" for there in found)
    said = (*kept, canonical, meta.get("og:url", ""), base)
    return tuple(dict.fromkeys(one.strip()[:500] for one in said if one.strip().startswith(("http://", "https://"))))


def linked_data(source: str) -> dict[str, str]:
    """Give `type` and `publisher` from JSON-LD, read by pattern: parsing it would let a page choose our depth."""
    facts: dict[str, str] = {}
    kind, publisher = _LD_TYPE.search(source), _LD_PUBLISHER.search(source)
    if kind:
        facts["type"] = kind[1]
    if publisher:
        facts["publisher"] = publisher[1]
    return facts


def is_article(meta: Mapping[str, str], facts: Mapping[str, str], text: str, *, has_article: bool) -> bool:
    """Tell whether a page is shaped like something written and published.

    Metadata alone is a claim anybody can make, so it needs prose as well; without it two of an article element, a
    byline and a date line are needed, and prose.
    """
    if not any(len(line) >= _PROSE and _STOP.search(line) for line in text.split("\n")):
        return False
    if facts.get("type") or meta.get("og:type") == "article" or "article:published_time" in meta:
        return True
    head = text[:_HEAD]
    return sum((has_article, bool(_BYLINE.search(head)), bool(_DATE_LINE.search(head)))) >= 2
