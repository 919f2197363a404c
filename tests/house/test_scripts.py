"""The scripts of the house on machines that lack things: one line a thing, and the rest goes on."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("bash", "id", "grep", "env", "dirname", "echo")


def _machine(folder: Path, **programs: str) -> dict[str, str]:
    """Give the surroundings of a machine with these programs only; each is the body of a shell script."""
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(str(shutil.which(name)))
    for name, body in programs.items():
        (folder / name.replace("_", "-")).write_text(f"#!{shutil.which('bash')}\n{body}\n")
        (folder / name.replace("_", "-")).chmod(0o755)
    return {"PATH": str(folder)}


def _run(script: str, *words: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    bash = str(shutil.which("bash"))
    return subprocess.run(
        [bash, str(ROOT / "scripts" / script), *words], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_without_root_every_missing_package_is_one_line_with_what_it_turns_off(tmp_path: Path) -> None:
    env = _machine(tmp_path / "bin", dpkg_query="exit 1", apt_get="exit 9", id_="")
    (tmp_path / "bin" / "id").unlink()
    (tmp_path / "bin" / "id").write_text(f"#!{shutil.which('bash')}\necho 1000\n")
    (tmp_path / "bin" / "id").chmod(0o755)
    done = _run("system_packages.sh", "chromium", "fonts-noto-cjk", "postgresql", env=env)
    lines = done.stderr.splitlines()
    assert done.returncode == 0
    assert len(lines) == 3
    assert "chromium is missing, which turns off page captures" in lines[0]
    assert all("as root: apt-get install" in line for line in lines)


def test_where_there_is_no_dpkg_the_programs_themselves_are_looked_for(tmp_path: Path) -> None:
    env = _machine(tmp_path / "bin", chromium="exit 0", fc_list="echo Noto", postgres="exit 0")
    done = _run("system_packages.sh", "chromium", "fonts-noto-cjk", "postgresql", "aapt", env=env)
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "aapt is missing" in done.stderr
    assert "this system's own package manager" in done.stderr


def test_what_is_there_is_not_spoken_of(tmp_path: Path) -> None:
    env = _machine(tmp_path / "bin", dpkg_query="echo install ok installed")
    done = _run("system_packages.sh", "chromium", "postgresql", env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("programs", "words"),
    [({}, "no Python >= 3.11 found"), ({"python3": "exit 1"}, "no Python >= 3.11 found")],
)
def test_without_python_the_first_step_says_so(tmp_path: Path, programs: dict[str, str], words: str) -> None:
    done = _run("make_venv.sh", str(tmp_path / "venv"), env=_machine(tmp_path / "bin", **programs))
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_python_without_venv_stops_with_the_cure(tmp_path: Path) -> None:
    old = 'case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac'
    done = _run("make_venv.sh", str(tmp_path / "venv"), env=_machine(tmp_path / "bin", python3=old))
    assert done.returncode == 1
    assert "python3 has no venv; as root: apt-get install python3-venv, then run this again" in done.stderr


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_help_names_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ))
    for target in ("help", "setup", "up", "test", "lint", "fix", "docs", "bench"):
        assert f"\n{target} " in f"\n{done.stdout}", target


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_up_takes_a_port() -> None:
    done = subprocess.run(
        ["make", "-n", "up", "PORT=8400"], cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert "zhengben up --range --port 8400" in done.stdout


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_command_of_the_readme_exists(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert ". .venv/bin/activate" in text.split("zhengben brand check")[0], "without it `zhengben` is not found"
    assert "zhengben brand new" in text, "a dossier of one's own begins with this command"
    assert "docs/images/flow.svg" in text
    assert (ROOT / "docs/images/flow.svg").exists()
