"""What could not be seen is said in words, whichever room gave the code, and never as the bare code."""

import re
from pathlib import Path

import pytest

import zhengben
from zhengben.core.fetched import FAILURES
from zhengben.locale.unseen import not_seen, unseen
from zhengben.locale.words import LANGUAGES

SOURCE = Path(zhengben.__file__).parent
WRITTEN = re.compile(r"""["']((?:page|app|file|image|text|phone|account|poi)\.[a-z_]+)["']""")
MADE = [f"page.{one}" for one in FAILURES]
MADE += [f"page.stopped_{why}" for why in ("cpu", "wall", "memory", "crashed", "error")]
MADE += [f"app.stopped_{why}" for why in ("cpu", "wall", "memory", "crashed", "error")]
MADE += [f"page.status_{status}" for status in (401, 403, 405, 429, 451, 500, 502, 503, 504)]


def codes() -> list[str]:
    """Give every code of something unseen that the rooms write out, and those they put together."""
    found = set(MADE)
    for room in ("flow", "examine"):
        for path in (SOURCE / room).rglob("*.py"):
            for line in path.read_text("utf-8").splitlines():
                if "missing" in line or "UNSEEN" in line or "_SEEN_NOW" in line:
                    found |= set(WRITTEN.findall(line))
    return sorted(found)


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_words(code: str, language: str) -> None:
    for told in (not_seen(code, language), unseen(code, language)):
        assert code not in told
        assert "_" not in told
        assert "{" not in told
    assert bool(re.search("[\u4e00-\u9fff]", not_seen(code, language))) is (language == "zh")


def test_the_codes_are_really_found() -> None:
    assert {"page.scripted", "page.binary", "app.unreadable", "file.too_deep", "image.reader"} <= set(codes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_nobody_gave_words_is_shown_rather_than_lost(language: str) -> None:
    assert "page.odd" in not_seen("page.odd", language)
    assert unseen("page.odd", language) == "page.odd"


def test_in_a_list_the_head_is_not_said_again() -> None:
    assert unseen("page", "zh") == "网页没有打开"
    assert not_seen("page", "zh") == "没有看到：网页没有打开"


def test_a_status_is_told_with_its_number() -> None:
    assert "503" in unseen("page.status_503", "zh")
    assert "403" in unseen("page.status_403", "en")
