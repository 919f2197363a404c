"""The public answer: one of four words, why, and what to do now. Pure; it never says "safe".

official    a live row of the dossier says so
impostor    a case says so in which two people agreed to complain
false       the rules say so strongly (for example: the brand has no app at all)
unknown     everything else, look-alikes and mentions included; "not found" is never "safe"
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from zhengben.core.brand import Brand, Channel
from zhengben.core.reasons import ROLES
from zhengben.core.verdict import Label, Reason, Verdict

Kind = Literal["official", "impostor", "false", "unknown"]
SHOWN = 4  # reasons a person will read
HARM = (  # what the headline warns of, by a part of the code of a reason; the first that is found
    ("download", ("no_such_app", "offers_app", "app_")),
    ("pay", ("fee", "sells", "transfer")),
    ("call", ("false_number",)),
    ("fill", ("asks_secrets", "asks_account")),
)
_UNDER = {Label.LOOKALIKE: "doubtful_under", Label.MENTION: "mention_under"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case in which two people agreed: its number, its brand, what it is about, and since when."""

    number: str
    brand: str
    target: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the public is told. `headline`, `under` and `steps` are keys of the catalogue under `answer_page`."""

    kind: Kind
    headline: str
    under: str
    facts: dict[str, object] = field(default_factory=dict)
    brand: str = ""
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    doubtful: bool = False


def compose(verdict: Verdict | None, brands: Sequence[Brand], known: Known | None = None) -> Answer:
    """Make the answer from the verdict of the rules and from what two people confirmed before.

    >>> compose(None, []).kind
    'unknown'
    """
    brand = _brand(known.brand if known else verdict.brand if verdict else "", brands)
    # Before the known cases: where dossier and case disagree the case is wrong, and the brand's own site is spared.
    if verdict is not None and verdict.label is Label.OFFICIAL:
        return _official(verdict, brand)
    if known is not None:
        return _impostor(known, verdict, brand)
    # After the known cases: what two people signed is said with its date, what a rule says is said as a rule.
    if verdict is not None and verdict.accuses:
        return _false(verdict, brand)
    return _unknown(verdict, brand)


def ways(brand: Brand) -> tuple[Channel, ...]:
    """Give the genuine ways to reach a brand that a person can use, and the statements of what there is not."""
    none = [c for c in brand.channels if c.exists in {"no", "never"} and c.statement]
    # Kinds a person can use at once; a map entry or a sender's number would only be read as one more claim.
    real = [c for c in brand.channels if c.exists == "yes" and c.kind in {"domain", "phone", "account", "mini_program"}]
    return (*none, *real)


def _brand(brand_id: str, brands: Sequence[Brand]) -> Brand | None:
    return next((brand for brand in brands if brand.id == brand_id), None)


def _facts(brand: Brand | None, **more: object) -> dict[str, object]:
    return {"brand": brand.names.primary if brand else "", "owner": brand.owner if brand else "", **more}


def _official(verdict: Verdict, brand: Brand | None) -> Answer:
    return Answer(
        kind="official",
        headline="official",
        under="official_under",
        facts=_facts(brand),
        brand=verdict.brand,
        reasons=_once(verdict.reasons)[:SHOWN],
        steps=("official_secret", "official_way"),
    )


def _impostor(known: Known, verdict: Verdict | None, brand: Brand | None) -> Answer:
    reasons = _speaking(verdict.reasons if verdict else ())
    facts = _facts(brand, number=known.number, target=known.target, since=f"{known.since:%Y-%m-%d}")
    return Answer(
        kind="impostor",
        headline="impostor",
        under="impostor_under",
        facts=facts,
        brand=known.brand,
        reasons=reasons,
        steps=_steps(reasons),
    )


def _once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Give each reason once: a number that was asked about stands in the question too, and would be told twice."""
    return tuple({(r.code, str(r.facts)): r for r in reasons}.values())


def _false(verdict: Verdict, brand: Brand | None) -> Answer:
    reasons = _speaking(verdict.reasons)
    harm = _harm(verdict)
    # What the brand does not have is the one sentence a worried person can keep: it needs no judgement.
    none = next((r for r in verdict.reasons if "no_such_" in r.code), None)
    under = f"under_{verdict.label.value}"
    if none and none.facts.get("statement"):
        under = "false_no_app" if "app" in none.code else "false_statement"
    statement = str(none.facts.get("statement", "")) if none else ""
    return Answer(
        kind="false",
        headline=f"false_{harm}" if harm else f"false_{verdict.label.value}",
        under=under,
        facts=_facts(brand, statement=statement),
        brand=verdict.brand,
        reasons=reasons,
        missing=verdict.coverage.missing,
        steps=_steps(reasons),
    )


def _unknown(verdict: Verdict | None, brand: Brand | None) -> Answer:
    verdict = verdict or Verdict(Label.UNKNOWN, "", 0)
    doubtful = verdict.label is Label.LOOKALIKE
    # A link of unknown shelter weighs with every brand alike: none of them is what was asked about.
    named = verdict.brand if verdict.label in _UNDER else ""
    return Answer(
        kind="unknown",
        headline="doubtful" if doubtful else "unknown",
        under=_UNDER.get(verdict.label, "unknown_under"),
        facts=_facts(brand),
        brand=named,
        reasons=_speaking(verdict.reasons) if doubtful else (),
        missing=verdict.coverage.missing,
        doubtful=doubtful,
        steps=("unknown_wait", "unknown_way", "paid", "unknown_report"),
    )


def _speaking(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Give the reasons that speak against the target, heaviest first."""
    against = [r for r in reasons if r.weight > 0 and ROLES.get(r.code) not in {"official", "speaks", "clears"}]
    return tuple(sorted(against, key=lambda r: -r.weight)[:SHOWN])


def _harm(verdict: Verdict) -> str:
    codes = [r.code for r in verdict.reasons if r.weight > 0]
    if verdict.label is Label.SCAM:
        return "pay"
    return next((harm for harm, parts in HARM if any(part in code for part in parts for code in codes)), "")


def _steps(reasons: Sequence[Reason]) -> tuple[str, ...]:
    app = any(part in r.code for part in HARM[0][1] for r in reasons)
    return ("not_opened", *(("installed",) if app else ()), "filled", "paid")
