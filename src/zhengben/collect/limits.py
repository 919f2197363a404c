"""How much a look may cost: seconds, bytes, redirects. Every look has these bounds; none is without."""

from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one look.

    `seconds` bounds the whole look with all its redirects; `max_bytes` bounds one body (after unpacking) and, for a
    browser, everything one connection carries. A look that meets a bound is incomplete, never clean.
    """

    seconds: float = 20.0
    connect_seconds: float = 6.0
    max_bytes: int = 8 * MEGABYTE
    head_bytes: int = 256 * 1024
    # Browsers follow twenty; short links that lead through more than ten only mean to tire out whoever looks.
    redirects: int = 10
    connections: int = 96  # of the proxy at one time


PAGE = Limits()
FILE = Limits(seconds=120.0, max_bytes=256 * MEGABYTE)
