"""What the pages read from the record: filters of the inbox, order, pages, counts, and who confirmed what."""

from datetime import UTC, datetime, timedelta

import pytest

from databases import Record
from zhengben.core.verdict import Label
from zhengben.store.models import Case, Lead, Notice, Recheck
from zhengben.store.pages import paged
from zhengben.store.queries_cases import CaseFilter, cases, latest_states
from zhengben.store.queries_figures import counts
from zhengben.store.queries_inbox import InboxFilter, inbox, label_counts, lead_file
from zhengben.store.queries_rim import LOOKS, confirmed, median_to_notice, notices_in, watched

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def lead(name: str, **other: object) -> Lead:
    """Write one lead straight into the record."""
    told = {
        "kind": "domain", "target_key": name, "locator": f"{name}.cn", "source": "s", "first_seen_at": NOW,
        "last_seen_at": NOW, "state": "judged", "label": "lookalike", "brand": "weilidai", "score": 50,
    } | other  # fmt: skip
    return Lead.objects.create(**told)


def case(number: str, **other: object) -> Case:
    """Write one case straight into the record."""
    told = {
        "number": number, "brand": "weilidai", "kind": "url", "target_key": number, "locator": f"https://{number}.cn/",
        "label": "impersonation", "first_seen_at": NOW, "opened_at": NOW, "state": "complained",
    } | other  # fmt: skip
    return Case.objects.create(**told)


def names(chosen: InboxFilter) -> list[str]:
    """Give the leads a filter keeps, in order."""
    return [row.locator.removesuffix(".cn") for row in inbox(chosen).rows]


def test_the_gravest_stands_first_then_the_newest(record: Record) -> None:
    assert record
    lead("old", score=80, last_seen_at=NOW - MINUTE)
    lead("low", score=10, last_seen_at=NOW + MINUTE)
    lead("new", score=80)
    assert names(InboxFilter()) == ["new", "old", "low"]


def test_what_a_case_holds_already_stands_below_where_it_is_asked_for(record: Record) -> None:
    assert record
    lead("held", score=100, case=case("2026-0001"))
    lead("open", score=10)
    assert names(InboxFilter()) == ["held", "open"]
    assert names(InboxFilter(undecided_first=True)) == ["open", "held"]
    assert names(InboxFilter(open_only=True)) == ["open"]
    assert [row.case_number for row in inbox(InboxFilter()).rows] == ["2026-0001", ""]


def test_a_dismissed_lead_shows_only_where_it_is_asked_for(record: Record) -> None:
    assert record
    lead("gone", state="dismissed")
    lead("here")
    assert names(InboxFilter()) == ["here"]
    assert names(InboxFilter(state="dismissed")) == ["gone"]
    assert label_counts() == {"lookalike": 1}
    assert counts().leads == 1


@pytest.mark.parametrize("label", [*(one.value for one in Label), ""])
def test_what_needs_a_look_is_what_may_be_an_impostor_or_was_not_seen(record: Record, label: str) -> None:
    assert record
    lead("one", label=label)
    needs = label in {"impersonation", "scam", "lookalike", "unknown"}
    assert bool(names(InboxFilter(to_look_at=True))) is needs
    assert counts().leads == int(needs)
    assert label_counts() == {label: 1}


def test_filters_narrow_together_and_a_brand_counts_alone(record: Record) -> None:
    assert record
    lead("a", kind="url", brand="weilidai", source="x")
    lead("b", kind="url", brand="webank", source="x")
    lead("c", kind="phone", brand="weilidai", source="y")
    assert names(InboxFilter(kind="url", brand="weilidai")) == ["a"]
    assert sorted(names(InboxFilter(brand="weilidai"))) == ["a", "c"]
    assert names(InboxFilter(source="y")) == ["c"]
    assert names(InboxFilter(kind="url", source="y")) == []
    assert label_counts("weilidai") == {"lookalike": 2}
    assert label_counts("nobody") == {}


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "0123"), (2, "4567"), (3, "89"), (0, "0123"), (-5, "0123"), (4, "89"), (10**9, "89")]
)
def test_a_page_beyond_the_end_is_the_last_one(record: Record, number: int, expected: str) -> None:
    assert record
    for n in range(10):
        lead(f"h{n}", score=100 - n)
    page = paged(Lead.objects.order_by("-score"), number, lambda rows: [row.target_key[1:] for row in rows], 4)
    assert ("".join(page.rows), page.total, page.pages) == (expected, 10, 3)


def test_an_empty_list_has_one_page(record: Record) -> None:
    assert record
    page = inbox()
    assert (page.rows, page.number, page.pages, page.total) == ((), 1, 1, 0)
    assert lead_file(1) is None


def test_cases_are_found_by_their_number_and_by_their_state(record: Record) -> None:
    assert record
    case("2026-0001", state="closed")
    case("2026-0002", state="down", needs_human=True)
    case("2026-0003", opened_at=NOW + MINUTE)
    assert [c.number for c in cases().rows] == ["2026-0003", "2026-0002", "2026-0001"]
    assert [c.number for c in cases(CaseFilter(words=" 2026-0002 ")).rows] == ["2026-0002"]
    assert [c.number for c in cases(CaseFilter(state="running")).rows] == ["2026-0003"]
    assert [c.number for c in cases(CaseFilter(state="closed")).rows] == ["2026-0001"]
    assert [c.number for c in cases(CaseFilter(needs_human=True)).rows] == ["2026-0002"]
    assert cases(CaseFilter(brand="other")).total == 0


@pytest.mark.parametrize(("state", "sent", "known"), [
    ("complained", 1, 1), ("down", 1, 1), ("closed", 1, 1), ("withdrawn", 1, 0), ("sealed", 0, 0), ("complained", 0, 0),
])  # fmt: skip
def test_the_public_is_told_only_of_what_two_people_complained_about_and_nobody_withdrew(
    record: Record, state: str, sent: int, known: int
) -> None:
    assert record
    case("2026-0001", target_key="k", state=state, first_notice_at=NOW if sent else None)
    assert bool(confirmed(["other", "k"])) is bool(known)
    assert confirmed([]) is None


def test_the_median_is_of_those_that_got_a_notice_and_of_late(record: Record) -> None:
    assert record
    assert median_to_notice(NOW - timedelta(days=30)) is None
    for n, minutes in enumerate((10, 20, 90)):
        case(f"2026-000{n}", first_notice_at=NOW + minutes * MINUTE)
    case("2026-0007")
    case("2026-0008", opened_at=NOW - timedelta(days=60), first_notice_at=NOW + timedelta(days=9))
    assert median_to_notice(NOW - timedelta(days=30)) == 20 * MINUTE


def notice(of: Case, state: str, minutes: int) -> Notice:
    """Write one notice straight into the record."""
    return Notice.objects.create(
        case=of, key=f"{of.number}.{minutes}", channel="email.host", addressee=f"a{minutes}@b.cn", state=state,
        drafted_at=NOW + minutes * MINUTE, drafted_by="one", approved_by="two", language="zh", subject="s", body="b",
    )  # fmt: skip


def test_drafts_stand_oldest_first_and_all_else_newest_first(record: Record) -> None:
    assert record
    one = case("2026-0001")
    for state, minutes in (("draft", 1), ("draft", 2), ("sent", 3), ("refused", 4)):
        notice(one, state, minutes)
    assert [n.key[-1] for n in notices_in(["draft"]).rows] == ["1", "2"]
    assert [n.key[-1] for n in notices_in([]).rows] == ["4", "3", "2", "1"]
    assert [n.key[-1] for n in notices_in(["sent", "draft"]).rows] == ["3", "2", "1"]


def test_what_is_watched_comes_with_its_newest_looks_oldest_first(record: Record) -> None:
    assert record
    late, soon = case("2026-0001", due_at=NOW + MINUTE), case("2026-0002", due_at=NOW)
    case("2026-0003", state="open")
    never = case("2026-0004", due_at=None)
    for n in range(LOOKS + 5):
        Recheck.objects.create(
            case=soon, at=NOW + n * MINUTE, vantage="home", profile="mobile", target="x", state="up_same"
        )
    rows = watched().rows
    assert [one.number for one, _ in rows] == [soon.number, late.number, never.number]
    looks = rows[0][1]
    assert len(looks) == LOOKS
    assert [look.at for look in looks] == sorted(look.at for look in looks)
    assert looks[-1].at == NOW + (LOOKS + 4) * MINUTE
    assert [look.at for look in latest_states(soon)] == [looks[-1].at]
    assert latest_states(late) == []
