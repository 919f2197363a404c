"""What a page's script writes into it while it loads (`document.write`), where that stands in the script as text.

Nothing is run: strings, names that were given a string, and pieces joined by a plus are put together; anything else
ends the reading, and what was read until then stands. A page whose whole form is written so is no less a page.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

MOST = 8  # writings of one script
MOST_NAMES = 200  # of one page
LONGEST = 20_000  # characters of one
_LITERAL = r"""(?:"(?:[^"\\\n]|\\.){0,20000}"|'(?:[^'\\\n]|\\.){0,20000}'|`(?:[^`\\$]|\\.){0,20000}`)"""
_NAMED = re.compile(rf"\b(?:var|let|const)\s+([A-Za-z_$][\w$]{{0,40}})\s*=\s*({_LITERAL})\s*[;,\n]")
_WRITES = re.compile(r"\bdocument\.write(?:ln)?\s*\(\s*")
_TERM = re.compile(
    rf"(?:(?P<coded>decodeURIComponent|decodeURI|unescape)\s*\(\s*(?P<inside>{_LITERAL})\s*\)|(?P<literal>{_LITERAL})"
    r"|(?P<name>[A-Za-z_$][\w$]{0,40}))\s*(?P<more>\+\s*)?"
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r"}
_PERCENT_U = re.compile(r"%u([0-9a-fA-F]{4})")


def written(script: str, known: dict[str, str] | None = None) -> list[str]:
    """Give the HTML a script writes, as far as it stands there as text.

    `known` are the strings that scripts before it gave names to; those of this one are added to it.

    >>> written("var n='微粒贷'; document.write('<h1>' + n + '</h1>');")
    ['<h1>微粒贷</h1>']
    """
    known = {} if known is None else known
    for match in _NAMED.finditer(script):
        if len(known) < MOST_NAMES:
            known[match[1]] = _plain(match[2])
    found = (
        _joined(script, match.end(), known) for _, match in zip(range(MOST), _WRITES.finditer(script), strict=False)
    )
    return [html for html in found if "<" in html]


def _joined(script: str, at: int, known: Mapping[str, str]) -> str:
    pieces: list[str] = []
    while len(pieces) < MOST * 8:
        term = _TERM.match(script, at)
        if term is None or (term["name"] and term["name"] not in known):
            break
        pieces.append(known[term["name"]] if term["name"] else _decoded(term))
        at = term.end()
        if not term["more"]:
            break
    return "".join(pieces)[:LONGEST]


def _decoded(term: re.Match[str]) -> str:
    if term["literal"]:
        return _plain(term["literal"])
    coded = _PERCENT_U.sub(lambda match: _character(int(match[1], 16)), _plain(term["inside"]))
    return unquote(coded, errors="replace")


def _plain(literal: str) -> str:
    return _ESCAPE.sub(_unescaped, literal[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return _character(int(code, 16)) if code else _SHORT.get(match[4], match[4])


def _character(number: int) -> str:
    return chr(number) if 0x20 <= number < 0x110000 and not 0xD800 <= number < 0xE000 else " "
