"""Whatever the bytes are, the readers answer: structure-aware mutations of every container, bounded.

`ZHENGBEN_FUZZ=20000` makes the same search longer; `benchmarks/apps_fuzz.py` runs it in limited workers.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengben.core.appfacts import AppFacts
from zhengben.examine.appfile import examine_app
from zhengben.range.make_app_storm import SEEDS, mutate

EXAMPLES = int(os.environ.get("ZHENGBEN_FUZZ", "150"))


@pytest.mark.parametrize("seed", sorted(SEEDS))
def test_the_unharmed_seed_is_read(seed: str) -> None:
    facts = examine_app(SEEDS[seed](), seed)
    assert facts.package or facts.names
    assert not facts.missing


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.sampled_from(sorted(SEEDS)), number=st.integers(0, 2**32 - 1))
def test_mutated_files_are_answered(seed: str, number: int) -> None:
    facts = examine_app(mutate(SEEDS[seed](), number), seed)
    assert isinstance(facts, AppFacts)


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
@given(
    data=st.binary(max_size=400),
    head=st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"0\x82", b"<?xml Payload", b"bplist00"]),
)
def test_noise_is_answered(data: bytes, head: bytes) -> None:
    assert isinstance(examine_app(head + data, "a.apk"), AppFacts)
