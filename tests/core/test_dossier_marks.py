"""A logo of a dossier and the registered mark it shows."""

import pytest

from zhengben.core.dossier import check_dossier, read_dossier

HEAD = """id = "b"
owner = "o"
[names]
primary = "微粒贷"
[[rights]]
kind = "trademark"
jurisdiction = "CN"
number = "16577525"
"""
LOGO = '[[logos]]\nfile = "b/sail.png"\nkind = "symbol"\n'


def test_a_logo_may_name_its_mark() -> None:
    brand = read_dossier(HEAD + LOGO + 'right = "16577525"\n')
    assert [(logo.file, logo.right) for logo in brand.logos] == [("b/sail.png", "16577525")]
    assert read_dossier(HEAD + LOGO).logos[0].right == ""


def test_a_mark_the_dossier_does_not_have_is_a_problem_at_its_line() -> None:
    text = HEAD + LOGO + LOGO + 'right = "99"\n'
    problems = check_dossier(text)
    assert [(p.line, p.what) for p in problems] == [(15, "right = '99' is no number among [[rights]]")]


@pytest.mark.parametrize(
    "more", ["right = 16577525\n", 'right = ["16577525"]\n', 'right = ""\n'],
)  # fmt: skip
def test_only_text_is_held_against_the_rights(more: str) -> None:
    assert not any("among" in problem.what for problem in check_dossier(HEAD + LOGO + more))


@pytest.mark.parametrize("text", ["rights = 1\n", "logos = 1\n", "rights = [1]\nlogos = [1]\n"])
def test_broken_tables_are_told_once_and_break_nothing(text: str) -> None:
    assert check_dossier('id = "b"\nowner = "o"\n' + text + '[names]\nprimary = "微粒贷"\n')
