"""A range that dies in the middle goes on where it stopped: nothing twice, nothing forgotten, and it says so."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zhengben.core.brand import Brand
from zhengben.flow.dossiers import load_brands
from zhengben.range.dossier import PLAYED, range_brand
from zhengben.range.journal import Journal
from zhengben.range.mailbox import Received
from zhengben.range.scenario import parse_scenario
from zhengben.range.world import World

SCENARIO = """start = 2026-11-23T08:00:00+08:00
days = 9
[impostors]
site_added = 5
app = 2
[decoys]
press_release = 1
[tempers]
prompt = 2
relapser = 1
"""
SCRIPT = textwrap.dedent(
    """
    import json, os, signal, sys, threading
    from datetime import datetime, timedelta
    from pathlib import Path
    home, mode, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    os.environ.update(ZHENGBEN_HOME=str(home), ZHENGBEN_RANGE="1", DJANGO_SETTINGS_MODULE="zhengben.server.settings")
    os.environ["ZHENGBEN_RANGE_SECONDS_AN_HOUR"] = "0.0001"
    os.environ.pop("ZHENGBEN_DATABASE", None)
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from zhengben.flow import drill, send
    from zhengben.flow.drill_score import summary
    from zhengben.server import stage

    stage.PICTURES = 0
    def die():
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "tick":
        beat, ticks = stage.write_clock, []
        def write(*facts):
            beat(*facts)
            ticks.append(1)
            if len(ticks) == at:
                die()
        stage.write_clock = write
    if mode == "letter":
        noted, letters = send._sent, []
        def sent(*facts):
            letters.append(1)
            if len(letters) == at:
                die()  # the other side has the letter, our record does not
            noted(*facts)
        send._sent = sent
    worlds = []
    live = stage.live
    def lived(told, *rest):
        worlds.append(told)
        live(told, *rest)
    stage.live = lambda told, stop, tick, pace: lived(
        told, stop, tick, drill.Pace(seconds_an_hour=0.0, approve_after=timedelta(), spare=0)
    )
    stage.play(str(home / "scenario.toml"), home, threading.Event())
    print(json.dumps(summary(worlds[0].world, worlds[0].outside) if worlds else {}))
    """
)


def play(home: Path, mode: str, at: int = 0) -> tuple[int, str, dict[str, Any]]:
    """Play in a process of its own; give its exit code, what it said, and the summary."""
    (home / "scenario.toml").write_text(SCENARIO, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home), mode, str(at)],
        capture_output=True, text=True, timeout=180, check=False,
        env={**os.environ, "ZHENGBEN_LANGUAGE": "en"},
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr[-2000:]
    return done.returncode, done.stderr, json.loads(lines[-1]) if lines else {}


@pytest.mark.sockets
@pytest.mark.slow
@pytest.mark.parametrize(("mode", "at"), [("tick", 60), ("letter", 3)])
def test_it_goes_on_where_it_was_killed(tmp_path: Path, mode: str, at: int) -> None:
    code, _, _ = play(tmp_path, mode, at)
    assert code == -signal.SIGKILL
    code, said, told = play(tmp_path, "whole")
    assert code == 0
    assert "The range had stopped on day" in said
    assert told["missed"] == []
    assert (told["duplicate_notices"], told["unapproved_sends"]) == (0, 0)
    assert (told["false_down"], told["accused_decoys"]) == ([], [])
    assert told["verified_down"] >= 3
    assert told["ledger_ok"]
    again = play(tmp_path, "whole")
    assert again[2] == {}  # it has ended: the same days are not played twice


# --- the journal and the replay -------------------------------------------------------------------------------------


LETTER = Received(
    to="abuse@host.cn", sender="brand@x.cn", message_id="<1@x>", subject="侵权", reply_to="r@x.cn", text="微粒贷\n",
    digest="00",
)  # fmt: skip


@pytest.fixture(scope="module")
def brand() -> Brand:
    """Give the dossier the range plays with."""
    return range_brand(load_brands(ids=(PLAYED,))[0])


def test_a_line_cut_short_is_left_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "letters")
    moment = parse_scenario(SCENARIO).start
    assert list(journal.read()) == []
    journal.append(moment, LETTER)
    journal.append(moment + timedelta(hours=1), LETTER)
    whole = journal.path.read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole)):
        journal.path.write_bytes(whole[:cut])
        assert list(journal.read()) == [(moment, LETTER)]
    journal.forget()
    journal.forget()
    assert list(journal.read()) == []


@pytest.fixture
def worlds(tmp_path: Path, brand: Brand) -> Iterator[tuple[World, World, Journal]]:
    """Give a world and its second life, on one journal."""
    scenario, journal = parse_scenario(SCENARIO), Journal(tmp_path / "letters")
    with World(scenario, 5, brand, journal) as first, World(scenario, 5, brand, journal) as second:
        yield first, second, journal


@pytest.mark.sockets
def test_a_world_replayed_is_the_world_that_died(worlds: tuple[World, World, Journal]) -> None:
    first, second, journal = worlds
    scenario = first.scenario
    thing = next(one for one in first.things.values() if one.impostor and one.addressee)
    first.advance(scenario.start + timedelta(hours=30))
    name = min(first.internet.spellings(thing))
    first._receive(Received(**{**LETTER_FACTS, "to": thing.addressee, "text": f"准确地址：{name}"}))
    until = scenario.start + timedelta(days=6)
    first.advance(until)
    assert second.replay(until) == 1
    assert second.now == first.now
    assert {n: t.life for n, t in second.things.items()} == {n: t.life for n, t in first.things.items()}
    assert {n: t.notices for n, t in second.things.items()} == {n: t.notices for n, t in first.things.items()}
    assert second.next_event() == first.next_event()
    assert second.returned == first.returned
    assert (second.replies, second.lost_replies) == (0, 0)  # what was answered is not answered again
    assert len(list(journal.read())) == 1  # and replaying writes nothing


LETTER_FACTS = {
    "to": "", "sender": "brand@x.cn", "message_id": "<7@x>", "subject": "s", "reply_to": "", "text": "", "digest": "d",
}  # fmt: skip


@pytest.mark.sockets
def test_a_letter_of_the_unfinished_tick_is_answered_in_the_second_life(worlds: tuple[World, World, Journal]) -> None:
    first, second, _ = worlds
    scenario = first.scenario
    thing = next(one for one in first.things.values() if one.impostor and one.addressee)
    done = scenario.start + timedelta(hours=30)
    first.advance(done + timedelta(hours=1))
    name = min(first.internet.spellings(thing))
    first._receive(Received(**{**LETTER_FACTS, "to": thing.addressee, "text": f"准确地址：{name}"}))
    second.replay(done)
    assert second.things[thing.id].notices == 1
    assert second.next_event() == first.next_event()
    assert second.next_event() is not None


@pytest.mark.sockets
def test_a_world_without_a_journal_keeps_none(brand: Brand) -> None:
    with World(parse_scenario(SCENARIO), 5, brand) as world:
        world._receive(LETTER)
        assert world.replay(world.now) == 0
