"""The letter that goes, and beside it the same letter in the other language, for whoever approves it."""

from datetime import datetime

from zhengben import wiring
from zhengben.flow.views import notice_view
from zhengben.locale.words import LANGUAGES
from zhengben.store.models import Notice


def letters(notice: Notice, now: datetime) -> list[dict[str, object]]:
    """Give the letter that goes first; the other language follows where it can be written."""
    goes = {"language": notice.language, "subject": notice.subject, "body": notice.body, "goes": True}
    others = [_other(notice, language, now) for language in LANGUAGES if language != notice.language]
    return [goes, *(other for other in others if other)]


def _other(notice: Notice, language: str, now: datetime) -> dict[str, object] | None:
    """Write the letter in a language it will not be sent in; None where the case can no longer tell what it needs."""
    try:
        subject, body = wiring.letter_in(
            language, notice, lambda _case, _brand, at, world: notice_view(notice, at, world), now
        )
    # The other language helps whoever approves; that it cannot be written must not hide the one that goes.
    except (AttributeError, ValueError, KeyError, OSError):
        return None
    return {"language": language, "subject": subject, "body": body, "goes": False}
