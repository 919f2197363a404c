"""`zhengben brand new`: a developer of another bank begins a dossier, and it is sound from its first line."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.cli.brand_new import options, run
from zhengben.cli.main import Parser, main
from zhengben.core.dossier import check_dossier, read_dossier

KNOWN = ("--name", "某某贷", "--owner", "某某银行股份有限公司")


def test_what_is_told_is_written_and_nothing_else_claimed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "new" / "moudai.toml"
    more = ("--finance", "--domain", "mou.cn", "--phone", "95000", "--alias", "某某貸", "--no-app", "某某贷没有独立APP")
    assert main(["brand", "new", str(file), *KNOWN, *more]) == 0
    assert str(file) in capsys.readouterr().out
    brand = read_dossier(file.read_text("utf-8"))
    assert (brand.id, brand.owner, brand.finance) == ("moudai", "某某银行股份有限公司", True)
    assert (brand.names.primary, brand.names.aliases) == ("某某贷", ("某某貸",))
    assert {(c.kind, c.value, c.exists) for c in brand.channels} == {
        ("domain", "mou.cn", "yes"), ("phone", "95000", "yes"), ("app", "", "never"),
    }  # fmt: skip
    none = brand.has_none("app")
    assert none is not None
    assert none.statement == "某某贷没有独立APP"
    assert brand.rights == ()


def test_the_name_in_letters_is_spelt_out_where_nobody_told_it(tmp_path: Path) -> None:
    main(["brand", "new", str(tmp_path / "a.toml"), *KNOWN])
    assert read_dossier((tmp_path / "a.toml").read_text("utf-8")).names.latin == ("moumoudai",)
    main(["brand", "new", str(tmp_path / "b.toml"), *KNOWN, "--latin", "moudai"])
    assert read_dossier((tmp_path / "b.toml").read_text("utf-8")).names.latin == ("moudai",)
    main(["brand", "new", str(tmp_path / "c.toml"), "--name", "Acme", "--owner", "Acme Ltd"])
    assert read_dossier((tmp_path / "c.toml").read_text("utf-8")).names.latin == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_commented_place_is_sound_once_the_sign_is_taken_away(tmp_path: Path, language: str) -> None:
    """What the file teaches must be what the rules accept."""
    file = tmp_path / "moudai.toml"
    main(["--lang", language, "brand", "new", str(file), *KNOWN])
    head, _, rest = file.read_text("utf-8").partition("# [[channels]]")
    lines = [line.removeprefix("# ").removeprefix("#") for line in f"# [[channels]]{rest}".splitlines()]
    shown = [line for line in lines if not line or line.startswith("[[") or " = " in line]
    text = head + "\n".join(shown).replace('"…"', f'"{"ab" * 32}"')
    assert check_dossier(text) == ()
    brand = read_dossier(text)
    assert [c.kind for c in brand.channels] == ["app", "poi"]
    assert (brand.rights[0].nice_class, brand.rights[0].document) == (36, "moudai/12345678.pdf")
    assert brand.logos[0].file == "moudai/symbol.png"


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.toml"
    file.write_text("mine", "utf-8")
    assert main(["--lang", "zh", "brand", "new", str(file), *KNOWN]) == 2
    assert file.read_text("utf-8") == "mine"
    assert "已经有了；请换个文件名" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--domain", "https://mou.cn/"), "write the bare domain"),
        (("--phone", "客服"), "write the number alone"),
        (("--no-app",), "expected one argument"),
    ],
)
def test_what_would_not_be_sound_is_not_written(
    tmp_path: Path, words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.toml"
    try:
        code = main(["brand", "new", str(file), *KNOWN, *words])
    except SystemExit as left:
        code = int(left.code or 0)
    err = capsys.readouterr().err
    assert (code, err.count("\n")) == (2, 1)
    assert told in err
    assert not file.exists()


@pytest.mark.parametrize("name", ["../x y.toml", "a;b.toml", ".toml"])
def test_a_file_name_that_can_be_no_id_is_refused(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brand", "new", str(tmp_path / "in" / name), *KNOWN]) == 2
    assert "letters, digits" in capsys.readouterr().err
    assert list(tmp_path.rglob("*.toml")) == []


def test_for_a_program_it_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brand", "new", "--json", str(tmp_path / "x.toml"), *KNOWN]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row == {"file": str(tmp_path / "x.toml"), "brand": "x", "written": True}


@given(name=st.text(min_size=1, max_size=20).filter(lambda t: t.strip()), alias=st.text(max_size=20))
def test_whatever_a_name_holds_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, alias: str
) -> None:
    file = tmp_path_factory.mktemp("n") / "x.toml"
    parser = Parser()
    options(parser)
    try:
        run(parser.parse_args([str(file), f"--name={name}", "--owner=o", f"--alias={alias}"]))
    except ValueError:
        assert not file.exists()  # a name that the rules refuse
    else:
        assert tomllib.loads(file.read_text("utf-8"))["names"]["primary"] == name
