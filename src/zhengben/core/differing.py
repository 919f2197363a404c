"""Which characters of a found name are not the name's own: what is marked wherever the name is shown."""

from collections.abc import Iterable


def differing(matched: str, characters: Iterable[tuple[int, str, str]]) -> frozenset[int]:
    """Give the places in what was found that are no character of the name as it should be.

    `characters` are (place in the text, what stands there, how it was read), one for each of the name; `exact`
    is the character itself. What lies between them was put there to part them, and differs too.

    >>> sorted(differing("微 粒货", [(4, "微", "exact"), (6, "粒", "exact"), (7, "货", "glyph")]))
    [1, 3]
    """
    rows = list(characters)
    first = min((at for at, _, _ in rows), default=0)
    own = {at - first + k for at, there, how in rows if how == "exact" for k in range(len(there or " "))}
    return frozenset(range(len(matched))) - own
