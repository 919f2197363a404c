"""The interface for machines held to the shape of `zhengben check`, for whatever anybody may send."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.shapes import CHECK, check_rules, wrong
from desk import Desk

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
ANSWERS = {"official", "impostor", "false", "unknown"}
TARGETS = [
    "下载微粒贷APP，强开额度，加QQ 2831907756", "https://www.webank.com/", "webank.com", "95384", "400-821-9999",
    "weilidai-app.cn", "http://[::1", "http://2130706433/", "https://webank.com@evil.example/", "明天下午三点开会",
    "{name} {0} %s", "<script>alert(1)</script>", "\u202e贷粒微", "🏦", "微" * 3000, "a",
    "警惕！有人冒充微粒贷客服", "微粒贷", "微业贷", "xn--g5t065dinl.cn",
]  # fmt: skip


@pytest.fixture
def browser(desk: Desk) -> Client:
    """Give a client on a fresh installation."""
    assert desk
    return Client(SERVER_NAME="127.0.0.1")


def fits(row: dict[str, object]) -> None:
    """Hold a row against the contract."""
    assert wrong(row, CHECK) == []
    assert list(check_rules(row)) == []
    assert row["answer"] in ANSWERS


def test_every_target_gets_a_row_of_the_shape_by_get_and_by_post_alike(browser: Client) -> None:
    for target in TARGETS:
        by_get = browser.get("/api/v1/check", {"target": target})
        by_post = browser.post("/api/v1/check", json.dumps({"target": target}), content_type="application/json")
        assert by_get.status_code == by_post.status_code == 200, target
        one, other = by_get.json(), by_post.json()
        fits(one)
        fits(other)
        assert {**one, "elapsed_ms": 0} == {**other, "elapsed_ms": 0}


def test_a_nul_in_an_address_is_refused_with_the_reason(browser: Client) -> None:
    answer = browser.get("/api/v1/check", {"target": "微粒贷\x00下载"})
    assert answer.status_code == 400
    assert answer.json()["what"]


def test_only_our_own_is_called_official_and_unknown_is_never_called_safe(browser: Client) -> None:
    for target in TARGETS:
        told = browser.get("/api/v1/check", {"target": target}).json()
        assert (told["answer"] == "official") == (told["verdict"] == "official")
        if told["verdict"] in {"unknown", "lookalike", "mention", "unrelated"}:
            assert told["answer"] in {"unknown", "impostor"}


def test_no_text_of_chance_breaks_it(browser: Client) -> None:
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(min_size=1, max_size=80))
    def holds(target: str) -> None:
        answer = browser.post("/api/v1/check", json.dumps({"target": target}), content_type="application/json")
        if target.strip():
            assert answer.status_code == 200
            fits(answer.json())
        else:
            assert answer.status_code == 400

    holds()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("put", "/api/v1/check", 405),
        ("delete", "/api/v1/check", 405),
        ("get", "/api/v1/check/", 404),
        ("get", "/api/v2/check", 404),
    ],
)
def test_what_the_interface_does_not_have_is_refused_without_a_page(
    browser: Client, method: str, path: str, status: int
) -> None:
    answer = getattr(browser, method)(path)
    assert answer.status_code == status
    assert b"Traceback" not in answer.content


def test_a_head_request_has_no_body_and_the_same_status(browser: Client) -> None:
    answer = browser.head("/api/v1/check", {"target": "webank.com"})
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"[" * 100_000, b'{"target": NaN}', b'{"target": 1e999}', b"null", b'""']
)
def test_a_body_of_no_form_is_a_bad_question_and_nothing_worse(browser: Client, body: bytes) -> None:
    answer = browser.post("/api/v1/check", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["what"]
