"""What a page looked like, on the page of its case: boxes, findings, what lies beside it, and files to save."""

import hashlib
import json
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk import Desk, seen, text
from worlds import HOST, PAGE, Web
from zhengben import wiring
from zhengben.console import captures
from zhengben.console.capture_boxes import Mark, boxes_of, drawing, matches_of, size_of
from zhengben.console.capture_facts import beside, certificates
from zhengben.console.findings import FINDINGS, findings
from zhengben.core.fetched import Box, Captured, DnsRecord, Download, Profile, Request
from zhengben.core.handed_out import handed_out
from zhengben.flow.limited import ExaminationKilled
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.store.models import Case, Lead

sqlite = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def png(width: int = 390, height: int = 900) -> bytes:
    """Give a white picture of that size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = (b"\x00" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


BOXES = (
    Box(kind="input", x=20, y=200, width=300, height=40, text="姓名"),
    Box(kind="input", x=20, y=260, width=300, height=40, text="身份证号"),
    Box(kind="a", x=20, y=400, width=350, height=50, text=f"http://{HOST}/wld.apk"),
    Box(kind="a", x=20, y=500, width=350, height=50, text="http://elsewhere.example/about"),
)
SEEN = Captured(
    url=f"http://{HOST}/", final_url=f"http://{HOST}/", profile="mobile", status=200, dom=PAGE, title="微粒贷",
    screenshot=png(), mhtml=b"MIME-Version: 1.0", boxes=BOXES,
    network=(
        Request(url=f"http://{HOST}/go", status=302, main=True, address="203.0.113.5", started=1.79e9, size=0),
        Request(url=f"http://{HOST}/", status=200, main=True, address="203.0.113.5", started=1.79e9, size=900),
        Request(url=f"http://{HOST}/gone.png", status=404, kind="image", started=1.79e9),
        Request(url="http://inner.example/", failure="egress guard: loopback", started=1.79e9),
    ),
    downloads=(Download(name="wld.apk", url=f"http://{HOST}/wld.apk", body=b"<html>none", complete=False),),
    dns=(DnsRecord(name=HOST, kind="A", value="203.0.113.5", ttl=60),), notes=("dialogs=20", "navigations=31"),
    began="2026-11-22T08:00:00.113+00:00",
)  # fmt: skip


class Pictured(Web):
    """A web with a browser: captures as told, by client; one that was told nothing sees what the phone sees."""

    told: dict[str, Captured]

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give one capture."""
        one = self.told.get(profile.name, self.told["mobile"])
        return replace(one, url=url, final_url=url, profile=profile.name)


def browsed(desk: Desk, told: dict[str, Captured]) -> Case:
    """Bring one impostor to its sealed case, seen by a browser."""
    web = Pictured(desk.town.web.pages)
    web.told = told
    desk.town.web = web
    desk.town.report()
    desk.town.work()
    return Case.objects.get()


@pytest.fixture
def pictured(desk: Desk) -> tuple[Desk, Case]:
    """Give a sealed case with captures by three clients; the desktop was shown nothing."""
    gone = replace(SEEN, status=404, dom="<h1>404 Not Found</h1>", boxes=(), network=(), dns=(), notes=(), downloads=())
    return desk, browsed(desk, {"mobile": SEEN, "desktop": gone})


def page(pictured: tuple[Desk, Case], path: str = "", language: str = "") -> Any:
    """Give a page of the case, in Chinese unless told."""
    desk, case = pictured
    browser = desk.person("陈思")
    if language == "en":
        browser.post("/language/", {"name": "en", "language": "en", "next": "/"})
    return browser.get(f"/cases/{case.number}/{path}")


# --- the page of a case -------------------------------------------------------------------------------------------


@sqlite
def test_each_client_has_its_picture_with_numbered_boxes(pictured: tuple[Desk, Case]) -> None:
    shown = page(pictured)
    assert seen(shown, "手机", "微信内", "电脑", "索要 姓名", "索要 身份证", "提供 APP 下载")
    body = shown.content.decode()
    assert body.count('<svg class="seen-page"') == 3
    assert 'viewBox="0 0 390 900"' in body
    assert '<rect class="edge" x="20" y="260" width="300" height="40"' in body
    assert "style=" not in body
    assert "<script>" not in body


@sqlite
def test_the_three_findings_stand_in_words_with_their_reasons(pictured: tuple[Desk, Case]) -> None:
    shown = page(pictured)
    for words in ("三项认定", "使用品牌名称或商标", "索要个人隐私或钱财", "提供 APP", "身份证号"):
        assert seen(shown, words), words


@sqlite
def test_what_lies_beside_a_picture_can_be_read_without_a_script(pictured: tuple[Desk, Case]) -> None:
    shown = page(pictured)
    assert seen(
        shown, "跳转", f"http://{HOST}/go", "HTTP 302", "203.0.113.5", "DNS 记录", "失败的资源（2）",
        "egress guard: loopback", "弹出 20 次对话框", "自行跳转 31 次", "没有加密连接", "wld.apk", "不完整",
    )  # fmt: skip


@sqlite
def test_the_address_shows_its_deceiving_character_under_the_picture(pictured: tuple[Desk, Case]) -> None:
    assert page(pictured).content.decode().count('wei<em class="diff">1</em>idai-app.cn') >= 4


@sqlite
def test_the_page_of_a_case_is_whole_in_english(pictured: tuple[Desk, Case]) -> None:
    desk, _ = pictured
    desk.person("陈思").post("/language/", {"language": "en", "next": "/"})
    shown = page(pictured)
    assert seen(
        shown, "Three findings", "Uses the name or the mark", "asks for: ID card", "Network, DNS and certificates"
    )
    words = text(shown)
    assert not [key for key in ("capture.", "finding.", "match.", "capture_box.", "capture_did.") if key in words]


@sqlite
def test_before_anything_was_captured_the_page_says_what_will_happen(desk: Desk) -> None:
    desk.town.web.pages[HOST] = "timeout"
    desk.town.report()
    desk.town.work()
    lead = Lead.objects.get()
    desk.person("陈思").post(f"/leads/{lead.pk}/case/")
    case = Case.objects.get()
    assert seen(desk.person("陈思").get(f"/cases/{case.number}/"), "还没有封存")


@sqlite
def test_evidence_that_is_gone_from_the_store_is_said_and_the_page_still_stands(pictured: tuple[Desk, Case]) -> None:
    desk, case = pictured
    desk.town.vault.path(case.exhibits.get().artefacts["seen"]).unlink()
    shown = page(pictured)
    assert shown.status_code == 200
    assert seen(shown, "封存的取证内容读不出来", "为什么")


# --- the full picture, and its files ------------------------------------------------------------------------------


@sqlite
def test_the_full_picture_zooms_without_a_script_and_names_its_files(pictured: tuple[Desk, Case]) -> None:
    shown = page(pictured, "capture/1/")
    assert seen(
        shown, "适合宽度", "原大", "两倍", "网络日志 HAR", "网页存档 MHTML", "DNS 记录", "图上标出", "索要 身份证"
    )
    body = shown.content.decode()
    assert body.count('name="zoom"') == 3
    assert "证书链 PEM" not in text(shown)


@sqlite
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_capture_that_is_not_whole_says_why(desk: Desk, language: str) -> None:
    late = replace(SEEN, failure="timeout", detail="a script did not end", clipped=True)
    case = browsed(desk, {"mobile": late})
    browser = desk.person("陈思")
    browser.post("/language/", {"language": language, "next": "/"})
    shown = browser.get(f"/cases/{case.number}/capture/0/")
    told = catalogue(language)
    assert seen(shown, told["capture.incomplete"], told["failure.timeout"], "a script did not end")


KEPT = {
    "network.har": "application/json", "page.mhtml": "application/octet-stream",
    "document.txt": "text/plain; charset=utf-8", "picture.png": "image/png", "dns.json": "application/json",
}  # fmt: skip


@sqlite
@pytest.mark.parametrize("name", KEPT)
def test_every_file_of_a_capture_is_handed_out_to_be_saved_never_to_be_shown(
    pictured: tuple[Desk, Case], name: str
) -> None:
    answer = page(pictured, f"capture/1/{name}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, KEPT[name])
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@sqlite
def test_the_saved_log_is_the_captures_own(pictured: tuple[Desk, Case]) -> None:
    log = json.loads(page(pictured, "capture/1/network.har").content)["log"]
    assert [entry["response"]["status"] for entry in log["entries"]] == [302, 200, 404, 0]
    rows = json.loads(page(pictured, "capture/1/dns.json").content)
    assert rows == [{"name": HOST, "kind": "A", "value": "203.0.113.5", "ttl": 60}]
    assert page(pictured, "capture/1/document.txt").content.decode() == PAGE


@sqlite
@pytest.mark.parametrize(
    "path",
    [
        "capture/9/",
        "capture/1/certificates.pem",
        "capture/1/passwd",
        "capture/9/network.har",
        "match/0.png",
        "match/7.png",
    ],
)
def test_what_was_not_kept_is_not_there(pictured: tuple[Desk, Case], path: str) -> None:
    assert page(pictured, path).status_code == 404


@sqlite
@pytest.mark.parametrize("path", ["capture/0/", "capture/0/network.har", "match/0.png"])
def test_nobody_sees_a_capture_who_has_not_signed_in(pictured: tuple[Desk, Case], path: str) -> None:
    from django.test import Client  # noqa: PLC0415

    _, case = pictured
    answer = Client(SERVER_NAME="127.0.0.1").get(f"/cases/{case.number}/{path}")
    assert (answer.status_code, "/sign-in/" in answer.headers["Location"]) == (302, True)


@sqlite
def test_a_case_nobody_opened_has_no_capture(desk: Desk) -> None:
    assert desk.person("陈思").get("/cases/2026-9999/capture/0/").status_code == 404


# --- boxes --------------------------------------------------------------------------------------------------------


def test_the_size_of_a_picture_is_read_from_its_head() -> None:
    assert size_of(png(31, 17)) == (31, 17)
    assert size_of(b"") == size_of(b"\x89PNG\r\n\x1a\n") == size_of(b"GIF89a" + bytes(40)) == (0, 0)


def test_boxes_are_numbered_from_top_to_bottom() -> None:
    found = boxes_of(SEEN, (), "zh", codes=False)
    assert [(one.number, one.kind, one.words) for one in found] == [
        (1, "secret", "姓名"),
        (2, "secret", "身份证"),
        (3, "app", ""),
    ]


def test_inputs_that_ask_for_no_secret_are_not_marked() -> None:
    search = replace(SEEN, boxes=(Box(kind="input", x=1, y=1, width=50, height=20, text="搜索"), replace(BOXES[0])))
    assert boxes_of(search, (), "zh", codes=False) == []


@pytest.mark.parametrize(
    ("box", "corners"),
    [
        ((-20, -5, 100, 40), (0, 0, 100, 40)), ((380, 890, 100, 40), (380, 890, 10, 10)),
        ((10, 10, 0.4, 0.4), None), ((500, 10, 20, 20), None), ((10, 5000, 20, 20), None),
    ],
)  # fmt: skip
def test_a_box_stays_inside_its_picture(
    box: tuple[float, float, float, float], corners: tuple[int, int, int, int] | None
) -> None:
    x, y, width, height = box
    one = replace(SEEN, boxes=(Box(kind="a", x=x, y=y, width=width, height=height, text="http://a.cn/x.apk"),))
    found = boxes_of(one, (), "zh", codes=False)
    assert [(m.x, m.y, m.width, m.height) for m in found] == ([corners] if corners else [])


def test_no_more_than_two_dozen_boxes_are_drawn() -> None:
    many = tuple(Box(kind="a", x=1, y=n * 30, width=50, height=20, text="http://a.cn/x.apk") for n in range(200))
    assert len(boxes_of(replace(SEEN, boxes=many, screenshot=png(390, 6000)), (), "zh", codes=False)) == 24


@pytest.mark.parametrize(
    ("address", "handed"),
    [
        ("http://a.cn/x.APK", True), ("http://a.cn/x.mobileconfig#a", True), ("itms-apps://x", True),
        ("http://a.cn/apk", False), ("http://[broken", False), ("", False),
    ],
)  # fmt: skip
def test_what_hands_out_an_app(address: str, handed: bool) -> None:  # noqa: FBT001  # a column of the table
    assert bool(handed_out(address)) is handed


def match(**other: Any) -> dict[str, Any]:
    """Give the facts of a match in the screenshot."""
    digest = hashlib.sha256(SEEN.screenshot).hexdigest()
    told = {"reference": "weilidai/symbol.png", "reference_sha256": "f" * 64, "right": "16577525",
            "source": "screenshot", "source_sha256": digest, "box": [10, 20, 60, 60], "distance": 4,
            "correlation": 0.98, "method": "pdq/1"}  # fmt: skip
    return told | other


def reason(*matches: dict[str, Any]) -> dict[str, Any]:
    """Give the reason that carries them."""
    return {"code": "page_shows_mark", "weight": 40, "facts": {**matches[0], "more": list(matches[1:])}}


def test_a_mark_is_drawn_where_it_was_found() -> None:
    (one,) = boxes_of(replace(SEEN, boxes=()), [reason(match())], "zh", codes=False)
    assert (one.kind, one.words, one.x, one.y, one.width, one.height) == ("mark", "16577525", 10, 20, 60, 60)


def test_a_mark_in_a_picture_of_its_own_is_drawn_where_the_page_shows_that_picture() -> None:
    logo = Box(kind="img", x=100, y=40, width=80, height=30, text="http://a.cn/logo.png")
    told = reason(match(source="http://a.cn/logo.png", source_sha256="0" * 64))
    (one,) = boxes_of(replace(SEEN, boxes=(logo,)), [told], "zh", codes=False)
    assert (one.x, one.y, one.width, one.height) == (100, 40, 80, 30)


def test_every_match_of_a_reason_is_told_and_broken_ones_are_not() -> None:
    rows = [
        reason(match(), match(box=[1, 2, 3, 4]), match(box=[]), {"reference": ""}),
        {"code": "other", "facts": match()},
    ]
    assert [row["box"] for row in matches_of(rows)] == [[10, 20, 60, 60], [1, 2, 3, 4]]
    assert matches_of([{"code": "page_shows_mark", "facts": None}]) == []


def test_a_label_never_leaves_the_picture() -> None:
    corner = Mark(number=12, kind="app", words="", x=385, y=0, width=5, height=20)
    row = drawing(SEEN, [corner])["rows"]
    assert isinstance(row, list)
    assert 0 <= row[0]["left"] <= 390 - row[0]["wide"]
    assert row[0]["top"] >= 0


@pytest.mark.parametrize(("height", "long"), [(900, False), (1560, False), (1561, True), (9000, True)])
def test_a_picture_too_high_for_one_sheet_of_paper_is_told_apart(height: int, *, long: bool) -> None:
    assert drawing(replace(SEEN, screenshot=png(390, height)), [])["long"] is long


def test_letters_grow_with_the_picture() -> None:
    assert drawing(SEEN, [])["letter"] == 12
    assert drawing(replace(SEEN, screenshot=png(1280, 800)), [])["letter"] == 29


def test_codes_that_cannot_be_read_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise ExaminationKilled("memory", "too much")

    monkeypatch.setattr("zhengben.console.capture_boxes.run_limited", killed)
    other = replace(SEEN, screenshot=png(391, 900), boxes=())
    assert boxes_of(other, (), "zh", codes=True) == []


# --- findings, certificates, lists --------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_box_and_deed_has_words(language: str) -> None:
    known = catalogue(language)
    for key in [*(f"finding.{name}" for name in FINDINGS), *(f"capture.file.{name}" for name in captures.KINDS),
                *(f"capture_box.{kind}" for kind in ("mark", "secret", "code", "app")),
                *(f"capture_did.{code}" for code in ("dialogs", "windows", "downloads", "navigations",
                                                     "scripts_stopped", "requests_not_listed"))]:  # fmt: skip
        assert known[key], key


def test_a_finding_that_was_not_seen_is_not_a_no() -> None:
    told = {row["name"]: row["state"] for row in findings([{"code": "page_asks_fee"}], ["page.timeout"])}
    assert told == {"uses_mark": "unseen", "asks": "yes", "offers_app": "unseen"}
    assert {row["state"] for row in findings([], [])} == {"no"}
    assert {row["state"] for row in findings([], ["icon"])} == {"no"}


def test_what_is_no_certificate_is_told_by_its_digest() -> None:
    (one,) = certificates((b"not a certificate",))
    assert (one["subject"], one["sha"]) == ("", hashlib.sha256(b"not a certificate").hexdigest())


def test_a_certificate_is_read_as_a_person_would_ask() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from cryptography import x509  # noqa: PLC0415
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=wei1idai-app.cn")
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(datetime(2026, 11, 1, tzinfo=UTC)).not_valid_after(datetime(2027, 1, 30, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("*.wei1idai-app.cn")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (one,) = certificates((made.public_bytes(serialization.Encoding.DER),))
    assert (one["subject"], one["issuer"], one["own"], one["names"]) == (
        "wei1idai-app.cn", "wei1idai-app.cn", True, ["*.wei1idai-app.cn"],
    )  # fmt: skip


def test_a_long_log_is_cut_and_says_how_much_is_left() -> None:
    many = tuple(Request(url=f"http://a.cn/{n}", status=200) for n in range(200))
    told = beside(replace(SEEN, network=many))
    assert (told["requests"], told["more"]) == (200, 140)


# --- side by side -------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of dossiers with one picture."""
    (tmp_path / "weilidai").mkdir()
    (tmp_path / "weilidai" / "symbol.png").write_bytes(png(40, 40))
    monkeypatch.setattr(wiring, "logo_folder", lambda: tmp_path)
    return tmp_path


def own(**other: Any) -> dict[str, Any]:
    """Give a match against the picture in that folder."""
    return match(reference_sha256=hashlib.sha256(png(40, 40)).hexdigest(), **other)


def test_a_match_is_drawn_beside_the_dossiers_picture(folder: Path) -> None:
    assert folder
    assert captures.side_by_side(own(), (SEEN,)).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "told",
    [
        own(reference="../secret.png"), own(reference="weilidai/none.png"), match(), own(source_sha256="0" * 64),
        own(reference="/etc/hostname"), own(box=[9000, 9000, 5, 5]),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_honestly_is_not_drawn(folder: Path, told: dict[str, Any]) -> None:
    (folder.parent / "secret.png").write_bytes(png(40, 40))
    assert captures.side_by_side(told, (SEEN,)) == b""


def line(**other: Any) -> dict[str, Any]:
    """Give a line read in the screenshot, as a reason carries it."""
    digest = hashlib.sha256(SEEN.screenshot).hexdigest()
    return {"text": "微粒贷", "box": [140, 25, 158, 64], "source_sha256": digest, "model": "small.onnx:0"} | other


def named(*lines: object, code: str = "page_presents_as") -> dict[str, Any]:
    """Give the reason that stands on these lines."""
    return {"code": code, "weight": 30, "facts": {"name": "微粒贷", "read": list(lines)}}


@pytest.mark.parametrize("code", ["page_presents_as", "page_picture_reads", "page_picture_resembles"])
def test_a_name_read_in_a_picture_is_marked_where_it_was_read(code: str) -> None:
    (one,) = boxes_of(replace(SEEN, boxes=()), [named(line(), code=code)], "zh", codes=False)
    assert (one.kind, one.words, one.x, one.y, one.width, one.height) == ("name", "微粒贷", 140, 25, 158, 64)


def test_a_name_read_for_one_client_is_marked_on_the_same_picture_of_another() -> None:
    banner = Box(kind="img", x=80, y=8, width=320, height=90, text="http://a.cn/w.png")
    page = Box(kind="css", x=0, y=0, width=390, height=900, text="http://a.cn/ground.png")
    phone = replace(SEEN, boxes=(page, banner))
    wide = replace(SEEN, profile="desktop", boxes=(replace(banner, x=500, y=16),), screenshot=png(1280, 800))
    (one,) = boxes_of(wide, [named(line())], "zh", codes=False, others=(phone, wide))
    assert (one.kind, one.x, one.y, one.width, one.height) == ("name", 500, 16, 320, 90)
    assert boxes_of(wide, [named(line())], "zh", codes=False) == []
    assert boxes_of(wide, [named(line())], "zh", codes=False, others=(replace(phone, boxes=()),)) == []


@pytest.mark.parametrize(
    "told",
    [
        {"code": "page_presents_as", "facts": None}, {"code": "page_presents_as", "facts": {"read": "x"}},
        named({"text": "微粒贷"}), named("微粒贷"), {"code": "other", "facts": {"read": [line()]}},
        named(line(source_sha256="f" * 64)),
    ],
)  # fmt: skip
def test_lines_that_are_not_whole_or_of_no_picture_here_are_not_drawn(told: dict[str, Any]) -> None:
    assert boxes_of(replace(SEEN, boxes=()), [told], "zh", codes=False) == []
