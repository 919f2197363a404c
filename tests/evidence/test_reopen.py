"""A sealed package opened again: what comes out is what went in, and nothing that is not exactly so comes out."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zhengben.core.fetched import Box, Captured, DnsRecord, Download, Fetched, Hop, Request, Seen
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.evidence.canon import dump
from zhengben.evidence.exhibit import Attached, Exhibit, Operator, Step
from zhengben.evidence.members import data_members
from zhengben.evidence.reopen import NotReopenedError, seen_of
from zhengben.evidence.seal import number, seal

NOW = datetime(2026, 11, 22, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
FETCHED = Fetched(
    url="http://a.example/", final_url="https://a.example/微", profile="mobile", vantage="far", status=200,
    headers=(("Content-Type", "text/html"), ("X", "")), body=b"\x00\xff<p>",
    hops=(Hop(url="http://a.example/", status=301, address="192.0.2.1"),), address="192.0.2.1",
)  # fmt: skip
CAPTURED = Captured(
    url="http://a.example/", final_url="http://a.example/", profile="mobile", status=200, dom="<p>微粒贷", title="微",
    screenshot=b"png", mhtml=b"mhtml", favicon=b"",
    network=(Request(url="http://a.example/x", status=404, started=1.75e9, seconds=0.25, size=9, main=True,
             asked=(("user-agent", "x"),), answered=(("location", "/微"),)),),
    downloads=(Download(name="微.apk", url="http://a.example/w", body=b"PK", complete=False),),
    boxes=(Box(kind="img", x=8.0, y=0.5, width=100.0, height=1e-3, text="a.png"),), tls_chain=(b"one", b"two"),
    failure="timeout", detail="after 20 s", clipped=True, notes=("dialogs=20",), began="2026-11-22T08:00:00.113+00:00",
    dns=(DnsRecord(name="a.example", kind="A", value="192.0.2.1", ttl=60),), tls_protocol="TLS 1.3",
)  # fmt: skip
VERDICT = Verdict(
    Label.IMPERSONATION, "weilidai", 88, (Reason("no_such_app", 40, {"matched": "微粒贷"}),), Coverage(("page.qr",))
)
EXHIBIT = Exhibit(
    target="a.example", kind="domain", brand="weilidai", brand_digest="d" * 64, operator=Operator(name="x"),
    steps=(Step(NOW, "look", {"kind": "domain"}), Step(NOW, "seal")), fetched=(FETCHED,), captured=(CAPTURED,),
    files=(Attached("微.apk", "application/octet-stream", b"PK\x03"),), verdicts=(VERDICT,),
    sighting={"detail": {"title": "微粒贷"}},
)  # fmt: skip


def test_everything_that_was_seen_comes_back_as_it_was() -> None:
    package = seal(EXHIBIT, KEY, NOW)
    kept = seen_of(package)
    assert kept.seen == Seen((FETCHED,), (CAPTURED,))
    assert (kept.files, kept.verdicts) == (EXHIBIT.files, EXHIBIT.verdicts)
    assert (kept.target, kept.kind, kept.asked, kept.detail) == ("a.example", "domain", "domain", {"title": "微粒贷"})
    assert (kept.number, kept.brand, kept.brand_digest) == (number(package), "weilidai", "d" * 64)


def test_an_empty_look_comes_back_empty() -> None:
    bare = replace(EXHIBIT, fetched=(Fetched(url="u", final_url="u", profile="p", failure="timeout"),), captured=())
    kept = seen_of(seal(replace(bare, steps=(), sighting={}), KEY, NOW))
    assert (kept.seen, kept.asked, kept.detail) == (Seen(bare.fetched), "", {})


@pytest.mark.parametrize("at", [100, 2000, -40])
def test_a_changed_package_is_refused_in_one_line(at: int) -> None:
    package = bytearray(seal(EXHIBIT, KEY, NOW))
    package[at] ^= 1
    with pytest.raises(NotReopenedError, match="not as it was sealed") as caught:
        seen_of(bytes(package))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("looks", {"fetched": [{}], "captured": [], "files": []}),
        ("looks", {"fetched": {}, "captured": [], "files": []}),
        ("looks", {"fetched": [], "captured": [], "files": [{"name": "x", "media_type": 3, "body": None}]}),
        ("looks", {"fetched": [], "captured": [], "files": [{"name": "x", "media_type": "t", "body": "data/x"}]}),
        ("verdict", [{"label": "guilty", "brand": "", "score": 1, "reasons": [], "coverage": {"missing": []}}]),
        ("verdict", [{"label": "mention", "brand": "", "score": True, "reasons": [], "coverage": {"missing": []}}]),
        ("procedure", {"steps": [{"what": "look", "facts": {"kind": "moon"}}]}),
        ("sighting", []),
    ],
)
def test_a_well_signed_package_of_nonsense_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    def members(exhibit: Exhibit) -> dict[str, bytes]:
        found = {key: body for key, body in data_members(exhibit).items() if key.count("/") == 1}
        looks = json.loads(found["data/looks.json"]) | {"fetched": [], "captured": [], "files": []}
        return found | {"data/looks.json": dump(looks)} | {f"data/{name}.json": dump(value)}

    monkeypatch.setattr("zhengben.evidence.seal.data_members", members)
    with pytest.raises(NotReopenedError, match="a record is not as this version writes it"):
        seen_of(seal(EXHIBIT, KEY, NOW))
