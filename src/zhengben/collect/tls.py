"""The certificates a server shows, seen through the egress guard."""

import contextlib
import ssl
from typing import Any
from urllib.parse import urlsplit

from zhengben.collect.guard import Guard

MOST = 8
DER = 2  # `_ssl.ENCODING_DER`


def chain_of(url: str, guard: Guard) -> tuple[bytes, ...]:
    """Give the DER certificates of the server at an https address, its own first; empty for http or where it fails.

    Nothing is verified: what is shown is the fact. Where the standard library cannot give the chain, the server's own
    certificate stands alone.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        return ()
    if parts.scheme != "https":
        return ()
    context = ssl.create_default_context()
    # False sites often show false certificates: to refuse them would be to see nothing of them.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with contextlib.suppress(OSError, ValueError):
        connection, _ = guard.dial(host, port)
        with connection, context.wrap_socket(connection, server_hostname=host) as secured:
            return _chain(secured)
    return ()


def _chain(secured: Any) -> tuple[bytes, ...]:
    whole = getattr(secured, "get_unverified_chain", None)
    if whole is not None:
        return tuple(bytes(one) for one in whole()[:MOST])
    # Before Python 3.13 only the object behind the socket can tell; where it cannot either, one certificate is kept.
    inner = getattr(getattr(secured, "_sslobj", None), "get_unverified_chain", None)
    if inner is not None:
        return tuple(one.public_bytes(DER) for one in (inner() or ())[:MOST])
    own = secured.getpeercert(binary_form=True)
    return (own,) if own else ()
