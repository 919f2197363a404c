"""A page that sends its visitors on by itself: where to, how soon, and when it is no other page."""

import pytest

from zhengben.examine.page import examine_page

HERE = "http://a.example/start?x=1"
ELSEWHERE = "http://b.example/form"


def _page(content: str, around: str = "{}") -> str:
    return around.format(f'<meta http-equiv="Refresh" content="{content}">') + "<p>稍等</p>"


@pytest.mark.parametrize(
    "content",
    ["0;url=http://b.example/form", "0; URL='http://b.example/form'", "3;http://b.example/form",
     "0 http://b.example/form", "0.5,url=http://b.example/form", " 10 ; url = http://b.example/form",
     "0;url=//b.example/form", "url=http://b.example/form", ";url=http://b.example/form"],
)  # fmt: skip
def test_every_writing_of_a_refresh_that_browsers_follow_is_read(content: str) -> None:
    page = examine_page(_page(content), HERE)
    assert (page.refresh_to, page.moves_to, page.missing) == (ELSEWHERE, (ELSEWHERE,), ("page.moved",))


@pytest.mark.parametrize("content", ["30", "0", " 5 ", "", ";", "0;", "0;url=", "abc", "-1"])
def test_a_refresh_that_names_no_other_page_only_shows_the_page_again(content: str) -> None:
    page = examine_page(_page(content), HERE)
    assert (page.refresh_to, page.moves_to, page.missing) == ("", (), ())


@pytest.mark.parametrize(
    "content", ["0;url=http://a.example/start?x=1", "5;url=#top", "0;url=?x=1", "0;url=start?x=1#a"]
)
def test_the_same_page_is_no_other_page(content: str) -> None:
    assert examine_page(_page(content), HERE).refresh_to == ""


def test_who_is_sent_on_after_minutes_has_read_the_page() -> None:
    page = examine_page(_page("300;url=http://b.example/next"), HERE)
    assert (page.refresh_to, page.moves_to, page.missing) == ("", ("http://b.example/next",), ())


def test_what_only_browsers_without_scripts_follow_is_not_followed() -> None:
    page = examine_page(_page("0;url=/nojs", "<noscript>{}</noscript>"), HERE)
    assert (page.refresh_to, page.missing) == ("", ())


def test_a_saved_page_that_leads_on_says_that_more_was_not_seen() -> None:
    page = examine_page(_page("0;url=next.html"), "saved.html")
    assert (page.refresh_to, page.missing) == ("next.html", ("page.moved",))


def test_the_base_of_the_page_counts_for_its_refresh() -> None:
    page = examine_page('<base href="http://b.example/"><meta http-equiv=refresh content="1;url=form">', HERE)
    assert page.refresh_to == ELSEWHERE
