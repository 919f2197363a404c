"""What comes in by mail: kept in the vault, read, and taken as an answer, before the sender hears yes."""

import hashlib
from datetime import datetime

from django.db import connection

from zhengben.flow.answers import Received, take_answer
from zhengben.flow.ports import Vault
from zhengben.store.models import Answer
from zhengben.takedown.answers import Answer as Read


def take_mail(raw: bytes, read: Read, vault: Vault, now: datetime) -> Answer | None:
    """Keep one message and let it move its notice; give None where it was taken before.

    Raises OSError where the vault cannot keep it: then the sender is told to try again.
    """
    name = vault.put(raw)
    message_id = read.message_id or f"sha256:{hashlib.sha256(raw).hexdigest()}"
    received = Received(
        kind=read.kind, notice_key=read.notice_key, message_id=message_id, sender=read.sender, text=read.text,
        artefact=name,
    )  # fmt: skip
    return take_answer(received, now)


def take_mail_in_thread(raw: bytes, read: Read, vault: Vault, now: datetime) -> None:
    """Do the same in a thread that lives for one message, and leave no connection to the database behind."""
    try:
        take_mail(raw, read, vault, now)
    finally:
        connection.close()
