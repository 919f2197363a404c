"""The certificate stream, on a loopback websocket."""

import json
import threading
from collections.abc import Iterator

import pytest
from websockets.sync.server import ServerConnection, serve

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
