"""The printable sheet about an app: complete in both languages, and safe whatever the sample says."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zhengben.core.appfacts import AppFacts, Found, Icon, Name, Signer
from zhengben.core.sighting import Contact, Sighting
from zhengben.core.verdict import Coverage, Label, Reason, Verdict
from zhengben.publish.app_report import Sheet, app_report, plain, write_report

APP = AppFacts(
    platform="android", container="apk", package="cn.fake<script>alert(1)</script>", version="1.0",
    names=(Name(text="微\u200b粒贷<b>", place="alias", locale="zh", enabled=False), Name(text="Loan")),
    signers=(Signer(scheme="v2", sha256="ab" * 32, subject="CN=Bad", verified=False, why="content_digest_differs"),),
    permissions=("android.permission.READ_SMS", "android.permission.READ_CONTACTS"), signed="broken",
    icons=(Icon(place="application.icon", sha256="00", png=b"\x89PNG"),), opens=("https://evil.example/",),
    hosts=("evil.example",), shells=("dcloud",), tamper=("fake_encryption",), prints=("signer:abab",),
)  # fmt: skip
VERDICT = Verdict(
    Label.IMPERSONATION, "weilidai", 90,
    (Reason("no_such_app", 80, {"statement": "微粒贷没有独立APP", "source": "x", "legal_class": "false_app_in_name"}),),
    Coverage(("app.packed",)),
)  # fmt: skip
SIGHTING = Sighting(kind="app_file", target="x", app=APP, contacts=(Contact(kind="qq", value="12345", raw="12345"),))
SHEET = Sheet(
    name="a.apk", sha256="cd" * 32, size=1234, seen_at=datetime(2026, 11, 22, tzinfo=UTC), marks={"a": b"\x89PNG"}
)


ZH = ("冒充", "冒用机构名义发布虚假App", "读取短信", "已停用", "未通过验证", "别名入口", "代码经过加固", "品牌的标志")
EN = ("impersonation", "false app published in the institution", "read text messages", "switched off", "not verified")


@pytest.mark.parametrize(("language", "words"), [("zh", ZH), ("en", EN)])
def test_it_shows_what_a_reader_needs(language: str, words: tuple[str, ...]) -> None:
    page = app_report(SHEET, SIGHTING, VERDICT, language)
    for word in (*words, "https://evil.example/", "QQ 12345", "dcloud", "fake_encryption", "cd" * 32, "CN=Bad"):
        assert word in page


def test_nothing_of_the_sample_becomes_markup() -> None:
    page = app_report(SHEET, SIGHTING, VERDICT, "zh")
    assert "<script" not in page
    assert "微‹U+200B›粒贷&lt;b&gt;" in page
    assert "http-equiv" not in page
    assert 'src="http' not in page


def test_an_unreadable_file_still_has_a_sheet() -> None:
    blank = Sighting(kind="app_file", target="x", missing=("app.unreadable",))
    verdict = Verdict(Label.UNKNOWN, "", 0, (), Coverage(("app.unreadable",)))
    assert "文件损坏或不是应用" in app_report(SHEET, blank, verdict, "zh")


def test_invisible_characters_are_made_visible() -> None:
    assert plain("a\u202eb\x00") == "a‹U+202E›b‹U+0000›"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_codes_without_words_are_shown_as_they_are(language: str) -> None:
    odd = AppFacts(platform="android", names=(Name(text="x", place="odd<place>"),))
    verdict = Verdict(Label.UNKNOWN, "", 0, (), Coverage(("app.odd_part",)))
    page = app_report(SHEET, Sighting(kind="app_file", target="x", app=odd), verdict, language)
    assert "odd&lt;place&gt;" in page
    assert "app.odd_part" in page


def test_sheets_are_left_in_both_languages_under_the_files_own_digest(tmp_path: Path) -> None:
    sample = tmp_path / "a.apk"
    sample.write_bytes(b"an app")
    folder = tmp_path / "sheets" / "new"
    write_report(folder, sample, SIGHTING, VERDICT, ())
    digest = hashlib.sha256(b"an app").hexdigest()
    assert sorted(path.name for path in folder.iterdir()) == [f"{digest[:16]}.en.html", f"{digest[:16]}.zh.html"]
    for path in folder.iterdir():
        page = path.read_text("utf-8")
        assert digest in page
        assert "a.apk (6 B)" in page
    with pytest.raises(OSError, match=r"a\.apk"):
        write_report(sample / "in a file", sample, SIGHTING, VERDICT, ())


def test_a_sheet_without_a_moment_shows_none() -> None:
    for sheet, times in ((SHEET, 1), (replace(SHEET, seen_at=None), 0)):
        assert app_report(sheet, SIGHTING, VERDICT, "en").count("2026-11-22") == times


@pytest.mark.parametrize(
    ("language", "form", "told"),
    [
        ("zh", "base64", "QQ 12345 (assets/www/conf.js · 写成 base64)"),
        ("en", "base64", "QQ 12345 (assets/www/conf.js · in base64)"), ("zh", "", "QQ 12345 (assets/www/conf.js)"),
        ("en", "new_form", "QQ 12345 (assets/www/conf.js · new_form)"),
    ],
)  # fmt: skip
def test_a_contact_says_where_it_stood_and_how_it_was_written(language: str, form: str, told: str) -> None:
    """A court asks both, and the sheet says what the page of the case says."""
    found = Found(kind="qq", value="12345", raw="12345", where="assets/www/conf.js", form=form)
    sighting = replace(SIGHTING, app=replace(APP, contacts=(found,)))
    assert f"<li>{told}</li>" in app_report(SHEET, sighting, VERDICT, language)


def test_the_place_of_a_contact_is_a_name_out_of_the_sample() -> None:
    found = Found(kind="qq", value="12345", raw="12345", where="assets/<b>\u202e.js", form="")
    page = app_report(SHEET, replace(SIGHTING, app=replace(APP, contacts=(found,))), VERDICT, "en")
    assert "assets/&lt;b&gt;‹U+202E›.js" in page


@pytest.mark.parametrize(
    "hidden",
    ["\u00ad", "\u034f", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u2028", "\u2066", "\u2800", "\u3164",
     "\ufe00", "\ufe0f", "\ufeff", "\uffa0", "\U000e0041", "\U000e01ef"],
)  # fmt: skip
def test_whatever_nobody_sees_in_a_name_is_shown_by_its_number(hidden: str) -> None:
    assert plain(f"微{hidden}粒贷") == f"微‹U+{ord(hidden):04X}›粒贷"


@pytest.mark.parametrize("word", ["微粒贷", "❤️", "👨‍👩‍👧", "☎️ 95384", "Crédit é", "한글", "1\u3000元"])
def test_what_is_seen_stays_as_it_is(word: str) -> None:
    assert plain(word) == word


def test_a_reason_shows_the_invisible_character_that_gave_it_away() -> None:
    verdict = replace(
        VERDICT, reasons=(Reason("app_icon_alike", 35, {"mark": "a\u200bb.png", "place": "x", "score": 1.0}),)
    )
    assert "\u200b" not in app_report(SHEET, SIGHTING, verdict, "zh")
