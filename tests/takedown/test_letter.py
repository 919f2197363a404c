"""The shapes of a complaint."""

import dataclasses

import pytest

from zhengben.locale.words import LANGUAGES, say
from zhengben.takedown.letter import ADDRESSEES, CaseView, Complainant


def test_a_view_and_who_signs_cannot_be_changed(view: CaseView, complainant: Complainant) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.target = "elsewhere"  # type: ignore[misc]  # that it cannot is the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        complainant.mailbox = "me@private.example"  # type: ignore[misc]  # that it cannot is the point


def test_every_kind_of_addressee_has_its_demand() -> None:
    for kind in ADDRESSEES:
        assert len({say(f"letter.ask_{kind}", language) for language in LANGUAGES}) == len(LANGUAGES)
