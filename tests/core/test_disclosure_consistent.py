"""Whatever happened to whichever cases, the published numbers agree with each other and with what they list."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.disclosure import BEIJING, GROUPS, CaseRecord, Figure, disclose
from zhengben.core.lead import KINDS

START = datetime(2026, 1, 1, tzinfo=UTC)
AS_OF = START + timedelta(days=400)
MOMENTS = st.integers(0, 380 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@st.composite
def records(draw: st.DrawFn) -> tuple[CaseRecord, ...]:
    """Draw cases whose moments follow each other as the product lets them."""
    return tuple(_record(draw, number) for number in range(draw(st.integers(0, 12))))


def _record(draw: st.DrawFn, number: int) -> CaseRecord:
    seen = draw(MOMENTS)
    after = st.integers(0, 60 * 24 * 20).map(lambda minutes: timedelta(minutes=minutes))
    opened = seen + draw(after)
    sealed = opened + draw(after) if draw(st.booleans()) else None
    notices = tuple((f"n{number}.{n}", (sealed or opened) + draw(after)) for n in range(draw(st.integers(0, 2))))
    downs, relapses, at, by_hand = [], [], opened, []
    for _ in range(draw(st.integers(0, 3))):
        at += draw(after)
        downs.append(at)
        if draw(st.booleans()):
            by_hand.append(at)
        if not draw(st.booleans()):
            break
        at += draw(after)
        relapses.append(at)
    return CaseRecord(
        id=f"c{number}", kind=draw(st.sampled_from(KINDS)), first_seen_at=seen, opened_at=opened, sealed_at=sealed,
        first_notice_at=notices[0][1] if notices else None, notices=notices,
        reminders=tuple((f"{key}.r1", when + timedelta(days=1)) for key, when in notices[:1]), downs=tuple(downs),
        downs_by_hand=tuple(by_hand), relapses=tuple(relapses), is_down=len(downs) > len(relapses),
        accused=draw(st.booleans()) or draw(st.booleans()),
        withdrawn_at=opened + timedelta(days=1) if draw(st.integers(0, 5)) == 0 else None,
    )  # fmt: skip


def figures(rows: tuple[CaseRecord, ...], start: date, end: date) -> dict[str, Figure]:
    """Give the figures of a period by code."""
    return {one.code: one for one in disclose(rows, start, end, AS_OF).figures}


PERIODS = st.tuples(st.integers(0, 400), st.integers(0, 200)).map(
    lambda two: (date(2026, 1, 1) + timedelta(two[0]), date(2026, 1, 1) + timedelta(two[0] + two[1]))
)


@settings(max_examples=150)
@given(records(), PERIODS)
def test_every_figure_is_the_number_of_its_ids(rows: tuple[CaseRecord, ...], period: tuple[date, date]) -> None:
    for one in figures(rows, *period).values():
        assert len(set(one.ids)) == len(one.ids)
        if one.unit != "hours":
            assert one.value == len(one.ids)


@settings(max_examples=150)
@given(records(), PERIODS)
def test_parts_are_parts_of_their_whole(rows: tuple[CaseRecord, ...], period: tuple[date, date]) -> None:
    told = figures(rows, *period)
    groups = [told[f"found_{name}"] for name in GROUPS]
    assert sorted(i for one in groups for i in one.ids) == sorted(told["found"].ids)
    assert set(told["still_up"].ids) <= set(told["found"].ids)
    assert set(told["verified_down_by_hand"].ids) <= set(told["verified_down"].ids)
    assert not set(told["notices_sent"].ids) & set(told["reminders_sent"].ids)


@settings(max_examples=150)
@given(records(), PERIODS)
def test_what_was_withdrawn_or_never_accused_is_nowhere(
    rows: tuple[CaseRecord, ...], period: tuple[date, date]
) -> None:
    out = {one.id for one in rows if one.withdrawn_at or not one.accused}
    letters = {key for one in rows if one.id in out for key, _ in (*one.notices, *one.reminders)}
    for one in figures(rows, *period).values():
        assert not (out | letters) & set(one.ids)


@settings(max_examples=100)
@given(records(), st.integers(1, 300))
def test_a_year_cut_in_two_finds_each_case_once(rows: tuple[CaseRecord, ...], days: int) -> None:
    start, middle, end = date(2026, 1, 1), date(2026, 1, 1) + timedelta(days), date(2027, 12, 31)
    whole = figures(rows, start, end)
    early, late = figures(rows, start, middle), figures(rows, middle + timedelta(1), end)
    for code in ("found", "sealed", "notices_sent", "reminders_sent", *(f"found_{name}" for name in GROUPS)):
        assert sorted((*early[code].ids, *late[code].ids)) == sorted(whole[code].ids)
    for code in ("verified_down", "relapsed"):  # a case may go down in both
        assert set(early[code].ids) | set(late[code].ids) == set(whole[code].ids)


@settings(max_examples=100)
@given(records(), PERIODS)
def test_nine_in_ten_never_go_down_sooner_than_half(rows: tuple[CaseRecord, ...], period: tuple[date, date]) -> None:
    told = figures(rows, *period)
    half, most = told["hours_up_median"].value, told["hours_up_p90"].value
    assert most is None or (half is not None and half <= most)
    assert told["hours_up_median"].ids == told["found"].ids


@settings(max_examples=60)
@given(records(), PERIODS, st.randoms())
def test_the_order_of_the_records_changes_no_number(rows: tuple[CaseRecord, ...], period: tuple[date, date], chance: object) -> None:  # fmt: skip  # noqa: E501 -- one line of parameters
    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' own Random
    one, other = figures(rows, *period), figures(tuple(mixed), *period)
    assert {code: (f.value, sorted(f.ids)) for code, f in one.items()} == {
        code: (f.value, sorted(f.ids)) for code, f in other.items()
    }


@given(MOMENTS)
def test_a_day_ends_at_midnight_in_beijing(moment: datetime) -> None:
    day = moment.astimezone(BEIJING).date()
    row = CaseRecord(id="c", kind="url", opened_at=moment, first_seen_at=moment)
    assert figures((row,), day, day)["found"].value == 1
    for other in (day - timedelta(1), day + timedelta(1)):
        assert figures((row,), other, other)["found"].value == 0
    assert figures((replace(row, opened_at=moment.astimezone(BEIJING)),), day, day)["found"].value == 1
