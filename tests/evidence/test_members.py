"""What a package holds of an exhibit: the bytes as they came, and records that name them."""

import hashlib
import json

from zhengben.core.fetched import Captured, Fetched
from zhengben.evidence.exhibit import Exhibit, Operator
from zhengben.evidence.members import data_members


def records(exhibit: Exhibit) -> dict[str, bytes]:
    return data_members(exhibit)


def test_bytes_are_kept_as_they_came(exhibit: Exhibit) -> None:
    members = records(exhibit)
    assert members["data/fetched-01-desktop/body.bin"] == exhibit.fetched[0].body
    assert members["data/captured-01-mobile/screenshot.png"] == exhibit.captured[0].screenshot
    assert members["data/captured-01-mobile/page.mhtml"] == exhibit.captured[0].mhtml
    assert members["data/captured-01-mobile/download-01.bin"] == b"PK\x03\x04apk"
    assert members["data/captured-01-mobile/tls-1.der"] == b"0\x82der"
    assert members["data/files/01.bin"] == exhibit.files[0].body


def test_records_tell_where_every_file_comes_from(exhibit: Exhibit) -> None:
    members = records(exhibit)
    looks = json.loads(members["data/looks.json"])
    desktop, mobile = looks["fetched"]
    digest = hashlib.sha256(exhibit.fetched[0].body).hexdigest()
    assert desktop["body"] == {"path": "data/fetched-01-desktop/body.bin", "bytes": 51, "sha256": digest}
    assert (mobile["failure"], mobile["complete"], mobile["body"]) == ("timeout", False, None)
    assert looks["captured"][0]["downloads"][0]["name"] == "../../微粒贷.apk"
    assert looks["files"][0]["name"] == "聊天记录.txt"


def test_procedure_names_operator_steps_and_both_times(exhibit: Exhibit) -> None:
    procedure = json.loads(records(exhibit)["data/procedure.json"])
    assert procedure["operator"]["name"] == "取证服务"
    assert procedure["steps"][0]["utc"] == "2026-11-22T01:02:03.456Z"
    assert procedure["steps"][0]["beijing"] == "2026-11-22T09:02:03.456+08:00"
    assert procedure["tools"] == {"zhengben": "0.1.0"}


def test_the_verdict_keeps_codes_weights_facts_and_what_is_missing(exhibit: Exhibit) -> None:
    (verdict,) = json.loads(records(exhibit)["data/verdict.json"])
    assert verdict["label"] == "impersonation"
    assert verdict["coverage"] == {"complete": False, "missing": ["text.packed"]}
    reason = verdict["reasons"][0]
    assert (reason["code"], reason["weight"], reason["facts"]) == ("no_such_app", 60, {"brand": "微粒贷"})
    assert set(reason["text"]) == {"zh", "en"}


def test_hostile_names_never_become_paths() -> None:
    odd = Fetched(url="u", final_url="u", profile="../../etc/cron.d/微", body=b"x")
    odder = Captured(url="u", final_url="u", profile="", dom="\ud800", title="\udfff")
    members = records(
        Exhibit(target="\ud800", kind="url", operator=Operator(name="x"), fetched=(odd,), captured=(odder,))
    )
    assert {name for name in members if name.count("/") > 1} == {
        "data/fetched-01-etc-cron-d/body.bin",
        "data/captured-01-x/dom.html",
    }


def test_an_empty_exhibit_has_every_record() -> None:
    members = records(Exhibit(target="13800138000", kind="phone", operator=Operator(name="x")))
    assert sorted(members) == [f"data/{n}.json" for n in ("environment", "looks", "procedure", "sighting", "verdict")]
