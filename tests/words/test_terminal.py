"""One rule decides which language a person at a terminal reads."""

import pytest

from zhengben.locale.terminal import VARIABLE, language_of


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("zh", "zh"),
        ("zh_TW", "zh"),
        ("zh-Hans-CN", "zh"),
        ("ZH_CN", "zh"),
        ("zh_CN@pinyin", "zh"),
        ("en_US.UTF-8", "en"),
        ("en", "en"),
        ("EN_GB", "en"),
        ("de_DE.UTF-8", "en"),
        ("ja_JP", "en"),
        ("C", "zh"),
        ("C.UTF-8", "zh"),
        ("POSIX", "zh"),
        ("", "zh"),
        ("zhuang", "en"),
        (".UTF-8", "zh"),
    ],
)
def test_a_locale_name_gives_a_language(told: str, expected: str) -> None:
    assert language_of({"LANG": told}) == expected


def test_nobody_was_asked_means_chinese() -> None:
    assert language_of({}) == "zh"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US", "LC_ALL": "zh_CN"}, "zh"),
        ({"LANG": "en_US", "LC_ALL": ""}, "en"),
        ({"LANG": "en_US", "LC_ALL": "C"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": "zh_CN", VARIABLE: "en"}, "en"),
        ({"LANG": "en_US", VARIABLE: ""}, "en"),
        ({"LC_CTYPE": "en_US"}, "zh"),
    ],
)
def test_the_first_variable_that_says_anything_wins(told: dict[str, str], expected: str) -> None:
    assert language_of(told) == expected
