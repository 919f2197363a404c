"""Disclosure: every figure is a door to what it counts, and the interface gives the same numbers."""

import pytest

from desk import Desk, seen
from worlds import NOW
from zhengben.store.models import Case

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = pytest.mark.parametrize("record", BOTH, indirect=True)
PERIOD = "from=2026-11-01&to=2026-11-30"


def test_each_figure_opens_onto_its_cases(desk: Desk) -> None:
    desk.town.report()
    desk.town.work()
    browser = desk.person("陈思")
    page = browser.get(f"/disclosure/?{PERIOD}")
    assert seen(page, "期内立案的冒充与借名诈骗案件数", "1 件", "看这 1 条")
    assert seen(browser.get(f"/disclosure/found/?{PERIOD}"), Case.objects.get().number)
    told = browser.get(f"/api/v1/disclosure?{PERIOD}").json()
    assert {f["code"]: f["value"] for f in told["figures"]}["found"] == 1
    assert NOW.year == 2026


def test_a_period_that_ends_before_it_begins_is_told_so(desk: Desk) -> None:
    assert seen(desk.person("陈思").get("/disclosure/?from=2026-12-01&to=2026-11-01"), "结束日期早于开始日期")


def test_nobody_reads_the_disclosure_without_signing_in(desk: Desk) -> None:
    browser = desk.person("陈思")
    browser.logout()
    assert browser.get(f"/api/v1/disclosure?{PERIOD}").status_code == 401


def test_printed_page_has_the_period_and_no_menu(desk: Desk) -> None:
    page = desk.person("陈思").get(f"/disclosure/print/?{PERIOD}")
    assert seen(page, "2026-11-01 至 2026-11-30 处置情况披露")
    assert "rail" not in page.content.decode()
