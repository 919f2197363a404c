"""What a person copies into a form."""

from datetime import datetime

import pytest

from zhengben.core.brand import Brand
from zhengben.takedown.channels import receivers
from zhengben.takedown.letter import Addressee, CaseView, Complainant
from zhengben.takedown.letters import draft
from zhengben.takedown.pack import pack


@pytest.mark.parametrize("receiver", receivers(), ids=lambda one: one.id)
def test_every_receiver_has_a_pack(
    receiver: object, view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    letter = draft(view, brand, addressee, "zh", complainant=complainant, now=now)
    one = next(known for known in receivers() if known is receiver)
    made = pack(one, view, brand, complainant, letter)
    assert [row.code for row in made.rows] == list(one.fields)
    assert all(row.words for row in (*made.rows, *made.documents))
    assert {row.code for row in (*made.rows, *made.documents) if not row.value} == set(made.missing)
    told = "".join(row.value for row in made.rows)
    assert "13800138000" not in told


def test_what_a_person_must_find_is_listed(
    view: CaseView, brand: Brand, addressee: Addressee, complainant: Complainant, now: datetime
) -> None:
    letter = draft(view, brand, addressee, "zh", complainant=complainant, now=now)
    store = next(one for one in receivers() if one.id == "360-assistant")
    made = pack(store, view, brand, complainant, letter)
    assert made.missing == ("package", "identity_document", "power_of_attorney", "court_acceptance")
    values = {row.code: row.value for row in made.rows}
    assert values["target_url"] == view.target
    assert values["infringement_facts"] == letter.body
