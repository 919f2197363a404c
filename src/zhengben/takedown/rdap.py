"""Abuse contacts from RDAP answers (RFC 9083, jCard RFC 7095): the registrar of a domain, the host of an address.

Reading is pure and every answer is a stranger's: size, depth and number are capped, and nothing but one plain mailbox
and a short name comes out. Fetching is handed in, so that it goes through the egress guard.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from zhengben.takedown.letter import Addressee
from zhengben.takedown.mail import MAILBOX
from zhengben.takedown.redact import one_line

BYTES = 512 * 1024
DEPTH = 4
ENTITIES = 60
Table = Mapping[str, object]
Get = Callable[[str], bytes]


class Rdap:
    """Looks up who answers for a host and an address; a `channels.Lookup`.

    `get` gives the body of a URL or raises OSError; `services` are the two bootstrap registries of RFC 9224 as their
    JSON says, by `dns` and `ip`; `registrable` gives the domain that was registered for a hostname, or "".
    """

    def __init__(self, get: Get, services: Mapping[str, Table], registrable: Callable[[str], str]) -> None:
        """Keep what is needed; nothing is fetched before the first question."""
        self._get, self._services, self._registrable = get, services, registrable

    def __call__(self, host: str, address: str) -> Sequence[Addressee]:
        """Give the registrar's and the host's abuse mailboxes; whatever cannot be had is left out."""
        found: list[Addressee] = []
        domain = self._registrable(host) if host else ""
        if domain:
            found += self._ask(dns_service(self._services.get("dns", {}), domain), f"domain/{domain}", "registrar")
        if address:
            found += self._ask(ip_service(self._services.get("ip", {}), address), f"ip/{address}", "host")
        return tuple(found)

    def _ask(self, service: str, question: str, kind: str) -> list[Addressee]:
        if not service:
            return []
        url = f"{service.rstrip('/')}/{question}"
        try:
            body = self._get(url)
        except OSError:
            return []  # a registry that does not answer costs one addressee, never the notice
        contact = abuse_contact(body, kind, f"RDAP {url}")
        return [contact] if contact else []


def abuse_contact(body: bytes, kind: str, source: str) -> Addressee | None:
    """Give the abuse contact an RDAP answer names, or None; never raises for what is in it."""
    if len(body) > BYTES:
        return None
    entities = _all_entities(body)
    owner = next((_property(one, "fn") for one in entities if kind in _texts(one.get("roles"))), "")
    for entity in entities:
        mailbox = _property(entity, "email")
        if "abuse" in _texts(entity.get("roles")) and MAILBOX.fullmatch(mailbox):
            # The mailbox stands at a nested "abuse" entity; the name a letter greets is that of its parent.
            name = one_line(owner or _property(entity, "fn") or mailbox.rpartition("@")[2], 80)
            return Addressee(kind=kind, name=name, mailbox=mailbox, language=_language(name), source=source)
    return None


def _all_entities(body: bytes) -> list[Table]:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return list(_entities(answer, DEPTH))


def _language(name: str) -> str:
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in name) else "en"


def dns_service(registry: Table, domain: str) -> str:
    """Give the RDAP service of a domain: the entry with the longest ending that covers it, or "" where none does."""
    labels = domain.lower().split(".")
    endings = {".".join(labels[at:]) for at in range(len(labels))}
    found = [(len(name), url) for name, url in _services(registry) if name.lower() in endings]
    return max(found, default=(0, ""))[1]


def ip_service(registry: Table, address: str) -> str:
    """Give the RDAP service of an address: the entry with the narrowest network around it, or ""."""
    try:
        wanted = ip_address(address)
    except ValueError:
        return ""
    found = [(width, url) for name, url in _services(registry) if (width := _width(name, wanted)) >= 0]
    return max(found, default=(0, ""))[1]


def _width(network: str, address: IPv4Address | IPv6Address) -> int:
    try:
        known = ip_network(network)
    except ValueError:
        return -1
    return known.prefixlen if known.version == address.version and address in known else -1


def _services(registry: Table) -> Iterator[tuple[str, str]]:
    """Give (name, https address) of every entry: `services` is a list of [names, addresses]."""
    rows = registry.get("services")
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, list) or len(row) != 2:
            continue
        secure = next((url for url in _texts(row[1]) if url.startswith("https://")), "")
        if secure:
            yield from ((name, secure) for name in _texts(row[0]))


def _entities(table: object, depth: int) -> Iterator[Table]:
    """Give every entity of an answer, outer ones first."""
    if not isinstance(table, dict) or depth == 0:
        return
    rows = table.get("entities")
    inner = [row for row in (rows if isinstance(rows, list) else [])[:ENTITIES] if isinstance(row, dict)]
    yield from inner
    for row in inner:
        yield from _entities(row, depth - 1)


def _card(entity: Table) -> list[object]:
    """Give the rows of an entity's jCard (RFC 7095: `["vcard", [rows]]`); none for anything of another form."""
    card = entity.get("vcardArray")
    rows = card[1] if isinstance(card, list) and len(card) == 2 else None
    return rows if isinstance(rows, list) else []


def _property(entity: Table, name: str) -> str:
    """Give the first text of a jCard property, or ""."""
    for row in _card(entity)[:ENTITIES]:
        if isinstance(row, list) and len(row) >= 4 and row[0] == name and isinstance(row[3], str):
            return row[3].strip()
    return ""


def _texts(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
