"""Whether some words of a page are a name it gives itself: the brand and nothing but words of service beside it.

The words are those of `page_phrases.toml`, read in simplified characters whatever the page is written in.
"""

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from zhengben.core.brand import Brand
from zhengben.detect.mention import mentions
from zhengben.detect.title_words import FAN
from zhengben.names.api import Pack
from zhengben.names.hits import NameHit

# Scores from which a changed character makes the same name. By look 徽粒贷 and 微粒货 have 79, 微粒资 71; by a near
# sound 微众银信 has 75. Set on the first list of words in benchmarks/pages_words.toml.
ALIKE = {"shape": 75, "near_sound": 76}
# What a character may differ by look (0 none): 徽 from 微 and 货 from 贷 .32, 从 from 众 .40; 资 from 贷 .44 and 人
# from 众 .48 are other words. A score alone lets more pass the longer a name is.
FURTHEST = 0.42
LONGEST = 60  # characters of a line that may be a name
ENTRY = 2  # marks of a work of reference
OWNER = 3  # characters of a firm's name by which it is known: 云杉消费金融, 微众银行
_QUOTED = re.compile(r"[“”‘’「」『』\"]")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    text = resources.files(__package__).joinpath("page_phrases.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def words(table: str, name: str) -> re.Pattern[str]:
    """Give one table of words as a pattern; raise KeyError for one that is not in the file.

    >>> bool(words("about", "words").search("微粒贷投诉列表"))
    True
    """
    return re.compile("|".join(_table()[table][name]), re.IGNORECASE)


@cache
def _simple() -> dict[int, str]:
    pairs = str(_table()["own"]["traditional"])
    return {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}


def folded(text: str) -> str:
    """Give words as the tables are written: compatible forms, lower case, simplified characters; length may change.

    >>> folded("線上申請　ＡＰＰ")
    '线上申请 app'
    """
    return unicodedata.normalize("NFKC", text).lower().translate(_simple())


def self_name(line: str, brand: Brand, names: Pack, *more: str) -> str:
    """Give the brand's name in a line that is nothing but that name and words of service; else an empty string.

    `more` names tables of other words that may stand beside it: `state`, `branch`, `cover`. Words of warning are no
    part of a name, but where `cover` counts they are what a false page hides behind.
    """
    if not line or len(line) > LONGEST or _QUOTED.search(line) or (FAN.search(line) and "cover" not in more):
        return ""
    spans = alike(line, brand, names) or (_latin(line, brand) if "cover" in more else [])
    if not spans:
        return ""
    matched = line[spans[0][0] : spans[0][1]]
    rest = line
    for start, end in reversed(spans):
        rest = rest[:start] + " " + rest[end:]
    for name in brand.names.chinese:  # a longer name of the same brand: 螞蟻借唄 where 借唄 was found
        rest = rest.replace(name.replace(matched, " "), " ") if matched in name else rest
    left = _left(rest, *more)
    # One more letter or digit is noise of an edition; one more Chinese character is a word: 她的花呗 is a story.
    return matched if not left or (len(left) == 1 and left.isascii()) else ""


def alike(line: str, brand: Brand, names: Pack) -> list[tuple[int, int]]:
    """Give where a line has the brand's name or a disguise of it; a word that only resembles it is another word."""
    return [(hit.start, hit.end) for hit in mentions(line, brand, names) if _same(hit)]


def _latin(line: str, brand: Brand) -> list[tuple[int, int]]:
    """Give where a line has a romanised name as a word of its own; many are words of places too (huabei)."""
    return [
        match.span() for name in brand.names.latin
        for match in re.finditer(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", line, re.IGNORECASE)
    ][:1]  # fmt: skip


def _same(hit: NameHit) -> bool:
    """Tell whether what was found is the same name, and not another that looks or sounds a little like it."""
    far = max((one.cost for one in hit.characters if one.how == "shape"), default=0.0)
    return hit.score >= ALIKE.get(hit.kind, 0) and far <= FURTHEST


def _left(line: str, *tables: str) -> str:
    """Give the letters and digits of a line that no table of words accounts for."""
    plain = folded(line)
    for table in (*tables, "service"):
        plain = words("own", table).sub("", plain)
    return "".join(c for c in plain if c.isalnum())


def is_service(line: str) -> bool:
    """Tell whether some words are nobody's name: all of them are words of a service.

    >>> is_service("官网下载入口"), is_service("山那边数码")
    (True, False)
    """
    return not _left(line, "state")


def is_about(line: str) -> bool:
    """Tell whether a title speaks about the names in it: it lists, compares, explains, looks up, hires or hears.

    >>> is_about("微众银行 投诉列表"), is_about("微粒贷 极速借款")
    (True, False)
    """
    return bool(words("about", "words").search(folded(line)))


def is_catalogue(site: str) -> bool:
    """Tell whether a site's name says that it shows what stands elsewhere: its headlines are those of others.

    >>> is_catalogue("蓝鲸搜索"), is_catalogue("微粒贷官网")
    (True, False)
    """
    return bool(words("about", "catalogue").search(folded(site)))


def left_of_notice(line: str) -> str:
    """Give what a copyright or filing line says besides the notice itself and words of service.

    >>> left_of_notice("© 2026 捷北物流 苏ICP备18044190号 客服电话")
    '捷北物流'
    """
    return _left(words("about", "notice").sub(" ", folded(line)))


def explains(text: str) -> bool:
    """Tell whether a text is an entry of a work of reference: two different marks of one.

    >>> explains("中文名 微粒贷　参考资料"), explains("微粒贷上线时间 2015年")
    (True, False)
    """
    return len(set(words("about", "entry").findall(folded(text)))) >= ENTRY


def is_owner(line: str, brand: Brand) -> bool:
    """Tell whether a copyright line names the brand's owner, in full or by the name it is known by.

    >>> from zhengben.core.brand import Names
    >>> ant = Brand(id="b", owner="蚂蚁科技集团股份有限公司", finance=True, names=Names(primary="花呗"))
    >>> is_owner("© 2026 蚂蚁集团", ant), is_owner("© 2026 山那边数码", ant), is_owner("© 科技有限公司", ant)
    (True, False, False)
    """
    if not brand.owner:
        return False
    if brand.owner in line:
        return True
    ours = words("about", "firm").sub("", folded(brand.owner))
    theirs = words("about", "firm").sub("", words("about", "notice").sub("", folded(line)))
    known = ours.startswith(theirs) and len(theirs) >= 2
    return known or (ours.endswith(theirs) and len(theirs) >= OWNER)


def is_register_row(line: str) -> bool:
    """Tell whether a filing line is a row of a register that the page shows of somebody.

    >>> is_register_row("域名 webank.com 网站名称 微众银行官网 粤ICP备1号"), is_register_row("微众银行 粤ICP备1号")
    (True, False)
    """
    return bool(words("about", "register").search(line))


def is_labelled(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line is a label and its value (支付方式：花呗), and the brand stands in the value alone."""
    label, colon, _ = unicodedata.normalize("NFKC", line).partition(":")
    return bool(colon) and bool(words("about", "labels").search(label)) and not mentions(label, brand, names)


def speaks_of_money(text: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a text speaks of money at all, the brand's own name left out: a cat may be called 花呗."""
    for hit in reversed(mentions(text, brand, names)):
        text = text[: hit.start] + " " + text[hit.end :]
    return bool(words("about", "money").search(folded(text)))


def private_contact(text: str) -> bool:
    """Tell whether a text gives a personal way to reach whoever wrote it: a mobile number, a chat's name.

    >>> private_contact("业务经理 13812340000"), private_contact("客服 95384，电话 0755-86000000")
    (True, False)
    """
    return bool(words("reached", "private").search(folded(text)))
