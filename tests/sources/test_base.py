"""Every file of the room is a source that can be named, opened and asked to read on."""

import ast
import re
import sys
from pathlib import Path

import pytest

from zhengben import sources
from zhengben.locale.words import LANGUAGES, catalogue, say
from zhengben.sources.base import BATCH, Aside, Batch, kinds, open_reader, setting

FOLDER = Path(sources.__file__).parent
SETTINGS = {
    "certificates_rfc6962": {"url": "https://log.example/"},
    "certificates_static": {"url": "https://log.example/"},
}


def defines_a_source(path: Path) -> bool:
    """Tell from its syntax, not from its words, whether a file has an `open_source`."""
    body = ast.parse(path.read_text("utf-8")).body
    return any(isinstance(node, ast.FunctionDef) and node.name == "open_source" for node in body)


def test_kinds_are_the_files_that_open_a_source() -> None:
    assert list(kinds()) == sorted(path.stem for path in FOLDER.glob("*.py") if defines_a_source(path))
    assert {"hostname_file", "watched_folder", "zones", "certificates_stream"} <= set(kinds())


def test_naming_the_kinds_loads_none_of_them() -> None:
    kinds.cache_clear()
    known = set(sys.modules)
    kinds()
    assert not {name for name in set(sys.modules) - known if name.startswith("zhengben.sources.")}


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_takes_a_name_and_settings_and_says_what_it_lacks(kind: str) -> None:
    with pytest.raises(ValueError, match=r"^source probe: the setting '\w+' is missing; give it as text$"):
        open_reader(kind, "probe", {})


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words_for_whoever_adds_it(kind: str, language: str) -> None:
    assert say(f"source_kind.{kind}", language)


REASON = re.compile(r"""Aside\([^"']*?["'](\w+)["']|BadLineError\(f?["'](\w+)""")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_to_set_a_line_aside_has_words(language: str) -> None:
    codes = {a or b for path in FOLDER.glob("*.py") for a, b in REASON.findall(path.read_text("utf-8"))}
    assert {"not_json", "missing", "bad_entry", "damaged", "too_long"} <= codes
    assert [code for code in sorted(codes) if f"aside.{code}" not in catalogue(language)] == []


def test_an_unknown_kind_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="source probe: unknown kind 'ftp'; use one of ") as caught:
        open_reader("ftp", "probe", {})
    assert all(kind in str(caught.value) for kind in kinds())


@pytest.mark.parametrize("kind", ["base", "lines", "lead_v1", "../core/lead", "os", "zhengben.cli.main", ""])
def test_only_sources_are_ever_imported(kind: str) -> None:
    """A kind comes from a form: it must not name any module of Python."""
    with pytest.raises(ValueError, match="unknown kind"):
        open_reader(kind, "probe", {"path": "x"})


@pytest.mark.parametrize("value", [None, "", " ", 3, [], {"a": 1}], ids=str)
def test_a_setting_must_be_text_that_says_something(value: object) -> None:
    with pytest.raises(ValueError, match="source probe: the setting 'path' is missing"):
        setting({"path": value}, "path", "probe")


def test_a_setting_is_given_as_it_was_written() -> None:
    assert setting({"path": " a b "}, "path", "probe") == " a b "


def test_a_batch_is_empty_until_something_is_in_it() -> None:
    batch = Batch(cursor={})
    assert (batch.leads, batch.aside, batch.place) == ((), (), "")
    assert Aside(1, "no_hostname", "x") == Aside(1, "no_hostname", "x")
    assert BATCH >= 100
