"""The places of the console and what waits in each."""

from dataclasses import dataclass

from zhengben.store.queries_figures import counts


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its name (words under `rail`), its address, how much waits there, and whether that is urgent."""

    name: str
    href: str
    count: int = 0
    due: bool = False


def places() -> tuple[Place, ...]:
    """Give the rail from top to bottom."""
    now = counts()
    return (
        Place("leads", "/leads/", now.leads),
        Place("cases", "/cases/", now.cases),
        Place("notices", "/notices/", now.drafts, due=now.drafts > 0),
        Place("rechecks", "/rechecks/", now.watched),
        Place("disclosure", "/disclosure/"),
        Place("brands", "/brands/"),
        Place("sources", "/sources/", now.silent, due=now.silent > 0),
        Place("people", "/people/"),
        Place("start", "/start/"),
    )
