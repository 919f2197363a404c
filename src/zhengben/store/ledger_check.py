"""Holding the record against its ledger: the chain from its first line, then every row, column by column.

Reads without a lock, so work goes on meanwhile; whatever looks wrong is looked at once more under the ledger's lock
before it is called wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import transaction

from zhengben.store.chain import bound_row, digest, fields_of, line_of, moment, rows_digest
from zhengben.store.lead_life import MACHINES
from zhengben.store.models import Answer, Event, Exhibit, Lead, LedgerHead, Recheck, RightRenewal, Stateful

Lock = Callable[[], object]
_SEALS = ("seal", "sealed_again")
_CHUNK = 2000


@dataclass(slots=True)
class _Told:
    """What the events say of one row: version, state, and the bound columns they gave a value."""

    ver: int = 0
    state: str = ""
    sets: dict[str, Any] = field(default_factory=dict)

    def hear(self, event: Event) -> None:
        """Take one more event in, in order."""
        self.ver, self.state = event.ver, event.after
        if event.sets is None:
            self.sets |= _implied(event)
        else:
            # every event takes a row off a person's desk unless it says the contrary
            self.sets |= {"needs_human": False, **event.sets}


def chain_problems(limit: int) -> list[str]:
    """Recompute the chain; give what is wrong with it, at most `limit` lines."""
    problems: list[str] = []
    seq, prev = 0, "0" * 64
    head = LedgerHead.objects.get(id=1)
    for event in Event.objects.filter(seq__lte=head.seq).order_by("seq").iterator(chunk_size=_CHUNK):
        seq += 1
        if event.seq != seq or event.prev != prev or event.hash != digest(event.seq, prev, line_of(event)):
            problems.append(f"event {event.seq}: does not follow from the one before it")
            if len(problems) >= limit:
                return problems
        seq, prev = event.seq, event.hash
    if (head.seq, head.hash) != (seq, prev):
        problems.append(f"the ledger ends at event {seq} but its head says {head.seq}")
    return problems


def row_problems(limit: int, lock: Lock) -> list[str]:
    """Hold every row against its events; give what is wrong, at most `limit` lines."""
    problems: list[str] = []
    for model in Stateful.__subclasses__():
        for problem in _of_kind(model, lock):
            problems.append(problem)
            if len(problems) >= limit:
                return problems
    if any(True for _ in _beside()):  # perhaps only because somebody wrote between two of our reads
        with transaction.atomic():
            lock()
            problems += islice(_beside(), limit - len(problems))
    return problems


def _of_kind(model: type[Stateful], lock: Lock) -> Iterator[str]:
    told: dict[int, _Told] = {}
    for event in _events(model):
        told.setdefault(event.subject_id, _Told()).hear(event)
    # a lead comes in a batch and has no event of its own until somebody looks; nothing else may be without one
    for row in model._default_manager.order_by("pk").iterator(chunk_size=_CHUNK):  # noqa: SLF001 -- Django's documented name
        if _differences(row, told.pop(row.pk, None)):
            yield from _once_more(model, row.pk, lock)
    for key in told:
        yield from _once_more(model, key, lock)


def _events(model: type[Stateful], key: int | None = None) -> Iterable[Event]:
    rows = Event.objects.filter(subject=model.SUBJECT, ver__gt=0)
    rows = rows if key is None else rows.filter(subject_id=key)
    wanted = ("seq", "subject_id", "ver", "verb", "actor", "after", "sets")
    return rows.order_by("seq").only(*wanted).iterator(chunk_size=_CHUNK)


def _once_more(model: type[Stateful], key: int, lock: Lock) -> list[str]:
    """Look at one row and its events at one moment; give the problem that is still there."""
    with transaction.atomic():
        lock()
        row = model._default_manager.filter(pk=key).first()  # noqa: SLF001 -- Django's documented name
        told = _Told()
        for event in _events(model, key):
            told.hear(event)
    if row is None:
        return [f"{model.SUBJECT} {key}: its events are there, the row is gone"] if told.ver else []
    wrong = _differences(row, told if told.ver else None)
    return [f"{model.SUBJECT} {key}: {'; '.join(wrong)}"] if wrong else []


def _differences(row: Stateful, told: _Told | None) -> list[str]:
    """Say in what a row is not as its events tell."""
    if told is None:
        untouched = isinstance(row, Lead) and (row.ver, row.state) == (0, MACHINES[row.SUBJECT].initial)
        return [] if untouched else ["no event tells of it"]
    if (row.ver, row.state) != (told.ver, told.state):
        return [f"is {row.state!r} (version {row.ver}), its events say {told.state!r} ({told.ver})"]
    stands = bound_row(row)
    names = [name for name in fields_of(type(row)) if name in told.sets and stands[name] != told.sets[name]]
    return [f"{name} is not what its events say" for name in names]


def _implied(event: Event) -> dict[str, Any]:
    """Give what an event from before `sets` says of the two people all the same."""
    if event.verb == "sign":
        return {"drafted_by": event.actor}
    return {"approved_by": event.actor} if event.verb == "approve" else {}


# --- rows beside those with a state -------------------------------------------------------------------------------


def _beside() -> Iterator[str]:
    yield from _batches()
    yield from _exhibits()
    yield from _answers()
    yield from _looks()
    yield from _renewals()
    yield from _cases_of_leads()


def _verbs(subject: str, *verbs: str) -> Iterable[Event]:
    rows = Event.objects.filter(subject=subject, verb__in=verbs).order_by("seq")
    return rows.only("seq", "at", "subject_id", "facts", "sets").iterator(chunk_size=_CHUNK)


def _batches() -> Iterator[str]:
    """Hold the leads of each batch against the digest taken when they came in."""
    for event in _verbs("batch", "taken_in"):
        facts = event.facts
        if facts.get("new") and "rows" in facts:
            rows = Lead.objects.filter(pk__gte=facts["first"], pk__lte=facts["last"]).order_by("pk")
            kept = rows.values_list("kind", "target_key", "locator", "source").iterator(chunk_size=_CHUNK)
            if rows_digest(kept) != facts["rows"]:
                yield f"leads {facts['first']} to {facts['last']}: not as they came in (event {event.seq})"


def _exhibits() -> Iterator[str]:
    packages = {(row.case_id, row.round): row.package for row in Exhibit.objects.iterator(chunk_size=_CHUNK)}
    told = set()
    for event in _verbs("case", *_SEALS):
        place = (event.subject_id, event.facts.get("round", 0))
        told.add(place)
        if "package" in event.facts and packages.get(place, "") != event.facts["package"]:
            yield f"case {place[0]}: the exhibit of round {place[1]} is not the one that was sealed (event {event.seq})"
    for case, turn in sorted(packages.keys() - told):
        yield f"case {case}: no event tells of the exhibit of round {turn}"


def _answers() -> Iterator[str]:
    kept = {row.pk: row for row in Answer.objects.defer("text").iterator(chunk_size=_CHUNK)}
    told = set()
    rows = Event.objects.filter(subject__in=("notice", "answer"), facts__has_key="answer")
    for event in rows.order_by("seq"):
        told.add(event.facts["answer"])
        if not _as_taken(kept.get(event.facts["answer"]), event):
            yield f"answer {event.facts['answer']}: not as it was taken (event {event.seq})"
    # answers that fitted no notice had no event of their own once
    yield from (f"answer {key}: no event tells of it" for key, row in kept.items() if row.notice_id and key not in told)


def _as_taken(row: Answer | None, event: Event) -> bool:
    if row is None:
        return False
    stands = {"kind": row.kind, "artefact": row.artefact}
    return all(event.facts.get(name, value) == value for name, value in stands.items())


def _looks() -> Iterator[str]:
    """Hold the looks of each recheck against the digest in its event."""
    found = Event.objects.filter(subject="case", facts__has_key="looks").order_by("seq")
    for event in found.iterator(chunk_size=_CHUNK):
        bound_looks = event.facts["looks"]
        rows = Recheck.objects.filter(pk__gte=bound_looks["first"], pk__lte=bound_looks["last"]).order_by("pk")
        if rows_digest(look_lines(rows)) != bound_looks["rows"]:
            yield f"case {event.subject_id}: the looks of event {event.seq} are not as they were kept"


def looks_bound(rows: Sequence[Recheck]) -> dict[str, object]:
    """Give what an event keeps of the looks it was concluded from, written just before it under the ledger's lock."""
    if not rows:
        return {}
    keys = [row.pk for row in rows]
    return {"looks": {"first": min(keys), "last": max(keys), "rows": rows_digest(look_lines(rows))}}


def look_lines(rows: Iterable[Recheck]) -> list[tuple[object, ...]]:
    """Give what is bound of looks, in the order of their numbers."""
    told = sorted(rows, key=lambda row: row.pk)
    return [
        (r.case_id, r.round, moment(r.at), r.vantage, r.profile, r.target, r.state, r.control_ok, r.artefact, r.by)
        for r in told
    ]


def _renewals() -> Iterator[str]:
    told: dict[int, Mapping[str, object]] = {event.subject_id: event.facts for event in _verbs("renewal", "entered")}
    for row in RightRenewal.objects.order_by("pk"):
        term = {"from": row.valid_from.isoformat(), "to": row.valid_to.isoformat()}
        stands = {"brand": row.brand, "number": row.number, **term, "document": row.document}
        facts = told.pop(row.pk, {})
        if any(facts.get(name) != value for name, value in stands.items()):
            yield f"renewal {row.pk}: not as it was entered"
    for key in told:
        yield f"renewal {key}: its event is there, the row is gone"


def _cases_of_leads() -> Iterator[str]:
    """A lead belongs to a case only where an event of that case names the lead."""
    named = {(event.facts.get("lead"), event.subject_id) for event in _verbs("case", "open", "joined")}
    for lead, case in Lead.objects.filter(case__isnull=False).order_by("pk").values_list("pk", "case"):
        if (lead, case) not in named:
            yield f"lead {lead}: no event says that it belongs to case {case}"
