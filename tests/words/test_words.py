"""Every code a person may meet has words in every language, and the words use only facts that exist."""

import re

import pytest

from zhengben.core.reasons import ROLES
from zhengben.locale.words import LANGUAGES, catalogue

CODES = sorted(ROLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    missing = [code for code in CODES if not catalogue(language).get(f"reason.{code}", "").strip()]
    assert not missing, f"add `{missing[0]} = ...` under [reason] in src/zhengben/locale/{language}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_for_reasons_that_do_not_exist(language: str) -> None:
    told = {key.removeprefix("reason.") for key in catalogue(language) if re.fullmatch(r"reason\.\w+", key)}
    assert told <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_languages_tell_the_same_facts(code: str) -> None:
    fields = {lang: set(re.findall(r"\{(\w+)\}", catalogue(lang)[f"reason.{code}"])) for lang in LANGUAGES}
    assert fields["zh"] == fields["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_seen_has_words(language: str) -> None:
    ours = {key for key in catalogue("zh") if key.startswith("not_seen.")}
    assert {key for key in catalogue(language) if key.startswith("not_seen.")} == ours
