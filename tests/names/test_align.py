"""A name laid over what was written, at least cost, and each character's way kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import WEBANK, WEILIDAI, brand
from zhengben.names.align import WIDEST_GAP, align, swapped
from zhengben.names.terms import HanTerm, han_terms
from zhengben.names.view import Token, tokens

(WLD,) = han_terms((WEILIDAI,))
BANK = han_terms((WEBANK,))[0]


def laid(text: str, term: HanTerm = WLD, at: int = 0) -> tuple[int, list[str]] | None:
    """Give the cost and the ways of the cheapest reading from a token on."""
    path = align(list(tokens(text)), at, term)
    return (path.cost, [step.way.how for step in path.steps]) if path else None


@pytest.mark.parametrize(
    ("text", "hows"),
    [
        ("微粒贷", ["exact", "exact", "exact"]),
        ("微粒貸", ["exact", "exact", "traditional"]),
        ("薇粒贷", ["homophone", "exact", "exact"]),
        ("徽粒贷", ["shape", "exact", "exact"]),
        ("微粒代贝", ["exact", "exact", "split"]),
        ("weilidai", ["pinyin", "pinyin", "pinyin"]),
        ("wei粒贷", ["pinyin", "exact", "exact"]),
        ("微·粒·贷", ["exact", "exact", "exact"]),
        ("微\u200b粒贷", ["exact", "exact", "exact"]),
        ("微微粒贷", ["repeated", "exact", "exact"]),
    ],
)
def test_how_each_character_was_written(text: str, hows: list[str]) -> None:
    found = laid(text)
    assert found is not None
    assert found[1] == hows


@pytest.mark.parametrize("text", ["微粒", "粒贷", "微中贷", "微", "", "贷粒微", "微粒x贷"])
def test_where_a_character_is_missing_there_is_no_name(text: str) -> None:
    assert laid(text) is None


def test_the_exact_name_costs_nothing_and_every_change_costs_more() -> None:
    costs = [laid(text) for text in ("微粒贷", "微粒貸", "薇粒贷", "薇立贷")]
    assert [found[0] for found in costs if found] == sorted({found[0] for found in costs if found})
    assert costs[0] == (0, ["exact", "exact", "exact"])


@pytest.mark.parametrize("gap", [1, WIDEST_GAP, WIDEST_GAP + 1])
def test_a_gap_is_a_gap_up_to_a_width(gap: int) -> None:
    assert (laid("微" + "·" * gap + "粒贷") is not None) == (gap <= WIDEST_GAP)


def test_a_name_is_laid_from_the_token_it_was_asked_for() -> None:
    assert laid("借微粒贷", at=0) is None
    assert laid("借微粒贷", at=1) is not None


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("粒微贷", True),
        ("微贷粒", True),
        ("贷粒微", True),
        ("粒贷微", True),
        ("贷微粒", True),
        ("微粒贷", False),
        ("微粒", False),
        ("薇贷粒", False),
    ],
)
def test_characters_in_another_order(text: str, moved: object) -> None:
    path = swapped(list(tokens(text)), 0, WLD)
    assert (path is not None) is moved
    if path:
        assert {step.way.how for step in path.steps} == {"exact", "transposition"} or text == text[::-1][::-1]
        assert [text[step.first] for step in path.steps] == list("微粒贷")


@pytest.mark.parametrize("text", ["众微银行", "微银众行", "行银众微"])
def test_longer_names_bear_one_pair_or_all_backwards(text: str) -> None:
    assert swapped(list(tokens(text)), 0, BANK) is not None


@given(
    st.lists(st.sampled_from([*"微薇粒立贷貸代贝银行·-", "wei", "li", "dai", "\u200b", "w"]), max_size=10).map("".join)
)
def test_steps_stand_in_order_and_never_share_a_token(text: str) -> None:
    row: list[Token] = list(tokens(text))
    for at in range(len(row)):
        path = align(row, at, WLD)
        if path:
            assert len(path.steps) == 3
            assert path.cost == sum(step.way.cost for step in path.steps)
            assert all(one.last <= two.first for one, two in zip(path.steps, path.steps[1:], strict=False))


def test_letters_of_a_name_with_letters_are_themselves() -> None:
    (term,) = han_terms((brand("ezb", "e租宝"),))
    assert laid("E租宝", term) is not None
    assert laid("f租宝", term) is None
