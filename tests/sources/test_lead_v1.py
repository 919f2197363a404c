"""`lead.v1`: what the contract promises to any outside monitor, and what becomes of lines that keep no promise."""

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.core.lead import KINDS, Lead
from zhengben.sources.lead_v1 import LONGEST_TEXT, REQUIRED, BadLineError, parse

CONTRACT = {
    "v": "lead.v1", "kind": "app_listing", "source": {"name": "some-store", "query": "微粒贷", "rank": 3},
    "seen_at": "2026-11-22T08:00:00+08:00", "locator": "https://store.example/1", "title": "…", "text": "…",
    "developer": {"name": "…", "id": "…"}, "package": "com.a", "version": "1", "downloads": "10", "icon": "icon.png",
    "download": "https://store.example/a.apk", "filing_no": "…", "phones": ["95384"], "price": "9.9",
    "region": "CN-44", "state": "live", "raw": "raw/1.html",
}  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WRITTEN = TEXTS.filter(lambda text: bool(text.strip()))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda more: st.lists(more) | st.dictionaries(TEXTS, more),
    max_leaves=8,
)
ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001 -- bounds are bare
EXTRA = st.dictionaries(WRITTEN.filter(lambda key: key not in {*CONTRACT, "v"}), JSON, max_size=4)
LEADS = st.fixed_dictionaries(
    {
        "v": st.just("lead.v1"),
        "kind": st.sampled_from(KINDS),
        "source": st.fixed_dictionaries(
            {"name": WRITTEN.map(str.strip)}, optional={"query": TEXTS, "rank": st.integers(0, 99)}
        ),
        "seen_at": MOMENTS.map(datetime.isoformat),
        "locator": WRITTEN,
    },
    optional={"title": TEXTS, "text": TEXTS, "phones": st.lists(TEXTS, max_size=3), "price": TEXTS},
)


def written(row: object) -> bytes:
    """Write one line as a monitor would."""
    return json.dumps(row, ensure_ascii=False).encode()


def again(lead: Lead) -> dict[str, object]:
    """Write a lead as the line it stands for."""
    source = lead.detail.get("source")
    named = {**(source if isinstance(source, dict) else {}), "name": lead.source}
    return {
        **lead.detail, "v": "lead.v1", "kind": lead.kind, "source": named, "seen_at": lead.seen_at.isoformat(),
        "locator": lead.locator,
    }  # fmt: skip


def test_the_line_of_the_contract_is_taken_with_all_it_says(tmp_path: Path) -> None:
    lead = parse(written(CONTRACT), tmp_path)
    assert (lead.kind, lead.source, lead.locator) == ("app_listing", "some-store", "https://store.example/1")
    assert lead.seen_at == datetime(2026, 11, 22, tzinfo=UTC)
    own = {"v", "kind", "seen_at", "locator"}
    assert set(lead.detail) == set(CONTRACT) - own
    assert lead.detail["raw"] == str(tmp_path.resolve() / "raw" / "1.html")


@given(LEADS, EXTRA)
def test_reading_what_was_read_gives_the_same_lead(row: dict[str, Any], extra: dict[str, Any]) -> None:
    once = parse(written(row | extra), Path())
    assert parse(written(again(once)), Path()) == once


@given(LEADS)
def test_the_order_of_the_fields_does_not_matter(row: dict[str, Any]) -> None:
    assert parse(written(dict(reversed(row.items()))), Path()) == parse(written(row), Path())


@given(LEADS)
def test_nothing_a_monitor_says_is_lost_or_changed(row: dict[str, Any]) -> None:
    lead = parse(written(row), Path())
    assert lead.locator == row["locator"].strip()
    assert lead.seen_at == datetime.fromisoformat(row["seen_at"])
    for key in ("title", "text", "phones", "price"):
        assert (key in lead.detail) == (key in row)
        if key in row:
            assert lead.detail[key] == row[key]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("empty", ["absent", None, "", 0, [], {}], ids=str)
def test_every_required_field_is_missed_by_its_name(name: str, empty: object) -> None:
    row = {key: value for key, value in CONTRACT.items() if key != name}
    if empty != "absent":
        row[name] = empty  # type: ignore[assignment]  # wrong on purpose
    with pytest.raises(BadLineError, match=f"^missing {name}$"):
        parse(written(row), Path())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"v": "lead.v2"}, "version lead.v2"),
        ({"v": 1}, "version 1"),
        ({"v": ["lead.v1"]}, "version ['lead.v1']"),
        ({"kind": "App_Listing"}, "kind App_Listing"),
        ({"kind": "x" * 500}, f"kind {'x' * 40}"),
        ({"kind": ["url"]}, "kind ['url']"),
        ({"source": "some-store"}, "missing source.name"),
        ({"source": ["some-store"]}, "missing source.name"),
        ({"source": {"name": ""}}, "missing source.name"),
        ({"source": {"name": 7}}, "missing source.name"),
        ({"source": {"name": " \t "}}, "missing source.name"),
        ({"locator": 95384}, "missing locator"),
        ({"locator": ["https://a.cn"]}, "missing locator"),
        ({"locator": "\u3000"}, "missing locator"),
        ({"seen_at": "2026-11-22"}, "seen_at without zone"),
        ({"seen_at": "2026-11-22 08:00"}, "seen_at without zone"),
        ({"seen_at": "22.11.2026"}, "seen_at 22.11.2026"),
        ({"seen_at": "2026-02-30T00:00:00+08:00"}, "seen_at 2026-02-30T00:00:00+08:00"),
        ({"seen_at": 1763769600}, "seen_at 1763769600"),
        ({"seen_at": "0001-01-01T00:00:00+08:00"}, "seen_at 0001-01-01T00:00:00+08:00"),
        ({"seen_at": "9999-12-31T23:59:59-08:00"}, "seen_at 9999-12-31T23:59:59-08:00"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_is_said_as_a_code_with_its_subject(change: dict[str, object], reason: str) -> None:
    with pytest.raises(BadLineError, match=f"^{re.escape(reason)}$"):
        parse(written({**CONTRACT, **change}), Path())


@given(st.dictionaries(st.sampled_from([*CONTRACT, "x"]), JSON))
def test_any_object_is_a_lead_or_has_one_short_reason(row: dict[str, Any]) -> None:
    try:
        lead = parse(written(row), Path())
    except BadLineError as error:
        reason = str(error)
    else:
        reason = ""
        assert lead.kind in KINDS
    assert len(reason) <= 60
    assert "\n" not in reason


@pytest.mark.parametrize(
    "moment",
    ["2026-11-22T08:00:00Z", "2026-11-22T08:00:00.123456+00:00", "20261122T080000+0000", "2026-11-22T16:00+08:00"],
)
def test_every_common_way_to_write_a_moment_is_read(moment: str) -> None:
    assert parse(written({**CONTRACT, "seen_at": moment}), Path()).seen_at.replace(microsecond=0) == datetime(
        2026, 11, 22, 8, tzinfo=UTC
    )


def test_a_mark_of_windows_editors_in_front_of_a_line_does_no_harm() -> None:
    assert parse(b"\xef\xbb\xbf" + written(CONTRACT), Path()).source == "some-store"


def test_long_texts_are_cut_and_names_of_sources_too() -> None:
    row = {
        **CONTRACT,
        "text": "x" * (LONGEST_TEXT + 1),
        "locator": "https://a.cn/" + "y" * LONGEST_TEXT,
        "source": {"name": "n" * 500},
    }
    lead = parse(written(row), Path())
    assert (len(str(lead.detail["text"])), len(lead.locator), len(lead.source)) == (LONGEST_TEXT, LONGEST_TEXT, 120)


@pytest.mark.parametrize(
    "place",
    ["../a.png", "a/../../b.png", "/etc/passwd", "~/../../x", "./../x", "link/secret", "a\x00b"],
)
def test_a_path_that_leads_out_of_the_folder_is_dropped(tmp_path: Path, place: str) -> None:
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (folder / "link").symlink_to(outside)
    kept = parse(written({**CONTRACT, "raw": place}), folder).detail["raw"]
    assert kept == "" or Path(str(kept)).is_relative_to(folder.resolve())
    if not place.startswith("~"):
        assert kept == ""


def test_a_local_address_in_the_guise_of_a_link_is_dropped(tmp_path: Path) -> None:
    """`file:///etc/passwd` is no download of a store; whoever fetched it would read our own disk."""
    for name in ("icon", "download", "raw"):
        for address in (
            "file:///etc/passwd",
            "FILE://localhost/etc/passwd",
            "gopher://10.0.0.1/x",
            "\tfile:///etc/passwd",
        ):
            assert parse(written({**CONTRACT, name: address}), tmp_path).detail[name] == ""
        assert parse(written({**CONTRACT, name: "HTTPS://a.cn/x"}), tmp_path).detail[name] == "HTTPS://a.cn/x"
