"""Looking from elsewhere: the same guard, whose connections leave through a proxy of one's own in another network.

The name is resolved and judged here, and the proxy is asked for that very address, so a far vantage can reach no more
than a near one. What differs is where the target sees the visitor come from.
"""

import socket
from collections.abc import Iterable

from zhengben.collect.guard import Guard, Target
from zhengben.collect.limits import PAGE, Limits
from zhengben.collect.resolve import Resolver

ANSWER_BYTES = 8192


class FarGuard(Guard):
    """A guard that dials through an HTTP proxy with CONNECT (RFC 9110, section 9.3.6)."""

    def __init__(
        self,
        proxy: tuple[str, int],
        resolver: Resolver | None = None,
        allow_hosts: Iterable[str] = (),
        limits: Limits = PAGE,
    ) -> None:
        """Take the proxy's host and port; the rest is as for a near guard."""
        super().__init__(resolver, allow_hosts, limits)
        self.proxy = proxy

    def open(self, target: Target, seconds: float | None = None) -> socket.socket:
        """Open a tunnel to a judged address; raise ConnectionError where the proxy does not give one."""
        wait = min(seconds or self.limits.connect_seconds, self.limits.connect_seconds)
        connection = socket.create_connection(self.proxy, timeout=wait)
        try:
            self._tunnel(connection, target)
        except BaseException:
            connection.close()
            raise
        return connection

    def _tunnel(self, connection: socket.socket, target: Target) -> None:
        shown = f"[{target.address}]" if ":" in target.address else target.address
        place = f"{shown}:{target.dial_port}"
        connection.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode("ascii"))
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            byte = connection.recv(1)  # not one byte of the target's own answer may be taken
            if not byte or len(answer) > ANSWER_BYTES:
                raise ConnectionError(f"the proxy {self.proxy[0]}:{self.proxy[1]} broke off; check that it is up")
            answer += byte
        status = answer.split(b" ", 2)[1:2]
        if status != [b"200"]:
            said = answer.split(b"\r\n", 1)[0].decode("ascii", "replace")
            raise ConnectionError(f"the proxy {self.proxy[0]}:{self.proxy[1]} gave no tunnel: {said}")
