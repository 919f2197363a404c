"""What came back when somebody went to look: plain downloads, browser captures, and why a look failed.

The shapes live here because the rooms that collect, examine, seal and recheck all speak of them.
"""

from dataclasses import dataclass, field

FAILURES = (
    "refused_address",  # the egress guard will not go to a private, loopback, link-local or metadata address
    "dns_gone",  # the name does not resolve (NXDOMAIN or no address)
    "dns_failed",  # the resolver did not answer
    "connect_failed",
    "tls_failed",
    "timeout",
    "too_big",
    "too_many_redirects",
    "bad_answer",
    "capture_unavailable",  # no browser on this machine
    "crashed",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A client as a server sees it. `name` is one of `desktop`, `mobile`, `wechat` or a later one.

    `vantage` names the network it leaves through; `region` is what the client itself tells (time zone, place).
    """

    name: str
    user_agent: str
    language: str = "zh-CN"
    referrer: str = ""
    vantage: str = "here"
    region: str = ""  # where the client says it is: a code of `collect.regions`, or empty for the mainland


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a redirect chain."""

    url: str
    status: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One plain download as one profile saw it; `failure` is empty or one of `FAILURES`."""

    url: str
    final_url: str
    profile: str
    vantage: str = "here"
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    hops: tuple[Hop, ...] = ()
    address: str = ""
    failure: str = ""
    detail: str = ""

    @property
    def complete(self) -> bool:
        """Tell whether the whole answer arrived."""
        return not self.failure

    def header(self, name: str) -> str:
        """Give the first header of that name, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of a capture's network log: what a HAR entry needs, but for bodies.

    `started` is seconds since 1970 (UTC), `seconds` how long it took, `size` the bytes of the answer as they came, or
    -1 where nobody counted. `main` tells that the visited page itself was moved by it: those lines are the redirects.
    """

    url: str
    method: str = "GET"
    kind: str = ""
    status: int | None = None
    address: str = ""
    failure: str = ""
    started: float = 0.0
    seconds: float = 0.0
    size: int = -1
    main: bool = False
    asked: tuple[tuple[str, str], ...] = ()  # request headers
    answered: tuple[tuple[str, str], ...] = ()  # response headers


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord:
    """One record of a name as it was answered: `kind` is A, AAAA, CNAME, NS, MX, TXT, SOA or CAA.

    `ttl` is in seconds, or -1 where only the address that was dialled is known.
    """

    name: str
    kind: str
    value: str
    ttl: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file a page handed out: the name it offered, and its bytes (capped)."""

    name: str
    url: str
    body: bytes
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a capture in CSS pixels: what it shows (`img`, `svg`, `input`, `a`) and its text or source."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """One page in a real browser as one profile saw it.

    `screenshot` is PNG, one pixel a CSS pixel; `mhtml` the page as Chromium archives it, `dom` the HTML after scripts.
    An incomplete capture still holds its network log and whatever was seen before it was closed. `clipped` tells that
    the page went on below the picture. `notes` count what the page did to whoever looks, as `code=number`
    (`dialogs=20`, `windows=50`, `navigations=31`). `began` is the moment of the first request, UTC, ISO 8601.
    `referrer` and `region` are where the client said that it came from and that it was; empty where it said nothing.
    """

    url: str
    final_url: str
    profile: str
    vantage: str = "here"
    status: int | None = None
    dom: str = ""
    title: str = ""
    screenshot: bytes = b""
    mhtml: bytes = b""
    favicon: bytes = b""
    network: tuple[Request, ...] = ()
    downloads: tuple[Download, ...] = ()
    boxes: tuple[Box, ...] = ()
    tls_chain: tuple[bytes, ...] = ()
    failure: str = ""
    detail: str = ""
    dns: tuple[DnsRecord, ...] = ()
    tls_protocol: str = ""
    clipped: bool = False
    notes: tuple[str, ...] = ()
    began: str = ""
    referrer: str = ""
    region: str = ""

    @property
    def complete(self) -> bool:
        """Tell whether the page was seen whole."""
        return not self.failure and not self.clipped

    @property
    def redirects(self) -> tuple[Request, ...]:
        """Give the addresses the visited page went through, the one asked for first, the one shown last."""
        return tuple(one for one in self.network if one.main)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything brought home from one target: plain downloads and captures, one a profile."""

    fetched: tuple[Fetched, ...] = ()
    captured: tuple[Captured, ...] = field(default_factory=tuple)
