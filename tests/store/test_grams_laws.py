"""Laws of the search tokens: whatever stands in a text is found by any piece of it, and by nothing it does not hold."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhengben.store.grams import GAP, LONGEST_TEXT, fold, index_tokens, query_phrases
from zhengben.store.keys import LONGEST, case_key, host_of, target_key

CHINESE = st.text(alphabet="微粒贷官方客服下载借款花呗", min_size=1, max_size=12)
LATIN = st.text(alphabet="abwz019", min_size=1, max_size=12)
MIXED = st.lists(st.one_of(CHINESE, LATIN), min_size=1, max_size=4).map(" ".join)


def found(words: str, text: str) -> bool:
    """Tell whether every phrase of the words stands in the tokens of a text, side by side."""
    tokens = f" {index_tokens(text)} "
    return all(f" {' '.join(phrase)} " in tokens for phrase in query_phrases(words))


@given(MIXED, st.data())
def test_any_piece_of_a_run_finds_the_text(text: str, data: st.DataObject) -> None:
    run = data.draw(st.sampled_from(text.split()))
    start = data.draw(st.integers(0, len(run) - 1))
    piece = run[start : data.draw(st.integers(start + 1, len(run)))]
    # a single Latin letter is kept only where it stands alone: each would be in every text
    assume(len(piece) > 1 or not piece.isascii() or len(run) == 1)
    assert found(piece, text)


@given(MIXED, CHINESE)
def test_what_is_found_is_really_there(text: str, words: str) -> None:
    assert found(words, text) is any(words in run for run in text.split())


@given(CHINESE, CHINESE)
def test_no_phrase_crosses_what_stands_between_two_runs(one: str, two: str) -> None:
    across = one[-1] + two[0]
    assume(across not in one)
    assume(across not in two)
    assert not found(across, f"{one}，{two}")


@given(st.text(max_size=80))
def test_tokens_are_plain_letters_and_figures_whatever_the_text(text: str) -> None:
    tokens = index_tokens(text)
    assert tokens.isascii()
    assert all(token.isalnum() for token in tokens.split())
    assert tokens == tokens.lower()


@given(st.text(max_size=40))
def test_nobody_can_write_the_sign_that_parts_runs(text: str) -> None:
    assert GAP not in {token for phrase in query_phrases(text) for token in phrase}


@given(MIXED)
def test_case_and_width_make_no_difference(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)
    assert index_tokens(text.upper()) == index_tokens(text) == index_tokens(wide)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_for_what_it_compares(text: str) -> None:
    assert index_tokens(fold(text)) == index_tokens(fold(fold(text)))


@pytest.mark.parametrize("sign", ["，", " ", "\n", "-", "🏦", "\u3000", "…", "_", "\x00", "|"])
def test_a_sign_parts_and_is_never_a_word(sign: str) -> None:
    assert query_phrases(sign) == []
    assert index_tokens(f"微{sign}粒").count(GAP) <= 1
    assert not found("微粒", f"微{sign}粒")


def test_what_stands_beyond_the_limit_is_not_searched_and_costs_nothing() -> None:
    text = "a" * LONGEST_TEXT + "微粒贷"
    assert not found("微粒贷", text)
    assert len(index_tokens("微" * 10**6)) < 20 * LONGEST_TEXT


def test_asking_for_nothing_asks_nothing() -> None:
    assert query_phrases("") == query_phrases(" ，") == []
    assert index_tokens("") == ""


# --- keys, beside the search: the same target meets itself ------------------------------------------------------------

HOSTS = st.lists(st.text(alphabet="abcdefgwld019-", min_size=1, max_size=9), min_size=2, max_size=4).map(".".join)


@given(HOSTS)
def test_a_host_is_one_however_it_is_typed(host: str) -> None:
    assert len({target_key("domain", way) for way in (host, host.upper(), f" {host} ", f"{host}.", f"{host}..")}) == 1


@given(HOSTS, st.text(alphabet="abc/019", max_size=20))
def test_a_case_of_a_deceiving_host_is_the_host(host: str, path: str) -> None:
    assume(host_of("url", f"https://{host}/{path}"))
    keys = {case_key("url", f"{scheme}://{host}/{path}", host_accused=True) for scheme in ("http", "https", "HTTPS")}
    assert keys == {case_key("domain", host, host_accused=True)} or len(host) > LONGEST


@given(HOSTS, st.sampled_from(["/a", "/b/c", "/x.html"]))
def test_the_pages_of_an_honest_host_are_things_of_their_own(host: str, path: str) -> None:
    one = case_key("url", f"https://{host}{path}", host_accused=False)
    assert one != case_key("url", f"https://{host}/other", host_accused=False)
    assert one == case_key("url", f"https://{host}{path}/?from=sms#x", host_accused=False)


@given(st.text(min_size=LONGEST + 1, max_size=LONGEST + 50))
def test_a_long_name_is_cut_to_a_key_that_two_names_do_not_share(name: str) -> None:
    key = target_key("account", name)
    assert len(key) <= LONGEST + 1
    assert target_key("account", f"{name}别") != key or not name.strip()
