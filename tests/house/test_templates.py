"""Templates hold no words of their own, say only what both catalogues know, and never switch escaping off."""

import html
import re
from pathlib import Path

import pytest

from zhengben.locale.words import LANGUAGES, catalogue

SOURCE = Path(__file__).parents[2] / "src" / "zhengben"
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
NAMES = [str(path.relative_to(SOURCE).as_posix().split("templates/")[1]) for path in TEMPLATES]
SAID = re.compile(r'{%\s*say\s+"([^"]+)"')
CODED = re.compile(r'{%\s*say_code\s+"([^"]+)"')
# what needs no translation: our seal, names of formats, and an example of a report's number or of a lead
FIXED = re.compile(
    r'正本|\bEnter\b|class="big"|sha256|HTTP|JSON|PDF|TLS|DNS|HAR|PEM|MHTML|ABCDE-FGHIJ|lead\.v1|微粒贷-官方版'
)


def bare(text: str) -> str:
    """Give what a template says by itself: without its tags, without HTML, without what stands in <pre>."""
    text = re.sub(r"<pre\b.*?</pre>|<!--.*?-->|{#.*?#}", " ", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", text, flags=re.DOTALL)
    return FIXED.sub(" ", html.unescape(re.sub(r"<[^>]*>", " ", text, flags=re.DOTALL)))


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    left = re.findall(r"[A-Za-z]{2,}|[\u4e00-\u9fff]+", bare(path.read_text("utf-8")))
    assert left == [], "every word a person reads belongs into locale/"


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_says_only_what_every_language_knows(path: Path) -> None:
    text = path.read_text("utf-8")
    for language in LANGUAGES:
        known = catalogue(language)
        assert [key for key in SAID.findall(text) if key not in known] == []
        rooms = {key[: dot.start()] for key in known for dot in re.finditer(r"\.", key)}
        assert [room for room in CODED.findall(text) if room not in rooms] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_never_switches_escaping_off(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_form_of_the_console_carries_its_token(path: Path) -> None:
    if "portal" in path.parts:
        return  # the public has no session to ride on; a report carries a signed token of its own
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text("utf-8"), flags=re.DOTALL):
        assert "{% csrf_token %}" in form, form[:120]


@pytest.mark.parametrize("path", [p for p in TEMPLATES if not p.name.startswith("_")], ids=lambda p: p.stem)
def test_a_page_is_built_on_the_base_and_names_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    if path.parts[-2:] == ("zhengben", "base.html"):
        assert "<html lang=" in text
        return
    assert text.startswith('{% extends "')
    assert path.name == "base.html" or re.search(r"{% block (title|name) %}", text)


def test_pictures_in_templates_have_words() -> None:
    bad = [
        name for path, name in zip(TEMPLATES, NAMES, strict=True)
        for image in re.findall(r"<img\b[^>]*>", path.read_text("utf-8")) if " alt=" not in image
    ]  # fmt: skip
    assert bad == []


def test_links_that_open_elsewhere_do_not_hand_over_the_page() -> None:
    for path in TEMPLATES:
        for link in re.findall(r"<a\b[^>]*target=\"_blank\"[^>]*>", path.read_text("utf-8")):
            assert "noopener" in link, path
