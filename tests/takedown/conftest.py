"""What the tests of this room share: a brand, a case, a complainant, and an SMTP server of an addressee."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from zhengben.core.basis import bases
from zhengben.core.brand import Brand, Channel, Names, Right
from zhengben.core.verdict import Reason
from zhengben.takedown.letter import Addressee, CaseView, Complainant
from zhengben.takedown.postmark import Postmark

MOMENT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
OWNER = "深圳前海微众银行股份有限公司"


@pytest.fixture
def now() -> datetime:
    return MOMENT


@pytest.fixture
def postmark() -> Postmark:
    return Postmark("replies.brand.example", b"a secret of the tests")


@pytest.fixture
def brand() -> Brand:
    return Brand(
        id="weilidai",
        owner=OWNER,
        finance=True,
        names=Names(primary="微粒贷", latin=("weilidai",)),
        channels=(Channel(kind="domain", exists="yes", value="webank.com"),),
    )


@pytest.fixture
def right() -> Right:
    return Right(
        kind="trademark",
        jurisdiction="CN",
        number="16577525",
        nice_class=9,
        goods="计算机程序（可下载软件）",
        registrant="腾讯科技（深圳）有限公司",
        holder=OWNER,
        valid_from=date(2026, 5, 14),
        valid_to=date(2036, 5, 13),
        standing="assignment",
        document="weilidai/16577525.pdf",
    )


@pytest.fixture
def view(right: Right) -> CaseView:
    return CaseView(
        number="ZB-2026-0001",
        kind="url",
        target="https://wei1idai-app.example/下载?from=sms",
        label="impersonation",
        seen_at=MOMENT,
        evidence="5f" * 32,
        sealed_at=MOMENT,
        host="wei1idai-app.example",
        address="203.0.113.9",
        title="微粒贷官方下载 联系13800138000",
        reasons=(Reason("no_such_app", 60, {"brand": "微粒贷"}), Reason("no_such_channel", -5)),
        rights=(right,),
        bases=bases(finance=True, kind="url", has_right=True, asks_secrets=True),
        asks=("id_card", "sms_code", "id_card"),
        screenshot=b"\x89PNG\r\n\x1a\nshot",
    )


@pytest.fixture
def complainant() -> Complainant:
    return Complainant(company=OWNER, mailbox="brand@brand.example", phone="0755-00000000", address="深圳市")


@pytest.fixture
def addressee() -> Addressee:
    return Addressee(kind="host", name="某云主机公司", mailbox="abuse@host.example")


@dataclass
class Clerk:
    """An addressee's mail server on loopback: keeps what it gets and answers as told."""

    answers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    place: tuple[str, int] = ("127.0.0.1", 0)

    async def handle_MAIL(self, _s: object, _n: object, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802  aiosmtpd's name
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(self, _s: object, _n: object, envelope: Any, address: str, _o: object) -> str:  # noqa: N802  aiosmtpd's name
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, _s: object, _n: object, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        self.got.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.answers.get("data", "250 2.0.0 queued as 4711")


class _Controller(Controller):  # type: ignore[misc]  # aiosmtpd has no types
    def _trigger_server(self) -> None:
        """Dial nothing: with port 0 the original would dial port 0."""
        self._factory_invoked.set()
        self.smtpd = object()


@pytest.fixture
def clerk() -> Iterator[Clerk]:
    clerk = Clerk()
    controller = _Controller(clerk, hostname="127.0.0.1", port=0)
    controller.start()
    clerk.place = ("127.0.0.1", controller.server.sockets[0].getsockname()[1])
    try:
        yield clerk
    finally:
        controller.stop()
        assert threading.active_count() < 30
