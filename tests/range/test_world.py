"""The world serves, over real sockets, exactly what its truth says."""

import socket
from datetime import timedelta

import pytest

from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.brand import Brand
from zhengben.core.fetched import Fetched
from zhengben.range.mailbox import PostOffice, Received
from zhengben.range.scenario import read_scenario
from zhengben.range.thing import GONE, TRICKS, Thing
from zhengben.range.world import VANTAGES, World
from zhengben.takedown.letter import Letter
from zhengben.takedown.mail import MailError, Outgoing, send
from zhengben.takedown.postmark import Postmark

pytestmark = pytest.mark.sockets
MARK = Postmark("replies.here.cn", b"secret")


def _look(world: World, url: str, client: str = "mobile", vantage: str = "home") -> Fetched:
    guard = Guard(world.resolver(vantage), world.allow_hosts)
    try:
        return fetch(url, PROFILES[client], guard)
    finally:
        guard.close()


def _site(world: World, *, impostor: bool = True) -> Thing:
    return next(
        thing
        for thing in world.things.values()
        if thing.impostor is impostor and thing.owns_host and not thing.places[0].variants
    )


def _listing(world: World) -> Thing:
    return next(thing for thing in world.things.values() if thing.sort == "app")


def _write(world: World, thing: Thing, key: str = "n1") -> None:
    letter = Letter(
        subject="投诉", body=f"请处理 {thing.places[0].url}", language="zh", sender="我方", mailbox="us@here.cn"
    )
    host, port = world.smtp
    send(letter, thing.addressee, Outgoing(host=host, port=port, postmark=MARK, security="none"), key, world.now)


def test_nothing_is_there_before_its_time(world: World) -> None:
    late = max((thing for thing in world.things.values() if thing.owns_host), key=lambda thing: thing.appears)
    assert _look(world, late.places[0].url).failure == "dns_gone"
    world.advance(late.appears)
    assert _look(world, late.places[0].url).body == late.places[0].body


def test_every_place_is_served_to_those_it_is_meant_for(world: World) -> None:
    world.advance(world.end)
    things = [thing for thing in world.things.values() if not thing.sort.startswith("hostile")]
    for thing in things:
        for place in (place for place in thing.places if not place.moved):
            for client in PROFILES:
                wanted = place.variants.get(client, place.body) if place.variants else place.body
                seen = _look(world, place.url, client)
                assert (seen.status, seen.body) == (200, wanted) if wanted is not None else seen.status == 404


def test_names_nobody_planted_do_not_exist(world: World) -> None:
    assert _look(world, "http://nobody-has-this.example.cn/").failure == "dns_gone"


@pytest.mark.parametrize("mode", sorted(GONE))
def test_what_is_gone_is_gone_for_everybody(world: World, mode: str) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    thing.life.append((world.now, mode))
    assert not thing.is_up(world.now)
    for vantage in VANTAGES:
        for client in PROFILES:
            assert _look(world, thing.places[0].url, client, vantage).body != thing.places[0].body


@pytest.mark.parametrize("mode", ["maintenance", "captcha", "parked", "forbidden", "drop", "name_hidden"])
def test_tricks_hide_and_are_up_in_truth(world: World, mode: str) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    thing.life.append((world.now, mode))
    assert thing.is_up(world.now)
    assert _look(world, thing.places[0].url).body != thing.places[0].body


def test_a_hidden_name_still_answers_at_its_address(world: World) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    address = _look(world, thing.places[0].url).address
    thing.life.append((world.now, "name_hidden"))
    world.now += timedelta(minutes=1)
    assert _look(world, thing.places[0].url).failure == "dns_gone"
    place = thing.places[0]
    with socket.create_connection((address, world.web_port)) as link:
        link.sendall(f"GET {place.path} HTTP/1.1\r\nHost: {place.host}\r\nConnection: close\r\n\r\n".encode())
        assert link.recv(12) == b"HTTP/1.1 200"


def test_some_tricks_depend_on_who_looks_from_where(world: World) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    url = thing.places[0].url
    thing.life.append((world.now, "abroad_only"))
    assert [_look(world, url, vantage=vantage).status for vantage in VANTAGES] == [404, 200]
    thing.life.append((world.now, "mobile_only"))
    assert [_look(world, url, client).status for client in ("desktop", "mobile", "wechat")] == [404, 200, 200]


def test_a_store_page_may_be_gone_while_its_file_is_not(world: World) -> None:
    thing = _listing(world)
    world.advance(thing.appears + timedelta(hours=1))
    thing.life.append((world.now, "link_alive"))
    assert thing.is_up(world.now)
    assert _look(world, thing.places[0].url).status == 404
    assert _look(world, str(thing.lead["download"])).body[:2] == b"PK"


def test_a_short_link_leads_on(world: World) -> None:
    thing = next(thing for thing in world.things.values() if thing.sort == "site_short")
    world.advance(thing.appears + timedelta(hours=1))
    seen = _look(world, thing.locator, "wechat")
    assert len(seen.hops) >= 2
    assert seen.final_url == thing.places[0].url
    thing.life.append((world.now, "removed"))
    assert _look(world, thing.locator, "wechat").status == 404


def test_hostile_pages_meet_their_bounds(world: World) -> None:
    world.advance(world.end)
    hostile = {thing.sort: thing for thing in world.things.values() if thing.sort.startswith("hostile")}
    assert _look(world, hostile["hostile_inside"].locator).failure == "refused_address"
    assert _look(world, hostile["hostile_circle"].locator).failure == "too_many_redirects"
    assert _look(world, hostile["hostile_big"].locator).failure == "too_big"


def test_the_control_page_always_answers(world: World) -> None:
    assert [_look(world, world.control, vantage=vantage).status for vantage in VANTAGES] == [200, 200]


def test_a_letter_makes_a_prompt_addressee_act_and_answer(world: World) -> None:
    thing = _site(world)
    thing.temper = "prompt"
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing)
    assert world.received[-1].thing == thing.id
    assert thing.is_up(world.now)
    world.advance(world.now + timedelta(hours=12))
    assert not thing.is_up(world.now)
    assert world.lost_replies == 2  # nobody takes answers in this test


def test_the_same_letter_twice_is_one_letter(world: World) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing)
    _write(world, thing)
    assert thing.notices == 1
    assert len(world.received) == 2


def test_an_ignored_letter_changes_nothing(world: World) -> None:
    thing = _site(world)
    thing.temper = "ignores"
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing)
    world.advance(world.end)
    assert thing.is_up(world.now)


def test_a_relapser_comes_back_and_falls_for_good(world: World) -> None:
    thing = _site(world)
    thing.temper = "relapser"
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing, "n1")
    world.advance(world.now + timedelta(days=2))
    assert not thing.is_up(world.now)
    world.advance(world.now + timedelta(days=8))
    assert thing.is_up(world.now)
    assert [name for name, _ in world.returned] == [thing.id]
    _write(world, thing, "n2")
    world.advance(world.now + timedelta(days=20))
    assert not thing.is_up(world.now)
    assert len(world.returned) == 1


def test_answers_come_back_by_mail_to_their_notice(world: World) -> None:
    thing = _site(world)
    thing.temper = "asks"
    world.advance(thing.appears + timedelta(hours=1))
    came: list[Received] = []

    def keep(letter: Received) -> str:
        came.append(letter)
        return "250 kept"

    ours = PostOffice(keep)
    ours.start()
    try:
        world.replies_to = ours.place
        _write(world, thing)
        world.advance(world.now + timedelta(days=2))
    finally:
        ours.close()
    assert [letter.sender for letter in came] == [thing.addressee] * 2
    assert {MARK.key_of(letter.to) for letter in came} == {"n1"}
    assert thing.is_up(world.now)
    assert world.lost_replies == 0


def test_a_dodger_only_looks_gone_at_first(world: World) -> None:
    thing = _site(world)
    thing.temper = "dodger"
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing)
    world.advance(world.now + timedelta(hours=30))
    assert thing.mode(world.now) in TRICKS
    assert thing.is_up(world.now)
    world.advance(world.now + timedelta(days=5))
    assert not thing.is_up(world.now)


def test_what_happens_next_is_known_to_the_driver(world: World) -> None:
    assert world.next_event() is None
    first = world.next_lead()
    assert first is not None
    assert not world.leads(first - timedelta(seconds=1))
    assert world.leads(first)
    thing = _site(world)
    thing.temper = "prompt"
    world.advance(thing.appears + timedelta(hours=1))
    _write(world, thing)
    following = world.next_event()
    assert following is not None
    assert world.now < following < world.now + timedelta(hours=2)


def test_a_closed_world_can_be_planted_again(brand: Brand) -> None:
    for _ in range(2):
        with World(read_scenario("small"), 1, brand) as again:
            assert _look(again, again.control).status == 200


def test_a_stranger_mailbox_is_refused(world: World) -> None:
    letter = Letter(subject="x", body="x", language="zh", sender="x", mailbox="us@here.cn")
    host, port = world.smtp
    with pytest.raises(MailError, match="no such mailbox"):
        send(
            letter, "nobody@nowhere.cn", Outgoing(host=host, port=port, postmark=MARK, security="none"), "k", world.now
        )


def test_a_letter_about_something_else_moves_nothing(world: World) -> None:
    thing = _site(world)
    world.advance(thing.appears + timedelta(hours=1))
    letter = Letter(subject="x", body="http://other.cn/", language="zh", sender="x", mailbox="us@here.cn")
    host, port = world.smtp
    send(letter, thing.addressee, Outgoing(host=host, port=port, postmark=MARK, security="none"), "k", world.now)
    assert world.received[-1].thing == ""
    assert thing.notices == 0


def test_what_the_world_learns_is_handed_out_once(world: World) -> None:
    half = world.scenario.start + timedelta(days=15)
    first, second, third = world.leads(half), world.leads(world.end), world.leads(world.end)
    assert first
    assert second
    assert not third
    hosts = [*first.hosts, *second.hosts]
    planted = [thing.locator for thing in world.things.values() if thing.feed == "hosts"]
    assert set(planted) <= set(hosts)
    assert len(hosts) == len(set(hosts)) == len(planted) + world.scenario.noise_hosts


def test_reports_come_from_several_people(world: World) -> None:
    reports = world.leads(world.end).reports
    reported = [thing for thing in world.things.values() if thing.feed == "report"]
    assert len(reports) == len(reported) * world.scenario.reports_each
