"""Classifying looks: reads the original from the vault, and asks a host's old address when its name is gone.

A name that is gone while its old address still serves the page is one DNS entry away from its victims: never down.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhengben.collect.download import fetch
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.core.brand import Brand
from zhengben.core.fetched import Fetched
from zhengben.flow.ports import Vault
from zhengben.takedown.original import Original, original_from
from zhengben.takedown.rechecks import classify


@dataclass(frozen=True, slots=True)
class Pinned:
    """A resolver that knows one address by heart; `ports` maps ports asked for to others (the range's)."""

    address: str
    ports: Mapping[int, int]

    def resolve(self, host: str, port: int) -> tuple[str, int]:
        """Give the address remembered."""
        del host
        return self.address, self.ports.get(port, port)


class Rechecker:
    """Gives the state of a look beside the sealed original, for `flow.ports.Adapters.classify`."""

    def __init__(
        self, vault: Vault, brands: Iterable[Brand], allow: Iterable[str] = (), ports: Mapping[int, int] | None = None
    ) -> None:
        """Take the vault with the originals, the brands, and for the range its exceptions and ports."""
        self._vault, self._allow, self._ports = vault, tuple(allow), dict(ports or {})
        self._names = tuple(name for brand in brands for name in (*brand.names.chinese, *brand.names.latin))
        self._known: dict[str, Original] = {}

    def __call__(self, fetched: Fetched, original: Mapping[str, object]) -> str:
        """Give one of `core.recheck.STATES`."""
        if not original:
            return "unknown"
        known = self._original(original)
        direct = self._direct(fetched, known) if fetched.failure == "dns_gone" else None
        return classify(fetched, known, direct)

    def _original(self, original: Mapping[str, object]) -> Original:
        key = json.dumps(original, sort_keys=True)
        if key not in self._known:
            self._known[key] = original_from(original, self._vault.get, str(original.get("kind", "url")), self._names)
        return self._known[key]

    def _direct(self, fetched: Fetched, original: Original) -> Fetched | None:
        """Ask an address the host had, by the host's name."""
        for address in original.addresses:
            guard = Guard(Pinned(address, self._ports), self._allow)
            try:
                answer = fetch(original.url, PROFILES[fetched.profile], guard)
            finally:
                guard.close()
            if not answer.failure:
                return answer
        return None
