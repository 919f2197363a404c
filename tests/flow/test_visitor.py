"""A visitor who comes from somewhere: every client says so, and what a lead says wrongly changes nothing."""

from dataclasses import dataclass, field

import pytest

from zhengben.collect.profiles import PROFILES, REGIONS, placed
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.flow.look import look
from zhengben.flow.visitor import Visitor, visiting

BAIDU = "https://www.baidu.com/"


@dataclass
class Eyes:
    """Eyes that remember as whom they looked."""

    asked: list[Profile] = field(default_factory=list)

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give an empty page."""
        self.asked.append(profile)
        return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=b"<p>x</p>")

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give an empty capture."""
        self.asked.append(profile)
        return Captured(url=url, final_url=url, profile=profile.name, status=200)


@pytest.mark.parametrize("name", list(PROFILES))
@pytest.mark.parametrize("region", list(REGIONS))
def test_every_client_says_where_it_comes_from_and_is(name: str, region: str) -> None:
    eyes = Eyes()
    visitor = Visitor(eyes, referrer=BAIDU, region=region)
    visitor.fetch("http://a.example/", PROFILES[name])
    visitor.capture("http://a.example/", PROFILES[name])
    for one in eyes.asked:
        assert (one.name, one.referrer, one.region) == (name, BAIDU, region)
        assert one.language == REGIONS[region].languages[0]
        assert one.user_agent == PROFILES[name].user_agent
    assert {one.region for one in visitor.clients} == {region}
    assert {one.name for one in visitor.clients} == set(PROFILES)


def test_a_visitor_without_a_region_keeps_the_one_the_installation_chose() -> None:
    eyes = Eyes()
    Visitor(eyes, referrer=BAIDU).fetch("http://a.example/", placed(PROFILES["mobile"], region="HK"))
    assert (eyes.asked[0].region, eyes.asked[0].language) == ("HK", "zh-HK")


@pytest.mark.parametrize(
    "detail",
    [{}, {"region": "CN-99"}, {"region": None}, {"referrer": "not an address"}, {"referrer": "javascript:alert(1)"},
     {"referrer": "https://a.cn/\r\nHost: inner"}, {"referrer": "ftp://a.cn/"}, {"title": "微粒贷"}],
)  # fmt: skip
def test_what_a_lead_says_wrongly_changes_nothing(detail: dict[str, object]) -> None:
    eyes = Eyes()
    assert visiting(eyes, detail) is eyes


def test_a_bad_referrer_does_not_lose_a_good_region() -> None:
    eyes = Eyes()
    chosen = visiting(eyes, {"region": "TW", "referrer": "nonsense"})
    assert chosen is not None
    chosen.fetch("http://a.example/", PROFILES["desktop"])
    assert (eyes.asked[0].region, eyes.asked[0].referrer) == ("TW", "")


def test_without_eyes_nobody_visits() -> None:
    assert visiting(None, {"region": "HK", "referrer": BAIDU}) is None


def test_a_lead_is_looked_at_from_where_it_was_seen() -> None:
    eyes = Eyes()
    look("http://a.example/", (), eyes, detail={"region": "CN-44", "referrer": BAIDU})
    assert eyes.asked
    assert {(one.region, one.referrer) for one in eyes.asked} == {("CN-44", BAIDU)}


@pytest.mark.parametrize(
    "referrer",
    ["www.baidu.com", "https://", "https://a b/", "https://a.cn/\x00", "https://微粒贷.cn/", "file:///etc/passwd",
     "https://a.cn/" + "x" * 2000],
)  # fmt: skip
def test_a_referrer_that_no_header_can_carry_is_refused_with_the_cure(referrer: str) -> None:
    with pytest.raises(ValueError, match=r"write it as https://www\.example\.com/"):
        placed(PROFILES["mobile"], referrer=referrer)
