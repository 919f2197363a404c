"""What became of a report: asked by its number, told in plain words, never "safe"."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from desk import Desk, seen
from worlds import HOST, NOW
from zhengben.flow.report import Progress
from zhengben.locale.words import LANGUAGES, catalogue
from zhengben.portal.follow import STAGES, stage
from zhengben.store.models import Case, Lead, Report

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)


def reported(target: str = HOST) -> str:
    """Report something as a person does; give the number they are told."""
    browser = Client(SERVER_NAME="127.0.0.1")
    token = browser.get("/check/report/").context["token"]
    browser.post("/check/report/", {"q": target, "send": "1", "token": token})
    return Report.objects.latest("pk").number


def ask(number: str, **more: str) -> Any:
    """Ask what became of a report."""
    return Client(SERVER_NAME="127.0.0.1").post("/check/follow/", {"number": number, **more})


def test_a_report_is_followed_from_the_first_look_to_the_end(desk: Desk) -> None:
    number = reported()
    assert seen(ask(number), "已收到，正在查看", number)
    desk.town.work()
    assert seen(ask(number), "已立案，正在取证", "两个人")
    desk.town.approve_all()
    desk.town.work()
    assert seen(ask(number), "已向平台投诉")
    desk.town.web.pages.clear()
    desk.town.work_until(NOW + timedelta(days=4))
    assert Case.objects.get().state == "down"
    assert seen(ask(number), "已经下线", "谢谢您")


def test_what_was_set_aside_is_not_called_safe(desk: Desk) -> None:
    number = reported()
    Lead.objects.update(state="dismissed")
    page = ask(number)
    assert seen(page, "没有查出是谁在冒充", "不等于安全")
    assert desk


@pytest.mark.parametrize("style", ["{}", " {} ", "{lower}", "{dashless}", "{full}", "{spaced}"])
def test_a_number_is_read_as_people_type_it(desk: Desk, style: str) -> None:
    assert desk
    number = reported()
    typed = style.format(
        number, lower=number.lower(), dashless=number.replace("-", ""), full=number.replace("-", "－"),
        spaced=" ".join(number),
    )  # fmt: skip
    assert seen(ask(typed), "已收到")


@pytest.mark.parametrize("typed", ["AAAAA-AAAAA", "%", "' or 1=1 --", "\x00", "微粒贷", "A" * 5000, "-----"])
def test_a_number_nobody_was_given_is_told_so(desk: Desk, typed: str) -> None:
    assert desk
    reported()
    page = ask(typed)
    assert page.status_code == 422
    assert seen(page, "没有这个编号") or seen(page, "请先输入编号")


def test_nothing_typed_is_told_so(desk: Desk) -> None:
    assert desk
    page = ask("  ")
    assert page.status_code == 422
    assert seen(page, "请先输入编号")


def test_asking_keeps_nothing_and_sets_no_cookie(desk: Desk) -> None:
    assert desk
    number = reported()
    before = Report.objects.get().last_at
    assert not ask(number).cookies
    assert Report.objects.get().last_at == before


def test_large_type_and_language_stay(desk: Desk) -> None:
    assert desk
    page = Client(SERVER_NAME="127.0.0.1").post("/check/follow/?lang=en", {"number": reported(), "big": "1"})
    assert seen(page, "Received; we are looking")
    assert 'class="big"' in page.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_has_words(desk: Desk, language: str) -> None:
    assert desk
    for one in STAGES:
        assert catalogue(language)[f"follow.{one}.head"]
        assert catalogue(language)[f"follow.{one}.what"]


@pytest.mark.parametrize(
    "case", ["open", "sealed", "complained", "verifying", "down", "relapsed", "closed", "withdrawn"]
)
def test_every_state_of_a_case_is_a_stage(desk: Desk, case: str) -> None:
    assert desk
    assert stage(Progress("A", "judged", "impersonation", case)) in STAGES
