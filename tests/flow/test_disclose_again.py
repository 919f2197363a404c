"""An outsider gets every published number again, from the tables and from the ledger, without a line of our code."""

import csv
import hashlib
import io
import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from worlds import APPROVER, DRAFTER, HOST, NOW, PAGE, Town
from zhengben.core.disclosure import Disclosure
from zhengben.flow.disclose import LEDGER, opened, write_ledger
from zhengben.flow.withdraw import withdraw_case
from zhengben.store.models import Case

DAY = timedelta(days=1)
BEIJING = timezone(timedelta(hours=8))
START, END = date(2026, 11, 1), date(2026, 12, 31)
HOSTS = (HOST, "wei1idai-vip.cn", "wei1idai-dk.cn", "wei1idai-app.com")
APPS = frozenset({"app_listing", "app_file"})
GROUP = {
    "domain": "sites", "url": "sites", "account": "accounts", "phone": "phones", "poi": "places", "post": "posts",
    "listing": "posts", "search_ad": "posts", "text": "posts", "image": "posts", "company": "companies",
    "job": "companies", "app_listing": "apps", "app_file": "apps",
}  # fmt: skip
Case_ = dict[str, Any]


@pytest.fixture
def lived(town: Town) -> Town:
    """Give a record in which cases were found, went down, came back, were withdrawn, or never moved."""
    for number, host in enumerate(HOSTS):
        town.web.pages[host] = (200, PAGE)
        town.report(host, at=NOW + number * DAY)
    town.report("【微粒贷】您的20万额度已获批，点击 wei1idai-app.cn 下载微粒贷APP提现，客服微信 wld8866", kind="text")
    for day in range(12):
        now = NOW + day * DAY
        if day == 2:
            town.web.pages[HOST] = town.web.pages[HOSTS[1]] = "dns_gone"
        if day == 8:
            town.web.pages[HOST] = (200, PAGE)
        town.work_until(now + DAY - timedelta(hours=1), now)
        town.approve_all(now + DAY - timedelta(minutes=30))
        town.work(now + DAY - timedelta(minutes=30))
    withdraw_case(Case.objects.get(locator=HOSTS[2]), DRAFTER, NOW + 12 * DAY, "wrong")
    town.work(NOW + 12 * DAY)
    assert APPROVER
    return town


def read(body: bytes) -> list[dict[str, str]]:
    """Read a table as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def inside(moment: str) -> bool:
    """Tell whether a moment lies in the period, by Beijing days."""
    return bool(moment) and START <= datetime.fromisoformat(moment).astimezone(BEIJING).date() <= END


def from_tables(files: dict[str, bytes]) -> list[Case_]:
    """Give the cases of the two tables."""
    moments = read(files["moments.csv"])
    return [
        {
            "id": row["case"], "kind": row["kind"], "opened": row["opened_at"], "seen": row["first_seen_at"],
            "sealed": row["sealed_at"], "down_now": row["is_down"] == "1",
            "out": row["accused"] == "0" or bool(row["withdrawn_at"]),
            **{
                what: [(m["key"], m["at"]) for m in moments if m["case"] == row["case"] and m["what"] == what]
                for what in ("notice", "reminder", "down", "down_by_hand", "relapse")
            },
        }
        for row in read(files["cases.csv"])
    ]  # fmt: skip


def from_ledger(lines: list[dict[str, Any]]) -> list[Case_]:
    """Give the cases of the ledger, event by event."""
    cases: dict[int, Case_] = {}
    letters: dict[int, dict[str, Any]] = {}
    for one in lines:
        sets, at = one.get("sets") or {}, one["at"]
        if one["subject"] == "case":
            blank: Case_ = {"notice": [], "reminder": [], "down": [], "down_by_hand": [], "relapse": []}
            case = cases.setdefault(one["subject_id"], {**blank, "sealed": "", "out": False})
            if one["verb"] == "open":
                case |= {"id": sets["number"], "kind": sets["kind"], "opened": sets["opened_at"]}
                case |= {"seen": sets["first_seen_at"], "out": sets["label"] not in {"impersonation", "scam"}}
            case["sealed"] = sets.get("sealed_at") or case["sealed"]
            case["down_now"] = one["after"] in {"down", "closed"}
            if one["verb"] in {"verify_down", "vanish"}:
                case["down"].append(("", at))
                case["down_by_hand"] += [("", at)] if one["facts"].get("basis") == "people" else []
            if one["verb"] == "relapse":
                case["relapse"].append(("", at))
            case["out"] |= one["verb"] == "withdraw"
        if one["subject"] == "notice":
            letter = letters.setdefault(one["subject_id"], {})
            letter |= {name: sets[name] for name in ("key", "purpose", "case_id") if name in sets}
            if sets.get("sent_at") and letter["purpose"] != "retraction":
                kind = "notice" if letter["purpose"] == "complaint" else "reminder"
                cases[letter["case_id"]][kind].append((letter["key"], sets["sent_at"]))
    return list(cases.values())


def figures(cases: list[Case_], as_of: datetime) -> dict[str, tuple[object, list[str]]]:
    """Compute every figure by its published words."""
    rows = [one for one in cases if not one["out"]]
    found = [one for one in rows if inside(one["opened"])]
    told: dict[str, list[str]] = {"found": [one["id"] for one in found]}
    for group in dict.fromkeys(GROUP.values()):
        told[f"found_{group}"] = [one["id"] for one in found if GROUP[one["kind"]] == group]
    told["sealed"] = [one["id"] for one in rows if inside(one["sealed"])]
    told["still_up"] = [one["id"] for one in found if not one["down_now"]]
    for code, what in (
        ("verified_down", "down"), ("verified_down_by_hand", "down_by_hand"), ("relapsed", "relapse"),
    ):  # fmt: skip
        told[code] = [one["id"] for one in rows if any(inside(at) for _, at in one[what])]
    for code, what in (("notices_sent", "notice"), ("reminders_sent", "reminder")):
        told[code] = [key for one in rows for key, at in one[what] if inside(at)]
    counted: dict[str, tuple[object, list[str]]] = {code: (len(ids), sorted(ids)) for code, ids in told.items()}
    lives = []
    for one in found:
        ended = sorted(datetime.fromisoformat(at) for _, at in one["down"])
        hours = ((ended[0] if ended else as_of) - datetime.fromisoformat(one["seen"])).total_seconds() / 3600
        lives.append((max(0.0, hours), bool(ended)))
    for code, share in (("hours_up_median", 0.5), ("hours_up_p90", 0.1)):
        counted[code] = (kaplan_meier(lives, share), sorted(told["found"]))
    return counted


def kaplan_meier(lives: list[tuple[float, bool]], left: float) -> float | None:
    """Give the hours at which the share still up first reaches `left`."""
    share = 1.0
    for moment in sorted({hours for hours, ended in lives if ended}):
        at_risk = sum(hours >= moment for hours, _ in lives)
        share *= 1 - sum(ended and hours == moment for hours, ended in lives) / at_risk
        if share <= left + 1e-12:
            return round(moment, 1)
    return None


def published(disclosure: Disclosure) -> dict[str, tuple[object, list[str]]]:
    """Give what was published."""
    return {one.code: (one.value, sorted(one.ids)) for one in disclosure.figures}


def test_the_tables_and_the_ledger_give_every_number_again(lived: Town, tmp_path: Path) -> None:
    assert lived
    as_of = NOW + 14 * DAY
    disclosure, files = opened(START, END, as_of)
    told = published(disclosure)
    assert told["verified_down"][0] == 2
    assert told["relapsed"][0] == 1
    assert told["found"][0] == len(HOSTS)  # four sites and a message, one of them withdrawn
    assert told["reminders_sent"][0]
    assert figures(from_tables(dict(files)), as_of) == told
    write_ledger(tmp_path)
    lines = [json.loads(line) for line in (tmp_path / LEDGER).read_text("utf-8").splitlines()]
    assert figures(from_ledger(lines), as_of) == told


def test_the_ledger_an_outsider_holds_verifies_by_the_guides_own_words(lived: Town, tmp_path: Path) -> None:
    assert lived
    write_ledger(tmp_path)
    prev, seq = "0" * 64, 0
    for line in (tmp_path / LEDGER).read_text("utf-8").splitlines():
        told = json.loads(line)
        seq += 1
        body = {name: value for name, value in told.items() if name not in {"seq", "prev", "hash"}}
        plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert (told["seq"], told["prev"]) == (seq, prev)
        assert told["hash"] == hashlib.sha256(f"{seq}\n{prev}\n{plain}".encode()).hexdigest()
        prev = told["hash"]
    assert seq > 50


def test_the_guide_names_every_figure_that_is_published(lived: Town) -> None:
    assert lived
    disclosure, files = opened(START, END, NOW + 14 * DAY)
    guide = files["READ.md"].decode()
    for one in disclosure.figures:
        name = one.code if not one.code.startswith("found_") else "found_*"
        assert guide.count(f"`{name}`") >= 2, one.code  # once in each language
    assert "2026-11-01" in guide
    assert "{" not in guide
