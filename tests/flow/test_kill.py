"""`kill -9` of any worker at any moment, twenty times: nothing is lost and nothing happens twice, on both databases."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from databases import Record
from worlds import APPROVER, DRAFTER, NOW, Town
from zhengben.core.lead import Lead as CoreLead
from zhengben.evidence.verify import verify_package
from zhengben.flow.complain import approve, sign
from zhengben.flow.intake import take_in
from zhengben.flow.send import MAYBE_SENT
from zhengben.store.events import StaleError, ledger_problems
from zhengben.store.models import Case, Effect, Event, Exhibit, Lead, Notice
from zhengben.takedown.postmark import Postmark

KILLS, WORKERS, LEADS = 20, 3, 60
SPEED = 60.0  # a lease of a minute ends after one real second
PATIENCE = 240.0  # real seconds until everything must have come to rest, on a machine that does other things too


class Addressee:
    """A real mail server that writes down every Message-ID it accepts, and takes its time."""

    def __init__(self, seed: int) -> None:
        """Start with an empty book."""
        self.book: list[str] = []
        self.chance = random.Random(seed)  # noqa: S311 -- a test that fails must fail again

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 -- its name
        """Accept a letter."""
        body = envelope.content if isinstance(envelope.content, bytes) else b""
        line = next(row for row in body.splitlines() if row.lower().startswith(b"message-id:"))
        self.book.append(line.split(b":", 1)[1].strip().decode())
        await asyncio.sleep(
            self.chance.uniform(0, 0.04)
        )  # between taking a letter and saying so: the worst moment to die
        return "250 taken"


@contextmanager
def mail_server(addressee: Addressee) -> Iterator[int]:
    """Run the addressee's server; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(addressee, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


class Yard:
    """The workers that live now, by process id."""

    def __init__(self, record: Record, port: int, began: float) -> None:
        """Warm the zygote up."""
        words = [sys.executable, str(Path(__file__).parent / "kill_zygote.py"), str(port), str(SPEED), str(began)]
        tests = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
        self.zygote = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**record.environment, "PYTHONPATH": tests},
        )
        self.live: list[int] = []
        self.count = 0

    def start(self) -> None:
        """Let one more worker live."""
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        self.count += 1
        self.zygote.stdin.write(f"worker-{self.count}\n")
        self.zygote.stdin.flush()
        self.live.append(int(self.zygote.stdout.readline()))

    def kill(self, pid: int) -> None:
        """End one worker the hard way."""
        self.live.remove(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End them all."""
        for pid in list(self.live):
            self.kill(pid)
        self.zygote.kill()
        self.zygote.communicate()


def people(town: Town, now: float) -> None:
    """Let two people work through the drafts; a worker may be quicker than they are."""
    at = NOW + timedelta(seconds=now * SPEED)
    for notice in Notice.objects.filter(state="draft"):
        with suppress(StaleError):
            if not notice.drafted_by:
                sign(notice, DRAFTER, at)
            approve(notice, APPROVER, at, town.adapters())


def at_rest() -> bool:
    """Tell whether every lead was judged and every notice is sent or held for a person."""
    if Lead.objects.filter(state="new").exists() or Case.objects.count() < LEADS:
        return False
    if Case.objects.filter(state__in=("open",)).exists() or Notice.objects.count() < LEADS:
        return False
    return not Notice.objects.filter(state__in=("draft", "approved"), needs_human=False).exists()


@pytest.mark.slow
@pytest.mark.sockets
@pytest.mark.timeout(400)
def test_twenty_kills_lose_nothing_and_do_nothing_twice(record: Record) -> None:
    chance = random.Random(20261122)  # noqa: S311 -- a test that fails must fail again
    town = Town(record.home)
    hosts = [f"weilidai-{n:03d}.example" for n in range(LEADS)]
    take_in([CoreLead(kind="domain", source="test", locator=host, seen_at=NOW) for host in hosts], NOW)
    addressee = Addressee(7)
    with mail_server(addressee) as port:
        began = time.time()
        yard = Yard(record, port, began)
        try:
            for _ in range(WORKERS):
                yard.start()
            kills = 0
            while kills < KILLS or not at_rest():
                time.sleep(chance.uniform(0.05, 0.5))
                people(town, time.time() - began)
                if kills < KILLS:
                    yard.kill(chance.choice(yard.live))
                    yard.start()
                    kills += 1
                assert time.time() - began < PATIENCE, unrest()
        finally:
            yard.close()
    holds(addressee, record)


def unrest() -> str:
    """Say what did not come to rest."""
    return "; ".join(
        f"{model.__name__}: {Counter(model.objects.values_list('state', 'trouble', 'needs_human'))}"
        for model in (Lead, Case, Notice)
    )


def holds(addressee: Addressee, record: Record) -> None:
    """Hold the record against the addressee's book."""
    mark = Postmark("test.example", b"kill")
    book = Counter(addressee.book)
    assert [letter for letter, times in book.items() if times > 1] == [], "an effect happened twice"
    notices = list(Notice.objects.all())
    assert len(notices) == len({notice.case_id for notice in notices}) == LEADS
    sent = [notice for notice in notices if notice.sent_at is not None]
    doubtful = [notice for notice in notices if notice.trouble == MAYBE_SENT]
    assert len(sent) + len(doubtful) == LEADS, "a notice was lost"
    assert all(book[mark.message_id(notice.key)] == 1 for notice in sent), "a notice counts as sent and never arrived"
    assert len(doubtful) <= KILLS
    assert set(book) <= {mark.message_id(notice.key) for notice in notices}
    assert Effect.objects.filter(status="done").count() == len(sent)
    verbs = Counter(Event.objects.filter(verb="send").values_list("subject_id", flat=True))
    assert max(verbs.values()) == 1
    assert Exhibit.objects.count() == LEADS
    vault = Town(record.home).vault
    assert all(verify_package(vault.get(one.package)).ok for one in Exhibit.objects.all()[:5])
    assert ledger_problems() == []
    print(f"{record.vendor}: {len(sent)} sent once, {len(doubtful)} held for a person")  # noqa: T201 -- shown with -rP
