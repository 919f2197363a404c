"""The words of the wordmark benchmark: two halves that share nothing, and no genuine name among the look-alikes."""

import importlib
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pypinyin import lazy_pinyin

from zhengben.flow.dossiers import load_brands

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LISTS = tomllib.loads((BENCHMARKS / "pages_words.toml").read_text("utf-8"))
GENUINE = frozenset(name for brand in load_brands() for name in brand.names.chinese)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("pages_words")


def test_the_halves_share_no_word_and_no_typeface(words: Any) -> None:
    first, second = (set(words.alike(split, LISTS, GENUINE, 2026)) for split in ("first", "second"))
    assert first.isdisjoint(second)
    assert min(len(first), len(second)) >= 1000
    assert set(words.FACES["first"]).isdisjoint(words.FACES["second"])
    assert set(LISTS["first"]["disguised"]).isdisjoint(LISTS["second"]["disguised"])


@pytest.mark.parametrize("split", ["first", "second"])
def test_no_look_alike_is_or_sounds_like_a_genuine_name(words: Any, split: str) -> None:
    said = {tuple(lazy_pinyin(name)) for name in GENUINE}
    made = words.alike(split, LISTS, GENUINE, 2026)
    assert not any(name in word for word in made for name in GENUINE)
    written = set(LISTS[split]["alike"])
    assert not any(tuple(lazy_pinyin(word)) in said for word in made if word not in written)


@pytest.mark.parametrize("split", ["first", "second"])
def test_a_machine_without_the_rarer_typefaces_still_draws(words: Any, split: str) -> None:
    assert any("noto" in face for face in words.faces(split))
    assert words.wordmark("微粒贷", split, random.Random(7)).ndim == 3  # noqa: S311


def test_the_same_seed_draws_the_same_picture(words: Any) -> None:
    seeded = (random.Random("x") for _ in range(2))  # noqa: S311  # the benchmark's own generator
    one, other = (words.wordmark("微粒贷", "first", chance) for chance in seeded)
    assert (one == other).all()
