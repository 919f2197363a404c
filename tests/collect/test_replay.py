"""A stored look, judged again without a network."""

from zhengben.collect.profiles import PROFILES
from zhengben.collect.replay import Replay
from zhengben.core.fetched import Captured, Fetched, Profile, Seen
from zhengben.core.verdict import Label
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look

BRANDS = load_brands(ids=("weilidai",))
PAGE = "<title>微粒贷官网</title><h1>微粒贷</h1><form><input placeholder=身份证号><input placeholder=银行卡号></form>"


class Live:
    """Eyes that show the phone a form and everybody else an empty shop."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, url: str, profile: Profile) -> Fetched:
        self.asked += 1
        body = (
            PAGE
            if profile.name != "desktop"
            else "<title>鲜花店</title><p>新到玫瑰与百合，满二百元送货上门，欢迎选购。</p>"
        )
        return Fetched(url=url, final_url=url, profile=profile.name, status=200, body=body.encode())

    def capture(self, url: str, profile: Profile) -> Captured:
        return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")


def test_what_was_kept_gives_the_same_verdict_with_the_same_reasons() -> None:
    live = Live()
    first = look("http://a.example/", BRANDS, live)
    assert first.verdict.label is Label.IMPERSONATION
    asked = live.asked
    again = look("http://a.example/", BRANDS, Replay(first.seen))
    assert (again.verdict, again.sighting, again.seen) == (first.verdict, first.sighting, first.seen)
    assert live.asked == asked


def test_what_was_not_kept_is_told_and_never_fetched() -> None:
    nothing = Replay(Seen())
    assert nothing.fetch("http://a.example/", PROFILES["mobile"]).failure == "connect_failed"
    assert nothing.capture("http://a.example/", PROFILES["mobile"]).failure == "capture_unavailable"
    assert look("http://a.example/", BRANDS, nothing).verdict.label is Label.UNKNOWN
