"""Which characters are marked where a found name is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.differing import differing


@pytest.mark.parametrize(
    ("matched", "characters", "marked"),
    [
        ("微粒贷", [(0, "微", "exact"), (1, "粒", "exact"), (2, "贷", "exact")], ""),
        ("薇粒贷", [(9, "薇", "homophone"), (10, "粒", "exact"), (11, "贷", "exact")], "薇"),
        ("微·粒·貸", [(2, "微", "exact"), (4, "粒", "exact"), (6, "貸", "traditional")], "··貸"),
        ("微米立贷", [(0, "微", "exact"), (1, "米立", "split"), (3, "贷", "exact")], "米立"),
        ("威力代", [(0, "威", "homophone"), (1, "力", "homophone"), (2, "代", "homophone")], "威力代"),
        ("we1lidai", [(at, char, "exact") for at, char in enumerate("weilidai") if at != 2], "1"),
        ("wei", [(5, "wei", "exact")], ""),
        ("微粒贷", [], "微粒贷"),
        ("", [], ""),
    ],
)
def test_what_is_marked(matched: str, characters: list[tuple[int, str, str]], marked: str) -> None:
    assert "".join(matched[at] for at in sorted(differing(matched, characters))) == marked


def test_a_character_of_which_nothing_is_told_takes_one_place() -> None:
    assert differing("微粒", [(0, "", "exact"), (1, "", "glyph")]) == {1}


@given(st.text(min_size=1, max_size=12), st.integers(0, 500), st.data())
def test_where_the_text_around_it_begins_changes_nothing(matched: str, start: int, data: st.DataObject) -> None:
    hows = data.draw(st.lists(st.sampled_from(["exact", "glyph"]), min_size=len(matched), max_size=len(matched)))
    rows = list(zip(matched, hows, strict=True))
    told = differing(matched, ((start + at, char, how) for at, (char, how) in enumerate(rows)))
    assert told == {at for at, how in enumerate(hows) if how != "exact"}
