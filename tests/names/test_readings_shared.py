"""A picture that could be several brands' character, names read from their end, and words in letters of a style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import brand
from zhengben.names.api import find_names, pack, shared
from zhengben.names.glyphs import BOTH, FAR, fuzzy_sounds
from zhengben.names.hits import NameHit
from zhengben.names.text_batch import find_in_lines

LENDERS = (brand("lidai", "微粒贷", "weilidai"), brand("yedai", "微业贷", "weiyedai"))
KNOWN = pack((*LENDERS, brand("bank", "微众银行", "webank"), brand("jun", "钧陵银行", "junlingbank")))


def hits(text: str, mode: str = "strict") -> tuple[NameHit, ...]:
    """Give the hits of a message; a batch of messages gives the same."""
    found = find_names(text, KNOWN, mode)
    assert [hit for _, hit in find_in_lines([text], KNOWN, mode)] == list(found)
    return found


def test_brands_that_a_picture_would_name_alike_share_its_score() -> None:
    found = hits("微🏢贷 新口子，今天开放")
    assert {hit.brand for hit in found} == {"lidai", "yedai"}
    assert sum(hit.score for hit in found) <= 100
    assert len({hit.score for hit in found}) == 1


def test_a_picture_that_only_one_brand_explains_keeps_its_score() -> None:
    one = pack(LENDERS[:1])
    assert [hit.score > 50 for hit in find_names("微🏢贷 新口子，今天开放", one)] == [True]


def test_a_picture_of_the_very_character_is_no_guess_between_brands() -> None:
    assert [(hit.brand, hit.score > 50) for hit in hits("微🍚贷开通名额，手慢无")] == [("lidai", True)]


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_scores_are_shared_by_place_and_never_vanish(brands: list[str]) -> None:
    rows = [
        NameHit(
            start=at % 2, end=4, matched="微🏢贷", brand=name, expected="微粒贷", kind="emoji", score=95, characters=()
        )
        for at, name in enumerate(brands)
    ]
    kept = shared(rows)
    assert [hit.brand for hit in kept] == brands
    assert all(1 <= hit.score <= 95 for hit in kept)
    for start in (0, 1):
        by_brand = {hit.brand: hit.score for hit in kept if hit.start == start}
        assert sum(by_brand.values()) <= 95


@pytest.mark.parametrize(
    ("text", "brand_id"),
    [
        ("iadiliew 从右往左念", "lidai"),
        ("接 IADEYIEW 资料", "yedai"),
        ("找knabew专员", "bank"),
        ("反着看：knabgnilnuj", "jun"),
    ],
)
def test_a_latin_name_from_its_end_is_read(text: str, brand_id: str) -> None:
    found = hits(text)
    assert [(hit.brand, hit.kind, hit.deliberate) for hit in found] == [(brand_id, "reversed", True)]


@pytest.mark.parametrize("text", ["knab ew", "iadi liew 好", "backwards knabe", "iadiliews", "knabewerk"])
def test_letters_that_are_no_whole_word_from_the_end_are_no_name(text: str) -> None:
    assert hits(text) == ()


@pytest.mark.parametrize("word", ["𝐁𝐚𝐧𝐤", "𝗕𝗮𝗻𝗸", "𝙱𝚊𝚗𝚔", "𝓑𝓪𝓷𝓴", "bank"])
def test_the_trade_in_styled_letters_is_the_trade(word: str) -> None:
    found = hits(f"微众{word}理财，保本")
    assert [(hit.brand, hit.matched) for hit in found] == [("bank", f"微众{word}")]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ye", "xie"),
        ("yuan", "xian"),
        ("xin", "xi"),
        ("dan", "da"),
        ("chong", "chuan"),
        ("lia", "lian"),
        ("wen", "wei"),
    ],
)
def test_mergers_of_dialects_go_both_ways_and_cost_most(said: str, meant: str) -> None:
    assert fuzzy_sounds(said)[meant] == fuzzy_sounds(meant)[said] == FAR


def test_both_sounds_of_a_syllable_mixed_up_cost_more_than_one_and_less_than_a_dialect() -> None:
    assert fuzzy_sounds("ling")["nin"] == BOTH < FAR
    assert fuzzy_sounds("ling")["ning"] < BOTH


@pytest.mark.parametrize(
    ("text", "matched"),
    [("微鞋贷还款日能改吗", "微鞋贷"), ("钧您银行的卡丢了", "钧您银行"), ("微里代借款几天到账", "微里代")],
)
def test_names_said_in_a_dialect_are_found(text: str, matched: str) -> None:
    assert [hit.matched for hit in hits(text)] == [matched]


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("%CE%A2%C1%A3%B4%FB 入口", "%CE%A2%C1%A3%B4%FB"),  # GBK, as older sites escape
        ("=CE=A2=C1=A3=B4=FB", "=CE=A2=C1=A3=B4=FB"),
        ("%E5%BE%AE%E7%B2%92%E8%B4%B7", "%E5%BE%AE%E7%B2%92%E8%B4%B7"),
    ],
)
def test_octets_are_read_in_the_code_they_are_in(text: str, matched: str) -> None:
    assert [(hit.brand, hit.matched) for hit in hits(text)] == [("lidai", matched)]


@pytest.mark.parametrize("octets", ["%FF%FE", "%CE", "%E5%BE", "%81%20"])
def test_octets_of_no_code_are_dropped_and_the_rest_is_read(octets: str) -> None:
    assert [hit.brand for hit in hits(f"{octets}，微粒贷开通")] == ["lidai"]


@pytest.mark.parametrize("picture", ["🧑\u200d🤝\u200d🧑", "👩🏽", "❤\ufe0f", "👨\u200d👩\u200d👧\u200d👦", "🏢"])
def test_joined_and_coloured_pictures_are_one_picture(picture: str) -> None:
    assert [(hit.brand, hit.matched) for hit in hits(f"微{picture}银行放款")] == [("bank", f"微{picture}银行")]


def test_of_a_row_of_pictures_none_is_a_character() -> None:
    assert hits("微🏢🏢🏢银行") == ()
