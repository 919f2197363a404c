"""The parts of a capture that need no browser: what is condemned, what is brought home, who the clients are, DNS."""

import asyncio
import os
import socket
import threading
from dataclasses import dataclass
from typing import Any

import dns.message
import dns.rdatatype
import dns.rrset
import pytest

from collect.servers import Names
from zhengben.collect.browser import Bounds, Browser
from zhengben.collect.browser_home import Found, bring_home, code_of, name_of
from zhengben.collect.browser_log import MOST_DIALOGS, MOST_OFFERED, MOST_REQUESTS, Log
from zhengben.collect.guard import Guard, Passage
from zhengben.collect.profiles import (
    DEVICES,
    PROFILES,
    REGIONS,
    accept_language,
    brands,
    client,
    device,
    headers,
    languages,
    region_of,
)  # fmt: skip
from zhengben.collect.resolve import DnsResolver
from zhengben.collect.watch import Size, condemned, size_of, total, tree
from zhengben.core.fetched import FAILURES, DnsRecord, Profile

MB = 1 << 20


# --- who the clients are ------------------------------------------------------------------------------------------


def test_three_clients_are_known_and_each_has_its_device() -> None:
    assert set(PROFILES) == {"desktop", "mobile", "wechat"} == set(DEVICES)


@pytest.mark.parametrize("name", PROFILES)
def test_a_device_agrees_with_the_user_agent(name: str) -> None:
    profile, known = PROFILES[name], DEVICES[name]
    assert known.mobile == ("Mobile" in profile.user_agent)
    assert bool(known.touches) == known.mobile
    assert known.bridged == ("MicroMessenger" in profile.user_agent)
    assert (known.platform == "Win32") == ("Windows" in profile.user_agent)


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_sets_language_and_time_together(region: str) -> None:
    profile = client("mobile", region=region)
    assert region_of(profile) is REGIONS[region]
    assert languages(profile)[0] == profile.language == REGIONS[region].languages[0]
    assert dict(headers(profile))["Accept-Language"].startswith(profile.language)
    assert -90 <= REGIONS[region].latitude <= 90


def test_languages_are_each_liked_a_tenth_less_and_named_once() -> None:
    assert accept_language(client("desktop", region="SG")) == "en-SG,en;q=0.9,zh;q=0.8"
    assert accept_language(Profile("x", "y", language="zh")) == "zh,zh-CN;q=0.9,en;q=0.8"


@pytest.mark.parametrize(
    ("name", "region", "said"), [("tablet", "", "unknown profile 'tablet'"), ("mobile", "XX", "unknown region 'XX'")]
)
def test_a_client_nobody_knows_is_refused_with_the_ones_that_are(name: str, region: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as told:
        client(name, region=region)
    assert "use " in str(told.value)


def test_referrer_and_vantage_are_kept_on_the_client() -> None:
    profile = client("wechat", referrer="https://a.cn/", vantage="overseas")
    assert (profile.referrer, profile.vantage, dict(headers(profile))["Referer"]) == (
        "https://a.cn/", "overseas", "https://a.cn/",
    )  # fmt: skip
    assert client("wechat").vantage == "here"


def test_a_profile_of_another_name_gets_a_device_by_its_user_agent() -> None:
    assert device(Profile("x", "Some Mobile thing")) is DEVICES["mobile"]
    assert device(Profile("x", "Some thing")) is DEVICES["desktop"]


@pytest.mark.parametrize(
    ("major", "told"),
    [  # as those versions of Chrome send it
        ("124", ["Chromium", "Google Chrome", "Not-A.Brand"]),
        ("120", ["Not_A Brand", "Chromium", "Google Chrome"]),
        ("131", ["Google Chrome", "Chromium", "Not_A Brand"]),
    ],
)
def test_brands_are_greased_as_that_version_greases_them(major: str, told: list[str]) -> None:
    assert [brand["brand"] for brand in brands(major)] == told


# --- what is condemned --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Allowed:
    """Bounds of a test."""

    one_process: int = 500 * MB
    all_processes: int = 1000 * MB
    processes: int = 4


def sizes(*rows: tuple[int, int, int]) -> list[Size]:
    """Give processes by number, resident and shared megabytes; the numbers exist on no machine."""
    return [Size(pid + 90_000_000, resident * MB, shared * MB) for pid, resident, shared in rows]


ROOT = 90_000_001
CONDEMNED = {
    "nobody": (sizes((1, 200, 100), (2, 100, 80), (3, 90, 80)), 0),
    "one too fat": (sizes((1, 200, 100), (2, 600, 80), (3, 90, 80)), 90_000_002),
    "the browser itself, by what is its own": (sizes((1, 700, 100), (2, 90, 80)), ROOT),
    "not the browser for what it shares": (sizes((1, 550, 100), (2, 90, 80)), 0),
    "the fattest of too much": (sizes((1, 300, 90), (2, 400, 90), (3, 450, 90), (4, 300, 90)), 90_000_003),
    "what is shared counts once": (sizes((1, 300, 280), (2, 400, 380), (3, 450, 440), (4, 300, 280)), 0),
    "the youngest of too many": (sizes((1, 9, 1), (2, 9, 1), (3, 9, 1), (4, 9, 1), (5, 9, 1)), 90_000_005),
    "nobody where only the browser is": (sizes((1, 400, 100)), 0),
    "nothing at all": ([], 0),
}


@pytest.mark.parametrize("name", CONDEMNED)
def test_who_is_ended(name: str) -> None:
    rows, guilty = CONDEMNED[name]
    assert condemned(rows, ROOT, Allowed()) == guilty


def test_sizes_add_up_with_the_shared_counted_once() -> None:
    assert total(sizes((1, 100, 60), (2, 100, 90))) == (40 + 10 + 90) * MB
    assert total([]) == 0
    assert Size(1, 10, 30).own == 0


def test_a_process_that_is_gone_has_no_size_and_no_children() -> None:
    assert size_of(2**22 + 1) is None
    assert tree(2**22 + 1) == [2**22 + 1]


def test_this_process_has_a_size() -> None:
    mine = size_of(os.getpid())
    assert mine is not None
    assert mine.resident > mine.own > 0


# --- what a page did ----------------------------------------------------------------------------------------------


class Fake:
    """Whatever the driver would give: attributes as told."""

    def __init__(self, **told: Any) -> None:
        self.__dict__.update(told)


def request(url: str, frame: object = None, *, moves: bool = False, **more: Any) -> Fake:
    """Give a request as the driver hands it over."""
    told: dict[str, Any] = {
        "method": "GET",
        "resource_type": "document",
        "headers": {"user-agent": "x"},
        "failure": None,
    }
    return Fake(url=url, frame=frame, is_navigation_request=lambda: moves, **{**told, **more})


async def _stop() -> None:
    """Stop nothing."""


def log() -> Log:
    """Give a log that listens to a page with one frame."""
    made = Log(_stop)
    made._page = Fake(main_frame="main")
    return made


def test_the_log_tells_the_visited_page_from_what_it_loads() -> None:
    mine = log()
    mine._asked(request("http://a.cn/", "main", moves=True))
    mine._asked(request("http://a.cn/f", "inner", moves=True))
    mine._asked(request("http://a.cn/i.png", "main"))
    assert [bool(line["main"]) for line in mine.requests] == [True, False, False]


def test_an_answer_and_its_end_are_written_on_their_line() -> None:
    mine, one = log(), request("http://a.cn/", "main", moves=True)
    mine._asked(one)
    assert (mine.answered, mine.last_status()) == (False, None)
    mine._answered(Fake(request=one, status=302, headers={"location": "/b"}))
    mine._done(one)
    assert (mine.answered, mine.last_status(), mine.last_url()) == (True, 302, "http://a.cn/")
    assert mine.requests[0]["answered"] == (("location", "/b"),)
    assert mine.requests[0]["seconds"] >= 0
    assert not mine.running


def test_a_request_that_failed_says_why_in_few_words() -> None:
    mine, one = log(), request("http://a.cn/x", failure="net::ERR_" + "X" * 500)
    mine._asked(one)
    mine._failed(one)
    assert mine.requests[0]["failure"].startswith("net::ERR_")
    assert len(mine.requests[0]["failure"]) == 120


def test_the_first_thousand_requests_are_listed_and_the_rest_counted() -> None:
    mine = log()
    for n in range(MOST_REQUESTS + 7):
        mine._asked(request(f"http://a.cn/{n}"))
    assert len(mine.requests) == MOST_REQUESTS
    assert mine.notes() == ("requests_not_listed=7",)


def test_a_long_address_is_cut_and_a_header_too() -> None:
    mine = log()
    mine._asked(request("http://a.cn/" + "x" * 9000, headers={"cookie": "y" * 9000}))
    assert len(mine.requests[0]["url"]) == 2000
    assert len(mine.requests[0]["asked"][0][1]) == 2000


def test_a_page_that_moves_on_by_itself_is_told_by_a_count() -> None:
    mine = log()
    for _ in range(9):
        mine._asked(request("http://a.cn/", "main", moves=True))
    assert mine.notes() == ("navigations=9",)


def test_downloads_are_counted_and_the_first_fifty_remembered() -> None:
    mine = log()
    for n in range(MOST_OFFERED + 20):
        mine._download(Fake(suggested_filename=f"{n}.apk", url=f"http://a.cn/{n}"))
    assert len(mine.offered) == MOST_OFFERED
    assert mine.notes() == (f"downloads={MOST_OFFERED + 20}",)


def test_dialogs_without_end_stop_the_script_until_it_is_stopped() -> None:
    stopped: list[int] = []

    async def stop() -> None:
        stopped.append(1)

    async def storm() -> Log:
        mine = Log(stop)
        for _ in range(MOST_DIALOGS * 2):
            await mine._dialog(Fake(dismiss=_stop))
        return mine

    mine = asyncio.run(storm())
    assert stopped == [1, 1]
    assert mine.notes() == (f"dialogs={MOST_DIALOGS * 2}",)


# --- what is brought home -----------------------------------------------------------------------------------------


def home(found: Found, mine: Log | None = None, passages: tuple[Passage, ...] = (), **bounds: Any) -> Any:
    """Bring home what a visit found, behind a guard that took these decisions."""
    guard = Guard(Names())
    for passage in passages:
        guard._note(passage)
    return asyncio.run(bring_home(found, mine or log(), guard, Bounds(**bounds), PROFILES["mobile"], 0))


def test_a_host_the_guard_refused_is_why_nothing_came() -> None:
    found = Found(url="http://in.example/", failure="connect_failed")
    seen = home(found, passages=(Passage("in.example", 80, "127.0.0.1", "loopback"),))
    assert (seen.failure, seen.detail) == ("refused_address", "in.example leads to 127.0.0.1: loopback")


@pytest.mark.parametrize("why", ["dns_gone", "dns_failed"])
def test_a_name_that_does_not_resolve_is_told_as_that(why: str) -> None:
    seen = home(Found(url="http://in.example/"), passages=(Passage("in.example", 80, "", why),))
    assert (seen.failure, seen.detail) == (why, f"in.example leads to no address: {why}")


def test_a_timeout_is_not_talked_away_by_a_refused_picture() -> None:
    found = Found(url="http://a.example/", failure="timeout")
    assert home(found, passages=(Passage("a.example", 80, "10.0.0.1", "private"),)).failure == "timeout"


def test_the_address_that_was_dialled_stands_in_where_nobody_keeps_records() -> None:
    found = Found(url="http://a.example/x", final_url="http://a.example/x")
    assert home(found, passages=(Passage("a.example", 80, "203.0.113.9"),)).dns == (
        DnsRecord(name="a.example", kind="A", value="203.0.113.9", ttl=-1),
    )
    assert home(found, passages=(Passage("a.example", 80, "2001:db8::1"),)).dns[0].kind == "AAAA"


def test_a_clipped_page_is_not_whole_and_has_not_failed() -> None:
    seen = home(Found(url="http://a.example/", clipped=True))
    assert (seen.complete, seen.failure, seen.clipped) == (False, "", True)


def test_frames_follow_the_document_each_under_its_address() -> None:
    found = Found(url="http://a.cn/", read={"html": "<p>outer"}, frames=[("http://b.cn/--><script>", "<p>inner")])
    dom = home(found).dom
    assert dom == "<p>outer\n<!-- frame http://b.cn/%2D%2D><script> -->\n<p>inner"


def test_nothing_of_a_page_is_nothing_of_its_frames() -> None:
    assert home(Found(url="http://a.cn/", frames=[("http://b.cn/", "<p>inner")])).dom == ""


def test_files_beyond_the_time_for_all_of_them_are_named_and_not_whole() -> None:
    mine = log()
    mine.offered = [("a.apk", "http://a.example/a"), ("b.apk", "http://a.example/b")]
    seen = home(Found(url="http://a.example/"), mine, download_seconds=0.0)
    assert [(got.name, got.body, got.complete) for got in seen.downloads] == [
        ("a.apk", b"", False),
        ("b.apk", b"", False),
    ]


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ({"size": 7}, 7), ({}, -1), ({"size": 7, "answered": (("Content-Length", "12"),)}, 12),
        ({"size": 7, "answered": (("content-length", "lots"),)}, 7),
        ({"size": 7, "answered": (("content-length", "9" * 40),)}, 7),
    ],
)  # fmt: skip
def test_the_size_of_an_answer_is_what_its_server_said(line: dict[str, Any], size: int) -> None:
    mine = log()
    mine.requests = [{"url": "http://a.cn/", "method": "GET", "kind": "document", "started": 1.7e9, **line}]
    assert home(Found(url="http://a.cn/"), mine).network[0].size == size


CODES = {
    "net::ERR_TUNNEL_CONNECTION_FAILED": "connect_failed", "net::ERR_CONNECTION_RESET": "connect_failed",
    "net::ERR_EMPTY_RESPONSE": "bad_answer", "net::ERR_TOO_MANY_REDIRECTS": "too_many_redirects",
    "net::ERR_SSL_PROTOCOL_ERROR": "tls_failed", "net::ERR_CERT_INVALID": "tls_failed", "net::ERR_TIMED_OUT": "timeout",
    "Timeout 5000ms exceeded": "timeout", "Target crashed": "crashed", "has been closed": "crashed",
    "Unable to capture screenshot": "crashed", "something new": "bad_answer",
}  # fmt: skip


@pytest.mark.parametrize("said", CODES)
def test_every_error_of_the_driver_has_a_failure(said: str) -> None:
    assert code_of(said, ValueError()) == CODES[said]
    assert CODES[said] in FAILURES
    assert code_of("", TimeoutError()) == "timeout"


@pytest.mark.parametrize(
    ("address", "name"),
    [("http://a.cn/", "download"), ("http://a.cn/x/y.apk?z=1", "y.apk"), ("http://a.cn/%2e%2e%2fetc", "../etc")],
)
def test_a_files_name_is_the_end_of_its_address(address: str, name: str) -> None:
    assert name_of(address) == name


def test_a_capture_without_requests_has_no_moment() -> None:
    assert home(Found(url="http://a.cn/")).began == ""


def test_no_more_clients_than_turns_wait_and_none_is_lost() -> None:
    with pytest.raises(ValueError, match="semaphore"):
        Browser(Guard(Names()), Bounds(at_once=-1))


# --- DNS ----------------------------------------------------------------------------------------------------------


class Book:
    """A resolver that keeps records, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Give a public address."""
        del host
        return "203.0.113.9", port

    def records(self, host: str) -> tuple[DnsRecord, ...]:
        """Give one record."""
        self.asked.append(host)
        return (DnsRecord(name=host, kind="TXT", value="v=spf1 -all", ttl=60),)


def test_records_are_asked_once_for_three_clients() -> None:
    book = Book()
    guard = Guard(book)
    first = [guard.records(host) for host in ("A.example", "a.example.", "a.example")]
    assert first[0] == first[1] == first[2] != ()
    assert book.asked == ["a.example"]


def test_a_guard_whose_resolver_keeps_no_book_has_no_records() -> None:
    assert Guard(Names()).records("a.example") == ()


@pytest.mark.parametrize("host", ["", "127.0.0.1", "[::1]", "2130706433"])
def test_an_address_has_no_records(host: str) -> None:
    assert DnsResolver(("192.0.2.1",)).records(host) == ()


@pytest.mark.sockets
def test_records_of_every_kind_are_read_from_a_name_server() -> None:
    """A name server of our own on loopback: addresses, alias, mail, text, and the zone's servers one label up."""
    zone = {
        ("www.wld.example.", "A"): ("wld.example.", 300, "203.0.113.9"),
        ("www.wld.example.", "MX"): ("www.wld.example.", 60, "10 mail.wld.example."),
        ("www.wld.example.", "TXT"): ("www.wld.example.", 60, '"v=spf1 -all"'),
        ("wld.example.", "NS"): ("wld.example.", 86400, "ns1.cheap.example."),
    }

    def answer(end: socket.socket) -> None:
        while True:
            try:
                data, who = end.recvfrom(4096)
            except OSError:
                return
            query = dns.message.from_wire(data)
            asked = query.question[0]
            kind = dns.rdatatype.to_text(asked.rdtype)
            reply = dns.message.make_response(query)
            found = zone.get((str(asked.name), kind))
            if found:
                if found[0] != str(asked.name):
                    reply.answer.append(dns.rrset.from_text(str(asked.name), 120, "IN", "CNAME", found[0]))
                reply.answer.append(dns.rrset.from_text(found[0], found[1], "IN", kind, found[2]))
            end.sendto(reply.to_wire(), who)

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
        end.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=answer, args=(end,), daemon=True)
        thread.start()
        rows = DnsResolver(("127.0.0.1",), end.getsockname()[1]).records("WWW.wld.example")
    known = {(row.name, row.kind, row.value, row.ttl) for row in rows}
    assert known == {
        ("www.wld.example", "CNAME", "wld.example.", 120), ("wld.example", "A", "203.0.113.9", 300),
        ("www.wld.example", "MX", "10 mail.wld.example.", 60), ("www.wld.example", "TXT", '"v=spf1 -all"', 60),
        ("wld.example", "NS", "ns1.cheap.example.", 86400),
    }  # fmt: skip


@pytest.mark.sockets
def test_a_name_server_that_is_silent_costs_no_capture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengben.collect.resolve.RECORD_SECONDS", 0.4)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute:
        mute.bind(("127.0.0.1", 0))
        resolver = DnsResolver(("127.0.0.1",), mute.getsockname()[1])
        assert resolver.records("a.example") == ()
