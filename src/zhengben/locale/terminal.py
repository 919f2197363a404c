"""Which language a person at a terminal reads: the one rule of every command and process.

The order is that of POSIX, with one variable of ours above it, which `--lang` sets and processes we start inherit.
Unset, `C` and `POSIX` mean that nobody was asked; then the house speaks Chinese, the language of those it guards.
A language we do not have (`de_DE`) means a person who chose something else than Chinese; English serves them better.
"""

from collections.abc import Mapping

from zhengben.locale.words import LANGUAGES

VARIABLE = "ZHENGBEN_LANGUAGE"
_ORDER = (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
_UNASKED = frozenset({"", "c", "posix"})


def language_of(environment: Mapping[str, str]) -> str:
    """Give the language code (`zh` or `en`) for the variables of a process; the first variable that says anything wins.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LANG": "en_GB"}), language_of({"LANG": "C.UTF-8"})
    ('zh', 'en', 'zh')
    >>> language_of({"LANG": "zh_TW", "LC_ALL": "de_DE.UTF-8"})
    'en'
    """
    for name in _ORDER:
        # an empty variable counts as unset (POSIX 8.2), but LC_ALL=C is an answer: it overrides LANG
        told = environment.get(name, "")
        if told:
            return _language(told)
    return LANGUAGES[0]


def _language(told: str) -> str:
    """Give the language of one locale name: `zh_Hans_CN.UTF-8@x` is `zh`."""
    code = told.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0].lower()
    if code in _UNASKED:
        return LANGUAGES[0]
    return code if code in LANGUAGES else "en"
