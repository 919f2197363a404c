"""The one egress guard: whatever the product fetches, for whatever reason, leaves through here.

Two doors, one rule. `Guard.dial` opens a connection for the product's own downloads; the filtering forward proxy
(`with Guard(...) as guard: guard.url`) does the same for a browser. Either way a name is resolved once, the address it
gave is judged, and that very address is dialled, so a name server that changes its mind changes nothing. Redirects,
WebSockets, sub-resources and tunnels all pass here again (Playwright's own interception misses redirects:
playwright issue 3994).
"""

import select
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from zhengben.collect.addresses import REFUSED_PORTS, RefusedAddressError, numeric, refused
from zhengben.collect.limits import PAGE, Limits
from zhengben.collect.proxy import Proxy
from zhengben.collect.resolve import DnsResolver, Resolver
from zhengben.core.fetched import DnsRecord

# A page asks for some hundreds of addresses; nobody asks for decisions older than several looks.
REMEMBERED = 4096
IDLE_SECONDS = 8.0
IDLE_SOCKETS = 64
RECORDS_SECONDS, RECORDS_NAMES = 120.0, 256  # three clients look at one page within seconds: its records are asked once
# Only what name servers say for certain; one that is silent has not said that the name is gone.
GONE = frozenset({socket.EAI_NONAME, socket.EAI_NODATA})


@dataclass(frozen=True, slots=True)
class Passage:
    """One decision of the guard: `refused` is empty where the connection was allowed, else why it was not.

    Besides the words of `zhengben.collect.addresses.refused` it may be dns_gone, dns_failed or service_port.
    """

    host: str
    port: int
    address: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a connection really goes: the judged address and port for a host asked for."""

    host: str
    port: int
    address: str
    dial_port: int


class Guard:
    """Decides and dials. As a context manager it also opens the forward proxy on loopback.

    `allow_hosts` are explicit exceptions, each `host:port` or `address:port` (`[v6]:port`); everything else that is
    not public is refused. Safe to share between threads.
    """

    def __init__(
        self, resolver: Resolver | None = None, allow_hosts: Iterable[str] = (), limits: Limits = PAGE
    ) -> None:
        """Set the rule; nothing is opened before the first use."""
        self.resolver: Resolver = resolver or DnsResolver()
        self.allow_hosts = frozenset(entry.strip().lower() for entry in allow_hosts if entry.strip())
        self.limits = limits
        self.passages: deque[Passage] = deque(maxlen=REMEMBERED)
        self.count = 0
        self._idle: dict[tuple[str, int, str], list[tuple[float, socket.socket]]] = {}
        self._records: dict[str, tuple[float, tuple[DnsRecord, ...]]] = {}
        self._lock = threading.Lock()
        self._proxy: Proxy | None = None

    def __enter__(self) -> Self:
        """Open the proxy."""
        self._proxy = Proxy(self.dial, self.limits)
        self._proxy.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the proxy and every connection it carries."""
        self.close()

    def close(self) -> None:
        """Close the proxy and the idle connections; the guard can be used again."""
        if self._proxy:
            self._proxy.stop()
            self._proxy = None
        with self._lock:
            idle, self._idle = self._idle, {}
        for _, connection in (pair for pairs in idle.values() for pair in pairs):
            connection.close()

    @property
    def url(self) -> str:
        """Give the address of the proxy; raise RuntimeError where it is not open."""
        if self._proxy is None:
            raise RuntimeError("the guard's proxy is not open; use `with Guard(...) as guard`")
        return f"http://127.0.0.1:{self._proxy.port}"

    @property
    def port(self) -> int:
        """Give the port of the proxy."""
        return int(self.url.rpartition(":")[2])

    def serve(self, listener: socket.socket) -> None:
        """Serve the proxy on a further listening socket too, such as one inside a browser's network namespace."""
        if self._proxy is None:
            listener.close()
            raise RuntimeError("the guard's proxy is not open; use `with Guard(...) as guard`")
        self._proxy.serve(listener)

    def since(self, count: int) -> tuple[Passage, ...]:
        """Give the decisions taken after `count` of them had been taken (see `Guard.count`), oldest first."""
        with self._lock:
            fresh = self.count - count
            return tuple(self.passages)[-fresh:] if fresh > 0 else ()

    def records(self, host: str) -> tuple[DnsRecord, ...]:
        """Give the DNS records of a name for the evidence; none where the resolver keeps no such book."""
        name = host.strip("[]").lower().rstrip(".")
        with self._lock:
            since, known = self._records.get(name, (0.0, ()))
        if since and time.monotonic() - since < RECORDS_SECONDS:
            return known
        ask = getattr(self.resolver, "records", None)
        found: tuple[DnsRecord, ...] = ask(name) if ask else ()
        with self._lock:
            if len(self._records) >= RECORDS_NAMES:
                self._records.clear()
            self._records[name] = (time.monotonic(), found)
        return found

    def judge(self, host: str, port: int) -> Target:
        """Resolve once and decide.

        Raises:
            RefusedAddressError: the address is not public and not among the exceptions.
            OSError: the name could not be resolved (`socket.gaierror`, see `zhengben.collect.resolve`).
        """
        name = host.strip("[]").lower().rstrip(".")
        # An address in any spelling is judged as one: 2130706433 is 127.0.0.1 to every system library.
        literal = numeric(name)
        try:
            address, dial_port = (str(literal), port) if literal else self.resolver.resolve(name, port)
        except OSError as error:
            gone = isinstance(error, socket.gaierror) and error.errno in GONE
            self._note(Passage(name, port, "", "dns_gone" if gone else "dns_failed"))
            raise
        why = self._why(name, port, address, dial_port)
        self._note(Passage(name, port, address, why))
        if why:
            raise RefusedAddressError(
                f"{name}:{port} leads to {address}, which is {why}; the egress guard does not go there"
            )
        return Target(name, port, address, dial_port)

    def _note(self, passage: Passage) -> None:
        with self._lock:
            self.count += 1
            self.passages.append(passage)

    def _why(self, name: str, port: int, address: str, dial_port: int) -> str:
        # Name or address, with its port: an exception for one service of a machine must not open the others.
        if {_spell(name, port), _spell(address, dial_port)} & self.allow_hosts:
            return ""
        number = numeric(address)
        if number is None:
            return "not_an_address"
        return refused(number) or ("service_port" if {port, dial_port} & REFUSED_PORTS else "")

    def dial(self, host: str, port: int, seconds: float | None = None) -> tuple[socket.socket, str]:
        """Open a connection to a judged address; give it with the address dialled. Raises as `judge`, and OSError."""
        target = self.judge(host, port)
        return self.open(target, seconds), target.address

    def open(self, target: Target, seconds: float | None = None) -> socket.socket:
        """Open a connection to a target that was judged just now."""
        wait = min(seconds or self.limits.connect_seconds, self.limits.connect_seconds)
        connection = socket.create_connection((target.address, target.dial_port), timeout=wait)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def take_idle(self, target: Target, server_name: str) -> socket.socket | None:
        """Give an idle connection to that address (for TLS: to that server name), or None."""
        key = (target.address, target.dial_port, server_name)
        with self._lock:
            pairs = self._idle.get(key, [])
            while pairs:
                since, connection = pairs.pop()
                if time.monotonic() - since < IDLE_SECONDS and _silent(connection):
                    return connection
                connection.close()
        return None

    def keep_idle(self, target: Target, server_name: str, connection: socket.socket) -> None:
        """Keep a connection whose last answer was read whole for the next look at the same address."""
        key = (target.address, target.dial_port, server_name)
        with self._lock:
            if sum(map(len, self._idle.values())) < IDLE_SOCKETS:
                self._idle.setdefault(key, []).append((time.monotonic(), connection))
                return
            # All at once instead of the oldest: what is kept is a favour to speed, and order is not worth a book.
            stale, self._idle = self._idle, {key: [(time.monotonic(), connection)]}
        for _, old in (pair for pairs in stale.values() for pair in pairs):
            old.close()


def _silent(connection: socket.socket) -> bool:
    # Readable while nothing was asked means closed, or an answer nobody asked for: either way not to be used again.
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return not poll.poll(0)


def _spell(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
