"""What could not be seen, in words: every room gives a code, and whoever reads it gets a sentence.

A code is `room.what`: `page.dns_failed`, `app.packed`, `file.too_deep`. Several rooms make theirs from what happened
(`page.status_503`, `page.stopped_cpu`, a failure of the network), so their words are made from the same parts.
"""

from zhengben.locale.words import catalogue, say

_MADE = (
    ("page.status_", "page_status", "status"),
    ("page.stopped_", "page_stopped", ""),
    ("file.stopped_", "page_stopped", ""),
)


def not_seen(code: str, language: str) -> str:
    """Say what could not be seen, as a sentence of its own; a code that nobody gave words is shown as it is.

    >>> not_seen("page", "en"), not_seen("page.status_503", "en")
    ('not seen: the page was not opened', 'not seen: the site answered with status 503 instead of the page')
    """
    known = catalogue(language)
    key = f"not_seen.{code.replace('.', '_')}"
    if key in known:
        return say(key, language)
    for start, words, fact in _MADE:
        if code.startswith(start):
            return say(f"not_seen.{words}", language, {fact: code.removeprefix(start)})
    short = known.get(f"missing.{code}")
    return say("not_seen.other", language, {"code": short or code})


def unseen(code: str, language: str) -> str:
    """Say the same in a list that says itself that it was not seen.

    >>> unseen("page", "en"), unseen("app.encrypted", "zh")
    ('the page was not opened', '内容被加密')
    """
    short = catalogue(language).get(f"missing.{code}")
    return short or not_seen(code, language).split("：", 1)[-1].split(": ", 1)[-1]
