"""Every row of the tables of platforms, packers and SDKs: each is found where it says it is, and names its source."""

from fnmatch import fnmatch

import pytest

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.manifest import Manifest
from zhengben.examine.apk.shells import find_made
from zhengben.examine.apk.tables import signs, table
from zhengben.examine.apk.zipread import Archive
from zhengben.range.make_apk_zip import Entry, write_parts

ROWS = [(name, key) for name in ("shells", "packers") for key in table(name)]


def filled(pattern: str) -> str:
    """Give a path that a pattern fits."""
    path = pattern.replace("**", "a").replace("*", "a").replace("?", "a")
    while "[" in path:
        before, _, rest = path.partition("[")
        inside, _, after = rest.partition("]")
        path = before + inside.lstrip("!")[:1] + after
    assert fnmatch(path, pattern), pattern
    return path


def made(paths: list[str], components: list[str]) -> tuple[list[str], list[str], set[str]]:
    """Give platforms, packers and what is missing of an app of these files and classes."""
    archive = Archive(write_parts([Entry(name=path, data=b"x") for path in [*paths, "other"]]).join())
    found = find_made(archive, Manifest(components=dict.fromkeys(components)), ())
    return found.shells, found.packers, found.missing


@pytest.mark.parametrize(("name", "key"), ROWS)
def test_every_file_of_a_row_tells_it(name: str, key: str) -> None:
    row = table(name)[key]
    patterns = [*row.get("files", ()), *(f"lib/arm64-v8a/{lib}" for lib in row.get("libs", ()))]
    for pattern in patterns:
        shells, packers, _ = made([filled(pattern)], [])
        assert key in (shells if name == "shells" else packers), pattern


@pytest.mark.parametrize(("name", "key"), ROWS)
def test_every_class_of_a_row_tells_it(name: str, key: str) -> None:
    for prefix in table(name)[key].get("classes", ()):
        shells, packers, _ = made([], [f"{prefix}X"])
        assert key in (shells if name == "shells" else packers), prefix


@pytest.mark.parametrize(("name", "key"), [(n, key) for n in ("shells", "packers", "sdks") for key in table(n)])
def test_every_row_has_a_name_a_source_and_something_to_be_known_by(name: str, key: str) -> None:
    row = table(name)[key]
    assert row["name"].strip()
    assert row["source"].strip()
    assert any(row.get(part) for part in ("files", "libs", "classes", "prefixes"))


@pytest.mark.parametrize("key", list(table("packers")))
def test_what_a_packer_hides_is_said_to_be_unseen(key: str) -> None:
    row = table("packers")[key]
    paths = [*map(filled, row.get("files", ())), *(f"lib/a/{filled(lib)}" for lib in row.get("libs", ()))]
    assert "app.packed" in made(paths, [f"{prefix}X" for prefix in row.get("classes", ())])[2]


@pytest.mark.parametrize("key", [key for key, row in table("shells").items() if row.get("remote") == "always"])
def test_a_platform_configured_from_outside_is_said_to_be_so(key: str) -> None:
    row = table("shells")[key]
    paths = [*map(filled, row.get("files", ())), *(f"lib/a/{filled(lib)}" for lib in row.get("libs", ()))]
    assert "app.remote_configured" in made(paths, [f"{prefix}X" for prefix in row.get("classes", ())])[2]


def test_no_row_is_told_by_nothing() -> None:
    assert made([], []) == ([], [], set())


@pytest.mark.parametrize("name", ["shells", "packers", "sdks"])
def test_signs_are_those_of_the_table(name: str) -> None:
    assert [sign.id for sign in signs(name)] == list(table(name))


def test_facts_without_anything_have_no_platform() -> None:
    assert AppFacts(platform="android").shells == ()
