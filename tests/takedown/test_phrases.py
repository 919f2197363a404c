"""Phrases kept as data."""

import re

import pytest

from zhengben.takedown.answers import KINDS
from zhengben.takedown.phrases import phrases


def test_every_list_is_a_pattern_and_a_phrase_bends_a_little() -> None:
    known = phrases("answer_phrases")
    assert {"refused", "action_reported"} <= set(KINDS) & set(known)
    assert known["action_reported"].search("已将该应用予以下架")
    assert known["action_reported"].search("The Domain HAS  been\nremoved")
    assert not known["action_reported"].search("has been removedness")


@pytest.mark.parametrize("file", ["answer_phrases", "markers"])
def test_no_phrase_matches_nothing_at_all(file: str) -> None:
    for name, pattern in phrases(file).items():
        assert not pattern.search(""), name
        assert isinstance(pattern, re.Pattern)
