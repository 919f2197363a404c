"""Who may go where: every address of the product, by everybody, by every method. A new one must take its place here.

There are three kinds of person. A stranger has not signed in. A member drafts, approves and decides; that one letter
needs two different members is the gate's rule, not a role's. The manager is a member who also looks after people.

One world serves a whole row of the table: making one costs more than asking it for everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from desk import PASSWORD, Desk, seen
from zhengben.store.models import Case, Event, Lead, Notice

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"
GET, POST, BOTH = frozenset({"GET"}), frozenset({"POST"}), frozenset({"GET", "POST"})
PUBLIC, MEMBER, MANAGER = "public", "member", "manager"


@dataclass(frozen=True, slots=True)
class Door:
    """One address: how it is asked, who may, and what a member's GET gives (`fill` puts real keys into it)."""

    route: str
    methods: frozenset[str]
    who: str
    status: int = 200


DOORS = (
    Door("healthz", GET, PUBLIC),
    Door("readyz", GET, PUBLIC, 503),
    Door("check/", BOTH, PUBLIC),
    Door("check/card/", POST, PUBLIC),
    Door("check/report/", BOTH, PUBLIC),
    Door("check/follow/", BOTH, PUBLIC),
    Door("api/v1/check", BOTH, PUBLIC, 400),
    Door("api/v1/", GET, PUBLIC),
    Door("api/v1/cases", GET, MEMBER),
    Door("api/v1/cases/<str:number>", GET, MEMBER),
    Door("api/v1/disclosure", GET, MEMBER, 400),
    Door("", GET, MEMBER, 302),
    Door("start/", GET, MEMBER),
    Door("rail/", GET, MEMBER),
    Door("sign-in/", BOTH, PUBLIC),
    Door("welcome/<str:uid>/<str:token>/", BOTH, PUBLIC, 410),
    Door("sign-out/", POST, PUBLIC),
    Door("language/", POST, PUBLIC),
    Door("leads/", GET, MEMBER),
    Door("leads/rows/", GET, MEMBER),
    Door("leads/decide/", POST, MEMBER),
    Door("leads/undo/", POST, MEMBER),
    Door("leads/add/", BOTH, MEMBER),
    Door("leads/<int:key>/", GET, MEMBER),
    Door("leads/<int:key>/app/", GET, MEMBER, 404),
    Door("leads/<int:key>/case/", POST, MEMBER),
    Door("leads/<int:key>/dismiss/", POST, MEMBER),
    Door("cases/", GET, MEMBER),
    Door("cases/<str:number>/", GET, MEMBER),
    Door("cases/<str:number>/verify/<int:turn>/", POST, MEMBER),
    Door("cases/<str:number>/package/<int:turn>/", GET, MEMBER),
    Door("cases/<str:number>/picture/<int:turn>.png", GET, MEMBER, 404),
    Door("cases/<str:number>/capture/<int:place>/", GET, MEMBER, 404),
    Door("cases/<str:number>/capture/<int:place>/<str:name>", GET, MEMBER, 404),
    Door("cases/<str:number>/match/<int:place>.png", GET, MEMBER, 404),
    Door("cases/<str:number>/withdraw/", POST, MEMBER),
    Door("cases/<str:number>/app/", GET, MEMBER, 404),
    Door("cases/<str:number>/by-hand/", GET, MEMBER),
    Door("cases/<str:number>/by-hand/<str:what>/", POST, MEMBER),
    Door("notices/", GET, MEMBER),
    Door("notices/<int:key>/", GET, MEMBER),
    Door("notices/<int:key>/sign/", POST, MEMBER),
    Door("notices/<int:key>/approve/", POST, MEMBER),
    Door("notices/<int:key>/reject/", POST, MEMBER),
    Door("notices/<int:key>/settle/", POST, MEMBER),
    Door("rechecks/", GET, MEMBER),
    Door("disclosure/", GET, MEMBER),
    Door("disclosure/print/", GET, MEMBER),
    Door("disclosure/<str:code>/", GET, MEMBER),
    Door("brands/", GET, MEMBER),
    Door("brands/<str:key>/", GET, MEMBER),
    Door("brands/<str:key>/renew/", POST, MEMBER),
    Door("sources/", BOTH, MEMBER),
    Door("people/", BOTH, MEMBER),
    Door("people/key/", POST, MEMBER),
    Door("people/<int:key>/link/", POST, MANAGER),
    Door("people/<int:key>/leave/", POST, MANAGER),
)
PRIVATE = [door for door in DOORS if door.who != PUBLIC]


def routes(patterns: Any = None, prefix: str = "") -> Iterator[str]:
    """Give every address the product knows."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern)


def fill(route: str) -> str:
    """Put the keys of what is there into an address."""
    case = Case.objects.first()
    thing = Notice.objects.first() if route.startswith("notices") else Lead.objects.first()
    person = get_user_model().objects.filter(username="陈思").first()
    key = person if route.startswith("people") else thing
    brand = "weilidai" if route.startswith("brands") else ""
    told = {
        "<int:key>": str(key.pk if key else 1), "<str:key>": brand, "<str:number>": case.number if case else "none",
        "<int:turn>": "0", "<int:place>": "0", "<str:name>": "none", "<str:code>": "found",
        "<str:what>": "look", "<str:uid>": "MQ", "<str:token>": "none",
    }  # fmt: skip
    for name, value in told.items():
        route = route.replace(name, value)
    return f"/{route}"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """Give an installation with one sealed case, its draft, a member and a manager."""
    desk.person("管家", manages=True)
    desk.person("陈思")
    desk.town.report()
    desk.town.work()
    return desk


def test_every_address_has_its_place_in_the_table(desk: Desk) -> None:
    assert desk
    assert sorted(routes()) == sorted(door.route for door in DOORS)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_sees_nothing_and_changes_nothing(busy: Desk, method: str) -> None:
    assert busy
    before = Event.objects.count(), get_user_model().objects.count()
    browser = Client(SERVER_NAME=HOST)
    for door in PRIVATE:
        answer = browser.generic(method, fill(door.route))
        if door.route.startswith("api/"):
            assert answer.status_code == (401 if method == "GET" else 405), door
            assert answer.headers["Content-Type"] == "application/json"
        else:
            assert answer.status_code == 302, door
            assert answer.headers["Location"].startswith("/sign-in/"), door
    assert (Event.objects.count(), get_user_model().objects.count()) == before


def test_somebody_who_has_left_is_a_stranger(busy: Desk) -> None:
    browser = busy.person("陈思")
    busy.person("管家").post(f"/people/{get_user_model().objects.get(username='陈思').pk}/leave/")
    for door in PRIVATE:
        answer = browser.get(fill(door.route))
        assert answer.status_code in {302, 401, 405}, door
        assert "微粒贷" not in answer.content.decode(), door


def test_a_member_sees_what_there_is(busy: Desk) -> None:
    browser = busy.person("陈思")
    pages = [door for door in DOORS if "GET" in door.methods and door.who != MANAGER]
    assert {d.route: browser.get(fill(d.route)).status_code for d in pages} == {d.route: d.status for d in pages}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_address_takes_other_methods(busy: Desk, method: str) -> None:
    before = Event.objects.count()
    for door in DOORS:
        answer = busy.person("管家").generic(method, fill(door.route))
        assert answer.status_code == 405, door
        assert set(answer.headers["Allow"].split(", ")) >= door.methods, door
    assert Event.objects.count() == before


def test_the_address_of_a_form_is_no_page_and_says_so(busy: Desk) -> None:
    for door in DOORS:
        if door.methods == POST:
            answer = busy.person("管家").get(fill(door.route))
            assert answer.status_code == 405, door
            assert seen(answer, "这个网址不能直接打开", "什么都没有改动"), door


def test_a_page_takes_no_form(busy: Desk) -> None:
    doors = [door for door in DOORS if door.methods == GET]
    assert {busy.person("管家").post(fill(door.route)).status_code for door in doors} == {405}


def test_only_the_manager_looks_after_people(busy: Desk) -> None:
    people = get_user_model().objects
    browser = busy.person("周弈")
    before = sorted(people.values_list("username", "password", "is_active"))
    for route in ("people/", "people/<int:key>/link/", "people/<int:key>/leave/"):
        answer = browser.post(fill(route), {"name": "新来的"})
        assert answer.status_code == 403
        assert seen(answer, "您不能做这件事")
    assert sorted(people.values_list("username", "password", "is_active")) == before


def test_the_manager_cannot_shut_themselves_out(busy: Desk) -> None:
    manager = get_user_model().objects.get(username="管家")
    browser = busy.person("管家")
    for what in ("link", "leave"):
        browser.post(f"/people/{manager.pk}/{what}/")
        assert browser.get("/leads/").status_code == 200
    manager.refresh_from_db()
    assert manager.is_active
    assert manager.has_usable_password()


def test_every_form_of_the_console_carries_a_token(busy: Desk) -> None:
    assert busy
    browser = Client(SERVER_NAME=HOST, enforce_csrf_checks=True)
    assert browser.login(username="管家", password=PASSWORD)
    before = Event.objects.count()
    for door in DOORS:
        # the public's questions change nothing and carry no session; reports have a signed token of their own
        if "POST" not in door.methods or "check" in door.route:
            continue
        answer = browser.post(fill(door.route), {"name": "x"})
        assert answer.status_code == 403, door
        assert seen(answer, "表单已过期", "什么都没有改动"), door
    assert Event.objects.count() == before


@pytest.mark.parametrize(("language", "words"), [("zh", "没有这一页"), ("en", "There is no such page")])
def test_what_is_not_there_says_so_in_ones_own_language(desk: Desk, language: str, words: str) -> None:
    browser = desk.person("管家", manages=True)
    browser.cookies["language"] = language
    pages = ("/leads/424242/", "/cases/2026-9999/", "/notices/424242/", "/brands/nobody/", "/disclosure/nothing/",
             "/cases/2026-9999/package/0/", "/leads/424242/app/", "/nothing/")  # fmt: skip
    forms = ("/people/424242/link/", "/leads/424242/case/", "/leads/424242/dismiss/", "/notices/424242/approve/",
             "/notices/424242/sign/", "/cases/2026-9999/withdraw/", "/cases/2026-9999/verify/0/",
             "/brands/nobody/renew/")  # fmt: skip
    for answer in (*map(browser.get, pages), *map(browser.post, forms)):
        assert answer.status_code == 404
        assert seen(answer, words)


def test_signing_in_leads_to_no_other_house(desk: Desk) -> None:
    desk.person("陈思")
    for wanted in (
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "x\ny",
        "leads",
        "",
    ):
        form = {"name": "陈思", "password": PASSWORD, "next": wanted}
        answer = Client(SERVER_NAME=HOST).post("/sign-in/", form)
        assert answer.headers["Location"] == "/", wanted


def test_signing_in_leads_back_to_the_page_that_was_asked_for(desk: Desk) -> None:
    desk.person("陈思")
    browser = Client(SERVER_NAME=HOST)
    asked = browser.get("/leads/?label=scam&state=all")
    page = browser.get(asked.headers["Location"])
    form = {"name": "陈思", "password": PASSWORD, "next": page.context["next"]}
    assert browser.post("/sign-in/", form).headers["Location"] == "/leads/?label=scam&state=all"
