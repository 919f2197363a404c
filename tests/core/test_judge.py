"""The judge: what is official is never accused, more evidence never makes a verdict milder, and doubt is said."""

from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.judge import ACCUSE_AT, LOOK_AT, judge
from zhengben.core.reasons import ROLES, Role
from zhengben.core.verdict import Coverage, Label, Reason

GRAVITY = (Label.UNRELATED, Label.MENTION, Label.UNKNOWN, Label.LOOKALIKE, Label.SCAM, Label.IMPERSONATION)
CLEARING = sorted(code for code, role in ROLES.items() if role == "clears")
ACCUSING = sorted(code for code, role in ROLES.items() if role in {"claim", "trade", "name", "harm"})
PROVING = sorted(code for code, role in ROLES.items() if role == "official")


def code(role: Role) -> str:
    return next(name for name, one in ROLES.items() if one == role)


accusing = st.builds(Reason, st.sampled_from(ACCUSING), st.integers(0, 90))
clearing = st.builds(Reason, st.sampled_from(CLEARING), st.integers(-90, 0))
speaking = st.builds(Reason, st.just(code("speaks")), st.integers(0, 10))
reasons = st.lists(st.one_of(accusing, clearing, speaking), max_size=8)
coverages = st.sampled_from([Coverage(), Coverage(("page",))])


def gravity(found: list[Reason], coverage: Coverage) -> int:
    return GRAVITY.index(judge("b", found, coverage).label)


@given(reasons, coverages, st.sampled_from(PROVING))
def test_what_is_proved_official_is_never_accused(found: list[Reason], coverage: Coverage, proof: str) -> None:
    verdict = judge("b", [*found, Reason(proof, 100)], coverage)
    assert verdict.label is Label.OFFICIAL
    assert not verdict.accuses
    assert verdict.score == 0


@given(reasons, coverages, accusing)
def test_one_more_accusing_reason_never_makes_it_milder(found: list[Reason], coverage: Coverage, more: Reason) -> None:
    assert gravity([*found, more], coverage) >= gravity(found, coverage)


@given(reasons, coverages, clearing)
def test_one_more_clearing_reason_never_accuses(found: list[Reason], coverage: Coverage, more: Reason) -> None:
    before, after = judge("b", found, coverage), judge("b", [*found, more], coverage)
    assert before.accuses or not after.accuses


@given(reasons)
def test_the_order_of_reasons_does_not_matter(found: list[Reason]) -> None:
    assert judge("b", found, Coverage()) == judge("b", found[::-1], Coverage())


@given(reasons)
def test_what_could_not_be_seen_is_never_called_harmless(found: list[Reason]) -> None:
    assert judge("b", found, Coverage(("page",))).label not in {Label.UNRELATED, Label.MENTION}


@given(reasons, coverages)
def test_a_score_is_a_share_of_a_hundred_and_nobody_is_accused_below_the_line(
    found: list[Reason], coverage: Coverage
) -> None:
    verdict = judge("b", found, coverage)
    assert 0 <= verdict.score <= 100
    assert not verdict.accuses or verdict.score >= ACCUSE_AT


@given(st.lists(st.builds(Reason, st.sampled_from([code("name"), code("harm")]), st.integers(0, 90)), max_size=6))
def test_likeness_and_harm_without_naming_the_brand_never_accuse(found: list[Reason]) -> None:
    assert not judge("b", found, Coverage()).accuses


def test_a_claim_with_a_demand_is_impersonation() -> None:
    found = [Reason("says_it_is", 45), Reason("asks_contact", 20)]
    assert judge("b", found, Coverage()).label is Label.IMPERSONATION


def test_a_claim_alone_is_for_a_person_to_look_at() -> None:
    assert judge("b", [Reason("says_it_is", 45)], Coverage()).label is Label.LOOKALIKE


def test_a_seller_is_a_scam_and_a_query_is_not() -> None:
    assert judge("b", [Reason("sells_access", 50), Reason("asks_contact", 20)], Coverage()).label is Label.SCAM
    assert judge("b", [Reason("sells_access", 15), Reason("text_name", 5)], Coverage()).label is Label.MENTION
    assert judge("b", [Reason("sells_access", LOOK_AT)], Coverage()).label is Label.LOOKALIKE


def test_a_lookalike_address_that_names_the_brand_and_asks_for_cards_is_impersonation() -> None:
    found = [Reason("host_name", 45), Reason("asks_secrets", 45), Reason("text_name", 5)]
    assert judge("b", found, Coverage()).label is Label.IMPERSONATION
    assert judge("b", found[:2], Coverage()).label is Label.LOOKALIKE


def test_what_names_the_brand_and_asks_much_of_people_is_for_a_person_to_look_at() -> None:
    found = [Reason("text_name", 5), Reason("asks_secrets", 40), Reason("asks_fee", 20)]
    assert judge("b", found, Coverage()).label is Label.LOOKALIKE
    assert judge("b", found[:2], Coverage()).label is Label.MENTION


def test_a_verdict_without_reasons_names_no_brand() -> None:
    assert judge("b", [], Coverage()).brand == ""
    assert judge("b", [Reason("text_name", 5)], Coverage()).brand == "b"


UNDECIDED = sorted(code for code, role in ROLES.items() if role == "undecided")


@given(reasons, coverages, st.sampled_from(UNDECIDED))
def test_what_cannot_be_decided_accuses_nobody_and_is_never_called_harmless(
    found: list[Reason], coverage: Coverage, why: str
) -> None:
    before, after = judge("b", found, coverage), judge("b", [*found, Reason(why, 0)], coverage)
    assert not after.accuses
    assert after.label is (Label.UNKNOWN if before.accuses else before.label)
    assert after.score <= (ACCUSE_AT - 1 if before.accuses else 100)


@given(reasons, coverages, st.sampled_from(UNDECIDED), st.sampled_from(PROVING))
def test_what_is_proved_official_needs_no_deciding(
    found: list[Reason], coverage: Coverage, why: str, proof: str
) -> None:
    assert judge("b", [*found, Reason(why, 0), Reason(proof, 100)], coverage).label is Label.OFFICIAL


SPARES = sorted(code for code, role in ROLES.items() if role == "spares")


@given(reasons, coverages, st.sampled_from(SPARES))
def test_what_spares_leaves_an_accusation_to_a_person_and_changes_nothing_else(
    found: list[Reason], coverage: Coverage, why: str
) -> None:
    before, after = judge("b", found, coverage), judge("b", [*found, Reason(why, 0)], coverage)
    assert after.label is (Label.LOOKALIKE if before.accuses else before.label)
    assert after.score == (ACCUSE_AT - 1 if before.accuses else before.score)


def test_words_accuse_by_themselves_and_as_a_trade_where_one_stands_beside_them() -> None:
    worded, sold = Reason("page_worded_false", ACCUSE_AT), Reason("sells_access", 15)
    assert judge("b", [worded], Coverage()).label is Label.IMPERSONATION
    assert judge("b", [worded, sold], Coverage()).label is Label.SCAM
    assert judge("b", [worded, Reason("page_warns", -40)], Coverage()).label is Label.IMPERSONATION


def test_what_a_page_does_is_told_before_how_it_is_worded() -> None:
    found = [Reason("page_worded_false", 100), Reason("text_name", 5), Reason("page_asks_secrets", 45)]
    told = [reason.code for reason in judge("b", found, Coverage()).reasons]
    assert told == ["page_asks_secrets", "text_name", "page_worded_false"]
