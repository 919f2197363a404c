"""Sentences filled from facts, in the words of their language."""

import pytest

from zhengben.locale.words import LANGUAGES, say


@pytest.mark.parametrize(("language", "words"), [("zh", "身份证、短信验证码"), ("en", "ID card, ")])
def test_codes_in_a_reason_are_said_in_words(language: str, words: str) -> None:
    assert words in say("reason.page_asks_secrets", language, {"labels": ["id_card", "sms_code"]})


def test_codes_elsewhere_stay_as_they_are() -> None:
    assert "phone" in say("stop.same_person", "zh", {"person": "phone"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_fact_breaks_nothing(language: str) -> None:
    assert say("stop.same_person", language)


def test_braces_of_a_stranger_are_only_text() -> None:
    assert "{number}" in say("stop.same_person", "zh", {"person": "{number}"})
