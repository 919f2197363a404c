"""Health: `/healthz` says that this process answers, `/readyz` that the product works; neither tells secrets."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from zhengben.server.clock import time_of, wall_clock
from zhengben.store.queries_rim import migrated
from zhengben.store.queries_sources import health

LATEST_BEAT = timedelta(seconds=60)
MOST_OVERDUE = timedelta(hours=1)


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """Say that this process answers."""
    del request
    return JsonResponse({"ok": True})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether database, tables, worker and work are as they should be; 503 where one is not."""
    del request
    wall = wall_clock()
    try:
        told = _told(wall)
    except DatabaseError as error:
        told = {"database": False, "detail": str(error).splitlines()[0][:200] if str(error) else type(error).__name__}
    ok = all(value for value in told.values() if isinstance(value, bool))
    return JsonResponse({"ok": ok, **told}, status=200 if ok else 503)


def _told(wall: datetime) -> dict[str, object]:
    now = time_of(settings.HOME, wall, in_range=settings.IN_RANGE)
    state = health(now)
    beat = state.heartbeat
    return {
        "database": True,
        "migrations": migrated(),
        "worker": beat is not None and abs(wall - beat) <= LATEST_BEAT,
        "work": state.overdue <= MOST_OVERDUE,
        "heartbeat": beat.isoformat() if beat else None,
        "overdue_s": int(state.overdue.total_seconds()),
        "silent_sources": list(state.silent),
    }
