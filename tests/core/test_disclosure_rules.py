"""Published numbers under chance: nothing counted twice, nothing lost, and the same whatever order the rows come in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.disclosure import BEIJING, GROUPS, CaseRecord, Figure, disclose
from zhengben.core.lead import KINDS
from zhengben.core.survival import Life, curve, quantile
from zhengben.locale.words import LANGUAGES, say

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
AS_OF = datetime(2027, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 300 * 24).map(lambda hours: EPOCH + timedelta(hours=hours))
EVENTS = ("found", "sealed", "notices_sent")


@st.composite
def records(draw: st.DrawFn) -> list[CaseRecord]:
    """Give cases in which things happen in an order that can be."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        seen = draw(MOMENTS)
        opened = seen + timedelta(hours=draw(st.integers(0, 48)))
        hours = draw(st.lists(st.integers(1, 2000), max_size=2))
        downs = tuple(opened + timedelta(hours=after) for after in sorted(hours))
        made.append(
            CaseRecord(
                id=f"c{number}",
                kind=draw(st.sampled_from(KINDS)),
                opened_at=opened,
                first_seen_at=seen,
                accused=draw(st.booleans()),
                sealed_at=draw(st.none() | MOMENTS),
                notices=tuple(
                    (f"n{number}.{place}", at) for place, at in enumerate(draw(st.lists(MOMENTS, max_size=2)))
                ),
                downs=downs,
                relapses=tuple(draw(st.lists(MOMENTS, max_size=1))),
                is_down=bool(downs),
                withdrawn_at=draw(st.none() | st.just(AS_OF)),
            )
        )
    return made


def figures(rows: list[CaseRecord], first: date, last: date) -> dict[str, Figure]:
    """Give the figures of a period by code."""
    return {figure.code: figure for figure in disclose(rows, first, last, AS_OF).figures}


YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@given(records())
@settings(max_examples=60)
def test_every_figure_is_the_number_of_its_ids_and_each_id_is_counted_once(rows: list[CaseRecord]) -> None:
    for figure in figures(rows, *YEAR).values():
        assert len(set(figure.ids)) == len(figure.ids)
        if figure.unit != "hours":
            assert figure.value == len(figure.ids)


@given(records())
@settings(max_examples=60)
def test_the_groups_share_out_what_was_found(rows: list[CaseRecord]) -> None:
    found = figures(rows, *YEAR)
    parts = [one for name in GROUPS for one in found[f"found_{name}"].ids]
    assert sorted(parts) == sorted(found["found"].ids)


@given(records(), st.integers(1, 364))
@settings(max_examples=60)
def test_two_periods_that_meet_count_what_their_union_counts(rows: list[CaseRecord], day: int) -> None:
    cut = YEAR[0] + timedelta(days=day)
    early, late = figures(rows, YEAR[0], cut - timedelta(days=1)), figures(rows, cut, YEAR[1])
    whole = figures(rows, *YEAR)
    for code in EVENTS:
        assert sorted([*early[code].ids, *late[code].ids]) == sorted(whole[code].ids)


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_the_rows_changes_no_figure(rows: list[CaseRecord], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a seeded generator of the test
    before, after = figures(rows, *YEAR), figures(shuffled, *YEAR)
    assert {code: figure.value for code, figure in before.items()} == {
        code: figure.value for code, figure in after.items()
    }


@given(records())
@settings(max_examples=40)
def test_what_was_withdrawn_or_never_accused_is_in_no_figure(rows: list[CaseRecord]) -> None:
    out = {row.id for row in rows if row.withdrawn_at or not row.accused}
    for figure in figures(rows, *YEAR).values():
        assert not {one.partition(".")[0].replace("n", "c") for one in figure.ids} & out


@given(records())
@settings(max_examples=40)
def test_what_is_still_up_and_what_is_down_are_never_the_same_case(rows: list[CaseRecord]) -> None:
    found = figures(rows, *YEAR)
    down_now = {row.id for row in rows if row.is_down}
    assert not set(found["still_up"].ids) & down_now
    assert set(found["still_up"].ids) <= set(found["found"].ids)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 31, 16, 0, 0, tzinfo=UTC), False),
        (datetime(2026, 2, 28, 16, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 2, 28, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 31, 23, 59, 59, tzinfo=BEIJING), True),
        (datetime(2026, 3, 1, 0, 0, 0, tzinfo=BEIJING), True),
    ],
    ids=str,
)
def test_both_days_of_a_period_are_beijings_and_are_inside(moment: datetime, *, inside: bool) -> None:
    row = CaseRecord(id="a", kind="url", opened_at=moment, first_seen_at=moment)
    assert figures([row], date(2026, 3, 1), date(2026, 3, 31))["found"].value == int(inside)


def test_a_period_of_one_day_is_a_period() -> None:
    row = CaseRecord(id="a", kind="url", opened_at=EPOCH, first_seen_at=EPOCH)
    assert figures([row], date(2026, 1, 1), date(2026, 1, 1))["found"].value == 1


def test_one_still_up_since_long_lengthens_the_median_it_is_not_forgotten_in() -> None:
    down = [
        CaseRecord(
            id=f"d{n}",
            kind="url",
            opened_at=EPOCH,
            first_seen_at=EPOCH,
            downs=(EPOCH + timedelta(hours=n),),
            is_down=True,
        )
        for n in (10, 20)
    ]
    up = [CaseRecord(id=f"u{n}", kind="url", opened_at=EPOCH, first_seen_at=EPOCH) for n in range(2)]
    assert figures(down, *YEAR)["hours_up_median"].value == 10.0
    assert figures([*down, *up], *YEAR)["hours_up_median"].value == 20.0
    assert figures([*down, *up], *YEAR)["hours_up_p90"].value is None


def test_a_clock_that_went_back_gives_no_negative_life() -> None:
    row = CaseRecord(
        id="a", kind="url", opened_at=EPOCH, first_seen_at=EPOCH, downs=(EPOCH - timedelta(hours=5),), is_down=True
    )
    assert figures([row], *YEAR)["hours_up_median"].value == 0.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_definition_in_words(language: str) -> None:
    for figure in disclose([], *YEAR, AS_OF).figures:
        assert len(say(f"figure.{figure.code}", language)) >= 5


@given(st.lists(st.floats(0.1, 1000), min_size=1, max_size=30), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9, 1.0]))
def test_when_all_have_ended_a_quantile_is_that_of_plain_counting(hours: list[float], share: float) -> None:
    lives = [Life(one, ended=True) for one in hours]
    plain = sorted(hours)[max(1, -int(-share * len(hours) // 1)) - 1]
    assert quantile(lives, share) == plain


@given(st.lists(st.builds(Life, st.integers(1, 500).map(float), st.booleans()), max_size=25), st.floats(0.05, 0.95))
def test_somebody_still_up_never_shortens_a_life(lives: list[Life], share: float) -> None:
    before, after = quantile(lives, share), quantile([*lives, Life(10_000.0, ended=False)], share)
    assert after is None or (before is not None and after >= before)


def test_a_curve_without_ends_never_falls() -> None:
    assert curve([Life(3, ended=False)]) == ()
    assert quantile([], 0.5) is None
