"""From a sealed package back to what was seen: the inverse of `evidence.members`, so that a look can be judged again.

A signature proves that nothing changed since sealing, not that the sealer wrote sense: every value is read with its
type, and whatever is not as this product writes it is refused in one line.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from zhengben.core.fetched import Box, Captured, DnsRecord, Download, Fetched, Hop, Request, Seen
from zhengben.core.lead import KINDS
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.evidence.box import BYTES, read_box
from zhengben.evidence.canon import load
from zhengben.evidence.exhibit import Attached
from zhengben.evidence.verify import verify_package

_ROOM = 2**24  # beside the members: their names and digests
_Item = TypeVar("_Item")


class NotReopenedError(ValueError):
    """A package that does not verify, or whose records are not those of a look; says which and why, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """What a package holds of one look.

    `asked` is the kind the person insisted on, empty where the product guessed or where the package does not say;
    `detail` holds the other fields of the lead, `verdicts` what was made of it when it was sealed, `brand_digest` the
    sha256 of the dossier that was used.
    """

    number: str
    target: str
    kind: str
    asked: str = ""
    brand: str = ""
    brand_digest: str = ""
    seen: Seen = field(default_factory=Seen)
    files: tuple[Attached, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()


def seen_of(package: Path | bytes) -> Reopened:
    """Verify a package and give what it holds.

    Raises:
        NotReopenedError: it does not verify, or its records cannot be read.
        OSError: the file cannot be read.
    """
    body = package if isinstance(package, bytes) else _bytes(package)
    report = verify_package(body)
    if not report.ok:
        failed = next(check for check in report.checks if not check.ok)
        raise NotReopenedError(
            f"not as it was sealed ({failed.name}: {failed.detail}); `zhengben evidence verify` tells more"
        )
    try:
        return _reopened(_Package(read_box(body)), report.manifest, report.number)
    except (KeyError, TypeError, ValueError) as error:
        what = f"a record is not as this version writes it ({type(error).__name__}: {error})"
        raise NotReopenedError(f"{what}; judge it with the version that sealed it") from error


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        # One byte more than fits tells a larger file from one that fits exactly.
        body = file.read(BYTES + _ROOM + 1)
    if len(body) > BYTES + _ROOM:
        raise NotReopenedError(f"larger than {BYTES + _ROOM} bytes: no package is")
    return body


class _Package:
    """The members, and the bytes that references name."""

    def __init__(self, members: Mapping[str, bytes]) -> None:
        self._members = members

    def record(self, name: str) -> object:
        """Give one of the JSON records under `data/`, read as strictly as it was sealed."""
        return load(self._members[f"data/{name}.json"])

    def body(self, reference: object) -> bytes:
        """Give the bytes of a reference; none for null. Their digest was compared when the package was verified."""
        return b"" if reference is None else self._members[_text(_table(reference)["path"])]


def _reopened(package: _Package, manifest: Mapping[str, object], number: str) -> Reopened:
    looks, brand = _table(package.record("looks")), _table(manifest["brand"])
    kind = _text(manifest["kind"])
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not known")
    fetched = _each(looks["fetched"], lambda row: _fetched(package, row))
    captured = _each(looks["captured"], lambda row: _captured(package, row))
    detail = _table(package.record("sighting")).get("detail")
    return Reopened(
        number=number, target=_text(manifest["target"]), kind=kind, asked=_asked(package),
        brand=_text(brand["id"]), brand_digest=_text(brand["dossier_sha256"]), seen=Seen(fetched, captured),
        files=_each(looks["files"], lambda row: _attached(package, row)),
        detail=detail if isinstance(detail, dict) else {},
        verdicts=_each(package.record("verdict"), _verdict),
    )  # fmt: skip


def _asked(package: _Package) -> str:
    """Give the kind that was insisted on: a fact of the step `look`."""
    steps = _each(_table(package.record("procedure"))["steps"], _table)
    looks = (_table(step["facts"]) for step in steps if step["what"] == "look")
    kind = next((_text(facts.get("kind", "")) for facts in looks), "")
    if kind and kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not known")
    return kind


def _fetched(package: _Package, value: object) -> Fetched:
    row = _table(value)
    return Fetched(
        url=_text(row["url"]), final_url=_text(row["final_url"]), profile=_text(row["profile"]),
        vantage=_text(row["vantage"]), status=_status(row["status"]), headers=_each(row["headers"], _pair),
        body=package.body(row["body"]), hops=_each(row["hops"], _hop), address=_text(row["address"]),
        failure=_text(row["failure"]), detail=_text(row["detail"]),
    )  # fmt: skip


def _captured(package: _Package, value: object) -> Captured:
    row = _table(value)
    return Captured(
        url=_text(row["url"]), final_url=_text(row["final_url"]), profile=_text(row["profile"]),
        vantage=_text(row["vantage"]), status=_status(row["status"]), title=_text(row["title"]),
        dom=package.body(row["dom"]).decode(), screenshot=package.body(row["screenshot"]),
        mhtml=package.body(row["mhtml"]), favicon=package.body(row["favicon"]),
        network=_each(row["network"], _request), boxes=_each(row["boxes"], _box),
        downloads=_each(row["downloads"], lambda got: _download(package, got)),
        tls_chain=_each(row["tls_chain"], package.body), failure=_text(row["failure"]), detail=_text(row["detail"]),
        # packages sealed before these were kept do not have them
        dns=_each(row.get("dns", []), _record), tls_protocol=_text(row.get("tls_protocol", "")),
        clipped=row.get("clipped") is True, notes=_each(row.get("notes", []), _text), began=_text(row.get("began", "")),
        referrer=_text(row.get("referrer", "")), region=_text(row.get("region", "")),
    )  # fmt: skip


def _pair(value: object) -> tuple[str, str]:
    name, told = _each(value, _text)
    return name, told


def _hop(value: object) -> Hop:
    row = _table(value)
    return Hop(url=_text(row["url"]), status=_whole(row["status"]), address=_text(row["address"]))


def _request(value: object) -> Request:
    row = _table(value)
    return Request(
        url=_text(row["url"]), method=_text(row["method"]), kind=_text(row["kind"]), status=_status(row["status"]),
        address=_text(row["address"]), failure=_text(row["failure"]), started=_number(row.get("started", 0.0)),
        seconds=_number(row.get("seconds", 0.0)), size=_whole(row.get("size", -1)), main=row.get("main") is True,
        asked=_each(row.get("asked", []), _pair), answered=_each(row.get("answered", []), _pair),
    )  # fmt: skip


def _record(value: object) -> DnsRecord:
    row = _table(value)
    return DnsRecord(
        name=_text(row["name"]), kind=_text(row["kind"]), value=_text(row["value"]), ttl=_whole(row["ttl"])
    )


def _box(value: object) -> Box:
    row = _table(value)
    x, y, width, height = (_number(row[name]) for name in ("x", "y", "width", "height"))
    return Box(kind=_text(row["kind"]), x=x, y=y, width=width, height=height, text=_text(row["text"]))


def _download(package: _Package, value: object) -> Download:
    row = _table(value)
    return Download(
        name=_text(row["name"]), url=_text(row["url"]), body=package.body(row["body"]), complete=row["complete"] is True
    )


def _attached(package: _Package, value: object) -> Attached:
    row = _table(value)
    return Attached(_text(row["name"]), _text(row["media_type"]), package.body(row["body"]))


def _verdict(value: object) -> Verdict:
    row = _table(value)
    missing = _each(_table(row["coverage"])["missing"], _text)
    reasons = _each(row["reasons"], _reason)
    return Verdict(Label(_text(row["label"])), _text(row["brand"]), _whole(row["score"]), reasons, Coverage(missing))


def _reason(value: object) -> Reason:
    row = _table(value)
    return Reason(_text(row["code"]), _whole(row["weight"]), _table(row["facts"]))


def _each(value: object, read: Callable[[object], _Item]) -> tuple[_Item, ...]:
    if not isinstance(value, list):
        raise TypeError("a list is missing")
    return tuple(read(item) for item in value)


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise TypeError("a table is missing")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is missing")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is missing")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a whole number is missing")
    return value


def _status(value: object) -> int | None:
    return None if value is None else _whole(value)
