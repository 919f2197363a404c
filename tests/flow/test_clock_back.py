"""A clock that is set back: work goes on, nothing is done twice, and the ledger says that it happened."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from worlds import HOST, NOW, Town
from zhengben.flow.feed import add_source, feed_all
from zhengben.flow.work import Worker
from zhengben.store import due
from zhengben.store.buckets import take
from zhengben.store.events import StaleError, ledger_problems, note
from zhengben.store.models import Event, Heartbeat, Lead, Notice, Source

HOUR = timedelta(hours=1)


class Clock:
    """A clock that says what it is told, one after the other."""

    def __init__(self, *moments: datetime) -> None:
        self.moments = list(moments)

    def __call__(self) -> datetime:
        """Give the next moment."""
        return self.moments.pop(0) if len(self.moments) > 1 else self.moments[0]


def test_a_worker_says_so_once_and_writes_it_down(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    worker = Worker(town.adapters(), "w1", Clock(NOW, NOW - HOUR, NOW - HOUR + timedelta(seconds=1)))
    for _ in range(3):
        worker.turn()
    said = capsys.readouterr().err
    assert said.count("the clock went back by 3600 s") == 1
    assert said.count("\n") == 1
    event = Event.objects.get(subject="clock")
    assert (event.verb, event.actor, event.facts["seconds"]) == ("went_back", "w1", 3600)
    assert ledger_problems() == []


@pytest.mark.parametrize("step", [timedelta(), timedelta(milliseconds=-1), timedelta(seconds=-4), HOUR])
def test_a_gentle_correction_is_no_news(town: Town, step: timedelta) -> None:
    worker = Worker(town.adapters(), "w1", Clock(NOW, NOW + step))
    worker.turn()
    worker.turn()
    assert not Event.objects.filter(subject="clock").exists()


def test_signs_of_life_go_on(town: Town) -> None:
    """A worker that waits for its old time would look dead to whoever watches."""
    worker = Worker(town.adapters(), "w1", Clock(NOW, NOW - HOUR))
    worker.turn()
    worker.turn()
    assert Heartbeat.objects.get().at == NOW - HOUR


def test_a_dead_workers_row_does_not_wait_for_the_old_time(town: Town) -> None:
    town.report()
    claimed = due.claim(NOW, "dead", 5)
    assert len(claimed) == 1
    assert due.claim(NOW + timedelta(seconds=30), "w2", 5) == []  # its lease holds
    Lead.objects.update(due_at=NOW - 5 * HOUR)
    again = due.claim(NOW - 4 * HOUR, "w2", 5)
    assert [row.pk for row in again] == [claimed[0].pk]
    with pytest.raises(StaleError), transaction.atomic():
        note(claimed[0], "looked", now=NOW, actor="dead")
    assert Lead.objects.get().lease_by == "w2"


def test_sources_are_read_on(town: Town) -> None:
    hosts = town.vault.folder.parent / "hosts.txt"
    hosts.write_text(f"{HOST}\n")
    add_source("list", "hostname_file", {"path": str(hosts)}, by="t", now=NOW)
    assert feed_all(NOW) == 1
    with hosts.open("a") as file:
        file.write("wei1idai-vip.cn\n")
    assert feed_all(NOW + timedelta(seconds=1)) == 0  # its turn has not come
    assert feed_all(NOW - 3 * HOUR) == 1
    assert Source.objects.get().taken == 2


def test_a_bucket_neither_fills_nor_empties(town: Town) -> None:
    assert town
    assert not take("b", per_hour=60, burst=1, now=NOW)
    for back in (0, 1, 100):
        assert take("b", per_hour=60, burst=1, now=NOW - back * HOUR)
    assert not take("b", per_hour=60, burst=1, now=NOW + timedelta(seconds=61))


def test_what_was_sent_is_not_sent_again(town: Town) -> None:
    town.report()
    town.work()
    town.approve_all()
    town.work()
    assert len(town.letters) == 1
    town.work(NOW - 24 * HOUR)
    town.work(NOW + 2 * HOUR)
    assert (len(town.letters), Notice.objects.get().state) == (1, "sent")
    assert ledger_problems() == []
