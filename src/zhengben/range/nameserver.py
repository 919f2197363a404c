"""The name server of the small internet, and the resolver that asks it. Real packets over UDP on loopback."""

import contextlib
import socket
import threading
from collections.abc import Callable

from dnslib import QTYPE, RCODE, RR, A, DNSRecord

TTL = 60
SECONDS = 3.0


class NameServer:
    """Answers A questions with what `lookup` says: an address, or an empty string for a name that does not exist."""

    def __init__(self, lookup: Callable[[str], str]) -> None:
        """Take the look-up; nothing is opened before `start`."""
        self._lookup = lookup
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._thread = threading.Thread(target=self._serve, name="range-names", daemon=True)

    def start(self) -> None:
        """Open a port on loopback and answer in a thread of its own."""
        self._socket.bind(("127.0.0.1", 0))
        self._thread.start()

    @property
    def port(self) -> int:
        """Give the port."""
        return int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Stop answering."""
        # An empty packet wakes the thread out of its wait; closing the socket under it would not on every system.
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
            bell.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(SECONDS)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            packet, sender = self._socket.recvfrom(4096)
            if not packet:
                return
            with contextlib.suppress(Exception):  # a broken question gets no answer, and the next one does
                self._socket.sendto(self._answer(packet), sender)

    def _answer(self, packet: bytes) -> bytes:
        question = DNSRecord.parse(packet)
        name = str(question.q.qname).rstrip(".").lower()
        reply = question.reply()
        address = self._lookup(name)
        if not address:
            # NXDOMAIN and not an empty answer: a recheck must tell a name that is gone from one without an address.
            reply.header.rcode = RCODE.NXDOMAIN
        elif question.q.qtype == QTYPE.A:
            reply.add_answer(RR(question.q.qname, QTYPE.A, rdata=A(address), ttl=TTL))
        return bytes(reply.pack())


class RangeResolver:
    """Asks the range's name server, as one vantage: the ports of the web are that vantage's own.

    `ports` maps the port asked for (80) to the port on loopback. Raises `socket.gaierror` as a system resolver does.
    """

    def __init__(self, server_port: int, ports: dict[int, int], clock: Callable[[], object]) -> None:
        """Take the name server's port, the vantage's web ports, and the clock: answers hold until it moves."""
        self._server, self._ports, self._clock = ("127.0.0.1", server_port), ports, clock
        self._answers: dict[str, str] = {}
        self._answered_at: object = None

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Give the address and the port to dial."""
        address = self._known(host)
        if not address:
            raise socket.gaierror(socket.EAI_NONAME, f"{host} does not exist")
        if port not in self._ports:
            raise ConnectionRefusedError(f"nothing listens on port {port} of {host}")
        return address, self._ports[port]

    def _known(self, host: str) -> str:
        """Remember answers for the moment, as every resolver does for a while."""
        now = self._clock()
        if now != self._answered_at:
            self._answers, self._answered_at = {}, now
        if host not in self._answers:
            self._answers[host] = self._ask(host)
        return self._answers[host]

    def _ask(self, host: str) -> str:
        question = DNSRecord.question(host)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.settimeout(SECONDS)
            client.sendto(question.pack(), self._server)
            try:
                reply = DNSRecord.parse(client.recv(4096))
            except TimeoutError as error:
                # EAI_AGAIN, not EAI_NONAME: no answer must never read as "the name is gone".
                raise socket.gaierror(socket.EAI_AGAIN, f"no name server answered for {host}") from error
        for record in reply.rr:
            if record.rtype == QTYPE.A:
                return str(record.rdata)
        return ""
