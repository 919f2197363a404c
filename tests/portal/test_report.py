"""Reporting: kept only when sent, counted by people, limited, and never a verdict by itself."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from desk import Desk, seen
from zhengben.portal import seal
from zhengben.portal.report import WORDS
from zhengben.portal.seal import form_token, fresh
from zhengben.store.models import Case, Lead, Report

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
HOST = "127.0.0.1"


def send(target: str, words: str = "", address: str = HOST, **more: str) -> Any:
    """Press the button."""
    browser = Client(SERVER_NAME=HOST, REMOTE_ADDR=address)
    return browser.post("/check/report/", {"q": target, "words": words, "send": "1", "token": form_token(), **more})


def test_a_report_is_a_lead_and_no_verdict(desk: Desk) -> None:
    assert desk
    assert seen(send("https://example.org/a", "短信里的"), "已收到，谢谢您")
    lead = Lead.objects.get()
    assert (lead.kind, lead.source, lead.label) == ("url", "portal", "")
    assert Case.objects.count() == 0


def test_the_same_thing_from_two_people_is_counted_as_two(desk: Desk) -> None:
    assert desk
    send("https://example.org/a", address="203.0.113.1")
    page = send("https://example.org/a", address="203.0.113.2")
    assert seen(page, "已有 2 个人举报过同样的内容")
    assert (Lead.objects.count(), Report.objects.count()) == (1, 2)


def test_the_same_person_twice_is_one_report_with_one_number(desk: Desk) -> None:
    assert desk
    numbers = [send("https://example.org/a").context["reported"].number for _ in range(2)]
    assert numbers[0] == numbers[1]
    assert Report.objects.get().times == 2


def test_many_reports_from_one_place_are_stopped_kindly(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk
    answers = [send(f"https://example.org/{n}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert seen(answers[-1], "您已提交多条举报")
    assert "https://example.org/11" in answers[-1].content.decode(), "what was typed is not lost"
    assert monkeypatch


def test_who_reports_is_kept_only_as_a_hash(desk: Desk) -> None:
    assert desk
    send("https://example.org/a", address="203.0.113.77")
    report = Report.objects.get()
    assert len(report.reporter) == 64
    assert "203.0.113" not in "".join(str(value) for value in report.__dict__.values())


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"q": ""}, "请先贴上"),
        ({"q": "  "}, "请先贴上"),
        ({"token": ""}, "页面打开太久了"),
        ({"token": "forged"}, "页面打开太久了"),
        ({"token": signing.TimestampSigner(salt="other").sign("report")}, "页面打开太久了"),
    ],
)
def test_what_is_not_taken_is_told_why_and_kept_in_the_form(desk: Desk, form: dict[str, str], words: str) -> None:
    assert desk
    page = send(form.pop("q", "https://example.org/a"), "别的话", **form)
    assert page.status_code == 422
    assert seen(page, words)
    assert "别的话" in page.content.decode()
    assert Report.objects.count() == 0


def test_a_token_grows_old(monkeypatch: pytest.MonkeyPatch, record: object) -> None:
    assert record
    token = form_token()
    assert fresh(token)
    monkeypatch.setattr(seal, "HOURS_2", -1)
    assert not fresh(token)


def test_a_token_is_not_bound_to_a_person_but_to_the_form(record: object) -> None:
    assert record
    assert not fresh(signing.TimestampSigner(salt="zhengben.portal.report").sign("something else"))


def test_long_words_are_cut_and_a_nul_breaks_nothing(desk: Desk) -> None:
    assert desk
    page = send("https://example.org/a", "长" * (WORDS * 3) + "\x00")
    assert page.status_code == 200
    assert len(Report.objects.get().text) <= WORDS


@pytest.mark.parametrize("target", ["\x00", "http://[::1", "微" * 9000, "<script>x</script>", "95384", "🙂"])
def test_hostile_reports_are_taken_or_refused_in_words(desk: Desk, target: str) -> None:
    assert desk
    page = send(target)
    assert page.status_code in {200, 422}
    assert "<script>x" not in page.content.decode()


def test_opening_the_form_by_its_address_shows_it_empty(desk: Desk) -> None:
    assert desk
    page = Client(SERVER_NAME=HOST).get("/check/report/?q=should-not-be-taken-from-an-address")
    assert page.status_code == 200
    assert "should-not-be-taken" not in page.content.decode()
