"""Plain text, a message or a bare number as a sighting: decoded, capped, its signature and contacts found."""

import re

from zhengben.core.sighting import Sighting
from zhengben.examine.indicators import find_contacts

MAX_TEXT = 200_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SIGNATURE = re.compile(
    r"\A\s*[【\[［〔「]([^】\]］〕」\n]{1,30})[】\]］〕」]|[【［〔]([^】］〕\n]{1,30})[】］〕]\s*\Z"
)


def decode(data: bytes) -> str:
    """Turn bytes into text: by their mark, as UTF-8, else as GB 18030 with bad bytes shown as U+FFFD.

    >>> decode("微粒贷".encode("gbk"))
    '微粒贷'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def examine_text(text: str, *, kind: str = "text", target: str = "", title: str = "", speaker: str = "") -> Sighting:
    """Look at a text a person would read; `target` defaults to the text itself.

    What lies beyond `MAX_TEXT` characters is not read and is named in `missing`.

    >>> examine_text("【微粒贷】您的额度已到账").speaker
    '微粒贷'
    """
    seen = text[:MAX_TEXT]
    return Sighting(
        kind=kind,
        target=target or text,
        title=title,
        text=seen,
        speaker=speaker or signature(seen),
        contacts=find_contacts(seen),
        missing=("text.tail",) if len(text) > MAX_TEXT else (),
    )


def signature(text: str) -> str:
    """Give the sender a short message names in brackets at its beginning or end, or an empty string.

    >>> signature("您的快递到了【顺丰速运】")
    '顺丰速运'
    """
    match = _SIGNATURE.search(text)
    return (match.group(1) or match.group(2)).strip() if match else ""
