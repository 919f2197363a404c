"""A dossier says what is wrong with it: the line, the fault and the cure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.dossier import DossierError, check_dossier, read_dossier
from zhengben.core.tomlines import Lines

SOUND = """id = "probe"
owner = "某银行股份有限公司"
finance = true

[names]
primary = "某某贷"
latin = ["moumoudai"]

[[rights]]
kind = "trademark"
jurisdiction = "CN"
number = "1"
class = 36
valid_from = 2020-01-01
valid_to = 2030-01-01
source = "gazette"

[[channels]]
kind = "domain"
value = "example.cn"
exists = "yes"
source = "owner"

[[channels]]
kind = "app"
exists = "never"

[[logos]]
file = "probe/symbol.png"
kind = "symbol"
"""


def one(text: str) -> tuple[int, str, str]:
    """Give the only problem of a dossier."""
    (problem,) = check_dossier(text)
    return problem.line, problem.what, problem.cure


def test_a_sound_dossier_becomes_a_brand() -> None:
    brand = read_dossier(SOUND)
    assert (brand.id, brand.finance, brand.names.latin) == ("probe", True, ("moumoudai",))
    assert brand.rights[0].nice_class == 36
    assert [c.value for c in brand.official("domain")] == ["example.cn"]
    assert brand.has_none("app") is not None
    assert brand.has_none("phone") is None
    assert brand.names.chinese == ("某某贷",)
    assert len(brand.digest) == 64


def test_a_different_text_has_a_different_digest() -> None:
    assert read_dossier(SOUND).digest != read_dossier(SOUND + "\n").digest


@pytest.mark.parametrize(
    ("before", "after", "line", "word"),
    [
        ('owner = "某银行股份有限公司"', 'owners = "x"', 2, "owners"),
        ('latin = ["moumoudai"]', 'latin = "moumoudai"', 7, "latin"),
        ('latin = ["moumoudai"]', "latin = [3]", 7, "latin"),
        ('latin = ["moumoudai"]', 'lattin = ["moumoudai"]', 7, "lattin"),
        ("class = 36", 'class = "36"', 13, "class"),
        ("class = 36", "class = true", 13, "class"),
        ("valid_to = 2030-01-01", "valid_to = 2019-01-01", 15, "term"),
        ('exists = "never"', 'exists = "maybe"', 26, "exists"),
        ('kind = "symbol"', 'kind = "picture"', 30, "kind"),
        ('value = "example.cn"\n', "", 18, "value"),
        ('number = "1"\n', "", 9, "number"),
        ("finance = true", "finance = 1", 3, "finance"),
    ],
)
def test_a_fault_names_its_line_and_a_cure(before: str, after: str, line: int, word: str) -> None:
    problems = check_dossier(SOUND.replace(before, after, 1))
    found = [p for p in problems if word in p.what]
    assert found, problems
    assert found[0].line == line
    assert found[0].cure


def test_what_is_missing_at_the_top_is_named() -> None:
    whats = [p.what for p in check_dossier("finance = true\n")]
    assert [w for w in whats if "'id'" in w]
    assert [w for w in whats if "'owner'" in w]
    assert [w for w in whats if "'names'" in w]


def test_names_must_be_a_table_with_a_primary_name() -> None:
    assert one('id = "x"\nowner = "y"\nnames = 3\n')[:2] == (3, "'names' is not a table")
    assert "primary" in one('id = "x"\nowner = "y"\n[names]\n')[1]


def test_a_single_bracket_is_explained() -> None:
    line, what, cure = one('id = "x"\nowner = "y"\n[names]\nprimary = "z"\n[rights]\nnumber = "1"\n')
    assert (line, what) == (5, "'rights' is not a list")
    assert "[[rights]]" in cure
    assert "[[rights]]" in one('id = "x"\nowner = "y"\nrights = [1]\n[names]\nprimary = "z"\n')[2]


def test_broken_toml_names_the_line() -> None:
    assert one('id = "x"\nowner = \n')[0] == 2
    assert one('id = "x')[1].startswith("not TOML")


def test_a_broken_dossier_cannot_be_read() -> None:
    with pytest.raises(DossierError, match="unknown key 'noname'") as caught:
        read_dossier(SOUND.replace("finance = true", "noname = 1"))
    assert caught.value.problems[0].line == 3


@given(st.text(max_size=300))
def test_any_text_gives_problems_and_never_an_exception(text: str) -> None:
    for problem in check_dossier(text):
        assert problem.line >= 1
        assert problem.what
        assert problem.cure


def test_a_key_that_stands_nowhere_points_at_its_table() -> None:
    lines = Lines("a = 1\n[names]\nb = 2\n")
    assert lines.find("zz", "names") == 2
    assert lines.find("zz", "nowhere") == 1
    assert lines.find("a", "nowhere") == 1
