"""The house's measures of its own code, each a ratchet: what is reached is not lost again.

They count as docs/decisions says: a branch is every if, for, while, `x if y else z`, except, comprehension, case and
assert, and every operand of `and` and `or` after the first; a nested function counts in the outer one too.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE, TESTS = ROOT / "src" / "zhengben", ROOT / "tests"
UNTESTED = Path(__file__).parent / "untested.txt"
BRANCHES = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.IfExp, ast.ExceptHandler, ast.comprehension, ast.match_case,
    ast.Assert,
)  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef
MOST_BRANCHED = 0.052  # 5 % is the aim; the rest is room for a day on which several people add functions at once
FEWEST_COMMENTS = 0.038  # lines of comment to a line of code; 4 to 10 in a hundred is the aim
ROOMS = {"locale": "words"}  # where the tests of a room stand, if not under its own name


@cache
def tree(path: Path) -> ast.Module:
    """Read a file once for all measures."""
    return ast.parse(path.read_text("utf-8"))


def modules() -> list[Path]:
    """Give every module of ours."""
    return sorted(SOURCE.rglob("*.py"))


def functions() -> Iterator[tuple[str, Function]]:
    """Give every function with the place it stands at."""
    for path in modules():
        for node in ast.walk(tree(path)):
            if isinstance(node, Function):
                yield f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", node


def branches(function: Function) -> int:
    """Give McCabe's number."""
    nodes = list(ast.walk(function))
    operands = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + operands + sum(isinstance(node, BRANCHES) for node in nodes)


def test_every_public_name_says_what_it_is() -> None:
    silent = [
        f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', 'module')}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | Function)
        and not getattr(node, "name", "").startswith("_")
        and ast.get_docstring(node, clean=False) is None
    ]
    assert silent == []


def test_every_parameter_and_result_has_its_type() -> None:
    bare = []
    for place, node in functions():
        spec = node.args
        named = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *filter(None, (spec.vararg, spec.kwarg))]
        given = [arg for arg in named if arg.arg not in {"self", "cls"}]
        if any(arg.annotation is None for arg in given) or (node.returns is None and node.name != "__init__"):
            bare.append(place)
    assert bare == []


def test_few_functions_branch_more_than_a_reader_can_hold() -> None:
    """Eight branches is what one keeps in mind; a twentieth of the functions may have more, because some tables do."""
    counted = [(branches(node), place) for place, node in functions()]
    many = sorted(((count, place) for count, place in counted if count > 8), reverse=True)
    assert len(many) <= MOST_BRANCHED * len(counted), f"{len(many)} of {len(counted)}; the worst: {many[:12]}"


def test_the_reasons_are_written_down() -> None:
    """A comment says why: the trap that was avoided, the source of a number, the reason of an order."""
    code = comments = 0
    for path in modules():
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            comments += token.type == tokenize.COMMENT
        inside = {
            number
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        code += sum(bool(line.strip()) and not line.strip().startswith("#") and at not in inside for at, line in lines)
    assert comments >= FEWEST_COMMENTS * code, f"{comments} lines of comment in {code} of code"


def test_the_longest_functions_stay_few() -> None:
    """Thirty lines of code; longer are the builders of one big record, whose fields are a list and no logic."""
    lengths = [(node.end_lineno or node.lineno) - node.lineno + 1 for _, node in functions()]
    assert sorted(lengths)[int(len(lengths) * 0.95)] <= 30


# --- every file is spoken to by some test -----------------------------------------------------------------------------


def module_name(path: Path) -> str:
    """Give the dotted name of a module."""
    return ".".join(("zhengben", *path.relative_to(SOURCE).with_suffix("").parts))


@cache
def spoken_to() -> frozenset[str]:
    """Give every module that some test imports, or imports from."""
    names: set[str] = set()
    for path in TESTS.rglob("*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    return frozenset(names)


@cache
def files_of(room: str) -> tuple[str, ...]:
    """Give what the test files of a room are named after."""
    return tuple(path.stem.removeprefix("test_") for path in (TESTS / room).glob("test_*.py"))


def has_a_test(path: Path) -> bool:
    """Tell whether a test file is named after a module, or speaks to it by name, or it proves itself by a doctest."""
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    named = any(re.fullmatch(rf"{path.stem}(_\w+)?", stem) for stem in files_of(ROOMS.get(room, room)))
    return named or module_name(path) in spoken_to() or ">>> " in path.read_text("utf-8")


@cache
def wanting() -> tuple[str, ...]:
    """Give the modules that no test speaks to."""
    ours = [path for path in modules() if path.name != "__init__.py" and "migrations" not in path.parts]
    return tuple(str(path.relative_to(SOURCE)) for path in ours if not has_a_test(path))


def test_every_module_has_a_test_that_speaks_to_it_or_stands_on_the_list() -> None:
    """Tested through others only, a module's faults are found far from where they are."""
    allowed = UNTESTED.read_text("utf-8").split()
    assert [name for name in wanting() if name not in allowed] == []


def test_the_list_of_the_untested_only_shrinks() -> None:
    allowed = UNTESTED.read_text("utf-8").split()
    assert allowed == sorted(set(allowed))
    assert [name for name in allowed if name not in wanting()] == [], (
        "these have their test now: strike them off the list"
    )


def test_a_branch_is_counted_as_the_docstring_says() -> None:
    source = "def f(x):\n    if x and x > 2 or not x:\n        return [y for y in x if y]\n    return 1 if x else 2\n"
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    assert branches(function) == 1 + 1 + 2 + 1 + 1  # the function, if, and + or, comprehension, conditional
