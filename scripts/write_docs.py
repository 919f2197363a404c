"""Write the generated parts of README and docs: the help of every command between its two marks, in both languages.

A part looks like this, and only what is between the marks is replaced:

    <!-- help: brand check -->
    ...
    <!-- end -->

The English catalogue of help is written from the commands' own words as well. `--check` writes nothing and fails
where a page is out of date; a test runs it.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

# help is laid out by the width of the terminal and in its language; the pages need one width and their own language
os.environ["COLUMNS"] = "100"
for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
    os.environ.pop(name, None)
os.environ["ZHENGBEN_LANGUAGE"] = "en"

from zhengben.cli import help_words
from zhengben.cli.main import COMMANDS, build, usage
from zhengben.locale.words import catalogue

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(<!-- help: ?([\w ]*?) ?-->\n).*?(<!-- end -->)", re.DOTALL)
PAGES = {"README.md": "en", "README.zh.md": "zh", "docs/cli.md": "en", "docs/cli.zh.md": "zh"}
ENGLISH = "src/zhengben/locale/en/help.toml"
HEADS = {
    "en": "# Command line\n\n[中文](cli.zh.md)\n\nWritten by `make docs`; a test holds it to the program.\n\n",
    "zh": "# 命令行\n\n[English](cli.md)\n\n本页由 `make docs` 生成，由测试与程序逐字对照。\n\n",
}


def help_of(name: str, language: str) -> str:
    """Give the help of a command, or of the whole program for an empty name."""
    os.environ["ZHENGBEN_LANGUAGE"] = language
    text = build(name)[0].format_help() if name else usage()
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def fill(page: str, language: str) -> str:
    """Give a page with every part filled in."""
    return PART.sub(lambda m: f"{m.group(1)}```text\n{help_of(m.group(2), language)}\n```\n{m.group(3)}", page)


def cli_page(language: str) -> str:
    """Give the page that holds the help of every command."""
    parts = "\n\n".join(f"## `zhengben {name}`\n\n<!-- help: {name} -->\n<!-- end -->" for name in COMMANDS)
    return f"{HEADS[language]}{parts}\n"


def english_help() -> str:
    """Give the English catalogue of help, as TOML: a basic string of TOML is written as one of JSON."""
    os.environ["ZHENGBEN_LANGUAGE"] = "en"
    catalogue.cache_clear()  # the file that is being written must not answer for itself
    parsers = {name: build(name)[0] for name in COMMANDS}
    tables = help_words.english(parsers, {name: words for name, (_, words) in COMMANDS.items()})
    lines = ["# Written by `make docs` from src/zhengben/cli/*.py; the Chinese of each is in locale/zh/help.toml."]
    for section, texts in tables.items():
        lines += ["", f"[help.{section}]"]
        lines += [f"{what} = {json.dumps(text, ensure_ascii=False)}" for what, text in texts.items()]
    return "\n".join(lines) + "\n"


def pages() -> Iterator[tuple[str, str, str]]:
    """Give every page with what it holds and what it should hold; the catalogue first, the others speak from it."""
    yield ENGLISH, _held(ENGLISH), english_help()
    for name, language in PAGES.items():
        before = _held(name)
        yield name, before, fill(cli_page(language) if name.startswith("docs/cli") else before, language)


def _held(name: str) -> str:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else ""


def main() -> int:
    """Write or check every page."""
    stale = []
    for name, before, after in pages():
        if after != before:
            stale.append(name)
            if "--check" not in sys.argv:
                (ROOT / name).write_text(after, "utf-8")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
