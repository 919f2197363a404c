"""What a question is besides true or false: a public number, a cry for help, a known tale, a secret, a name.

Only an answer that could not tell is made to fit; what the rules say is false or official stays as it is, and none of
these says that anything is safe.
"""

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources

from zhengben.core.phone import plain_number
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Label, Verdict
from zhengben.publish.answer import Answer

_TOLD = 60  # characters: a longer text is a message that was received, and no account of one
_NAMED = 40
_LEAST = 3  # signs; less is nothing anybody could look at
_SHORTEST_NUMBER = 5
_NUMBERS = {"service_400": r"400\d{7}", "mobile": r"1[3-9]\d{9}", "service_95": r"95\d{3,6}"}
_URGENT = ("paid", "filled", "unknown_wait", "unknown_report")
_TABLES = tomllib.loads(resources.files(__package__).joinpath("asked.toml").read_text("utf-8"))


@cache
def _pattern(table: str) -> re.Pattern[str]:
    kept = _TABLES[table]
    lists = [kept["words"]] if "words" in kept else [part["words"] for part in kept.values()]
    return re.compile("|".join(word for words in lists for word in words), re.IGNORECASE)


def service(question: str) -> str:
    """Give which public number a question is about, empty for any other.

    >>> service("96110"), service(" 96110 "), service("95384"), service("0096110")
    ('anti_fraud', 'anti_fraud', '', '')
    """
    digits = question.strip()
    return str(_TABLES["service_numbers"].get(digits, "")) if digits.isascii() and digits.isdigit() else ""


def fitted(answer: Answer, question: str, verdict: Verdict, seen: Sighting) -> Answer:
    """Give the answer in the words that fit the question, where the rules could not tell."""
    if answer.kind != "unknown":
        return answer
    number = question.strip() if seen.kind != "phone" else seen.target
    if public := service(number):
        steps = ("service_way", "official_secret")
        facts = {**answer.facts, "number": number}
        return replace(
            answer, headline=f"service_{public}", under="service_under", facts=facts, steps=steps, missing=()
        )
    if _pattern("secret").search(question):
        return replace(answer, headline="secret", under="secret_under", steps=("official_secret", "filled", "paid"))
    if len(question) <= _TOLD and _pattern("plea").search(question):
        return replace(answer, headline="plea", under="plea_under", steps=_URGENT)
    return answer if answer.doubtful and seen.contacts else _told(answer, question, verdict, seen)


def _told(answer: Answer, question: str, verdict: Verdict, seen: Sighting) -> Answer:
    """Fit the answer to a tale that is told, to a bare name, to a number by its kind, or to next to nothing."""
    warns = bool(_pattern("denied").search(question))
    if not warns and len(question) <= _TOLD and _pattern("tale").search(question):
        return replace(answer, under="tale_under", doubtful=True)
    if not warns and _names_only(question, verdict, seen):
        return replace(answer, headline="about", under="about_under", reasons=(), doubtful=False)
    if sort := _sort(question, seen):
        return replace(answer, under=f"{sort}_under")
    return answer


def _names_only(question: str, verdict: Verdict, seen: Sighting) -> bool:
    """Tell whether a question names a brand and holds nothing that could be looked at or followed."""
    about = verdict.label is Label.MENTION or {r.code for r in verdict.reasons} <= {"says_it_is", "text_name"}
    return seen.kind == "text" and bool(verdict.brand) and about and not seen.contacts and len(question) <= _NAMED


def _sort(question: str, seen: Sighting) -> str:
    """Give what kind of number was asked about (a 400, a mobile), or that there is too little to look at."""
    number = plain_number(question) if seen.kind == "phone" else ""
    if number:
        return next((sort for sort, form in _NUMBERS.items() if re.fullmatch(form, number)), "")
    signs = "".join(filter(str.isalnum, question))
    part = len(signs) < _LEAST or (len(signs) < _SHORTEST_NUMBER and signs.isdigit())
    return "too_little" if part else ""
