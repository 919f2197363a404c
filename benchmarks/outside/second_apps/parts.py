"""What every set here shares: the item, and which half it falls into."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One file to be made: FAMILY and SEED place it in a half, BUILD gives its bytes, TRUTH what is true of it."""

    family: str
    seed: int
    suffix: str
    build: Callable[[], bytes]
    truth: dict[str, object] = field(default_factory=dict)

    @property
    def half(self) -> str:
        """`dev` or `held`."""
        return half(self.family, self.seed)


def half(family: str, seed: int) -> str:
    """A third of the families is in dev only, a third in held only, a third in both, item by item."""
    place = hashlib.sha256(("second apps " + family).encode()).digest()[0] % 3
    if place < 2:
        return ("dev", "held")[place]
    return ("dev", "held")[hashlib.sha256(f"{family}#{seed}".encode()).digest()[0] & 1]


def pick(seed: int, salt: str, choices: tuple[str, ...]) -> str:
    """One of CHOICES, the same for the same SEED and SALT."""
    return choices[int.from_bytes(hashlib.sha256(f"{salt}/{seed}".encode()).digest()[:4], "big") % len(choices)]


def noise(seed: int, size: int) -> bytes:
    """SIZE bytes that repeat for the same SEED."""
    out = b""
    while len(out) < size:
        out += hashlib.sha256(f"noise {seed} {len(out)}".encode()).digest()
    return out[:size]
