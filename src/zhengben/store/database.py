"""Where the record is kept: a database URL turned into Django's settings. SQLite by default, PostgreSQL by URL.

SQLite runs in WAL mode with every transaction IMMEDIATE, so two writers queue instead of failing half way, and with
`synchronous=FULL`, because an event that was promised must survive a power cut.
"""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

WAIT_SECONDS = 20
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;"  # kilobytes and pages: batches of leads stay in memory
)


def database(url: str, home: Path) -> dict[str, object]:
    """Give Django's settings for a database URL; an empty one means the embedded database in `home`.

    >>> database("postgresql://clerk:secret@db.example:5433/record", Path("."))["PORT"]
    '5433'
    >>> database("sqlite:////srv/record.sqlite3", Path("."))["NAME"]
    '/srv/record.sqlite3'
    """
    if not url:
        return sqlite(str(home / "zhengben.sqlite3"))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ValueError(
        f"ZHENGBEN_DATABASE: {parts.scheme or url!r} is no kind of database known here; "
        "use sqlite:////path/to/file or postgresql://user:password@host:port/name"
    )


def sqlite(name: str) -> dict[str, object]:
    """Give the settings of an SQLite file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": WAIT_SECONDS, "init_command": _PRAGMAS},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": query,
    }
