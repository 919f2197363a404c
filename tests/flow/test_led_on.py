"""Pages that only send their visitors on: followed as browsers do, each step judged, and told where it was not."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from collect.servers import Names, site
from zhengben.collect.guard import Guard
from zhengben.collect.replay import Replay
from zhengben.core.brand import Brand
from zhengben.core.fetched import Captured, Fetched, Profile
from zhengben.core.verdict import Label
from zhengben.flow.dossiers import load_brands
from zhengben.flow.eyes import GuardedEyes
from zhengben.flow.look import Look, look

FAKE = (
    "<html><title>微粒贷官网</title><h1>微粒贷</h1><form action=/s><input placeholder=银行卡号 name=card>"
    "<input type=password placeholder=取款密码></form></html>"
)
NEWS = "<html><title>今日新闻</title><article>天气晴，适合出门。</article></html>"


def shell(to: str, words: str = "请稍候") -> str:
    """Give a page that does nothing but send its visitor on."""
    return f'<html><head><meta http-equiv="refresh" content="0;url={to}"></head><body>{words}</body></html>'


class Eyes:
    """Answers from a table; whatever is not in it does not resolve."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.asked = pages, []  # type: ignore[var-annotated]  # a list of what was asked

    def fetch(self, url: str, profile: Profile) -> Fetched:
        self.asked.append((url, profile.name))
        body = self.pages.get(f"{profile.name} {url}", self.pages.get(url))
        blank = Fetched(url=url, final_url=url, profile=profile.name)
        return replace(blank, failure="dns_gone") if body is None else replace(blank, status=200, body=body.encode())

    def capture(self, url: str, profile: Profile) -> Captured:
        return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")


@pytest.fixture(scope="module")
def brands() -> Sequence[Brand]:
    return load_brands(ids=("weilidai",))


def told(pages: dict[str, str], brands: Sequence[Brand], url: str = "http://a.top/") -> Look:
    """Look at the first page of a table."""
    return look(url, brands, Eyes(pages))


def test_the_page_it_leads_to_is_judged(brands: Sequence[Brand]) -> None:
    seen = told({"http://a.top/": shell("http://b.top/x"), "http://b.top/x": FAKE}, brands)
    assert (seen.verdict.label, seen.verdict.brand) == (Label.IMPERSONATION, "weilidai")
    assert {one.url for one in seen.seen.fetched} == {"http://a.top/", "http://b.top/x"}


def test_an_honest_page_behind_it_is_looked_at_fully(brands: Sequence[Brand]) -> None:
    verdict = told({"http://a.top/": shell("/news"), "http://a.top/news": NEWS}, brands).verdict
    assert (verdict.label, verdict.coverage.complete) == (Label.UNRELATED, True)


def test_several_steps_are_followed_and_every_client_goes_its_own_way(brands: Sequence[Brand]) -> None:
    pages = {
        "http://a.top/": shell("/2"),
        "http://a.top/2": shell("/3"),
        "http://a.top/3": NEWS,
        "mobile http://a.top/3": FAKE,
    }
    seen = told(pages, brands)
    assert seen.verdict.label is Label.IMPERSONATION
    assert "page_cloaked" in {reason.code for reason in seen.verdict.reasons}


def test_what_cannot_be_followed_is_said_and_never_unrelated(brands: Sequence[Brand]) -> None:
    verdict = told({"http://a.top/": shell("http://gone.top/")}, brands).verdict
    assert (verdict.label, verdict.coverage.missing) == (Label.UNKNOWN, ("page.moved", "page.dns_gone"))


def test_a_circle_of_pages_ends_and_both_were_seen(brands: Sequence[Brand]) -> None:
    eyes = Eyes({"http://a.top/": shell("/2"), "http://a.top/2": shell("http://a.top/")})
    verdict = look("http://a.top/", brands, eyes).verdict
    assert (verdict.label, verdict.coverage.complete, len(eyes.asked)) == (Label.UNRELATED, True, 6)


def test_a_chain_without_end_is_left_and_says_so(brands: Sequence[Brand]) -> None:
    eyes = Eyes({f"http://a.top/{n}": shell(f"/{n + 1}") for n in range(50)})
    verdict = look("http://a.top/0", brands, eyes).verdict
    assert (verdict.label, verdict.coverage.missing) == (Label.UNKNOWN, ("page.moved", "page.too_many_redirects"))
    assert len(eyes.asked) == 18


def test_a_page_that_says_something_before_it_sends_on_is_judged_too(brands: Sequence[Brand]) -> None:
    """Else a false page would only need a refresh to the bank's own site."""
    pages = {"http://a.top/": FAKE.replace("<title>", '<meta http-equiv=refresh content="9;url=http://b.top/"><title>'),
             "http://b.top/": NEWS}  # fmt: skip
    seen = told(pages, brands)
    assert seen.verdict.label is Label.IMPERSONATION
    assert "page_cloaked" not in {reason.code for reason in seen.verdict.reasons}


def test_who_leads_to_the_official_site_is_not_official(brands: Sequence[Brand]) -> None:
    seen = told({"http://a.top/": shell("https://www.webank.com/"), "https://www.webank.com/": NEWS}, brands)
    assert seen.verdict.label is not Label.OFFICIAL


def test_the_steps_stand_among_the_redirects_and_are_judged_again_the_same(brands: Sequence[Brand]) -> None:
    seen = told({"http://a.top/": shell("/2"), "http://a.top/2": FAKE}, brands)
    again = look("http://a.top/", brands, Replay(seen.seen))
    assert again.verdict == seen.verdict


def _guarded(port: int, *allowed: str) -> AbstractContextManager[GuardedEyes]:
    names = Names(a_example=("127.0.0.1", port), inside_example=("127.0.0.1", port))
    return GuardedEyes(Guard(names, allowed), browse=False)


@pytest.mark.sockets
def test_through_the_guard_a_step_is_a_redirect(brands: Sequence[Brand]) -> None:
    with site() as here, _guarded(here.port, here.place) as eyes:
        here.put("/", shell("/form"))
        here.put("/form", FAKE)
        seen = look("http://a.example/", brands, eyes)
        last = seen.seen.fetched[-1]
    assert seen.verdict.label is Label.IMPERSONATION
    assert [hop.url for hop in last.hops] == ["http://a.example/", "http://a.example/form"]


@pytest.mark.sockets
@pytest.mark.parametrize("address", ["http://127.0.0.1:{}/", "http://169.254.169.254/latest/", "http://2130706433:{}/"])
def test_a_step_into_the_private_network_is_refused(brands: Sequence[Brand], address: str) -> None:
    with site() as here, site() as inside, _guarded(here.port, here.place) as eyes:
        here.put("/", shell(address.format(inside.port)))
        verdict = look("http://a.example/", brands, eyes).verdict
        assert inside.hits == []
    assert (verdict.label, verdict.coverage.missing) == (Label.UNKNOWN, ("page.moved", "page.refused_address"))
