"""Token buckets in the database: how much one channel or one reporter may do, over all workers together."""

from datetime import datetime, timedelta

from django.db import transaction

from zhengben.store.models import Bucket


def take(name: str, *, per_hour: float, burst: float, now: datetime) -> timedelta:
    """Take one token; give zero where there was one, else how long to wait for it (and nothing is taken)."""
    if per_hour <= 0:
        raise ValueError(f"bucket {name}: per_hour must be above zero")
    with transaction.atomic():
        bucket, _ = Bucket.objects.select_for_update().get_or_create(name=name, defaults={"tokens": burst, "at": now})
        passed = max(0.0, (now - bucket.at).total_seconds())
        tokens = min(burst, bucket.tokens + passed * per_hour / 3600)
        if tokens < 1:
            return timedelta(seconds=(1 - tokens) * 3600 / per_hour + 0.001)
        bucket.tokens, bucket.at = tokens - 1, max(now, bucket.at)
        bucket.save(update_fields=["tokens", "at"])
    return timedelta()
