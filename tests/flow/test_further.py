"""After the first letter: reminders by legal periods, what was asked for, and who may send them."""

from datetime import timedelta

import pytest

from worlds import APPROVER, DRAFTER, HOST, NOW, PAGE, Town, dossiers
from zhengben.core.reminders import LEVELS
from zhengben.flow.answers import Received, take_answer
from zhengben.flow.complain import StoppedError, approve, reject, sign
from zhengben.flow.decide import resume
from zhengben.flow.further import LADDER_ENDED, remind_now, supplement
from zhengben.flow.views import notice_view
from zhengben.store.events import ledger_problems
from zhengben.store.models import Event, Notice
from zhengben.takedown.mail import MailError

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
QUIET = PAGE.replace("<input", "<i").replace("立即下载", "了解")  # names the brand, asks for nothing


@pytest.fixture
def sent(town: Town) -> Notice:
    """Give a complaint that has left."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    return Notice.objects.get(state="sent")


def letters(purpose: str = "reminder") -> list[Notice]:
    """Give the further letters of a purpose, in order."""
    return list(Notice.objects.filter(purpose=purpose).order_by("pk"))


def answer(notice: Notice, kind: str, at: timedelta = HOUR) -> None:
    """Let the addressee of a notice answer."""
    take_answer(Received(kind=kind, notice_key=notice.key, message_id=f"<{kind}{at}@host>"), NOW + at)


def pass_days(town: Town, days: int, *, first: int = 0) -> None:
    """Let days pass in which two people approve whatever waits each morning."""
    for day in range(first, days):
        town.work_until(NOW + (day + 1) * DAY, NOW + day * DAY)
        town.approve_all(NOW + (day + 1) * DAY)
        town.work(NOW + (day + 1) * DAY)


def test_silence_has_a_reminder_drafted_which_two_people_decide(town: Town, sent: Notice) -> None:
    town.work_until(NOW + 2 * DAY)
    (reminder,) = letters()
    assert (reminder.state, reminder.drafted_by, reminder.level, reminder.about) == ("draft", "", 1, sent)
    assert reminder.addressee == sent.addressee
    assert "【催告1】" in reminder.subject
    assert len(town.letters) == 1
    sign(reminder, DRAFTER, NOW + 2 * DAY)
    with pytest.raises(StoppedError, match="same_person"):
        approve(reminder, DRAFTER, NOW + 2 * DAY, town.adapters())
    approve(reminder, APPROVER, NOW + 2 * DAY, town.adapters())
    town.work(NOW + 2 * DAY)
    keys = [key for key, _, _ in town.letters]
    assert keys == [sent.key, f"{sent.key}.r1"]
    assert ledger_problems() == []


def test_three_reminders_then_a_person_must_choose_another_way(town: Town, sent: Notice) -> None:
    pass_days(town, 20)
    assert [one.level for one in letters()] == list(range(1, LEVELS + 1))
    assert len(town.letters) == 1 + LEVELS
    assert len({letter.body for _, _, letter in town.letters}) == 1 + LEVELS  # no letter twice
    held = Notice.objects.get(needs_human=True)
    assert (held.trouble, held.level) == (LADDER_ENDED, LEVELS)
    with pytest.raises(ValueError, match="no reminder can be drafted now"):
        remind_now(sent, DRAFTER, NOW + 20 * DAY, town.adapters())
    assert ledger_problems() == []


def test_the_ladder_keeps_its_periods_from_the_first_letter(town: Town, sent: Notice) -> None:
    assert sent.level == 0
    pass_days(town, 20)
    drafted = [one.drafted_at - NOW for one in letters()]
    # a form asks for secrets: after 1, 3 and 7 days, and never before the letter before it went unanswered
    for waited, least in zip(drafted, (1, 3, 7), strict=True):
        assert timedelta(days=least) <= waited < timedelta(days=least + 3)


def test_a_page_that_only_names_the_brand_is_reminded_by_working_days(town: Town) -> None:
    town.web.pages[HOST] = (200, QUIET)
    town.report()
    town.work()
    assert Notice.objects.count() == 1, "the page must be accused without its form, or this shows nothing"
    town.approve_all()
    town.work()
    pass_days(town, 2)
    assert letters() == []
    pass_days(town, 6, first=2)
    assert [one.level for one in letters()] == [1]


def test_nobody_is_reminded_of_what_looks_gone(town: Town, sent: Notice) -> None:
    """The looks that prove it are under way: a reminder now would only be noise."""
    assert sent.state == "sent"
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 3 * DAY)
    assert (town.case().state, letters()) == ("down", [])
    town.work_until(NOW + 30 * DAY, NOW + 3 * DAY)
    assert letters() == []


def test_a_reminder_that_waits_is_withdrawn_when_its_target_is_down(town: Town, sent: Notice) -> None:
    town.work_until(NOW + 2 * DAY)
    (reminder,) = letters()
    assert (reminder.state, reminder.about) == ("draft", sent)
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 6 * DAY, NOW + 2 * DAY)
    reminder.refresh_from_db()
    assert (town.case().state, reminder.state, len(town.letters)) == ("down", "withdrawn", 1)
    event = Event.objects.get(subject="notice", subject_id=reminder.pk, verb="withdraw")
    assert event.facts == {"why": "down"}


def test_a_letter_cannot_be_approved_about_what_is_down(town: Town) -> None:
    town.report()
    town.work()
    notice = Notice.objects.get()
    sign(notice, DRAFTER, NOW)
    Notice.objects.filter(pk=notice.pk).update(trouble="maybe_sent")  # so that it is not withdrawn by itself
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 4 * DAY)
    assert town.case().state == "down"
    notice.refresh_from_db()
    with pytest.raises(StoppedError, match="already_down"):
        approve(notice, APPROVER, NOW + 4 * DAY, town.adapters())


def test_who_claims_to_have_acted_and_has_not_is_reminded_of_it(town: Town, sent: Notice) -> None:
    answer(sent, "action_reported", 2 * HOUR)
    town.work_until(NOW + 2 * DAY)
    (reminder,) = letters()
    assert "曾告知已作处理" in reminder.body
    assert "仍可访问" in reminder.body
    assert town.case().state == "complained"


def test_an_acknowledgement_delays_nothing(town: Town, sent: Notice) -> None:
    answer(sent, "acknowledged")
    town.work_until(NOW + 2 * DAY)
    (reminder,) = letters()
    assert reminder.level == 1
    sent.refresh_from_db()
    assert sent.state == "no_response"


@pytest.mark.parametrize("kind", ["refused", "counter_notice", "bounce", "needs_information"])
def test_what_a_person_must_read_is_not_answered_by_the_machine(town: Town, sent: Notice, kind: str) -> None:
    answer(sent, kind)
    town.work_until(NOW + 20 * DAY)
    assert letters() == []
    sent.refresh_from_db()
    assert (sent.needs_human, sent.trouble) == (True, kind)


def test_a_person_may_insist_after_a_refusal(town: Town, sent: Notice) -> None:
    answer(sent, "refused")
    reminder = remind_now(sent, DRAFTER, NOW + 2 * HOUR, town.adapters())
    assert (reminder.drafted_by, reminder.level, reminder.state) == (DRAFTER, 1, "draft")
    assert "曾答复不予处理" in reminder.body
    with pytest.raises(ValueError, match="no reminder can be drafted now"):
        remind_now(sent, DRAFTER, NOW + 3 * HOUR, town.adapters())  # one at a time
    approve(reminder, APPROVER, NOW + 3 * HOUR, town.adapters())
    town.work(NOW + 3 * HOUR)
    assert [key for key, _, _ in town.letters] == [sent.key, f"{sent.key}.r1"]


def test_what_was_asked_for_goes_out_as_a_letter_of_two_people(town: Town, sent: Notice) -> None:
    answer(sent, "needs_information")
    letter = supplement(sent, "商标注册证见附件。", DRAFTER, NOW + 2 * HOUR, town.adapters())
    assert (letter.purpose, letter.level, letter.drafted_by) == ("supplement", 1, DRAFTER)
    approve(letter, APPROVER, NOW + 2 * HOUR, town.adapters())
    town.work(NOW + 2 * HOUR)
    assert "商标注册证见附件。" in town.letters[-1][2].body
    second = supplement(sent, "营业执照见附件。", APPROVER, NOW + 3 * HOUR, town.adapters())
    assert (second.level, second.key) == (2, f"{sent.key}.s2")
    assert ledger_problems() == []


@pytest.mark.parametrize(("words", "by"), [("", DRAFTER), (" \n ", DRAFTER), ("有话", ""), ("有话", " ")])
def test_a_supplement_needs_words_and_a_name(town: Town, sent: Notice, words: str, by: str) -> None:
    with pytest.raises(ValueError, match="needs its words"):
        supplement(sent, words, by, NOW, town.adapters())


def test_nobody_can_have_asked_about_a_letter_that_has_not_left(town: Town) -> None:
    town.report()
    town.work()
    with pytest.raises(ValueError, match="has not left yet"):
        supplement(Notice.objects.get(), "有话", DRAFTER, NOW, town.adapters())


def test_an_answer_to_a_reminder_counts_like_one_to_the_first(town: Town, sent: Notice) -> None:
    pass_days(town, 2)
    (reminder,) = letters()
    assert reminder.sent_at is not None
    take_answer(Received(kind="action_reported", notice_key=reminder.key, message_id="<9@host>"), NOW + 2 * DAY + HOUR)
    assert town.case().state == "verifying"
    reminder.refresh_from_db()
    assert (reminder.state, reminder.about) == ("action_reported", sent)


def test_a_reminder_the_gate_stops_waits_for_a_renewal(town: Town, sent: Notice) -> None:
    """The mark ends while the addressee sleeps: nothing is drafted on a right that is gone."""
    assert sent.state == "sent"
    town.brands = dossiers()
    town.work_until(NOW + 4 * DAY)
    assert letters() == []
    with pytest.raises(StoppedError, match="right_ended"):
        remind_now(sent, DRAFTER, NOW + 4 * DAY, town.adapters())
    waiting = Notice.objects.get()
    assert waiting.due_at is not None
    assert waiting.due_at > NOW + 4 * DAY


def test_a_reminder_turned_down_is_spent(town: Town, sent: Notice) -> None:
    town.work_until(NOW + 2 * DAY)
    (reminder,) = letters()
    reject(reminder, APPROVER, NOW + 2 * DAY, "let them be")
    town.work_until(NOW + 9 * DAY, NOW + 2 * DAY)
    assert len(letters()) == 1  # people said no; the machine does not ask again by itself
    assert remind_now(sent, DRAFTER, NOW + 9 * DAY, town.adapters()).level == 2


def test_after_a_relapse_the_old_round_is_not_reminded(town: Town, sent: Notice) -> None:
    town.web.pages[HOST] = "dns_gone"
    town.work_until(NOW + 3 * DAY)
    town.web.pages[HOST] = (200, PAGE)
    town.work_until(NOW + 12 * DAY, NOW + 3 * DAY)
    assert town.case().relapses == 1
    assert [one.about_id for one in letters() if one.about_id == sent.pk] == []


def test_a_reminder_whose_server_is_away_is_tried_again_under_its_key(town: Town, sent: Notice) -> None:
    town.work_until(NOW + 2 * DAY)
    town.approve_all(NOW + 2 * DAY)
    town.trouble = MailError("away", retriable=True)
    town.work(NOW + 2 * DAY)
    assert len(town.letters) == 1
    town.trouble = None
    town.work_until(NOW + 2 * DAY + 3 * HOUR, NOW + 2 * DAY)
    assert [key for key, _, _ in town.letters] == [sent.key, f"{sent.key}.r1"]


def test_a_person_who_decided_about_the_end_of_the_ladder_takes_it_off_the_desk(town: Town, sent: Notice) -> None:
    assert sent.level == 0
    pass_days(town, 20)
    held = Notice.objects.get(trouble=LADDER_ENDED)
    resume(held, APPROVER, NOW + 20 * DAY)
    town.work(NOW + 20 * DAY)
    assert Notice.objects.filter(trouble=LADDER_ENDED).count() == 1  # nothing changed: it says so again


def test_a_letter_reads_the_same_in_the_other_language_later(town: Town, sent: Notice) -> None:
    """Whoever approves sees the reminder, and not the first letter, in both languages."""
    answer(sent, "needs_information")
    letter = supplement(sent, "附件见后", DRAFTER, NOW + HOUR, town.adapters())
    view = notice_view(letter, NOW + DAY, town.adapters())
    assert (view.purpose, view.words, view.dated) == ("supplement", "附件见后", letter.drafted_at)
    assert notice_view(sent, NOW + DAY, town.adapters()).purpose == "complaint"
