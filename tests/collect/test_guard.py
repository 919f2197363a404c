"""The guard: every way to spell an address, and both doors that lead out."""

import ipaddress
import socket
import threading

import pytest

from collect.servers import Names, site, trap
from zhengben.collect.addresses import RefusedAddressError, numeric, refused
from zhengben.collect.guard import Guard
from zhengben.collect.limits import Limits
from zhengben.collect.proxy import _pump

INSIDE = (
    "127.0.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "017700000001",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[2002:7f00:1::]", "[2002:a00:1::1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::a00:1]", "[2001:0:1:1:1:1:80ff:fffe]", "[fe80::1]",
    "[fe80::1%25eth0]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[::]", "[fd00:ec2::254]", "[::5efe:a00:1]",
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "2852039166", "100.100.100.200", "100.64.0.1",
    "168.63.129.16", "192.0.0.192", "0", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "198.18.0.1", "192.0.2.1", "203.0.113.9", "192.88.99.1", "127.0.0.1.", "[2001:db8::1]", "[100::1]",
    "[64:ff9b::a9fe:a9fe]",
    "0.0.0.0",  # noqa: S104  # an address to refuse, not to bind
)  # fmt: skip
OUTSIDE = ("1.1.1.1", "223.5.5.5", "[2400:3200::1]", "[2606:4700:4700::1111]", "[64:ff9b::101:101]")


@pytest.mark.parametrize("spelling", INSIDE)
def test_inside_addresses_are_refused_however_they_are_spelled(spelling: str) -> None:
    with pytest.raises(RefusedAddressError):
        Guard(Names()).judge(spelling, 80)


@pytest.mark.parametrize("spelling", OUTSIDE)
def test_public_addresses_pass(spelling: str) -> None:
    assert Guard(Names()).judge(spelling, 443).address == str(numeric(spelling))


@pytest.mark.parametrize("inside", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "fd00::1"])
def test_a_name_that_leads_inside_is_refused(inside: str) -> None:
    guard = Guard(Names(evil_example=(inside, 80)))
    with pytest.raises(RefusedAddressError, match=r"evil\.example"):
        guard.judge("evil.example", 80)
    assert guard.passages[-1].refused


def test_a_name_is_resolved_once_and_that_answer_is_dialled() -> None:
    names = Names(rebind_example=[("1.1.1.1", 80), ("127.0.0.1", 80)])
    guard = Guard(names)
    assert guard.judge("rebind.example", 80).address == "1.1.1.1"
    assert names.asked == ["rebind.example"]
    with pytest.raises(RefusedAddressError):
        guard.judge("rebind.example", 80)


@pytest.mark.parametrize("port", [22, 25, 6379, 11211])
def test_service_ports_are_refused_even_on_public_addresses(port: int) -> None:
    with pytest.raises(RefusedAddressError, match="service_port"):
        Guard(Names()).judge("1.1.1.1", port)


def test_an_exception_holds_for_that_port_alone() -> None:
    guard = Guard(Names(), ["127.0.0.1:8080", "[::1]:81"])
    assert guard.judge("127.1", 8080).dial_port == 8080
    assert guard.judge("[::1]", 81).address == "::1"
    with pytest.raises(RefusedAddressError):
        guard.judge("127.0.0.1", 8081)


def test_an_exception_by_name_does_not_open_the_address_to_other_names() -> None:
    guard = Guard(Names(mine_example=("127.0.0.1", 9000), other_example=("127.0.0.1", 9000)), ["mine.example:80"])
    assert guard.judge("mine.example", 80).dial_port == 9000
    with pytest.raises(RefusedAddressError):
        guard.judge("other.example", 80)


def test_what_a_resolver_gives_must_be_an_address() -> None:
    with pytest.raises(RefusedAddressError, match="not_an_address"):
        Guard(Names(x_example=("localhost", 80))).judge("x.example", 80)


def test_every_special_range_of_v4_is_refused() -> None:
    special = (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",
    )  # fmt: skip
    for text in special:
        network = ipaddress.ip_network(text)
        for address in (network[0], network[1], network[-1]):
            assert refused(address), address


def _ask(guard: Guard, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", guard.port), timeout=5) as client:
        client.sendall(request)
        client.settimeout(5)
        parts = []
        while chunk := client.recv(65536):
            parts.append(chunk)
        return b"".join(parts)


@pytest.mark.sockets
def test_the_proxy_forwards_plain_requests_without_its_own_headers() -> None:
    with site() as here, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/x", "hello")
        answer = _ask(
            guard, b"GET http://a.example/x?q=1 HTTP/1.1\r\nHost: a.example\r\nProxy-Authorization: s3cret\r\n\r\n"
        )
        assert answer.endswith(b"hello")
        assert here.hits == [("a.example", "/x?q=1")]
        assert not any("proxy" in name.lower() for name in here.headers[0])


@pytest.mark.sockets
def test_the_proxy_opens_a_tunnel_only_after_judging() -> None:
    with site() as here, trap() as caught, Guard(Names(a_example=("127.0.0.1", here.port)), [here.place]) as guard:
        here.put("/", "through")
        with socket.create_connection(("127.0.0.1", guard.port), timeout=5) as client:
            client.sendall(b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n")
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
            client.sendall(b"GET / HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n")
            assert b"through" in client.recv(4000) + client.recv(4000)
        for target in (f"127.0.0.1:{caught[0]}", f"[::1]:{caught[0]}", f"2130706433:{caught[0]}"):
            assert _ask(guard, f"CONNECT {target} HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 403")
        assert len(caught) == 1


@pytest.mark.sockets
@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET /relative HTTP/1.1\r\n\r\n", b"GET file:///etc/passwd HTTP/1.1\r\n\r\n",
        b"GET ftp://a.example/ HTTP/1.1\r\n\r\n",
        b"CONNECT a.example:99999 HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET http:// HTTP/1.1\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\n\r\n",
    ],
)  # fmt: skip
def test_the_proxy_refuses_what_is_no_web_request(request_bytes: bytes) -> None:
    with Guard(Names()) as guard:
        assert _ask(guard, request_bytes).startswith(b"HTTP/1.1 400")


@pytest.mark.sockets
def test_a_tunnel_carries_no_more_than_its_cap() -> None:
    with site() as here:
        here.put("/", b"x" * 3_000_000)
        with Guard(Names(a_example=("127.0.0.1", here.port)), [here.place], Limits(max_bytes=500_000)) as guard:
            answer = _ask(guard, b"GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n")
            assert len(answer) < 700_000


@pytest.mark.sockets
def test_a_name_that_does_not_exist_is_told_apart() -> None:
    with Guard(Names()) as guard:
        assert _ask(guard, b"GET http://gone.example/ HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 502")
        assert guard.passages[-1].refused == "dns_gone"


class _ClosedMeanwhile(socket.socket):
    """A connection that is closed between two steps of the thread that carries it, as a stopping guard does."""

    def settimeout(self, value: float | None) -> None:
        super().settimeout(value)
        self.close()


@pytest.mark.sockets
def test_a_connection_closed_before_it_is_waited_for_ends_quietly() -> None:
    with _ClosedMeanwhile() as client, socket.socket() as server:
        _pump(client, server, 10, 1)
        assert server.fileno() >= 0


@pytest.mark.sockets
def test_closing_the_guard_ends_its_threads_and_connections() -> None:
    before = set(threading.enumerate())
    with site() as here:
        guard = Guard(Names(a_example=("127.0.0.1", here.port)), [here.place])
        with guard:
            client = socket.create_connection(("127.0.0.1", guard.port), timeout=5)
            client.sendall(b"CONNECT a.example:443 HTTP/1.1\r\n\r\n")
            assert client.recv(100)
            serving = [one for one in set(threading.enumerate()) - before if one.name == "egress-guard"]
        with client:
            client.settimeout(5)
            assert client.recv(100) == b""
        with pytest.raises(RuntimeError, match="not open"):
            _ = guard.url
    assert len(serving) > 1  # one that listens, and one for the client
    for thread in serving:
        thread.join(5)  # the client may see the end before the thread has come to its own
        assert not thread.is_alive()
