"""What is installed holds every file the code reads: a table left out is found on somebody else's machine."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

HOUSE = Path(__file__).parents[2]
ROOMS = HOUSE / "src" / "zhengben"


def test_every_kind_of_file_in_the_rooms_is_packaged() -> None:
    told = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    patterns = told["tool"]["setuptools"]["package-data"]["zhengben"]
    data = [path.relative_to(ROOMS) for path in ROOMS.rglob("*") if path.is_file()]
    data = [path for path in data if path.suffix not in {".py", ".pyc"}]
    assert len(data) > 100
    assert [str(path) for path in data if not any(fnmatch(f"/{path}", f"*/{p}") for p in patterns)] == []
