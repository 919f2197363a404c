"""One case, whole: why, evidence that is verified before one's eyes, notices that need two people, and the way down."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from desk import Desk, seen
from worlds import HOST, NOW, PAGE, Town, dossiers
from zhengben import wiring
from zhengben.core.brand import Brand
from zhengben.store.events import ledger_problems
from zhengben.store.models import Case, Notice
from zhengben.takedown.mail import MailError

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = pytest.mark.parametrize("record", BOTH, indirect=True)
DAY = timedelta(days=1)


def sealed(desk: Desk) -> tuple[Case, Notice]:
    """Bring one impostor to its sealed case and its draft."""
    desk.town.report()
    desk.town.work()
    return Case.objects.get(), Notice.objects.get()


def test_the_page_of_a_case_tells_it_whole(desk: Desk) -> None:
    case, _ = sealed(desk)
    page = desk.person("陈思").get(f"/cases/{case.number}/")
    assert seen(
        page, "已封存，可独立验证", "微粒贷APP下载", "身份证", "立案", "取证并封存", "等待起草与批准", "有 1 份投诉待批"
    )
    assert 'wei<em class="diff">1</em>idai-app.cn' in page.content.decode()


def test_evidence_is_verified_before_ones_eyes_and_a_changed_byte_shows(desk: Desk) -> None:
    case, _ = sealed(desk)
    browser = desk.person("陈思")
    shown = browser.post(f"/cases/{case.number}/verify/0/", headers={"HX-Request": "true"})
    assert seen(shown, "验证通过", "每个文件的摘要", "签名")
    path = desk.town.vault.path(case.exhibits.get().package)
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(body))
    assert seen(browser.post(f"/cases/{case.number}/verify/0/"), "验证不通过")


def test_the_package_is_handed_out_as_it_is(desk: Desk) -> None:
    case, _ = sealed(desk)
    answer = desk.person("陈思").get(f"/cases/{case.number}/package/0/")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content == desk.town.vault.get(case.exhibits.get().package)


def test_one_person_signs_and_only_another_can_approve(desk: Desk) -> None:
    _, notice = sealed(desk)
    first, second = desk.person("陈思"), desk.person("周弈")
    page = first.get(f"/notices/{notice.pk}/")
    assert seen(page, "由我起草签字", "侵权通知", HOST)
    first.post(f"/notices/{notice.pk}/sign/")
    assert seen(first.get(f"/notices/{notice.pk}/"), "起草人与批准人不能是同一人")
    assert seen(first.post(f"/notices/{notice.pk}/approve/", follow=True), "没有发出", "不能是同一人")
    assert Notice.objects.get().state == "draft"
    assert seen(second.get(f"/notices/{notice.pk}/"), "各道关都过了", "您（周弈）是第二人；起草人是 陈思")
    second.post(f"/notices/{notice.pk}/approve/")
    desk.town.work()
    assert (Notice.objects.get().state, len(desk.town.letters)) == ("sent", 1)


def test_an_ended_right_shuts_the_gate_and_a_renewal_opens_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, notice = sealed(desk)
    past = Town(tmp_path, brands=shipped())
    monkeypatch.setattr(wiring, "adapters", past.adapters)
    monkeypatch.setattr(wiring, "brands", lambda: past.brands)
    first, second = desk.person("陈思"), desk.person("周弈")
    first.post(f"/notices/{notice.pk}/sign/")
    page = second.get(f"/notices/{notice.pk}/")
    assert seen(page, "有效期至 2026-05-13", "录入续展证明后才能发出", "去录入续展")
    brand = second.get(f"/brands/{case.brand}/")
    assert seen(brand, "已届满", "录入续展")
    paper = BytesIO(b"%PDF-1.7 certificate")
    paper.name = "renewal.pdf"
    form = {
        "number": "16577654",
        "valid_from": "2026-05-14",
        "valid_to": "2036-05-13",
        "source": "商标局",
        "document": paper,
    }
    done = second.post(f"/brands/{case.brand}/renew/", form, follow=True)
    assert seen(done, "已录入 16577654 的续展，有效期至 2036-05-13")
    assert seen(second.get(f"/notices/{notice.pk}/"), "各道关都过了")


def shipped() -> tuple[Brand, ...]:
    """Give 微粒贷 as it is shipped: its printed terms have ended."""
    return tuple(brand for brand in dossiers() if brand.id == "weilidai")


def test_a_renewal_without_a_certificate_is_refused(desk: Desk) -> None:
    form = {"number": "16577525", "valid_from": "2026-05-14", "valid_to": "2036-05-13", "source": "商标局"}
    page = desk.person("陈思").post("/brands/weilidai/renew/", form)
    assert page.status_code == 422
    assert seen(page, "附上证书文件")


def test_a_case_is_seen_to_go_down_and_to_come_back(desk: Desk) -> None:
    case, _ = sealed(desk)
    desk.town.approve_all()
    desk.town.work()
    desk.town.web.pages[HOST] = (404, "<title>404</title><h1>404 Not Found</h1>")
    desk.town.work_until(NOW + 3 * DAY)
    browser = desk.person("陈思")
    assert seen(browser.get(f"/cases/{case.number}/"), "已核实下线", "核实下线")
    assert seen(browser.get("/rechecks/"), HOST, "已核实下线")
    desk.town.web.pages[HOST] = (200, PAGE)
    desk.town.work_until(NOW + 12 * DAY, NOW + 3 * DAY)
    assert seen(browser.get(f"/cases/{case.number}/"), "复发 1 次", "再次出现")
    assert ledger_problems() == []


def test_a_withdrawn_case_sends_nothing(desk: Desk) -> None:
    case, notice = sealed(desk)
    desk.person("陈思").post(f"/cases/{case.number}/withdraw/", {"why": "认错了"})
    assert (Case.objects.get().state, Notice.objects.get(pk=notice.pk).state) == ("withdrawn", "withdrawn")
    assert seen(desk.person("陈思").get(f"/cases/{case.number}/"), "撤回：认错了")


@pytest.mark.parametrize(
    "path", ["/cases/2026-9999/", "/cases/2026-0001/verify/7/", "/notices/999/", "/leads/999/", "/brands/nobody/"]
)
def test_what_is_not_there_says_so(desk: Desk, path: str) -> None:
    browser = desk.person("陈思")
    answer = browser.post(path) if "verify" in path else browser.get(path)
    assert answer.status_code == 404
    assert seen(answer, "没有这一页", "回到控制台")


def test_a_letter_of_which_nobody_knows_waits_for_a_person(desk: Desk) -> None:
    _, notice = sealed(desk)
    desk.town.approve_all()
    desk.town.trouble = MailError("the line broke after the last byte", retriable=False, uncertain=True)
    desk.town.work()
    browser = desk.person("陈思")
    assert seen(browser.get("/notices/?state=held"), "无法确定对方是否收到")
    desk.town.trouble = None
    browser.post(f"/notices/{notice.pk}/settle/", {"left": "1"})
    assert (Notice.objects.get().state, desk.town.letters) == ("sent", [])
    assert not seen(browser.get("/notices/?state=held"), "无法确定对方是否收到")
