"""How things of the small internet live: what follows a letter, what is really gone, and what the outside learns."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.range.feeds import BROKEN, Feeds
from zhengben.range.journal import Journal
from zhengben.range.mailbox import Received
from zhengben.range.scenario import parse_scenario
from zhengben.range.tempers import FILE_TRICKS, HOSTED_FALLS, LETTERS, SITE_FALLS, TEMPERS, fall, steps, trick
from zhengben.range.thing import GONE, MODES, TRICKS, Thing
from zhengben.sources.lead_v1 import BadLineError, parse

Chance = random.Random  # the same world for the same seed; nothing is kept secret with it
START = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
SCENARIO = parse_scenario("start = 2026-11-23T08:00:00+08:00\ndays = 10\n")


def thing(**other: object) -> Thing:
    """Give an impostor with some of its facts replaced."""
    told = {
        "id": "t1", "sort": "site_added", "kind": "domain", "impostor": True, "locator": "wei1idai.cn",
        "appears": START, "feed": "hosts",
    } | other  # fmt: skip
    return Thing(**told)  # type: ignore[arg-type]  # one field at a time


@pytest.mark.parametrize("temper", TEMPERS)
@pytest.mark.parametrize("seed", range(3))
def test_what_follows_a_letter_comes_in_order_and_never_before_it(temper: str, seed: int) -> None:
    for notice in range(5):
        answered = steps(temper, notice, Chance(seed))
        hours = [hour for hour, _ in answered]
        assert hours == sorted(hours)
        assert all(hour > 0 for hour in hours)
        assert {act for _, act in answered} <= LETTERS | {"fall", "trick", "up", "return"}


def test_nobody_returns_or_comes_up_without_having_gone_before() -> None:
    for temper, rows in TEMPERS.items():
        for row in rows:
            acts = [act for _, act in row]
            for after, before in (("return", "fall"), ("up", "trick")):
                assert after not in acts or acts.index(before) < acts.index(after), temper


def test_whoever_says_it_is_done_has_done_it_unless_a_liar() -> None:
    for temper in TEMPERS.keys() - {"liar"}:
        for row in TEMPERS[temper]:
            acts = [act for _, act in row]
            assert "report_action" not in acts or acts.index("fall") < acts.index("report_action"), temper


@pytest.mark.parametrize("seed", range(20))
def test_a_fall_is_really_gone_and_a_trick_never_is(seed: int) -> None:
    chance = Chance(seed)
    assert {fall(chance, owns_host=owns) for owns in (True, False)} <= GONE
    for owns, has_file in ((True, False), (False, True), (False, False)):
        assert trick(chance, owns_host=owns, has_file=has_file) in TRICKS


def test_a_platform_keeps_its_name_when_a_listing_falls() -> None:
    assert not {"no_name", "replaced", "suspended"} & set(HOSTED_FALLS)
    assert set(FILE_TRICKS) <= TRICKS
    assert set(SITE_FALLS) <= GONE <= MODES
    assert not GONE & TRICKS


def test_a_thing_is_what_its_last_turn_made_it() -> None:
    one = thing()
    assert one.mode(START - HOUR) == "waiting"
    assert not one.is_up(START - HOUR)
    assert (one.mode(START), one.is_up(START)) == ("up", True)
    one.life += [(START + HOUR, "captcha"), (START + 2 * HOUR, "removed"), (START + 3 * HOUR, "up")]
    seen = [(one.mode(START + n * HOUR), one.is_up(START + n * HOUR)) for n in (1, 2, 3)]
    assert seen == [("captcha", True), ("removed", False), ("up", True)]  # behind a captcha victims still get there


@pytest.mark.parametrize(
    ("kind", "feed", "owns"), [("domain", "hosts", 1), ("url", "report", 1), ("url", "lead", 0), ("post", "report", 0)]
)
def test_only_a_site_of_its_own_can_lose_its_name(kind: str, feed: str, owns: int) -> None:
    assert thing(kind=kind, feed=feed).owns_host is bool(owns)


@given(st.integers(0, 50), st.lists(st.sampled_from(["hosts", "lead", "report"]), max_size=6))
def test_each_piece_of_news_comes_once_and_never_before_the_thing(seed: int, feeds: list[str]) -> None:
    things = tuple(thing(id=f"t{n}", feed=feed, locator=f"h{n}.cn") for n, feed in enumerate(feeds))
    news = Feeds(SCENARIO, seed, things, ("noise.cn",))
    heard: list[str] = []
    for hour in range(0, 24 * 11, 7):
        told = news.take(START + hour * HOUR)
        assert not told.hosts or hour > 0
        heard += [*told.hosts, *told.lines, *(report.text for report in told.reports)]
        assert all(START < report.at <= START + hour * HOUR for report in told.reports)
    assert news.next_at() is None
    for one in things:
        again = SCENARIO.reports_each if one.feed == "report" else 1
        assert sum(one.locator in line for line in heard) == max(1, again)
    assert [line for line in heard if line in BROKEN] == sorted(BROKEN, key=heard.index)
    assert heard.count("noise.cn") == 1


@pytest.mark.parametrize("line", BROKEN)
def test_every_broken_line_is_really_broken(line: str, tmp_path: Path) -> None:
    with pytest.raises(BadLineError):
        parse(line.encode(), tmp_path)


def test_a_lead_of_the_range_is_one_the_product_reads(tmp_path: Path) -> None:
    feeds = Feeds(
        SCENARIO,
        1,
        (thing(feed="lead", kind="phone", locator="4008001234", lead={"title": "客服", "source": {"name": "m"}}),),
        (),
    )
    (line,) = [one for one in feeds.take(START + 240 * HOUR).lines if one not in BROKEN]
    lead = parse(line.encode(), tmp_path)
    assert (lead.kind, lead.locator, lead.detail["title"]) == ("phone", "4008001234", "客服")
    assert lead.seen_at > START
    assert json.loads(line)["v"] == "lead.v1"


def letter(subject: str) -> Received:
    """Give a letter the world received."""
    return Received(
        sender="a@b.cn", to="abuse@c.cn", subject=subject, message_id="<1>", reply_to="", text="二\n三", digest="0" * 64
    )


def test_letters_are_read_back_as_they_came_and_in_order(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "letters.jsonl")
    assert list(journal.read()) == []
    for n in range(3):
        journal.append(START + n * HOUR, letter(f"第{n}封"))
    back = list(Journal(tmp_path / "letters.jsonl").read())
    assert [(at, one.subject) for at, one in back] == [(START + n * HOUR, f"第{n}封") for n in range(3)]
    journal.forget()
    assert list(journal.read()) == []
    journal.forget()  # twice does no harm


def test_a_line_that_a_crash_cut_short_is_left_out(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "letters.jsonl")
    journal.append(START, letter("one"))
    journal.append(START, letter("two"))
    whole = journal.path.read_bytes()
    for cut in range(len(whole) // 2 + 1, len(whole)):
        journal.path.write_bytes(whole[:cut])
        assert [one.subject for _, one in journal.read()] == ["one"]
