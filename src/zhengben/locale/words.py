"""Words for people: every code has a sentence in every language, kept as TOML beside this file, one file a room.

`say("reason.no_such_app", "zh", {...})` fills the braces of the sentence from the facts. Only plain `{name}` fields are
filled; a fact that is missing shows as an empty string, so a page never breaks on an old record. In a reason, a fact
that is itself a code with words under `fact` (`id_card`, `sms_code`) is said in those words.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")
_FIELD = re.compile(r"\{(\w+)\}")


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Give every sentence of a language, by dotted key; raise ValueError where two files define one key."""
    sentences: dict[str, str] = {}
    for entry in sorted(resources.files(__package__).joinpath(language).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for key, sentence in _flatten("", tomllib.loads(entry.read_text("utf-8"))):
                if key in sentences:
                    raise ValueError(f"locale/{language}: {key!r} is defined twice, last in {entry.name}")
                sentences[key] = sentence
    return sentences


def say(key: str, language: str, facts: Mapping[str, object] | None = None) -> str:
    """Give the sentence for a key with its facts filled in; raise KeyError naming the file to add it to."""
    try:
        sentence = catalogue(language)[key]
    except KeyError:
        raise KeyError(f"no words for {key!r} in src/zhengben/locale/{language}/*.toml") from None
    coded = key.startswith(("reason.", "short."))
    return _FIELD.sub(lambda m: _plain((facts or {}).get(m.group(1), ""), language, coded=coded), sentence)


def fill(sentence: str, facts: Mapping[str, str]) -> str:
    """Fill the braces of a sentence with plain texts; a missing one is an empty text."""
    return _FIELD.sub(lambda m: facts.get(m.group(1), ""), sentence)


def _plain(value: object, language: str, *, coded: bool) -> str:
    if isinstance(value, list | tuple):
        return ("、" if language == "zh" else ", ").join(_plain(one, language, coded=coded) for one in value)
    words = catalogue(language).get(f"fact.{value}") if coded and isinstance(value, str) else None
    return words or str(value)


def _flatten(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        rows += _flatten(f"{key}.", value) if isinstance(value, dict) else [(key, str(value))]
    return rows
