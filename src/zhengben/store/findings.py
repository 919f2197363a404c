"""Writing down what a look gave: the sighting, and one standing verdict a brand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhengben.core.sighting import Contact
from zhengben.core.sighting import Sighting as Seen
from zhengben.core.verdict import Verdict
from zhengben.store.app_prints import save_prints
from zhengben.store.models import Finding, Lead, Sighting
from zhengben.store.plain import json_value

# A database that keeps every page whole grows by gigabytes a month and is slow to back up.
LONGEST = 20_000  # characters of one text kept in the database; the whole is in the sealed package
MOST = 500  # entries of one list kept in the database


def save_look(
    lead: Lead, seen: Seen, contacts: Sequence[Contact], verdicts: Sequence[Verdict], *, kept: Mapping[str, str],
    now: datetime,
) -> Sighting:  # fmt: skip
    """Write the sighting and the verdicts of one look; `kept` names what is in the vault, by role.

    Its index has the role `seen`; of an app, the pictures are kept as `flow.app_kept` says.
    """
    sighting = Sighting.objects.create(
        lead=lead, at=now, facts=shorten(json_value(seen)), contacts=json_value(contacts)[:MOST],
        artefacts=dict(kept), missing=list(seen.missing),
    )  # fmt: skip
    if seen.app is not None:
        save_prints(lead, seen.app.prints)
    for verdict in verdicts:
        if verdict.brand:
            # One standing verdict a brand: a second look replaces the first here; both stand in the ledger.
            Finding.objects.update_or_create(
                lead=lead, brand=verdict.brand,
                defaults={
                    "label": verdict.label.value, "score": verdict.score, "reasons": json_value(verdict.reasons),
                    "missing": list(verdict.coverage.missing), "at": now,
                },
            )  # fmt: skip
    return sighting


def shorten(value: Any) -> Any:
    """Cut long texts and lists for the database.

    >>> len(shorten({"text": "x" * 30000})["text"])
    20000
    """
    if isinstance(value, str):
        return value[:LONGEST]
    if isinstance(value, list):
        return [shorten(item) for item in value[:MOST]]
    if isinstance(value, dict):
        return {key: shorten(item) for key, item in value.items()}
    return value
