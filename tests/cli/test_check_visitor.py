"""`zhengben check` as a visitor who comes from somewhere: what is passed on, and what is refused in one line."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from zhengben import wiring
from zhengben.cli.common import UNUSABLE
from zhengben.cli.main import main
from zhengben.collect.profiles import REGIONS
from zhengben.core.fetched import Captured, Fetched, Profile

BAIDU = "https://www.baidu.com/s?wd=%E5%BE%AE%E7%B2%92%E8%B4%B7"


class Eyes:
    """Eyes that remember as whom they looked."""

    def __init__(self) -> None:
        """Have seen nothing yet."""
        self.asked: list[Profile] = []

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give a plain page."""
        self.asked.append(profile)
        return Fetched(url=url, final_url=url, profile=profile.name, status=200, body="<p>天气预报</p>".encode())

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give no capture."""
        self.asked.append(profile)
        return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> Eyes:
    """Look with eyes that remember."""
    kept = Eyes()

    @contextmanager
    def opened() -> Iterator[Eyes]:
        yield kept

    monkeypatch.setattr(wiring, "eyes", opened)
    return kept


def test_the_page_is_visited_from_there(eyes: Eyes, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--json", "--referrer", BAIDU, "--region", "CN-44", "https://weather.example/"])
    assert code in {0, 3}
    assert capsys.readouterr().out.count("\n") == 1
    assert eyes.asked
    assert {(one.referrer, one.region) for one in eyes.asked} == {(BAIDU, "CN-44")}


def test_without_the_options_nothing_is_said(eyes: Eyes, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--json", "https://weather.example/"])
    assert capsys.readouterr().out
    assert {(one.referrer, one.region) for one in eyes.asked} == {("", "")}


@pytest.mark.parametrize(
    "words",
    [("--offline",), ("--from-evidence",)],
)
@pytest.mark.parametrize("option", [("--referrer", BAIDU), ("--region", "HK")])
def test_nobody_visits_offline_or_from_evidence(
    eyes: Eyes, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], option: tuple[str, ...]
) -> None:
    assert main(["check", *words, *option, "https://weather.example/"]) == UNUSABLE
    out, err = capsys.readouterr()
    assert (out, len(err.strip().splitlines())) == ("", 1)
    assert not eyes.asked


@pytest.mark.parametrize("referrer", ["baidu", "javascript:1", "https://a.cn/\nHost: inner"])
def test_a_referrer_that_is_none_is_refused_before_anything_is_fetched(
    eyes: Eyes, capsys: pytest.CaptureFixture[str], referrer: str
) -> None:
    assert main(["check", "--referrer", referrer, "https://weather.example/"]) == UNUSABLE
    assert not eyes.asked
    assert capsys.readouterr().err.strip()


def test_a_region_that_is_not_known_is_refused_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["check", "--region", "MARS", "https://weather.example/"])
    assert left.value.code == UNUSABLE
    told = capsys.readouterr().err
    assert all(code in told for code in REGIONS)


def test_the_help_names_every_region(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    told = capsys.readouterr().out
    assert all(code in told for code in REGIONS)
