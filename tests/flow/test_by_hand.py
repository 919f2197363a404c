"""What no machine can open goes on by hand: no kind of case is a dead end, and no rule is softer for people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from worlds import APPROVER, DRAFTER, HOST, NOW, Town, dossiers
from zhengben.core.lead import KINDS
from zhengben.core.lead import Lead as CoreLead
from zhengben.core.recheck import BY_HAND_SCHEDULE, DOWN_STATES, states_by_hand
from zhengben.core.verdict import Label, Verdict
from zhengben.evidence.exhibit import Attached
from zhengben.evidence.reopen import seen_of
from zhengben.evidence.verify import verify_package
from zhengben.flow.by_hand import (
    BYTES,
    Seen,
    answer_by_hand,
    draft_for,
    filed,
    look_by_hand,
    seal_by_hand,
)
from zhengben.flow.complain import StoppedError, approve, sign
from zhengben.flow.disclose import disclose
from zhengben.flow.recheck import LOOK_BY_HAND, recheck
from zhengben.flow.send import FILE_BY_HAND
from zhengben.flow.withdraw import withdraw_case
from zhengben.store.cases import join_or_open
from zhengben.store.effects import receipt
from zhengben.store.events import StaleError, ledger_problems
from zhengben.store.intake import insert_leads
from zhengben.store.models import Answer, Case, Event, Exhibit, Lead, Notice, Recheck
from zhengben.takedown.channels import Receiver

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PICTURE = b"\x89PNG\r\n\x1a\nwhat was on the screen"
FORM = Receiver(
    id="some-form", kind="platform", method="form", name={"zh": "某平台", "en": "Some platform"}, takes=KINDS,
    fields=("target_url",), documents=(), source="made up for a test", status="unverified",
)  # fmt: skip
UP, GONE = Seen(state="up_same", vantage="上海", client="phone", proof=PICTURE), "removed"


def gone(vantage: str = "上海", state: str = GONE, **other: object) -> Seen:
    """Give a look of a person that found nothing any more."""
    return replace(UP, state=state, vantage=vantage, **other)  # type: ignore[arg-type]  # one field at a time


def a_case(kind: str = "phone", locator: str = "400-800-1234") -> Case:
    """Open a case of a kind, as triage does, about something no machine can fetch."""
    lead = CoreLead(kind=kind, source="s", locator=locator, seen_at=NOW, detail={"text": "微粒贷官方客服"})
    with transaction.atomic():
        insert_leads([lead], now=NOW, due_at=None, actor="t")
        row = Lead.objects.get(kind=kind)
        verdict = Verdict(Label.IMPERSONATION, "weilidai", 90, ())
        case = join_or_open(row, verdict, host_accused=False, title="客服", now=NOW, actor="t", facts={"lead": row.pk})
    Lead.objects.filter(pk=row.pk).update(case=case)
    return Case.objects.get(pk=case.pk)


def refreshed(case: Case) -> Case:
    """Give a case as it stands now."""
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def sealed(town: Town) -> Case:
    """Give a sealed case of a telephone number, about which no mailbox can be written to."""
    town.mailboxes = ()
    case = a_case()
    town.work()
    return refreshed(case)


@pytest.fixture
def complained(town: Town, sealed: Case) -> Case:
    """Give that case with a form filed about it."""
    file_a_form(town, sealed)
    return refreshed(sealed)


def file_a_form(town: Town, case: Case) -> Notice:
    """Let two people draft and approve a notice, and one of them file it."""
    world = town.adapters()
    notice = draft_for(case, FORM, DRAFTER, NOW, world)
    approve(notice, APPROVER, NOW, world)
    town.work()
    notice.refresh_from_db()
    filed(notice, "R-2026-77", DRAFTER, NOW, world, PICTURE)
    return notice


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_case_is_a_dead_end(town: Town, kind: str) -> None:
    """From the first look to the end of the watch, of a thing that is no address."""
    town.mailboxes = ()
    case = a_case(kind, "某某贷客服" if kind != "domain" else "no-such-name.invalid")
    town.work()
    case = refreshed(case)
    if case.state == "open":
        assert case.needs_human
        seal_by_hand(case, (Attached("seen.png", "image/png", PICTURE),), DRAFTER, NOW, town.adapters())
    case = refreshed(case)
    assert case.state == "sealed"
    if kind == "domain":  # a name can always be looked up: the machine does that by itself
        return
    file_a_form(town, case)
    town.work_until(NOW + 2 * DAY)
    case = refreshed(case)
    assert (case.state, case.needs_human, case.trouble) == ("complained", True, LOOK_BY_HAND)
    state = next(one for one in states_by_hand(kind) if one in DOWN_STATES)
    assert look_by_hand(case, gone(state=state), DRAFTER, NOW + 3 * DAY, town.adapters()) == "looked"
    case = refreshed(case)
    assert (case.needs_human, case.due_at is not None) == (False, True)
    assert look_by_hand(case, gone("北京", state), APPROVER, NOW + 4 * DAY, town.adapters()) == "verify_down"
    town.work_until(NOW + 500 * DAY, NOW + 5 * DAY)
    case = refreshed(case)
    while case.state == "down":  # nobody looks for a year, and still it ends
        assert case.needs_human
        look_by_hand(case, gone(state=state), DRAFTER, NOW + 500 * DAY, town.adapters())
        case = refreshed(case)
    assert case.state == "closed"
    assert ledger_problems() == []


# --- looking --------------------------------------------------------------------------------------------------------


def test_two_vantages_and_a_day_prove_it_and_the_record_says_that_people_did(town: Town, complained: Case) -> None:
    assert look_by_hand(complained, gone(), DRAFTER, NOW + DAY, town.adapters()) == "looked"
    assert look_by_hand(refreshed(complained), gone("北京"), DRAFTER, NOW + 2 * DAY, town.adapters()) == "verify_down"
    event = Event.objects.get(verb="verify_down")
    assert (event.facts["basis"], event.actor, event.holds) == ("people", DRAFTER, ["down_rule"])
    looks = list(Recheck.objects.order_by("pk").values_list("by", "vantage", "state", "profile"))
    assert looks == [(DRAFTER, "上海", "removed", "phone"), (DRAFTER, "北京", "removed", "phone")]
    assert town.vault.get(Recheck.objects.order_by("pk")[0].artefact) == PICTURE
    numbers = {one.code: one for one in disclose(date(2026, 11, 1), date(2026, 12, 31), NOW + 3 * DAY).figures}
    assert numbers["verified_down"].ids == numbers["verified_down_by_hand"].ids == (complained.number,)
    assert ledger_problems() == []


@pytest.mark.parametrize(
    "looks",
    [
        [(1, "上海", GONE)],
        [(1, "上海", GONE), (3, "上海", GONE)],  # one vantage
        [(1, "上海", GONE), (1.5, "北京", GONE)],  # half a day
        [(1, "上海", GONE), (2, "北京", "unknown")],
        [(1, "上海", GONE), (2, "北京", "timeout")],  # nobody answers: no proof of anything
        [(1, "上海", GONE), (2, "北京", "up_same")],
        [(1, "上海", GONE), (2, "北京", "up_same"), (2.5, "广州", GONE)],  # the run begins anew
    ],
)
def test_less_than_the_rule_proves_nothing(
    town: Town, complained: Case, looks: list[tuple[float, str, str]]
) -> None:  # fmt: skip
    for days, vantage, state in looks:
        look_by_hand(refreshed(complained), gone(vantage, state), DRAFTER, NOW + days * DAY, town.adapters())
    assert refreshed(complained).state == "complained"


@pytest.mark.parametrize(
    ("seen", "why"),
    [
        (gone(state="dns_gone"), "cannot be said of a phone"),
        (gone(state="down"), "cannot be said of a phone"),
        (gone(vantage="  "), "from where"),
        (gone(client=""), "with what"),
        (gone(proof=b""), "needs its proof"),
        (replace(UP, proof=b""), "needs its proof"),
        (gone(proof=bytes(BYTES + 1)), "cut the recording"),
    ],
)
def test_a_look_that_lacks_something_is_refused_and_changes_nothing(
    town: Town, complained: Case, seen: Seen, why: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(ValueError, match=why):
        look_by_hand(complained, seen, DRAFTER, NOW + DAY, town.adapters())
    with pytest.raises(ValueError, match="who looked"):
        look_by_hand(complained, gone(), " ", NOW + DAY, town.adapters())
    assert (Event.objects.count(), Recheck.objects.count()) == (before, 0)


def test_not_having_reached_anybody_needs_no_proof_and_says_nothing(town: Town, complained: Case) -> None:
    assert look_by_hand(complained, gone(state="timeout", proof=b""), DRAFTER, NOW + DAY, town.adapters()) == "looked"
    assert refreshed(complained).state == "complained"


def test_a_number_that_answers_again_is_a_relapse(town: Town, complained: Case) -> None:
    for days, vantage in ((1, "上海"), (2, "北京")):
        look_by_hand(refreshed(complained), gone(vantage), DRAFTER, NOW + days * DAY, town.adapters())
    assert look_by_hand(refreshed(complained), UP, APPROVER, NOW + 9 * DAY, town.adapters()) == "relapse"
    town.work(NOW + 9 * DAY)
    case = refreshed(complained)
    assert (case.relapses, case.state) == (1, "relapsed")
    assert Exhibit.objects.filter(case=case, round=1).exists()


def test_what_the_machine_can_see_no_person_can_declare_gone(town: Town) -> None:
    """A colleague's look may keep a site up; that it is gone, the machine must see itself."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    for days, vantage in ((1, "上海"), (3, "北京"), (5, "广州")):
        case = town.case()
        assert look_by_hand(case, gone(vantage), DRAFTER, NOW + days * DAY, town.adapters()) == "looked"
    assert town.case().state == "complained"
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 6 * DAY, NOW + 5 * DAY + HOUR)
    look_by_hand(town.case(), replace(UP, client="wechat"), DRAFTER, NOW + 6 * DAY + HOUR, town.adapters())
    town.work(NOW + 6 * DAY + 2 * HOUR)
    assert town.case().state == "complained"  # somebody saw it: the run of looks that prove it begins anew
    town.work_until(NOW + 12 * DAY, NOW + 6 * DAY + 3 * HOUR)
    assert town.case().state == "down"


def test_two_people_looking_at_once_do_not_overwrite_each_other(town: Town, complained: Case) -> None:
    early, late = refreshed(complained), refreshed(complained)
    look_by_hand(early, gone(), DRAFTER, NOW + DAY, town.adapters())
    with pytest.raises(StaleError):
        look_by_hand(late, gone("北京"), APPROVER, NOW + DAY, town.adapters())
    assert Recheck.objects.count() == 1


def test_a_case_nobody_sealed_or_that_was_withdrawn_is_not_looked_at(town: Town, complained: Case) -> None:
    other = a_case("account", "某账号")
    with pytest.raises(ValueError, match="seal what was seen"):
        look_by_hand(other, gone(), DRAFTER, NOW, town.adapters())
    withdraw_case(complained, DRAFTER, NOW, "wrong")
    with pytest.raises(ValueError, match="is withdrawn"):
        look_by_hand(refreshed(complained), gone(), DRAFTER, NOW, town.adapters())


def test_people_are_asked_by_a_schedule_they_can_keep(town: Town, complained: Case) -> None:
    asked = []
    now = NOW
    for _ in range(8):
        case = refreshed(complained)
        assert case.due_at is not None
        now = case.due_at
        town.work(now)
        case = refreshed(complained)
        assert (case.needs_human, case.trouble) == (True, LOOK_BY_HAND)
        asked.append(now - NOW)
        look_by_hand(case, UP, DRAFTER, now, town.adapters())
    assert asked[0] == HOUR  # once at once: did it have any effect
    assert tuple(asked[1:6]) == BY_HAND_SCHEDULE
    assert asked[7] - asked[6] == timedelta(days=30)


def test_nobody_is_sent_to_look_before_anybody_was_complained_to(town: Town, sealed: Case) -> None:
    town.work_until(NOW + 40 * DAY)
    case = refreshed(sealed)
    assert (case.state, case.needs_human) == ("sealed", False)
    assert recheck(case, NOW + 40 * DAY, town.adapters()) == "unwatchable"


# --- sealing --------------------------------------------------------------------------------------------------------


def test_what_a_person_saw_is_sealed_in_that_persons_name(town: Town) -> None:
    case = a_case("account", "微信号 wld8866")
    town.work()
    assert refreshed(case).state == "open"
    files = (Attached("屏幕.png", "image/png", PICTURE), Attached("录音.m4a", "audio/mp4", b"voice"))
    exhibit = seal_by_hand(refreshed(case), files, DRAFTER, NOW, town.adapters())
    body = town.vault.get(exhibit.package)
    report = verify_package(body)
    assert report.ok
    operator = report.manifest["operator"]
    assert isinstance(operator, dict)
    assert (operator["name"], operator["machine"]) == (DRAFTER, False)
    assert [one.body for one in seen_of(body).files][-2:] == [PICTURE, b"voice"]
    assert (refreshed(case).state, ledger_problems()) == ("sealed", [])


@pytest.mark.parametrize("files", [(), (Attached("empty.png", "image/png", b""),)])
def test_nothing_cannot_be_sealed(town: Town, files: tuple[Attached, ...]) -> None:
    case = a_case("account", "某账号")
    with pytest.raises(ValueError, match="at least one file"):
        seal_by_hand(case, files, DRAFTER, NOW, town.adapters())
    with pytest.raises(ValueError, match="who saw it"):
        seal_by_hand(case, (Attached("a.png", "image/png", PICTURE),), " ", NOW, town.adapters())


def test_a_case_is_sealed_once_a_round(town: Town, sealed: Case) -> None:
    with pytest.raises(ValueError, match="sealed already"):
        seal_by_hand(sealed, (Attached("a.png", "image/png", PICTURE),), DRAFTER, NOW, town.adapters())


# --- filing ---------------------------------------------------------------------------------------------------------


def test_a_form_is_filed_by_a_person_after_two_agreed(town: Town, sealed: Case) -> None:
    world = town.adapters()
    notice = draft_for(sealed, FORM, DRAFTER, NOW, world)
    assert (notice.channel, notice.addressee, notice.drafted_by) == ("some-form", "some-form", DRAFTER)
    with pytest.raises(StoppedError, match="same_person"):
        approve(notice, DRAFTER, NOW, world)
    with pytest.raises(ValueError, match="does not wait to be filed"):
        filed(notice, "R-1", DRAFTER, NOW, world)
    approve(notice, APPROVER, NOW, world)
    town.work()
    notice.refresh_from_db()
    assert (notice.state, notice.trouble, notice.needs_human) == ("approved", FILE_BY_HAND, True)
    assert town.letters == []  # the machine sends no mail to a form
    filed(notice, "R-1", DRAFTER, NOW + HOUR, world, PICTURE)
    assert (notice.state, notice.sent_at, notice.needs_human) == ("sent", NOW + HOUR, False)
    kept = receipt(f"send:{notice.key}")
    assert (kept["receipt"], kept["filed_by"], town.vault.get(str(kept["proof"]))) == ("R-1", DRAFTER, PICTURE)
    assert refreshed(sealed).state == "complained"
    assert ledger_problems() == []


@pytest.mark.parametrize(("number", "by", "proof"), [("", DRAFTER, b""), (" ", DRAFTER, b""), ("R-1", "", b"")])
def test_filing_without_a_receipt_is_no_filing(town: Town, sealed: Case, number: str, by: str, proof: bytes) -> None:
    world = town.adapters()
    notice = draft_for(sealed, FORM, DRAFTER, NOW, world)
    approve(notice, APPROVER, NOW, world)
    town.work()
    notice.refresh_from_db()
    with pytest.raises(ValueError, match="the receiver's number or a picture"):
        filed(notice, number, by, NOW, world, proof)
    assert refreshed(sealed).state == "sealed"


def test_a_mark_that_ended_meanwhile_stops_the_filing(town: Town, sealed: Case) -> None:
    world = town.adapters()
    notice = draft_for(sealed, FORM, DRAFTER, NOW, world)
    approve(notice, APPROVER, NOW, world)
    town.work()
    notice.refresh_from_db()
    with pytest.raises(StoppedError, match="right_ended"):
        filed(notice, "R-1", DRAFTER, NOW, town.adapters(brands=dossiers()))


def test_nobody_drafts_for_a_form_what_the_gate_stops_or_the_form_does_not_take(town: Town, sealed: Case) -> None:
    with pytest.raises(StoppedError, match="right_ended"):
        draft_for(sealed, FORM, DRAFTER, NOW, town.adapters(brands=dossiers()))
    with pytest.raises(ValueError, match="takes no phone"):
        draft_for(sealed, replace(FORM, takes=("domain",)), DRAFTER, NOW, town.adapters())
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("sla", "hours"), [({}, 72), ({"ack_hours": 2}, 2), ({"working_days": 7}, 168), ({"ack_hours": "soon"}, 72)]
)
def test_how_long_a_receiver_takes_is_its_playbooks_word(
    town: Town, sealed: Case, sla: dict[str, object], hours: int
) -> None:
    notice = draft_for(sealed, replace(FORM, sla=sla), DRAFTER, NOW, town.adapters())
    assert notice.envelope["silence_h"] == hours


def test_a_silent_form_is_reminded_of_by_hand_too(town: Town, complained: Case) -> None:
    town.work_until(NOW + 40 * DAY)
    reminder = Notice.objects.get(purpose="reminder")
    assert reminder.envelope["method"] == "form"
    sign(reminder, DRAFTER, NOW + 40 * DAY)
    approve(reminder, APPROVER, NOW + 40 * DAY, town.adapters())
    town.work(NOW + 40 * DAY)
    reminder.refresh_from_db()
    assert (reminder.trouble, town.letters, reminder.case_id) == (FILE_BY_HAND, [], complained.pk)


# --- answers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("acknowledged", "acknowledged"), ("needs_information", "needs_information"), ("refused", "refused"),
        ("action_reported", "action_reported"), ("counter_notice", "counter_noticed"),
    ],
)  # fmt: skip
def test_an_answer_heard_by_a_person_moves_the_notice(town: Town, complained: Case, kind: str, state: str) -> None:
    assert town.letters == []
    notice = Notice.objects.get()
    assert answer_by_hand(notice, kind, "网页显示：已受理", DRAFTER, NOW + HOUR)
    assert answer_by_hand(notice, kind, "网页显示：已受理 ", DRAFTER, NOW + HOUR) is None
    notice.refresh_from_db()
    assert (notice.state, Answer.objects.get().sender) == (state, DRAFTER)
    if kind == "action_reported":
        assert refreshed(complained).state == "verifying"


@pytest.mark.parametrize(("kind", "words", "by"), [("bounce", "x", DRAFTER), ("nonsense", "x", DRAFTER)])
def test_an_answer_of_no_kind_is_refused(complained: Case, kind: str, words: str, by: str) -> None:
    with pytest.raises(ValueError, match="is no answer"):
        answer_by_hand(complained.notices.get(), kind, words, by, NOW)


@pytest.mark.parametrize(("words", "by"), [("", DRAFTER), ("  ", DRAFTER), ("x", " ")])
def test_an_answer_needs_words_and_a_name(complained: Case, words: str, by: str) -> None:
    with pytest.raises(ValueError, match="what was said"):
        answer_by_hand(complained.notices.get(), "refused", words, by, NOW)
    assert Answer.objects.count() == 0


def test_the_watch_of_a_number_ends_by_itself(town: Town, complained: Case) -> None:
    for days, vantage in ((1, "上海"), (2, "北京")):
        look_by_hand(refreshed(complained), gone(vantage), DRAFTER, NOW + days * DAY, town.adapters())
    case = refreshed(complained)
    assert case.watch_until is not None
    assert recheck(case, case.watch_until, town.adapters()) == "close"
    assert refreshed(complained).state == "closed"


def test_a_number_that_is_down_and_that_nobody_looks_at_again_closes_when_its_watch_ends(
    town: Town, complained: Case
) -> None:
    """A person is asked to look every month; a person who never does must not keep a case for ever."""
    world = town.adapters()
    look_by_hand(complained, gone(), DRAFTER, NOW, world)
    look_by_hand(refreshed(complained), gone("北京"), DRAFTER, NOW + 25 * HOUR, world)
    down = refreshed(complained)
    assert (down.state, down.watch_until) == ("down", NOW + 25 * HOUR + timedelta(days=365))
    town.work_until(NOW + timedelta(days=300))
    waiting = refreshed(complained)
    assert (waiting.state, waiting.needs_human, waiting.trouble) == ("down", True, LOOK_BY_HAND)
    town.work_until(NOW + timedelta(days=400), NOW + timedelta(days=300))
    closed = refreshed(complained)
    assert (closed.state, closed.needs_human, closed.due_at) == ("closed", False, None)
    assert ledger_problems() == []


def test_a_house_without_any_vantage_concludes_nothing(town: Town) -> None:
    town.report()
    town.work(vantages=())
    assert (town.case().state, Recheck.objects.count(), ledger_problems()) == ("sealed", 0, [])
