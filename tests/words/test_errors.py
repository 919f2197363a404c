"""Error sentences of the rooms below, in the language of whoever reads them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.dossier import check_dossier
from zhengben.locale.errors import LONGEST, PREFIX, in_language
from zhengben.locale.words import catalogue

HAN = re.compile(r"[\u4e00-\u9fff]")
NAMES = '[names]\nprimary = "甲"\n'
TOP = 'id = "x"\nowner = "y"\n'
RIGHT = '[[rights]]\nkind = "trademark"\njurisdiction = "CN"\nnumber = "1"\n'
BROKEN = {
    "no TOML": "id = ",
    "nested": "x = " + "[" * 100_000,
    "nothing": "",
    "unknown key": f'{TOP}colour = "red"\n{NAMES}',
    "unknown key of a table": f"{TOP}{NAMES}{RIGHT}hue = 1\n",
    "names no table": f"{TOP}names = 3\n",
    "no primary": f"{TOP}[names]\n",
    "rights no list": f"{TOP}{NAMES}[rights]\n",
    "rights of texts": f'{TOP}rights = ["a"]\n{NAMES}',
    "a choice": f'{TOP}{NAMES}[[channels]]\nkind = "app"\nexists = "perhaps"\n',
    "something needed": f'{TOP}{NAMES}[[channels]]\nkind = "app"\n',
    "no value": f'{TOP}{NAMES}[[channels]]\nkind = "domain"\nexists = "yes"\n',
    "term": f"{TOP}{NAMES}{RIGHT}valid_from = 2026-02-01\nvalid_to = 2026-01-01\n",
    "a type": f'id = 3\nowner = "y"\n{NAMES}',
}  # fmt: skip


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_every_problem_of_a_dossier_is_told_in_chinese(text: str) -> None:
    problems = check_dossier(text)
    assert problems
    for problem in problems:
        assert HAN.search(in_language(problem.what, "zh")), problem.what
        assert HAN.search(in_language(problem.cure, "zh")), problem.cure


@pytest.mark.parametrize("key", sorted(key for key in catalogue("en") if key.startswith(PREFIX)))
def test_every_pattern_finds_its_own_sentence(key: str) -> None:
    sentence = re.sub(r"\{(\w+)\}", "'X-9'", catalogue("en")[key])
    said = in_language(sentence, "zh")
    assert HAN.search(said) or catalogue("zh")[key].isascii(), sentence
    if "{" in catalogue("zh")[key]:
        assert "'X-9'" in said


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("argument --port: invalid int value: 'many'; see `zhengben up --help`",
         "参数 --port：'many' 不是整数；用法见 `zhengben up --help`"),
        ("a/b.toml: Permission denied; check that it can be read and written", "a/b.toml：没有权限；请检查能否读写"),
        ("unknown kind 'x'; use one of domain, url", "不认识的类型 'x'；可选：domain, url"),
        ("微粒贷.toml: line 12: unknown key '颜色'; remove it or use one of: id, owner",
         "微粒贷.toml：第 12 行：不认识的键 '颜色'；请删去，或改用：id, owner"),
    ],
)  # fmt: skip
def test_a_whole_line_is_told(sentence: str, expected: str) -> None:
    assert in_language(sentence, "zh") == expected


@pytest.mark.parametrize("sentence", ["", "something nobody translated", "a: b; c", "{name} and {0}", "(((", "\\g<0>"])
def test_what_nobody_translated_stays_as_it_is(sentence: str) -> None:
    assert in_language(sentence, "zh") == sentence


def test_english_is_never_touched() -> None:
    assert in_language("unknown key 'a'; check both dates", "en") == "unknown key 'a'; check both dates"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(in_language(text, "zh"), str)


def test_a_long_or_tangled_line_costs_little() -> None:
    began = time.process_time()
    in_language("argument " * (LONGEST // 9), "zh")
    in_language("x" * 1_000_000, "zh")
    in_language(": ".join(["unknown key 'a'"] * 30), "zh")
    assert time.process_time() - began < 2
