"""Reading sources and the workers' signs of life. Read-only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhengben.store.due import oldest_due
from zhengben.store.models import Heartbeat, SetAside, Source


@dataclass(frozen=True, slots=True)
class Health:
    """How the machinery is: the newest heartbeat, the age of the longest overdue work, and sources fallen silent."""

    heartbeat: datetime | None
    overdue: timedelta
    silent: tuple[str, ...]


def sources() -> tuple[Source, ...]:
    """Give every source, by name."""
    return tuple(Source.objects.order_by("name"))


def set_aside(source: str, limit: int = 100) -> tuple[SetAside, ...]:
    """Give the newest lines of a source that could not be read."""
    return tuple(SetAside.objects.filter(source__name=source).order_by("-pk")[:limit])


def health(now: datetime) -> Health:
    """Give how the machinery is."""
    # Of any worker: one that lives is enough, and which one it is changes with every restart.
    newest = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    silent = (
        Source.objects.filter(enabled=True, silent_since__isnull=False).order_by("name").values_list("name", flat=True)
    )
    return Health(newest, oldest_due(now), tuple(silent))
