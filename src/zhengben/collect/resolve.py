"""From a name to the one address that will be dialled.

A resolver is anything with `resolve(host, port) -> (address, port)` that raises an OSError where it cannot. The
training range brings its own. `socket.gaierror` with EAI_NONAME or EAI_NODATA says that the name is gone; every other
OSError says only that we do not know.
"""

import importlib
import socket
from typing import Any, Protocol

from zhengben.collect.addresses import numeric

SECONDS = 5.0


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
        found = self._ask(host, "A") or self._ask(host, "AAAA")
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} has no address")
        return found, port

    def _ask(self, host: str, kind: str) -> str:
        stub, errors = self._engine()
        try:
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
        if self._stub is None:
            self._stub = library.Resolver(configure=not self._servers)
            if self._servers:
                self._stub.nameservers, self._stub.port = list(self._servers), self._port
        return self._stub, importlib.import_module("dns")
