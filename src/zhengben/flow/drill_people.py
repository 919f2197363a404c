"""The invented people of the range: one signs drafts, the other approves them. Neither ever does both."""

from datetime import datetime, timedelta

from zhengben.flow.complain import StoppedError, approve, sign
from zhengben.flow.ports import Adapters
from zhengben.store.models import Notice

DRAFTER, APPROVER = "林芷（靶场起草）", "周弈（靶场复核）"


def sign_drafts(now: datetime) -> int:
    """Let the drafter answer for what the machine prepared; give how many."""
    waiting = Notice.objects.filter(state="draft", drafted_by="").order_by("pk")
    for notice in waiting:
        sign(notice, DRAFTER, now)
    return len(waiting)


def approve_drafts(now: datetime, world: Adapters, waited: timedelta = timedelta(), spare: int = 0) -> int:
    """Let the second person approve what has waited long enough, but for the newest `spare`; give how many.

    What the gate stops stays a draft, with its reasons.
    """
    drafts = Notice.objects.filter(state="draft", drafted_at__lte=now - waited).exclude(drafted_by="").order_by("pk")
    spared = set(Notice.objects.filter(state="draft").order_by("-pk").values_list("pk", flat=True)[:spare])
    done = 0
    for notice in drafts:
        if notice.pk in spared or notice.stops:
            continue
        try:
            approve(notice, APPROVER, now, world)
        except StoppedError:
            continue
        done += 1
    return done
