"""Reports of the public, people's decisions, and the numbers that are told."""

from datetime import date, timedelta

import pytest

from databases import Record
from worlds import DRAFTER, HOST, NOW, Town
from zhengben.core.fetched import Captured, Download, Fetched, Hop, Request, Seen
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.verdict import Label
from zhengben.flow.decide import dismiss, look_again, open_case
from zhengben.flow.disclose import disclose
from zhengben.flow.feed import feed_all
from zhengben.flow.keepsake import keep, recall
from zhengben.flow.report import BURST, TooManyReportsError, progress, take_report
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Lead, Report, Source
from zhengben.store.queries_figures import counts
from zhengben.store.queries_inbox import InboxFilter, inbox
from zhengben.store.queries_sources import health

URL = f"https://{HOST}/app"


@pytest.mark.usefixtures("record")
def test_reports_count_people_not_clicks() -> None:
    first = take_report("url", URL, "短信里收到的", "person-1", NOW)
    again = take_report("url", f"{URL}#top", "", "person-1", NOW)
    other = take_report("url", URL, "", "person-2", NOW)
    assert (first.number, first.new, again.new) == (again.number, True, False)
    assert (other.people, other.number != first.number) == (2, True)
    assert Report.objects.get(number=first.number).times == 2
    row = inbox(InboxFilter()).rows[0]
    assert (row.count, row.people, row.source) == (3, 2, "portal")


@pytest.mark.usefixtures("record")
def test_one_reporter_cannot_flood() -> None:
    for n in range(int(BURST)):
        take_report("url", f"https://a.example/{n}", "", "flooder", NOW)
    with pytest.raises(TooManyReportsError) as refused:
        take_report("url", "https://a.example/x", "", "flooder", NOW)
    assert timedelta() < refused.value.wait < timedelta(minutes=5)
    assert take_report("url", "https://a.example/x", "", "somebody else", NOW).new
    assert take_report("url", "https://a.example/y", "", "flooder", NOW + refused.value.wait).new


def test_a_reporter_can_ask_what_became_of_it(town: Town) -> None:
    told = take_report("url", URL, "", "person-1", NOW)
    assert progress(told.number.lower()) == progress(f" {told.number} ")
    town.work()
    after = progress(told.number)
    assert after is not None
    assert (after.label, after.case_state) == ("impersonation", "sealed")
    assert progress("no-such-number") is None


@pytest.mark.usefixtures("record")
def test_a_portal_gone_quiet_is_noticed() -> None:
    take_report("url", URL, "", "person-1", NOW)
    feed_all(NOW + timedelta(days=15))
    assert health(NOW).silent == ("portal",)
    take_report("url", URL, "", "person-2", NOW + timedelta(days=16))
    assert (health(NOW).silent, Source.objects.get().taken) == ((), 2)


def test_a_domain_and_a_page_on_it_are_one_impostor(town: Town) -> None:
    town.report()
    town.report(URL, kind="url")
    town.work()
    assert Case.objects.count() == 1
    assert set(Lead.objects.values_list("case", flat=True)) == {town.case().pk}
    assert len(town.letters) == 0


def test_a_person_says_what_a_lead_is(town: Town) -> None:
    town.web.pages["travel.example"] = (200, "<title>旅行社</title><p>环球旅行，欢迎咨询线路与报价。</p>")
    town.report("travel.example")
    town.work()
    lead = Lead.objects.get()
    assert lead.label == "unrelated"
    dismiss(lead, DRAFTER, NOW, "a travel agency")
    assert inbox(InboxFilter()).total == 0
    with pytest.raises(ForbiddenMoveError):
        dismiss(Lead.objects.get(), DRAFTER, NOW, "again")
    look_again(Lead.objects.get(), DRAFTER, NOW)
    town.work()
    with pytest.raises(ValueError, match="look again first"):
        open_case(Lead.objects.get(), "weilidai", Label.IMPERSONATION, DRAFTER, NOW)
    with pytest.raises(ValueError, match="not for 'mention'"):
        open_case(Lead.objects.get(), "weilidai", Label.MENTION, DRAFTER, NOW)
    assert ledger_problems() == []


def test_a_doubtful_lead_becomes_a_case_by_a_persons_word(town: Town) -> None:
    town.web.pages["weili-dai.example"] = (200, "<title>Weili Dai</title><p>Personal page of a researcher.</p>")
    town.report("weili-dai.example")
    town.work()
    lead = Lead.objects.get()
    assert lead.label == "lookalike"
    case = open_case(lead, "weilidai", Label.IMPERSONATION, DRAFTER, NOW)
    assert (case.state, case.label) == ("open", "impersonation")
    town.work()
    assert Case.objects.get().state == "sealed"


def test_every_published_number_lists_what_it_counts(town: Town) -> None:
    town.report()
    town.work()
    town.approve_all()
    town.work()
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + timedelta(days=3))
    numbers = {figure.code: figure for figure in disclose(date(2026, 11, 1), date(2026, 11, 30), NOW).figures}
    case = town.case()
    assert (numbers["found"].value, numbers["found"].ids) == (1, (case.number,))
    assert numbers["notices_sent"].ids == (case.notices.get().key,)
    assert numbers["verified_down"].ids == (case.number,)
    assert numbers["still_up"].value == 0
    assert disclose(date(2026, 10, 1), date(2026, 10, 31), NOW).figures[0].value == 0
    assert counts().watched == 1


def test_what_was_seen_comes_back_from_the_vault_as_it_was(record: Record) -> None:
    vault = Town(record.home).vault
    fetched = Fetched(
        url="u", final_url="v", profile="mobile", status=200, headers=(("a", "b"), ("c", "d")), body=b"\x00\xff" * 9,
        hops=(Hop("u", 301, "198.51.100.1"),), failure="", detail="d",
    )  # fmt: skip
    captured = Captured(
        url="u", final_url="v", profile="desktop", dom="<p>微粒贷</p>", screenshot=b"png", network=(Request(url="x"),),
        downloads=(Download(name="a.apk", url="x", body=b"PK"),), tls_chain=(b"one", b"two"), failure="timeout",
    )  # fmt: skip
    seen = Seen(fetched=(fetched,), captured=(captured,))
    assert recall(keep(seen, vault), vault) == seen
    assert keep(seen, vault) == keep(seen, vault)
