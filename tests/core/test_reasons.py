"""The catalogue of reason codes refuses what is not in it, and says how to add one."""

import pytest

from zhengben.core.reasons import ROLES, role


def test_an_unknown_code_is_refused_with_the_cure() -> None:
    with pytest.raises(KeyError, match=r"core/reasons\.py"):
        role("nonsense")


def test_every_code_is_plain() -> None:
    assert all(code.replace("_", "").isalpha() and code == code.lower() for code in ROLES)
    roles = {"official", "claim", "trade", "worded", "name", "harm", "speaks", "clears", "spares", "undecided"}
    assert {role(code) for code in ROLES} == roles
