"""Reading a dossier: TOML to `Brand`, with problems that name the line and the cure.

Everything the contract allows is a row in a table here; a key that is in no table is an error.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhengben.core.brand import Brand, Channel, Logo, Names, Right
from zhengben.core.dossier_rules import name_rules, row_rules, top_rules
from zhengben.core.tomlines import Lines

CHANNEL_KINDS = ("domain", "app", "account", "phone", "sms_sender", "poi", "mini_program")
_TEXT, _TEXTS, _DATE, _INT, _BOOL = "text", "list of texts", "date", "whole number", "true or false"

TOP = {"id": _TEXT, "owner": _TEXT, "finance": _BOOL}
NAMES = {
    "primary": _TEXT,
    **dict.fromkeys(("aliases", "latin", "short", "siblings", "keywords"), _TEXTS),
}
RIGHT = {
    **dict.fromkeys(("kind", "jurisdiction", "number", "goods", "registrant", "holder", "standing"), _TEXT),
    "class": _INT,
    **dict.fromkeys(("valid_from", "valid_to", "checked_on"), _DATE),
    **dict.fromkeys(("document", "source"), _TEXT),
}
CHANNEL = {
    **dict.fromkeys(("kind", "value", "exists", "platform", "role", "statement", "source"), _TEXT),
    **dict.fromkeys(("since", "until"), _DATE),
    **dict.fromkeys(("cert_sha256", "cert_md5", "public_key", "filing"), _TEXT),
}
LOGO = dict.fromkeys(("file", "kind", "source", "right"), _TEXT)
TABLES = {"rights": RIGHT, "channels": CHANNEL, "logos": LOGO}
CHOICES = {
    ("rights", "standing"): ("owner", "assignment", "licence"),
    ("channels", "kind"): CHANNEL_KINDS,
    ("channels", "exists"): ("yes", "no", "never"),
    ("logos", "kind"): ("symbol", "wordmark"),
}
NEEDED = {"rights": ("kind", "jurisdiction", "number"), "channels": ("kind", "exists"), "logos": ("file", "kind")}
_TYPES: dict[str, type | tuple[type, ...]] = {_TEXT: str, _TEXTS: list, _DATE: date, _INT: int, _BOOL: bool}
# Python counts True among the integers and a moment among the dates; a dossier does not.
_NOT = {_INT: bool, _DATE: datetime}
_WRITE = {
    _TEXT: 'write it between quotes: "…"',
    _TEXTS: 'write texts between brackets: ["…", "…"]; leave out empty ones',
    _DATE: "write it as 2026-05-13, without quotes and without a time",
    _INT: "write digits alone, without quotes",
    _BOOL: "write true or false, without quotes",
}
MARK = "\ufeff"  # editors on Windows put it before the first character; TOML does not know it
_WIDE = "“”‘’＝，［］＃"
# What tomllib says, by how it begins, and what to do about it.
_SYNTAX = (
    ("Cannot", "this key or table stands twice; keep one"),
    ("Unterminated string", "close the quotes"),
    ("Illegal character", "close the quotes on the same line"),
    ("Unescaped", "write a backslash as two, or use single quotes"),
    ("Unclosed", "close the bracket"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a dossier: the line (from 1), what it is, and how to mend it."""

    line: int
    what: str
    cure: str


class DossierError(ValueError):
    """A dossier that cannot be used; `problems` holds all of what is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep every problem; the message shows the first."""
        self.problems = problems
        super().__init__(f"line {problems[0].line}: {problems[0].what}; {problems[0].cure}")


def check_dossier(text: str) -> tuple[Problem, ...]:
    """Give everything that is wrong with a dossier, in the order of its lines."""
    text = text.removeprefix(MARK)
    try:
        data = tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and int() on a number of thousands of digits
        return (_syntax(str(error), text),)
    except RecursionError:
        return (Problem(1, "not TOML: brackets within brackets without end", "write lists of plain values"),)
    lines = Lines(text)
    problems = [*_top(data, lines), *_names(data, lines)]
    for table in TABLES:
        problems += _rows(table, data.get(table, []), lines)
    problems += _marks(data, lines)
    return tuple(sorted(problems, key=lambda p: p.line))


def read_dossier(text: str) -> Brand:
    """Give the brand a dossier describes; raise DossierError with every problem where it is broken."""
    problems = check_dossier(text)
    if problems:
        raise DossierError(problems)
    data = tomllib.loads(text.removeprefix(MARK))
    return Brand(
        id=data["id"],
        owner=data["owner"],
        finance=data.get("finance", False),
        names=_named(data["names"]),
        rights=tuple(_right(row) for row in data.get("rights", [])),
        channels=tuple(Channel(**row) for row in data.get("channels", [])),
        logos=tuple(Logo(**row) for row in data.get("logos", [])),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _named(table: Mapping[str, Any]) -> Names:
    lists = {key: tuple(value) for key, value in table.items() if key != "primary"}
    return Names(primary=table["primary"], **lists)


def _right(row: Mapping[str, object]) -> Right:
    renamed = {"nice_class" if key == "class" else key: value for key, value in row.items()}
    return Right(**renamed)  # type: ignore[arg-type]  # check_dossier has proved every key and type


def _syntax(message: str, text: str) -> Problem:
    """Turn tomllib's message, which ends in `(at line L, column C)` or `(at end of document)`, into a problem."""
    words, _, place = message.rpartition(" (at ")
    rows = text.rstrip().split("\n")
    told = place.removeprefix("line ").split(",")[0]
    line = min(int(told) if told.isdigit() else len(rows), len(rows))
    cure = next((cure for start, cure in _SYNTAX if message.startswith(start)), "mend the syntax of this line")
    if any(char in _WIDE for char in rows[line - 1].partition("#")[0]):
        # a Chinese keyboard writes these; they look right and TOML does not know them outside of quotes
        cure = 'type quotes, commas, brackets and = as half-width characters: " , [ ] ='
    return Problem(line, f"not TOML: {words or message}", cure)


def _top(data: Mapping[str, object], lines: Lines) -> Iterator[Problem]:
    known = (*TOP, "names", *TABLES)
    for key in data:
        if key not in known:
            yield _unknown(key, known, lines.find(key))
    for key, kind in TOP.items():
        if key in data:
            yield from _typed(key, data[key], kind, lines.find(key))
    for key in ("id", "owner", "names"):
        if key not in data:
            yield Problem(1, f"{key!r} is missing", f"add {key!r} at the top of the dossier")
    for key, what, cure in top_rules(data):
        yield Problem(lines.find(key), what, cure)


def _names(data: Mapping[str, object], lines: Lines) -> Iterator[Problem]:
    names = data.get("names")
    if names is None:
        return
    if not isinstance(names, dict):
        yield Problem(lines.find("names"), "'names' is not a table", "write [names] on a line of its own")
        return
    yield from _keys("names", names, NAMES, lines, 0)
    if not str(names.get("primary") or "").strip():
        yield Problem(lines.find("primary", "names"), "'primary' is missing in [names]", "add the brand's own name")
    for key, what, cure in name_rules(names):
        yield Problem(lines.find(key, "names"), what, cure)


def _rows(table: str, rows: object, lines: Lines) -> Iterator[Problem]:
    if not isinstance(rows, list):
        yield Problem(lines.find(table), f"{table!r} is not a list", f"write [[{table}]] with two brackets")
        return
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Problem(lines.find(table), f"{table!r} holds something else than tables", f"write [[{table}]]")
            continue
        yield from _keys(table, row, TABLES[table], lines, index)
        yield from _row_rules(table, row, lines, index)


def _marks(data: Mapping[str, Any], lines: Lines) -> Iterator[Problem]:
    """Give the logos whose mark the dossier does not have: a notice would name a right that nobody can show."""
    rights, logos = (data.get(table) for table in ("rights", "logos"))
    if not isinstance(rights, list | None) or not isinstance(logos, list):
        return
    known = {"", *(str(row.get("number")) for row in rights or [] if isinstance(row, dict))}
    numbers = [row.get("right") if isinstance(row, dict) else None for row in logos]
    for index, number in enumerate(numbers):
        if isinstance(number, str) and number not in known:
            what = f"right = {number[:80]!r} is no number among [[rights]]"
            yield Problem(lines.find("right", "logos", index), what, "write the number of one of them, or leave it out")


def _keys(
    table: str, row: Mapping[str, object], allowed: Mapping[str, str], lines: Lines, index: int
) -> Iterator[Problem]:
    for key, value in row.items():
        where = lines.find(key, table, index)
        if key not in allowed:
            yield _unknown(key, tuple(allowed), where)
            continue
        choices = CHOICES.get((table, key), ())
        if choices and value and value not in choices:
            yield Problem(where, f"{key} = {value!r} is not known", f"use one of {', '.join(choices)}")
        else:
            yield from _typed(key, value, allowed[key], where)


def _row_rules(table: str, row: Mapping[str, object], lines: Lines, index: int) -> Iterator[Problem]:
    for key in NEEDED[table]:
        value = row.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            where = lines.find(key, table, index)
            yield Problem(where, f"{key!r} is missing in this [[{table}]]", f"add {key} = …")
    for key, what, cure in row_rules(table, row):
        yield Problem(lines.find(key, table, index), what, cure)


def _typed(key: str, value: object, kind: str, line: int) -> Iterator[Problem]:
    fits = isinstance(value, _TYPES[kind]) and not isinstance(value, _NOT.get(kind, ()))
    if fits and isinstance(value, list):
        fits = all(isinstance(item, str) and item.strip() for item in value)
    if not fits:
        yield Problem(line, f"{key!r} should be a {kind}", _WRITE[kind])


def _unknown(key: str, known: tuple[str, ...], line: int) -> Problem:
    return Problem(line, f"unknown key {key!r}", f"remove it or use one of: {', '.join(known)}")
