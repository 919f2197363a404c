"""The interface under hostile and careless programs: every answer is JSON, says what to do, and changes nothing."""

import json
from typing import Any

import pytest
from django.test import Client

from desk import Desk
from zhengben.core.case import CASE
from zhengben.flow.public_check import LONGEST
from zhengben.store.models import Event, Lead, Report

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
CHECK = "/api/v1/check"
ANSWERS = {"official", "impostor", "false", "unknown"}


@pytest.fixture
def browser(desk: Desk) -> Client:
    """Give a program's client on a fresh installation."""
    assert desk
    return Client(SERVER_NAME="127.0.0.1")


def post(browser: Client, body: bytes | str, content_type: str = "application/json") -> Any:
    """Ask by POST."""
    return browser.post(CHECK, body, content_type=content_type)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"true", b"1", b'"text"', b"[]", b"[{}]", b"{", b"}", b"\xff\xfe", b"\x00", b"{'target':'a'}",
        b'{"target":"a",}', b'{"target":NaN}', b'{"target":null}', b'{"target":[]}', b'{"target":{}}',
        b'{"target":true}',
        b'{"target":1e999}', b'{"target":""}', b'{"target":" \\n\\t"}', b'{"Target":"a"}', b"[" * 5000, b'{"a":' * 3000,
        b'{"target":"a","kind":[]}', b'{"target":"a","kind":{"x":1}}', b'{"target":"a","kind":"URL"}',
        b'{"target":"a","kind":1}', b'{"target":"\\ud800"', b"target=a", b"<xml/>",
    ],
)  # fmt: skip
def test_bad_json_is_a_bad_question_told_in_one_line(browser: Client, body: bytes) -> None:
    answer = post(browser, body)
    assert answer.status_code == 400, body[:40]
    told = answer.json()
    assert set(told) == {"error", "what"}
    assert told["error"] == "bad_request"
    assert told["what"].strip()
    assert "\n" not in told["what"]
    assert len(told["what"]) < 400


@pytest.mark.parametrize("target", ["\\ud800", "\\udfff微粒贷", "微粒\\udc00贷APP"])
def test_signs_no_text_holds_are_refused_with_the_reason(browser: Client, target: str) -> None:
    answer = post(browser, f'{{"target":"{target}"}}')
    assert answer.status_code == 400
    assert answer.json()["what"]


def test_a_character_outside_the_plane_may_be_escaped_in_two_halves(browser: Client) -> None:
    told = post(browser, '{"target":"\\ud842\\udfb7微粒贷"}').json()
    assert told["target"] == "𠮷微粒贷"


@pytest.mark.parametrize("more", [0, 1])
def test_the_longest_question_is_answered_and_a_longer_one_refused(browser: Client, more: int) -> None:
    answer = post(browser, json.dumps({"target": "字" * (LONGEST + more)}))
    assert answer.status_code == (400 if more else 200)


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "application/json;charset=UTF-8"]
)
def test_json_is_json_with_or_without_its_charset(browser: Client, kind: str) -> None:
    assert post(browser, json.dumps({"target": "95384"}), kind).json()["answer"] == "official"


def test_a_form_and_a_query_are_asked_alike(browser: Client) -> None:
    asked = [
        browser.get(CHECK, {"target": "95384"}), browser.post(CHECK, {"target": "95384"}),
        post(browser, "target=95384", "application/x-www-form-urlencoded"), post(browser, '{"target":"95384"}'),
    ]  # fmt: skip
    rows = [{key: value for key, value in answer.json().items() if key != "elapsed_ms"} for answer in asked]
    assert rows == [rows[0]] * 4


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "image/png", "", "nonsense", "application/xml"])
def test_a_body_of_another_kind_is_a_bad_question(browser: Client, kind: str) -> None:
    assert post(browser, b'{"target":"95384"}', kind).status_code == 400


def test_what_was_asked_comes_back_as_it_was_asked(browser: Client) -> None:
    for target in ("“webank.com”。", "95384是真的吗？", "hxxp://wei1idai-app[.]cn/", "０７５５－８９４６２５２５"):
        told = post(browser, json.dumps({"target": target})).json()
        assert told["target"] == target
        assert told["kind"] in {"domain", "phone", "url"}


@pytest.mark.parametrize("target", ["微粒贷APP下载", "wei1idai-app.cn", "95384", "今天天气", "https://a.example/x"])
def test_a_question_leaves_nothing_behind(browser: Client, target: str) -> None:
    before = Event.objects.count()
    answer = browser.get(CHECK, {"target": target})
    assert answer.json()["answer"] in ANSWERS
    assert (Lead.objects.count(), Report.objects.count(), Event.objects.count()) == (0, 0, before)
    assert answer.cookies == {}


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
@pytest.mark.parametrize("path", [CHECK, "/api/v1/cases", "/api/v1/cases/2026-0001"])
def test_other_methods_change_nothing(browser: Client, method: str, path: str) -> None:
    assert getattr(browser, method)(path).status_code in {401, 405}
    assert Lead.objects.count() == 0


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "bearer x", "Basic eDp5", "Token abc", "Bearer " + "x" * 5000, "Bearer 微粒贷",
     "Bearer a b c", "Bearer ' OR 1=1 --", "\x00", ""],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/cases", "/api/v1/cases/2026-0001"])
def test_no_forged_key_opens_anything(browser: Client, header: str, path: str) -> None:
    answer = browser.get(path, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "Authorization: Bearer" in answer.json()["what"]
    assert header[:20] not in answer.content.decode() or header.strip() in {"", "Bearer"}


@pytest.mark.parametrize("name", ["page", "size"])
@pytest.mark.parametrize(
    "value", ["0", "-1", "1.5", "x", "１", "٣", "1e3", " 1", "999999999", "1" * 5000, "0x10", "null"]
)
def test_a_page_that_is_no_number_is_a_bad_question_for_members(desk: Desk, name: str, value: str) -> None:
    answer = desk.person("陈思").get("/api/v1/cases", {name: value})
    assert answer.status_code == 400
    assert name in answer.json()["what"]
    assert len(answer.json()["what"]) < 200


@pytest.mark.parametrize("state", sorted(CASE.states))
def test_every_state_can_be_asked_for_and_an_empty_list_is_a_list(desk: Desk, state: str) -> None:
    told = desk.person("陈思").get("/api/v1/cases", {"state": state}).json()
    assert (told["cases"], told["total"], told["next"]) == ([], 0, None)
    assert told["page"] == 1


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "微粒贷", "a" * 5000, "\x00", "🙂", "*", "NEAR("])
def test_no_search_word_breaks_the_list(desk: Desk, words: str) -> None:
    answer = desk.person("陈思").get("/api/v1/cases", {"q": words})
    assert answer.status_code in {200, 400}
    assert answer.json()


@pytest.mark.parametrize("number", ["x", "2026-9999", "..%2f..%2fetc", "1" * 300, "微粒贷", "2026-0001'--"])
def test_a_case_that_is_not_there_is_not_found_and_not_more(desk: Desk, number: str) -> None:
    answer = desk.person("陈思").get(f"/api/v1/cases/{number}")
    assert answer.status_code == 404
    assert answer.json()["error"] == "not_found"
