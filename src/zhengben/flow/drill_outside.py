"""The outside of a drill: the product's own eyes, mail and vault, pointed at the small internet of the range.

Everything is the real thing (egress guard, downloads, sealing, letters, SMTP both ways); only the name servers, the
addresses and the clock are the range's.
"""

import queue
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.core.lead import Lead
from zhengben.evidence.exhibit import Exhibit
from zhengben.evidence.keys import open_key
from zhengben.evidence.log import Entry, Log
from zhengben.evidence.seal import number, seal
from zhengben.evidence.vault import Vault
from zhengben.flow.look import Look, look
from zhengben.flow.ports import Adapters, Ask, Vantage
from zhengben.flow.rechecker import Rechecker
from zhengben.names.api import match_host, pack
from zhengben.range.world import VANTAGES, World
from zhengben.takedown.inbox import Inbox, Received
from zhengben.takedown.letter import Addressee, CaseView, Complainant, Letter
from zhengben.takedown.letters import draft
from zhengben.takedown.mail import Outgoing, Receipt, send
from zhengben.takedown.postmark import Postmark

DOMAIN = "notices.zhengben-range.cn"
CLIENTS = ("desktop", "mobile")


class Browser(Protocol):
    """What captures a page in a real browser."""

    def capture(self, url: str, profile: Profile) -> Captured:
        """Capture one page."""
        ...

    def close(self) -> None:
        """End it."""
        ...


class RangeEyes:
    """Looks through the egress guard from one vantage; captures the first pages in a browser where there is one."""

    def __init__(self, guard: Guard, vantage: str, world: World, browser: Browser | None = None) -> None:
        """Take the guard, the vantage's name, the world, and a browser for the world's sample of pages."""
        self._guard, self._vantage, self._world, self._browser = guard, vantage, world, browser
        self._captured: set[str] = set()
        self.captures = 0

    @property
    def may_capture(self) -> bool:
        """Tell whether one more page may be captured."""
        return self._browser is not None and len(self._captured) < self._world.scenario.browser_sample

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give one plain download."""
        return fetch(url, self._placed(profile), self._guard)

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture, or say that none is to be had."""
        if self._browser is None or (url not in self._captured and not self.may_capture):
            return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")
        self._captured.add(url)
        self.captures += 1
        captured = self._browser.capture(url, self._placed(profile))
        if not self.may_capture:
            self.close()  # the sample is taken; an open browser would cost half a gigabyte for nothing
        return captured

    def close(self) -> None:
        """End the browser, where one is open."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None

    def _placed(self, profile: Profile) -> Profile:
        return Profile(profile.name, profile.user_agent, profile.language, profile.referrer, self._vantage)


class Outside:
    """Opens guards and the mail door for a world; gives the adapters the steps need. Enter it after the world."""

    def __init__(
        self, world: World, brand: Brand, home: Path, browser: Callable[[Guard], Browser | None] = lambda _guard: None
    ) -> None:
        """Take the entered world, the range's dossier, a folder for evidence, and what opens a browser."""
        self.world, self.brand, self.home, self._browser = world, brand, home, browser
        self.postmark = Postmark(DOMAIN, _secret(home))
        self.inbox = Inbox(("127.0.0.1", 0), self.postmark, self._arrived, lambda: world.now)
        self.letters: queue.SimpleQueue[Received] = queue.SimpleQueue()
        self._open = ExitStack()
        self.eyes: dict[str, RangeEyes] = {}

    def __enter__(self) -> Self:
        """Open everything."""
        self.vault, self.log = Vault(self.home / "vault"), Log(self.home / "evidence.log")
        self.key = open_key(self.home / "range-key.pem")
        for vantage in VANTAGES:
            guard = self._open.enter_context(Guard(self.world.resolver(vantage), self.world.allow_hosts))
            browser = self._browser(guard) if vantage == VANTAGES[0] else None
            if browser is not None:
                self._open.callback(browser.close)
            self.eyes[vantage] = RangeEyes(guard, vantage, self.world, browser)
        self.inbox.start()
        self._open.callback(self.inbox.stop)
        self.world.replies_to = self.inbox.address
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close everything."""
        self.world.replies_to = None
        self._open.close()

    def adapters(self) -> Adapters:
        """Give the one bundle the steps take."""
        profiles = tuple(PROFILES[name] for name in CLIENTS)
        return Adapters(
            brands=(self.brand,),
            look=self.look,
            vault=self.vault,
            sealer=self._seal,
            channels=self._channels,
            write=self._write,
            mailer=self._mail,
            vantages=tuple(Vantage(name=name, eyes=self.eyes[name], profiles=profiles) for name in VANTAGES),
            classify=Rechecker(self.vault, (self.brand,), self.world.allow_hosts, {80: self.world.web_port}),
            screen=self.screen,
            control=dict.fromkeys(VANTAGES, self.world.control),
            delivered=self._delivered,
            in_range=True,
            operator="range",
        )

    def look(self, kind: str, locator: str, detail: Mapping[str, object]) -> Look:
        """Look at one lead and judge it, as the product does; the first pages also in a browser where there is one."""
        eyes = self.eyes[VANTAGES[0]]
        return look(locator, (self.brand,), eyes, kind=kind, detail=detail, picture=eyes.may_capture)

    def screen(self, leads: Sequence[Lead]) -> Sequence[Lead]:
        """Keep the hostnames that resemble the brand."""
        known = pack((self.brand,))
        return [lead for lead in leads if match_host(lead.locator, known)]

    def _arrived(self, letter: Received) -> None:
        self.letters.put(letter)

    def _delivered(self, key: str) -> bool:
        """Tell whether the world's server has a letter: after a crash somebody must know, and here it can be asked."""
        return any(one.letter.message_id == self.postmark.message_id(key) for one in self.world.received)

    def _seal(self, exhibit: Exhibit, now: datetime) -> bytes:
        body = seal(exhibit, self.key, now, after=self.log.head())
        self.log.append(Entry(now, "range", "seal", number(body)))
        return body

    def _channels(self, case: CaseView, brand: Brand) -> Sequence[Ask]:
        """Ask whoever the range's directory names for the host, as RDAP would."""
        del brand  # the directory knows hosts, not brands
        mailbox = self.world.complaints_go_to(case.host)
        if not mailbox:
            return ()
        kind = "host" if case.kind in {"domain", "url"} else "platform"
        addressee = Addressee(kind=kind, name=mailbox.rpartition("@")[2], mailbox=mailbox, source="range directory")
        return (Ask(channel=f"range.{kind}", addressee=addressee, per_hour=100_000, burst=100_000),)

    def _write(self, case: CaseView, brand: Brand, addressee: Addressee, key: str) -> Letter:
        del key  # the range's letters carry no number of their own
        complainant = Complainant(
            company=brand.owner, mailbox=f"brand@{DOMAIN}", phone="0755-00000000", address="靶场演练"
        )
        return draft(case, brand, addressee, addressee.language, complainant=complainant, now=self.world.now)

    def _mail(self, letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        host, port = self.world.smtp
        server = Outgoing(host=host, port=port, postmark=self.postmark, security="none")
        return send(letter, to, server, key, now, handing_over)


def _secret(home: Path) -> bytes:
    """Give the secret that marks this range's letters: kept beside its record, so that answers outlive a crash."""
    path = home / "range-postmark"
    if not path.exists():
        path.write_bytes(secrets.token_bytes(16))
    return path.read_bytes()
