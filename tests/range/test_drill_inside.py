"""The drill in this process: what it hands over, takes back and counts (whole months run as commands)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event as Flag

import pytest

from zhengben.core.brand import Brand
from zhengben.flow.drill import Drill, Pace, browser_of, live, play, run
from zhengben.flow.drill_feeds import Feeder
from zhengben.flow.drill_outside import Outside
from zhengben.flow.drill_people import APPROVER, DRAFTER
from zhengben.flow.drill_score import summary
from zhengben.range.feeds import BROKEN
from zhengben.range.scenario import parse_scenario, read_scenario
from zhengben.range.world import World
from zhengben.store.models import Answer, Case, Lead, Notice, SetAside

pytestmark = [pytest.mark.sockets, pytest.mark.django_db]

TEXT = """
start = 2026-11-23T08:00:00+08:00
days = 9
noise_hosts = 40
[impostors]
site_added = 1
site_junk = 1
app = 1
[decoys]
press_release = 2
official_page = 1
[tempers]
prompt = 1
"""


@pytest.fixture
def drill(brand: Brand, tmp_path: Path) -> Iterator[Drill]:
    with World(parse_scenario(TEXT), 11, brand) as world, Outside(world, brand, tmp_path) as outside:
        yield Drill(world, outside, Feeder(world, tmp_path, outside.screen))


def test_from_lead_to_verified_down(drill: Drill) -> None:
    weeks: list[str] = []
    run(drill, weeks.append)
    told = summary(drill.world, drill.outside)
    assert told["accused_decoys"] == told["false_down"] == []
    assert (told["duplicate_notices"], told["unapproved_sends"], told["ledger_ok"]) == (0, 0, True)
    assert Case.objects.filter(state="down").exists()
    assert {(n.drafted_by, n.approved_by) for n in Notice.objects.exclude(sent_at=None)} == {(DRAFTER, APPROVER)}
    assert set(Answer.objects.values_list("kind", flat=True)) == {"acknowledged", "action_reported"}
    assert weeks == ["range: 7 of 9 days"]
    # broken lines were set aside and stopped nothing, and hosts of no interest were not looked at
    assert SetAside.objects.count() == len(BROKEN)
    assert Lead.objects.filter(kind="app_listing").count() == 1
    looked = Lead.objects.filter(kind="domain").count()
    assert looked <= sum(thing.feed == "hosts" for thing in drill.world.things.values())


def test_a_wrong_accusation_and_a_wrong_down_would_be_told(drill: Drill) -> None:
    """The summary has teeth: what must never happen is counted when it does."""
    run(drill)
    innocent = next(thing for thing in drill.world.things.values() if not thing.impostor)
    Lead.objects.filter(locator=innocent.locator).update(label="scam")
    for thing in drill.world.things.values():
        thing.life.clear()  # in truth nothing ever went down
    Notice.objects.exclude(sent_at=None).update(drafted_by="one", approved_by="two")  # whom the ledger does not know
    drill.world.received.append(drill.world.received[0])
    lines = drill.outside.log.path.read_bytes().splitlines(keepends=True)
    drill.outside.log.path.write_bytes(b"".join(lines[1:]))
    told = summary(drill.world, drill.outside)
    assert [row["id"] for row in told["accused_decoys"]] == [innocent.id]  # type: ignore[attr-defined]  # rows
    assert told["false_down"]
    assert told["duplicate_notices"] == 1
    assert told["unapproved_sends"] == len(drill.world.received)
    assert told["ledger_ok"] is False


def test_live_waits_for_a_person(drill: Drill) -> None:
    stop, ticks = Flag(), []

    def tick(now: object) -> None:
        ticks.append(now)
        if len(ticks) == 150:
            stop.set()

    live(drill, stop, tick, Pace(seconds_an_hour=0.0, approve_after=None))
    assert len(ticks) == 150
    assert not Notice.objects.exclude(sent_at=None).exists()
    assert Notice.objects.filter(state="draft", drafted_by=DRAFTER).exists()


def test_live_lets_the_invented_person_approve_what_waits_long(drill: Drill) -> None:
    live(drill, Flag(), pace=Pace(seconds_an_hour=0.0, approve_after=timedelta(hours=12), spare=0))
    assert Notice.objects.exclude(sent_at=None).exists()


def test_play_plants_plays_and_counts(tmp_path: Path) -> None:
    told = play(replace(parse_scenario(TEXT), days=2), 1, tmp_path)
    assert told["days"] == 2
    assert isinstance(told["elapsed_s"], float)


def test_without_a_sample_no_browser_is_asked_for() -> None:
    said: list[str] = []
    assert browser_of(read_scenario("small"), said.append)(None) is None  # type: ignore[arg-type]  # never touched
    assert said == []


def test_without_a_browser_it_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.collect.browser.chromium", lambda: "")
    said: list[str] = []
    assert browser_of(read_scenario("quarter"), said.append)(None) is None  # type: ignore[arg-type]  # never touched
    assert len(said) == 1
    assert "pages are only downloaded" in said[0]
