"""Finding leads by any run of characters, the same on both databases (see docs/decisions/0006-search.md)."""

from collections.abc import Sequence

from django.db import connection

from zhengben.store.grams import index_tokens, query_phrases

_SEARCHED = 900  # rows a statement


def index(rows: Sequence[tuple[int, str]]) -> None:
    """Make leads findable: pairs of lead id and everything of it that is searchable. Replaces nothing."""
    if connection.vendor == "postgresql":
        _write(
            "INSERT INTO store_search (lead_id, grams) VALUES (%s, %s::tsvector)", [(i, _vector(t)) for i, t in rows]
        )
    else:
        _write("INSERT INTO store_search (rowid, grams) VALUES (%s, %s)", [(i, index_tokens(t)) for i, t in rows])


def reindex(rows: Sequence[tuple[int, str]]) -> None:
    """Make leads findable by new words, forgetting the old ones."""
    column = "lead_id" if connection.vendor == "postgresql" else "rowid"
    _write(f"DELETE FROM store_search WHERE {column} = %s", [(i,) for i, _ in rows])  # noqa: S608 -- a fixed name
    index(rows)


def matching(words: str) -> tuple[str, list[str]] | None:
    """Give the SQL for the ids of leads holding all the words, and its parameters; None where nothing is asked."""
    phrases = query_phrases(words)
    if not phrases:
        return None
    if connection.vendor == "postgresql":
        asked = " & ".join("(" + " <-> ".join(f"'{token}'" for token in phrase) + ")" for phrase in phrases)
        return "SELECT lead_id FROM store_search WHERE grams @@ %s::tsquery", [asked]
    asked = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    return "SELECT rowid FROM store_search WHERE store_search MATCH %s", [asked]


def find(words: str, limit: int = 1000) -> list[int]:
    """Give the ids of leads that hold all the words, newest id first."""
    found = matching(words)
    if found is None:
        return []
    statement, parameters = found
    column = "lead_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY {column} DESC LIMIT %s", [*parameters, limit])
        return [row[0] for row in cursor.fetchall()]


def _vector(text: str) -> str:
    """Give the tokens as PostgreSQL writes a tsvector, with positions: no parser, so no locale, decides anything."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(index_tokens(text).split(), start=1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(spots[:255])}" for token, spots in places.items())


def _write(statement: str, parameters: Sequence[Sequence[int | str]]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(parameters), _SEARCHED):
            cursor.executemany(statement, parameters[start : start + _SEARCHED])
