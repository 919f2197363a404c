"""Which lines of a list are no hostnames, found in whole blocks at once; a list may be all bad, by the million."""

import re

import numpy as np
import numpy.typing as npt

from zhengben.names.hostname import LONGEST_NAME, unicode_label

LEFT_OUT = (
    "is not valid UTF-8",
    "has an empty label",
    "longer than a hostname can be",
    "is no hostname",
)
BROKEN_LABEL = "has broken punycode; read as it stands"
NEWLINE, DOT, COMMENT, STRUCK = 10, 46, 35, 45
BLANK = b" \t\r"
FOREIGN = b"@/:\\\x00\x1b"  # in addresses, paths and rubbish, and in no hostname
FIRST_ESCAPED, LAST_ESCAPED = 0xDC80, 0xDCFF  # what Python makes of a byte that is no UTF-8
BOM = b"\xef\xbb\xbf"  # at the beginning of what some editors write
MARKS = (b"xn--", b"XN--")
Rows = npt.NDArray[np.int64]
Letters = npt.NDArray[np.uint8]
Found = tuple[Rows, int]
# https://user@host:8443/path and host:443 or host/path: lists of addresses are handed over as lists of names
_ADDRESS = re.compile(
    rb"^[ \t]*(?:[A-Za-z][A-Za-z0-9+.-]*://(?:[^@/\n]*@)?([^/:?#@\s\[]+)|([^/:?#@\s\[]+)[/:?])[^\n]*$", re.MULTILINE
)


def hosts_of(data: bytes) -> bytes:
    r"""Give the lines with the hostname of every web address in its place, and without a mark of the encoding.

    >>> hosts_of(b"https://a.cn/x\nb.cn:443\nc.cn")
    b'a.cn\nb.cn\nc.cn'
    """
    data = data.removeprefix(BOM)
    if not any(sign in data for sign in (b"/", b":", b"?")):
        return data
    return _ADDRESS.sub(_host, data)


def _host(match: re.Match[bytes]) -> bytes:
    """Give the host of an address; a word before a colon or slash is one only where it has a dot."""
    return match[1] or (match[2] if b"." in match[2] else match[0])


def bad_rows(data: bytes) -> tuple[Rows, Rows]:
    """Give the rows that are no hostnames, in order, and for each the index in `LEFT_OUT` of its problem."""
    raw = np.frombuffer(data + b"\n", np.uint8)
    ends = np.flatnonzero(raw == NEWLINE)
    found: list[Found] = [(np.flatnonzero(np.diff(ends, prepend=-1) > LONGEST_NAME + 8), 2)]
    if b".." in data or b"\n." in data or data[:1] == b".":
        dots, begins = raw == DOT, np.append(True, raw[:-1] == NEWLINE)
        found.append((np.searchsorted(ends, np.flatnonzero(dots & np.append(dots[1:], False) | dots & begins)), 1))
    if not _decodes(data):
        points = np.frombuffer(data.decode("utf-8", "surrogateescape").encode("utf-32-le", "surrogatepass"), np.uint32)
        broken = np.flatnonzero((points >= FIRST_ESCAPED) & (points <= LAST_ESCAPED))
        found.append((np.searchsorted(np.flatnonzero(points == NEWLINE), broken), 0))
    found += [(rows, 3) for rows in _no_names(data, raw, ends)]
    rows = np.concatenate([at for at, _ in found])
    why = np.concatenate([np.full(len(at), code) for at, code in found])
    order = np.lexsort((why, rows))
    unique, first = np.unique(rows[order], return_index=True)
    return unique, why[order][first]


def _no_names(data: bytes, raw: Letters, ends: Rows) -> list[Rows]:
    """Give the rows of several words, and those with a sign that no hostname has; remarks are neither."""
    found = []
    foreign = [sign for sign in FOREIGN if bytes([sign]) in data]
    if foreign:
        found.append(np.searchsorted(ends, np.flatnonzero(np.isin(raw, foreign))))
    # line ends of Windows are no blanks, and looking at every letter costs as much as screening it
    if b" " in data or b"\t" in data or data.count(b"\r") > data.count(b"\r\n"):
        gap = np.isin(raw, [*BLANK, NEWLINE])
        begins = np.flatnonzero(~gap & np.append(True, gap[:-1]))
        words = np.searchsorted(ends, begins)
        found.append(words[:-1][np.diff(words) == 0])
    remark = raw[np.append(0, ends[:-1] + 1)] == COMMENT
    return [rows[~remark[rows]] for rows in found]


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def blanked(data: bytes, rows: Rows) -> bytes:
    """Strike out the bad lines, which are not screened; the others keep their places."""
    if not len(rows):
        return data
    raw = np.frombuffer(data + b"\n", np.uint8).copy()
    ends = np.flatnonzero(raw == NEWLINE)
    bad = np.zeros(len(ends), np.bool_)
    bad[rows] = True
    raw[np.repeat(bad, np.diff(ends, prepend=-1)) & (raw != NEWLINE)] = STRUCK
    return raw.tobytes()


def broken_labels(data: bytes, most: int) -> list[int]:
    r"""Give the rows with a label whose punycode cannot be read, no more than so many.

    >>> broken_labels(b"xn--kput3i.cn\nxn--99999999.cn\na.xn--", 9)
    [1, 2]
    """
    places = sorted(place for mark in MARKS for place in _broken(data, mark, most))
    return list(dict.fromkeys(data.count(b"\n", 0, place) for place in places))[:most]


def _broken(data: bytes, mark: bytes, most: int) -> list[int]:
    found: list[int] = []
    at = data.find(mark)
    while at >= 0 and len(found) < most:
        begins = at == 0 or data[at - 1] in b".\n"
        label = data[at : at + LONGEST_NAME].partition(b".")[0].partition(b"\n")[0].strip(BLANK)
        # the filter in front of the screen has just read most of these labels, and they are still remembered
        if begins and label.isascii() and not unicode_label(label.decode("ascii").lower()):
            found.append(at)
            at = data.find(b"\n", at) if b"\n" in data[at : at + LONGEST_NAME] else at  # one a line is enough
        at = data.find(mark, at + 1)
    return found
