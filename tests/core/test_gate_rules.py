"""The gate under chance: whatever else is true, no letter passes without every one of its grounds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.basis import ARTICLES, bases
from zhengben.core.brand import INVENTED, Brand, Channel, Names, Right
from zhengben.core.gate import Request, gate, valid_rights
from zhengben.core.lead import KINDS
from zhengben.core.verdict import ACCUSING, Label
from zhengben.locale.words import LANGUAGES, say

OWNER, OTHER = "某银行股份有限公司", "某科技有限公司"
DAY = date(2026, 11, 22)
NEAR = st.dates(date(2026, 1, 1), date(2027, 12, 31))
RIGHTS = st.builds(
    Right,
    kind=st.just("trademark"),
    jurisdiction=st.just("CN"),
    number=st.sampled_from(["1", "2", "3"]),
    holder=st.sampled_from(["", OWNER, OTHER]),
    standing=st.sampled_from(["owner", "assignment", "licence"]),
    valid_from=st.none() | NEAR,
    valid_to=st.none() | NEAR,
    source=st.sampled_from(["gazette", INVENTED, f"{INVENTED} (drill)"]),
)
BRANDS = st.builds(
    Brand, id=st.just("b"), owner=st.just(OWNER), finance=st.booleans(), names=st.just(Names(primary="某某贷")),
    rights=st.lists(RIGHTS, max_size=3).map(tuple),
)  # fmt: skip
REQUESTS = st.builds(
    Request, label=st.sampled_from(list(Label)), official=st.booleans(), sealed_capture=st.booleans(),
    drafted_by=st.sampled_from(["", "lin", "chen"]), approved_by=st.sampled_from(["", "lin", "chen"]),
    renewals=st.lists(RIGHTS, max_size=2).map(tuple), in_range=st.booleans(),
)  # fmt: skip
FACTS = {
    "official_target": {}, "no_sealed_capture": {}, "not_accused": {"label": "mention"},
    "second_person_missing": {"drafted_by": "lin"}, "same_person": {"person": "lin"}, "no_right": {"brand": "某某贷"},
    "right_without_term": {"number": "1"}, "right_not_held": {"number": "1", "holder": OTHER, "owner": OWNER},
    "right_ended": {"number": "1", "valid_to": "2026-05-13", "day": "2026-11-22"},
}  # fmt: skip


@given(BRANDS, REQUESTS, NEAR)
def test_what_passes_has_every_ground(brand: Brand, request_: Request, day: date) -> None:
    if gate(brand, request_, day):
        return
    assert request_.label in ACCUSING
    assert not request_.official
    assert request_.sealed_capture
    assert request_.drafted_by
    assert request_.approved_by
    assert request_.drafted_by != request_.approved_by
    (right, *_) = valid_rights(brand, day, request_.renewals, in_range=request_.in_range)
    assert right.valid_from is not None
    assert right.valid_to is not None
    assert right.valid_from <= day <= right.valid_to
    assert right.holder in {"", OWNER} or right.standing == "licence"
    assert request_.in_range or not right.source.startswith(INVENTED)


@given(BRANDS, REQUESTS, NEAR)
def test_outside_the_range_an_invented_right_changes_nothing(brand: Brand, request_: Request, day: date) -> None:
    outside = replace(request_, in_range=False)
    bare = replace(brand, rights=tuple(right for right in brand.rights if not right.invented))
    without = replace(outside, renewals=tuple(right for right in outside.renewals if not right.invented))
    assert gate(brand, outside, day) == gate(bare, without, day)


@given(BRANDS, REQUESTS, NEAR)
def test_every_stop_has_words_and_its_facts_fill_them(brand: Brand, request_: Request, day: date) -> None:
    for stop in gate(brand, request_, day):
        for language in LANGUAGES:
            told = say(f"stop.{stop.code}", language, stop.facts)
            assert "{" not in told
            assert all(str(fact) in told for fact in stop.facts.values() if fact and fact not in set(Label)), told


@pytest.mark.parametrize("code", FACTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_says_what_it_is_about(code: str, language: str) -> None:
    assert len(say(f"stop.{code}", language, FACTS[code])) > 5


@given(BRANDS, REQUESTS, NEAR)
def test_the_stops_of_a_request_are_each_told_once(brand: Brand, request_: Request, day: date) -> None:
    codes = [stop.code for stop in gate(brand, request_, day)]
    assert len(codes) == len(set(codes))


@given(RIGHTS, NEAR)
def test_a_right_is_valid_on_its_first_and_last_day_and_not_beside_them(right: Right, day: date) -> None:
    dated = replace(right, valid_from=day, valid_to=day + timedelta(days=10))
    days = [day + timedelta(days=n) for n in (-1, 0, 10, 11)]
    assert [dated.valid_on(one) for one in days] == [False, True, True, False]
    assert not replace(dated, valid_to=None).valid_on(day)
    assert not replace(dated, valid_from=None).valid_on(day)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("finance", [True, False])
def test_a_financial_service_never_stands_on_the_e_commerce_law(kind: str, *, finance: bool) -> None:
    """电子商务法 第2条 leaves financial products and services out of that law altogether."""
    codes = [basis.code for basis in bases(finance=finance, kind=kind, has_right=True, asks_secrets=False)]
    assert codes[0] == "civil_code_1195"
    assert not ("ecommerce_42" in codes and finance)
    assert ("anti_fraud_25" in codes) == finance


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("finance", [True, False])
@pytest.mark.parametrize("secrets", [True, False])
def test_a_right_adds_the_trademark_law_and_takes_nothing_away(kind: str, *, finance: bool, secrets: bool) -> None:
    without, with_right = (
        {basis.code for basis in bases(finance=finance, kind=kind, has_right=right, asks_secrets=secrets)}
        for right in (False, True)
    )
    assert with_right - without == {"trademark_57"}
    assert without <= with_right <= set(ARTICLES)


@pytest.mark.parametrize("exists", ["no", "never"])
def test_a_brand_that_says_it_has_none_says_so_whatever_else_it_has(exists: str) -> None:
    none = Channel(kind="app", exists=exists, statement="没有独立APP")
    host = Channel(kind="app", exists="yes", value="com.tencent.mm", role="host")
    brand = Brand(id="b", owner="o", finance=True, names=Names(primary="某"), channels=(host, none))
    assert brand.has_none("app") is none
    assert brand.official("app") == (host,)
    assert brand.has_none("poi") is None
    assert brand.official("phone") == ()
