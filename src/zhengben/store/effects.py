"""Outward effects, each under a key that is used once.

The life of a key: `started` (nothing has left yet), `handing` (it may have left: the last bytes are on their way),
`done` (the other side said yes; the receipt is kept), `uncertain` (a worker died while handing; only a person or the
other side can tell). A key that is `started` may be tried again; one that is `handing` never is by itself.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from zhengben.store.events import StaleError
from zhengben.store.models import Effect


def begin(key: str, kind: str, now: datetime) -> str:
    """Open a key, or find it open; give its status as it stood before."""
    with transaction.atomic():
        effect, new = Effect.objects.select_for_update().get_or_create(
            key=key, defaults={"kind": kind, "status": "started", "started_at": now}
        )
        return "new" if new else effect.status


def handing(key: str) -> None:
    """Say, durably, that from now on the effect may have happened; raise StaleError where another worker was first."""
    with transaction.atomic():
        if Effect.objects.filter(key=key, status="started").update(status="handing") != 1:
            raise StaleError(f"effect {key}: somebody else is handing it over")


def not_handed(key: str) -> None:
    """Say that the other side refused before taking it: the key may be tried again."""
    with transaction.atomic():
        Effect.objects.filter(key=key, status="handing").update(status="started")


def finish(key: str, receipt: Mapping[str, object], now: datetime) -> None:
    """Keep the receipt; call inside the transaction that moves the notice."""
    Effect.objects.filter(key=key).update(status="done", receipt=dict(receipt), finished_at=now)


def doubt(key: str, now: datetime) -> None:
    """Say that nobody here can tell whether it happened."""
    Effect.objects.filter(key=key, status="handing").update(status="uncertain", finished_at=now)


def status(key: str) -> str:
    """Give where a key stands, or an empty string for one that was never opened."""
    return Effect.objects.filter(key=key).values_list("status", flat=True).first() or ""


def receipt(key: str) -> dict[str, object]:
    """Give the receipt of a finished key, or an empty dict."""
    effect = Effect.objects.filter(key=key, status="done").first()
    return dict(effect.receipt) if effect else {}


def free(key: str) -> None:
    """Let an uncertain key be tried again, because a person found out that nothing had left."""
    with transaction.atomic():
        Effect.objects.filter(key=key, status="uncertain").update(status="started", finished_at=None)
