"""The interface for machines: the contract's object, the public answer beside it, and one line for bad questions."""

import json

import pytest
from django.test import Client

from desk import Desk

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
KEYS = {"target", "kind", "verdict", "brand", "score", "reasons", "coverage", "contacts", "answer", "elapsed_ms"}


@pytest.fixture
def browser(desk: Desk) -> Client:
    """Give a client on a fresh installation."""
    assert desk
    return Client(SERVER_NAME="127.0.0.1")


def test_a_question_by_get_and_by_post_gets_the_contracts_object(browser: Client) -> None:
    told = browser.get("/api/v1/check", {"target": "https://www.webank.com/"}).json()
    assert set(told) == KEYS
    assert (told["verdict"], told["answer"], told["kind"]) == ("official", "official", "url")
    body = json.dumps({"target": "下载微粒贷APP，点击 wei1idai-app.cn 提现"})
    told = browser.post("/api/v1/check", body, content_type="application/json").json()
    assert (told["verdict"], told["answer"]) == ("impersonation", "false")
    assert set(told["reasons"][0]) == {"code", "weight", "facts", "text"}
    assert set(told["reasons"][0]["text"]) == {"zh", "en"}
    assert {c["kind"] for c in told["contacts"]} >= {"domain"} or {c["kind"] for c in told["contacts"]} >= {"url"}


@pytest.mark.parametrize(
    ("body", "words"),
    [("{", "not JSON"), ("[1]", "not a JSON object"),
     ("{}", "target is missing"), ('{"target": 3}', "target is missing"),
     ('{"target":"a","kind":"nonsense"}', "is unknown"), (json.dumps({"target": "x" * 5000}), "longer than")],
)  # fmt: skip
def test_a_bad_question_gets_one_line_with_the_cure(browser: Client, body: str, words: str) -> None:
    answer = browser.post("/api/v1/check", body, content_type="application/json")
    assert answer.status_code == 400
    assert words in answer.json()["what"]


def test_a_missing_page_of_the_interface_is_json_too(browser: Client) -> None:
    answer = browser.get("/api/v1/nothing")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
