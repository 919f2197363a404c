"""The settings of an installation say what is wrong with them."""

from pathlib import Path

import pytest

from zhengben.flow.installation import FILE, InstallationError, read_installation


def test_no_file_means_defaults_and_no_mail(tmp_path: Path) -> None:
    found = read_installation(tmp_path)
    assert found.mail.host == ""
    assert found.vantages == ()
    assert found.browser.use


def test_everything_can_be_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[mail]\nhost = "mail.example"\nport = 25\n[complainant]\ncompany = "某银行"\n'
        '[[vantages]]\nname = "far"\nproxy = "127.0.0.1:3128"\n[browser]\nuse = false\n',
        "utf-8",
    )
    found = read_installation(tmp_path)
    assert (found.mail.port, found.complainant.company, found.vantages[0].name) == (25, "某银行", "far")
    assert not found.browser.use


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[mial]\n", "unknown section 'mial'"),
        ('[mail]\nhots = "x"\n', "unknown key 'hots'"),
        ('[mail]\nport = "25"\n', "'port' in .mail. should be a int"),
        ("mail = 3\n", "'mail' is not a section"),
        ('[vantages]\nname = "x"\n', "two brackets"),
        ('[[vantages]]\nname = "x"\n', "incomplete"),
        ("x = [", "not TOML"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(InstallationError, match=words):
        read_installation(tmp_path)
