"""One slip in a Latin name: what it is called, where it stands, and which other words are no slips."""

# ruff: noqa: E501  # tables of hostnames read best in long rows

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from names.kit import ALL, brand
from zhengben.names import host_slips
from zhengben.names.api import match_host, pack
from zhengben.names.host_model import MOST_KEPT
from zhengben.names.host_scene import _explained, explained, readable
from zhengben.names.host_words import cuts
from zhengben.names.latin import deletions, fold, near_pinyin, one_edit, paired, syllables
from zhengben.names.tables import sounding
from zhengben.names.view import tokens

KNOWN = pack(ALL)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
word = st.text(LETTERS, min_size=3, max_size=12)


@given(word, st.data())
def test_every_single_slip_is_one_and_says_where(meant: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(meant) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    written = {
        "replaced": meant[:at] + letter + meant[at + 1 :], "put in": meant[:at] + letter + meant[at:], "left out": meant[:at] + meant[at + 1 :],
        "swapped": meant[:at] + meant[at : at + 2][::-1] + meant[at + 2 :],
    }[data.draw(st.sampled_from(["replaced", "put in", "left out", "swapped"]))]  # fmt: skip
    found = one_edit(meant, written)
    assert (found is None) == (meant == written)
    if found:
        assert 0 <= found[1] <= len(written)
        assert meant[: found[1]] == written[: found[1]] or found[0] == "repetition"


@given(word, word)
def test_two_words_further_apart_have_no_single_slip(one: str, two: str) -> None:
    if abs(len(one) - len(two)) > 1 or not set(deletions(one)) & set(deletions(two)):
        assert one_edit(one, two) is None


@pytest.mark.parametrize(
    ("meant", "written", "kind", "place"),
    [
        ("webank", "webnak", "transposition", 3), ("webank", "wbeank", "transposition", 1), ("webank", "webannk", "repetition", 5), ("webank", "wwebank", "repetition", 1),
        ("webank", "webxank", "insertion", 3), ("webank", "ebank", "omission", 0), ("webank", "weban", "omission", 5), ("webank", "wabank", "vowel_swap", 1),
        ("webank", "wecank", "bitsquat", 2), ("webank", "wevank", "keyboard", 2), ("webank", "wezank", "replacement", 2), ("webank", "webanky", "insertion", 6),
    ],
)  # fmt: skip
def test_slips_have_names(meant: str, written: str, kind: str, place: int) -> None:
    assert one_edit(meant, written) == (kind, place)


@given(word)
def test_a_word_and_its_look_alikes_fold_to_one(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.replace("o", "0").replace("l", "1")) == fold(text)


@given(word)
def test_deletions_are_the_word_and_one_less_each_once(text: str) -> None:
    found = deletions(text)
    assert found[0] == text
    assert len(set(found)) == len(found) <= len(text) + 1
    assert {len(piece) for piece in found[1:]} <= {len(text) - 1}


@pytest.mark.parametrize(
    "text", ["weilidai", "zhaoshangyinhang", "huabei", "xian", "pingan", "yinlian", "guangda", "lvzhou", "nuanbao"]
)
def test_syllables_put_together_are_the_word(text: str) -> None:
    assert "".join(syllables(text)) == text
    assert all(part in sounding() for part in syllables(text))


@pytest.mark.parametrize("text", ["webank", "paypal", "xq", "", "wld", "cmbchina"])
def test_what_is_no_pinyin_has_no_syllables(text: str) -> None:
    assert syllables(text) == ()
    assert near_pinyin(text) == frozenset()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("yinlian", "yingnian"),
        ("huabei", "fabei"),
        ("qianbao", "chienbao"),
        ("zhaoshang", "zaosang"),
        ("weilidai", "weinidai"),
    ],
)
def test_near_sounds_of_whole_names(name: str, near: str) -> None:
    assert near in near_pinyin(name)
    assert name not in near_pinyin(name)


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("modern", "modem"),
        ("modem", "modern"),
        ("webank", "vvebank"),
        ("paipaidai", "paipaiclai"),
        ("huabei", "hvabei"),
    ],
)
def test_letters_drawn_by_two_others(name: str, drawn: str) -> None:
    assert drawn in paired(name)


@pytest.mark.parametrize(
    ("piece", "fine"),
    [
        ("webank", True),
        ("w3bank", True),
        ("13631", False),
        ("we1234", False),
        ("wei111", False),
        ("we1l1", True),
        ("", False),
    ],
)
def test_letters_must_outweigh_digits(piece: str, fine: object) -> None:
    assert readable(piece) is fine


def test_what_stands_beside_a_brand_is_cut_into_lures() -> None:
    model = KNOWN.hosts
    assert explained("", model) == ()
    assert explained("appxiazai888", model) == ("app", "xiazai", "888")
    assert explained("2026guanwang", model) == ("2026", "guanwang")
    assert explained("zzz", model) is None
    assert explained("app" * 20, model) is None  # too long to be lures
    assert explained("zzz", model) is None  # and so again, from memory


@pytest.mark.parametrize("lures", [("daikuan", "dai", "kuan"), ("aa", "a"), ("ab", "a", "b", "aba")])
def test_words_in_words_cost_no_time_without_end(lures: tuple[str, ...]) -> None:
    assert _explained(lures[0] * 30 + "?", frozenset(lures), 7) is None
    assert "".join(_explained(lures[0] * 30, frozenset(lures), 7) or ()) == lures[0] * 30


def test_the_longest_lure_is_tried_first_and_given_up_where_it_leads_nowhere() -> None:
    assert _explained("tiedu", frozenset({"tie", "tiedu", "edu", "t", "i", "du"}), 5) == ("tiedu",)
    assert _explained("abc", frozenset({"ab", "a", "bc"}), 2) == ("a", "bc")


@pytest.mark.parametrize("name", ["weilidai", "webank"])
def test_cuts_put_together_are_as_long_as_the_name(name: str) -> None:
    assert all(sum(cut) == len(name) and len(cut) >= 3 for cut in cuts(name))
    assert (1,) * len(name) in cuts(name)


@pytest.mark.parametrize(
    "whole", [f"{a}{b}" for a, b in product(("weilidaai", "webamk"), ("", "app", "888", "xiazai"))]
)
def test_a_slip_beside_lures_is_still_a_slip(whole: str) -> None:
    hits = match_host(f"{whole}.cn", KNOWN)
    assert len(hits) == 1
    assert hits[0].technique in {"typo_combo", "repetition", "keyboard"}
    assert hits[0].reasons[0].facts["edit"] in {"repetition", "keyboard"}


@pytest.mark.parametrize(
    "host",
    [
        "debank.com",
        "ebank.com",
        "mebank.com",
        "webpack.org",
        "applebank.com",
        "huabeiti.com",
        "weilid.cn",
        "wexbxnk.com",
        "huabexx.cn",
        "14webnak99x.com",
    ],
)
def test_other_words_are_no_slips(host: str) -> None:
    assert match_host(host, KNOWN, "strict") == ()


def test_a_slip_of_five_letters_counts_only_in_the_name_somebody_registered() -> None:
    known = pack((brand("lufax", "陆金所", "lufax"),))
    assert match_host("luffax.com", known)
    assert not match_host("luffax.example.com", known)


def test_a_sibling_or_a_lure_is_no_slip() -> None:
    known = pack((brand("x", "微立贷", "weilidai", siblings=("微利代",)),))
    assert match_host("weilidai.cn", known)[0].technique == "tld_swap"
    assert not any(h.matched == "weilidai" and h.technique == "omission" for h in match_host("weilidai.cn", known))


def test_what_is_kept_of_words_is_bounded() -> None:
    model = pack((brand("x", "微立贷", "weilidai"),)).hosts
    for number in range(MOST_KEPT + 10):
        model.keep(str(number), ())
    assert len(model.memo) <= MOST_KEPT
    model.memo.clear()


def test_the_same_word_gives_the_same_readings_the_second_time() -> None:
    model = KNOWN.hosts
    assert host_slips._slips_of("weilidaii", model) is host_slips._slips_of("weilidaii", model)
    assert model.standing("xxwellldalxx") == model.standing("xxwellldalxx") == ((2, "wellldal"),)


def test_how_words_were_cut_is_forgotten_when_it_has_become_much(monkeypatch: pytest.MonkeyPatch) -> None:
    model = pack((brand("y", "微立贷", "weilidai"),)).hosts
    monkeypatch.setattr("zhengben.names.host_scene.MOST_KEPT", 2)
    assert [explained(text, model) for text in ("app", "vip", "zzz", "app")] == [("app",), ("vip",), None, ("app",)]
    assert len(model.cuts) <= 2


def test_characters_are_forgotten_when_they_have_become_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.names.view.MOST_FOLDS", 3)
    text = "微粒贷花呗借ＷⓌ"
    assert [token.symbol for token in tokens(text)] == [*"微粒贷花呗借", "w", "w"]
    assert [token.symbol for token in tokens(text)] == [*"微粒贷花呗借", "w", "w"]


def test_two_hyphens_are_more_than_one_put_in() -> None:
    assert not match_host("we--bank.com", KNOWN, "strict")
    assert match_host("we-bank.com", KNOWN, "strict")


@pytest.mark.parametrize("host", ["kuaile.com", "www.kuaidi.com.cn", "kuaile-group.com", "kuaidi88.cn", "kaili.gov.cn"])
def test_an_everyday_word_is_no_slip_of_a_name_beside_it(host: str) -> None:
    known = pack((brand("kuaili", "快栗", "kuaili"),))
    assert match_host(host, known) == ()
    assert match_host(host, known, "strict") == ()


@pytest.mark.parametrize("host", ["kuaile.com", "kuaidi.cn"])
def test_whoever_looks_at_all_that_could_be_meant_still_sees_it(host: str) -> None:
    known = pack((brand("kuaili", "快栗", "kuaili"),))
    assert [hit.expected for hit in match_host(host, known, "wide")] == ["kuaili"]


@pytest.mark.parametrize("host", ["kuailedaikuan.com", "daikuan-kuaidi.cn", "kuaile-xiazai.top"])
def test_an_everyday_word_beside_a_word_of_loans_is_a_slip_all_the_same(host: str) -> None:
    known = pack((brand("kuaili", "快栗", "kuaili"),))
    assert [hit.technique for hit in match_host(host, known)] == ["typo_combo"]


@pytest.mark.parametrize("host", ["kuiali.com", "kuaali.cn", "kuailu.com", "kuailli.com", "kuzili.com"])
def test_a_slip_that_is_no_word_counts_as_before(host: str) -> None:
    known = pack((brand("kuaili", "快栗", "kuaili"),))
    assert [hit.expected for hit in match_host(host, known)] == ["kuaili"]


def test_a_town_drawn_like_a_name_is_a_slip_at_most() -> None:
    assert match_host("huaibei.gov.cn", KNOWN) == ()
    assert [hit.technique for hit in match_host("huaibei.gov.cn", KNOWN, "wide")] == ["insertion"]
    assert [hit.technique for hit in match_host("huaibeidaikuan.cn", KNOWN)] == ["typo_combo"]
    assert [hit.technique for hit in match_host("hua1bei.cn", KNOWN)] == ["homoglyph"]
