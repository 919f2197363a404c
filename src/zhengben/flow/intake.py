"""Taking leads in: each target once, counted, in one transaction with the cursor of the source that brought them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction

from zhengben.core.lead import Lead
from zhengben.store.intake import Taken, insert_leads

BATCH = 4000  # one transaction; 1000 takes a third longer a lead (benchmarks/ingest.py)


def take_in(leads: Iterable[Lead], now: datetime, *, actor: str = "intake", look: bool = True) -> Taken:
    """Take leads in, in batches of one transaction each; new ones are due for a look at once unless `look` is False.

    A batch is all or nothing; what was taken before an error stays taken, and taking it again only counts it again.
    """
    new, known = 0, 0
    ids: list[int] = []
    for batch in _batches(leads):
        with transaction.atomic():
            taken = insert_leads(batch, now=now, due_at=now if look else None, actor=actor)
        new, known = new + taken.new, known + taken.known
        ids += taken.ids
    return Taken(new, known, tuple(ids))


def _batches(leads: Iterable[Lead]) -> Iterator[list[Lead]]:
    rows = iter(leads)
    # Cut here and not by the source: a source's batches are as long as it likes.
    while batch := list(islice(rows, BATCH)):
        yield batch
