"""Entering the renewal of a right: the gate counts it from then on, and cases that waited for it go on at once."""

from datetime import datetime

from django.db import transaction

from zhengben.core.brand import Right
from zhengben.flow.ports import Vault
from zhengben.store.cases import wake
from zhengben.store.models import RightRenewal
from zhengben.store.renewals import enter


def enter_renewal(
    right: Right, document: bytes, document_name: str, *, brand: str, by: str, now: datetime, vault: Vault
) -> RightRenewal:
    """Keep the document, write the renewal, and wake the brand's cases that have no notice yet.

    Raises ValueError, in one line, where a fact is missing that a notice would stand on. A renewal invented for the
    training range is refused: those live in the range's dossier only.
    """
    if right.invented:
        raise ValueError("this renewal is marked as invented for the range; only real documents are entered")
    if not document:
        raise ValueError("a renewal needs its document: the certificate of renewal as a file")
    kept = vault.put(document)
    with transaction.atomic():
        row = enter(right=right, document=kept, brand=brand, document_name=document_name, entered_by=by, now=now)
        wake(brand, now)
    return row
