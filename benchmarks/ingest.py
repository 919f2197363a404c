"""How fast the record is: leads taken in, moves of state, the inbox and search at 100,000 findings.

    python benchmarks/ingest.py [--postgresql URL] [--hosts N]

CPU seconds count this process only (on PostgreSQL the server's work is beside it); wall seconds are upper bounds on a
busy machine. Prints one JSON object a line.
"""

import argparse
import importlib
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction

from zhengben.core.lead import Lead

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
WORDS = ("微粒贷", "微粒", "贷", "粒贷极速", "weili", "idai-7")


@contextmanager
def timed(what: str, count: int) -> Iterator[None]:
    """Print how many a second, by CPU and by wall."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    row = {
        "what": what,
        "database": connection.vendor,
        "n": count,
        "per_cpu_s": round(count / cpu),
        "per_wall_s": round(count / wall),
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)


def percentiles(what: str, call: Callable[[], Any], times: int = 40) -> None:
    """Print the median and 95th percentile of a call's wall time, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    row = {
        "what": what,
        "database": connection.vendor,
        "p50_ms": round(took[times // 2], 1),
        "p95_ms": round(took[int(times * 0.95)], 1),
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)


def main() -> None:
    """Measure one database."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--postgresql", default="", metavar="URL", help="measure this database instead of a new SQLite file"
    )
    parser.add_argument("--hosts", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ZHENGBEN_HOME": home, "ZHENGBEN_DATABASE": args.postgresql}
        os.environ["DJANGO_SETTINGS_MODULE"] = "zhengben.server.settings"
        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        measure(args.hosts)
        connection.close()
        if not args.postgresql:
            size = Path(home, "zhengben.sqlite3").stat().st_size
            print(json.dumps({"what": "file size", "megabytes": round(size / 1e6, 1)}))


def measure(hosts: int) -> None:
    """Run every measurement on the open database; the product can only be imported once Django is set up."""
    flow, events, inbox, models = (
        importlib.import_module(f"zhengben.{name}")
        for name in ("flow.intake", "store.events", "store.queries_inbox", "store.models")
    )
    chance = random.Random(7)
    names = [f"{chance.randrange(16**6):x}-weilidai{n}.example-{n % 977}.com" for n in range(hosts)]
    leads = [Lead(kind="domain", source="bench", locator=name, seen_at=NOW) for name in names]
    with timed("new hosts", hosts):
        flow.take_in(leads, NOW)
    with timed("known hosts", hosts):
        flow.take_in(leads, NOW)
    titles = ("微粒贷极速版", "微粒官方下载", "借款助手", "贷款超市", "天气预报")
    apps = [
        Lead(
            kind="app_listing",
            source="bench",
            locator=f"https://store.example/{n}",
            seen_at=NOW,
            detail={"title": f"{titles[n % 5]}{n}"},
        )
        for n in range(hosts)
    ]
    with timed("new listings with titles", hosts):
        flow.take_in(apps, NOW)
    rows = list(models.Lead.objects.order_by("pk")[:2000])
    with timed("moves of state, one transaction each", len(rows)):
        for row in rows:
            with transaction.atomic():
                events.move(row, "judge", now=NOW, actor="bench", due_at=None, label="lookalike", score=row.pk % 100)
    models.Lead.objects.filter(kind="app_listing").update(label="impersonation", brand="weilidai", score=90)
    models.Finding.objects.bulk_create(
        [
            models.Finding(
                lead_id=key,
                brand="weilidai",
                label="impersonation",
                score=90,
                reasons=[{"code": "x", "weight": 90, "facts": {}}],
                at=NOW,
            )
            for key in models.Lead.objects.filter(kind="app_listing").values_list("pk", flat=True)
        ],
        batch_size=500,
    )
    percentiles("inbox, all", inbox.inbox)
    percentiles("inbox, one label", lambda: inbox.inbox(inbox.InboxFilter(label="impersonation")))
    percentiles("inbox, to look at", lambda: inbox.inbox(inbox.InboxFilter(to_look_at=True, open_only=True)))
    for word in WORDS:
        found = inbox.inbox(inbox.InboxFilter(words=word))
        percentiles(
            f"search {word}: {found.total} found", lambda word=word: inbox.inbox(inbox.InboxFilter(words=word)), 15
        )
    with timed("events verified", models.Event.objects.count()):
        print(json.dumps({"what": "ledger", "ok": events.ledger_ok()}))


if __name__ == "__main__":
    main()
