"""What the small internet was told from outside, line by line, so that a world that died can be brought up again.

A world is made of its scenario, its seed and the letters it received: the same three give the same world at any moment.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from zhengben.range.mailbox import Received


class Journal:
    """A file of letters, in the order they came."""

    def __init__(self, path: Path) -> None:
        """Use the file at `path`; it is made with the first letter."""
        self.path = path

    def append(self, at: datetime, letter: Received) -> None:
        """Write one letter down before anything follows from it."""
        line = json.dumps({"at": at.isoformat(), **asdict(letter)}, ensure_ascii=True)
        with self.path.open("a", encoding="ascii") as file:
            file.write(f"{line}\n")

    def read(self) -> Iterator[tuple[datetime, Received]]:
        """Give every letter with its moment. A line that a crash cut short was not answered yet: it is left out."""
        if not self.path.exists():
            return
        for line in self.path.read_text("ascii").splitlines(keepends=True):
            if line.endswith("\n"):
                told = json.loads(line)
                yield datetime.fromisoformat(told.pop("at")), Received(**told)

    def forget(self) -> None:
        """Begin anew."""
        self.path.unlink(missing_ok=True)
