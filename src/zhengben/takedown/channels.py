"""Whom to ask about a case: the registry of receivers, the operator's own contacts, and the choice between them.

`playbooks/<id>.toml` holds one receiver each: what it takes, by which way, what it wants to know, how long it takes,
and where that was read. A receiver that nobody verified is shown to people and never written to by the machine.
The operator's `contacts.toml` holds mailboxes somebody checked: by hostname ending or by address range.

    [[contact]]
    host = "cloud.example"          # or: network = "203.0.113.0/24"
    kind = "host"                   # host cdn registrar registry store platform search blocklist authority
    name = "某云主机公司"
    mailbox = "abuse@cloud.example"
    language = "zh"
    source = "RDAP, read by the operator"
    verified_on = 2026-11-22
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any

from zhengben.core.brand import Brand
from zhengben.core.lead import KINDS
from zhengben.names.hostname import in_ascii, read
from zhengben.takedown.letter import ADDRESSEES, Addressee, CaseView
from zhengben.takedown.mail import MAILBOX

METHODS = ("email", "form", "api", "postal")
STATUS = ("verified", "unverified")
_RECEIVER = frozenset({
    "id", "kind", "method", "languages", "takes", "hosts", "mailbox", "url", "fields", "documents", "note", "source",
    "read_on", "verified_on", "status", "name", "sla", "limits",
})  # fmt: skip
_CONTACT = frozenset({"host", "network", "kind", "name", "mailbox", "language", "source", "verified_on"})
# who can end what, the most effective first
# A registrar ends the name for everybody, a host only this copy; a store cannot end a domain at all.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "domain": ("registrar", "host", "cdn", "registry"),
    "url": ("host", "platform", "cdn", "registrar"),
    "app_file": ("host", "cdn", "store", "platform"),
    "app_listing": ("store", "platform", "host"),
    "search_ad": ("search", "platform"),
    "image": ("platform", "host"),
}
_HOSTED = ("platform", "store", "search", "host")
SILENCE_H = 24


class PlaybookError(ValueError):
    """A playbook or a list of contacts that cannot be used; the message names file, field and cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """One receiver of complaints. `fields` and `documents` are codes (words under `receiver.field`).

    `sla` may hold `ack_hours`, `act_hours`, `working_days` and a `note`; `limits` are figures of its own.
    """

    id: str
    kind: str
    method: str
    name: Mapping[str, str]
    takes: tuple[str, ...]
    fields: tuple[str, ...]
    documents: tuple[str, ...]
    source: str
    status: str
    languages: tuple[str, ...] = ("zh",)
    hosts: tuple[str, ...] = ()
    mailbox: str = ""
    url: str = ""
    note: str = ""
    read_on: date | None = None
    verified_on: date | None = None
    sla: Mapping[str, object] = field(default_factory=dict)
    limits: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One mailbox the operator checked, for hostnames with an ending or for a range of addresses."""

    kind: str
    name: str
    mailbox: str
    language: str = "zh"
    source: str = ""
    host: str = ""
    network: IPv4Network | IPv6Network | None = None
    verified_on: date | None = None

    def covers(self, host: str, address: str) -> bool:
        """Tell whether this contact answers for a hostname or an address."""
        if self.host and under(host, self.host):
            return True
        try:
            return self.network is not None and ip_address(address) in self.network
        except ValueError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One addressee of a round: its channel, how long to wait (hours), and how much it may be sent."""

    channel: str
    addressee: Addressee
    silence_h: int = SILENCE_H
    per_hour: float = 20.0
    burst: float = 5.0


Lookup = Callable[[str, str], Sequence[Addressee]]


class Book:
    """Everybody who can be asked. `lookup` may add abuse contacts of a host and address (RDAP)."""

    def __init__(self, contacts: Path | None = None, lookup: Lookup | None = None) -> None:
        """Read the operator's contacts; raise PlaybookError for a file that cannot be used."""
        self._contacts = read_contacts(contacts) if contacts is not None and contacts.exists() else ()
        self._lookup = lookup

    def asks(self, case: CaseView, brand: Brand) -> Sequence[Ask]:
        """Give whom the machine may write to about a case, the most effective first; may be empty.

        Mailboxes inside the impostor's own domain are never used, and nothing is ever sent to the brand itself.
        """
        found = [one for one in self._addressees(case) if _proper(one.mailbox, case, brand)]
        order = _ORDER.get(case.kind, _HOSTED)
        ranked = sorted((one for one in found if one.kind in order), key=lambda one: order.index(one.kind))
        # One mailbox may answer for two kinds; it gets one letter, in the rank that ends most.
        once = {one.mailbox.lower(): one for one in reversed(ranked)}
        return tuple(self._ask(one) for one in ranked if once[one.mailbox.lower()] is one)

    def people(self, case: CaseView) -> tuple[Receiver, ...]:
        """Give the receivers a person can turn to about a case: forms, interfaces, paper, mailboxes not verified.

        A thing without an address (an account known by its name alone) may be anybody's: its person knows whose.
        """
        mailed = {one.receiver for one in self._addressees(case)}
        open_ones = [one for one in receivers() if case.kind in one.takes and one.id not in mailed]
        fits = [one for one in open_ones if not case.host or _serves(one, case)]
        return tuple(sorted(fits, key=lambda one: (not one.hosts, METHODS.index(one.method), one.id)))

    def _addressees(self, case: CaseView) -> list[Addressee]:
        found = [
            Addressee(kind=one.kind, name=one.name, mailbox=one.mailbox, language=one.language, source=one.source)
            for one in self._contacts
            if one.covers(case.host, case.address)
        ]
        found += [
            Addressee(
                kind=one.kind, name=one.name["zh"], mailbox=one.mailbox, language=one.languages[0], receiver=one.id,
                source=one.source,
            )
            for one in receivers()
            if one.status == "verified" and one.mailbox and case.kind in one.takes and _serves(one, case)
        ]  # fmt: skip
        return [*found, *(self._lookup(case.host, case.address) if self._lookup else ())]

    def _ask(self, addressee: Addressee) -> Ask:
        known = next((one for one in receivers() if one.id == addressee.receiver), None)
        hours = known.sla.get("ack_hours", SILENCE_H) if known else SILENCE_H
        silence = hours if isinstance(hours, int) else SILENCE_H
        return Ask(channel=addressee.receiver or f"email.{addressee.kind}", addressee=addressee, silence_h=silence)


@cache
def receivers() -> tuple[Receiver, ...]:
    """Give every receiver of the registry, by id; raise PlaybookError for a playbook that is not sound."""
    folder = resources.files(__package__).joinpath("playbooks")
    entries = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    return tuple(read_receiver(entry.read_text("utf-8"), entry.name) for entry in entries)


def read_receiver(text: str, file: str) -> Receiver:
    """Read one playbook; raise PlaybookError naming the file, the field and the cure."""
    table = _toml(text, file)
    _known(table, _RECEIVER, file)
    _complete(table, ("id", "kind", "method", "name", "takes", "fields", "source", "status"), file)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    found = Receiver(**{"documents": (), **values})
    problem = _unsound(found, file)
    if problem:
        raise PlaybookError(f"{file}: {problem}")
    return found


def read_contacts(path: Path) -> tuple[Contact, ...]:
    """Read the operator's contacts; raise PlaybookError naming the entry and the cure."""
    table = _toml(path.read_text("utf-8"), path.name)
    _known(table, frozenset({"contact"}), path.name)
    return tuple(
        _contact(row, f"{path.name}, contact {place}") for place, row in enumerate(table.get("contact", ()), 1)
    )


def under(host: str, ending: str) -> bool:
    """Tell whether a hostname is an ending or below it.

    >>> under("a.cloud.example", "cloud.example"), under("evilcloud.example", "cloud.example")
    (True, False)
    """
    name, tail = host.lower().rstrip("."), ending.lower().strip(".")
    return bool(tail) and (name == tail or name.endswith(f".{tail}"))


def _serves(receiver: Receiver, case: CaseView) -> bool:
    return not receiver.hosts or any(under(case.host, ending) for ending in receiver.hosts)


def _proper(mailbox: str, case: CaseView, brand: Brand) -> bool:
    """Keep letters from the impostor itself and from the brand's own domains, however each is written."""
    domain = _registered(mailbox.rpartition("@")[2])
    own = {_registered(channel.value) for channel in brand.official("domain") if channel.value}
    hosted = case.kind not in {"domain", "url", "app_file"}  # a platform's mailbox lies under the platform's own host
    # abuse@ at the impostor's own domain is the impostor: a letter there is a warning to move. What was registered
    # decides: the mailbox of a platform that lends names to anybody (x.github.io) belongs to the platform.
    tips_off = not hosted and bool(case.host) and domain == _registered(case.host)
    return MAILBOX.fullmatch(mailbox) is not None and not tips_off and domain not in own


def _registered(host: str) -> str:
    """Give the domain that was registered for a host, in the letters of mail.

    >>> _registered("WWW.Webank.com."), _registered("a.微粒贷.中国") == _registered("xn--g5t065dinl.xn--fiqs8s")
    ('webank.com', True)
    """
    name = read(in_ascii(host.lower().rstrip(".")))
    return name.registrable if name else host.lower()


def _contact(row: Mapping[str, Any], where: str) -> Contact:
    _known(row, _CONTACT, where)
    _complete(row, ("kind", "name", "mailbox"), where)
    if ("host" in row) == ("network" in row):
        raise PlaybookError(f"{where}: give either host or network")
    if row["kind"] not in ADDRESSEES:
        raise PlaybookError(f"{where}: kind is {row['kind']!r}; use one of {', '.join(ADDRESSEES)}")
    if not MAILBOX.fullmatch(str(row["mailbox"])):
        raise PlaybookError(f"{where}: {row['mailbox']!r} is not one plain mailbox")
    try:
        network = ip_network(row["network"]) if "network" in row else None
    except ValueError as error:
        raise PlaybookError(f"{where}: network: {error}; write it as 203.0.113.0/24") from error
    return Contact(**{**row, "network": network})


def _unsound(one: Receiver, file: str) -> str:
    """Say what is wrong with a playbook, or nothing."""
    checks = (
        (file == f"{one.id}.toml", "the file must be named after its id"),
        (one.kind in ADDRESSEES, f"kind: use one of {', '.join(ADDRESSEES)}"),
        (one.method in METHODS, f"method: use one of {', '.join(METHODS)}"),
        (one.status in STATUS, f"status: use one of {', '.join(STATUS)}"),
        (bool(one.takes) and set(one.takes) <= set(KINDS), f"takes: use kinds of lead, {', '.join(KINDS)}"),
        (set(one.name) == {"zh", "en"}, "name: give zh and en"),
        (not one.mailbox or MAILBOX.fullmatch(one.mailbox) is not None, "mailbox: give one plain mailbox"),
        ("://" not in one.url, "url: write it without its scheme"),
        # An address nobody tried may belong to anybody: without the day of the trial the machine never writes to it.
        ((one.status == "verified") == (one.verified_on is not None), "verified_on belongs to status verified alone"),
        (bool(one.source) and (one.verified_on or one.read_on) is not None, "say where and when this was read"),
    )
    return next((problem for holds, problem in checks if not holds), "")


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"{where}: not TOML: {error}") from error


def _known(table: Mapping[str, object], keys: frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise PlaybookError(f"{where}: unknown key {unknown[0]!r}; use {', '.join(sorted(keys))}")


def _complete(table: Mapping[str, object], keys: Sequence[str], where: str) -> None:
    missing = [key for key in keys if not table.get(key)]
    if missing:
        raise PlaybookError(f"{where}: {missing[0]!r} is missing")
