"""From rows of the record to what a page shows: names, marks, pages; pure, so held by many small cases."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.template import Context
from hypothesis import given
from hypothesis import strategies as st

from zhengben.console.findings import FINDINGS, findings
from zhengben.console.shape import FEW, LONGEST_NAME, LONGEST_QUOTE, lead_row, marks, name_of, page_context, readable
from zhengben.console.story import BAD, SILENT, story
from zhengben.console.templatetags.words import chip, marked, reason, short, signed, span, visible
from zhengben.core.verdict import Label
from zhengben.locale.words import LANGUAGES
from zhengben.store.pages import Page
from zhengben.store.queries_cases import CaseFile, Line
from zhengben.store.queries_inbox import InboxRow

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "locator", "title", "text", "under"),
    [
        ("url", "https://a.cn/x/", "微粒贷", "a.cn/x", "微粒贷"),
        ("domain", "xn--g5t065dinl.com", "", "微粒贷.com", "xn--g5t065dinl.com"),
        ("app_listing", "https://s.cn/1", "微粒贷官方", "微粒贷官方", "s.cn/1"),
        ("phone", "4008001234", "", "4008001234", ""),
        ("text", "代开微粒贷" * 20, "代开微粒贷" * 20, None, ""),
        ("url", "https://a.cn", "a.cn", "a.cn", ""),
        ("post", "https://b.cn/p/1", "  两行\n标题 ", "两行 标题", "b.cn/p/1"),
    ],
)
def test_a_thing_is_named_by_what_people_know_it_by(
    kind: str, locator: str, title: str, text: str | None, under: str
) -> None:
    name = name_of(kind, locator, title)
    assert name.under == under
    assert len(name.text) <= (LONGEST_QUOTE if kind == "text" else LONGEST_NAME)
    if text is None:
        assert name.text.endswith("…")
    else:
        assert name.text == text


@given(st.sampled_from(["url", "domain", "text", "post", "app_file"]), st.text(max_size=200), st.text(max_size=200))
def test_no_name_is_too_long_or_breaks_a_line(kind: str, locator: str, title: str) -> None:
    name = name_of(kind, locator, title)
    for shown in (name.text, name.under):
        assert len(shown) <= LONGEST_NAME
        assert not set(shown) & {"\n", "\r", "\t"}
    assert all(0 <= place < len(name.text) for place in name.marks)


@pytest.mark.parametrize("broken", ["xn--", "xn--a.cn", "xn--999999999.cn", "xn--ÿ", "a.xn--0.b"])
def test_an_address_that_cannot_be_decoded_is_shown_as_it_is(broken: str) -> None:
    assert readable(broken) == broken


@given(st.text(max_size=60), st.text(max_size=20), st.lists(st.integers(-5, 70), max_size=5))
def test_marks_never_point_outside_the_text(text: str, host: str, positions: list[int]) -> None:
    found = marks(text, [{"facts": {"host": host, "positions": positions}}, {"facts": None}, {}])
    assert all(place < len(text) for place in found)


def test_only_what_differs_is_marked_where_it_stands() -> None:
    facts = {"host": "wei1idai.cn", "positions": [3]}
    assert marks("https://m.wei1idai.cn/a", [{"facts": facts}]) == (13,)
    assert marks("https://other.cn/", [{"facts": facts}]) == ()
    slipped = [{"index": 0, "how": "exact"}, {"index": 2, "how": "exact"}, {"index": 4, "how": "exact"}]
    assert marks("贷微.粒.贷", [{"facts": {"matched": "微.粒.贷", "characters": slipped}}]) == (2, 4)


def row(**other: object) -> InboxRow:
    """Give one line of the inbox with some of its facts replaced."""
    told = {
        "lead_id": 7, "kind": "domain", "locator": "a.cn", "title": "", "label": "lookalike", "brand": "weilidai",
        "score": 50, "reasons": (), "missing": (), "source": "s", "count": 1, "people": 0, "first_seen_at": NOW,
        "last_seen_at": NOW, "state": "judged", "case_number": "", "needs_human": False, "trouble": "",
    } | other  # fmt: skip
    return InboxRow(**told)  # type: ignore[arg-type]  # one field at a time


@pytest.mark.parametrize("label", [label.value for label in Label])
def test_only_what_somebody_may_accuse_is_offered_for_a_decision(label: str) -> None:
    offered = label in {"lookalike", "unknown", "impersonation", "scam", "mention"}
    assert lead_row(row(label=label))["open"] is offered
    assert lead_row(row(label=label, case_number="2026-0001"))["open"] is False
    assert lead_row(row(label=label, state="dismissed"))["open"] is False


def test_a_lead_with_a_case_opens_onto_the_case() -> None:
    assert lead_row(row())["href"] == "/leads/7/"
    assert lead_row(row(case_number="2026-0001"))["href"] == "/cases/2026-0001/"


def test_a_row_says_each_reason_once_the_heaviest_and_few_of_them() -> None:
    told = [{"code": code, "weight": weight, "facts": {}} for code, weight in
            (("a", 60), ("b", 50), ("a", 40), ("c", 30), ("d", 20), ("e", 0))]  # fmt: skip
    shown = lead_row(row(reasons=tuple(told)))
    assert [(r["code"], r["weight"]) for r in shown["reasons"]] == [("a", 60), ("b", 50), ("c", 30)]  # type: ignore[attr-defined]
    assert (len(shown["reasons"]), shown["more"]) == (FEW, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "people", "shown"), [(1, 0, 1), (3, 0, 3), (1, 65, 65), (70, 65, 70)])
def test_how_often_is_how_many_sources_or_people(count: int, people: int, shown: int) -> None:
    assert lead_row(row(count=count, people=people))["count"] == shown


@pytest.mark.parametrize(
    ("number", "pages", "there"),
    [(1, 1, ""), (1, 2, "older"), (2, 2, "newer"), (2, 3, "newer older"), (1, 3, "older oldest"),
     (3, 3, "newer newest"), (3, 5, "newer older newest oldest")],
)  # fmt: skip
def test_a_list_leads_on_only_to_pages_that_are_there(number: int, pages: int, there: str) -> None:
    page = Page(tuple(range(10)), number, pages, pages * 10)
    told = page_context(page, {"q": "微粒", "page": "9"}, 10)
    assert {way for way in ("newer", "older", "newest", "oldest") if told[way]} == set(there.split())
    assert (told["first"], told["last"]) == (number * 10 - 9, number * 10)
    assert all("q=%E5%BE%AE%E7%B2%92" in str(told[way]) for way in there.split())


def test_an_empty_list_counts_from_nothing() -> None:
    told = page_context(Page((), 1, 1, 0), {}, 10)
    assert (told["first"], told["last"], told["total"]) == (0, 0, 0)


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_is_yes_with_its_reason_unseen_where_the_page_was_not_and_else_no(name: str) -> None:
    code = min(FINDINGS[name])
    by_name = {one["name"]: one for one in findings([{"code": code}], ["page.timeout"])}
    assert by_name[name]["state"] == "yes"
    assert {one["state"] for other, one in by_name.items() if other != name} == {"unseen"}
    assert {one["state"] for one in findings([], ["phone.owner"])} == {"no"}


def line(verb: str, at: datetime = NOW, subject: str = "case", actor: str = "陈思", **facts: object) -> Line:
    """Give one event."""
    return Line(at, subject, 1, verb, "", "", actor, facts, 1)


def told(*lines: Line) -> list[dict[str, object]]:
    """Give the story of events."""
    nothing: Any = None  # a story is told from events alone
    file = CaseFile(case=nothing, leads=(), exhibits=(), notices=(), answers=(), rechecks=(), timeline=lines)
    return story(file)


def test_the_story_leaves_out_what_the_machine_does_every_hour_and_says_nothing_twice() -> None:
    assert told(*(line(verb) for verb in SILENT)) == []
    assert len(told(line("open"), line("open"), line("open", NOW + timedelta(seconds=1)))) == 2
    assert [one["tone"] for one in told(line("open"), *(line(verb) for verb in sorted(BAD)))] == [
        "done", *["bad"] * len(BAD)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "shown"),
    [
        ("陈思", "陈思"),
        ("worker", ""),
        ("host7:4711", ""),
        ("range-worker", ""),
        ("machine", ""),
        ("林芷（靶场起草）",) * 2,
    ],
)
def test_people_are_named_and_machines_are_not(actor: str, shown: str) -> None:
    assert told(line("open", actor=actor))[0]["actor"] == shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("label", [label.value for label in Label])
def test_a_verdict_is_a_sign_and_a_word_never_colour_alone(label: str, language: str) -> None:
    made = chip(Context({"language": language}), label, 96)
    assert 'data-sign="' in made
    assert 'data-sign=""' not in made
    assert label not in made.split(">", 1)[1] or language == "en"
    assert "96" in made


@given(st.text(max_size=50), st.lists(st.integers(-3, 60), max_size=6))
def test_marking_a_name_loses_nothing_and_adds_no_tag(text: str, places: list[int]) -> None:
    made = marked(text, places)
    bare = made.replace('<em class="diff">', "").replace("</em>", "")
    assert "<" not in bare
    assert ">" not in bare


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2060"])
def test_what_nobody_can_see_is_shown_as_a_box(hidden: str) -> None:
    assert visible(f"微{hidden}粒") == "微□粒"
    assert "□" in marked(f"微{hidden}粒", [1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("hidden", "told"), [("\u200b", "‹U+200B›"), ("\u202e", "‹U+202E›"), ("\u3164", "‹U+3164›")])
def test_a_reason_tells_what_nobody_can_see_by_its_number(hidden: str, told: str, language: str) -> None:
    said = reason(Context({"language": language}), "name_disguised", {"matched": f"微{hidden}粒贷"})
    assert f"微{told}粒贷" in said
    assert hidden not in said


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(0, "刚刚", "just now"), (59, "刚刚", "just now"), (60, "1 分", "1 min"), (3600, "1 时", "1 h"),
     (47 * 3600, "47 时", "47 h"), (48 * 3600, "2 天", "2 d"), (-5, "刚刚", "just now")],
)  # fmt: skip
def test_a_length_of_time_is_said_in_its_largest_unit(seconds: int, zh: str, en: str) -> None:
    assert (span(timedelta(seconds=seconds), "zh"), span(timedelta(seconds=seconds), "en")) == (zh, en)


def test_weights_line_up_and_digests_show_both_ends() -> None:
    assert (signed(40), signed(0), signed(-5)) == ("+40", "+0", "−5")
    assert short("9c41f0aa" + "0" * 52 + "e27a") == "9c41f0aa…e27a"
    assert short("kurz") == "kurz"
