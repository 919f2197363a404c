"""The Chinese names of a dossier as the model holds them, and as people read them back."""

import pytest

from names.kit import WEILIDAI, brand
from zhengben.names.api import find_names, match_host, pack
from zhengben.names.hits import Character, HostHit
from zhengben.names.terms import LONGEST, han_terms


def idn(label: str) -> str:
    """Give a label in its xn-- form."""
    return "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize("name", ["手机贷", "手機貸", "云贷通", "雲貸通", "后付宝", "後付寶", "面点王", "微粒貸"])
def test_what_was_meant_is_told_in_the_brands_own_writing(name: str) -> None:
    known = pack((brand("x", name),))
    for written in (name, name[0] + "\u200b" + name[1:], name[0] + "·" + name[1:]):
        hits = find_names(f"快来{written}提额", known)
        assert [hit.expected for hit in hits] == [name]
        assert "".join(c.expected for c in hits[0].characters) == name
    hosts = match_host(f"{idn(name)}.cn", known)
    assert [hit.expected for hit in hosts] == [name]


def test_an_alias_that_differs_in_script_alone_is_the_same_name_told_as_the_first_one() -> None:
    known = pack((brand("x", "微粒贷", aliases=("微粒貸",)),))
    assert [term.name for term in known.terms] == ["微粒贷"]
    assert [hit.expected for hit in find_names("微粒貸", known)] == ["微粒贷"]
    turned = pack((brand("x", "微粒貸", aliases=("微粒贷",)),))
    assert [hit.expected for hit in find_names("微粒贷", turned)] == ["微粒貸"]


@pytest.mark.parametrize("name", ["贷", "", "·", "webank", "123"])
def test_what_is_no_chinese_name_makes_no_term(name: str) -> None:
    assert han_terms((brand("x", name),)) == ()


def test_a_sentence_is_cut_where_a_name_would_end() -> None:
    (term,) = han_terms((brand("x", "深圳前海微众银行股份有限公司微粒贷"),))
    assert len(term.text) == len(term.name) == len(term.positions) == LONGEST


def test_signs_in_a_name_are_no_characters_of_it() -> None:
    (term,) = han_terms((brand("x", "微·粒 贷"),))
    assert (term.text, term.name) == ("微粒贷", "微粒贷")


def test_bits_of_names_stand_one_behind_the_other_and_never_overlap() -> None:
    terms = han_terms((WEILIDAI, brand("y", "招商银行", aliases=("招行",)), brand("z", "花呗")))
    ends = [term.bit + len(term.positions) for term in terms]
    assert [term.bit for term in terms] == [0, *ends[:-1]]
    assert [term.whole for term in terms] == [7, 15, 3, 3]


@pytest.mark.parametrize("char", ["微", "贷", "行", "呗"])
def test_every_way_to_write_a_character_has_a_price_and_itself_has_none(char: str) -> None:
    (term,) = han_terms((brand("x", f"{char}{char}宝"),))
    ways = term.positions[0]
    assert (ways[char].how, ways[char].cost) == ("exact", 0)
    assert all(0 < way.cost <= 100 for symbol, way in ways.items() if symbol != char)
    assert char in term.openings
    assert char in term.exact


def test_a_hit_says_its_row_in_plain_json_words() -> None:
    (hit,) = find_names("薇粒贷", pack((WEILIDAI,)))
    row = hit.row()
    assert row["characters"][0] == {  # type: ignore[index]  # a list
        "index": 0, "original": "薇", "expected": "微", "how": hit.characters[0].how, "cost": hit.characters[0].cost,
    }  # fmt: skip
    assert [c.differs for c in hit.characters] == [True, False, False]


def test_a_host_hit_says_name_brand_technique_score_and_reasons() -> None:
    (hit,) = match_host("we1lidai.cn", pack((WEILIDAI,)))
    assert isinstance(hit, HostHit)
    assert set(hit.row()) == {"name", "brand", "technique", "score", "reasons"}
    assert not Character(0, "微", "微", "exact", 0.0).differs
