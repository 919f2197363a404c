"""A lead that cannot be right is refused where it is made."""

from datetime import UTC, datetime

import pytest

from zhengben.core.lead import Lead

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_lead_is_what_it_says() -> None:
    lead = Lead(kind="phone", source="probe", locator="4001234567", seen_at=NOW)
    assert (lead.kind, dict(lead.detail)) == ("phone", {})


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"kind": "fax"}, "unknown kind"),
        ({"locator": "  "}, "locator"),
        ({"seen_at": NOW.replace(tzinfo=None)}, "time zone"),
    ],
)
def test_what_cannot_be_right_is_refused(change: dict[str, object], word: str) -> None:
    facts = {"kind": "url", "source": "probe", "locator": "https://example.cn/", "seen_at": NOW, **change}
    with pytest.raises(ValueError, match=word):
        Lead(**facts)  # type: ignore[arg-type]  # one field wrong at a time
