"""Asking the public command line, and reading its answers."""

import contextlib
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from zhengben.cli.main import main as zhengben

ACCUSED = ("impersonation", "scam")
Answer = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What was asked for, and where to work."""

    which: str
    folder: Path
    brands: Path
    logos: Path
    browser: bool
    mine: Callable[[int], bool]

    def ask(self, targets: list[str], brands: Path | None = None, *, offline: bool = True) -> list[Answer]:
        """The JSON lines of `zhengben check` over TARGETS, one each."""
        out = io.StringIO()
        insist = ["--offline"] if offline else []
        with contextlib.redirect_stdout(out):
            zhengben(["check", "--json", *insist, "--brands", str(brands or self.brands), "--", *targets])
        answers = [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]
        if len(answers) != len(targets):
            sys.exit(f"{len(answers)} answers to {len(targets)} targets")
        return answers

    def kept(self, name: str, content: str | Image.Image) -> str:
        """The path of CONTENT, kept under NAME."""
        path = self.folder / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            content.save(path)
        return str(path)


def accused(answer: Answer) -> set[str]:
    """The brands in whose name somebody is accused."""
    found = {str(other["brand"]) for other in answer["others"] if other["verdict"] in ACCUSED}
    return found | ({str(answer["brand"])} if answer["verdict"] in ACCUSED else set())


def codes(answer: Answer) -> str:
    """The codes of the reasons of ANSWER, and what it could not look at."""
    return " ".join(str(reason["code"]) for reason in answer["reasons"]) + f" missing={answer['coverage']['missing']}"
