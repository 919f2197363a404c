"""Whatever the command line complains of, it can say in Chinese: each sentence in the code has its words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengben.locale.errors import in_language

SOURCE = Path(__file__).parents[2] / "src" / "zhengben"
ROOMS = (*sorted((SOURCE / "cli").glob("*.py")), SOURCE / "core" / "lead.py", SOURCE / "flow" / "dossiers.py")
RAISES = {"ValueError", "OSError", "ArgumentTypeError", "complain"}
HAN = re.compile(r"[\u4e00-\u9fff]")


def sentences(path: Path) -> Iterator[str]:
    """Give every sentence a file complains with, its facts replaced by X9."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in RAISES:
            yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "X9" for part in node.values]
        yield "".join(parts)


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.stem)
def test_every_complaint_has_its_chinese(path: Path) -> None:
    told = [one for one in sentences(path) if re.search("[a-z]{3}", one.replace("X9", ""))]
    english = [one for one in told if not HAN.search(in_language(one, "zh"))]
    assert english == [], "add the sentence to locale/en/error_text.toml and its words to locale/zh/error_text.toml"


def test_the_reader_of_code_finds_them() -> None:
    found = list(sentences(SOURCE / "flow" / "dossiers.py"))
    assert len(found) >= 4
    assert "no dossier with id X9; there are: X9" in found
