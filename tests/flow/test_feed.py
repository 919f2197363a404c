"""Sources feed the record: nothing lost, nothing twice, silence noticed, one broken source never stops the others."""

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from worlds import NOW
from zhengben.flow import feed as feeding
from zhengben.flow.feed import add_source, feed, feed_all
from zhengben.store import intake
from zhengben.store.events import ledger_problems
from zhengben.store.models import Event, Lead, SetAside, Source
from zhengben.store.queries_sources import health, set_aside

HOUR = timedelta(hours=1)


def write(folder: Path, name: str, count: int, start: int = 0) -> None:
    """Write a lead file with one bad line at its end."""
    rows = [
        {"v": "lead.v1", "kind": "url", "source": {"name": "m"}, "seen_at": "2026-11-22T08:00:00+08:00",
         "locator": f"https://{name}.example/{n}"} for n in range(start, start + count)
    ]  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "garbage\n")


@pytest.mark.usefixtures("record")
def test_a_folder_is_taken_in_and_its_bad_lines_are_kept(tmp_path: Path) -> None:
    write(tmp_path / "in", "a", 1500)
    source = add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)
    assert feed(source, NOW) == 1500
    assert Lead.objects.count() == 1500
    row = Source.objects.get()
    assert (row.taken, row.set_aside, row.last_seen_at, row.trouble) == (1500, 1, NOW, "")
    assert [(aside.line, aside.reason, aside.text) for aside in set_aside("monitor")] == [
        (1501, "not_json", "garbage\n")
    ]
    assert feed(Source.objects.get(), NOW + HOUR) == 0
    assert set(Lead.objects.values_list("count", flat=True)) == {1}
    assert ledger_problems() == []


@pytest.mark.usefixtures("record")
def test_a_batch_and_its_cursor_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in", "a", 2500)
    source = add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)
    calls = iter(range(100))
    advance = intake.advance

    def fails(*args: object, **rest: object) -> None:
        if next(calls) == 1:
            raise OperationalError("disk I/O error")
        advance(*args, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(feeding, "advance", fails)
    with pytest.raises(OperationalError):
        feed(source, NOW)
    assert Lead.objects.count() == 1000
    feed(Source.objects.get(), NOW)
    assert Lead.objects.count() == 2500
    assert set(Lead.objects.values_list("count", flat=True)) == {1}
    assert SetAside.objects.count() == 1


@pytest.mark.usefixtures("record")
def test_a_broken_source_says_so_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path / "in", "a", 3)
    bad = tmp_path / "bad.txt.gz"
    bad.write_bytes(b"\x1f\x8b\x08\x00garbage-that-is-no-gzip")
    add_source("gone", "hostname_file", {"path": str(tmp_path / "no-such-file.txt")}, by="one", now=NOW)
    add_source("torn", "hostname_file", {"path": str(bad)}, by="one", now=NOW)
    add_source("good", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)
    assert feed_all(NOW) == 3
    troubles = dict(Source.objects.values_list("name", "trouble"))
    assert "no-such-file.txt" in troubles["gone"]
    assert troubles["torn"].startswith("torn: ")
    assert troubles["good"] == ""
    assert all("\n" not in trouble for trouble in troubles.values())


@pytest.mark.usefixtures("record")
def test_silence_raises_one_alarm_and_a_new_lead_ends_it(tmp_path: Path) -> None:
    write(tmp_path / "in", "a", 3)
    add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW, quiet_after_s=3600)
    for hours in (0, 1, 2, 3):
        feed_all(NOW + hours * HOUR)
    assert health(NOW + 3 * HOUR).silent == ("monitor",)
    assert Source.objects.get().silent_since == NOW + 2 * HOUR
    assert Event.objects.filter(verb="fell_silent").count() == 1
    write(tmp_path / "in", "b", 1)
    feed_all(NOW + 4 * HOUR)
    assert health(NOW + 4 * HOUR).silent == ()
    assert Event.objects.filter(verb="spoke_again").count() == 1


@pytest.mark.usefixtures("record")
def test_a_source_that_never_spoke_is_silent_too(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW, quiet_after_s=60)
    feed_all(NOW + HOUR)
    assert health(NOW + HOUR).silent == ("monitor",)


@pytest.mark.usefixtures("record")
def test_two_workers_on_one_source_take_every_lead_once(tmp_path: Path) -> None:
    write(tmp_path / "in", "a", 4000)
    add_source("monitor", "watched_folder", {"path": str(tmp_path / "in")}, by="one", now=NOW)

    def work() -> None:
        feed(Source.objects.get(), NOW)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    feed(Source.objects.get(), NOW + HOUR)
    assert Lead.objects.count() == 4000
    assert set(Lead.objects.values_list("count", flat=True)) == {1}


@pytest.mark.usefixtures("record")
def test_a_bulk_source_is_screened_by_name(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("weilidai-app.cn\nexample.org\n")
    source = add_source("list", "hostname_file", {"path": str(hosts)}, by="one", now=NOW)
    feed(source, NOW, lambda leads: [lead for lead in leads if "weilidai" in lead.locator])
    assert list(Lead.objects.values_list("locator", flat=True)) == ["weilidai-app.cn"]
    assert Source.objects.get().taken == 2


@pytest.mark.usefixtures("record")
def test_a_source_is_named_once(tmp_path: Path) -> None:
    add_source("a", "watched_folder", {"path": str(tmp_path)}, by="one", now=NOW)
    with pytest.raises(ValueError, match="already"):
        add_source("a", "watched_folder", {"path": str(tmp_path)}, by="one", now=NOW)


@pytest.mark.usefixtures("record")
def test_a_long_list_does_not_keep_cases_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeding, "MOST_BATCHES", 2)
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("".join(f"h{n}.example\n" for n in range(4500)))
    add_source("list", "hostname_file", {"path": str(hosts)}, by="one", now=NOW)
    turns = []
    while came := feed_all(NOW):
        turns.append(came)
    assert turns == [2000, 2000, 500]
    assert Lead.objects.count() == 4500
