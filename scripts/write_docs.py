"""Write the generated parts of README and docs: the help of every command between its two marks.

A part looks like this, and only what is between the marks is replaced:

    <!-- help: brand check -->
    ...
    <!-- end -->

`--check` writes nothing and fails where a page is out of date; a test runs it.
"""

import os
import re
import sys
from pathlib import Path

# argparse lays help out by the width of the terminal; the pages need one width
os.environ["COLUMNS"] = "100"

from zhengben.cli.main import COMMANDS, build, usage

ROOT = Path(__file__).parents[1]
PART = re.compile(r"(<!-- help: ?([\w ]*?) ?-->\n).*?(<!-- end -->)", re.DOTALL)
PAGES = ("README.md", "README.zh.md", "docs/cli.md")


def help_of(name: str) -> str:
    """Give the help of a command, or of the whole program for an empty name."""
    text = build(name)[0].format_help() if name else usage()
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines())


def fill(page: str) -> str:
    """Give a page with every part filled in."""
    return PART.sub(lambda m: f"{m.group(1)}```text\n{help_of(m.group(2))}\n```\n{m.group(3)}", page)


def cli_page() -> str:
    """Give the page that holds the help of every command."""
    parts = "\n\n".join(f"## `zhengben {name}`\n\n<!-- help: {name} -->\n<!-- end -->" for name in COMMANDS)
    return f"# Command line\n\nWritten by `make docs`; a test holds it to the program.\n\n{parts}\n"


def main() -> int:
    """Write or check every page."""
    stale = []
    for name in PAGES:
        path = ROOT / name
        before = path.read_text("utf-8") if path.exists() else ""
        after = fill(cli_page() if name == "docs/cli.md" else before)
        if after != before:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(after, "utf-8")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
