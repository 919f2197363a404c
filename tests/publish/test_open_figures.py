"""Tables for a spreadsheet: Chinese that opens, moments with their zone, and no cell that runs."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from zhengben.core.disclosure import CaseRecord, disclose
from zhengben.publish.open_figures import CASES, FIGURES, GUIDE, MOMENTS, tables

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
RECORD = CaseRecord(
    id="2026-0001", kind="url", opened_at=AT, first_seen_at=AT, sealed_at=AT, first_notice_at=AT,
    notices=(("2026-0001.0.k", AT),), downs=(AT,), downs_by_hand=(AT,), is_down=True,
)  # fmt: skip


def rows(name: str, *records: CaseRecord) -> list[dict[str, str]]:
    """Give one table as a spreadsheet reads it."""
    told = disclose(records, date(2026, 11, 1), date(2026, 11, 30), AT)
    body = tables(told, records, AT)[name]
    assert body.startswith(b"\xef\xbb\xbf")  # without the mark a spreadsheet takes it for GBK
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_moments_are_beijings_and_say_so() -> None:
    (case,) = rows(CASES, RECORD)
    assert case["opened_at"] == "2026-11-23T01:30:00.000000+08:00"
    assert (case["withdrawn_at"], case["is_down"], case["group"]) == ("", "1", "sites")
    assert [row["what"] for row in rows(MOMENTS, RECORD)] == ["down", "down_by_hand", "notice"]


def test_every_figure_has_its_words_in_both_languages() -> None:
    told = rows(FIGURES, RECORD)
    assert all(row["definition_zh"] and row["definition_en"] for row in told)
    assert next(row for row in told if row["code"] == "found")["ids"] == "2026-0001"
    assert next(row for row in told if row["code"] == "hours_up_median")["value"] == "0.0"
    assert next(row for row in rows(FIGURES) if row["code"] == "hours_up_median")["value"] == ""


@pytest.mark.parametrize(
    "evil", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1"]
)
def test_no_cell_begins_a_formula(evil: str) -> None:
    bad = CaseRecord(id=evil, kind="url", opened_at=AT, first_seen_at=AT, notices=((evil, AT),))
    assert all(not row["case"].startswith(tuple("=+-@\t\r\n＝＋－＠")) for row in rows(CASES, bad))
    assert all(row["key"].startswith("'") for row in rows(MOMENTS, bad))


@pytest.mark.parametrize("odd", ['a"b', "a,b", "a\r\nb", "微粒贷", "𠮷", ""])
def test_whatever_a_key_holds_comes_back(odd: str) -> None:
    told = rows(MOMENTS, CaseRecord(id="c", kind="url", opened_at=AT, first_seen_at=AT, notices=((odd, AT),)))
    assert [row["key"] for row in told] == [odd]


def test_a_kind_of_no_group_is_left_open() -> None:
    (case,) = rows(CASES, CaseRecord(id="c", kind="of tomorrow", opened_at=AT, first_seen_at=AT))
    assert case["group"] == ""


def test_the_guide_is_in_both_languages_and_names_the_period() -> None:
    told = disclose((), date(2026, 11, 1), date(2026, 11, 30), AT)
    guide = tables(told, (), AT)[GUIDE].decode()
    assert guide.count("2026-11-01") == guide.count("2026-11-23T01:30") == 2
    assert "复算方法" in guide
    assert "How to get a figure again" in guide
