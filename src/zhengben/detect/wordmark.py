"""Wordmarks read in a picture: the brand's own, or another firm's that only has one character of its own.

A wordmark is drawn to be recognised: whoever copies one bends a stroke or takes a character that sounds the same.
A character that neither looks nor sounds like the one it stands for makes another firm's name (微众琴行 sells pianos).
"""

from zhengben.core.brand import Brand
from zhengben.detect.mention import mentions
from zhengben.names.api import Pack


def is_anothers(line: str, brand: Brand, names: Pack) -> bool:
    """Tell whether a line read in a picture has the brand's name only with a character exchanged for an unlike one."""
    hits = mentions(line, brand, names)
    return bool(hits) and all(any(one.how == "replacement" for one in hit.characters) for hit in hits)
