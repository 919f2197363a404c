"""Wordmarks read in a picture: decided by reading, and never by the model of disguises.

A name that is drawn claims the brand only where it is read as the brand's own characters. A word one stroke away that
is drawn so (徽粒贷, 微亚贷) may be a disguise or another firm's mark: what is drawn does not tell, so a person looks. A
word with a character that neither looks nor sounds like the name's (微众琴行 sells pianos) is another firm's.
"""

from collections.abc import Iterator

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts, ReadLine
from zhengben.detect.mention import mentions
from zhengben.detect.page_names import self_name
from zhengben.names.api import Pack
from zhengben.names.hits import Character, NameHit

MOST_READ = 60  # lines read in pictures that are looked at
# One character in its other forms: 貸 for 贷, full width. What differs by look or sound is another character.
UNLIKE = frozenset({"replacement", "keyboard"})  # nobody draws a wrong key
FAR_OFF = 0.6  # cost of a sound as some dialect has it: nobody draws that either
_ITSELF = frozenset({"exact", "traditional", "width"})


def is_anothers(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line read in a picture has the brand's name only with a character exchanged for an unlike one."""
    hits = mentions(line, brand, names)
    return bool(hits) and all(any(map(_unlike, hit.characters)) for hit in hits)


def _unlike(one: Character) -> bool:
    return one.how in UNLIKE or (one.how == "near_sound" and one.cost >= FAR_OFF)


def is_itself(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line holds the brand's name in its own characters, in either script, or one of its Latin names."""
    return any(_exact(hit, brand) for hit in mentions(line, brand, names))


def _exact(hit: NameHit, brand: Brand) -> bool:
    plain = "".join(hit.matched.split()).lower()
    return plain in brand.names.latin or all(one.how in _ITSELF for one in hit.characters)


def drawn(page: PageFacts, brand: Brand, names: Pack) -> Iterator[str]:
    """Give the lines read with certainty in pictures that hold the brand's name itself."""
    for line in page.read[:MOST_READ]:
        if not line.doubted and is_itself(line.text, brand, names):
            yield line.text


def surely(line: ReadLine, brand: Brand, names: Pack) -> bool:
    """Tell whether a line not read with certainty is the brand's name in every reading (微粒贷, 微粒貸)."""
    return bool(line.doubted) and all(
        is_itself(word, brand, names) and self_name(word, brand, names) for word in line.readings
    )


def likeness(page: PageFacts, brand: Brand, names: Pack) -> ReadLine | None:
    """Give the first line read in a picture that may be the brand's name, or is a word like it: for a person."""
    for line in page.read[:MOST_READ]:
        if self_name(line.text, brand, names) and not is_anothers(line.text, brand, names):
            return line
    return None
