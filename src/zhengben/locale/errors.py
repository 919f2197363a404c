"""Error sentences of the rooms below, said in the language of whoever reads them.

Rooms raise built-in exceptions with an English sentence, because a traceback, a log and a test must read the same on
every machine. Where such a sentence reaches a person it passes here: the catalogues hold every sentence under
`error_text` once a language with the same `{fields}`, the English one is the pattern, the other is what is said.
A sentence nobody has translated yet is shown as it is; an error in the wrong language is better than none.
"""

import re
from functools import cache

from zhengben.locale.words import catalogue, fill

PREFIX = "error_text."
LONGEST = 600  # what is longer is quoted input; matching it field by field would cost more than it tells
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_JOINTS = (("; ", "；"), (": ", "："))


def in_language(sentence: str, language: str) -> str:
    """Say an error sentence in a language; the parts nobody has translated stay as they are.

    >>> in_language("brands/x.toml: line 3: unknown key 'colour'; check both dates", "zh")
    "brands/x.toml：第 3 行：不认识的键 'colour'；请核对两个日期"
    """
    if language == "en" or len(sentence) > LONGEST:
        return sentence
    whole = _whole(sentence, language)
    return whole if whole is not None else _in_parts(sentence, language)


def _whole(sentence: str, language: str) -> str | None:
    for pattern, words in _patterns(language):
        found = pattern.fullmatch(sentence)
        if found:
            facts = {name: in_language(fact, language) for name, fact in found.groupdict().items()}
            return fill(words, facts)
    return None


def _in_parts(sentence: str, language: str) -> str:
    """Translate what stands between the joints of a line (`where: what; cure`), each part by itself."""
    for joint, ours in _JOINTS:
        parts = sentence.split(joint)
        if len(parts) == 1:
            continue
        told = [in_language(part, language) for part in parts]
        if told != parts:  # something was known: the joints follow the language too
            return ours.join(told)
    return sentence


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give pattern and words of every sentence, the one with most fixed characters first: it says most."""
    english, words = catalogue("en"), catalogue(language)
    known = [key for key in english if key.startswith(PREFIX)]
    known.sort(key=lambda key: -len(re.sub(r"\{\w+\}", "", english[key])))
    return tuple((_pattern(english[key]), words[key]) for key in known)


def _pattern(template: str) -> re.Pattern[str]:
    # a field ends before "; ": what follows is the cure, a sentence of its own
    return re.compile(_FIELD.sub(lambda m: f"(?P<{m[1]}>(?:(?!; ).)+?)", re.escape(template)), re.DOTALL)
