"""The machine-readable report: valid by the published schema, or not sent at all."""

import base64
import hashlib
import json
from dataclasses import replace

import pytest

from zhengben.core.brand import Brand
from zhengben.takedown.letter import CaseView, Complainant
from zhengben.takedown.xarf_report import XarfError, problems, report, xarf_attachment


def test_a_page_that_asks_for_secrets_is_phishing(view: CaseView, brand: Brand, complainant: Complainant) -> None:
    told = json.loads(xarf_attachment(view, brand, complainant).body)
    assert (told["category"], told["type"]) == ("content", "phishing")
    assert told["url"] == "https://wei1idai-app.example/%E4%B8%8B%E8%BD%BD?from=sms"
    assert told["credential_fields"] == ["id_card", "sms_code"]
    assert told["source_identifier"] == "203.0.113.9"
    assert told["reporter"]["contact"] == "brand@brand.example"
    assert told["timestamp"] == "2026-11-22T01:02:03Z"
    picture = told["evidence"][0]
    assert base64.b64decode(picture["payload"]) == view.screenshot
    assert picture["hash"] == f"sha256:{hashlib.sha256(view.screenshot).hexdigest()}"


def test_a_false_shop_window_is_brand_infringement(view: CaseView, brand: Brand, complainant: Complainant) -> None:
    told = json.loads(xarf_attachment(replace(view, asks=()), brand, complainant).body)
    assert told["type"] == "brand_infringement"
    assert told["legitimate_site"] == "https://webank.com/"
    assert told["trademark_details"] == {"registration_number": "16577525", "jurisdiction": "CN", "category": [9]}


def test_a_scam_is_fraud(view: CaseView, brand: Brand, complainant: Complainant) -> None:
    assert json.loads(xarf_attachment(replace(view, label="scam"), brand, complainant).body)["type"] == "fraud"


def test_the_id_is_the_same_for_the_same_round_and_new_for_the_next(
    view: CaseView, brand: Brand, complainant: Complainant
) -> None:
    first = report(view, brand, complainant)["report_id"]
    assert report(view, brand, complainant)["report_id"] == first
    assert report(replace(view, round=1), brand, complainant)["report_id"] != first


@pytest.mark.parametrize("target", ["4008888888", "微信号 abc", "javascript:alert(1)"])
def test_what_has_no_web_address_has_no_report(
    target: str, view: CaseView, brand: Brand, complainant: Complainant
) -> None:
    with pytest.raises(XarfError, match="no web address"):
        xarf_attachment(replace(view, kind="phone", target=target, host=""), brand, complainant)


def test_a_domain_stands_for_its_site(view: CaseView, brand: Brand, complainant: Complainant) -> None:
    told = report(replace(view, kind="domain", target="wei1idai.example", host="wei1idai.example"), brand, complainant)
    assert told["url"] == "https://wei1idai.example/"


def test_the_schema_is_a_gate(view: CaseView, brand: Brand, complainant: Complainant) -> None:
    told = report(view, brand, complainant)
    assert problems(told) == ()
    assert problems({**told, "category": "nonsense"})
    assert problems({key: value for key, value in told.items() if key != "reporter"})
    with pytest.raises(XarfError):
        xarf_attachment(view, brand, replace(complainant, mailbox="not a mailbox"))


def test_a_brand_without_a_site_has_no_infringement_report(
    view: CaseView, brand: Brand, complainant: Complainant
) -> None:
    with pytest.raises(XarfError, match="official site"):
        xarf_attachment(replace(view, asks=()), replace(brand, channels=()), complainant)


def test_a_punycode_host_and_a_huge_picture_still_make_a_valid_report(
    view: CaseView, brand: Brand, complainant: Complainant
) -> None:
    odd = replace(view, host="xn--kput3i.example", screenshot=bytes(6_000_000))
    told = report(odd, brand, complainant)
    assert "domain" not in told
    assert "evidence" not in told
    assert problems(told) == ()
