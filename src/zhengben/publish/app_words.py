"""Words for the codes an examined app carries: malformations, why a signature does not hold, places, platforms."""

import re
from collections.abc import Callable, Mapping

from zhengben.detect.app_powers import permissions_in
from zhengben.examine.apk.tables import table
from zhengben.locale.unseen import unseen
from zhengben.locale.words import say

# Controls, marks of direction, zero-width characters, fillers, tags: with them one name is shown and another is meant.
# What shapes or joins a pictograph before it (\ufe0e, \ufe0f, \u200d) belongs to it.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    r"|(?<![\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff])[\u200d\ufe0e\ufe0f]"
)


def visible(text: str) -> str:
    """Make what cannot be seen in a word visible.

    >>> visible("微\u200b粒贷")
    '微‹U+200B›粒贷'
    """
    return _INVISIBLE.sub(lambda m: f"‹U+{ord(m.group()):04X}›", text)


def tamper_words(code: str, language: str) -> str:
    """Say what was tampered with; a code nobody wrote words for is shown as it is.

    >>> tamper_words("axml_header_size", "en"), tamper_words("new_trick", "en")
    ('manifest: an abnormal header size', 'new_trick')
    """
    part, _, what = code.partition("_")
    if part in {"axml", "arsc"}:
        return _said(f"app_tamper_in.{part}", language, code, what=_said(f"app_tamper.{what}", language, what))
    return _said(f"app_tamper.{code}", language, code)


def form_words(form: str, language: str) -> str:
    """Say in what writing something stood in a member; empty where it stood there as it is.

    >>> form_words("base64", "en"), form_words("", "en")
    ('in base64', '')
    """
    return _said(f"app_form.{form}", language, form) if form else ""


def why_words(code: str, language: str) -> str:
    """Say why a signature was not verified.

    >>> why_words("v3.1_alone", "en")
    'v3.1 stands without v3'
    """
    return _said(f"app_why.{code.replace('.', '_')}", language, code)


def place_words(place: str, language: str) -> str:
    """Say where in the app a name stands."""
    return _said(f"app_place.{place}", language, place)


def note_words(code: str, language: str) -> str:
    """Say what else was noted about a signature or profile.

    >>> note_words("profile_by_apple", "en")[-15:]
    'signed by Apple'
    """
    return _said(f"app_note.{code}", language, code)


def scheme_words(scheme: str, language: str) -> str:
    """Say where a signer was named: Android's schemes keep their names, others are told in words.

    >>> scheme_words("v3.1", "en"), scheme_words("ios_profile", "en")
    ('v3.1', 'provisioning profile')
    """
    return _said(f"app_scheme.{scheme.replace('.', '_')}", language, scheme)


def print_words(one: str, language: str) -> str:
    """Say what a kinship print is: its kind in words, and its value.

    >>> print_words("uni:__UNI__1", "en")
    'platform app number __UNI__1'
    """
    kind, _, value = one.partition(":")
    return f"{_said(f'app_print_of.{kind}', language, kind)} {value}"


def power_words(code: str, language: str) -> str:
    """Say what a profile takes over."""
    return _said(f"app_power.{code}", language, code)


def missing_words(code: str, language: str) -> str:
    """Say what could not be seen."""
    return unseen(code, language)


def spoken(code: str, facts: Mapping[str, object], language: str) -> dict[str, object]:
    """Give the facts of a reason about an app with their codes said in words; those of other reasons as they are.

    >>> spoken("app_tampered", {"flags": ["fake_encryption"]}, "en")["flags"][0][:16]
    'false encryption'
    """
    told = dict(facts)
    if not code.startswith("app_"):
        return told
    for name, words in _SPOKEN.items():
        value = told.get(name)
        if isinstance(value, str):
            told[name] = words(value, language)
        elif isinstance(value, list | tuple):
            told[name] = [words(str(one), language) for one in value]
    return told


def made_name(kind: str, key: str) -> str:
    """Give the name of a platform, packer or SDK by its table (`shells`, `packers`, `sdks`) and id.

    >>> made_name("packers", "bangcle"), made_name("shells", "nobody")
    ('梆梆安全', 'nobody')
    """
    return str(table(kind).get(key, {}).get("name") or key)


def _said(key: str, language: str, otherwise: str, **facts: str) -> str:
    try:
        return say(key, language, facts)
    except KeyError:
        return otherwise


_SPOKEN: dict[str, Callable[[str, str], str]] = {
    "flags": tamper_words,
    "why": why_words,
    "place": place_words,
    "packers": lambda key, _: made_name("packers", key),
    "powers": power_words,
    "permissions": lambda word, language: permissions_in(language, [word])[0],
}
