"""The public's question: look without fetching, ask what two people confirmed before, and answer. Nothing is kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from zhengben.core.brand import Brand
from zhengben.core.differing import differing
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.flow.asked import fitted
from zhengben.flow.typed import asked_about
from zhengben.names.api import Pack, find_names, match_host, pack
from zhengben.publish.answer import Answer, Known, compose
from zhengben.store.keys import case_key, host_of
from zhengben.store.queries_rim import confirmed

LONGEST = 4000  # characters of one question
KINDS = {"url": "", "text": "text", "phone": "phone", "app": "app_listing"}  # what a form offers, as kinds of lead
MOST_SPELLINGS = 3
_LINE = 40  # characters of one number with the words beside it
_HOSTS = frozenset({"url", "domain"})


class Looked(Protocol):
    """What a look gave (`flow.look.Look`)."""

    @property
    def sighting(self) -> Sighting:
        """The facts."""
        ...

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict."""
        ...

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Ways to reach whoever is behind it."""
        ...


@dataclass(frozen=True, slots=True)
class Spelling:
    """An address or name in what was typed, and the positions of its characters that are not the genuine ones."""

    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer, what it was made of, and the addresses and names in it that are spelled to deceive."""

    answer: Answer
    looked: Looked
    spellings: tuple[Spelling, ...] = ()


def public_check(typed: str, kind: str, brands: tuple[Brand, ...], look: Callable[[str, str], Looked]) -> Checked:
    """Answer one question; raises ValueError where there is nothing to look at. `kind` is a key of `KINDS` or empty."""
    question = asked_about(typed.strip()[:LONGEST])
    looked = _own_number(look(question, KINDS.get(kind, "")), question, look)
    case = confirmed(keys_of(looked))
    known = None
    if case is not None and case.first_notice_at is not None:
        known = Known(number=case.number, brand=case.brand, target=case.locator, since=case.first_notice_at)
    answer = fitted(compose(looked.verdict, brands, known), question, looked.verdict, looked.sighting)
    return Checked(answer, looked, spellings(looked, question, brands))


def _own_number(looked: Looked, question: str, look: Callable[[str, str], Looked]) -> Looked:
    """Look at one number with words beside it as at a number: 微粒贷客服 95384 says no more than the dossier does."""
    numbers = [contact.kind for contact in looked.contacts] == ["phone"]
    if looked.sighting.kind != "text" or not numbers or len(question) > _LINE:
        return looked
    again = look(question, "phone")
    return again if again.verdict.label is Label.OFFICIAL or again.verdict.accuses else looked


def spellings(looked: Looked, question: str, brands: tuple[Brand, ...]) -> tuple[Spelling, ...]:
    """Give the addresses and names that imitate a brand by a changed character, at most three."""
    known = pack(brands)
    hosts = _hosts_spelled(looked, known)
    there = question.casefold()
    told = [host.text for host in hosts if host.text in there]
    names = (name for name in _names_spelled(question, known) if not any(name.text.casefold() in host for host in told))
    return tuple({one.text: one for one in (*hosts, *names)}.values())[:MOST_SPELLINGS]


def _hosts_spelled(looked: Looked, known: Pack) -> list[Spelling]:
    hosts = [looked.sighting.host, *(host_of("url", _link(c.value)) for c in looked.contacts[:20] if c.kind in _HOSTS)]
    readable = dict.fromkeys(host for host in hosts if host and "xn--" not in host)
    hits = (next((hit for hit in match_host(host, known) if hit.positions), None) for host in readable)
    return [Spelling(host, hit.positions) for host, hit in zip(readable, hits, strict=True) if hit]


def _names_spelled(question: str, known: Pack) -> Iterator[Spelling]:
    for name in find_names(question, known, "balanced"):
        marks = differing(name.matched, ((c.index, c.original, c.how) for c in name.characters))
        if 0 < len(marks) < len(name.matched):  # where all of it differs (initials, say) marks would tell nothing
            yield Spelling(name.matched, tuple(sorted(marks)))


def _link(value: str) -> str:
    return value if "://" in value else f"http://{value}"


def keys_of(looked: Looked) -> list[str]:
    """Give the keys under which a case about this target, or about a contact in it, would be kept."""
    pairs: Iterable[tuple[str, str]] = (
        (looked.sighting.kind, looked.sighting.target),
        *(("url" if c.kind in _HOSTS else c.kind, c.value) for c in looked.contacts[:20]),
    )
    keys: list[str] = []
    for kind, value in pairs:
        place = _link(value) if kind == "url" else value
        keys += [case_key(kind, place, host_accused=accused) for accused in (True, False)]
    return list(dict.fromkeys(keys))
