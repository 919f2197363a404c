"""Disclosing: the numbers of a period, computed from the record by the definitions of `core.disclosure`."""

from datetime import date, datetime

from zhengben.core.disclosure import Disclosure
from zhengben.core.disclosure import disclose as compute
from zhengben.store.queries_figures import case_records


def disclose(start: date, end: date, now: datetime, brand: str = "") -> Disclosure:
    """Give every figure of a period (both days included, in Beijing time), with the ids it counts."""
    return compute(case_records(brand), start, end, now)
