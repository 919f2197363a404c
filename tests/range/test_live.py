"""The range beside the console: it moves by itself, waits for the person, and stops when told."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

pytestmark = [pytest.mark.sockets, pytest.mark.slow]

SCRIPT = textwrap.dedent(
    """
    import os, sys, threading
    from datetime import timedelta
    from pathlib import Path
    os.environ.update(ZHENGBEN_HOME=sys.argv[1], ZHENGBEN_RANGE="1", DJANGO_SETTINGS_MODULE="zhengben.server.settings")
    os.environ.pop("ZHENGBEN_DATABASE", None)
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", verbosity=0)
    from zhengben.flow.complain import approve
    from zhengben.flow.dossiers import load_brands
    from zhengben.flow.drill import Drill, Pace, live
    from zhengben.flow.drill_feeds import Feeder
    from zhengben.flow.drill_outside import Outside
    from zhengben.range.dossier import range_brand
    from zhengben.range.scenario import parse_scenario
    from zhengben.range.world import World
    from zhengben.store.models import Case, Notice

    home, mode = Path(sys.argv[1]), sys.argv[2]
    text = "start = 2026-11-23T08:00:00+08:00\\ndays = 12\\n[impostors]\\nsite_added = 4\\napp = 2\\n"
    text += "[tempers]\\nprompt = 1\\n"
    stop, ticks = threading.Event(), []
    brand = range_brand(load_brands(ids=("weilidai",))[0])
    with World(parse_scenario(text), 3, brand) as world:
        with Outside(world, brand, home) as outside:
            drill = Drill(world, outside, Feeder(world, home, outside.screen))
            def tick(now):
                ticks.append(now)
                if mode == "person":
                    for notice in Notice.objects.filter(state="draft").exclude(drafted_by="")[:1]:
                        approve(notice, "a person", now, drill.adapters)
                if mode == "stop" and len(ticks) == 5:
                    stop.set()
            after = timedelta(hours=6) if mode == "invented" else None
            live(drill, stop, tick, Pace(seconds_an_hour=0.0, approve_after=after, spare=3))
            print(len(ticks), Case.objects.count(), Notice.objects.filter(state="draft").count(),
                  Notice.objects.exclude(sent_at=None).count(), Case.objects.filter(state="down").count(),
                  Notice.objects.exclude(drafted_by="").count(), sep=",")
    """
)


def _live(tmp_path: Path, mode: str) -> tuple[int, ...]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), mode], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return tuple(int(figure) for figure in done.stdout.split(","))


def test_without_a_person_nothing_is_sent(tmp_path: Path) -> None:
    ticks, cases, drafts, sent, down, signed = _live(tmp_path, "nobody")
    assert ticks == 12 * 24
    assert cases >= 4
    assert (sent, down) == (0, 0)
    assert drafts == signed >= 4  # the invented drafter signed; they wait


def test_a_person_approves_and_sees_it_go_down(tmp_path: Path) -> None:
    _, cases, drafts, sent, down, _ = _live(tmp_path, "person")
    assert drafts == 0
    assert sent >= cases >= 4
    assert down >= 1


def test_the_invented_second_person_leaves_the_newest_alone(tmp_path: Path) -> None:
    _, _, drafts, sent, _, _ = _live(tmp_path, "invented")
    assert sent >= 1
    assert drafts == 3


def test_it_stops_when_told(tmp_path: Path) -> None:
    assert _live(tmp_path, "stop")[0] == 5
