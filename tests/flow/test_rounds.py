"""What comes after the first notice: watching, coming back, and things that cannot be watched at all."""

from datetime import date, timedelta

import pytest

from databases import Record
from worlds import APPROVER, DRAFTER, HOST, NOW, PAGE, Town
from zhengben.core.brand import Right
from zhengben.evidence.verify import verify_package
from zhengben.flow.complain import draft
from zhengben.flow.preserve import NothingSeenError, preserve
from zhengben.flow.views import NotSealedError, case_view
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Exhibit, Notice
from zhengben.store.queries_cases import (
    CaseFilter,
    cases,
    latest_states,
    notice,
    notices_held,
    notices_to_approve,
    rechecks,
)
from zhengben.store.queries_inbox import InboxFilter, inbox, label_counts, lead_file
from zhengben.store.renewals import enter, renewals

DAY = timedelta(days=1)
OTHER = PAGE.replace("微粒贷官方下载", "微粒贷客户端").replace(
    "额度二十万元，三分钟到账", "全新版本，秒批秒放款，欢迎体验"
)
PARKED = "<title>Domain for sale</title><p>This domain is parked. Buy this domain today. Related searches.</p>"


@pytest.fixture
def down(town: Town) -> Town:
    """Give a world whose impostor is verified down."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 3 * DAY)
    assert town.case().state == "down"
    return town


@pytest.mark.parametrize(("page", "state"), [(OTHER, "relapsed"), (PARKED, "down"), (PAGE, "relapsed")])
def test_only_an_impostor_that_is_back_is_a_relapse(down: Town, page: str, state: str) -> None:
    down.web.pages[HOST] = (200, page)
    down.work_until(NOW + 12 * DAY, NOW + 3 * DAY)
    assert down.case().state == state
    assert ledger_problems() == []


def test_a_new_report_has_a_case_that_is_over_looked_at_again(down: Town) -> None:
    down.web.pages[HOST] = (200, PAGE)
    down.report(f"https://{HOST}/new-page", kind="url", at=NOW + 4 * DAY)
    down.work(NOW + 4 * DAY)
    case = down.case()
    assert (case.state, case.relapses, case.leads.count()) == ("relapsed", 1, 2)
    assert Exhibit.objects.filter(case=case).count() == 2


def test_a_case_is_closed_when_the_watch_is_over_and_a_report_reopens_it(down: Town) -> None:
    down.work_until(NOW + 420 * DAY, NOW + 3 * DAY)
    assert (down.case().state, down.case().due_at) == ("closed", None)
    down.web.pages[HOST] = (200, PAGE)
    down.report(f"https://{HOST}/again", kind="url", at=NOW + 430 * DAY)
    down.work(NOW + 430 * DAY)
    assert down.case().state == "relapsed"


def test_a_message_is_sealed_as_it_is_and_waits_for_people(town: Town) -> None:
    text = "【微粒贷】您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP提现，客服微信 wld8866"
    town.report(text, kind="text")
    town.work()
    case = town.case()
    # its letters are tried again the next day: a renewal, or a receiver, may be there by then
    assert (case.state, case.due_at, case.needs_human) == ("sealed", NOW + DAY, False)
    report = verify_package(town.vault.get(Exhibit.objects.get().package))
    assert report.ok


def test_what_nobody_saw_whole_is_not_sealed(town: Town) -> None:
    town.report()
    town.work()
    case = town.case()
    Case.objects.filter(pk=case.pk).update(relapses=1)  # as after a relapse: it must be seen anew
    town.web.pages[HOST] = "timeout"
    with pytest.raises(NothingSeenError, match="look again while it is up"):
        preserve(Case.objects.get(), NOW, town.adapters())


def test_a_person_may_draft_and_drafting_twice_changes_nothing(town: Town) -> None:
    town.report()
    town.work()
    made = draft(town.case(), NOW, town.adapters(), by=DRAFTER)
    again = draft(town.case(), NOW, town.adapters(), by=APPROVER)
    assert [one.pk for one in made] == [one.pk for one in again]
    assert Notice.objects.get().drafted_by == DRAFTER


def test_a_case_without_an_exhibit_has_no_letter(town: Town) -> None:
    town.report()
    world = town.adapters(sealer=lambda _exhibit, _now: (_ for _ in ()).throw(OSError("no room")))
    for hours in range(3):
        town.work(NOW + timedelta(hours=hours), sealer=world.sealer)
    case = town.case()
    assert (case.state, "no room" in case.trouble) == ("open", True)
    with pytest.raises(NotSealedError):
        case_view(case, town.brands[0], NOW, world)
    town.work(NOW + DAY)
    assert town.case().state == "sealed"


def test_lists_show_what_is_there(down: Town) -> None:
    case = down.case()
    assert [one.number for one in cases(CaseFilter(state="down", brand="weilidai")).rows] == [case.number]
    assert cases(CaseFilter(state="running")).total == 0
    assert cases(CaseFilter(words=case.number)).total == cases(CaseFilter(words="wei1idai")).total == 1
    assert cases(CaseFilter(words="无此", needs_human=True)).total == 0
    assert notices_to_approve("weilidai").total == notices_held().total == 0
    one = case.notices.get()
    found = notice(one.pk)
    assert found is not None
    assert (found.case.number, notice(0)) == (case.number, None)
    assert {look.state for look in latest_states(case)} == {"dns_gone"}
    assert rechecks(page=99, size=5).number == rechecks(size=5).pages
    assert label_counts("weilidai") == {"impersonation": 1}
    for chosen in (InboxFilter(kind="url"), InboxFilter(label="scam"), InboxFilter(open_only=True)):
        assert inbox(chosen).total == 0
    file = lead_file(inbox(InboxFilter(to_look_at=True, state="judged")).rows[0].lead_id)
    assert file is not None
    assert file.verdicts[0]["label"] == "impersonation"
    assert lead_file(0) is None


@pytest.mark.parametrize("missing", ["document", "holder", "number", "valid_to", "source"])
def test_a_renewal_with_a_gap_is_refused(record: Record, missing: str) -> None:
    facts = {
        "kind": "trademark", "jurisdiction": "CN", "number": "1", "holder": "h", "document": "ab" * 32,
        "valid_from": date(2026, 1, 1), "valid_to": date(2036, 1, 1), "source": "certificate",
    }  # fmt: skip
    gap = {"valid_to": date(2025, 1, 1), "source": "invented for the range"}.get(missing, "")
    with pytest.raises(ValueError, match="renewal"):
        enter(right=Right(**{**facts, missing: gap}), brand="b", document_name="d", entered_by="one", now=NOW)  # type: ignore[arg-type]
    enter(right=Right(**facts), brand="b", document_name="d", entered_by="one", now=NOW)  # type: ignore[arg-type]
    assert [right.number for right in renewals("b")] == ["1"]
    assert record.vendor in {"sqlite", "postgresql"}
