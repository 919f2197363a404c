"""The certificate stream, on a loopback websocket."""

# ruff: noqa: E501  # a table of messages reads best in long rows

import json
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from zhengben.sources import certificates_stream
from zhengben.sources.base import Batch
from zhengben.sources.certificate_entries import MOST_NAMES
from zhengben.sources.certificates_stream import Stream

pytestmark = pytest.mark.sockets
FULL = {
    "message_type": "certificate_update",
    "data": {"seen": 1746292632.1, "leaf_cert": {"all_domains": ["*.weilidai-app.cn", "weilidai-app.cn"]}},
}


@pytest.fixture
def address() -> Iterator[str]:
    def talk(socket: ServerConnection) -> None:
        socket.send(json.dumps({"message_type": "heartbeat", "timestamp": 1746292632.1}))
        socket.send(json.dumps(FULL))
        socket.send("{broken")
        socket.send(json.dumps({"message_type": "dns_entries", "data": ["a.example", "b.example"]}))
        socket.close()

    with serve(talk, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join()


def test_full_and_domain_only_messages_are_read_and_a_broken_one_is_set_aside(address: str) -> None:
    batches = list(Stream("cs", {"url": address, "seconds": 5}).read({}))
    assert [lead.locator for b in batches for lead in b.leads] == ["weilidai-app.cn", "a.example", "b.example"]
    assert [a.reason for b in batches for a in b.aside] == ["bad_message"]
    assert batches[-1].cursor == {"heard": 4}


def test_a_stream_that_is_not_there_is_one_line() -> None:
    with pytest.raises(OSError, match="try again later") as caught:
        list(Stream("cs", {"url": "ws://127.0.0.1:9", "seconds": 1}).read({}))
    assert "\n" not in str(caught.value)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="ws://"):
        Stream("cs", {"url": "https://x.example"})


@contextmanager
def talking(*messages: str | bytes, then: Callable[[ServerConnection], object] | None = None) -> Iterator[str]:
    """Serve a stream that says these messages to each listener, and then does something or closes."""

    def talk(socket: ServerConnection) -> None:
        with suppress(ConnectionClosed):
            for message in messages:
                socket.send(message)
            if then:
                then(socket)

    with serve(talk, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join()


def domains(*found: str) -> str:
    return json.dumps({"message_type": "dns_entries", "data": list(found)})


def told(url: str, cursor: dict[str, object] | None = None, **more: object) -> list[Batch]:
    return list(Stream("cs", {"url": url, "seconds": 3, **more}).read(cursor or {}))


def heard(batches: list[Batch]) -> list[str]:
    return [lead.locator for batch in batches for lead in batch.leads]


@pytest.mark.parametrize(
    "message",
    [
        "", "null", "[]", "5", '"text"', "{}[", "[" * 100_000, '{"data": 5}', '{"data": {"leaf_cert": 5}}', '{"data": {"leaf_cert": {"all_domains": {"a": 1}}}}',
        '{"message_type": "heartbeat", "timestamp": 1e999}', '{"data": {"leaf_cert": {"all_domains": ["x.cn"]}, "seen": "soon"}}', b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_a_message_of_any_shape_is_set_aside_and_the_next_is_read(message: str | bytes) -> None:
    with talking(domains("before.example"), message, domains("after.example")) as url:
        batches = told(url)
    assert heard(batches) == ["before.example", "after.example"]
    assert [(a.line, a.reason) for b in batches for a in b.aside] == [(2, "bad_message")]
    assert batches[-1].cursor == {"heard": 3}


def test_an_empty_message_of_certificates_gives_nothing_and_is_no_fault() -> None:
    with talking('{"message_type": "certificate_update", "data": {"leaf_cert": {"all_domains": []}}}') as url:
        batches = told(url)
    assert (heard(batches), batches[-1].aside, batches[-1].cursor) == ([], (), {"heard": 1})


def test_the_count_of_what_was_heard_goes_on_over_readings() -> None:
    with talking(domains("a.example"), domains("b.example")) as url:
        first = told(url)
        second = told(url, dict(first[-1].cursor))
    assert [first[-1].cursor, second[-1].cursor] == [{"heard": 2}, {"heard": 4}]


def test_one_reading_takes_at_most_what_it_is_told() -> None:
    with talking(*(domains(f"n{i}.example") for i in range(50))) as url:
        assert heard(told(url, most=7)) == [f"n{i}.example" for i in range(7)]


def test_a_certificate_of_ten_thousand_names_is_cut_and_one_domain_does_not_flood() -> None:
    with talking(domains(*(f"n{i}.example{i}" for i in range(10_000)), *(f"m{i}.flood.cn" for i in range(100)))) as url:
        found = heard(told(url))
    assert len(found) == MOST_NAMES


def test_wildcards_capitals_and_repetitions_are_one_name() -> None:
    with talking(domains("*.WEILIDAI.cn", "weilidai.cn.", "www.weilidai.cn"), domains("weilidai.cn")) as url:
        assert heard(told(url)) == ["weilidai.cn"]


def test_a_message_larger_than_is_allowed_ends_the_reading_and_keeps_what_came_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificates_stream, "LARGEST", 2000)
    with talking(domains("a.example"), domains("x" * 5000), domains("b.example")) as url:
        batches = told(url)
    assert heard(batches) == ["a.example"]


def test_a_connection_that_is_cut_keeps_what_came_before() -> None:
    with talking(domains("a.example"), then=lambda socket: socket.socket.close()) as url:
        assert heard(told(url)) == ["a.example"]


def test_a_stream_that_falls_silent_is_left_when_the_time_is_over() -> None:
    silent = threading.Event()
    with talking(domains("a.example"), then=lambda _: silent.wait(10)) as url:
        start = time.monotonic()
        assert heard(told(url, seconds=0.3)) == ["a.example"]
        assert time.monotonic() - start < 3
        silent.set()


@pytest.mark.parametrize("reply", [b"HTTP/1.1 404 Not Found\r\n\r\n", b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\n\r\n"])  # fmt: skip
def test_a_server_that_is_no_stream_is_one_line(reply: bytes) -> None:
    def answer(server: socket.socket) -> None:
        other, _ = server.accept()
        with other:
            other.recv(4096)
            other.sendall(reply)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, args=(server,))
        thread.start()
        with pytest.raises(OSError, match="try again later") as caught:
            told(f"ws://127.0.0.1:{server.getsockname()[1]}")
        thread.join()
    assert "\n" not in str(caught.value)


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "websockets.sync.client", None)
    with pytest.raises(OSError, match=r"zhengben\[stream\]"):
        told("ws://127.0.0.1:9")
