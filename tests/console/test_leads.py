"""Leads entered by hand: one, or a file; what cannot be read is named and the rest is taken."""

import io
import json
from pathlib import Path

import pytest

from desk import Desk, seen
from zhengben.store.models import Lead

pytestmark = pytest.mark.parametrize("record", ["sqlite"], indirect=True)
LINE = {
    "v": "lead.v1", "kind": "app_listing", "source": {"name": "some-store"}, "seen_at": "2026-11-22T08:00:00+08:00",
    "locator": "https://store.example/1", "title": "微粒贷-官方版",
}  # fmt: skip


def upload(text: str) -> dict[str, io.BytesIO]:
    """Give a form with a file."""
    file = io.BytesIO(text.encode())
    file.name = "leads.jsonl"
    return {"file": file}


def test_one_lead_by_hand_is_in_the_inbox(desk: Desk) -> None:
    page = desk.person("陈思").post("/leads/add/", {"kind": "domain", "locator": "wei1idai-app.cn"}, follow=True)
    assert seen(page, "已录入：新 1 条", "wei1idai-app.cn", "陈思 录入")


def test_a_broken_line_is_named_and_the_rest_is_taken(desk: Desk) -> None:
    text = "\n".join([json.dumps(LINE), "{garbage", json.dumps(LINE | {"kind": "nonsense"}), "wei1idai.cn"])
    page = desk.person("陈思").post("/leads/add/", upload(text))
    assert seen(page, "已录入 2 条；有 2 行读不懂", "第 2 行", "第 3 行", "不认识的线索类型 'nonsense'；可选")
    assert Lead.objects.count() == 2


def test_an_empty_lead_is_refused_with_the_cure(desk: Desk) -> None:
    page = desk.person("陈思").post("/leads/add/", {"kind": "domain", "locator": "  "})
    assert page.status_code == 422
    assert seen(page, "线索缺少地址（locator）")


def test_one_lead_shows_what_was_reported_and_why(desk: Desk) -> None:
    desk.person("陈思").post("/leads/add/", upload(json.dumps(LINE)))
    desk.town.work()
    lead = Lead.objects.get()
    page = desk.person("陈思").get(f"/leads/{lead.pk}/")
    assert seen(page, "微粒贷-官方版", "some-store", "没有自己的软件")


def test_sources_connect_only_what_exists(desk: Desk, tmp_path: Path) -> None:
    browser = desk.person("陈思")
    wrong = browser.post("/sources/", {"kind": "watched_folder", "name": "监测", "path": "/no/such/folder"})
    assert wrong.status_code == 422
    right = browser.post("/sources/", {"kind": "watched_folder", "name": "监测", "path": str(tmp_path)}, follow=True)
    assert seen(right, "已接入“监测”", "被看守的文件夹")
