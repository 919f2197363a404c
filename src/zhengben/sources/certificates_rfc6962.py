"""Certificates from a log of RFC 6962: signed tree head, consistency proof, entries.

Settings: `url`, `key`, `start` (`now` or `begin`), `most` entries a reading, `step` entries a request. Such logs are
going read-only; new ones speak static-ct-api.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping

from zhengben.sources.base import Aside, Batch, setting
from zhengben.sources.certificate_entries import BadEntryError, Entry, leaf_input
from zhengben.sources.certificate_http import LogClient
from zhengben.sources.certificate_leads import Sieve
from zhengben.sources.certificate_tree import BadProofError, Head, LogKey, check_consistency

MOST, STEP = 50_000, 256


class Rfc6962Log:
    """Reads one log, a request a batch, on from a cursor of size, root and the next entry."""

    bulk = True

    def __init__(self, name: str, settings: Mapping[str, object]) -> None:
        """Read the settings; raise ValueError in one line for what is wrong in them."""
        self.name = name
        self.client = LogClient(setting(settings, "url", name), settings)
        self.key = LogKey(setting(settings, "key", name))
        self.from_begin = settings.get("start", "now") == "begin"
        self.most = int(str(settings.get("most") or MOST))
        self.step = int(str(settings.get("step") or STEP))
        self.sieve = Sieve(name)

    def read(self, cursor: Mapping[str, object]) -> Iterator[Batch]:
        """Give the leads of new entries; the cursor moves with them."""
        head = self._head()
        self._check(cursor, head)
        first = int(str(cursor.get("next", 0 if self.from_begin else head.size)))
        last = min(head.size, first + self.most)
        if first >= last:
            yield Batch(cursor=_stored(head, first), place=self.client.url)
        while first < last:
            rows = self._rows(first, min(last, first + self.step) - 1)
            entries, aside = _entries(first, rows)
            first += len(rows)
            yield Batch(
                cursor=_stored(head, first), leads=self.sieve.leads(entries, self.client.url), aside=aside,
                place=self.client.url,
            )  # fmt: skip

    def _json(self, path: str) -> dict[str, object]:
        try:
            found = json.loads(self.client.get(f"ct/v1/{path}"))
        except (ValueError, RecursionError) as error:
            raise OSError(f"{self.client.url}: {path} is no JSON; try again later") from error
        if not isinstance(found, dict):
            raise OSError(f"{self.client.url}: {path} is no JSON object; try again later")
        return found

    def _head(self) -> Head:
        told = self._json("get-sth")
        try:
            root = base64.b64decode(str(told["sha256_root_hash"]), validate=True)
            head = Head(int(str(told["tree_size"])), root, int(str(told["timestamp"])))
            signed = base64.b64decode(str(told["tree_head_signature"]), validate=True)
        except (KeyError, ValueError, binascii.Error) as error:
            raise BadProofError(f"{self.client.url}: the signed tree head cannot be read") from error
        self.key.check_head(head, signed)
        return head

    def _check(self, cursor: Mapping[str, object], head: Head) -> None:
        if "size" not in cursor:
            return
        old = Head(int(str(cursor["size"])), base64.b64decode(str(cursor["root"])), 0)
        if head.size < old.size:
            raise BadProofError(f"{self.client.url}: alarm: the log has shrunk from {old.size} to {head.size} entries")
        proof: list[bytes] = []
        if 0 < old.size < head.size:
            told = self._json(f"get-sth-consistency?first={old.size}&second={head.size}").get("consistency")
            proof = [_decoded(step) for step in told] if isinstance(told, list) else []
        try:
            check_consistency(old, head, proof)
        except BadProofError as error:
            raise BadProofError(f"{self.client.url}: alarm: {error}") from None

    def _rows(self, first: int, last: int) -> list[object]:
        rows = self._json(f"get-entries?start={first}&end={last}").get("entries")
        if not isinstance(rows, list) or not rows:
            raise OSError(
                f"{self.client.url}: no entries from {first} on, though the log says it has them; try again later"
            )
        return rows[: last - first + 1]


def _decoded(step: object) -> bytes:
    try:
        return base64.b64decode(str(step))
    except (binascii.Error, ValueError):
        return b""  # proves nothing


def _entries(first: int, rows: list[object]) -> tuple[list[tuple[int, Entry]], tuple[Aside, ...]]:
    found: list[tuple[int, Entry]] = []
    aside: list[Aside] = []
    for index, row in enumerate(rows, first):
        try:
            encoded = row["leaf_input"] if isinstance(row, dict) else ""
            found.append((index, leaf_input(base64.b64decode(str(encoded), validate=True))))
        except (BadEntryError, KeyError, ValueError, binascii.Error) as error:
            aside.append(Aside(index, "bad_entry", str(error)[:300]))
    return found, tuple(aside)


def _stored(head: Head, upto: int) -> dict[str, object]:
    return {"size": head.size, "root": base64.b64encode(head.root).decode(), "next": upto}


def open_source(name: str, settings: Mapping[str, object]) -> Rfc6962Log:
    """Open the source from its settings."""
    return Rfc6962Log(name, settings)
