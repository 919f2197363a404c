"""Renewals of registered rights, entered by people with their document."""

from datetime import date, datetime

from django.db import transaction

from zhengben.core.brand import Right
from zhengben.store import events
from zhengben.store.cases import wake
from zhengben.store.models import RightRenewal


def enter(*, right: Right, brand: str, document_name: str, entered_by: str, now: datetime) -> RightRenewal:
    """Write one renewal and its event, and wake the brand's cases that wait for a notice.

    `right.document` is the sha256 of the document in the vault. Raises ValueError where a field is missing that a
    notice would stand on, IntegrityError where the term is in the record already.
    """
    valid_from, valid_to = _term(right)
    if right.invented:
        raise ValueError("this renewal is marked as invented for the range; only real documents are entered")
    if not (entered_by and right.document and right.holder and right.number):
        raise ValueError("a renewal needs its number, its holder, its document and the name of who enters it")
    with transaction.atomic():
        events.lock_ledger()
        row = RightRenewal.objects.create(
            brand=brand,
            number=right.number,
            jurisdiction=right.jurisdiction,
            kind=right.kind,
            nice_class=right.nice_class,
            holder=right.holder,
            standing=right.standing,
            valid_from=valid_from,
            valid_to=valid_to,
            document=right.document,
            document_name=document_name[:200],
            source=right.source or "entered by a person",
            entered_by=entered_by,
            entered_at=now,
        )
        term = {"from": valid_from.isoformat(), "to": valid_to.isoformat()}
        facts = {"brand": brand, "number": right.number, **term, "document": right.document}
        events.log("renewal", row.pk, "entered", now=now, actor=entered_by, facts=facts)
        wake(brand, now)
    return row


def _term(right: Right) -> tuple[date, date]:
    if right.valid_from is None or right.valid_to is None or right.valid_to <= right.valid_from:
        raise ValueError("a renewal needs a first and a later last day")
    return right.valid_from, right.valid_to


def renewals(brand: str) -> tuple[Right, ...]:
    """Give a brand's renewals in the shape the gate reads."""
    return tuple(
        Right(
            kind=row.kind, jurisdiction=row.jurisdiction, number=row.number, nice_class=row.nice_class,
            holder=row.holder, registrant=row.holder, valid_from=row.valid_from, valid_to=row.valid_to,
            standing=row.standing,
            document=row.document, source=row.source, checked_on=row.entered_at.date(),
        )
        for row in RightRenewal.objects.filter(brand=brand).order_by("valid_from", "pk")
    )  # fmt: skip


def entered_by(brand: str) -> dict[tuple[str, date], str]:
    """Give who entered each renewal of a brand, by its number and first day."""
    rows = RightRenewal.objects.filter(brand=brand).values_list("number", "valid_from", "entered_by")
    return {(number, first): by for number, first, by in rows}
