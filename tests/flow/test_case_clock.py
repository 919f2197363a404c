"""A case from its lead to its relapse, as the clock drives it, on both databases."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from databases import Record
from worlds import GONE, HOST, NOW, PAGE, Town, dossiers
from zhengben.core.lead import Lead as Pointer
from zhengben.flow.case_clock import run_due, run_one
from zhengben.flow.decide import resume
from zhengben.flow.intake import take_in
from zhengben.flow.ports import Look
from zhengben.store.due import claim
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Event, Lead, Notice, Recheck
from zhengben.store.queries_cases import case_file

DAY = timedelta(days=1)


def told(case: Case) -> list[str]:
    """Give the verbs of a case, in order, looks left out."""
    quiet = {"looked", "watched"}
    verbs = Event.objects.filter(subject="case", subject_id=case.pk).order_by("seq").values_list("verb", flat=True)
    return [verb for verb in verbs if verb not in quiet]


def test_a_case_lives_from_lead_to_relapse(town: Town) -> None:
    town.report()
    town.work()
    case = town.case()
    assert (case.state, case.label, case.brand) == ("sealed", "impersonation", "weilidai")
    notice = Notice.objects.get()
    assert (notice.state, notice.drafted_by) == ("draft", "")
    assert town.approve_all() == 1
    town.work()
    assert len(town.letters) == 1
    assert HOST in town.letters[0][2].body
    assert town.case().state == "complained"

    town.web.pages[HOST] = (404, "<title>404</title><h1>404 Not Found</h1>")
    town.work_until(NOW + 3 * DAY)
    assert town.case().state == "down"
    town.web.pages[HOST] = (200, PAGE)
    town.work_until(NOW + 12 * DAY, NOW + 3 * DAY)
    case = town.case()
    assert (case.state, case.relapses) == ("relapsed", 1)
    assert Notice.objects.filter(round=1, state="draft").count() == 1
    assert town.approve_all(NOW + 12 * DAY) == 1
    town.work(NOW + 12 * DAY)
    assert len(town.letters) == 2
    assert told(case) == ["open", "seal", "complain", "verify_down", "relapse", "sealed_again", "complain"]
    assert ledger_problems() == []


def test_nothing_is_sent_before_two_people_said_so(town: Town) -> None:
    town.report()
    town.work_until(NOW + 30 * DAY)
    assert town.letters == []
    assert Notice.objects.get().state == "draft"


def test_an_ended_right_stops_the_notice_and_the_case_is_still_watched(record: Record) -> None:
    town = Town(record.home, dossiers())
    town.report()
    town.work()
    assert town.case().state == "sealed"
    assert Notice.objects.count() == 0
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 3 * DAY)
    assert town.case().state == "down"


@pytest.mark.parametrize("state", ["timeout", "connect_failed", "dns_failed", "tls_failed"])
def test_what_cannot_be_seen_is_never_down(town: Town, state: str) -> None:
    town.report()
    town.work()
    town.web.pages[HOST] = state
    town.work_until(NOW + 60 * DAY)
    assert town.case().state == "sealed"
    assert not set(Recheck.objects.values_list("state", flat=True)) & {"removed", "dns_gone", "replaced"}


def test_one_bad_lead_never_stops_the_rest(town: Town) -> None:
    good = town.adapters().look

    def look(kind: str, locator: str, detail: Mapping[str, object]) -> Look:
        if locator == "broken.example":
            raise MemoryError("examiner killed")
        return good(kind, locator, detail)

    town.report("broken.example", HOST)
    for hours in range(0, 200, 4):
        run_due(NOW + timedelta(hours=hours), town.adapters(look=look), "w1")
    assert Case.objects.count() == 1
    broken = Lead.objects.get(locator="broken.example")
    assert (broken.needs_human, broken.due_at, broken.state) == (True, None, "new")
    assert "examiner killed" in broken.trouble
    assert Event.objects.filter(subject="lead", subject_id=broken.pk, verb="needs_human").count() == 1
    assert ledger_problems() == []
    later = NOW + timedelta(days=30)
    resume(broken, "林芷", later)
    town.work(later)
    assert Lead.objects.get(pk=broken.pk).label in {"unknown", "unrelated"}
    with pytest.raises(ValueError, match="not held"):
        resume(Lead.objects.get(pk=broken.pk), "林芷", later)


def test_a_dead_workers_row_is_taken_over_when_its_lease_ends(town: Town) -> None:
    town.report()
    assert len(claim(NOW, "dead", 5)) == 1
    assert claim(NOW + timedelta(seconds=59), "other", 5) == []
    taken = claim(NOW + timedelta(seconds=60), "other", 5)
    assert [row.lease_by for row in taken] == ["other"]


def test_two_workers_cannot_both_finish_one_step(town: Town) -> None:
    town.report()
    slow = claim(NOW, "slow", 1)[0]
    town.work(NOW + timedelta(seconds=90), "quick")
    assert town.case().state == "sealed"
    events = Event.objects.count()
    run_one(slow, NOW + timedelta(seconds=95), town.adapters())
    assert Event.objects.count() == events


def test_the_file_of_a_case_tells_its_story(town: Town) -> None:
    town.report()
    town.work()
    town.approve_all()
    town.work()
    file = case_file(town.case().number)
    assert file is not None
    assert [line.verb for line in file.timeline if line.subject == "notice"] == ["open", "sign", "approve", "send"]
    assert file.exhibits[0].package
    assert {(look.vantage, look.profile) for look in file.rechecks} == {
        ("home", "mobile"), ("home", "desktop"), ("abroad", "mobile"), ("abroad", "desktop"),
    }  # fmt: skip


def test_a_look_without_its_control_page_proves_nothing(town: Town) -> None:
    control = {"home": "https://control.example/", "abroad": "https://control.example/"}
    town.report()
    town.work()
    town.web.pages[HOST] = "dns_gone"
    for hours in range(1, 80, 5):  # the network of every vantage is gone: everything looks gone
        town.work(NOW + timedelta(hours=hours), control=control)
    assert town.case().state == "sealed"
    assert set(Recheck.objects.filter(at__gt=NOW).values_list("state", "control_ok")) == {("dns_gone", False)}
    town.web.pages["control.example"] = (200, "ok")
    for hours in range(80, 160, 5):
        town.work(NOW + timedelta(hours=hours), control=control)
    assert town.case().state == "down"


def test_a_listing_that_is_gone_is_not_down_while_its_file_can_be_had(town: Town) -> None:
    store, file = "store.example.cn", "https://cdn.example.cn/wld.apk"
    lead = Pointer(
        kind="app_listing", source="store", locator=f"https://{store}/app/1", seen_at=NOW,
        detail={"title": "微粒贷APP官方版", "text": "微粒贷官方下载，秒到账", "download": file},
    )  # fmt: skip
    town.web.pages[store] = (200, PAGE)
    town.web.pages["cdn.example.cn"] = (200, "PK\x03\x04 an app")
    take_in([lead], NOW)
    town.work()
    town.approve_all()
    town.web.pages[store] = (404, GONE)
    town.work_until(NOW + timedelta(days=4))
    assert town.case().state != "down"
    town.web.pages["cdn.example.cn"] = (404, GONE)
    town.work_until(NOW + timedelta(days=12), NOW + timedelta(days=4))
    assert town.case().state == "down"
