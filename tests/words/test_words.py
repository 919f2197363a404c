"""Every code a person may meet has words in every language, and the words use only facts that exist."""

import re
from importlib import resources
from pathlib import Path

import pytest

from zhengben.core.reasons import ROLES
from zhengben.locale.words import LANGUAGES, catalogue, say

CODES = sorted(ROLES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    missing = [code for code in CODES if not catalogue(language).get(f"reason.{code}", "").strip()]
    assert not missing, f"add `{missing[0]} = ...` under [reason] in src/zhengben/locale/{language}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_for_reasons_that_do_not_exist(language: str) -> None:
    told = {key.removeprefix("reason.") for key in catalogue(language) if re.fullmatch(r"reason\.\w+", key)}
    assert told <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_languages_tell_the_same_facts(code: str) -> None:
    fields = {lang: set(re.findall(r"\{(\w+)\}", catalogue(lang)[f"reason.{code}"])) for lang in LANGUAGES}
    assert fields["zh"] == fields["en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_seen_has_words(language: str) -> None:
    ours = {key for key in catalogue("zh") if key.startswith("not_seen.")}
    assert {key for key in catalogue(language) if key.startswith("not_seen.")} == ours


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a language that is being written, `xx`."""
    monkeypatch.setattr(resources, "files", lambda _package: tmp_path)
    (tmp_path / "xx").mkdir()
    return tmp_path / "xx"


def test_words_given_twice_are_refused_with_key_and_file(rooms: Path) -> None:
    (rooms / "a.toml").write_text('[reason]\ntext_name = "a"\n', "utf-8")
    (rooms / "b.toml").write_text('reason.text_name = "b"\n', "utf-8")
    with pytest.raises(ValueError, match=r"locale/xx: 'reason.text_name' is defined twice, last in b.toml"):
        catalogue("xx")


def test_only_toml_files_hold_words(rooms: Path) -> None:
    (rooms / "a.toml").write_text('[reason]\ntext_name = "a"\n', "utf-8")
    (rooms / "notes.md").write_text("not = = toml", "utf-8")
    assert catalogue.__wrapped__("xx") == {"reason.text_name": "a"}


def test_words_that_are_missing_name_the_place_to_add_them() -> None:
    with pytest.raises(KeyError, match=r"no words for 'reason.nothing' in src/zhengben/locale/zh/"):
        say("reason.nothing", "zh")


def test_facts_are_filled_and_a_missing_one_breaks_nothing() -> None:
    assert "weilidai、webank" in say("reason.page_cloaked", "zh", {"profiles": ["weilidai", "webank"]})
    assert "{" not in say("reason.page_cloaked", "en")
