"""How often one address may ask: a leaky bucket each, kept in memory and forgotten. No address is ever written down."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

# Enough for a busy day; the one asked least recently is forgotten, so that memory cannot be filled from outside.
REMEMBERED = 10_000


def neighbourhood(address: str) -> str:
    """Give what counts as one asker: an IPv4 address, or the /64 an IPv6 address stands in.

    >>> neighbourhood("2001:db8:1:2:3::4")
    '2001:db8:1:2::/64'
    >>> neighbourhood("203.0.113.9")
    '203.0.113.9'
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if ip.version == 4:
        return str(ip)
    # A home with IPv6 has 2^64 addresses: counted singly, anybody could ask for ever.
    return str(ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


@dataclass(slots=True)
class Limiter:
    """Allow `burst` questions at once and `per_minute` in the long run, for each asker. Thread-safe.

    >>> limiter = Limiter(burst=2, per_minute=60)
    >>> [limiter.allows("a", 0.0) for _ in range(3)], limiter.allows("a", 1.0)
    ([True, True, False], True)
    """

    burst: int
    per_minute: int
    _level: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def allows(self, asker: str, now: float) -> bool:
        """Count one question of `asker` at `now` (monotonic seconds) and tell whether it is allowed."""
        with self._lock:
            level, at = self._level.pop(asker, (0.0, now))
            level = max(0.0, level - (now - at) * self.per_minute / 60)
            allowed = level + 1 <= self.burst
            self._level[asker] = (level + 1 if allowed else level, now)
            while len(self._level) > REMEMBERED:
                self._level.popitem(last=False)
            return allowed
