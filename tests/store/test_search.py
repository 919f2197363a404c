"""Search must find every run of characters that is there, and nothing else, on both databases."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import Lead
from zhengben.store.grams import fold, index_tokens, query_phrases
from zhengben.store.intake import insert_leads
from zhengben.store.models import Lead as Row
from zhengben.store.queries_inbox import InboxFilter, inbox
from zhengben.store.search import find, reindex

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
TITLES = (
    "微粒贷", "微粒贷极速版", "微粒", "粒贷", "贷", "微 粒 贷", "微，粒贷", "徽粒贷官方下载", "我要贷款买微波炉",
    "粒粒皆辛苦", "WeiLiDai 微粒贷 V2.1", "ｗｅｉｌｉｄａｉ", "微业贷与微粒贷对比", "贷贷贷", "贷贷",
    "無關的標題", "借呗花呗", "𠮷野家", "微粒貸",
)  # fmt: skip
WORDS = (
    "贷", "微", "粒", "微粒", "粒贷", "微粒贷", "微粒贷极", "极速版", "贷贷", "贷贷贷", "weili", "lidai", "v2",
    "花呗", "𠮷", "𠮷野", "微波炉", "官方下载", "微粒 对比", "无此", "款买", "粒粒",
)  # fmt: skip


def truth(words: str) -> set[str]:
    """Give the titles that hold every word, by plain substring search over runs of letters and digits."""
    wanted = "".join(c if c.isalnum() else " " for c in fold(words)).split()
    runs = {title: "".join(c if c.isalnum() else " " for c in fold(title)).split() for title in TITLES}
    return {title for title in TITLES if all(any(word in run for run in runs[title]) for word in wanted)}


@pytest.mark.usefixtures("record")
def test_every_word_finds_exactly_the_titles_that_hold_it() -> None:
    leads = [
        Lead(kind="app_listing", source="store", locator=f"https://a.example/{n}", seen_at=NOW, detail={"title": title})
        for n, title in enumerate(TITLES)
    ]
    with transaction.atomic():
        insert_leads(leads, now=NOW, due_at=None, actor="test")
    for words in WORDS:
        assert set(Row.objects.filter(pk__in=find(words)).values_list("title", flat=True)) == truth(words), words
        assert {row.title for row in inbox(InboxFilter(words=words)).rows} == truth(words), words
    assert all(truth(words) for words in ("贷", "微粒", "微粒贷", "微粒贷极"))


@pytest.mark.usefixtures("record")
def test_hostnames_are_found_by_any_part() -> None:
    hosts = ("wei1idai-app.cn", "weilidai.com", "dai.example", "xn--kput3i.cn")
    with transaction.atomic():
        leads = [Lead(kind="domain", source="s", locator=host, seen_at=NOW) for host in hosts]
        insert_leads(leads, now=NOW, due_at=None, actor="test")
    assert {row.locator for row in inbox(InboxFilter(words="idai")).rows} == {"wei1idai-app.cn", "weilidai.com"}
    assert {row.locator for row in inbox(InboxFilter(words="wei1idai-app")).rows} == {"wei1idai-app.cn"}


@pytest.mark.usefixtures("record")
def test_a_text_is_found_by_its_new_words_only() -> None:
    with transaction.atomic():
        taken = insert_leads(
            [Lead(kind="domain", source="s", locator="a.cn", seen_at=NOW)], now=NOW, due_at=None, actor="t"
        )
        reindex([(taken.ids[0], "微粒贷 官网")])
    assert find("官网") == list(taken.ids)
    assert find("a.cn") == []


@pytest.mark.usefixtures("record")
def test_words_without_a_letter_find_nothing_instead_of_everything() -> None:
    with transaction.atomic():
        insert_leads([Lead(kind="domain", source="s", locator="a.cn", seen_at=NOW)], now=NOW, due_at=None, actor="t")
    assert inbox(InboxFilter(words="!!!")).total == 0
    assert inbox(InboxFilter(words="")).total == 1


@given(st.text(max_size=40), st.text(min_size=1, max_size=4))
def test_tokens_of_a_part_stand_side_by_side_in_the_whole(text: str, part: str) -> None:
    whole = f"{text}{part}{text}"
    stream = f" {index_tokens(whole)} "
    runs = "".join(c if c.isalnum() else " " for c in fold(part)).split()
    for run, phrase in zip(runs, query_phrases(part), strict=True):
        if len(run) > 1 and run in fold(whole):
            assert f" {' '.join(phrase)} " in stream
