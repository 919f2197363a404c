"""What a member of the public pastes becomes a lead, and nothing about who they are does."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS
from zhengben.sources.portal_report import LONGEST, NAME, report_lead

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@given(st.sampled_from(KINDS), st.text(max_size=200).filter(str.strip), st.text(max_size=200))
def test_place_and_words_are_kept_and_nothing_else(kind: str, place: str, words: str) -> None:
    lead = report_lead(kind, place, words, NOW)
    assert (lead.kind, lead.source, lead.locator, lead.seen_at) == (kind, NAME, place.strip(), NOW)
    assert set(lead.detail) <= {"words"}
    assert lead.detail.get("words", "") == words.strip()


@pytest.mark.parametrize("place", ["", " ", "\n\t", "\u3000"])
def test_a_report_of_nothing_says_what_to_give(place: str) -> None:
    with pytest.raises(ValueError, match="a link, a number, a name or a text to look at"):
        report_lead("url", place, "被骗了", NOW)


def test_an_endless_paste_is_cut() -> None:
    lead = report_lead("text", "微" * (2 * LONGEST), "粒" * (2 * LONGEST), NOW)
    assert (len(lead.locator), len(str(lead.detail["words"]))) == (LONGEST, LONGEST)


def test_a_kind_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of lead 'website'"):
        report_lead("website", "https://a.cn", "", NOW)
