"""What the gate asks of letters that follow a first one: a retraction needs two people and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from zhengben.core.brand import Brand, Names, Right
from zhengben.core.gate import Request, gate
from zhengben.core.notice import PURPOSES
from zhengben.core.verdict import Label

OWNER = "某银行股份有限公司"
MARK = Right(
    kind="trademark",
    jurisdiction="CN",
    number="1",
    holder=OWNER,
    valid_from=date(2020, 1, 1),
    valid_to=date(2030, 1, 1),
)
BRAND = Brand(id="b", owner=OWNER, finance=True, names=Names(primary="某某贷"), rights=(MARK,))
BARE = replace(BRAND, rights=())
READY = Request(label=Label.IMPERSONATION, official=False, sealed_capture=True, drafted_by="lin", approved_by="chen")
DAY = date(2026, 11, 22)


def codes(brand: Brand = BRAND, **change: object) -> list[str]:
    """Give the codes of the stops against a changed request."""
    return [stop.code for stop in gate(brand, replace(READY, **change), DAY)]  # type: ignore[arg-type]


@pytest.mark.parametrize("purpose", [purpose for purpose in PURPOSES if purpose != "retraction"])
def test_every_letter_that_asks_for_something_needs_every_ground(purpose: str) -> None:
    assert codes(purpose=purpose) == []
    assert codes(BARE, purpose=purpose) == ["no_right"]
    assert "official_target" in codes(purpose=purpose, official=True)
    assert "not_accused" in codes(purpose=purpose, label=Label.LOOKALIKE)


def test_nobody_is_asked_to_take_down_what_is_down_already() -> None:
    assert codes(down=True) == ["already_down"]
    assert codes(purpose="reminder", down=True) == ["already_down"]


@pytest.mark.parametrize(
    "change",
    [{"official": True}, {"label": Label.MENTION}, {"sealed_capture": False}, {"down": True}],
    ids=lambda change: next(iter(change)),
)
def test_a_letter_that_takes_back_leaves_exactly_when_the_grounds_have_gone(change: dict[str, object]) -> None:
    """The wrong notice is taken back because its target is official, or the right has lapsed: that must not stop it."""
    assert codes(BARE, purpose="retraction", **change) == []


def test_a_letter_that_takes_back_needs_two_people_all_the_same() -> None:
    assert codes(purpose="retraction", approved_by="") == ["second_person_missing"]
    assert codes(purpose="retraction", approved_by="lin") == ["same_person"]
