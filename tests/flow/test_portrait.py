"""The portrait of an accused page: which clients take it, what differs between them, and the apps it hands out."""

import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from worlds import PAGE, renewed
from zhengben import wiring
from zhengben.collect.guard import Guard
from zhengben.collect.profiles import PROFILES
from zhengben.collect.replay import Replay
from zhengben.core.fetched import Captured, Download, Fetched, Profile, Seen
from zhengben.core.sighting import Sighting
from zhengben.flow.eyes import GuardedEyes
from zhengben.flow.installation import read_installation
from zhengben.flow.look import look
from zhengben.flow.portrait import portrait, shown

URL = "http://wei1idai-app.cn/"
HARMLESS = "<title>面包店</title><h1>面包店</h1><p>每天早上七点开门，欢迎光临，新鲜面包和牛奶都有。</p>"
GONE = "<title>404</title><h1>404 Not Found</h1><p>nothing is here, nothing at all</p>"


class Eyes:
    """Eyes that were told what each client is shown; they remember what they were asked to capture."""

    def __init__(self, plain: str = PAGE, drawn: dict[str, str] | None = None, **more: Any) -> None:
        self.plain, self.drawn, self.more = plain, drawn, more
        self.captured: list[tuple[str, str]] = []

    def fetch(self, url: str, profile: Profile) -> Fetched:
        """Give the same page to everybody."""
        headers = (("content-type", "text/html; charset=utf-8"),)
        return Fetched(
            url=url, final_url=url, profile=profile.name, status=200, headers=headers, body=self.plain.encode()
        )

    def capture(self, url: str, profile: Profile) -> Captured:
        """Give what that client is shown, or say that there is no browser."""
        self.captured.append((url, profile.name))
        if self.drawn is None:
            return Captured(url=url, final_url=url, profile=profile.name, failure="capture_unavailable")
        dom = self.drawn.get(profile.name, self.drawn["mobile"])
        return Captured(url=url, final_url=url, profile=profile.name, status=200, dom=dom, **self.more)


def names(seen: Seen) -> list[str]:
    """Give the clients of the captures."""
    return [one.profile for one in seen.captured]


def app() -> bytes:
    """Give a zip that begins like an app."""
    body = BytesIO()
    with zipfile.ZipFile(body, "w") as box:
        box.writestr("AndroidManifest.xml", b"\x03\x00\x08\x00")
        box.writestr("classes.dex", b"dex\n035\x00")
    return body.getvalue()


def test_an_accused_page_is_captured_by_all_three_clients() -> None:
    eyes = Eyes(drawn={"mobile": PAGE})
    found = look(URL, renewed(), eyes)
    assert found.verdict.accuses
    assert sorted(names(found.seen)) == ["desktop", "mobile", "wechat"]


def test_a_page_that_is_not_accused_costs_no_browser() -> None:
    eyes = Eyes(HARMLESS, {"mobile": HARMLESS})
    found = look("http://baker.example/", renewed(), eyes)
    assert (found.verdict.accuses, eyes.captured, found.seen.captured) == (False, [], ())


def test_without_a_browser_one_client_is_asked_and_nothing_is_added() -> None:
    eyes = Eyes()
    found = look(URL, renewed(), eyes)
    assert (len(eyes.captured), found.seen.captured) == (1, ())
    assert found.verdict.accuses


def test_without_eyes_nothing_is_captured() -> None:
    assert look(URL, renewed(), None).seen == Seen()


def test_a_client_that_was_there_already_is_not_asked_again() -> None:
    eyes = Eyes(drawn={"mobile": PAGE})
    first = Captured(url=URL, final_url=URL, profile="mobile", status=200, dom=PAGE)
    plain = Fetched(url=URL, final_url=URL, profile="mobile", status=200, body=b"x")
    seen = portrait(Seen((plain,), (first,)), eyes)
    assert [name for _, name in eyes.captured] == ["desktop", "wechat"]
    assert seen.captured[0] is first


def test_the_clients_of_the_settings_take_the_portrait() -> None:
    eyes = Eyes(drawn={"mobile": PAGE})
    eyes.clients = (PROFILES["wechat"],)  # type: ignore[attr-defined]
    plain = Fetched(url=URL, final_url=URL, profile="mobile", status=200, body=b"x")
    assert names(portrait(Seen((plain,)), eyes)) == ["wechat"]


@pytest.mark.parametrize("fetched", [(), (Fetched(url=URL, final_url=URL, profile="mobile", failure="dns_gone"),)])
def test_what_nobody_reached_has_no_portrait(fetched: tuple[Fetched, ...]) -> None:
    eyes = Eyes(drawn={"mobile": PAGE})
    assert portrait(Seen(fetched), eyes).captured == ()
    assert eyes.captured == []


def test_what_differs_between_clients_is_a_fact_and_a_reason() -> None:
    eyes = Eyes(drawn={"mobile": PAGE, "wechat": PAGE, "desktop": GONE})
    found = look(URL, renewed(), eyes)
    (reason,) = [one for one in found.verdict.reasons if one.code == "page_cloaked"]
    assert "desktop" in str(reason.facts)


def test_three_clients_that_see_the_same_are_no_cloak() -> None:
    found = look(URL, renewed(), Eyes(drawn={"mobile": PAGE}))
    assert "page_cloaked" not in {reason.code for reason in found.verdict.reasons}


def test_a_page_its_scripts_draw_is_not_a_cloak_because_its_download_is_empty() -> None:
    """Captures are compared with captures alone."""
    shown_by_script = PAGE.replace("下载", "领取").replace("额度", "贷款") + "<p>" + "另外的文字" * 80
    found = look(URL, renewed(), Eyes(drawn={"mobile": shown_by_script}))
    assert "page_cloaked" not in {reason.code for reason in found.verdict.reasons}


def test_a_client_that_timed_out_is_no_difference() -> None:
    first = Sighting(kind="url", target=URL)
    whole = Captured(url=URL, final_url=URL, profile="mobile", status=200, dom=PAGE)
    late = Captured(url=URL, final_url=URL, profile="desktop", status=200, dom=GONE, failure="timeout")
    assert shown(first, Seen(captured=(whole, late))) == []


def test_an_app_a_page_hands_out_is_read_like_any_other() -> None:
    body = app()
    got = Download(name="wld.apk", url=URL + "wld.apk", body=body)
    first = Sighting(kind="domain", target="wei1idai-app.cn", host="wei1idai-app.cn")
    one = Captured(url=URL, final_url=URL, profile="mobile", status=200, dom=PAGE, downloads=(got, got))
    (inside,) = shown(first, Seen(captured=(one,)))
    assert (inside.kind, inside.host, inside.target) == ("domain", "wei1idai-app.cn", "wei1idai-app.cn")
    assert inside.app is not None
    assert inside.app.platform == "android"


@pytest.mark.parametrize("body", [b"<html>not found</html>", b"", b"\x89PNG\r\n\x1a\n"])
def test_a_download_that_is_no_app_is_kept_and_not_read_as_one(body: bytes) -> None:
    got = Download(name="wld.apk", url=URL, body=body)
    one = Captured(url=URL, final_url=URL, profile="mobile", status=200, dom=PAGE, downloads=(got,))
    assert shown(Sighting(kind="url", target=URL), Seen(captured=(one,))) == []


def test_an_app_of_which_only_a_part_came_is_not_read() -> None:
    got = Download(name="wld.apk", url=URL, body=app()[:60], complete=False)
    one = Captured(url=URL, final_url=URL, profile="mobile", status=200, dom=PAGE, downloads=(got,))
    assert shown(Sighting(kind="url", target=URL), Seen(captured=(one,))) == []


def test_a_stored_portrait_is_judged_again_to_the_same_reasons() -> None:
    first = look(URL, renewed(), Eyes(drawn={"mobile": PAGE, "desktop": GONE}))
    again = look(URL, renewed(), Replay(first.seen))
    assert again.verdict == first.verdict
    assert again.seen == first.seen


def test_eyes_take_the_clients_they_are_given_and_all_three_by_default() -> None:
    assert [one.name for one in GuardedEyes(Guard()).clients] == ["desktop", "mobile", "wechat"]
    assert GuardedEyes(Guard(), clients=(PROFILES["wechat"],)).clients == (PROFILES["wechat"],)


@pytest.mark.sockets
def test_several_pages_are_captured_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two captures must be under way at once: each waits for the other before it answers."""
    both = threading.Barrier(2, timeout=10)

    class Slow:
        def __init__(self, guard: Guard) -> None:
            del guard

        def capture(self, url: str, profile: Profile) -> Captured:
            both.wait()
            return Captured(url=url, final_url=url, profile=profile.name)

        def close(self) -> None:
            """End nothing."""

    monkeypatch.setattr("zhengben.collect.browser.Browser", Slow)
    with GuardedEyes(Guard()) as eyes, ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(lambda profile: eyes.capture(URL, profile), (PROFILES["mobile"], PROFILES["wechat"])))
    assert [one.profile for one in seen] == ["mobile", "wechat"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", [("desktop", "", ""), ("mobile", "", ""), ("wechat", "", "")]),
        ('[browser]\nprofiles = "wechat mobile"\nregion = "HK"\n', [("wechat", "HK", ""), ("mobile", "HK", "")]),
        (
            '[browser]\nprofiles = "mobile"\nreferrer = "https://www.baidu.com/"\n',
            [("mobile", "", "https://www.baidu.com/")],
        ),
    ],
)
def test_the_settings_name_who_takes_the_portrait(
    tmp_path: Path, written: str, told: list[tuple[str, str, str]]
) -> None:
    (tmp_path / "zhengben.toml").write_text(written, "utf-8")
    found = wiring.portrait_clients(read_installation(tmp_path))
    assert [(one.name, one.region, one.referrer) for one in found] == told


def test_a_client_of_the_settings_that_nobody_knows_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "zhengben.toml").write_text('[browser]\nprofiles = "ipad"\n', "utf-8")
    with pytest.raises(ValueError, match="unknown profile 'ipad'; use desktop, mobile, wechat"):
        wiring.portrait_clients(read_installation(tmp_path))
