"""What only members may read: by session or by key; a page at a time; every error one shape of JSON."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import signing
from django.test import Client

from desk import PASSWORD, Desk
from worlds import NOW
from zhengben.api import urls
from zhengben.api.answers import MOST
from zhengben.api.index import ENDPOINTS
from zhengben.store import api_keys
from zhengben.store.models import Case

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"
PERIOD = "?from=2026-10-01&to=2026-12-31"
MEMBERS = ("/api/v1/cases", "/api/v1/cases/2026-0001", f"/api/v1/disclosure{PERIOD}")


def key_of(desk: Desk, name: str = "陈思") -> str:
    """Make a key as a person does, and read it off the page."""
    page = desk.person(name).post("/people/key/", follow=True)
    found = re.search(r'id="api-key">([^<]+)<', page.content.decode())
    assert found
    return found[1]


def by_key(key: str, path: str, **query: str) -> Any:
    """Ask as a program does: without cookies."""
    return Client(SERVER_NAME=HOST).get(path, query, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def world(desk: Desk) -> Desk:
    """Give an installation with one sealed case and its draft."""
    desk.town.report()
    desk.town.work()
    return desk


def test_a_key_opens_what_a_session_opens(world: Desk) -> None:
    key = key_of(world)
    browser = world.person("陈思")
    for path in MEMBERS:
        answer = by_key(key, path)
        assert answer.status_code == 200, path
        assert answer.json() == browser.get(path).json(), path


def test_a_key_is_shown_once(desk: Desk) -> None:
    key = key_of(desk)
    assert key not in desk.person("陈思").get("/people/").content.decode()


@pytest.mark.parametrize("how", ["none", "empty", "nonsense", "forged", "basic", "other salt"])
def test_without_a_good_key_nothing_is_read(world: Desk, how: str) -> None:
    key = key_of(world)
    headers = {
        "none": {}, "empty": {"Authorization": "Bearer "}, "nonsense": {"Authorization": "Bearer abc"},
        "forged": {"Authorization": f"Bearer {key[:-2]}xx"}, "basic": {"Authorization": f"Basic {key}"},
        "other salt": {"Authorization": f"Bearer {signing.dumps({'p': 1, 'h': 'x'})}"},
    }[how]  # fmt: skip
    for path in MEMBERS:
        answer = Client(SERVER_NAME=HOST).get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["error"] == "unauthorised"
        assert "Authorization: Bearer" in answer.json()["what"]


def test_a_key_dies_with_the_password_it_was_made_under(desk: Desk) -> None:
    key = key_of(desk)
    person = get_user_model().objects.get(username="陈思")
    person.set_password(PASSWORD + "!")
    person.save()
    assert by_key(key, "/api/v1/cases").status_code == 401


def test_a_key_dies_when_its_person_leaves(desk: Desk) -> None:
    key = key_of(desk)
    person = get_user_model().objects.get(username="陈思")
    desk.person("管家", manages=True).post(f"/people/{person.pk}/leave/")
    assert by_key(key, "/api/v1/cases").status_code == 401


def test_a_key_grows_old(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(desk)
    monkeypatch.setattr(api_keys, "DAYS", -1)
    assert by_key(key, "/api/v1/cases").status_code == 401


def test_a_key_changes_nothing(world: Desk) -> None:
    headers = {"Authorization": f"Bearer {key_of(world)}"}
    case = Case.objects.get()
    program = Client(SERVER_NAME=HOST)
    assert program.post(f"/cases/{case.number}/withdraw/", {"why": "x"}, headers=headers).status_code == 302
    assert program.get("/leads/", headers=headers).status_code == 302
    assert program.post("/api/v1/cases", headers=headers).status_code == 405
    case.refresh_from_db()
    assert case.state != "withdrawn"


def test_cases_come_a_page_at_a_time(desk: Desk) -> None:
    desk.town.web.otherwise = desk.town.web.pages["wei1idai-app.cn"]
    desk.town.report(*(f"wei1idai-app{n}.cn" for n in range(7)))
    desk.town.work()
    browser = desk.person("陈思")
    seen: list[str] = []
    path, pages = "/api/v1/cases?size=3", 0
    while path:
        told = browser.get(path).json()
        seen += [case["number"] for case in told["cases"]]
        path, pages = told["next"] or "", pages + 1
    assert (pages, told["pages"], told["total"]) == (3, 3, 7)
    assert len(set(seen)) == 7
    assert seen == sorted(seen, reverse=True)


def test_a_case_tells_its_reasons_packages_and_notices(world: Desk) -> None:
    told = world.person("陈思").get("/api/v1/cases/2026-0001").json()
    assert (told["number"], told["kind"], told["brand"], told["verdict"]) == (
        "2026-0001", "domain", "weilidai", "impersonation",
    )  # fmt: skip
    assert {reason["code"] for reason in told["reasons"]}
    assert len(told["packages"][0]["sha256"]) == 64
    assert told["notices"][0]["state"] == "draft"
    assert told["opened_at"].endswith("+08:00")


def test_cases_are_found_by_state_and_words(world: Desk) -> None:
    browser = world.person("陈思")
    state = Case.objects.get().state
    assert browser.get("/api/v1/cases", {"state": state, "q": "wei1"}).json()["total"] == 1
    assert browser.get("/api/v1/cases", {"state": "closed"}).json()["total"] == 0
    assert browser.get("/api/v1/cases", {"q": "nothing-like-it"}).json() == {
        "page": 1, "pages": 1, "total": 0, "next": None, "cases": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/api/v1/cases?page=0", "page '0' is no number from 1"),
        ("/api/v1/cases?page=x", "page 'x' is no number"),
        ("/api/v1/cases?page=٣", "is no number"),
        ("/api/v1/cases?page=" + "9" * 5000, "is no number"),
        ("/api/v1/cases?size=201", "size '201' is no number from 1 to 200"),
        ("/api/v1/cases?state=asleep", "state 'asleep' is unknown; leave it out or use one of"),
        ("/api/v1/disclosure", "use ?from=2026-01-01&to=2026-03-31"),
        ("/api/v1/disclosure?from=2026-13-01&to=2026-01-01", "use ?from="),
        ("/api/v1/disclosure?from=2026-02-01&to=2026-01-01", "ends before it begins"),
    ],
)
def test_a_bad_question_says_what_and_how(desk: Desk, path: str, words: str) -> None:
    answer = desk.person("陈思").get(path)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
    assert words in answer.json()["what"]
    assert "\n" not in answer.json()["what"]


def test_a_page_beyond_the_end_is_the_last(world: Desk) -> None:
    assert world.person("陈思").get("/api/v1/cases?page=999999").json()["page"] == 1


def test_a_case_that_is_not_there_is_said_in_json(desk: Desk) -> None:
    answer = desk.person("陈思").get("/api/v1/cases/2026-9999")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    assert "/api/v1/cases lists them" in answer.json()["what"]


def test_the_interface_lists_itself(desk: Desk) -> None:
    assert desk
    told = Client(SERVER_NAME=HOST).get("/api/v1/").json()
    assert told["api"] == "v1"
    assert re.match(r"\d+\.\d+", told["product"])
    assert [one["path"] for one in told["endpoints"]] == [str(one["path"]) for one in ENDPOINTS]
    listed = {str(one["path"]).removeprefix("/api/v1/").replace("NUMBER", "<str:number>") for one in ENDPOINTS}
    assert listed == {str(one.pattern) for one in urls.urlpatterns} - {""}


def test_every_address_is_in_the_docs(desk: Desk) -> None:
    assert desk
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    assert all(str(one["path"]) in page for one in ENDPOINTS)
    assert f"{api_keys.DAYS} days" in page
    assert MOST == 200


def test_every_error_of_the_interface_is_json_with_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = desk.person("陈思")
    browser.raise_request_exception = False

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret inside")

    answers = [browser.get("/api/v1/none"), browser.delete("/api/v1/check"), browser.post("/api/v1/disclosure")]
    answers.append(Client(SERVER_NAME="evil.example").get("/api/v1/check"))
    monkeypatch.setattr("zhengben.api.cases.cases", broken)
    answers.append(browser.get("/api/v1/cases"))
    assert [answer.status_code for answer in answers] == [404, 405, 405, 400, 500]
    for answer in answers:
        assert answer.headers["Content-Type"] == "application/json"
        told = answer.json()
        assert told["error"]
        assert told["what"]
        assert set(told["text"]) == {"zh", "en"}
        assert "secret" not in answer.content.decode()


def test_who_asks_too_fast_is_told_when_to_come_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk
    monkeypatch.setenv("ZHENGBEN_CHECKS_PER_MINUTE", "20")
    program = Client(SERVER_NAME=HOST)
    answers = [program.get("/api/v1/check", {"target": "95384"}) for _ in range(25)]
    assert answers[0].status_code == 200
    assert (answers[-1].status_code, answers[-1].headers["Retry-After"]) == (429, "60")
    assert answers[-1].json()["error"] == "too_many"


def test_the_figures_come_with_definitions_and_ids(world: Desk) -> None:
    told = world.person("陈思").get(f"/api/v1/disclosure{PERIOD}").json()
    found = next(figure for figure in told["figures"] if figure["code"] == "found")
    assert (found["value"], found["ids"]) == (1, ["2026-0001"])
    assert set(found["definition"]) == {"zh", "en"}
    assert told["as_of"].startswith((NOW + timedelta(hours=8)).strftime("%Y-%m-%dT%H"))
