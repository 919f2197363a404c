"""Every way through the life of an outward effect, every bucket at any pace, and pages and rights at their edges."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from databases import Record
from zhengben.core.brand import INVENTED, Right
from zhengben.core.lead import Lead as CoreLead
from zhengben.store import buckets, effects
from zhengben.store.events import StaleError, ledger_problems
from zhengben.store.intake import insert_leads
from zhengben.store.lead_life import LEAD, MACHINES
from zhengben.store.models import Bucket, Effect, Event, Lead, RightRenewal
from zhengben.store.pages import paged
from zhengben.store.renewals import enter, entered_by, renewals

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
Step = Callable[[], object]
SQLITE = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
# What each call makes of each status; a call that is not named for a status changes nothing.
CHANGES = {
    ("started", "handing"): "handing",
    ("handing", "not_handed"): "started",
    ("handing", "doubt"): "uncertain",
    ("uncertain", "free"): "started",
}
CALLS = ("begin", "handing", "not_handed", "doubt", "free")


def at(status: str, key: str = "k") -> None:
    """Open a key and bring it to a status."""
    effects.begin(key, "mail", NOW)
    if status != "started":
        effects.handing(key)
    if status == "uncertain":
        effects.doubt(key, NOW)
    if status == "done":
        effects.finish(key, {"message_id": "<1>"}, NOW)


def call(name: str, key: str = "k") -> None:
    """Call one of the steps as a worker does."""
    told: dict[str, Step] = {
        "begin": lambda: effects.begin(key, "mail", NOW + HOUR), "handing": lambda: effects.handing(key),
        "not_handed": lambda: effects.not_handed(key), "doubt": lambda: effects.doubt(key, NOW),
        "free": lambda: effects.free(key),
    }  # fmt: skip
    told[name]()


@SQLITE
@pytest.mark.parametrize(("status", "step"), list(product(["started", "handing", "done", "uncertain"], CALLS)))
def test_a_step_changes_a_status_as_the_table_says_or_not_at_all(record: Record, status: str, step: str) -> None:
    assert record
    at(status)
    if step == "handing" and status != "started":
        with pytest.raises(StaleError, match="somebody else is handing it over"):
            call(step)
    else:
        call(step)
    assert effects.status("k") == CHANGES.get((status, step), status)


@SQLITE
def test_a_key_that_was_never_opened_has_no_life(record: Record) -> None:
    assert record
    assert (effects.status("none"), effects.receipt("none")) == ("", {})
    for step in ("not_handed", "doubt", "free"):
        call(step, "none")
    with pytest.raises(StaleError):
        effects.handing("none")
    assert Effect.objects.count() == 0


@SQLITE
def test_opening_a_key_again_keeps_when_it_began(record: Record) -> None:
    assert record
    effects.begin("k", "mail", NOW)
    effects.begin("k", "form", NOW + HOUR)
    effect = Effect.objects.get()
    assert (effect.kind, effect.started_at) == ("mail", NOW)


@SQLITE
def test_one_key_never_moves_another(record: Record) -> None:
    assert record
    at("handing", "a")
    at("uncertain", "b")
    effects.finish("a", {"message_id": "<1>"}, NOW)
    assert (effects.status("a"), effects.status("b")) == ("done", "uncertain")
    assert effects.receipt("b") == {}


@SQLITE
def test_a_freed_key_forgets_when_it_ended_and_an_uncertain_one_keeps_it(record: Record) -> None:
    assert record
    at("uncertain")
    assert Effect.objects.get().finished_at == NOW
    effects.free("k")
    assert Effect.objects.get().finished_at is None


# --- buckets -------------------------------------------------------------------------------------------------------


@SQLITE
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 10),
    st.sampled_from([0.5, 1.0, 6.0, 60.0, 3600.0]),
    st.lists(st.integers(-600, 7200), min_size=1, max_size=20),
)
def test_no_pace_of_asking_gets_more_than_burst_and_rate(
    record: Record, burst: int, rate: float, steps: list[int]
) -> None:
    """Not even one whose clock goes back."""
    assert record
    Bucket.objects.all().delete()
    moment = latest = NOW
    taken = 0
    for step in steps:
        moment += timedelta(seconds=step)
        latest = max(latest, moment)
        taken += buckets.take("c", per_hour=rate, burst=burst, now=moment) == timedelta()
    # the first token is taken at the first moment asked, which may lie before the start
    first = NOW + timedelta(seconds=steps[0])
    passed = max(timedelta(), latest - first).total_seconds()
    assert taken <= burst + passed * rate / 3600 + 1e-6
    assert 0 <= Bucket.objects.get().tokens <= burst


@SQLITE
@pytest.mark.parametrize("rate", [0.1, 1.0, 59.0, 100_000.0])
def test_whoever_waits_as_long_as_told_is_served(record: Record, rate: float) -> None:
    assert record
    now = NOW
    for _ in range(4):
        wait = buckets.take("c", per_hour=rate, burst=1, now=now)
        if wait:
            assert buckets.take("c", per_hour=rate, burst=1, now=now + wait) == timedelta()
            now += wait


@SQLITE
def test_a_refusal_takes_nothing_and_moves_no_clock(record: Record) -> None:
    assert record
    buckets.take("c", per_hour=1, burst=1, now=NOW)
    first = buckets.take("c", per_hour=1, burst=1, now=NOW + HOUR / 2)
    assert buckets.take("c", per_hour=1, burst=1, now=NOW + HOUR / 2) == first
    assert Bucket.objects.get().at == NOW


@SQLITE
@pytest.mark.parametrize("rate", [0, -1, -0.0])
def test_a_rate_that_never_fills_is_refused_by_name(record: Record, rate: float) -> None:
    assert record
    with pytest.raises(ValueError, match="bucket reporter:7: per_hour must be above zero"):
        buckets.take("reporter:7", per_hour=rate, burst=1, now=NOW)
    assert Bucket.objects.count() == 0


# --- pages ---------------------------------------------------------------------------------------------------------


@SQLITE
@pytest.mark.parametrize(
    ("rows", "asked", "number", "pages", "shown"),
    [(0, 1, 1, 1, 0), (0, 99, 1, 1, 0), (3, 1, 1, 1, 3), (4, 2, 2, 2, 1), (6, 2, 2, 2, 3), (7, 3, 3, 3, 1),
     (7, -5, 1, 3, 3), (7, 0, 1, 3, 3), (7, 10**9, 3, 3, 1)],
)  # fmt: skip
def test_any_number_of_a_page_gives_one_that_is_there(
    record: Record, rows: int, asked: int, number: int, pages: int, shown: int
) -> None:
    assert record
    Bucket.objects.bulk_create(Bucket(name=f"b{n}", tokens=1, at=NOW) for n in range(rows))
    page = paged(Bucket.objects.order_by("name"), asked, list, size=3)
    assert (page.number, page.pages, page.total, len(page.rows)) == (number, pages, rows, shown)


@SQLITE
def test_all_pages_together_give_each_row_once_and_in_order(record: Record) -> None:
    assert record
    Bucket.objects.bulk_create(Bucket(name=f"b{n:02d}", tokens=1, at=NOW) for n in range(11))
    found = [
        row.name for number in range(1, 5) for row in paged(Bucket.objects.order_by("name"), number, list, size=3).rows
    ]
    assert found == [f"b{n:02d}" for n in range(11)]


# --- renewals ------------------------------------------------------------------------------------------------------

RIGHT = Right(
    kind="trademark", jurisdiction="CN", number="16577525", nice_class=9, holder="微众银行",
    valid_from=date(2026, 5, 14), valid_to=date(2036, 5, 13), standing="owner", document="5f" * 32,
)  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"valid_from": None}, "a first and a later last day"),
        ({"valid_to": None}, "a first and a later last day"),
        ({"valid_to": date(2026, 5, 14)}, "a first and a later last day"),
        ({"valid_to": date(2020, 1, 1)}, "a first and a later last day"),
        ({"source": f"{INVENTED}: none"}, "invented for the range"),
        ({"document": ""}, "the name of who enters it"),
        ({"holder": ""}, "the name of who enters it"),
        ({"number": ""}, "the name of who enters it"),
    ],
)
@SQLITE
def test_a_renewal_that_a_notice_could_not_stand_on_is_refused_and_leaves_nothing(
    record: Record, fault: dict[str, object], said: str
) -> None:
    assert record
    with pytest.raises(ValueError, match=said):
        enter(
            right=replace(RIGHT, **fault),  # type: ignore[arg-type]  # one field at a time
            brand="weilidai", document_name="a.pdf", entered_by="林芷", now=NOW,
        )  # fmt: skip
    assert (RightRenewal.objects.count(), Event.objects.count()) == (0, 0)


@SQLITE
def test_a_renewal_without_a_name_is_refused(record: Record) -> None:
    assert record
    with pytest.raises(ValueError, match="the name of who enters it"):
        enter(right=RIGHT, brand="weilidai", document_name="a.pdf", entered_by="", now=NOW)


@SQLITE
def test_a_renewal_comes_back_as_the_gate_reads_it_with_who_entered_it(record: Record) -> None:
    assert record
    enter(right=RIGHT, brand="weilidai", document_name="核准续展证明.pdf" * 50, entered_by="林芷", now=NOW)
    (kept,) = renewals("weilidai")
    assert replace(kept, source="", checked_on=None, registrant="") == replace(RIGHT, source="")
    assert (kept.source, kept.checked_on) == ("entered by a person", NOW.date())
    assert entered_by("weilidai") == {("16577525", date(2026, 5, 14)): "林芷"}
    assert renewals("another") == ()
    assert len(RightRenewal.objects.get().document_name) == 200
    assert ledger_problems() == []


def test_the_same_term_twice_is_refused_by_the_record_itself(record: Record) -> None:
    assert record
    enter(right=RIGHT, brand="weilidai", document_name="a.pdf", entered_by="林芷", now=NOW)
    with pytest.raises(IntegrityError):
        enter(right=RIGHT, brand="weilidai", document_name="b.pdf", entered_by="周弈", now=NOW)
    assert RightRenewal.objects.count() == 1
    assert Event.objects.filter(subject="renewal").count() == 1
    assert ledger_problems() == []


# --- the life of a lead ----------------------------------------------------------------------------------------------


def test_every_machine_is_known_by_its_own_name() -> None:
    assert set(MACHINES) == {"case", "notice", "lead"}
    assert all(machine.name == name for name, machine in MACHINES.items())


@pytest.mark.parametrize("state", ["new", "judged", "dismissed"])
def test_no_state_of_a_lead_is_a_dead_end(state: str) -> None:
    assert LEAD.verbs(state)


def test_only_a_person_puts_a_lead_away_or_takes_it_back() -> None:
    for move in LEAD.moves:
        assert (move.verb in {"dismiss", "reopen"}) is ("by_person" in move.needs)


@SQLITE
def test_a_lead_begins_as_the_machine_says(record: Record) -> None:
    assert record
    with transaction.atomic():
        lead = CoreLead(kind="domain", source="s", locator="wei1idai.cn", seen_at=NOW)
        insert_leads([lead], now=NOW, due_at=NOW, actor="t")
    assert Lead.objects.get().state == LEAD.initial == "new"
