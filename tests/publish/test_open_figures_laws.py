"""Laws of the opened numbers: any record gives tables that read back whole, in one order, and run in no spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.disclosure import GROUPS, CaseRecord, disclose
from zhengben.publish.open_figures import CASES, FIGURES, GUIDE, MOMENTS, tables

AT = datetime(2026, 11, 15, tzinfo=UTC)
START, END = date(2026, 11, 1), date(2026, 11, 30)
MOMENT = st.integers(-40 * 24, 40 * 24).map(lambda hours: AT + timedelta(hours=hours))
SOME = st.lists(MOMENT, max_size=3).map(tuple)
LETTERS = st.lists(st.tuples(st.text(max_size=12), MOMENT), max_size=3).map(tuple)
RECORD = st.builds(
    CaseRecord,
    id=st.text(max_size=12),
    kind=st.sampled_from(sorted(kind for kinds in GROUPS.values() for kind in kinds)),
    opened_at=MOMENT,
    first_seen_at=MOMENT,
    accused=st.booleans(),
    sealed_at=st.one_of(st.none(), MOMENT),
    notices=LETTERS,
    reminders=LETTERS,
    downs=SOME,
    relapses=SOME,
    withdrawn_at=st.one_of(st.none(), MOMENT),
    is_down=st.booleans(),
)
RECORDS = st.lists(RECORD, max_size=4, unique_by=lambda one: one.id).map(tuple)
RUNS = tuple("=+-@\t\r\n＝＋－＠")


def read(body: bytes) -> list[dict[str, str]]:
    """Read a table as a spreadsheet does."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def made(records: tuple[CaseRecord, ...]) -> dict[str, bytes]:
    """Give the files of November."""
    return dict(tables(disclose(records, START, END, AT), records, AT))


@settings(max_examples=30)
@given(RECORDS)
def test_every_case_and_every_moment_has_its_row(records: tuple[CaseRecord, ...]) -> None:
    files = made(records)
    assert len(read(files[CASES])) == len(records)
    moments = sum(len(r.notices) + len(r.reminders) + len(r.downs) + len(r.relapses) for r in records)
    assert len(read(files[MOMENTS])) == moments


@settings(max_examples=30)
@given(RECORDS)
def test_no_cell_of_any_table_runs(records: tuple[CaseRecord, ...]) -> None:
    for name, body in made(records).items():
        if name != GUIDE:
            assert not any(cell.startswith(RUNS) for row in read(body) for cell in row.values())


@settings(max_examples=30)
@given(RECORDS)
def test_the_same_record_gives_the_same_bytes(records: tuple[CaseRecord, ...]) -> None:
    assert made(records) == made(records)


@settings(max_examples=30)
@given(RECORDS)
def test_the_moments_of_a_case_come_in_time(records: tuple[CaseRecord, ...]) -> None:
    seen: dict[str, list[str]] = {}
    for row in read(made(records)[MOMENTS]):
        seen.setdefault(row["case"], []).append(row["at"])
    assert all(moments == sorted(moments) for moments in seen.values())


@settings(max_examples=30)
@given(RECORDS)
def test_every_moment_says_its_zone(records: tuple[CaseRecord, ...]) -> None:
    for row in read(made(records)[MOMENTS]):
        assert datetime.fromisoformat(row["at"]).utcoffset() == timedelta(hours=8)


@settings(max_examples=30)
@given(RECORDS)
def test_what_was_withdrawn_keeps_its_row_and_is_in_no_figure(records: tuple[CaseRecord, ...]) -> None:
    files = made(records)
    rows = read(files[CASES])
    assert sum(row["withdrawn_at"] != "" for row in rows) == sum(r.withdrawn_at is not None for r in records)
    found = next(row for row in read(files[FIGURES]) if row["code"] == "found")
    counted = [r for r in records if r.accused and r.withdrawn_at is None]
    assert int(found["value"]) <= len(counted)


@given(st.text(max_size=30))
def test_a_name_of_an_impostor_comes_back_or_is_quoted(name: str) -> None:
    record = CaseRecord(id=name, kind="url", opened_at=AT, first_seen_at=AT)
    (row,) = read(made((record,))[CASES])
    assert row["case"].removeprefix("'") == name.removeprefix("'")


def test_a_lone_surrogate_does_not_cost_the_table() -> None:
    (row,) = read(made((CaseRecord(id="a\ud800b", kind="url", opened_at=AT, first_seen_at=AT),))[CASES])
    assert row["case"] == "a?b"


def test_lines_end_as_the_standard_says() -> None:
    body = made((CaseRecord(id="x", kind="url", opened_at=AT, first_seen_at=AT),))[CASES]
    assert body.endswith(b"\r\n")
    assert body.count(b"\n") == body.count(b"\r\n") == 2


def test_an_empty_record_gives_tables_with_headings_and_no_claims() -> None:
    files = made(())
    assert read(files[CASES]) == read(files[MOMENTS]) == []
    figures = read(files[FIGURES])
    assert figures
    assert all(row["value"] in {"", "0"} for row in figures)
    assert all(row["ids"] == "" for row in figures)
