"""A small world for tests of the steps: the web is a table in memory, all else is the product's own.

Looks, verdicts, sealing, letters and the vault are real; `Town.mail` says what the addressee's server answers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from zhengben.collect.profiles import PROFILES
from zhengben.core.brand import Brand, Right
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.core.lead import Lead
from zhengben.evidence.keys import open_key
from zhengben.evidence.seal import seal
from zhengben.evidence.vault import Vault
from zhengben.flow.case_clock import run_due
from zhengben.flow.complain import approve, sign
from zhengben.flow.dossiers import load_brands
from zhengben.flow.intake import take_in
from zhengben.flow.look import look
from zhengben.flow.ports import Adapters, Ask, Vantage
from zhengben.store.due import next_due
from zhengben.store.models import Case, Notice
from zhengben.takedown.letter import Addressee, CaseView, Complainant, Letter
from zhengben.takedown.letters import draft
from zhengben.takedown.mail import Receipt
from zhengben.takedown.original import original_from
from zhengben.takedown.rechecks import classify

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOST = "wei1idai-app.cn"
DRAFTER, APPROVER = "林芷", "周弈"
PAGE = """<!doctype html><title>微粒贷官方下载</title><h1>微粒贷APP下载</h1><form action="/x">
<input placeholder="姓名"><input placeholder="身份证号">
<input placeholder="银行卡号"><input placeholder="短信验证码"></form>
<p>额度二十万元，三分钟到账，立即下载微粒贷官方客户端，客服微信 wld8866。</p><a href="/wld.apk">立即下载APP</a>"""
GONE = "<!doctype html><title>404 Not Found</title><h1>404 Not Found</h1>"


@cache
def dossiers() -> tuple[Brand, ...]:
    """Give the shipped dossiers as they are: 微粒贷's printed terms have ended."""
    return load_brands()


@cache
def renewed() -> tuple[Brand, ...]:
    """Give 微粒贷 with a right in force for these tests."""
    right = Right(
        kind="trademark", jurisdiction="CN", number="16577525", nice_class=9, holder="深圳前海微众银行股份有限公司",
        valid_from=date(2016, 5, 14), valid_to=date(2036, 5, 13), source="made up for a test",
    )  # fmt: skip
    brand = next(brand for brand in dossiers() if brand.id == "weilidai")
    known = {name: getattr(brand, name) for name in ("id", "owner", "finance", "names", "channels", "logos", "digest")}
    return (Brand(**known, rights=(right,)),)


@dataclass(slots=True)
class Web:
    """What answers where: host to (status, page), or to a failure of `core.fetched.FAILURES`."""

    pages: dict[str, tuple[int, str] | str] = field(default_factory=dict)
    otherwise: tuple[int, str] | str = "dns_gone"
    asked: int = 0

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Answer like a server would."""
        self.asked += 1
        told = self.pages.get(url.split("/")[2], self.otherwise)
        base: dict[str, Any] = {"url": url, "final_url": url, "profile": profile.name, "vantage": profile.vantage}
        if isinstance(told, str):
            return Fetched(**base, failure=told)
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Fetched(**base, status=told[0], headers=headers, body=told[1].encode(), address="198.51.100.7")

    def capture(self, url: str, profile: Profile) -> Captured:
        """Be a machine without a browser."""
        return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")


class Town:
    """One world: its web, its addressee's mail, and the adapters the steps take."""

    def __init__(self, home: Path, brands: tuple[Brand, ...] | None = None) -> None:
        """Live in `home`."""
        self.web = Web({HOST: (200, PAGE)})
        self.brands = brands or renewed()
        self.vault = Vault(home / "vault")
        self.key = open_key(home / "seal.pem")
        self.letters: list[tuple[str, str, Letter]] = []
        self.trouble: Exception | None = None
        self.mailboxes: tuple[str, ...] = ("abuse@host.example",)
        self.per_hour = 100_000.0

    def adapters(self, **other: Any) -> Adapters:
        """Give the bundle, with parts replaced."""
        clients = (PROFILES["mobile"], PROFILES["desktop"])
        parts: dict[str, Any] = {
            "brands": self.brands,
            "look": lambda kind, locator, detail: look(locator, self.brands, self.web, kind=kind, detail=detail),
            "vault": self.vault,
            "sealer": lambda exhibit, now: seal(exhibit, self.key, now),
            "channels": self._channels,
            "write": self._write,
            "mailer": self._mail,
            "vantages": (
                Vantage(name="home", eyes=self.web, profiles=clients),
                Vantage(name="abroad", eyes=self.web, profiles=clients),
            ),
            "classify": lambda fetched, original: (
                classify(fetched, original_from(original, self.vault.get)) if original else "unknown"
            ),
        }
        return Adapters(**{**parts, **other})

    def _channels(self, _case: CaseView, _brand: Brand) -> Sequence[Ask]:
        return [
            Ask(
                channel="test.host", addressee=Addressee(kind="host", name="Host", mailbox=mailbox),
                per_hour=self.per_hour, burst=max(1.0, min(50.0, self.per_hour)),
            )
            for mailbox in self.mailboxes
        ]  # fmt: skip

    def _write(self, case: CaseView, brand: Brand, addressee: Addressee, _key: str) -> Letter:
        complainant = Complainant(company=brand.owner, mailbox="brand@bank.example")
        return draft(case, brand, addressee, addressee.language, complainant=complainant, now=NOW)

    def _mail(self, letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        if self.trouble is not None:
            raise self.trouble
        handing_over()
        self.letters.append((key, to, letter))
        return Receipt(message_id=f"<{key}@test>", to=to, server="test:25", answer="250 ok", sha256="0" * 64, at=now)

    def report(self, *locators: str, kind: str = "domain", at: datetime = NOW) -> None:
        """Let a source report targets."""
        take_in([Lead(kind=kind, source="test", locator=one, seen_at=at) for one in locators or (HOST,)], at)

    def work(self, now: datetime = NOW, worker: str = "w1", **other: Any) -> int:
        """Run everything that is due at a moment."""
        done, world = 0, self.adapters(**other)
        for _ in range(200):
            claimed = run_due(now, world, worker)
            if not claimed:
                return done
            done += claimed
        raise AssertionError("the case clock does not come to rest")

    def work_until(self, end: datetime, start: datetime = NOW) -> None:
        """Let time pass from one due moment to the next."""
        now = start
        while now <= end:
            self.work(now)
            due = next_due()
            if due is None or due > end:
                return
            now = max(due, now + timedelta(seconds=1))

    def approve_all(self, now: datetime = NOW) -> int:
        """Let one person sign every draft and another approve it."""
        drafts = list(Notice.objects.filter(state="draft").order_by("pk"))
        for notice in drafts:
            if not notice.drafted_by:
                sign(notice, DRAFTER, now)
            approve(notice, APPROVER, now, self.adapters())
        return len(drafts)

    def case(self) -> Case:
        """Give the only case."""
        return Case.objects.get()
