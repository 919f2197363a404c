"""Cookies, sessions and headers: what a browser is given, how long it holds, and when it ends."""

from datetime import timedelta
from http.cookies import Morsel

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from desk import PASSWORD, Desk, seen

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"


def signed_in(name: str = "陈思") -> tuple[Client, Morsel[str]]:
    """Sign in as a person does; give the browser and its cookie."""
    browser = Client(SERVER_NAME=HOST)
    answer = browser.post("/sign-in/", {"name": name, "password": PASSWORD})
    return browser, answer.cookies[settings.SESSION_COOKIE_NAME]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(desk: Desk) -> None:
    desk.person("陈思")
    _, cookie = signed_in()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 3600
    assert cookie["domain"] == ""


def test_a_session_gets_a_new_name_when_somebody_signs_in(desk: Desk) -> None:
    desk.person("陈思")
    browser = Client(SERVER_NAME=HOST)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody-else-00000000"
    browser.post("/sign-in/", {"name": "陈思", "password": PASSWORD})
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != "planted-by-somebody-else-00000000"


def test_a_session_ends_after_twelve_hours(desk: Desk) -> None:
    desk.person("陈思")
    browser, _ = signed_in()
    assert browser.get("/leads/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    answer = browser.get("/leads/")
    assert answer.headers["Location"] == "/sign-in/?next=/leads/"


def test_a_form_of_an_ended_session_leads_to_the_sign_in_and_changes_nothing(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    desk.person("陈思")
    browser, _ = signed_in()
    Session.objects.all().delete()
    answer = browser.post("/notices/1/sign/")
    assert answer.headers["Location"].startswith("/sign-in/")


def test_a_page_that_polls_is_sent_to_the_sign_in_whole(desk: Desk) -> None:
    assert desk
    answer = Client(SERVER_NAME=HOST).get("/leads/rows/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/")


def test_signing_out_ends_the_session_on_the_server(desk: Desk) -> None:
    desk.person("陈思")
    browser, cookie = signed_in()
    browser.post("/sign-out/")
    thief = Client(SERVER_NAME=HOST)
    thief.cookies[settings.SESSION_COOKIE_NAME] = cookie.value
    assert thief.get("/leads/").status_code == 302


def test_a_new_password_ends_every_older_session(desk: Desk) -> None:
    desk.person("陈思")
    browser, _ = signed_in()
    person = get_user_model().objects.get(username="陈思")
    person.set_password(PASSWORD + "!")
    person.save()
    assert browser.get("/leads/").status_code == 302


def test_a_wrong_password_and_an_unknown_name_read_the_same(desk: Desk) -> None:
    desk.person("陈思")
    one = Client(SERVER_NAME=HOST).post("/sign-in/", {"name": "陈思", "password": "wrong"})
    other = Client(SERVER_NAME=HOST).post("/sign-in/", {"name": "nobody", "password": "wrong"})
    assert one.status_code == other.status_code == 403
    assert seen(one, "名字或密码不对") == seen(other, "名字或密码不对")
    assert 'value="陈思"' in one.content.decode(), "the name need not be typed again"
    assert "wrong</" not in one.content.decode()


@pytest.mark.parametrize("name", ["陈思\u200b", "\u202e陈思", "陈思\x00", "陈\n思 "])
def test_a_name_cannot_be_dressed_up_as_somebody_elses(desk: Desk, name: str) -> None:
    desk.person("陈思")
    desk.person("管家", manages=True).post("/people/", {"name": name})
    assert get_user_model().objects.exclude(username__in=["管家", "陈思", "陈 思", "陈思"]).count() == 0


def test_a_one_time_link_is_used_once_even_by_two_at_the_same_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.person("管家", manages=True).post("/people/", {"name": "周弈"})
    person = get_user_model().objects.get(username="周弈")
    desk.person("管家").post(f"/people/{person.pk}/link/")
    path = desk.person("管家").get("/people/").context["link"]["url"]

    def somebody_is_faster(*_: object) -> dict[str, str]:
        get_user_model().objects.filter(pk=person.pk).update(password="!taken meanwhile")
        return {}

    monkeypatch.setattr("zhengben.console.sign._problems", somebody_is_faster)
    late = Client(SERVER_NAME=HOST)
    answer = late.post(path, {"name": "周弈", "password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 410
    assert seen(answer, "这个链接已经失效")
    assert late.get("/leads/").status_code == 302


def test_an_older_link_still_opens_once_and_the_password_kills_both(desk: Desk) -> None:
    manager = desk.person("管家", manages=True)
    links = []
    manager.post("/people/", {"name": "周弈"})
    links.append(manager.get("/people/").context["link"]["url"])
    person = get_user_model().objects.get(username="周弈")
    manager.post(f"/people/{person.pk}/link/")
    links.append(manager.get("/people/").context["link"]["url"])
    alive = [link for link in links if Client(SERVER_NAME=HOST).get(link).status_code == 200]
    assert links[1] in alive
    Client(SERVER_NAME=HOST).post(links[1], {"name": "周弈", "password": PASSWORD, "again": PASSWORD})
    assert [Client(SERVER_NAME=HOST).get(link).status_code for link in links] == [410, 410]


def test_a_link_is_dead_after_a_day(desk: Desk, settings: object) -> None:
    manager = desk.person("管家", manages=True)
    manager.post("/people/", {"name": "周弈"})
    path = manager.get("/people/").context["link"]["url"]
    settings.PASSWORD_RESET_TIMEOUT = -1  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert Client(SERVER_NAME=HOST).get(path).status_code == 410


@pytest.mark.parametrize("path", ["/", "/leads/", "/people/", "/api/v1/cases", "/check/"])
def test_headers_hold_for_members_too(desk: Desk, path: str) -> None:
    headers = desk.person("陈思").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_portal_sets_no_cookie_even_for_a_member(desk: Desk) -> None:
    assert not desk.person("陈思").get("/check/").cookies
    assert not Client(SERVER_NAME=HOST).post("/check/", {"q": "95384"}).cookies
