"""Search on hard text: characters beyond the basic plane, mixed width and case, signs that look like syntax."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengben.core.lead import Lead
from zhengben.store.grams import LONGEST_TEXT, fold, index_tokens, query_phrases
from zhengben.store.intake import insert_leads
from zhengben.store.models import Lead as Row
from zhengben.store.search import find

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
RARE = (
    "𠮷野家官方", "𪚥龍", "㐂悦贷", "𫝀𫝁", "微粒\U00020bb7贷",
    "﨑山", "豈有此理",  # compatibility ideographs
    "ＷｅｉＬｉＤａｉ", "weilidai", "WEILIDAI", "Ｗ微ｅ粒ｉ贷", "①微②粒③贷", "㈱微粒",
    "微粒貸", "ﾋﾞﾄｺｲﾝ", "ビットコイン",
    "한국대출", "Ⅷ号贷", "straße贷", "STRASSE贷", "İstanbul贷", "ﬁnance贷", "e\u0301lan", "élan", "İ", "ẞ",
    "微\u200b粒\u200b贷", "微\ufe0f粒贷", "🏦贷款🏦", "👨‍👩‍👧微粒", "a&b|c", "AND OR NOT", "NEAR(微 粒)",
    "'; DROP--", '"微粒"',
    "微:粒", "*贷*", "^微", "微-粒-贷", "100%贷", "贷_款", "zz", "szz", "bzz微",
)  # fmt: skip


def runs(text: str) -> list[str]:
    """Give the runs of letters and digits of a text."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def truth(words: str) -> set[str]:
    """Give the texts that hold every run of the words, by plain substring search; their addresses count too."""
    return {
        text
        for n, text in enumerate(RARE)
        if all(any(word in run for run in runs(f"{text} https://a.example/{n}")) for word in runs(words))
    }


def askable(words: str) -> bool:
    """Tell whether search promises an answer: one Chinese character is enough, of Latin letters it takes two."""
    return bool(runs(words)) and all(len(run) > 1 or not run.isascii() for run in runs(words))


@pytest.fixture
def filled(record: object) -> None:
    """Take every rare text in."""
    assert record
    leads = [
        Lead(kind="app_listing", source="s", locator=f"https://a.example/{n}", seen_at=NOW, detail={"title": text})
        for n, text in enumerate(RARE)
    ]
    with transaction.atomic():
        insert_leads(leads, now=NOW, due_at=None, actor="t")


def found(words: str) -> set[str]:
    """Give the titles that search finds."""
    return set(Row.objects.filter(pk__in=find(words)).values_list("title", flat=True))


@pytest.mark.usefixtures("filled")
def test_every_part_of_every_rare_text_is_found_and_nothing_else() -> None:
    asked = {text[i:j] for text in RARE for i in range(len(text)) for j in range(i + 1, min(len(text), i + 4) + 1)}
    chosen = [words for words in sorted(asked) if askable(words)][::2]
    assert len(chosen) > 100
    assert [words for words in chosen if found(words) != truth(words)] == []


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "least"),
    [
        ("𠮷", {"𠮷野家官方", "微粒\U00020bb7贷"}), ("𪚥", {"𪚥龍"}), ("㐂", {"㐂悦贷"}), ("𫝀𫝁", {"𫝀𫝁"}),
        ("weilidai", {"ＷｅｉＬｉＤａｉ", "weilidai", "WEILIDAI"}),
        ("ＷＥＩ", {"ＷｅｉＬｉＤａｉ", "weilidai", "WEILIDAI"}),
        ("strasse", {"straße贷", "STRASSE贷"}), ("ビットコイン", {"ビットコイン"}), ("ビト", {"ﾋﾞﾄｺｲﾝ"}),
        ("finance", {"ﬁnance贷"}), ("viii", {"Ⅷ号贷"}),
    ],
)  # fmt: skip
def test_one_word_finds_its_other_writings(words: str, least: set[str]) -> None:
    assert found(words) >= least


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "words",
    [
        "'", '"', "\\", "%", "_", "*", "(", ")", ":", "&", "|", "!", "<->", "NOT", "a & b", "x:*", "''''", '"" ""', "-",
        "\x00", "\ud800", "微\x00粒", "\u202e", "a" * 5000, "微" * 5000, " ".join(["微粒"] * 300), "🏦", "\n\t",
    ],
)  # fmt: skip
def test_signs_that_look_like_syntax_are_only_signs(words: str) -> None:
    assert find(words) is not None
    assert Row.objects.count() == len(RARE)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_no_input_breaks_a_search(filled: None, words: str) -> None:
    assert filled is None
    assert isinstance(find(words), list)


@given(st.text(max_size=80))
def test_tokens_are_plain_ascii_whatever_goes_in(text: str) -> None:
    """Neither database's locale, collation nor parser may have a say."""
    tokens = index_tokens(text)
    assert tokens.isascii()
    assert all(token.isalnum() for token in tokens.split())


@given(st.text(max_size=30))
def test_a_query_asks_in_the_tokens_the_index_has(text: str) -> None:
    held = set(index_tokens(text).split())
    for phrase in query_phrases(text):
        assert set(phrase) <= held or len(fold(text)) >= LONGEST_TEXT or (len(phrase) == 1 and phrase[0][0] == "s")


def test_a_text_without_end_costs_no_more_than_its_beginning() -> None:
    long = "微粒贷" * 100_000
    assert index_tokens(long) == index_tokens(long[:LONGEST_TEXT])


def test_the_mark_between_runs_cannot_be_written_by_anybody() -> None:
    """A text that spells our own separator must not make a phrase reach across it."""
    assert "zz" not in index_tokens("zz微 粒zz").split()[0:1]
    assert query_phrases("zz") == [["bzz"]]
