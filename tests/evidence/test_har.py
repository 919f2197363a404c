"""The network log as HAR 1.2: every field the format requires, nothing invented, and the same bytes every time."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.fetched import Captured, DnsRecord, Request
from zhengben.evidence.box import read_box
from zhengben.evidence.exhibit import Exhibit, Operator
from zhengben.evidence.har import har
from zhengben.evidence.seal import seal
from zhengben.evidence.verify import verify_package

LINES = (
    Request(
        url="http://a.cn/?q=微&q=2&empty=", status=302, kind="document", started=1_790_000_000.25, seconds=0.1234,
        size=0, main=True, address="203.0.113.9", asked=(("user-agent", "x"),),
        answered=(("Location", "http://b.cn/"), ("content-type", "text/html")),
    ),
    Request(url="http://b.cn/x.png", kind="image", failure="net::ERR_FAILED", started=1_790_000_001.0),
    Request(url="http://b.cn/post", method="POST", status=599, started=1_790_000_002.0, size=12),
)  # fmt: skip
SEEN = Captured(
    url="http://a.cn/", final_url="http://b.cn/", profile="mobile", title="微粒贷", network=LINES, failure="timeout",
    notes=("dialogs=20",), began="2026-09-21T14:13:20.250+00:00",
    dns=(DnsRecord(name="a.cn", kind="A", value="203.0.113.9", ttl=60),),
)  # fmt: skip

# What the format requires of every object; optional fields may be there too.
NEEDED = {
    "entry": {"startedDateTime", "time", "request", "response", "cache", "timings"},
    "request": {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"},
    "response": {
        "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL", "headersSize",
        "bodySize",
    },
    "content": {"size", "mimeType"},
    "timings": {"send", "wait", "receive"},
    "page": {"startedDateTime", "id", "title", "pageTimings"},
}  # fmt: skip


def log(seen: Captured = SEEN) -> dict[str, Any]:
    """Give the log of a HAR file."""
    told: dict[str, Any] = json.loads(har(seen))
    return dict(told["log"])


def test_the_log_has_what_the_format_requires() -> None:
    told = log()
    assert (told["version"], told["creator"]["name"]) == ("1.2", "zhengben")
    assert NEEDED["page"] <= set(told["pages"][0])
    for entry in told["entries"]:
        assert NEEDED["entry"] <= set(entry)
        for name in ("request", "response", "timings"):
            assert NEEDED[name] <= set(entry[name])
        assert NEEDED["content"] <= set(entry["response"]["content"])
        assert entry["pageref"] == told["pages"][0]["id"]


def test_every_time_is_iso_with_a_zone_and_the_parts_add_up() -> None:
    told = log()
    moments = [told["pages"][0]["startedDateTime"], *(entry["startedDateTime"] for entry in told["entries"])]
    assert all(datetime.fromisoformat(moment).tzinfo for moment in moments)
    assert told["entries"][0]["startedDateTime"] == "2026-09-21T14:13:20.250+00:00"
    for entry in told["entries"]:
        assert sum(entry["timings"].values()) == entry["time"]


def test_a_redirect_says_where_to() -> None:
    first, second, _ = log()["entries"]
    assert first["response"]["redirectURL"] == "http://b.cn/"
    assert first["response"]["statusText"] == "Found"
    assert second["response"]["redirectURL"] == ""


def test_a_question_is_taken_apart_with_its_doubles_and_empties() -> None:
    asked = log()["entries"][0]["request"]["queryString"]
    assert [(row["name"], row["value"]) for row in asked] == [("q", "微"), ("q", "2"), ("empty", "")]


def test_what_never_was_answered_is_no_answer() -> None:
    failed = log()["entries"][1]
    assert (failed["response"]["status"], failed["response"]["httpVersion"], failed["_failure"]) == (
        0, "", "net::ERR_FAILED",
    )  # fmt: skip
    assert failed["response"]["bodySize"] == -1


def test_a_status_nobody_ever_heard_of_is_kept() -> None:
    odd = log()["entries"][2]["response"]
    assert (odd["status"], odd["statusText"]) == (599, "")


def test_what_the_format_has_no_field_for_stands_apart() -> None:
    page = log()["pages"][0]
    assert (page["_failure"], page["_notes"]) == ("timeout", ["dialogs=20"])


def test_a_capture_without_requests_gives_an_empty_log() -> None:
    told = log(Captured(url="u", final_url="u", profile="mobile"))
    assert (told["entries"], told["pages"][0]["title"]) == ([], "u")


@given(st.text(max_size=60), st.floats(0, 4e9), st.integers(-1, 10**12), st.text(max_size=20))
def test_whatever_a_page_asks_for_the_log_is_json(url: str, started: float, size: int, header: str) -> None:
    line = Request(url=url, started=started, size=size, asked=((header, url),), answered=((header, url),), status=200)
    told = log(replace(SEEN, network=(line,), title=url, began=""))
    assert len(told["entries"]) == 1
    assert har(SEEN) == har(SEEN)


def sealed() -> bytes:
    """Give a package with this capture."""
    exhibit = Exhibit(target="a.cn", kind="domain", operator=Operator(name="x"), captured=(SEEN,))
    return seal(exhibit, Ed25519PrivateKey.from_private_bytes(bytes(32)), datetime(2026, 11, 22, tzinfo=UTC))


def test_the_package_holds_the_log_and_the_records_and_its_manifest_lists_them() -> None:
    package = sealed()
    members = read_box(package)
    assert members["data/captured-01-mobile/network.har"] == har(SEEN)
    (capture,) = json.loads(members["data/looks.json"])["captured"]
    assert capture["dns"] == [{"name": "a.cn", "kind": "A", "value": "203.0.113.9", "ttl": 60}]
    assert capture["har"]["path"] == "data/captured-01-mobile/network.har"
    listed = {row["path"] for row in json.loads(members["manifest.json"])["members"]}
    assert {"data/captured-01-mobile/network.har", "data/looks.json"} <= listed
    assert verify_package(package).ok


@pytest.mark.parametrize("needle", [b'"status": 302', "微粒贷".encode()])
def test_a_changed_byte_of_the_log_does_not_verify(needle: bytes) -> None:
    package = bytearray(sealed())
    at = bytes(package).find(needle)
    assert at > 0
    package[at + 1] ^= 1
    assert not verify_package(bytes(package)).ok
