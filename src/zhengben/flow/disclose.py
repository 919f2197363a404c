"""Disclosing: the numbers of a period, computed from the record by the definitions of `core.disclosure`."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from zhengben.core.disclosure import Disclosure
from zhengben.core.disclosure import disclose as compute
from zhengben.publish.open_figures import tables
from zhengben.store.queries_figures import case_records, ledger_lines

LEDGER = "ledger.jsonl"


def disclose(start: date, end: date, now: datetime, brand: str = "") -> Disclosure:
    """Give every figure of a period (both days included, in Beijing time), with the ids it counts."""
    return compute(case_records(brand), start, end, now)


def opened(start: date, end: date, now: datetime) -> tuple[Disclosure, Mapping[str, bytes]]:
    """Give the figures of a period and, from the same reading of the record, the tables they can be got from again."""
    records = case_records()
    disclosure = compute(records, start, end, now)
    return disclosure, tables(disclosure, records, now)


def write_ledger(folder: Path) -> None:
    """Write the whole ledger into a folder, line by line: it may be larger than memory."""
    with (folder / LEDGER).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in ledger_lines())
