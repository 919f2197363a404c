"""What a page says, as a model of words reads it: short runs of characters, where they stand, and plain facts.

Runs of one to three characters (character n-grams: Cavnar and Trenkle, 1994) need no dictionary, so new words of a
trade are read as well as old ones. The brand stands as one mark, whatever it is called: what is learnt about the pages
of one brand holds for every other.
"""

import re
from collections.abc import Iterable, Iterator

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.detect.lexicon import listed
from zhengben.detect.masked import BRAND, OPEN, PUBLIC, REACH
from zhengben.detect.official_domain import own_host
from zhengben.detect.public_service import host_of
from zhengben.detect.reading import read, read_words
from zhengben.names.api import Pack

READ = 6000  # characters of a page that are read
SIZES = (1, 2, 3)  # characters of a run in running text; two and more elsewhere
HEADINGS, LINKS, CHOICES, SENTENCE = 4, 60, 40, 120
FULL = 3  # so many of a thing are as good as more
_OTHERS = listed("products")
_MARKS = {ord(BRAND): "@", ord(REACH): "#", ord(PUBLIC): "%", ord(OPEN): "&"} | dict.fromkeys(map(ord, "@#%&$"), " ")
_FIGURES = re.compile(r"[0-9][0-9,.:\-/ ]*")
_RUNS = re.compile(r"[\u4e00-\u9fff@#%&$]+|[a-z]{2,}|0")
_SENTENCES = re.compile(r"[。！？!?\n；;]")


def grams(sighting: Sighting, brand: Brand, names: Pack) -> frozenset[str]:
    """Give everything a page says and is, each once; empty for what is no page or does not name the brand.

    `T:`, `L:`, `K:` and `N:` are words of titles, of labels and choices, of links, and of sentences with the brand's
    name in them, `=` is a fact; `@` is the brand, `$` another lender or wallet, `#` somebody's contact, `%` a public
    one, `0` any figure.
    """
    page, reading = sighting.page, read(sighting, brand, names)
    if page is None or not reading.names_brand:
        return frozenset()
    body = _plain(reading.masked.text[:READ])
    title = _zone((page.title, *page.headings[:HEADINGS]), brand, names)
    labels = (*(field.label for form in page.forms for field in form.fields), *page.choices[:CHOICES])
    links = _zone([link.text[:40] for link in page.links[:LINKS]], brand, names)
    found = set(runs(body))
    for mark, words in (("T:", title), ("L:", _zone(labels, brand, names)), ("K:", links), ("N:", _beside(body))):
        found.update(mark + run for run in runs(words, SIZES[1:]))
    found.update(f"={fact}" for fact in _facts(sighting, page, body, title))
    found.add(f"=official:{min(FULL, _official(page, brand))}")
    return frozenset(found)


def runs(text: str, sizes: tuple[int, ...] = SIZES) -> Iterator[str]:
    """Give the runs of characters in a text, the Latin words in it, and each two of them that stand side by side.

    >>> sorted(runs("登录@ sign in"))
    ['@', 'in', 'sign', 'sign in', '录', '录@', '登', '登录', '登录@']
    """
    last = ""
    for match in _RUNS.finditer(text):
        run = match[0]
        if run[0].isascii() and run[0].isalnum():
            yield run
            if last and run != "0":
                yield f"{last} {run}"
            last = run if run != "0" else ""
            continue
        last = ""
        for size in sizes:
            for at in range(len(run) - size + 1):
                yield run[at : at + size]


def _plain(text: str) -> str:
    return _FIGURES.sub("0", _OTHERS.sub("$", text.lower().translate(_MARKS)))


def _zone(lines: Iterable[str], brand: Brand, names: Pack) -> str:
    return _plain(read_words("\n".join(lines), brand, names).masked.text)


def _beside(body: str) -> str:
    """Give the sentences that name the brand."""
    return "\n".join(line[:SENTENCE] for line in _SENTENCES.split(body) if "@" in line)


def _facts(sighting: Sighting, page: PageFacts, body: str, title: str) -> Iterator[str]:
    """Give what is asked for, how it may be reached, where the name stands, and how much there is of everything."""
    yield from (f"asks:{asked}" for asked in page.asks)
    yield from (f"contact:{kind}" for kind in {contact.kind for contact in sighting.contacts})
    yield f"titled:{'@' in title.partition(chr(10))[0]}"
    yield f"titled_first:{title.startswith('@')}"
    yield f"headed:{'@' in title}"
    yield f"article:{page.published}"
    for name, said in (("site", page.site_name), ("copyright", page.copyright), ("publisher", page.publisher)):
        yield f"{name}:{bool(said)}"
    hosts = sum(link.url.startswith("http") for link in page.links)
    hands_out = sum(bool(link.hands_out) for link in page.links)
    fields = sum(len(form.fields) for form in page.forms)
    for name, count in (
        ("asked", len(page.asks)), ("forms", len(page.forms)), ("fields", fields), ("links", len(page.links)),
        ("elsewhere", hosts), ("hands_out", hands_out), ("quoted", len(page.quoted)), ("named", body.count("@")),
        ("reaches", body.count("#")), ("public", body.count("%")),
    ):  # fmt: skip
        yield f"{name}:{min(FULL, count)}"
    yield f"first:{body.find('@').bit_length()}"
    yield f"long:{len(body).bit_length()}"


def _official(page: PageFacts, brand: Brand) -> int:
    hosts = (host_of(link.url) for link in page.links[:LINKS])
    return sum(own_host(host, brand) is not None for host in hosts if host)
