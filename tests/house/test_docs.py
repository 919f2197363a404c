"""What the pages say is so: commands parse as printed, files named exist, and nothing one may set is left out."""

import re
import shlex
from pathlib import Path

import pytest

import zhengben
from zhengben.cli.main import COMMANDS, build, find, main
from zhengben.core.reasons import ROLES
from zhengben.locale.terminal import VARIABLE

ROOT = Path(zhengben.__file__).parents[2]
SOURCE = ROOT / "src" / "zhengben"
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md"), *ROOT.glob("*.md")])
# Set by one process of ours for another; nobody else needs to know them.
INNER = {"ZHENGBEN_PORT", "ZHENGBEN_RANGE", "ZHENGBEN_HOME"}


def commands() -> list[str]:
    """Give every command line of ours that a page shows, without prompt, remark and redirection."""
    found: dict[str, None] = {}
    for page in PAGES:
        for line in re.findall(
            r"^(?:\$ |  )?(?:\w+ \S+ \| )?(zhengben [^|\n]*)", page.read_text("utf-8"), re.MULTILINE
        ):
            found[re.split(r"\s+(?:#|>|<) ?", line)[0].strip()] = None
    return [line for line in found if not re.search(r"\b[A-Z]{4,}\b", line)]


def test_the_commands_of_the_pages_are_found() -> None:
    assert len(commands()) >= 30
    shown = [find(shlex.split(line)[1:]) for line in commands()]
    assert {one[0] for one in shown if one} == set(COMMANDS), "every command has an example on some page"


@pytest.mark.parametrize("line", commands())
def test_every_command_is_taken_as_it_is_printed(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = find(shlex.split(line)[1:])
    assert found, "no such command"
    name, words = found
    try:
        assert build(name)[0].parse_args(words)
    except SystemExit:
        pytest.fail(f"{line}: {capsys.readouterr().err}")


def _files(text: str) -> list[str]:
    """Give the files and folders of ours that a page names, every one of `a/{b,c}.py` by itself."""
    found: list[str] = []
    for name in re.findall(r"`((?:[a-z_]+/)+[a-z_{},*.]+\.(?:py|toml|sh))`", text):
        inner = re.search(r"\{(.*?)\}", name)
        found += [name.replace(inner[0], one) for one in inner[1].split(",")] if inner else [name]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_exist(page: Path) -> None:
    bases = (ROOT, ROOT / "src", SOURCE)
    named = _files(page.read_text("utf-8"))
    assert [name for name in named if not any(True for base in bases for _ in base.glob(name))] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#([^)\s]*))?\)", page.read_text("utf-8"))
    ours = [(page.parent / target, part) for target, part in targets if "://" not in target]
    assert [str(path) for path, _ in ours if not path.exists()] == []
    for path, part in ours:
        if part and path.suffix == ".md":
            heads = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
            assert part in {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}, part


def test_whatever_the_environment_may_set_is_told() -> None:
    used = {name for path in SOURCE.rglob("*.py") for name in re.findall(r"ZHENGBEN_[A-Z_]+", path.read_text("utf-8"))}
    told = "".join(page.read_text("utf-8") for page in PAGES)
    assert sorted(name for name in used - INNER if name not in told) == []


def test_every_reason_an_app_can_give_stands_on_its_page() -> None:
    page = (ROOT / "docs" / "apps.md").read_text("utf-8")
    ours = {code: role for code, role in ROLES.items() if code.startswith("app_") or code == "official_app"}
    assert len(ours) >= 16
    assert [code for code, role in ours.items() if f"| `{code}` | {role} |" not in page] == []


def test_the_help_of_the_readme_names_every_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "en")
    assert main(["--help"]) == 0
    named = re.findall(r"^  ([a-z]+(?: [a-z]+)?)  ", capsys.readouterr().out, re.MULTILINE)
    page = (ROOT / "README.md").read_text("utf-8")
    assert len(named) >= 10
    assert [name for name in named if not re.search(rf"^  {name}  ", page, re.MULTILINE)] == []
