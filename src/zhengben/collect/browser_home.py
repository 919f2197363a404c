"""From a visit to what is brought home: the failure in one code, and what lies beside the page (icon, files, records).

The small downloads run through the egress guard like everything else, as the same client, together, and bounded all
together: a page that offers ten endless files costs no more than one that offers none.
"""

import asyncio
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from zhengben.collect.browser import Bounds
from zhengben.collect.browser_log import Log
from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard, Passage
from zhengben.collect.limits import MEGABYTE, Limits
from zhengben.collect.tls import chain_of
from zhengben.core.fetched import Box, Captured, DnsRecord, Download, Profile, Request
from zhengben.core.handed_out import handed_out

_ICON = Limits(seconds=5.0, max_bytes=MEGABYTE, redirects=3)
_NO_ANSWER = frozenset({"dns_gone", "dns_failed"})
_MOST_BOXES, _MOST_LINES = 400, 2000


@dataclass(slots=True)
class Found:
    """What a visit has reached so far."""

    url: str
    final_url: str = ""
    status: int | None = None
    protocol: str = ""
    read: dict[str, Any] = field(default_factory=dict)
    frames: list[tuple[str, str]] = field(default_factory=list)
    mhtml: bytes = b""
    screenshot: bytes = b""
    chain: tuple[bytes, ...] = ()
    clipped: bool = False
    failure: str = ""
    detail: str = ""


async def bring_home(
    found: Found, log: Log, guard: Guard, bounds: Bounds, profile: Profile, decisions: int
) -> Captured:  # fmt: skip
    """Put together what was seen; `decisions` is how many the guard had taken before the visit."""
    passages = guard.since(decisions)
    addresses = {one.host: one.address for one in passages}
    refused = {one.host: one.refused for one in passages if one.refused}
    final = found.final_url or found.url
    _refused(found, final, passages)
    beside = await asyncio.get_running_loop().run_in_executor(None, _beside, found, log, guard, bounds, profile)
    icon, files, chain, records = beside
    return Captured(
        url=found.url, final_url=final, profile=profile.name, vantage=profile.vantage, status=found.status,
        dom=_document(found), title=str(found.read.get("title") or ""), screenshot=found.screenshot,
        mhtml=found.mhtml, favicon=icon, network=tuple(_request(line, addresses, refused) for line in log.requests),
        downloads=files, boxes=_boxes(found.read.get("boxes") or []), tls_chain=chain, failure=found.failure,
        detail=found.detail, dns=records or _dialled(final, addresses), tls_protocol=found.protocol,
        clipped=found.clipped, notes=log.notes(), began=_moment(log),
        referrer=profile.referrer, region=profile.region,
    )  # fmt: skip


def _refused(found: Found, final: str, passages: tuple[Passage, ...]) -> None:
    """Say that the guard did not go there, where that is why nothing came."""
    refused = {one.host: one for one in passages if one.refused}
    host = _host(final)
    if found.failure not in {"", "connect_failed"} or host not in refused:
        return
    why = refused[host]
    # what the browser drew then is the guard's own answer, and no evidence of anybody else's
    found.status, found.read, found.frames, found.mhtml, found.screenshot = None, {}, [], b"", b""
    found.failure = why.refused if why.refused in _NO_ANSWER else "refused_address"
    found.detail = f"{host} leads to {why.address or 'no address'}: {why.refused}"


def _beside(
    found: Found, log: Log, guard: Guard, bounds: Bounds, profile: Profile
) -> tuple[bytes, tuple[Download, ...], tuple[bytes, ...], tuple[DnsRecord, ...]]:  # fmt: skip
    """Fetch what lies beside a page; nothing of it where nothing of the page came."""
    final = found.final_url or found.url
    files = _files(_offered(found, log), guard, bounds, replace(profile, referrer=final))
    records = guard.records(_host(final)) if log.requests else ()
    if not found.read.get("html"):
        return b"", files, found.chain, records
    # For a certificate it does not trust the browser tells the first of the chain alone; a look of our own tells all.
    chain = found.chain if len(found.chain) > 1 else chain_of(final, guard) or found.chain
    return _icon(found, final, guard, profile), files, chain, records


def _icon(found: Found, final: str, guard: Guard, profile: Profile) -> bytes:
    address = urljoin(final, str(found.read.get("icon") or "/favicon.ico"))
    if not address.startswith(("http://", "https://")):
        return b""
    answer = fetch(address, profile, guard, _ICON)
    return answer.body if answer.status == 200 and answer.complete else b""


def _offered(found: Found, log: Log) -> list[tuple[str, str]]:
    """Give the files a page pushed, then the apps it links to: a victim would tap them, so we take them along."""
    links = [str(box.get("text", "")) for box in found.read.get("boxes") or () if box.get("kind") == "a"]
    apps = [(name_of(link), link) for link in links if link.startswith("http") and handed_out(link)]
    return list({address: (name, address) for name, address in [*apps, *log.offered]}.values()) if apps else log.offered


def name_of(address: str) -> str:
    """Give the file name an address ends in.

    >>> name_of("http://a.cn/d/%E5%BE%AE%E7%B2%92%E8%B4%B7.apk?v=2")
    '微粒贷.apk'
    """
    return unquote(urlsplit(address).path.rpartition("/")[2])[:200] or "download"


def _files(
    offered: list[tuple[str, str]], guard: Guard, bounds: Bounds, profile: Profile
) -> tuple[Download, ...]:  # fmt: skip
    end = time.monotonic() + bounds.download_seconds
    taken = []
    for name, address in list(dict.fromkeys(offered))[: bounds.downloads]:
        left = end - time.monotonic()
        if left <= 0:
            taken.append(Download(name=name, url=address, body=b"", complete=False))
            continue
        answer = fetch(address, profile, guard, Limits(seconds=left, max_bytes=bounds.download_bytes))
        if answer.status is None or answer.status < 400:
            taken.append(Download(name=name, url=address, body=answer.body, complete=answer.complete))
    return tuple(taken)


def _document(found: Found) -> str:
    """Give the document after scripts, then those of its frames, each after a comment that names its address."""
    html = str(found.read.get("html") or "")
    inner = (f"\n<!-- frame {address.replace('--', '%2D%2D')} -->\n{body}" for address, body in found.frames)
    return html + "".join(inner) if html else ""


def _dialled(final: str, addresses: dict[str, str]) -> tuple[DnsRecord, ...]:
    """Give the address that was dialled, where nobody keeps records of the name."""
    host = _host(final)
    address = addresses.get(host, "")
    return (DnsRecord(name=host, kind="AAAA" if ":" in address else "A", value=address),) if address else ()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def _moment(log: Log) -> str:
    if not log.requests:
        return ""
    return datetime.fromtimestamp(log.requests[0]["started"], UTC).isoformat(timespec="milliseconds")


def _request(line: dict[str, Any], addresses: dict[str, str], refused: dict[str, str]) -> Request:
    """Give one line of the log; an answer that the guard gave in a server's place is a failure, never an answer."""
    host = _host(line["url"])
    ours = host in refused and any(name.lower() == "x-egress-guard" for name, _ in line.get("answered", ()))
    return Request(
        url=line["url"], method=line["method"], kind=line["kind"], status=None if ours else line.get("status"),
        address=addresses.get(host, ""), failure=f"egress guard: {refused[host]}" if ours else line.get("failure", ""),
        started=line["started"], seconds=round(line.get("seconds", 0.0), 4), size=-1 if ours else _size(line),
        main=bool(line.get("main")), asked=line.get("asked", ()), answered=() if ours else line.get("answered", ()),
    )  # fmt: skip


def _size(line: dict[str, Any]) -> int:
    """Give the bytes of an answer: as its server said, else as the driver counted, which through a proxy is a guess."""
    told = next((value for name, value in line.get("answered", ()) if name.lower() == "content-length"), "")
    return int(told) if told.isdecimal() and len(told) < 16 else int(line.get("size", -1))


def _boxes(found: list[dict[str, Any]]) -> tuple[Box, ...]:
    return tuple(
        Box(kind=str(b["kind"]), x=b["x"], y=b["y"], width=b["width"], height=b["height"], text=str(b["text"])[:2000])
        for b in found[:_MOST_BOXES]
    )


_CODES = (
    ("ERR_TUNNEL_CONNECTION_FAILED", "connect_failed"), ("ERR_PROXY", "connect_failed"),
    ("ERR_CONNECTION", "connect_failed"),
    ("ERR_EMPTY_RESPONSE", "bad_answer"), ("ERR_INVALID", "bad_answer"),
    ("ERR_TOO_MANY_REDIRECTS", "too_many_redirects"),
    ("ERR_SSL", "tls_failed"), ("ERR_CERT", "tls_failed"), ("ERR_ABORTED", "bad_answer"),
    ("Unable to capture", "crashed"),
    ("ERR_TIMED_OUT", "timeout"), ("Timeout", "timeout"), ("crash", "crashed"), ("closed", "crashed"),
)  # fmt: skip


def code_of(text: str, error: BaseException) -> str:
    """Give the failure of `core.fetched.FAILURES` that an error of the driver means.

    >>> code_of("Page.goto: net::ERR_SSL_PROTOCOL_ERROR at https://a.cn/", ValueError())
    'tls_failed'
    """
    if isinstance(error, TimeoutError):
        return "timeout"
    return next((code for sign, code in _CODES if sign in text), "bad_answer")
