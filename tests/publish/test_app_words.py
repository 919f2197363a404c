"""Every code the examination of apps can give has words in both languages."""

import re
from pathlib import Path

import pytest

import zhengben.examine
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.publish.app_words import spoken, tamper_words, why_words

EXAMINE = Path(zhengben.examine.__file__).parent
SOURCES = [*EXAMINE.rglob("*.py")]
TAMPER = re.compile(r'(?:flag|_flag|tamper\.add|tamper\.append)\("(\w+)"')
WHY = re.compile(r'(?:errors\.append|BlockError|CmsError)\("([\w.]+)"|return \["([\w.]+)"\]')


def codes(pattern: re.Pattern[str]) -> set[str]:
    """Give the codes that stand in the source of the examination."""
    found = (m for path in SOURCES for m in pattern.finditer(path.read_text("utf-8")))
    return {next(group for group in m.groups() if group) for m in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_malformation_has_words(language: str) -> None:
    assert len(codes(TAMPER)) > 30
    assert {code for code in codes(TAMPER) if f"app_tamper.{code}" not in catalogue(language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_signature_has_words(language: str) -> None:
    assert len(codes(WHY)) > 20
    assert {code for code in codes(WHY) if why_words(code, language) == code} == set()


def test_the_part_of_the_file_is_named() -> None:
    assert tamper_words("arsc_pool_lie", "zh") == "资源表：文字表的数目不实"


def test_reasons_about_apps_are_told_in_the_readers_language() -> None:
    assert spoken("app_takes_data", {"permissions": ["读取短信"]}, "en") == {"permissions": ["read text messages"]}
    assert spoken("app_packed", {"packers": ["bangcle"]}, "zh") == {"packers": ["梆梆安全"]}
    assert spoken("name_in_title", {"place": "alias"}, "zh") == {"place": "alias"}
