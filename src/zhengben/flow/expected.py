"""What to expect of a dossier on ordinary traffic, in words: the one source for the command line and the console."""

import importlib
from collections.abc import Mapping, Sequence

from zhengben.core.brand import Brand
from zhengben.locale.errors import in_language
from zhengben.locale.words import say


def expected_alerts(brand: Brand) -> Sequence[Mapping[str, object]]:
    """Give how often each name of a brand would cry on ordinary traffic; the rows are shared and not to be changed."""
    calibration = importlib.import_module("zhengben.names.calibration")  # array library: not before somebody asks
    rows: Sequence[Mapping[str, object]] = calibration.expected_alerts(brand)
    return rows


def in_words(row: Mapping[str, object], language: str) -> tuple[str, str]:
    """Say one expected alert: the name, and how it matches and how often that happens on ordinary traffic."""
    parts = [in_language(str(row["matches"]), language)]
    if "common_words_hit" in row:
        parts.append(say("brand_check.words_hit", language, {"n": row["common_words_hit"]}))
    else:
        often = "at_most" if row["per_day"] else "few"
        facts = {"per_day": row["per_day"], "most": row["at_most_per_day"]}
        parts.append(say(f"brand_check.{often}", language, facts))
    if row["examples"]:
        parts.append(say("brand_check.like", language, {"examples": row["examples"]}))
    if row.get("words_near"):
        facts = {"n": row["words_near"], "examples": row["near"]}
        parts.append(say("brand_check.near", language, facts))
    return in_language(str(row["term"]), language), ("；" if language == "zh" else "; ").join(parts)
