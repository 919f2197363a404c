"""Taking a report from the public: counted by people, limited by reporter, and never a verdict by itself."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhengben.sources.portal_report import report_lead
from zhengben.store import buckets
from zhengben.store.keys import lead_key
from zhengben.store.reports import find_report, keep_report, people

PER_HOUR, BURST = 20.0, 10.0


class TooManyReportsError(ValueError):
    """One reporter sends more than a person would; `wait` says when the next one is taken."""

    def __init__(self, wait: timedelta) -> None:
        """Keep how long to wait."""
        super().__init__(f"too many reports from one place; try again in {int(wait.total_seconds()) + 1} seconds")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Reported:
    """What the reporter is told: a number to ask with, how many people reported the same, whether theirs is new."""

    number: str
    people: int
    new: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of a report: the lead's state and label, and its case's state where there is one."""

    number: str
    state: str
    label: str
    case_state: str


def take_report(kind: str, locator: str, words: str, reporter: str, now: datetime) -> Reported:
    """Take one report. `reporter` is a keyed hash made by the rim, never an address.

    Raises TooManyReportsError beyond the limit and ValueError where there is nothing to look at.
    """
    lead = report_lead(kind, locator, words, now)
    wait = buckets.take(f"reporter:{reporter[:64]}", per_hour=PER_HOUR, burst=BURST, now=now)
    if wait:
        raise TooManyReportsError(wait)
    number = _number(f"{lead_key(lead)}\n{reporter}")
    with transaction.atomic():
        report, new = keep_report(lead, number=number, reporter=reporter[:64], words=words, now=now)
        return Reported(report.number, people(report.lead_id), new)


def progress(number: str) -> Progress | None:
    """Give what became of a report, by its number; None where there is no such number."""
    report = find_report(number.strip().upper())
    if report is None:
        return None
    lead = report.lead
    return Progress(report.number, lead.state, lead.label, lead.case.state if lead.case else "")


def _number(what: str) -> str:
    """Give a number of eight signs that can be read aloud; the same report always has the same one."""
    code = base64.b32encode(hashlib.sha256(what.encode("utf-8", "replace")).digest()).decode()[:10]
    return f"{code[:5]}-{code[5:]}"
