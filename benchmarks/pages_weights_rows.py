"""What a page shows that a reader would weigh: where the name stands, who speaks, what is asked, how it is built.

Each row is a name and an amount of 0 to 1, the same for every brand; `pages_weights.py` learns what a row weighs.
Also the words of a page: those of the dictionary that four authors or more use.
"""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from math import log2

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import SECRETS, PageFacts
from zhengben.core.sighting import Sighting
from zhengben.detect.demands import demanded, part
from zhengben.detect.host_name import resembles
from zhengben.detect.lexicon import listed, names
from zhengben.detect.official_domain import own_host
from zhengben.detect.page_names import alike, folded
from zhengben.detect.page_owner import SPOKEN, another, disclaims
from zhengben.detect.page_place import heading, is_value
from zhengben.detect.page_role import hears_complaints, is_thread, takes_all, takes_money
from zhengben.detect.page_words import own_places
from zhengben.detect.public_service import host_of
from zhengben.detect.reading import Reading, read
from zhengben.detect.said_host import standing
from zhengben.names.api import Pack

LINES, LINE = 60, 160  # lines of a page that are looked at, and characters of one
HEAD, FOOT = 3, 3  # lines that head and close a page
RUNNING = 40  # characters from which a line is running text and no sign, label or button
FULL = 3  # so often told is as much as ever
_PRODUCTS = listed("products")
_SPEAKS_AS = re.compile(r"我们|我行|本行|本公司|本平台|本中心|\b(?:we|our)\b")
_TO_READER = re.compile(r"您|你的|你(?=[已需可])|\byour?\b")
_DATE = re.compile(r"20\d\d\s?[年./-]\s?\d{1,2}|\d{1,2}月\d{1,2}日")
_QUOTED = re.compile(r"[“《「][^”》」]{2,40}[”》」]")
_HE = re.compile(
    r"他们?|她|其(?!他|它|实|中)|对方|某(?=[某女男先\u4e00-\u9fff])|网友|市民|记者|当事人|\b(?:he|she|they|his|her)\b"
)
_PLEASE = re.compile(r"请|立即|马上|点击|点此|填写|提交|\b(?:please|click|submit|enter)\b")
_SUMS = re.compile(r"\d[\d,.]*\s?(?:万|元|块|%|％|usdt|hk\$|¥)|[¥$]\s?\d")
_PARTS = (
    "pay", "fee", "amount", "reason", "first", "goods", "settle", "unpaid", "purse_field", "hand_over", "secret",
    "install", "staff", "reach", "matter", "agency", "gain", "party",
)  # fmt: skip

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_SIZES = (2, 3)
_WORDS_IN = 3000  # characters in which words are looked for
# names of brands and of what stands for one: they tell the set, not the page
_NO_WORDS = frozenset({
    "花呗", "借呗", "微粒贷", "微众", "网商", "蚂蚁", "支付宝", "微业贷", "京东", "白条", "金条", "微信", "腾讯",
    "招商", "建行", "工行", "农行", "美团", "抖音", "淘宝", "阿里", "百度", "平安", "今日",
})  # fmt: skip

Rows = dict[str, float]


@cache
def _dictionary() -> frozenset[str]:
    packed = resources.files("zhengben.names.data").joinpath("words.txt.gz").read_bytes()
    words = gzip.decompress(packed).decode().split()
    return frozenset(word for word in words if len(word) in _SIZES) - _NO_WORDS


def words_of(text: str) -> set[str]:
    """Give the words of two and three characters of the dictionary that stand in a text, in any reading of it."""
    runs = _HAN.findall(text[:_WORDS_IN])
    found = {run[at : at + size] for run in runs for size in _SIZES for at in range(len(run) - size + 1)}
    return found & _dictionary()


def rows_of(sighting: Sighting, brand: Brand, pack: Pack) -> Rows:
    """Give what a page shows, by row; empty where neither its words nor its address name the brand."""
    page = sighting.page
    if page is None:
        return {}
    reading = read(sighting, brand, pack)
    lines = [line.strip()[:LINE] for line in page.text[:SPOKEN].split("\n") if line.strip()][:LINES]
    host = resembles(standing(sighting), brand, pack)
    if not (reading.names_brand or host):
        return {}
    rows: Rows = {"always": 1.0, "host_alike": float(bool(host))}
    rows |= dict(_named(page, lines, brand, pack))
    rows |= dict(_said(reading))
    rows |= dict(_voice("\n".join(lines), lines))
    rows |= dict(_asked(page, sighting, reading))
    rows |= dict(_leads(sighting, page, reading, brand))
    rows |= dict(_built(page, lines, brand, pack))
    return {name: amount for name, amount in rows.items() if amount}


def _share(count: float, full: float = FULL) -> float:
    return min(1.0, count / full)


def _named(page: PageFacts, lines: list[str], brand: Brand, pack: Pack) -> Iterator[tuple[str, float]]:
    """Give where the name stands: in title, headline, first and last lines, labels, links, or running text alone."""
    there = [bool(alike(line, brand, pack)) for line in lines]
    title = bool(alike(page.title[:LINE], brand, pack))
    head = any(alike(line[:LINE], brand, pack) for line in page.headings[:HEAD])
    fields = [field.label for form in page.forms for field in form.fields]
    signs = any(at for at, line in zip(there, lines, strict=True) if len(line) < RUNNING)
    yield "named_title", title
    yield "named_title_first", title and alike(page.title[:LINE], brand, pack)[0][0] <= 1
    yield "named_headline", head
    yield "named_first_lines", any(there[:HEAD])
    yield "named_last_lines", any(there[-FOOT:])
    yield "named_label", any(alike(label[:LINE], brand, pack) for label in fields[:20])
    yield "named_button", any(alike(link.text[:LINE], brand, pack) for link in page.links[:40])
    yield "named_copyright", bool(alike(page.copyright[:LINE], brand, pack))
    yield "named_running_only", any(there) and not (signs or title or head)
    yield "named_nowhere", not (any(there) or title or head)
    yield "named_lines", _share(sum(there) / max(1, len(lines)), 0.5)
    yield "named_often", _share(sum(there), 6)
    yield "named_as_value", any(is_value(line, brand, pack) for line, at in zip(lines, there, strict=True) if at)
    for place in own_places(page, brand, pack):
        yield f"place_{place.where}", 1.0
    others = {
        name for name in _PRODUCTS.findall(page.text[:SPOKEN]) if not any(name in own for own in brand.names.chinese)
    }
    yield "other_brands", _share(len(others))


def _said(reading: Reading) -> Iterator[tuple[str, float]]:
    """Give what is done with words, meant or told of others, and how often it is warned, reported, complained."""
    for act in names("acts"):
        found = reading.acts[act]
        meant = sum(one.muted in {"", "asked"} for one in found)
        yield f"does_{act}", _share(meant, 2)
        yield f"tells_{act}", _share(len(found) - meant, 2)
    for stance, count in reading.stances.items():
        yield f"stance_{stance}", _share(count)


def _voice(text: str, lines: list[str]) -> Iterator[tuple[str, float]]:
    """Give how it speaks: as us, to the reader, of others, with dates, quotations, sums and questions."""
    per = max(3.0, len(text) / 100)
    for name, pattern in (
        ("as_us", _SPEAKS_AS), ("to_reader", _TO_READER), ("of_others", _HE), ("dates", _DATE), ("quotes", _QUOTED),
        ("orders", _PLEASE), ("sums", _SUMS),
    ):  # fmt: skip
        count = len(pattern.findall(text.casefold()))
        yield f"voice_{name}", _share(count, per)
        yield f"voice_no_{name}", not count
    yield "voice_questions", _share(text.count("？") + text.count("?"))
    said = folded(text)
    for name in _PARTS:
        yield f"part_{name}", _share(len(set(part(name).findall(said))), 2)
    yield "voice_running", _share(sum(len(line) >= RUNNING for line in lines) / max(1, len(lines)), 0.5)


def _asked(page: PageFacts, sighting: Sighting, reading: Reading) -> Iterator[tuple[str, float]]:
    """Give what fields ask for, and what is demanded in words."""
    asks = page.asks
    for ask in asks:
        yield f"asks_{ask}", 1.0
    yield "asks_secrets", _share(len(SECRETS & set(asks)))
    yield "asks_many", _share(len(asks), 4)
    yield "asks_other", any(not field.asks for form in page.forms for field in form.fields)
    yield "asks_nothing", not any(form.fields for form in page.forms)
    yield "asks_account", takes_all(page)
    yield "asks_money", takes_money(page)
    for demand in demanded(page, reading, sighting.text, heading(page)):
        yield f"demand_{demand.kind}", 1.0
        yield f"demand_{demand.kind}_near", demand.named or demand.reached


def _leads(sighting: Sighting, page: PageFacts, reading: Reading, brand: Brand) -> Iterator[tuple[str, float]]:
    """Give where it leads: to files, chats and numbers of somebody's, to the brand itself, or to nothing."""
    hosts = {host_of(link.url) for link in page.links} - {""}
    yield "leads_file", any(link.hands_out for link in page.links)
    yield "leads_code", bool(page.qr)
    yield "leads_official", any(own_host(host, brand) for host in hosts)
    yield "leads_reach", _share(len(reading.contacts))
    yield "leads_only_public", reading.only_public
    for kind in sorted({contact.kind for contact in sighting.contacts}):
        yield f"leads_{kind}", 1.0
    yield "leads_links", _share(log2(1 + len(page.links)), 6)
    yield "leads_hosts", _share(len(hosts), 4)
    yield "leads_moves", bool(page.moves_to)


def _built(page: PageFacts, lines: list[str], brand: Brand, pack: Pack) -> Iterator[tuple[str, float]]:
    """Give how it is built and whose it says it is: an article, a thread, an office; long or bare."""
    yield "built_article", page.published
    yield "built_published", bool(page.publisher)
    yield "built_copyright", bool(page.copyright)
    yield "built_site_name", bool(page.site_name)
    yield "built_anothers", bool(another(page, brand, pack))
    yield "built_disclaims", disclaims(page, brand, pack)
    yield "built_thread", is_thread(page)
    yield "built_office", hears_complaints(page)
    yield "built_lines", _share(len(lines), LINES)
    yield "built_length", _share(log2(1 + len(page.text)), 12)
    yield "built_headings", _share(len(page.headings), 4)
    yield "built_quotations", bool(page.quoted)
