"""Plain downloads: what a server answers one client, as it answered, with every redirect judged again.

`fetch` never raises for what a server does: a failure is a code of `zhengben.core.fetched.FAILURES` and a detail.
"""

import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from functools import cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from zhengben.collect.addresses import RefusedAddressError
from zhengben.collect.guard import GONE, Guard, Target
from zhengben.collect.limits import PAGE, Limits
from zhengben.collect.profiles import headers
from zhengben.collect.wire import Answer, ask
from zhengben.core.fetched import Fetched, Hop, Profile

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_NONE = Answer(0, (), b"")  # stands in where nothing came back, so that every field has a value
_SAFE = "/:?#[]@!$&'()*+,;=%~-._|"


class BadUrlError(ValueError):
    """Not an http or https address."""


@dataclass(frozen=True, slots=True)
class Place:
    """A URL taken apart: what to dial and what to ask for."""

    scheme: str
    host: str
    port: int
    path: str
    authority: str

    @property
    def url(self) -> str:
        """Give the URL again, without fragment and credentials."""
        return f"{self.scheme}://{self.authority}{self.path}"


def place(url: str) -> Place:
    """Take an address apart; raise BadUrlError for anything that is not http or https.

    >>> place("http://微粒贷.cn/下载?a=1#x").url
    'http://xn--g5t065dinl.cn/%E4%B8%8B%E8%BD%BD?a=1'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise BadUrlError(f"{url[:200]!r} is not an address: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise BadUrlError(f"{url[:200]!r} is not an http or https address")
    host = _ascii(parts.hostname)
    default = _PORTS[parts.scheme]
    path = _path(parts)
    shown = f"[{host}]" if ":" in host else host
    return Place(parts.scheme, host, port or default, path, shown if port in {None, default} else f"{shown}:{port}")


def _path(parts: SplitResult) -> str:
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return quote(parts.path or "/", safe=_SAFE) + query


def _ascii(host: str) -> str:
    if host.isascii():
        if any(c <= " " or c in '"<>\\^`{|}\x7f' for c in host):
            raise BadUrlError(f"{host[:200]!r} is not a hostname")
        return host
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise BadUrlError(f"{host[:200]!r} is not a hostname: {error}") from error


def fetch(url: str, profile: Profile, guard: Guard, limits: Limits = PAGE) -> Fetched:
    """Fetch one address as one client; follow redirects, each judged by the guard; give what came."""
    end = time.monotonic() + limits.seconds
    look = _Look(url, profile, guard, limits, end)
    here = url
    for _ in range(limits.redirects + 1):
        try:
            spot = place(here)
        except BadUrlError as error:
            return look.give(here, failure="bad_answer", detail=str(error))
        failed = look.step(spot)
        if failed is not None:
            return failed
        target = look.redirect()
        if not target:
            return look.give(spot.url)
        here = urljoin(spot.url, target)
    return look.give(here, failure="too_many_redirects", detail=f"more than {limits.redirects} redirects")


class _Look:
    """One fetch under way: its hops and the last answer."""

    def __init__(self, url: str, profile: Profile, guard: Guard, limits: Limits, end: float) -> None:
        self.url, self.profile, self.guard, self.limits, self.end = url, profile, guard, limits, end
        self.hops: list[Hop] = []
        self.answer: Answer | None = None
        self.address = ""
        self.note = ""

    def step(self, spot: Place) -> Fetched | None:
        """Make one request; give the finished look where it failed, else None."""
        self.answer = None
        self.address = ""
        try:
            target = self.guard.judge(spot.host, spot.port)
        except OSError as error:
            self.hops.append(Hop(spot.url, 0))
            return self.give(spot.url, failure=_unresolved(error), detail=str(error))
        self.address = target.address
        try:
            self.answer = self._ask(spot, target)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.hops.append(Hop(spot.url, 0, self.address))
            return self.give(spot.url, failure=_failure(error), detail=str(error) or type(error).__name__)
        self.hops.append(Hop(spot.url, self.answer.status, self.address))
        return None

    def redirect(self) -> str:
        """Give where the last answer sends us, or an empty string."""
        if self.answer is None or self.answer.status not in _REDIRECTS:
            return ""
        return next((value for key, value in self.answer.headers if key.lower() == "location"), "")

    def _ask(self, spot: Place, target: Target) -> Answer:
        name = spot.host if spot.scheme == "https" else ""
        request = _request(spot, self.profile)
        used = self.guard.take_idle(target, name)
        if used is not None:
            try:
                return self._read(used, request, target, name)
            except (OSError, http.client.HTTPException):
                used.close()  # the server had closed it; a fresh one decides
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the look is over its time")
        connection = self.guard.open(target, left)
        if name:
            connection = self._tls(connection, spot, target)
        return self._read(connection, request, target, name)

    def _read(self, connection: socket.socket, request: bytes, target: Target, name: str) -> Answer:
        try:
            answer = ask(connection, request, self.end, self.limits.max_bytes)
        except BaseException:
            connection.close()
            raise
        if answer.reusable:
            self.guard.keep_idle(target, name, connection)
        else:
            connection.close()
        return answer

    def _tls(self, connection: socket.socket, spot: Place, target: Target) -> socket.socket:
        try:
            return _wrap(_context(verify=True), connection, spot.host)
        except ssl.SSLCertVerificationError as error:
            # A victim can click through the warning, so we look too, and say that the certificate does not hold.
            self.note = f"tls_unverified: {error.verify_message}"
        return _wrap(_context(verify=False), self.guard.open(target, self.end - time.monotonic()), spot.host)

    def give(self, final_url: str, failure: str = "", detail: str = "") -> Fetched:
        """Give what came of the look."""
        answer = self.answer or _NONE
        return Fetched(
            url=self.url,
            final_url=final_url,
            profile=self.profile.name,
            vantage=self.profile.vantage,
            status=answer.status if self.answer else None,
            headers=answer.headers,
            body=answer.body,
            hops=tuple(self.hops),
            address=self.address,
            failure=failure or answer.failure,
            detail=detail or answer.detail or self.note,
        )


def _wrap(context: ssl.SSLContext, connection: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return context.wrap_socket(connection, server_hostname=host)
    except BaseException:
        connection.close()
        raise


@cache
def _context(*, verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _request(spot: Place, profile: Profile) -> bytes:
    lines = [f"GET {spot.path} HTTP/1.1", f"Host: {spot.authority}", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in headers(profile)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def _unresolved(error: OSError) -> str:
    if isinstance(error, RefusedAddressError):
        return "refused_address"
    return "dns_gone" if isinstance(error, socket.gaierror) and error.errno in GONE else "dns_failed"


def _failure(error: BaseException) -> str:
    if isinstance(error, ssl.SSLError):
        return "tls_failed"
    if isinstance(error, TimeoutError):
        return "timeout"
    # http.client.RemoteDisconnected is both a ConnectionError and bad HTTP: nothing was answered.
    return "connect_failed" if isinstance(error, OSError) else "bad_answer"
