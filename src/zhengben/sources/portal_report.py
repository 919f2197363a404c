"""A report from the portal as a lead: what a member of the public pasted, and nothing about who they are."""

from datetime import datetime

from zhengben.core.lead import Lead

NAME = "portal"
LONGEST = 4000


def report_lead(kind: str, locator: str, words: str, now: datetime) -> Lead:
    """Give the lead of one report; raises ValueError where there is nothing to look at.

    >>> from datetime import UTC
    >>> report_lead("url", " https://wei1idai.cn ", "短信里的链接", datetime(2026, 1, 1, tzinfo=UTC)).locator
    'https://wei1idai.cn'
    """
    place = locator.strip()[:LONGEST]
    if not place:
        raise ValueError("a report needs a link, a number, a name or a text to look at")
    return Lead(
        kind=kind, source=NAME, locator=place, seen_at=now, detail={"words": words.strip()[:LONGEST]} if words else {}
    )
