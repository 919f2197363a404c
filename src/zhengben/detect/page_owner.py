"""Whose a page is by its own account, where that is somebody other than the brand.

An honest page names its owner: a firm, an office, a school, a shop, another lender. What stands on it belongs to that
owner, his telephone and his forms too, and a brand he names is one he speaks of.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.detect.demands import asks_money
from zhengben.detect.lexicon import listed
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import folded, is_owner, is_service, left_of_notice, self_name, words
from zhengben.detect.page_role import is_payee
from zhengben.detect.reading import read_words
from zhengben.detect.title_words import OTHER_TRADE
from zhengben.names.api import Pack

SPOKEN = 6000  # characters of a page's text that are read for how it speaks of itself
MOST_PARTS = 12
SITE = 16  # characters of a site's name
HEAD, FOOT = 4, 6  # lines of a text in which a page says whose it is
LONGEST = 60  # characters of a line that may name an owner
NAME = 28  # characters of a name at a page's head or foot
# A space between two Latin words parts nothing: WeBank company profile is no name and something else.
_PARTS = re.compile(
    r"\s+-+\s+|\s*(?:(?<![a-zA-Z0-9])-+|-+(?![a-zA-Z0-9]))\s*|\s*[_|–—·•»:：,，、]+\s*|"
    r"(?<![a-zA-Z0-9)])\s+|\s+(?![a-zA-Z0-9(])"
)
_HOUR = re.compile(r"\s*\d{1,2}:\d{2}\b")
SITES = re.compile(r"\s*[-_|–—]+\s*")  # what stands between the name of a page and the name of its site
_LENDER = listed("lender")
_FEE = listed("entrants_fee")
_ANOTHERS = listed("site_of_another")


@lru_cache(maxsize=64)
def owner(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give the words with which a page says that it is somebody else's: a firm, office, school, shop or lender."""
    said = another(page, brand, names, authors=page.published)
    if said and not is_service(said):
        return said
    for sign in _signs(page, brand, names):
        if _only_about(sign, brand, names):
            continue
        if is_lender(sign, brand, names):
            return sign
        plain = _without(sign, brand, names)
        found = words("owner", "names").search(words("owner", "covers").sub(" ", plain))
        known = found and (is_service(found[0]) or is_owner(found[0], brand) or _hires(sign, found[0], brand, names))
        # 「某行海宁分公司」 calls itself a branch of the brand's, whoever sits there.
        if found and not known and not self_name(sign, brand, names, "branch"):
            return sign
        # What entrants pay for (培训费, 服装费) is told in a sentence; a trade is named in a few words.
        if OTHER_TRADE.search(plain) and not _FEE.search(plain):
            return sign
    return _running(page, brand, names)


def _running(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give the short name at a page's head or foot that its text gives as who it is: 安程保 … 由安程保提供."""
    lines = page.text[:SPOKEN].split("\n")
    heads = (page.site_name, *page.logo_words, *parts(page.title, brand, names), *lines[:HEAD], *lines[-FOOT:])
    for head in dict.fromkeys(line.strip(" ©·|") for line in heads):
        known = folded(head).replace(" ", "") in _latin(brand) or mentions(head, brand, names)
        if not 2 <= len(head) <= NAME or known or is_service(head) or _is_said(head):
            continue
        frame = words("owner", "runs").pattern.replace("{name}", re.escape(folded(head)))
        if re.search(frame, folded(page.text[:SPOKEN])) and not words("owner", "covers").search(folded(head)):
            return head
    return ""


def _only_about(sign: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line begins with the brand's name and goes on as a sentence, or as the papers of a loan."""
    hits = mentions(sign, brand, names)
    if not hits or hits[0].start:
        return False
    rest = folded(sign[hits[0].end :])
    return "，" in sign or any(words("owner", table).search(rest) for table in ("papers", "document", "desk"))


def _hires(sign: str, name: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line seeks people for the brand it begins with (某行录入员招聘): that is no job board's name."""
    hits = mentions(sign, brand, names)
    return name.endswith("招聘") and bool(hits) and hits[0].start == 0


def disclaims(page: PageFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether a page says that it has nothing to do with the brand (本工具与微众银行无关)."""
    return bool(words("owner", "disclaims").search(read_words(page.text[:SPOKEN], brand, names).masked.text))


def _signs(page: PageFacts, brand: Brand, names: Pack) -> Iterator[str]:
    """Give the places where a page says whose it is: its metadata, logo, title, headlines, head and foot."""
    yield from (page.site_name, page.publisher, *(() if is_operator(page.copyright) else (page.copyright,)))
    yield from page.logo_words
    yield from parts(page.title, brand, names)
    lines = page.text.split("\n")
    shown = (line for line in (*page.headings[:4], *lines[:HEAD], *lines[-FOOT:]) if len(line) <= LONGEST)
    yield from (
        line for line in shown
        if not (is_payee(line) or is_operator(line) or asks_money(line) or _is_said(line) or _is_sentence(line))
    )  # fmt: skip


def _is_said(line: str) -> bool:
    """Tell whether a line is a button, a bare notice or a program's mark: none of them names an owner.

    >>> _is_said("立即下载（安卓）苹果安装描述文件"), _is_said("自豪地采用 WordPress"), _is_said("江州商贸学校")
    (True, True, False)
    """
    return bool(words("owner", "said").search(folded(line)))


def _is_sentence(line: str) -> bool:
    """Tell whether a line is a whole sentence, speaks to its reader or has an hour in it: none of them is a sign.

    >>> _is_sentence("如提示“支付”不用理会。"), _is_sentence("10:12 陈女士 12 万"), _is_sentence("江州商贸学校")
    (True, True, False)
    """
    return line.rstrip().endswith(("。", "！", "？")) or "您" in line or bool(_HOUR.match(line))


def is_operator(line: str) -> bool:
    """Tell whether a line says who runs or built the page: that firm's name is not the page's.

    >>> is_operator("本平台由江州某某信息科技有限公司运营"), is_operator("© 2026 江州某某信息科技有限公司")
    (True, False)
    """
    return bool(words("owner", "operated").search(folded(line)))


def _without(line: str, brand: Brand, names: Pack) -> str:
    """Give a line without the brand's names and its owner's, and without what every firm's name has."""
    for known in (brand.owner, *brand.names.siblings):
        line = line.replace(known, " ") if known else line
    for hit in reversed(mentions(line, brand, names)):
        line = line[: hit.start] + " " + line[hit.end :]
    return words("owner", "form").sub("", folded(line))


def is_lender(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether some words are the name of another lender or of its product.

    Words of a service that every lender has (在线贷款) look the same and are nobody's name.
    """
    if not _LENDER.fullmatch(line) or is_service(line) or words("owner", "promise").search(line):
        return False
    return not mentions(line, brand, names) and line not in brand.owner


def parts(title: str, brand: Brand, names: Pack) -> list[str]:
    """Give the parts of a title between its separators; one inside a disguised name (微-粒-贷) parts nothing."""
    held = list(title)
    for hit in mentions(title, brand, names):
        held[hit.start : hit.end] = ["x"] * (hit.end - hit.start)
    cuts = [match.span() for match in _PARTS.finditer("".join(held))]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    return [title[start:end] for start, end in zip(starts, ends, strict=True) if end > start][:MOST_PARTS]


def another(page: PageFacts, brand: Brand, names: Pack, *, authors: bool = True) -> str:
    """Give who the page belongs to by its own account where that is not the brand, or an empty string.

    `authors` tells whether whom the metadata names as its author or publisher counts.
    """
    for said in (page.site_name, page.publisher if authors else "", page.copyright):
        words = said.strip()
        if len(words) >= 2 and any(c.isalpha() for c in words) and not mentions(words, brand, names):
            # "© 2026 All rights reserved" names nobody.
            left = left_of_notice(words)
            if is_owner(words, brand) or not left or is_operator(words) or _is_said(words) or left in _latin(brand):
                continue
            return words[:80]
    parts = [part for part in _PARTS.split(page.title) if part]
    if len(parts) > 1 and _ANOTHERS.search(parts[-1]) and not mentions(parts[-1], brand, names):
        return parts[-1][:80]
    return _site_part(page, brand, names)


def _latin(brand: Brand) -> frozenset[str]:
    """Give the brand's Latin names as they stand in a notice (© Huabei): alone they are nobody else's."""
    return frozenset(folded(name).replace(" ", "") for name in brand.names.latin)


def _site_part(page: PageFacts, brand: Brand, names: Pack) -> str:
    """Give the site's name at the end of a title where the page shows it again and it is nobody's service."""
    first, *rest = SITES.split(page.title.strip())
    site = rest[-1].strip() if rest else ""
    if not 2 <= len(site) <= SITE or mentions(site, brand, names) or not mentions(first, brand, names):
        return ""
    shown = "\n".join((page.text[:200], page.text[-400:], *page.logo_words))
    if words("owner", "document").search(site):
        return ""  # 「某某通知书」 is what lies before the reader, and nobody's site
    return site if site in shown and not is_service(site) else ""
