"""The real adapters of one installation at work: looking, asking a registry, writing and sending a letter."""

import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from databases import Record
from worlds import NOW, Town
from zhengben import wiring
from zhengben.core.verdict import Label
from zhengben.flow.views import case_view
from zhengben.store.models import Notice
from zhengben.takedown.letter import Addressee
from zhengben.takedown.mail import MailError


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the home of a new installation."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    monkeypatch.delenv("ZHENGBEN_RANGE", raising=False)
    remembered = (wiring.adapters, wiring._known_brands, wiring.marks)
    for one in remembered:
        one.cache_clear()
    yield tmp_path
    for one in remembered:
        one.cache_clear()


@pytest.mark.usefixtures("home")
def test_the_adapters_look_and_judge() -> None:
    world = wiring.adapters()
    assert world.look("text", "【微粒贷】下载微粒贷APP，加客服微信 wld8866", {}).verdict.accuses
    assert world.look("url", "http://[::1", {}).verdict.label is Label.UNKNOWN


@pytest.mark.usefixtures("home")
def test_dossiers_without_pictures_need_no_examiner() -> None:
    named = [logo for brand in wiring.brands() for logo in brand.logos if logo.kind == "symbol"]
    assert len(wiring.marks()) == len(named)


@pytest.mark.sockets
@pytest.mark.usefixtures("home")
def test_a_registry_is_asked_through_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    class Registry(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/domain/x" else 404)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry) as door:
        thread = threading.Thread(target=door.serve_forever, args=(0.05,))
        thread.start()
        base = f"http://127.0.0.1:{door.server_address[1]}"
        monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", base.removeprefix("http://"))
        try:
            assert wiring._body_of(f"{base}/domain/x") == b"{}"
            with pytest.raises(OSError, match="404"):
                wiring._body_of(f"{base}/domain/y")
        finally:
            door.shutdown()
            thread.join()


@pytest.mark.sockets
@pytest.mark.parametrize("record", ["sqlite"], indirect=True)
def test_a_letter_is_written_in_its_readers_language_and_waits_for_a_server_that_is_away(
    record: Record, home: Path
) -> None:
    town = Town(record.home)
    town.report()
    town.work()
    view = case_view(Notice.objects.get().case, town.brands[0], NOW, town.adapters())
    world = wiring.adapters()
    reader = Addressee(kind="host", name="Host", mailbox="abuse@host.example", language="en")
    letter = world.write(view, town.brands[0], reader, "k")
    assert (letter.language, letter.sender) == ("en", town.brands[0].owner)
    assert world.write(view, town.brands[0], reader, "k") == letter
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    told = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    (home / "zhengben.toml").write_text(told, "utf-8")
    handed: list[bool] = []
    with pytest.raises(MailError, match=f"127.0.0.1:{port} cannot be reached"):
        wiring.Mailer(wiring.outgoing(wiring.settings()))(letter, reader.mailbox, "k", NOW, lambda: handed.append(True))
    assert handed == []
