"""An iOS app's files against the list that was signed, and what is said of the app as a whole."""

import plistlib
from collections.abc import Mapping

import pytest

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.examine.apple_resources import check_resources
from zhengben.examine.ipa_signing import check_ipa
from zhengben.examine.plist import read_plist
from zhengben.publish.app_words import note_words, tamper_words, why_words
from zhengben.range.make_apk import signing_key
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_code import resource_list
from zhengben.range.make_app_ios import make_ipa

ROOT = "Payload/App.app/"
KEY, OTHER = signing_key("ios", "Some Developer"), signing_key("other", "Somebody Else")
FILES = {"www/index.html": b"<html>", "img/a.png": b"png" * 50, "zh.lproj/x.strings": b"x"}


def archive(files: Mapping[str, bytes]) -> Archive:
    """Give an archive with an app folder of these files and a program."""
    made = {"App": b"code", "Info.plist": b"info", **files}
    return Archive(write_parts([Entry(name=ROOT + name, data=data) for name, data in made.items()]).join())


def verdict(files: Mapping[str, bytes], table: Mapping[str, object] | None = None) -> tuple[str, bool]:
    """Hold files against a list, as a rule that of `FILES`."""
    return check_resources(archive(files), ROOT, "App", read_plist(resource_list(FILES)) if table is None else table)


def test_files_as_listed_hold() -> None:
    assert verdict(FILES) == ("", True)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_changed_file_is_seen(name: str) -> None:
    assert verdict({**FILES, name: FILES[name] + b"!"}) == ("resource_changed", True)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_file_is_seen(name: str) -> None:
    assert verdict({key: data for key, data in FILES.items() if key != name}) == ("resource_missing", True)


def test_a_further_file_is_seen() -> None:
    assert verdict({**FILES, "www/inject.js": b"x"}) == ("resource_not_listed", True)


@pytest.mark.parametrize("name", ["PkgInfo", "SC_Info/App.sinf", "_CodeSignature/CodeResources", "img/.DS_Store"])
def test_what_no_list_names_is_no_stranger(name: str) -> None:
    assert verdict({**FILES, name: b"x"}) == ("", True)


def test_a_file_that_may_be_left_out_may_be_missing() -> None:
    table = read_plist(resource_list(FILES))
    table["files2"]["zh.lproj/x.strings"]["optional"] = True
    left = {key: data for key, data in FILES.items() if not key.startswith("zh")}
    assert verdict(left, table) == ("", True)


def test_the_older_list_of_bare_digests_counts_where_it_is_alone() -> None:
    table = {"files": read_plist(resource_list(FILES))["files"]}
    assert verdict(FILES, table) == ("", True)
    assert verdict({**FILES, "img/a.png": b"other"}, table) == ("resource_changed", True)


def test_parts_with_a_signature_of_their_own_are_not_followed_and_said_so() -> None:
    table = read_plist(resource_list(FILES))
    table["files2"]["Frameworks/X.framework"] = {"cdhash": b"\1" * 20, "requirement": "anchor apple"}
    files = {**FILES, "Frameworks/X.framework/X": b"code", "Frameworks/X.framework/Info.plist": b"info"}
    assert verdict(files, table) == ("", False)


@pytest.mark.parametrize("table", [{}, {"files2": {}}, {"files2": 7}, {"files2": ["a"]}])
def test_no_list_is_not_a_list_that_holds(table: dict[str, object]) -> None:
    assert verdict(FILES, table) == ("resource_list_changed", True)


def test_a_row_without_a_digest_holds_for_nothing() -> None:
    table = read_plist(resource_list(FILES))
    table["files2"]["img/a.png"] = {"hash2": "text, not bytes"}
    assert verdict(FILES, table) == ("resource_changed", True)


def test_patterns_of_the_file_itself_are_never_run() -> None:
    """A list may carry an expression that takes for ever; nothing here runs it."""
    table = read_plist(resource_list(FILES))
    table["rules2"] = {"^(a+)+$": True}
    assert verdict({**FILES, "a" * 60: b"x"}, table) == ("resource_not_listed", True)


# --- the app as a whole ---------------------------------------------------------------------------------------------


def ipa(way: str = "enterprise", files: Mapping[str, bytes] | None = None, **more: object) -> bytes:
    """Give an app signed by `KEY`."""
    made: dict[str, object] = {"signer": KEY, "code_signer": KEY, **more}
    return make_ipa(bundle="cn.example.app", names={"": "App"}, way=way, files=files or FILES, **made)  # type: ignore[arg-type]


def changed(body: bytes, change: Mapping[str, bytes | None]) -> AppFacts:
    """Examine an app after files in it were replaced, added, or (None) taken out."""
    old = Archive(body)
    files: dict[str, bytes | None] = {entry.name: old.read(entry, 1 << 20) for entry in old.entries}
    files |= {ROOT + name: data for name, data in change.items()}
    kept = [Entry(name=name, data=data) for name, data in files.items() if data is not None]
    return examine_app(write_parts(kept).join(), "a.ipa")


def test_an_untouched_app_is_verified_and_its_signer_named() -> None:
    facts = examine_app(ipa(), "a.ipa")
    assert facts.signed == "verified"
    (signer,) = facts.signers
    assert (signer.scheme, signer.verified, signer.sha256) == ("ios_code", True, KEY.sha256)
    assert "code_not_by_apple" in facts.notes


def test_a_quick_look_names_without_verifying() -> None:
    facts = examine_app(ipa(), "a.ipa", deep=False)
    assert facts.signed == "unchecked"
    assert not any(signer.verified for signer in facts.signers)


@pytest.mark.parametrize(
    ("change", "why", "word"),
    [
        ({"www/index.html": b"<html>evil"}, "resource_changed", "broken"),
        ({"img/a.png": None}, "resource_missing", "broken"),
        ({"www/more.js": b"x"}, "resource_not_listed", "unchecked"),
        ({"Info.plist": plistlib.dumps({"CFBundleIdentifier": "cn.example.app", "CFBundleExecutable": "App",
                                        "CFBundleName": "微粒贷"})}, "info_plist_changed", "broken"),
        ({"_CodeSignature/CodeResources": resource_list(FILES)}, "resource_list_changed", "broken"),
    ],
    ids=["changed", "missing", "added", "renamed", "another list"],
)  # fmt: skip
def test_whatever_is_done_to_its_files_is_told(change: dict[str, bytes | None], why: str, word: str) -> None:
    facts = changed(ipa(), change)
    assert facts.signed == word
    assert (facts.signers[0].verified, facts.signers[0].why) == (False, why)


def test_a_signer_the_profile_does_not_allow_is_told() -> None:
    facts = examine_app(ipa(code_signer=OTHER), "a.ipa")
    assert "profile_for_another_key" in facts.tamper
    assert [signer.scheme for signer in facts.signers] == ["ios_code", "ios_profile"]


def test_an_app_without_a_code_signature_is_never_called_verified() -> None:
    facts = examine_app(ipa(code_signer=None), "a.ipa")
    assert facts.signed == "unchecked"
    assert facts.signers[0].why == "ios_code_signature_not_checked"


def test_a_program_that_is_not_there_leaves_the_profile_alone_to_speak() -> None:
    facts = changed(ipa(), {"App": None})
    assert facts.signed == "unchecked"
    assert facts.signers[0].scheme == "ios_profile"


def test_a_program_as_big_as_no_phone_takes_is_not_read() -> None:
    body = Archive(ipa())
    at = body.by_name[f"{ROOT}App"]
    body.entries[at] = body.entries[at]._replace(size=1 << 30)
    found = check_ipa(body, ROOT, {"CFBundleExecutable": "App"}, {})
    assert found.notes == ["program_too_big"]
    assert found.word == "unsigned"


WHYS = (
    "program_changed", "program_not_covered", "program_part_unsigned", "info_plist_changed", "entitlements_changed",
    "resource_list_changed", "resource_changed", "resource_missing", "resource_not_listed", "not_all_files_checked",
    "code_signature_malformed", "code_directory_unsigned", "ios_code_signature_not_checked", "janus",
)  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", WHYS)
def test_every_fault_of_a_signature_is_said_in_words(code: str, language: str) -> None:
    said = why_words(code, language)
    assert said != code
    assert any("\u4e00" <= c <= "\u9fff" for c in said) is (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", ["code_by_apple", "code_not_by_apple", "code_signed_by_nobody", "program_too_big"])
def test_every_note_about_code_is_said_in_words(code: str, language: str) -> None:
    assert note_words(code, language) != code
    assert tamper_words("code_signature_malformed", language) != "code_signature_malformed"
