"""Parts of the drill that a quiet run never needs: a browser, a database that is away, a world nobody can write to."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event as Flag
from typing import Any

import pytest
from django.db import OperationalError

from zhengben.collect.browser import Browser
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Profile
from zhengben.core.lead import Lead as CoreLead
from zhengben.flow import drill as drilling
from zhengben.flow.drill import Drill, Pace, browser_of, live, run
from zhengben.flow.drill_feeds import Feeder
from zhengben.flow.drill_outside import Outside
from zhengben.flow.drill_score import summary
from zhengben.flow.intake import take_in
from zhengben.range.scenario import parse_scenario, read_scenario
from zhengben.range.world import VANTAGES, World
from zhengben.store.due import claim
from zhengben.store.models import Case, Lead, Notice, Source

pytestmark = [pytest.mark.sockets, pytest.mark.django_db]

TEXT = """
start = 2026-11-23T08:00:00+08:00
days = 3
[impostors]
site_added = 1
[decoys]
press_release = 1
[tempers]
prompt = 1
"""


@pytest.fixture
def drill(brand: Brand, tmp_path: Path) -> Iterator[Drill]:
    with World(parse_scenario(TEXT), 11, brand) as world, Outside(world, brand, tmp_path) as outside:
        yield Drill(world, outside, Feeder(world, tmp_path, outside.screen))


class Camera:
    """A browser that remembers what it was shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.closed = 0

    def capture(self, url: str, profile: Profile) -> Captured:
        self.shown.append((url, profile.vantage))
        return Captured(url=url, final_url=url, profile=profile.name, status=200, dom="<p>微粒贷</p>")

    def close(self) -> None:
        self.closed += 1


def test_a_sample_of_pages_is_captured_from_the_first_vantage_only(brand: Brand, tmp_path: Path) -> None:
    camera, phone = Camera(), PROFILES["mobile"]
    scenario = replace(parse_scenario(TEXT), browser_sample=2)
    with World(scenario, 11, brand) as world, Outside(world, brand, tmp_path, lambda _guard: camera) as outside:
        near, far = (outside.eyes[vantage] for vantage in VANTAGES)
        failures = [near.capture(f"http://a.example/{n}", phone).failure for n in range(3)]
        assert failures == ["", "", "capture_unavailable"]
        assert far.capture("http://a.example/0", phone).failure == "capture_unavailable"
        assert (near.captures, near.may_capture, far.may_capture) == (2, False, False)
        near.close()  # closing what is closed harms nothing
    assert camera.shown == [("http://a.example/0", VANTAGES[0]), ("http://a.example/1", VANTAGES[0])]
    assert camera.closed >= 1


def test_a_browser_that_was_never_needed_is_closed_too(brand: Brand, tmp_path: Path) -> None:
    camera = Camera()
    scenario = replace(parse_scenario(TEXT), browser_sample=2)
    with World(scenario, 11, brand) as world, Outside(world, brand, tmp_path, lambda _guard: camera):
        pass
    assert (camera.shown, camera.closed) == ([], 1)


def test_a_scenario_with_pictures_gets_a_browser_that_is_not_yet_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.collect.browser.available", lambda: "")
    said: list[str] = []
    opened = browser_of(read_scenario("quarter"), said.append)(Guard())
    assert isinstance(opened, Browser)
    opened.close()
    assert said == []


def test_work_that_another_worker_holds_is_left_to_it(drill: Drill) -> None:
    now = drill.world.now
    take_in([CoreLead(kind="domain", source="t", locator="a.example", seen_at=now)], now)
    assert len(claim(now, "another", 5)) == 1
    assert drill._work(now) == 0
    assert drill._work(now + timedelta(minutes=2)) == 1


def test_a_second_start_in_one_home_connects_nothing_twice(drill: Drill, tmp_path: Path) -> None:
    before = Source.objects.count()
    Feeder(drill.world, tmp_path, None)
    assert Source.objects.count() == before == 2


def test_a_start_in_the_home_of_one_that_died_hands_nothing_over_twice(drill: Drill, tmp_path: Path) -> None:
    (tmp_path / "feeds" / "handed-over-until").write_text(drill.world.now.isoformat(), "ascii")
    again = Feeder(drill.world, tmp_path, None)
    before = Lead.objects.count()
    again.feed(drill.world.now)
    assert Lead.objects.count() == before
    assert Outside(drill.world, drill.outside.brand, tmp_path).postmark.message_id(
        "n"
    ) == drill.outside.postmark.message_id("n")


def test_whether_a_letter_arrived_is_asked_of_the_worlds_server(drill: Drill) -> None:
    assert not drill.outside._delivered("never-sent")
    run(drill)
    ids = {one.letter.message_id for one in drill.world.received}
    keys = [key for key in Notice.objects.values_list("key", flat=True) if drill.outside._delivered(key)]
    assert ids
    assert {drill.outside.postmark.message_id(key) for key in keys} == ids


def test_a_log_of_evidence_that_was_touched_is_told(drill: Drill) -> None:
    run(drill)
    assert summary(drill.world, drill.outside)["ledger_ok"]
    path = drill.outside.log.path
    path.write_bytes(b"{}\n" + path.read_bytes())
    assert not summary(drill.world, drill.outside)["ledger_ok"]


def test_where_nobody_can_be_written_to_the_case_is_watched_all_the_same(drill: Drill) -> None:
    drill.world.internet.mailboxes.clear()
    run(drill)
    assert Case.objects.filter(sealed_at__isnull=False).exists()
    assert Notice.objects.count() == 0


def test_a_database_that_is_away_is_waited_for(
    drill: Drill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(drilling, "PATIENCE", 0.0)
    stop, ticks, tick = Flag(), list[object](), Drill.tick
    away = [True, True]

    def unsteady(self: Drill, *words: Any) -> int:
        if away:
            away.pop()
            raise OperationalError("database is locked")
        return tick(self, *words)

    def heard(now: object) -> None:
        ticks.append(now)
        stop.set()

    monkeypatch.setattr(Drill, "tick", unsteady)
    began = drill.world.now
    with caplog.at_level(logging.WARNING):
        live(drill, stop, heard, Pace(seconds_an_hour=0.0))
    assert ticks == [began]  # the hour it missed is played, not skipped
    assert caplog.text.count("database is locked") == 2


def test_what_was_never_looked_at_is_told_as_missed(drill: Drill) -> None:
    told = summary(drill.world, drill.outside)
    missed = told["missed"]
    assert isinstance(missed, list)
    assert {row["verdict"] for row in missed} == {"never looked at"}
    assert (told["found"], told["ledger_ok"]) == ({}, True)


def test_a_stranger_who_is_accused_is_told(drill: Drill) -> None:
    now = drill.world.now
    take_in([CoreLead(kind="domain", source="t", locator="stranger.example", seen_at=now)], now)
    Lead.objects.update(label="scam")
    assert summary(drill.world, drill.outside)["accused_decoys"] == [
        {"id": "stranger", "kind": "domain", "verdict": "scam", "locator": "stranger.example"}
    ]
