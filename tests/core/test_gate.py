"""What stops a notice: the lapsed mark of 微粒贷 first of all."""

from dataclasses import replace
from datetime import date

import pytest

from zhengben.core.brand import INVENTED, Brand, Names, Right
from zhengben.core.gate import Request, gate, valid_rights
from zhengben.core.verdict import Label

OWNER = "深圳前海微众银行股份有限公司"
MARK = Right(
    kind="trademark", jurisdiction="CN", number="16577525", nice_class=9, holder=OWNER,
    valid_from=date(2016, 5, 14), valid_to=date(2026, 5, 13), standing="assignment",
)  # fmt: skip
RENEWAL = replace(MARK, valid_from=date(2026, 5, 14), valid_to=date(2036, 5, 13), document="renewal.pdf")
BRAND = Brand(id="weilidai", owner=OWNER, finance=True, names=Names(primary="微粒贷"), rights=(MARK,))
READY = Request(
    label=Label.IMPERSONATION,
    official=False,
    sealed_capture=True,
    drafted_by="lin",
    approved_by="chen",
    renewals=(RENEWAL,),
)
DAY = date(2026, 11, 22)


def codes(request: Request, brand: Brand = BRAND, day: date = DAY) -> list[str]:
    """Give the codes of every stop."""
    return [stop.code for stop in gate(brand, request, day)]


def test_a_complete_notice_passes() -> None:
    assert codes(READY) == []


def test_the_printed_term_stops_it_until_a_renewal_is_entered() -> None:
    (stop,) = gate(BRAND, replace(READY, renewals=()), DAY)
    assert stop.code == "right_ended"
    assert stop.facts == {"number": "16577525", "valid_to": "2026-05-13", "day": "2026-11-22"}
    assert codes(replace(READY, renewals=()), day=date(2026, 5, 13)) == []
    assert codes(replace(READY, renewals=()), day=date(2026, 5, 14)) == ["right_ended"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"official": True}, "official_target"),
        ({"label": Label.LOOKALIKE}, "not_accused"),
        ({"label": Label.MENTION}, "not_accused"),
        ({"sealed_capture": False}, "no_sealed_capture"),
        ({"approved_by": ""}, "second_person_missing"),
        ({"approved_by": "lin"}, "same_person"),
    ],
)
def test_every_gap_stops_it(change: dict[str, object], code: str) -> None:
    assert codes(replace(READY, **change)) == [code]  # type: ignore[arg-type]  # one field at a time


def test_an_invented_renewal_counts_in_the_range_alone() -> None:
    invented = replace(RENEWAL, source=f"{INVENTED} (no such document)")
    request = replace(READY, renewals=(invented,))
    assert codes(request) == ["right_ended"]
    assert codes(replace(request, in_range=True)) == []
    assert valid_rights(BRAND, DAY, (invented,), in_range=True) == (invented,)


def test_a_mark_of_somebody_else_is_no_ground_but_a_licence_is() -> None:
    foreign = replace(RENEWAL, holder="腾讯科技（深圳）有限公司", standing="assignment")
    assert codes(replace(READY, renewals=(foreign,))) == ["right_not_held"]
    assert codes(replace(READY, renewals=(replace(foreign, standing="licence"),))) == []


def test_a_brand_without_rights_or_terms_says_so() -> None:
    bare = replace(BRAND, rights=())
    assert codes(replace(READY, renewals=()), bare) == ["no_right"]
    timeless = replace(BRAND, rights=(replace(MARK, valid_from=None, valid_to=None),))
    assert codes(replace(READY, renewals=()), timeless) == ["right_without_term"]
