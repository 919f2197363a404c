"""How one look is told: as the JSON row of the contract, or in words for a person."""

from zhengben.cli.app_rows import summary
from zhengben.cli.check_marks import marked
from zhengben.cli.common import ACCUSED, FINE, NOT_EXAMINED, language
from zhengben.core.verdict import Label, Reason, Verdict
from zhengben.flow.look import Look
from zhengben.locale.unseen import not_seen
from zhengben.locale.words import say
from zhengben.publish.app_words import spoken, visible

LANGUAGES = ("zh", "en")
_MOST_CONTACTS = 100


def row_of(target: str, seen: Look, elapsed_ms: int) -> dict[str, object]:
    """Give the JSON row of the contract."""
    verdict = seen.verdict
    return {
        "target": target,
        "kind": seen.sighting.kind,
        "verdict": verdict.label.value,
        "brand": verdict.brand,
        "score": verdict.score,
        "reasons": [reason_row(reason) for reason in verdict.reasons],
        "coverage": {"complete": verdict.coverage.complete, "missing": list(verdict.coverage.missing)},
        "contacts": [{"kind": c.kind, "value": c.value, "raw": c.raw} for c in seen.contacts[:_MOST_CONTACTS]],
        "others": [_short(other) for other in seen.verdicts if other.brand != verdict.brand],
        **({"app": summary(seen.sighting.app)} if seen.sighting.kind == "app_file" else {}),
        "elapsed_ms": elapsed_ms,
    }


def reason_row(reason: Reason) -> dict[str, object]:
    """Give a reason with its facts and its words in every language."""
    text = {language: _said(reason, language) for language in LANGUAGES}
    return {"code": reason.code, "weight": reason.weight, "facts": dict(reason.facts), "text": text}


def code_of(verdict: Verdict) -> int:
    """Give the exit code one verdict asks for."""
    if verdict.accuses:
        return ACCUSED
    return NOT_EXAMINED if verdict.label is Label.UNKNOWN else FINE


def told_in_words(target: str, seen: Look) -> str:
    """Give the lines a person reads, in the language of the terminal."""
    return told(target, seen, language())


def told(target: str, seen: Look, language: str) -> str:
    """Give the lines a person reads: the verdict, each reason, and what was not seen."""
    verdict = seen.verdict
    shown = " ".join(target.split())[:100]
    head = f"{say(f'label.{verdict.label.value}', language)}  {shown}"
    if verdict.brand:
        head += f"  [{verdict.brand}, {verdict.score}]"
    once: dict[str, str] = {}  # two rules may see the same; a person reads it once
    for reason in verdict.reasons:
        said = _said(reason, language)
        once[said] = once.get(said) or visible(marked(reason.facts, language))
    lines = [head]
    for said, name in once.items():
        lines += [f"  - {said}", f"    {name}"] if name else [f"  - {said}"]
    lines += [f"  ? {not_seen(code, language)}" for code in verdict.coverage.missing]
    return "\n".join(lines)


def _said(reason: Reason, language: str) -> str:
    """Say a reason; what of a sample's words nobody sees is shown by its number, and moves no cursor."""
    return visible(say(f"reason.{reason.code}", language, spoken(reason.code, reason.facts, language)))


def _short(verdict: Verdict) -> dict[str, object]:
    return {"brand": verdict.brand, "verdict": verdict.label.value, "score": verdict.score}
