"""Help teaches: every option explained, an example that works, in the language of whoever asks."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from zhengben.cli import help_words
from zhengben.cli.common import UNUSABLE
from zhengben.cli.layout import width
from zhengben.cli.main import COMMANDS, build, in_language, main, usage
from zhengben.locale.terminal import VARIABLE
from zhengben.locale.words import LANGUAGES, catalogue

HAN = re.compile(r"[\u4e00-\u9fff]")
SPEAK = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}


def _help(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LANG", SPEAK[language])
    monkeypatch.setenv("COLUMNS", "80")
    return build(name)[0].format_help() if name else usage()


def _examples(name: str) -> list[str]:
    """Give the command lines of a command's examples."""
    epilog = build(name)[0].epilog or ""
    return [line.strip() for line in epilog.splitlines() if "zhengben " in line and not line.lstrip().startswith("`")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_speaks_one_language_and_fits_the_window(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _help(name, language, monkeypatch)
    assert [line for line in told.splitlines() if width(line) > 120] == []
    if language == "zh":
        words = [line for line in told.splitlines() if re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,} [a-z]{2,}", line)]
        assert [line for line in words if "zhengben" not in line and not HAN.search(line)] == []
        assert told.startswith("用法：")
    else:
        assert "用法" not in told
        assert "选项" not in told


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_in_both_languages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", SPEAK["en"])
    for action in build(name)[0]._actions:
        assert action.help, f"{name}: {action.dest} has no help"
    monkeypatch.setenv("LANG", SPEAK["zh"])
    for action in build(name)[0]._actions:
        assert HAN.search(action.help or ""), f"add `{action.dest}` under [help.{help_words.slug(name)}] in locale/zh"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_shows_an_example_and_its_exit_codes(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = _help(name, language, monkeypatch)
    assert ("示例：" if language == "zh" else "example") in told
    assert ("退出码：" if language == "zh" else "exit codes:") in told
    assert f"zhengben {name}" in told.split("示例" if language == "zh" else "example")[-1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_understood(name: str) -> None:
    for line in _examples(name):
        command = line.split("|")[-1].split("<")[0].split("#")[0]
        words = shlex.split(command)
        assert words[: 1 + len(name.split())] == ["zhengben", *name.split()]
        build(name)[0].parse_args(words[1 + len(name.split()) :])  # leaves with 2 where it is wrong


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_the_same_in_both_languages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for language in LANGUAGES:
        monkeypatch.setenv("LANG", SPEAK[language])
        told[language] = [line.split("#")[0].split("--new-link")[0].strip() for line in _examples(name)]
    assert told["zh"] == told["en"]


def test_the_chinese_catalogue_has_no_help_for_what_is_gone() -> None:
    keys = {language: {k for k in catalogue(language) if k.startswith("help.")} for language in LANGUAGES}
    assert keys["zh"] == keys["en"]


@pytest.mark.parametrize("where", [["--lang", "zh", "check", "--help"], ["check", "--help", "--lang=zh"]])
def test_the_language_is_taken_wherever_it_stands(where: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(where)
    assert capsys.readouterr().out.startswith("用法：zhengben check")


@pytest.mark.parametrize(
    ("words", "left", "language"),
    [
        (["check", "--lang", "zh", "a"], ["check", "a"], "zh"),
        (["check", "a", "--lang=en"], ["check", "a"], "en"),
        (["--lang", "zh", "--lang", "en", "check"], ["check"], "en"),
        (["check", "--", "--lang", "zh"], ["check", "--", "--lang", "zh"], None),
        (["check", "--language", "zh"], ["check", "--language", "zh"], None),
        ([], [], None),
    ],
)
def test_only_the_option_itself_is_taken_out(
    words: list[str], left: list[str], language: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert in_language(words) == left
    assert os.environ.get(VARIABLE) == language


@pytest.mark.parametrize("words", [["--lang"], ["check", "--lang"], ["--lang", "fr", "check"], ["--lang=", "check"]])
def test_a_language_that_is_not_ours_is_refused_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == UNUSABLE
    assert capsys.readouterr().err == "zhengben: --lang takes zh or en\n"


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
@pytest.mark.parametrize(("language", "teaches"), [("zh", "在域名清单中找"), ("en", "find brand look-alikes")])
def test_half_a_command_has_help_too(
    word: str, language: str, teaches: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["screen", word, "--lang", language]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert teaches in told.out
    assert [name for name in COMMANDS if f"  {name} " in told.out] == ["screen hosts", "screen text", "screen apps"]


def test_help_of_a_command_is_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check"], ["screen", "apps"], ["brand", "check"]):
        told = []
        for asked in (["help", *words], [*words, "--help"]):
            with pytest.raises(SystemExit) as left:
                main(asked)
            assert left.value.code == 0
            told.append(capsys.readouterr().out)
        assert told[0] == told[1] != ""


def test_help_of_what_is_no_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "frob"]) == UNUSABLE
    assert "frob" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brand"], "brand needs one more word: brand new, brand check"),
        (["screen"], "screen needs one more word: screen hosts, screen text, screen apps"),
        (["brand", "chekc"], "there is no command brand chekc; `zhengben --help` lists them"),
        (["frob"], "there is no command frob; `zhengben --help` lists them"),
    ],
)
def test_half_a_command_says_what_is_missing(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == UNUSABLE
    assert capsys.readouterr().err == f"zhengben: {said}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check"], "缺少参数：TARGET；用法见 `zhengben check --help`"),
        (["check", "a", "--frob"], "不认识的参数：--frob；用法见 `zhengben check --help`"),
        (["check", "a", "--kind"], "参数 --kind：后面要跟一个值；用法见 `zhengben check --help`"),
        (["disclose", "--from", "x", "--to", "y"],
         "参数 --from：'x' 不是日期，请写成 2026-01-31；用法见 `zhengben disclose --help`"),
        (["up", "--port", "many"], "参数 --port：'many' 不是整数；用法见 `zhengben up --help`"),
    ],
)  # fmt: skip
def test_bad_usage_is_told_in_chinese(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", SPEAK["zh"])
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == UNUSABLE
    assert capsys.readouterr().err == f"zhengben: {said}\n"


def test_an_option_is_never_guessed_from_its_beginning() -> None:
    with pytest.raises(SystemExit) as left:
        main(["brand", "check", "--js", "x.toml"])
    assert left.value.code == UNUSABLE


@pytest.mark.parametrize("coding", ["ascii", "latin-1"])
def test_a_terminal_that_cannot_show_chinese_gets_escapes_and_no_traceback(coding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengben.cli.main", "--lang", "zh", "--help"],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": coding, "PATH": "", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0
    assert b"\\u" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_dossier_is_checked_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", SPEAK["zh"])
    bad = tmp_path / "bad.toml"
    bad.write_text('id = "x"\nnoname = 1\n', "utf-8")
    assert main(["brand", "check", str(bad), str(tmp_path / "none.toml")]) == UNUSABLE
    told = capsys.readouterr()
    assert "第 2 行：不认识的键 'noname'；请删去，或改用" in told.out
    assert told.err == f"zhengben: {tmp_path / 'none.toml'}：没有这个文件；请核对路径\n"


def test_what_is_missing_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", SPEAK["zh"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "缺    chromium：没有找到；请安装 Debian 的 chromium；因此不能：网页截图" in out
    assert [line for line in out.splitlines() if "turns off" in line or "MISSING" in line] == []


def test_the_english_catalogue_says_once_what_two_commands_say_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", SPEAK["en"])
    tables = help_words.english({name: build(name)[0] for name in COMMANDS}, dict.fromkeys(COMMANDS, "short"))
    shared = set(tables["shared"].items())
    assert shared, "the common options"
    for section, told in tables.items():
        if section != "shared":
            assert shared.isdisjoint(told.items()), section


def test_an_address_the_guard_lets_through_is_always_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", "127.0.0.1:8080")
    assert main(["check", "--offline", "95384"]) == 0
    assert "127.0.0.1:8080" in capsys.readouterr().err
