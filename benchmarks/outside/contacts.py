"""Ways to reach somebody, disguised, and texts that hold none."""

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


def contacts() -> Iterator[tuple[str, str, str]]:
    """Give (kind, normalised value, text); kind `none` where there is nothing to find."""
    for line in (DATA / "contacts.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, _, text = line.partition("|")
            kind, _, value = head.partition(" ")
            yield kind, value, text
