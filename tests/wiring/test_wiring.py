"""Where real adapters meet the flow: one installation, with what it is told and what it is not."""

import json
import smtplib
import socket
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from databases import Record
from worlds import DRAFTER, NOW, Town
from zhengben import wiring
from zhengben.core.fetched import Profile
from zhengben.core.lead import Lead
from zhengben.evidence.exhibit import Exhibit, Operator
from zhengben.evidence.verify import verify_package
from zhengben.flow.complain import sign
from zhengben.flow.views import case_view
from zhengben.store.models import Answer, Notice
from zhengben.takedown.letter import Letter
from zhengben.takedown.mail import MailError

CONTACTS = """[[contact]]
host = "cn"
kind = "host"
name = "某主机公司"
mailbox = "abuse@host.example"
language = "zh"
source = "checked for this test"
verified_on = 2026-11-22
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the home of a new installation."""
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path))
    monkeypatch.delenv("ZHENGBEN_RANGE", raising=False)
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Forget what the wiring remembers of another installation."""
    wiring.adapters.cache_clear()
    wiring._known_brands.cache_clear()


def free_port() -> int:
    """Give a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def test_a_new_installation_uses_the_shipped_dossiers(home: Path) -> None:
    assert len(wiring.brands()) == 5
    assert wiring.dossier_folder() == home / "brands"


def test_its_own_dossiers_replace_them(home: Path) -> None:
    (home / "brands").mkdir()
    text = 'id = "mine"\nowner = "某银行"\n[names]\nprimary = "某某贷"\n'
    (home / "brands" / "mine.toml").write_text(text, "utf-8")
    assert [brand.id for brand in wiring.brands()] == ["mine"]
    assert wiring.look_offline("【某某贷】下载某某贷").verdict.brand == "mine"


def test_the_range_plays_with_an_invented_renewal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.exists()
    monkeypatch.setenv("ZHENGBEN_RANGE", "1")
    (brand,) = wiring.brands()
    assert any(right.invented for right in brand.rights)
    assert wiring.complainant(wiring.settings()).mailbox == wiring.RANGE_MAILBOX


def test_the_mark_of_answers_is_secret_and_stays_the_same(home: Path) -> None:
    first = wiring.postmark(wiring.settings())
    assert stat.S_IMODE((home / "postmark").stat().st_mode) == 0o600
    assert wiring.postmark(wiring.settings()).message_id("n1") == first.message_id("n1")
    assert len(first.secret) == 32


def test_without_a_mail_server_a_letter_waits_and_says_why(home: Path) -> None:
    assert home.exists()
    letter = Letter(subject="s", body="b", language="zh", sender="某银行", mailbox="brand@bank.example")
    with pytest.raises(MailError, match=r"zhengben\.toml") as caught:
        wiring.Mailer(wiring.outgoing(wiring.settings()))(letter, "a@b.example", "k", NOW, lambda: None)
    assert caught.value.retriable


def test_the_mail_server_is_the_one_it_is_told(home: Path) -> None:
    (home / "smtp-password").write_text("secret\n", "utf-8")
    told = '[mail]\nhost = "127.0.0.1"\nport = 2525\nuser = "brand"\npassword_file = "smtp-password"\n'
    (home / "zhengben.toml").write_text(told, "utf-8")
    server = wiring.outgoing(wiring.settings())
    assert server is not None
    assert (server.host, server.port, server.user, server.password) == ("127.0.0.1", 2525, "brand", "secret")


def test_what_it_seals_verifies_and_is_logged(home: Path) -> None:
    exhibit = Exhibit(target="https://x.example/", kind="url", operator=Operator(name="lin"))
    package = wiring.Sealer(home)(exhibit, NOW)
    assert verify_package(package).ok
    assert wiring.log().verify().seq == 1


@pytest.mark.sockets
def test_a_stamp_that_cannot_be_had_does_not_stop_the_seal(home: Path) -> None:
    exhibit = Exhibit(target="https://x.example/", kind="url", operator=Operator(name="lin"))
    package = wiring.Sealer(home, f"http://127.0.0.1:{free_port()}/tsr")(exhibit, NOW)
    assert verify_package(package).ok


def test_a_far_vantage_needs_host_and_port() -> None:
    with pytest.raises(ValueError, match="host:port"):
        wiring.far_eyes("proxy")
    wiring.far_eyes("127.0.0.1:3128").close()


@pytest.mark.sockets
def test_eyes_refuse_what_is_inside_unless_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.exists()
    port = free_port()
    with wiring.eyes(browse=False) as see:
        assert see.fetch(f"http://127.0.0.1:{port}/", Profile("desktop", "probe")).failure == "refused_address"
        assert see.capture("http://127.0.0.1/", Profile("desktop", "probe")).failure == "capture_unavailable"
    monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", f"127.0.0.1:{port}")
    with wiring.eyes(browse=False) as see:
        assert see.fetch(f"http://127.0.0.1:{port}/", Profile("desktop", "probe")).failure == "connect_failed"


def test_bulk_hostnames_are_sieved(home: Path) -> None:
    assert home.exists()
    leads = [
        Lead(kind="domain", source="zone", locator=name, seen_at=NOW) for name in ("wei1idai-app.cn", "python.org")
    ]
    assert [lead.locator for lead in wiring.screen(wiring.brands())(leads)] == ["wei1idai-app.cn"]


def test_addresses_come_from_the_operator_and_from_registries(home: Path) -> None:
    (home / "contacts.toml").write_text(CONTACTS, "utf-8")
    assert wiring.addresses() is not None
    for name in ("dns", "ip"):
        (home / f"rdap-{name}.json").write_text(json.dumps({"services": []}), "utf-8")
    assert wiring.addresses() is not None
    assert wiring._registrable("www.a.com.cn") == "a.com.cn"
    assert wiring._registrable("") == ""
    with pytest.raises(OSError, match="refused_address"):
        wiring._body_of("http://127.0.0.1:9/domain/x")


@pytest.mark.sockets
@pytest.mark.postgresql
def test_an_answer_by_mail_moves_its_notice(record: Record, home: Path) -> None:
    port = free_port()
    told = f'[mail]\ninbox = "127.0.0.1:{port}"\nreply_domain = "replies.bank.example"\n'
    (home / "zhengben.toml").write_text(told, "utf-8")
    town = Town(record.home)
    town.report("wei1idai-app.cn")
    town.work()
    notice = Notice.objects.get()
    sign(notice, DRAFTER, NOW)
    door = wiring.mail_door()
    assert door is not None
    door.start()
    try:
        message = EmailMessage()
        message["Subject"] = "已收到"
        message["From"] = "abuse@host.example"
        message["Message-ID"] = "<1@host.example>"
        message.set_content("您好，我们已收到您的投诉，正在核实处理。")
        to = wiring.postmark(wiring.settings()).return_path(notice.key)
        with smtplib.SMTP("127.0.0.1", port) as link:
            link.send_message(message, "abuse@host.example", [to])
    finally:
        door.stop()
    answer = Answer.objects.get()
    assert (answer.notice_id, answer.kind) == (notice.pk, "acknowledged")
    assert wiring.vault().get(answer.artefact).startswith(b"Subject")


def test_no_door_is_opened_where_none_is_named(home: Path) -> None:
    assert home.exists()
    assert wiring.mail_door() is None


@pytest.mark.postgresql
def test_a_notice_can_be_read_in_the_other_language(record: Record, home: Path) -> None:
    assert home.exists()
    town = Town(record.home)
    town.report("wei1idai-app.cn")
    town.work()
    notice = Notice.objects.get()
    world = wiring.adapters()
    view = case_view(notice.case, town.brands[0], NOW, town.adapters())
    assert world.brand("weilidai").id == "weilidai"
    subject, body = wiring.letter_in("en", notice, lambda *_: view, NOW)
    assert "suspected" in body.lower()
    assert subject


@pytest.mark.postgresql
def test_the_numbers_come_from_the_record(record: Record, home: Path) -> None:
    assert home.exists()
    town = Town(record.home)
    town.report("wei1idai-app.cn")
    town.work()
    found = {figure.code: figure.value for figure in wiring.disclosure(date(2026, 11, 1), date(2026, 11, 30)).figures}
    assert found["found_sites"] == 1
    assert datetime.now(UTC) > NOW
