"""What a dossier will cry on ordinary traffic: one source of figures and words for the command line and the console."""

# ruff: noqa: E501  # a table of sentences reads best in long rows

import pytest

from names.kit import WEILIDAI, brand
from zhengben.flow.expected import expected_alerts, in_words
from zhengben.names import calibration

ROW = {"term": "cloud", "matches": "in Chinese domain names", "per_day": 0, "at_most_per_day": 200, "examples": []}


def test_the_figures_are_those_of_the_calibration_and_asked_for_once() -> None:
    assert expected_alerts(WEILIDAI) is calibration.expected_alerts(WEILIDAI)
    assert [row["term"] for row in expected_alerts(WEILIDAI)][:2] == ["weilidai", "wld"]


@pytest.mark.parametrize(
    ("more", "english", "chinese"),
    [
        ({}, "in Chinese domain names; 0 expected, at most 200", "在中文域名中；预计 0 条，至多 200 条"),
        ({"per_day": 7}, "in Chinese domain names; 7, at most 200", "在中文域名中；"),
        ({"examples": ["a.cn", "b.cn"]}, "0 expected, at most 200; such as a.cn, b.cn", "a.cn、b.cn"),
        ({"words_near": 8, "near": ["kuaile", "kuaidi"]}, "8 everyday words lie one slip away and are not taken for it, such as kuaile, kuaidi", "有 8 个日常词语只差一个字符"),
        ({"common_words_hit": 0}, "in Chinese domain names; 0 common words hit", "会误中 0 个常用词"),
        ({"common_words_hit": 2, "examples": ["手机号"]}, "2 common words hit; such as 手机号", "手机号"),
        ({"words_near": 0}, "in Chinese domain names; 0 expected, at most 200", "预计 0 条"),
    ],
)  # fmt: skip
def test_each_row_is_said_in_both_languages(more: dict[str, object], english: str, chinese: str) -> None:
    term, told = in_words(ROW | more, "en")
    assert (term, english in told) == ("cloud", True), told
    assert chinese in in_words(ROW | more, "zh")[1]


def test_a_row_without_a_name_is_said_in_the_readers_language() -> None:
    row = ROW | {"term": "(no brand)", "matches": "three lure words and more"}
    assert in_words(row, "zh")[0] == "（不含品牌名）"
    assert in_words(row, "en")[0] == "(no brand)"


def test_every_row_of_a_real_dossier_has_words() -> None:
    known = brand("kuaili", "快栗", "kuailijr", "kuaili", short=("kl",))
    for language in ("zh", "en"):
        told = [in_words(row, language) for row in expected_alerts(known)]
        assert all(term and "{" not in words for term, words in told)
    assert any("kuaidi" in words or "kuaile" in words for _, words in told)
