"""People: a link that works once, one's own password, and a second person."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from desk import PASSWORD, Desk, seen

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def invite(desk: Desk, name: str) -> str:
    """Let the manager add somebody; give the one-time path."""
    page = desk.person("管家", manages=True).post("/people/", {"name": name}, follow=True)
    found = re.search(r"/welcome/[\w-]+/[\w-]+/", page.content.decode())
    assert found
    return found[0]


def test_a_second_person_comes_in_by_a_link_that_works_once(desk: Desk) -> None:
    path = invite(desk, "周弈")
    browser = Client(SERVER_NAME="127.0.0.1")
    assert seen(browser.get(path), "欢迎来到正本")
    done = browser.post(path, {"name": "周弈", "password": PASSWORD, "again": PASSWORD})
    assert done.headers["Location"] == "/"
    assert browser.get("/leads/").status_code == 200
    again = Client(SERVER_NAME="127.0.0.1").get(path)
    assert again.status_code == 410
    assert seen(again, "这个链接已经失效")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "周弈", "password": "short", "again": "short"}, "至少要 12 个字符"),
        ({"name": "周弈", "password": PASSWORD, "again": "another"}, "两次输入的密码不一样"),
        ({"name": "worker", "password": PASSWORD, "again": PASSWORD}, "不能是系统保留的名字"),
        ({"name": "管家", "password": PASSWORD, "again": PASSWORD}, "已经有人用这个名字了"),
        ({"name": "周弈", "password": "password1234", "again": "password1234"}, "太常见"),
    ],
)
def test_a_bad_choice_is_named_beside_its_field(desk: Desk, form: dict[str, str], words: str) -> None:
    path = invite(desk, "周弈")
    page = Client(SERVER_NAME="127.0.0.1").post(path, form)
    assert page.status_code == 422
    assert seen(page, words)
    assert "aria-invalid" in page.content.decode()


def test_only_the_manager_adds_and_ends(desk: Desk) -> None:
    desk.person("管家", manages=True)
    plain = desk.person("陈思")
    plain.post("/people/", {"name": "谁"})
    assert not get_user_model().objects.filter(username="谁").exists()
    key = get_user_model().objects.get(username="管家").pk
    assert seen(plain.post(f"/people/{key}/leave/", follow=True), "您不能做这件事")
    own = get_user_model().objects.get(username="陈思").pk
    desk.person("管家").post(f"/people/{own}/leave/")
    assert plain.get("/leads/").status_code == 302


def test_a_wrong_password_says_no_more_than_that(desk: Desk) -> None:
    desk.person("陈思")
    page = Client(SERVER_NAME="127.0.0.1").post("/sign-in/", {"name": "陈思", "password": "wrong"})
    assert page.status_code == 403
    assert seen(page, "名字或密码不对")


def test_sign_in_goes_on_to_where_one_wanted_but_never_elsewhere(desk: Desk) -> None:
    desk.person("陈思")
    form = {"name": "陈思", "password": PASSWORD}
    assert (
        Client(SERVER_NAME="127.0.0.1").post("/sign-in/", form | {"next": "/cases/"}).headers["Location"] == "/cases/"
    )
    away = Client(SERVER_NAME="127.0.0.1").post("/sign-in/", form | {"next": "https://evil.example/"})
    assert away.headers["Location"] == "/"


def test_a_form_from_elsewhere_changes_nothing(desk: Desk) -> None:
    desk.person("管家", manages=True)
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    assert strict.login(username="管家", password=PASSWORD)
    answer = strict.post("/people/", {"name": "谁"})
    assert answer.status_code == 403
    assert seen(answer, "表单已过期")
    assert not get_user_model().objects.filter(username="谁").exists()


def test_the_language_is_remembered(desk: Desk) -> None:
    browser = desk.person("陈思")
    browser.post("/language/", {"language": "en", "next": "/people/"})
    assert seen(browser.get("/people/"), "Two", "one-time link") or seen(browser.get("/people/"), "One person drafts")
