"""`check` shows which characters of a name are not the genuine ones, whatever was done to it."""

import pytest

from zhengben.cli.check_marks import marked
from zhengben.cli.main import main
from zhengben.locale.words import catalogue
from zhengben.names.rules import DELIBERATE


def idn(label: str) -> str:
    """Give a label in its xn-- form."""
    return "xn--" + label.encode("punycode").decode()


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("we1lidai-app.cn", "we[1]lidai-app.cn"),
        ("weinidai.cn", "wei[n]idai.cn"),
        ("wei-lidai.com", "wei[-]lidai.com"),
        ("徽粒贷.cn", "[徽]粒贷.cn"),
        (idn("微粒貸官网") + ".com", "微粒[貸]官网.com"),
        ("www." + idn("微立贷") + ".top", "www.微[立]贷.top"),
        ("weilidai-app.cn", "weilidai-app.cn"),
        (idn("微粒贷") + ".net", "微粒贷.net"),
    ],
)
def test_a_host_is_shown_with_what_differs_in_brackets(
    host: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--offline", host])
    assert f"    {shown}  " in capsys.readouterr().out


def test_a_disguised_name_in_a_text_is_shown_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--offline", "提额找我，微·粒·貸强开，加微信"])
    assert "    微[·]粒[·貸]  " in capsys.readouterr().out


@pytest.mark.parametrize("facts", [{}, {"host": "a.cn"}, {"matched": "微"}, {"characters": []}, {"name": "x"}])
def test_a_reason_about_something_else_shows_nothing(facts: dict[str, object]) -> None:
    assert marked(facts, "en") == ""


def test_where_all_differs_brackets_would_tell_nothing() -> None:
    facts = {
        "matched": "威力代",
        "characters": [{"index": i, "original": c, "how": "homophone"} for i, c in enumerate("威力代")],
    }
    assert marked(facts, "en") == "威力代"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_way_to_write_a_character_has_words_in_text_and_in_a_domain(language: str) -> None:
    words = catalogue(language)
    hows = {key.removeprefix("how.") for key in words if key.startswith("how.")}
    assert hows >= DELIBERATE - {"mixed", "strike"}
    assert [how for how in sorted(hows) if f"technique.idn_{how}" not in words and how not in IN_TEXT_ONLY] == []


# what needs several lines, a markup or the writing direction, or is about Latin letters in messages
IN_TEXT_ONLY = {
    "exact",
    "acrostic",
    "vertical",
    "reversed",
    "escape",
    "replacement",
    "typo",
    "explained",
    "translated",
    "turned",
}
