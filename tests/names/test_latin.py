"""Pinyin as it is misspelt by ear, and the one edit between two spellings."""

import pytest

from zhengben.names.latin import near_pinyin, syllables


@pytest.mark.parametrize(
    ("meant", "heard"),
    [
        ("weilidai", "weinidai"),
        ("weilidai", "huilidai"),
        ("weizhongyinhang", "weizonyinhang"),
        ("weizhongyinhang", "weizongyinghang"),
        ("chengdoudai", "cendoudai"),
        ("lingfengyinhang", "linghongyinhang"),
        ("zhuchenxiaofei", "zucenxiaofei"),
        ("liangyoubaoxian", "nianyoubaoxian"),
    ],
)
def test_syllables_are_confused_by_ear(meant: str, heard: str) -> None:
    assert heard in near_pinyin(meant)


@pytest.mark.parametrize(
    ("meant", "other"),
    [
        ("jiebei", "qiebei"),  # too short for a sound of some dialect
        ("huabei", "fapei"),
        ("weilidai", "huinitai"),  # three sounds
        ("weilidai", "weilida"),  # cut short: a slip of one letter, judged as such
        ("webank", "huibank"),  # no pinyin
    ],
)
def test_too_many_sounds_or_too_short_a_name_is_another_name(meant: str, other: str) -> None:
    assert other not in near_pinyin(meant)


@pytest.mark.parametrize("name", ["weilidai", "weizhongyinhang", "huabei", "jiebei", "zhaoshangyinhang", "yirendai"])
def test_near_spellings_are_few_and_never_the_name_itself(name: str) -> None:
    near = near_pinyin(name)
    assert name not in near
    assert len(near) <= 600
    assert all(abs(len(other) - len(name)) <= 4 for other in near)
    assert syllables(name)
