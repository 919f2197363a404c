"""The shapes of an exhibit."""

import dataclasses

import pytest

from zhengben.evidence.exhibit import Exhibit, Head, Operator


def test_an_exhibit_cannot_be_changed(exhibit: Exhibit) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        exhibit.target = "elsewhere"  # type: ignore[misc]  # that it cannot is the point


def test_an_operator_is_a_machine_unless_a_person_clicked() -> None:
    assert Operator(name="service").machine
    assert Head(1, "ab").seq == 1
