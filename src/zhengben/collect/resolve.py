"""From a name to the one address that will be dialled.

A resolver is anything with `resolve(host, port) -> (address, port)` that raises an OSError where it cannot. The
training range brings its own. `socket.gaierror` with EAI_NONAME or EAI_NODATA says that the name is gone; every other
OSError says only that we do not know.
"""

import importlib
import socket
import time
from typing import Any, Protocol

from zhengben.collect.addresses import numeric
from zhengben.core.fetched import DnsRecord

SECONDS = 5.0
RECORD_SECONDS = 4.0  # for all records of one name together: they are kept for the record, nothing waits for them
KINDS = ("A", "AAAA", "MX", "TXT", "CAA")
MOST_RECORDS, LONGEST_VALUE = 60, 500


class Resolver(Protocol):
    """Turns a name and a port into the address and port to dial; raises OSError."""

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Give the numeric address and port to dial."""


class DnsResolver:
    """Asks the name servers of this machine, A first and AAAA where there is no A. No search suffixes, no hosts file.

    `servers` replaces the machine's own name servers (addresses), `port` theirs.
    """

    def __init__(self, servers: tuple[str, ...] = (), port: int = 53) -> None:
        """Read the system's configuration when the first name is asked for."""
        self._servers, self._port = servers, port
        self._stub: Any = None

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Give the first address of a name.

        Raises:
            socket.gaierror: EAI_NONAME where the name or its addresses do not exist, EAI_AGAIN where nobody answered.
        """
        literal = numeric(host)
        if literal is not None:
            return str(literal), port
        # A first: many machines have no way to IPv6, and an address nobody can dial looks like a server that is down.
        found = self._ask(host, "A") or self._ask(host, "AAAA")
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        return found, port

    def records(self, host: str) -> tuple[DnsRecord, ...]:
        """Give what the name servers hold of a name: its addresses and aliases, mail, texts, and its zone's servers.

        For the evidence only: nothing is dialled by it, and what nobody answers in time is left out.
        """
        name = host.strip("[]").lower().rstrip(".")
        if not name or numeric(name) is not None:
            return ()
        end = time.monotonic() + RECORD_SECONDS
        found = [row for kind in KINDS for row in self._rows(name, kind, end)]
        found += self._zone(name, end)
        return tuple(dict.fromkeys(found))[:MOST_RECORDS]

    def _zone(self, name: str, end: float) -> list[DnsRecord]:
        """Give name servers and SOA of the zone a name lies in: of the first name above it that has any."""
        labels = name.split(".")
        for start in range(max(1, len(labels) - 1)):
            above = ".".join(labels[start:])
            rows = [row for row in self._rows(above, "NS", end) if row.kind == "NS"]
            if rows:
                return rows + [row for row in self._rows(above, "SOA", end) if row.kind == "SOA"]
        return []

    def _rows(self, name: str, kind: str, end: float) -> list[DnsRecord]:
        stub, errors = self._engine()
        left = end - time.monotonic()
        if left <= 0:
            return []
        try:
            answer = stub.resolve(name + ".", kind, lifetime=min(left, 2.0), search=False, raise_on_no_answer=False)
        except errors.exception.DNSException:
            return []
        return [
            DnsRecord(
                name=str(group.name).rstrip("."), kind=errors.rdatatype.to_text(group.rdtype),
                value=str(one)[:LONGEST_VALUE], ttl=int(group.ttl),
            )
            for group in answer.response.answer
            for one in group
        ]  # fmt: skip

    def _ask(self, host: str, kind: str) -> str:
        stub, errors = self._engine()
        try:
            # The dot at the end, and no search list: `weilidai` must never become a host of our own network.
            answer = stub.resolve(host + ".", kind, lifetime=SECONDS, search=False)
        except errors.resolver.NXDOMAIN as error:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} does not exist") from error
        except errors.resolver.NoAnswer:
            return ""
        except errors.exception.DNSException as error:
            raise socket.gaierror(socket.EAI_AGAIN, f"no name server answered for {host}: {error}") from error
        return str(answer[0])

    def _engine(self) -> tuple[Any, Any]:
        # Loaded on the first question: the worker that only fetches from the range never pays for it.
        library = importlib.import_module("dns.resolver")
        importlib.import_module("dns.rdatatype")
        if self._stub is None:
            self._stub = library.Resolver(configure=not self._servers)
            if self._servers:
                self._stub.nameservers, self._stub.port = list(self._servers), self._port
        return self._stub, importlib.import_module("dns")
