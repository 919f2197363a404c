"""What may be spent on the contents of one app, so that no file costs seconds however it is put together.

Every loop over what a file says of itself has a cap of its own, but a file may hold thousands of members that each
reach theirs. They all take from one `Work`, counted in units of about a microsecond; what was left unread is a fact.
"""

from dataclasses import dataclass

MOST = 900_000


@dataclass(slots=True)
class Work:
    """What is left to spend; below nought nothing more is looked at."""

    left: int = MOST

    def spend(self, units: int) -> bool:
        """Take some of it, and tell whether it was there.

        >>> work = Work(5)
        >>> work.spend(5), work.spend(1)
        (True, False)
        """
        self.left -= units
        return self.left >= 0
