"""The adapter for a published rival, against a stand-in that answers in its form."""

import argparse
import importlib
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
STAND_IN = """
import argparse, pathlib, sys
parser = argparse.ArgumentParser()
parser.add_argument("--folder"); parser.add_argument("--output_txt")
given = parser.parse_args()
with open(given.output_txt, "w") as out:
    for page in sorted(pathlib.Path(given.folder).iterdir()):
        assert (page / "shot.png").read_bytes()[:4] == b"\\x89PNG"
        url = (page / "info.txt").read_text()
        if page.name == "without-1":
            continue
        hit = page.name == "with-0"
        print(page.name, url, int(hit), "sail" if hit else None, "x", 0.9, 0.1, 0.1, sep="\\t", file=out)
"""
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{}"/></svg>'


@pytest.fixture
def rival(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("pages_rival")


def given(**more: object) -> argparse.Namespace:
    plain = {
        "rival": None,
        "data": None,
        "icons": None,
        "seed": 1,
        "split": "first",
        "pages": 2,
        "truth": None,
        "brands": None,
    }
    return argparse.Namespace(**(plain | more))


def test_lines_of_a_rival_are_read_and_others_left_out(rival: Any, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    file.write_text(
        "a\thttp://a/\t1\tAdobe\t['adobe.com']\t0.91\t0.2\t0.1\nb\thttp://b/\t0\tNone\tNone\tNone\t0.2\t0\n"
        "broken\nc\thttp://c/\t2\tx\n\n", "utf-8",
    )  # fmt: skip
    assert rival.answers(file) == {"a": rival.Answer(phishing=True, target="Adobe"), "b": rival.Answer(phishing=False)}
    assert rival.answers(tmp_path / "gone") == {}


def test_lines_are_read_in_either_writing_as_the_rivals_source_writes_them(rival: Any, tmp_path: Path) -> None:
    file = tmp_path / "r.txt"
    latin = "a\thttp://a/\t1\tNestlé\tx\t0.9\t0.2\t0.1\n".encode("latin-1")
    wide = "微粒贷\thttp://b/\t1\t微众\tx\t0.9\t0.2\t0.1\n".encode()
    file.write_bytes(latin + wide)
    assert {name: one.target for name, one in rival.answers(file).items()} == {"a": "Nestlé", "微粒贷": "微众"}


@pytest.mark.parametrize("place", [".pixi/envs/default/bin/python", ".venv/bin/python"])
def test_the_rival_runs_by_the_python_its_authors_set_up(rival: Any, tmp_path: Path, place: str) -> None:
    script = tmp_path / "phishpedia.py"
    script.write_text("", "utf-8")
    own = tmp_path / place
    own.parent.mkdir(parents=True)
    own.write_text('#!/bin/sh\necho "$0" > ran.txt\n', "utf-8")
    own.chmod(0o755)
    rival.ask(script, tmp_path, tmp_path / "out.txt")
    assert (tmp_path / "ran.txt").read_text("utf-8").strip().endswith(place)


def test_both_are_counted_over_one_made_set(rival: Any, tmp_path: Path) -> None:
    icons = tmp_path / "icons"
    icons.mkdir()
    for number in range(90):
        turn = f"M{2 + number % 9} {3 + number % 7}L{20 - number % 5} {9 + number % 11}L{6 + number % 13} 21Z"
        (icons / f"i{number:02}.svg").write_text(ICON.format(turn), "utf-8")
    home = tmp_path / "rival"
    home.mkdir()
    (home / "phishpedia.py").write_text(STAND_IN, "utf-8")
    figures = rival.run(given(rival=home, icons=icons))
    assert figures["pages"] == 4
    assert (figures["rival"]["judged"], figures["rival"]["accused rightly"]) == (3, 1)
    assert (figures["zhengben"]["judged"], figures["zhengben"]["phishing"]) == (4, 2)


def test_a_rival_that_is_not_there_or_fails_says_what_to_do(rival: Any, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--rival FOLDER"):
        rival.run(given())
    with pytest.raises(SystemExit, match="--rival FOLDER"):
        rival.run(given(rival=tmp_path))
    (tmp_path / "phishpedia.py").write_text("import sys; sys.exit('no weights')", "utf-8")
    with pytest.raises(SystemExit, match="--icons FOLDER"):
        rival.run(given(rival=tmp_path))
    with pytest.raises(SystemExit, match="no weights"):
        rival.ask(tmp_path / "phishpedia.py", tmp_path, tmp_path / "out")
