"""What a new user does, in a real browser: sign in by the one-time link, see impostors come, approve, see one go down.

The browser can reach nothing but loopback: every other address goes to a proxy that is not there.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), "")
PASSWORD = "the first of many words"
PATIENCE = 150_000  # milliseconds
MOST_MEMORY_MB = 300

pytestmark = [pytest.mark.sockets, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


@dataclass(slots=True)
class Up:
    """`zhengben up --range` as a user started it: its process, where it answers, and what it said."""

    process: subprocess.Popen[str]
    address: str
    link: str
    said: list[str] = field(default_factory=list)


def free_port() -> int:
    """Give a port that nobody has."""
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Up]:
    """Start the whole product with its range, quickly; end it as Ctrl+C does."""
    port = free_port()
    command = [sys.executable, "-m", "zhengben.cli.main", "up", "--range", "--port", str(port), "--home", str(tmp_path)]
    environment = os.environ | {"ZHENGBEN_RANGE_SECONDS_AN_HOUR": "0.15", "ZHENGBEN_RANGE_SEED": "3"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    assert process.stderr
    said: list[str] = []
    link = ""
    for line in process.stderr:
        said.append(line)
        found = re.search(r"http://\S+/welcome/\S+", line)
        if found:
            link = found[0]
            break
    drain = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    drain.start()
    try:
        yield Up(process, f"http://127.0.0.1:{port}", link, said)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        drain.join(5)
        process.stderr.close()


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start Debian's chromium, shut in."""
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking"],
            proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"},
        )
        yield chromium
        chromium.close()


def children(pid: int) -> list[int]:
    """Give the children of a process."""
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in told.split()]


def memory_mb(pid: int) -> float:
    """Give the resident memory of a process and its children."""
    pages = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in (pid, *children(pid)))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def answer(address: str) -> None:
    """Wait until the web process listens."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the web process never listened")


def test_a_new_user_sees_the_whole_loop(up: Up, browser: Browser) -> None:
    answer(up.address)
    troubles: list[str] = []
    page = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))

    sign_in(page, up.link)
    expect(page.get_by_text("靶场演示数据")).to_be_visible()
    impostors_arrive(page)
    the_keyboard_moves(page)
    case = approve_as_second_person(page, up.address)
    evidence_holds(page)
    seen_verified_down(page, up.address, case)
    figures_are_doors(page, up.address)
    public_answer(browser, up.address)

    assert troubles == []
    assert memory_mb(up.process.pid) < MOST_MEMORY_MB + 60, "in use; idle memory has a test of its own"
    running = children(up.process.pid)
    assert len(running) == 2
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(30) == 0
    assert not [pid for pid in running if Path(f"/proc/{pid}").exists()]


def sign_in(page: Page, link: str) -> None:
    """Take the one-time link and choose a name and a password."""
    page.goto(link)
    page.get_by_label("名字").fill("陈思")
    page.get_by_label("自己的密码").fill(PASSWORD)
    page.get_by_label("再输一遍密码").fill(PASSWORD)
    page.get_by_role("button", name="开始").click()
    page.wait_for_url("**/leads/")


def impostors_arrive(page: Page) -> None:
    """Watch the inbox fill by itself: the page is never reloaded."""
    page.evaluate("window.neverReloaded = true")
    rows = page.locator("tbody.rows tr")
    rows.first.wait_for()
    before = rows.count()
    page.wait_for_function("n => document.querySelectorAll('tbody.rows tr').length > n", arg=before)
    assert page.evaluate("window.neverReloaded")
    expect(page.locator("tbody.rows")).to_contain_text("冒充")
    expect(page.locator(".diff").first).to_be_visible(timeout=PATIENCE)


def the_keyboard_moves(page: Page) -> None:
    """Move with J and K, search with /, leave with Escape."""
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.id")
    page.keyboard.press("k")
    assert first.startswith("open-")
    assert second != first
    assert page.evaluate("document.activeElement.id") == first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.press("Escape")


def approve_as_second_person(page: Page, address: str) -> str:
    """Approve what the invented drafter signed, three notices; give the number of the first one's case."""
    cases: list[str] = []
    for _ in range(3):
        page.goto(f"{address}/notices/")
        signed = page.locator(".queue > li", has_text="林芷")
        signed.first.wait_for()
        signed.first.get_by_role("link", name="读信并决定").click()
        expect(page.locator(".letter").first).to_contain_text("侵权")
        page.get_by_role("button", name="批准并发出").click()
        expect(page.locator(".told")).to_contain_text("已批准")
        cases.append(page.url.rstrip("/").rpartition("/")[2])
    expect(page.locator("#notices")).to_contain_text("林芷（靶场起草） → 陈思")
    return cases[0]


def evidence_holds(page: Page) -> None:
    """Have the sealed package verified before one's eyes."""
    page.get_by_role("button", name="当面验证").first.click()
    expect(page.locator("#evidence")).to_contain_text("验证通过")


def seen_verified_down(page: Page, address: str, case: str) -> None:
    """Wait until a case this person approved is verified down, as the list of cases shows."""
    until = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < until:
        page.goto(f"{address}/cases/?state=down")
        for number in page.locator("tbody.rows td:first-child").all_inner_texts():
            page.goto(f"{address}/cases/{number}/")
            if "→ 陈思" in page.locator("#notices").inner_text():
                expect(page.locator("h1 + .under")).to_contain_text("已核实下线")
                expect(page.locator(".line")).to_contain_text("核实下线")
                return
        time.sleep(2)
    raise AssertionError(f"nothing that was approved (first: {case}) was seen to go down")


def figures_are_doors(page: Page, address: str) -> None:
    """Open a figure and find as many cases behind it as it says.

    The range goes on while we read, so a case may come down between a figure and its list: then both are read anew.
    """
    shown: list[tuple[int, int]] = []
    while not shown or (shown[-1][0] != shown[-1][1] and len(shown) < 4):
        page.goto(f"{address}/disclosure/")
        row = page.locator("tr.figure", has_text="核实下线的案件数").first
        count = int(row.locator("b").inner_text())
        assert count >= 1
        row.get_by_role("link").click()
        shown.append((count, page.locator(".queue > li").count()))
    assert shown[-1][0] == shown[-1][1], shown


def public_answer(browser: Browser, address: str) -> None:
    """Ask the public's page on a phone without scripts: the answer comes first, and no cookie is set."""
    phone = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = phone.new_page()
    page.goto(f"{address}/check/")
    page.get_by_label("要核验的内容").fill("您的额度已获批，点击 wei1idai-app.cn 下载微粒贷APP")
    page.get_by_role("button", name="核验").click()
    expect(page.locator(".answer h1")).to_have_text("是假的，请勿下载")
    assert page.locator(".answer .diff").inner_text() == "1"
    assert phone.cookies() == []


def test_idle_memory_of_all_processes_stays_small(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "zhengben.cli.main", "up", "--port", str(port), "--home", str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        answer(f"http://127.0.0.1:{port}")
        time.sleep(4)
        assert len(children(process.pid)) == 2
        assert memory_mb(process.pid) <= MOST_MEMORY_MB
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
