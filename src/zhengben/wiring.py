"""The only place where real adapters meet the flow.

An installation is a folder (`ZHENGBEN_HOME`, default `./var`): database, vault, key, log, dossiers, settings. Whatever
is heavy or opens something (guard, browser, vault) is made at first use, so that a process pays only for what it does.
"""

import contextlib
import importlib
import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zhengben.collect.far import FarGuard
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES, client
from zhengben.collect.resolve import Resolver
from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.core.disclosure import Disclosure
from zhengben.core.fetched import Profile
from zhengben.core.lead import Lead
from zhengben.evidence.environment import describe, tools
from zhengben.evidence.exhibit import Exhibit
from zhengben.evidence.keys import open_key
from zhengben.evidence.log import Entry, Log
from zhengben.evidence.seal import number, seal
from zhengben.evidence.stamp import HttpStamper
from zhengben.evidence.vault import Vault
from zhengben.flow import look as looking
from zhengben.flow.dossiers import SHIPPED, load_brands
from zhengben.flow.eyes import GuardedEyes
from zhengben.flow.installation import Installation, read_installation
from zhengben.flow.limited import Pool
from zhengben.flow.look_app import brand_marks
from zhengben.flow.rechecker import Rechecker
from zhengben.names import hostname
from zhengben.names.pack import pack
from zhengben.takedown.answers import read_answer
from zhengben.takedown.channels import Book
from zhengben.takedown.inbox import Inbox, Received
from zhengben.takedown.letter import Addressee, CaseView, Complainant, Letter
from zhengben.takedown.letters import draft
from zhengben.takedown.mail import MailError, Outgoing, Receipt, send
from zhengben.takedown.postmark import Postmark
from zhengben.takedown.rdap import Rdap

ALLOW = "ZHENGBEN_ALLOW_HOSTS"
RANGE_MAILBOX = "brand@notices.zhengben-range.cn"


def home() -> Path:
    """Give the folder this installation lives in."""
    return Path(os.environ.get("ZHENGBEN_HOME", "var")).resolve()


def in_range() -> bool:
    """Tell whether this process serves the training range, whose data never meet real ones."""
    return os.environ.get("ZHENGBEN_RANGE", "") == "1"


def allowed_hosts() -> tuple[str, ...]:
    """Give the exceptions of the egress guard, as `host:port`."""
    return tuple(entry.strip() for entry in os.environ.get(ALLOW, "").split(",") if entry.strip())


def open_record() -> None:
    """Make the database of this installation ready for use in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")
    importlib.import_module("django").setup()


# --- the brands ---------------------------------------------------------------------------------------------------


def dossier_folder() -> Path:
    """Give the folder of this installation's own dossiers; it may not exist yet."""
    return home() / "brands"


def brands() -> tuple[Brand, ...]:
    """Give the dossiers in use: the installation's own where it has any, else those shipped; in the range, its own."""
    if in_range():
        dossier = importlib.import_module("zhengben.range.dossier")
        found: tuple[Brand, ...] = dossier.range_brands(load_brands(SHIPPED))
        return found
    folder = logo_folder()
    return load_brands(None if folder == SHIPPED else folder)


def logo_folder() -> Path:
    """Give the folder the pictures of the dossiers in use are named from."""
    folder = dossier_folder()
    return folder if any(folder.glob("*.toml")) else SHIPPED


# --- going to see -------------------------------------------------------------------------------------------------


def eyes(resolver: Resolver | None = None, allow: Sequence[str] = (), *, browse: bool = True) -> GuardedEyes:
    """Give eyes behind a guard of their own; `allow` adds to what ZHENGBEN_ALLOW_HOSTS says."""
    return GuardedEyes(Guard(resolver, (*allowed_hosts(), *allow)), browse=browse)


def far_eyes(proxy: str, *, browse: bool = False) -> GuardedEyes:
    """Give eyes that look from another network, through a proxy of one's own (`host:port`)."""
    host, _, port = proxy.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"{proxy!r} is not host:port; mend 'proxy' of that vantage in zhengben.toml")
    return GuardedEyes(FarGuard((host, int(port)), allow_hosts=allowed_hosts()), browse=browse)


def clients(vantage: str) -> tuple[Profile, ...]:
    """Give the clients a recheck pretends to be, as seen from a vantage."""
    return tuple(replace(PROFILES[name], vantage=vantage) for name in ("mobile", "desktop"))


def portrait_clients(told: Installation) -> tuple[Profile, ...]:
    """Give the clients that take the portrait of an accused page; raise ValueError for one that is not known."""
    names, browser = told.browser.profiles.split() or list(PROFILES), told.browser
    return tuple(client(name, referrer=browser.referrer, region=browser.region) for name in names)


def looker(
    of: Sequence[Brand], see: GuardedEyes | None, marks: Callable[[], tuple[Mark, ...]] = tuple
) -> Callable[[str, str, Mapping[str, object]], looking.Look]:
    """Give the function that looks at a lead and judges it; icons of apps are held against `marks`, asked each time."""

    def look(kind: str, locator: str, detail: Mapping[str, object]) -> looking.Look:
        """Look at one locator with the marks and adapters of this process."""
        return looking.look(locator, of, see, kind=kind, detail=detail, marks=marks())

    return look


@cache
def marks() -> tuple[Mark, ...]:
    """Give prints of the pictures the dossiers in use name, made once a process and only where there are any."""
    pool = Pool(1)
    try:
        return brand_marks(_known_brands(), logo_folder(), pool)
    finally:
        pool.close()


def look_offline(target: str, kind: str = "") -> looking.Look:
    """Look at what somebody typed, fetching nothing: for the portal and its interface."""
    return looking.look(target, _known_brands(), None, kind=kind)


@cache
def _known_brands() -> tuple[Brand, ...]:
    return brands()


# --- keeping ------------------------------------------------------------------------------------------------------


def vault() -> Vault:
    """Give the write-once store of this installation."""
    return Vault(home() / "vault")


def log() -> Log:
    """Give the evidence log of this installation."""
    return Log(home() / "evidence.log")


class Sealer:
    """Seals with this installation's key, after the newest entry of its log, and logs what it sealed."""

    def __init__(self, folder: Path, tsa: str = "") -> None:
        """Use key and log of a home; the key is made at first use. `tsa` is a time-stamping authority's address."""
        self._key, self._log = folder / "seal.pem", Log(folder / "evidence.log")
        self._stamper = HttpStamper(tsa) if tsa else None

    def __call__(self, exhibit: Exhibit, now: datetime) -> bytes:
        """Give the bytes of the sealed package."""
        told = replace(exhibit, environment=exhibit.environment or describe(), tools=exhibit.tools or tools())
        package = seal(told, open_key(self._key), now, after=self._log.head(), stamper=self._stamper)
        self._log.append(Entry(now, exhibit.operator.name, "seal", number(package)))
        return package


# --- asking -------------------------------------------------------------------------------------------------------


def postmark(told: Installation) -> Postmark:
    """Give the mark by which answers find their notice; its secret is made at first use and never leaves the home."""
    path = home() / "postmark"
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
    return Postmark(told.mail.reply_domain, path.read_bytes())


def mail_door() -> Inbox | None:
    """Give the server that receives replies, not yet started, or None where `[mail] inbox` names no place."""
    told = settings()
    host, _, port = told.mail.inbox.rpartition(":")
    if not host or not port.isdigit():
        return None
    mark, kept = postmark(told), vault()
    flow = importlib.import_module("zhengben.flow.mail_door")  # needs the record to be open

    def take(letter: Received) -> None:
        """File one letter that came in."""
        flow.take_mail_in_thread(letter.raw, read_answer(letter.raw, mark, letter.recipients), kept, letter.at)

    return Inbox((host, int(port)), mark, take, lambda: datetime.now(UTC), (told.complainant.mailbox,))


def addresses() -> Book:
    """Give everybody who can be asked: the shipped registry, `contacts.toml` of the home, and RDAP where its lists are.

    RDAP needs the two bootstrap registries of RFC 9224, kept by the operator as `rdap-dns.json` and `rdap-ip.json`.
    """
    lists = {name: home() / f"rdap-{name}.json" for name in ("dns", "ip")}
    if not all(path.exists() for path in lists.values()):
        return Book(home() / "contacts.toml")
    services = {name: json.loads(path.read_text("utf-8")) for name, path in lists.items()}
    return Book(home() / "contacts.toml", Rdap(_body_of, services, _registrable))


def _registrable(host: str) -> str:
    known = hostname.read(host)
    return known.registrable if known else ""


def _body_of(url: str) -> bytes:
    """Give the body of an address through the guard; raise OSError where it cannot be had whole."""
    with eyes(browse=False) as see:
        answer = see.fetch(url, PROFILES["desktop"])
    if answer.failure or answer.status != 200:
        raise OSError(f"{url}: {answer.failure or answer.status}")
    return answer.body


def outgoing(settings: Installation) -> Outgoing | None:
    """Give the server that takes our mail, or None where none is configured."""
    mail = settings.mail
    if not mail.host:
        return None
    password = (home() / mail.password_file).read_text("utf-8").strip() if mail.password_file else ""
    return Outgoing(
        host=mail.host, port=mail.port, postmark=postmark(settings), security=mail.security, user=mail.user,
        password=password,
    )  # fmt: skip


class Mailer:
    """Hands letters to one server."""

    def __init__(self, server: Outgoing | None) -> None:
        """Take the server, or None: then every letter waits and says why."""
        self.server = server

    def __call__(self, letter: Letter, to: str, key: str, now: datetime, handing_over: Callable[[], None]) -> Receipt:
        """Send once; raise MailError where it was not taken."""
        if self.server is None:
            what = "no mail server is configured; add [mail] to zhengben.toml in this installation's home"
            raise MailError(what, retriable=True)
        return send(letter, to, self.server, key, now, handing_over)


class Writer:
    """Writes letters in the name of this installation's complainant."""

    def __init__(self, told: Complainant) -> None:
        """Take who signs."""
        self.told = told

    def __call__(self, case: CaseView, brand: Brand, addressee: Addressee, _key: str) -> Letter:
        """Give the letter, dated by the moment its exhibit was sealed, so that the same case gives the same letter."""
        return self.in_language(addressee.language, case, brand, addressee)

    def in_language(self, language: str, case: CaseView, brand: Brand, addressee: Addressee) -> Letter:
        """Give the letter in a language, whatever its addressee reads."""
        signs = self.told if self.told.company else replace(self.told, company=brand.owner)
        return draft(case, brand, addressee, language, complainant=signs, now=case.sealed_at)


def complainant(told: Installation) -> Complainant:
    """Give who signs the letters of this installation; the range signs with an invented mailbox."""
    if in_range():
        return Complainant(company="", mailbox=RANGE_MAILBOX, phone="0755-00000000", address="靶场演练")
    by = told.complainant
    return Complainant(company=by.company, mailbox=by.mailbox or "brand-protection@unset.invalid", phone=by.phone,
                       address=by.address)  # fmt: skip


def letter_in(language: str, notice: Any, view: Callable[..., CaseView], now: datetime) -> tuple[str, str]:
    """Give subject and body of a notice's letter in another language, for whoever approves it."""
    world = adapters()
    brand = world.brand(notice.case.brand)
    addressee = Addressee(
        kind=notice.envelope.get("kind", "host"), name=notice.envelope.get("name", ""), mailbox=notice.addressee,
        language=language,
    )  # fmt: skip
    letter = Writer(complainant(settings())).in_language(
        language, view(notice.case, brand, now, world), brand, addressee
    )
    return letter.subject, letter.body


# --- the whole ----------------------------------------------------------------------------------------------------


@cache
def adapters() -> Any:
    """Give the one bundle the steps take (`flow.ports.Adapters`), for this installation."""
    ports = importlib.import_module("zhengben.flow.ports")
    told, known, kept = settings(), _known_brands(), vault()
    near = eyes(browse=told.browser.use and not in_range())
    near.clients = portrait_clients(told)
    places = [("here", near), *((place.name, far_eyes(place.proxy)) for place in told.vantages)]
    return ports.Adapters(
        brands=known,
        look=looker(known, near, marks),
        vault=kept,
        sealer=Sealer(home(), told.evidence.tsa),
        channels=addresses().asks,
        write=Writer(complainant(told)),
        mailer=Mailer(outgoing(told)),
        vantages=tuple(ports.Vantage(name=name, eyes=see, profiles=clients(name)) for name, see in places),
        classify=Rechecker(kept, known, allowed_hosts()),
        screen=screen(known),
        in_range=in_range(),
    )


def screen(known: Sequence[Brand]) -> Callable[[Sequence[Lead]], Sequence[Lead]]:
    """Give the sieve for bulk sources: hostnames that resemble a brand."""
    # compiled at the first batch: the pack is big, and a process that only reads the record never needs it

    def keep(leads: Sequence[Lead]) -> Sequence[Lead]:
        """Keep the leads whose hostname resembles a known brand, in their order."""
        firehose = importlib.import_module("zhengben.names.firehose")  # array library: not before there is a batch
        lines = "\n".join(" ".join(lead.locator.splitlines()) for lead in leads).encode("utf-8", "replace")
        near = {row for row, _ in firehose.screen_lines(lines, pack(tuple(known)))}
        return [lead for row, lead in enumerate(leads) if row in near]

    return keep


def disclosure(start: date, end: date) -> Disclosure:
    """Give the numbers of a period from this installation's record."""
    open_record()
    flow = importlib.import_module("zhengben.flow.disclose")  # needs the record to be open
    found: Disclosure = flow.disclose(start, end, datetime.now(UTC))
    return found


def disclosure_opened(start: date, end: date, folder: Path, *, ledger: bool) -> Disclosure:
    """Give the numbers of a period and write into a new folder what others need to compute them again."""
    open_record()
    flow = importlib.import_module("zhengben.flow.disclose")  # needs the record to be open
    found, files = flow.opened(start, end, datetime.now(UTC))
    folder.mkdir(parents=True, exist_ok=False)  # never over what an earlier period left
    for name, body in files.items():
        (folder / name).write_bytes(body)
    if ledger:
        flow.write_ledger(folder)
    disclosure: Disclosure = found
    return disclosure


def ledger_problems() -> list[str]:
    """Hold this installation's record against its ledger; give what is wrong, in English, as it stands in logs."""
    open_record()
    events = importlib.import_module("zhengben.store.events")  # needs the record to be open
    found: list[str] = events.ledger_problems()
    return found


def settings() -> Installation:
    """Give what this installation is told about the world."""
    return read_installation(home())
