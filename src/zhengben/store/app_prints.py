"""Keeping the prints of apps by lead, as far as they tell something about the maker."""

from collections.abc import Iterable

from zhengben.detect.app_kinship import telling
from zhengben.store.models import AppPrint, Lead

LONGEST = 200  # characters of a print


def save_prints(lead: Lead, prints: Iterable[str]) -> None:
    """Note the prints of an app seen at a lead; what was seen there earlier stays."""
    rows = [AppPrint(lead=lead, value=one[:LONGEST]) for one in dict.fromkeys(prints) if telling(one)]
    AppPrint.objects.bulk_create(rows, ignore_conflicts=True)
