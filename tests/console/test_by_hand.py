"""By hand, as a person at the console does it: every step works, and what is refused says so and changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from desk import Desk, seen
from worlds import NOW
from zhengben import wiring
from zhengben.core.lead import Lead as CoreLead
from zhengben.core.verdict import Label, Verdict
from zhengben.flow.complain import approve
from zhengben.server import shield
from zhengben.store.cases import join_or_open
from zhengben.store.events import ledger_problems
from zhengben.store.intake import insert_leads
from zhengben.store.models import Answer, Case, Exhibit, Lead, Notice, Recheck
from zhengben.takedown.channels import Book

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = pytest.mark.parametrize("record", BOTH, indirect=True)
DAY = timedelta(days=1)
PNG = b"\x89PNG\r\n\x1a\nscreen"


@pytest.fixture
def case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Give a case of an account that has no address, open and held for a person."""
    monkeypatch.setattr(wiring, "addresses", Book)
    desk.town.mailboxes = ()
    lead = CoreLead(kind="account", source="s", locator="微信号 wld8866", seen_at=NOW)
    with transaction.atomic():
        insert_leads([lead], now=NOW, due_at=None, actor="t")
        row = Lead.objects.get()
        verdict = Verdict(Label.IMPERSONATION, "weilidai", 90, ())
        made = join_or_open(row, verdict, host_accused=False, title="客服", now=NOW, actor="t", facts={"lead": row.pk})
    Lead.objects.update(case=made)
    desk.town.work()
    return Case.objects.get()


def post(desk: Desk, what: str, who: str = "林芷", **told: object) -> str:
    """Send one form and give the words of the page that follows."""
    number = Case.objects.get().number
    browser = desk.person(who)
    answer = browser.post(f"/cases/{number}/by-hand/{what}/", told, follow=True)
    return str(answer.content.decode())


def picture(name: str = "屏幕.png") -> SimpleUploadedFile:
    """Give a picture to upload."""
    return SimpleUploadedFile(name, PNG, "image/png")


def test_from_an_open_case_to_verified_down_by_hand(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = desk.person("林芷")
    assert seen(browser.get(f"/cases/{case.number}/"), "人工办理")
    assert seen(browser.get(f"/cases/{case.number}/by-hand/"), "封存您所看到的")
    assert "已以您的名义封存" in post(desk, "seal", files=[picture(), picture("录屏.mp4")])
    assert Exhibit.objects.count() == 1
    desk.town.work()
    shown = browser.get(f"/cases/{case.number}/by-hand/")
    assert seen(shown, "记录您现在看到的", "为表单或窗口起草")
    assert "等第二人批准" in post(desk, "draft", receiver="wechat-account")
    notice = Notice.objects.get()
    assert (notice.drafted_by, notice.channel) == ("林芷", "wechat-account")
    approve(notice, "周弈", NOW, desk.town.adapters())
    desk.town.work()
    assert "已记录提交" in post(desk, "file", notice=notice.pk, receipt="TX-1", proof=picture())
    assert Case.objects.get().state == "complained"
    for days, place in ((1, "上海"), (2, "北京")):
        monkeypatch.setattr(shield, "wall_clock", lambda days=days: NOW + days * DAY)
        told = post(desk, "look", state="removed", vantage=place, client="微信", words="已停用", proof=picture())
        assert "已记录" in told
    assert Case.objects.get().state == "down"
    assert [look.by for look in Recheck.objects.all()] == ["林芷", "林芷"]
    assert ledger_problems() == []


@pytest.mark.parametrize(
    ("what", "told", "words"),
    [
        ("seal", {}, "至少需要一个文件"), ("look", {"state": "removed"}, "没有记录"),
        ("draft", {"receiver": "nobody"}, "没有起草"), ("file", {"notice": "999"}, "没有记录"),
        ("file", {"notice": "٣"}, "没有记录"), ("answer", {"notice": "", "kind": "refused"}, "没有记录"),
        ("supplement", {"notice": "1" * 40, "words": "x"}, "没有起草"), ("remind", {"notice": "-1"}, "没有起草"),
    ],
)  # fmt: skip
def test_what_is_refused_says_so_and_changes_nothing(
    desk: Desk, case: Case, what: str, told: dict[str, str], words: str
) -> None:
    assert words in post(desk, what, **told)
    assert (Case.objects.get().ver, Notice.objects.count(), Recheck.objects.count()) == (case.ver, 0, 0)


@pytest.mark.usefixtures("case")
def test_answers_and_further_letters_from_the_page(desk: Desk) -> None:
    post(desk, "seal", files=[picture()])
    desk.town.work()
    post(desk, "draft", receiver="wechat-account")
    notice = Notice.objects.get()
    approve(notice, "周弈", NOW, desk.town.adapters())
    desk.town.work()
    post(desk, "file", notice=notice.pk, receipt="TX-1")
    assert "已记录，通知状态随之变更" in post(
        desk, "answer", notice=notice.pk, kind="needs_information", words="请补充"
    )
    assert "已记录过" in post(desk, "answer", notice=notice.pk, kind="needs_information", words="请补充")
    assert Answer.objects.get().sender == "林芷"
    assert "等第二人批准" in post(desk, "supplement", notice=notice.pk, words="商标证见附件")
    assert "没有起草" in post(desk, "remind", notice=notice.pk)  # a letter is under way
    assert [one.purpose for one in Notice.objects.order_by("pk")] == ["complaint", "supplement"]


def test_who_is_not_signed_in_does_nothing_by_hand(desk: Desk, case: Case) -> None:
    browser = Client(SERVER_NAME="127.0.0.1")
    assert browser.get(f"/cases/{case.number}/by-hand/").status_code == 302
    assert browser.post(f"/cases/{case.number}/by-hand/seal/", {"files": [picture()]}).status_code == 302
    assert Exhibit.objects.count() == 0
    assert desk.person("林芷").post(f"/cases/{case.number}/by-hand/dance/").status_code == 404
    assert desk.person("林芷").get("/cases/2026-9999/by-hand/").status_code == 404


def test_the_page_speaks_english_too(desk: Desk, case: Case) -> None:
    browser = desk.person("林芷")
    browser.post("/language/", {"language": "en"})
    assert seen(browser.get(f"/cases/{case.number}/by-hand/"), "Seal what you saw", "By hand: case")
