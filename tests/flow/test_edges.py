"""Things that happen rarely: leads that are no addresses, cases without leads, dossiers taken away, numbers of ours."""

from datetime import timedelta
from pathlib import Path

import pytest

from databases import Record
from worlds import DRAFTER, HOST, NOW, PAGE, Town, dossiers, renewed
from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.lead import Lead as CoreLead
from zhengben.core.verdict import Label
from zhengben.flow.case_clock import run_due
from zhengben.flow.complain import StoppedError, draft
from zhengben.flow.decide import open_case
from zhengben.flow.dossiers import dossier_files, load_brand, load_brands
from zhengben.flow.drill_people import approve_drafts, sign_drafts
from zhengben.flow.intake import take_in
from zhengben.flow.keepsake import recall
from zhengben.flow.official import official
from zhengben.flow.preserve import NothingSeenError, preserve
from zhengben.flow.views import case_view
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Exhibit, Finding, Lead, Notice, Recheck

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "odd", ["http://[::1", "http://[::1微粒贷官方下载", "http://a:b:c/", "http:///x", "https://\udcff.cn/"]
)
def test_a_lead_that_is_no_address_is_unknown_and_stops_nothing(town: Town, odd: str) -> None:
    town.report(odd, kind="url")
    town.report()
    town.work_until(NOW + 3 * DAY)
    lead = Lead.objects.get(kind="url")
    assert (lead.label, lead.needs_human, lead.trouble) == ("unknown", False, "")
    assert town.case().state == "sealed"
    assert ledger_problems() == []


def test_an_odd_address_that_accuses_by_its_words_is_held_for_a_person(town: Town) -> None:
    """Nobody can see it, so nothing is sealed and nobody is written to."""
    detail = {"title": "微粒贷APP官方版", "text": "微粒贷官方下载，秒到账"}
    lead = CoreLead(kind="app_listing", source="s", locator="http://[::1", seen_at=NOW, detail=detail)
    take_in([lead], NOW)
    town.work()
    case = town.case()
    assert (case.state, case.needs_human, Notice.objects.count()) == ("open", True, 0)
    assert "nobody saw the target whole" in case.trouble


def test_a_case_opened_by_hand_of_a_name_nobody_saw_waits_for_a_person(town: Town) -> None:
    town.report("weilidai-app.cn")
    town.work()
    open_case(Lead.objects.get(), "weilidai", Label.IMPERSONATION, DRAFTER, NOW)
    town.work()
    case = town.case()
    assert (case.state, case.needs_human, case.due_at) == ("open", True, None)
    assert "look again while it is up" in case.trouble


def test_no_case_can_be_opened_against_what_is_ours(town: Town) -> None:
    town.web.pages["www.webank.com"] = (200, PAGE)
    town.report("www.webank.com")
    town.work()
    lead = Lead.objects.get()
    assert lead.label == "official"
    Finding.objects.get_or_create(
        lead=lead, brand="weilidai", defaults={"label": "official", "score": 0, "reasons": [], "missing": [], "at": NOW}
    )
    with pytest.raises(ValueError, match="is official"):
        open_case(lead, "weilidai", Label.SCAM, DRAFTER, NOW)
    assert Case.objects.count() == 0


@pytest.fixture
def complained(town: Town) -> Town:
    """Give a world with one complaint under way."""
    town.report()
    town.work()
    town.approve_all()
    town.work()
    assert town.case().state == "complained"
    return town


def test_a_case_whose_dossier_was_taken_away_says_what_to_do(town: Town) -> None:
    town.report()
    run_due(NOW, town.adapters(), "w1")
    run_due(NOW, town.adapters(brands=()), "w1")
    assert "put it back into the folder of dossiers" in town.case().trouble
    town.work(NOW + DAY)
    assert (town.case().state, town.case().trouble) == ("sealed", "")


def test_a_case_without_a_lead_is_not_sealed_and_not_accused_again(complained: Town) -> None:
    complained.web.pages[HOST] = "dns_gone"
    complained.work_until(NOW + 3 * DAY)
    assert complained.case().state == "down"
    Lead.objects.update(case=None)
    with pytest.raises(NothingSeenError, match="has no lead"):
        preserve(complained.case(), NOW, complained.adapters())
    complained.web.pages[HOST] = (200, PAGE.replace("微粒贷", "别家贷").replace("额度", "线路") + "<p>另一家</p>" * 50)
    complained.work_until(NOW + 12 * DAY, NOW + 3 * DAY)
    assert complained.case().state == "down"
    assert Recheck.objects.filter(state="up_changed").exists()


def test_a_view_of_a_case_tells_no_more_than_is_known(complained: Town) -> None:
    Finding.objects.all().delete()
    Exhibit.objects.update(artefacts={}, original={})
    view = case_view(complained.case(), renewed()[0], NOW, complained.adapters())
    assert (view.reasons, view.screenshot, view.address) == ((), b"", "")


@pytest.mark.parametrize(
    ("answer", "state"),
    [("timeout", "unknown"), ("dns_gone", "dns_gone"), ((404, "x"), "dns_gone"), ((500, "x"), "unknown")],
)
def test_a_file_a_store_hands_out_is_asked_for_too(town: Town, answer: tuple[int, str] | str, state: str) -> None:
    lead = CoreLead(
        kind="app_listing", source="store", locator="https://store.example.cn/app/1", seen_at=NOW,
        detail={"title": "微粒贷APP官方版", "text": "微粒贷官方下载，秒到账", "download": "https://cdn.example.cn/wld.apk"},
    )  # fmt: skip
    town.web.pages |= {"store.example.cn": (200, PAGE), "cdn.example.cn": (200, "PK\x03\x04 an app")}
    take_in([lead], NOW)
    town.work()
    town.approve_all()
    town.work()
    town.web.pages |= {"store.example.cn": "dns_gone", "cdn.example.cn": answer}
    town.work(NOW + DAY)
    assert set(Recheck.objects.filter(at=NOW + DAY).values_list("state", flat=True)) == {state}


def test_what_the_vault_gives_back_must_be_the_index_of_a_look(record: Record) -> None:
    vault = Town(record.home).vault
    with pytest.raises(TypeError, match="not the index of a look"):
        recall(vault.put(b"[]"), vault)


# --- the invented people of the range ---------------------------------------------------------------------------------


def test_the_second_person_leaves_the_newest_alone_and_what_the_gate_stops(record: Record) -> None:
    town = Town(record.home)
    hosts = [f"weilidai-{n}.cn" for n in range(3)]
    town.web.pages |= dict.fromkeys(hosts, (200, PAGE))
    town.report(*hosts)
    town.work()
    assert sign_drafts(NOW) == 3
    late = NOW + timedelta(days=365 * 12)  # the right has ended by then
    assert approve_drafts(late, town.adapters()) == 0
    assert approve_drafts(NOW, town.adapters(), spare=1) == 2
    assert Notice.objects.filter(state="draft").get() == Notice.objects.order_by("-pk").first()


def test_an_ended_right_is_named_when_a_person_drafts(record: Record) -> None:
    town = Town(record.home, dossiers())
    town.report()
    town.work()
    with pytest.raises(StoppedError) as stopped:
        draft(town.case(), NOW, town.adapters(), by=DRAFTER)
    assert "right_ended" in {stop.code for stop in stopped.value.stops}
    assert run_due(NOW, town.adapters(), "w1") == 0


# --- what is ours -----------------------------------------------------------------------------------------------------


def ours(kind: str, value: str, exists: str = "yes") -> Brand:
    """Give a brand with one channel."""
    channel = Channel(kind=kind, exists=exists, value=value)
    return Brand(id="b", owner="o", finance=True, names=Names(primary="微"), channels=(channel,))


@pytest.mark.parametrize(
    ("brand", "kind", "locator", "package", "told"),
    [
        (ours("phone", "95384"), "phone", "+86 95384", "", True),
        (ours("phone", "95384"), "text", "95384", "", False),
        (ours("domain", "WeBank.com"), "url", "https://www.webank.com/x", "", True),
        (ours("domain", "webank.com"), "text", "webank.com", "", False),
        (ours("domain", "webank.com", exists="no"), "domain", "webank.com", "", False),
        (ours("app", "com.webank.wemoney"), "app_listing", "https://s.cn/1", "com.webank.wemoney", True),
        (ours("app", "com.webank.wemoney"), "domain", "com.webank.wemoney", "", False),
        (ours("account", "wx:WeBank"), "account", "wx:WeBank2", "", False),
        (ours("account", "wx:WeBank"), "account", " WX:webank ", "", True),
    ],
)
def test_what_is_ours_is_known_however_it_is_written(
    brand: Brand, kind: str, locator: str, package: str, *, told: bool
) -> None:
    assert official([brand], kind, locator, package) is told


# --- dossiers ---------------------------------------------------------------------------------------------------------


def test_a_broken_dossier_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes('id = "微粒贷"'.encode("gbk"))
    with pytest.raises(ValueError, match=r"a\.toml: not UTF-8 at byte"):
        load_brand(tmp_path / "a.toml")
    (tmp_path / "a.toml").write_text('id = "mine"\n', "utf-8")
    with pytest.raises(ValueError, match=r"a\.toml: line \d+: "):
        load_brands(tmp_path)


def test_dossiers_are_found_or_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no dossier"):
        load_brands(tmp_path)
    with pytest.raises(ValueError, match=r"no dossier with id 'nobody'; there are: .*weilidai"):
        load_brands(ids=("nobody",))
    assert [brand.id for brand in load_brands(ids=("weilidai",))] == ["weilidai"]
    assert len(load_brands()) == len(dossier_files())
