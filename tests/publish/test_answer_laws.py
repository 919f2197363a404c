"""Laws of the public answer: whatever the rules say, the public is never told that something is safe."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worlds import dossiers
from zhengben.core.reasons import ROLES
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.locale.words import LANGUAGES, say
from zhengben.publish.answer import SHOWN, Answer, Known, compose, ways

KNOWN = Known(number="2026-0007", brand="weilidai", target="wei1idai.cn", since=datetime(2026, 11, 22, tzinfo=UTC))
REASONS = st.lists(
    st.builds(
        Reason,
        st.sampled_from(sorted(ROLES)),
        st.integers(-100, 100),
        st.sampled_from([{}, {"statement": "微粒贷没有独立APP"}, {"statement": ""}]),
    ),
    max_size=8,
)
VERDICTS = st.builds(
    lambda label, brand, score, reasons, missing: Verdict(label, brand, score, tuple(reasons), Coverage(missing)),
    st.sampled_from(Label),
    st.sampled_from(["weilidai", "nobody", ""]),
    st.integers(0, 100),
    REASONS,
    st.sampled_from([(), ("text.tail",)]),
)
ANYTHING = st.one_of(st.none(), VERDICTS)
CASES = st.sampled_from([None, KNOWN])
SAFE = {"zh": ("是安全的", "可以放心", "没有问题"), "en": ("is safe", "is genuine", "no danger")}


def told(answer: Answer, language: str) -> str:
    """Give everything an answer says in words."""
    keys = [f"answer_page.{key}" for key in (answer.headline, answer.under)]
    keys += [f"answer_step.{step}" for step in answer.steps]
    return "\n".join(say(key, language, answer.facts) for key in keys)


@given(ANYTHING, CASES)
def test_only_the_dossier_makes_anything_official(verdict: Verdict | None, known: Known | None) -> None:
    answer = compose(verdict, dossiers(), known)
    assert (answer.kind == "official") is (verdict is not None and verdict.label is Label.OFFICIAL)


@given(ANYTHING)
def test_nobody_is_accused_on_less_than_an_accusing_verdict(verdict: Verdict | None) -> None:
    answer = compose(verdict, dossiers())
    assert (answer.kind == "false") is (verdict is not None and verdict.accuses)
    assert answer.kind != "impostor"  # that word needs two people


@given(ANYTHING)
def test_what_two_people_signed_is_said_unless_it_is_our_own(verdict: Verdict | None) -> None:
    answer = compose(verdict, dossiers(), KNOWN)
    assert answer.kind in {"official", "impostor"}
    if answer.kind == "impostor":
        assert answer.facts["number"] == "2026-0007"
        assert answer.facts["since"] == "2026-11-22"


@given(ANYTHING, CASES, st.sampled_from(LANGUAGES))
def test_an_answer_is_whole_and_never_says_safe(verdict: Verdict | None, known: Known | None, language: str) -> None:
    answer = compose(verdict, dossiers(), known)
    words = told(answer, language)
    assert all(line.strip() for line in words.splitlines())
    assert "{" not in words  # a fact left out would stand there in braces
    if answer.kind != "official":
        assert not any(safe in words for safe in SAFE[language])


@given(ANYTHING, CASES)
def test_few_reasons_are_read_out_and_only_those_that_accuse(verdict: Verdict | None, known: Known | None) -> None:
    answer = compose(verdict, dossiers(), known)
    assert len(answer.reasons) <= SHOWN
    if answer.kind != "official":
        weights = [reason.weight for reason in answer.reasons]
        assert weights == sorted(weights, reverse=True)
        assert all(weight > 0 for weight in weights)
        assert not {ROLES[reason.code] for reason in answer.reasons} & {"official", "speaks", "clears"}


@given(ANYTHING, CASES)
def test_whoever_has_paid_already_is_told_what_to_do(verdict: Verdict | None, known: Known | None) -> None:
    answer = compose(verdict, dossiers(), known)
    assert ("paid" in answer.steps) is (answer.kind != "official")
    assert len(set(answer.steps)) == len(answer.steps)


@given(VERDICTS)
def test_what_could_not_be_looked_at_is_never_dropped_from_an_answer_of_the_rules(verdict: Verdict) -> None:
    answer = compose(verdict, dossiers())
    assert answer.kind == "official" or answer.missing == verdict.coverage.missing


@pytest.mark.parametrize("label", Label)
def test_a_brand_we_do_not_know_is_not_named(label: Label) -> None:
    answer = compose(Verdict(label, "nobody", 50), dossiers())
    assert (answer.facts["brand"], answer.facts["owner"]) == ("", "")


def test_the_weight_and_not_the_order_decides_what_is_read_first() -> None:
    reasons = [Reason("says_it_is", 10), Reason("asks_secrets", 60), Reason("asks_fee", 30)]

    def read(some: Sequence[Reason]) -> list[str]:
        return [r.code for r in compose(Verdict(Label.IMPERSONATION, "weilidai", 90, tuple(some)), dossiers()).reasons]

    assert read(reasons) == read(reasons[::-1]) == ["asks_secrets", "asks_fee", "says_it_is"]


def test_an_app_that_was_installed_has_a_step_of_its_own() -> None:
    app = compose(Verdict(Label.IMPERSONATION, "weilidai", 90, (Reason("no_such_app", 60),)), dossiers())
    site = compose(Verdict(Label.IMPERSONATION, "weilidai", 90, (Reason("asks_secrets", 60),)), dossiers())
    assert "installed" in app.steps
    assert "installed" not in site.steps


@pytest.mark.parametrize("brand", dossiers(), ids=lambda brand: brand.id)
def test_ways_of_every_dossier_can_be_used_or_say_what_there_is_not(brand: object) -> None:
    for way in ways(brand):  # type: ignore[arg-type]  # parametrised
        assert way.value if way.exists == "yes" else way.statement
        assert way.exists != "yes" or way.kind in {"domain", "phone", "account", "mini_program"}
