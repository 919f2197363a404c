"""Dossiers: what is true of a brand, and a renewal that counts only with its certificate."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest

from desk import Desk, seen
from worlds import dossiers
from zhengben import wiring
from zhengben.console.brands import BIGGEST, certificate
from zhengben.flow.expected import expected_alerts, in_words
from zhengben.store.renewals import renewals

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7 a certificate"
TYPED = {"number": "16577525", "valid_from": "2026-05-14", "valid_to": "2036-05-13", "source": "public gazette"}


def document(body: bytes = PDF, name: str = "certificate.pdf") -> BytesIO:
    """Give a file as a browser sends it."""
    file = BytesIO(body)
    file.name = name
    return file


@pytest.fixture
def ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give an installation whose rights have all ended, as they are printed."""
    desk.town.brands = tuple(brand for brand in dossiers() if brand.id == "weilidai")
    monkeypatch.setattr(wiring, "brands", lambda: desk.town.brands)
    return desk


def renew(desk: Desk, body: bytes | None = PDF, **typed: str) -> Any:
    """Enter a renewal."""
    form: dict[str, Any] = {**TYPED, **typed}
    if body is not None:
        form["document"] = document(body)
    return desk.person("陈思").post("/brands/weilidai/renew/", form, follow=True)


def test_a_dossier_is_shown_whole(desk: Desk) -> None:
    page = desk.person("陈思").get("/brands/weilidai/")
    assert seen(page, "微粒贷", "没有APP", "微粒贷没有独立APP", "webank.com", "会提醒什么", "16577525")


def test_an_ended_term_is_told_before_anything_else(ended: Desk) -> None:
    assert seen(ended.person("陈思").get("/brands/weilidai/"), "今天没有一项权利在有效期内", "已届满")
    assert seen(ended.person("陈思").get("/brands/"), "没有有效的权利，投诉发不出")


def test_a_renewal_with_its_certificate_counts_from_then_on(ended: Desk) -> None:
    page = renew(ended)
    assert seen(page, "已录入 16577525 的续展，有效期至 2036-05-13", "陈思 录入", "有效")
    assert not seen(page, "今天没有一项权利在有效期内")
    (kept,) = renewals("weilidai")
    assert kept.valid_to == date(2036, 5, 13)
    assert ended.town.vault.get(kept.document) == PDF


def test_the_same_term_is_entered_once(ended: Desk) -> None:
    renew(ended)
    page = renew(ended)
    assert page.status_code == 422
    assert seen(page, "这一段有效期已经录入过了")
    assert len(renewals("weilidai")) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"valid_to": "2026-05-14"}, {"valid_to": "2020-01-01"}, {"valid_to": ""}, {"valid_from": "soon"},
        {"source": ""}, {"source": "  \u200b "}, {"number": "1"}, {"number": ""}, {"valid_to": "9999999999"},
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_refused_and_what_was_typed_stays(ended: Desk, typed: dict[str, str]) -> None:
    page = renew(ended, PDF, **typed)
    assert page.status_code == 422
    assert seen(page, "请核对：日期要完整")
    assert "public gazette" in page.content.decode() or "source" in typed
    assert renewals("weilidai") == ()


@pytest.mark.parametrize("body", [None, b"", b"plain words", b"<html>", b"PK\x03\x04", b"GIF89a"])
def test_only_a_certificate_is_a_certificate(ended: Desk, body: bytes | None) -> None:
    page = renew(ended, body)
    assert page.status_code == 422
    assert renewals("weilidai") == ()


def test_a_certificate_has_a_largest_size(record: object) -> None:
    assert record
    assert certificate(PDF) == PDF
    with pytest.raises(ValueError, match="at most 8 MB"):
        certificate(b"%PDF-" + b"x" * BIGGEST)


def test_a_file_named_to_climb_out_of_its_folder_is_only_a_name(ended: Desk) -> None:
    form = {**TYPED, "document": document(PDF, "../../etc/passwd.pdf")}
    assert seen(ended.person("陈思").post("/brands/weilidai/renew/", form, follow=True), "已录入")


def test_the_page_of_a_dossier_shows_the_alerts_that_brand_check_expects(desk: Desk) -> None:
    one = next(brand for brand in desk.town.brands if brand.id == "weilidai")
    page = desk.person("陈思").get("/brands/weilidai/")
    for row in expected_alerts(one):
        term, told = in_words(row, "zh")
        assert seen(page, term, told)
