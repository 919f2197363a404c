"""`zhengben check --from-evidence`: what was sealed of a live look gives the same reasons when the site is gone."""

import json
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from collect.servers import site
from zhengben import wiring
from zhengben.cli import check_again
from zhengben.cli.main import main
from zhengben.collect.browser import available
from zhengben.flow.dossiers import SHIPPED
from zhengben.flow.look_again import look_again
from zhengben.range.make_apk import make_apk, signing_key

PAGE = """<html><title>微粒贷官网</title><h1>微粒贷</h1><p>下载微粒贷APP，强开额度，客服QQ 2831907756</p>
<form action="http://collect.example/x"><input placeholder=身份证号><input placeholder=银行卡号></form>
<a href="/weilidai.apk">立即下载</a></html>"""
SHOP = "<title>鲜花店</title><p>新到玫瑰与百合，满二百元送货上门，欢迎选购。</p>"
AD = "下载微粒贷APP，强开额度，加QQ 2831907756"
JUDGED = ("target", "kind", "verdict", "brand", "score", "reasons", "coverage", "contacts", "others")
Rows = list[dict[str, object]]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path / "home"))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Rows, str]:
    code = main(["check", "--json", *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def sealed(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, dict[str, object], Path]:
    """Look live and seal; give the exit code, the row and the package."""
    code, (row,), _ = run(capsys, "--seal", str(folder), *words)
    (package,) = folder.glob("*.zip")
    return code, row, package


def judged(row: dict[str, object]) -> dict[str, object]:
    return {name: row[name] for name in JUDGED}


def without_browser() -> AbstractContextManager[object]:
    return real_eyes(browse=False)


real_eyes = wiring.eyes


@pytest.mark.sockets
def test_a_page_is_judged_as_it_was_although_its_server_is_gone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wiring, "eyes", without_browser)
    with site() as server:
        monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", server.place)
        # the phone is shown the false page, everybody else a shop: the clients must stay apart in the package
        server.pages["/"] = lambda asked: (
            200,
            {"Content-Type": "text/html; charset=utf-8"},
            (PAGE if "Mobile" in asked.headers["User-Agent"] else SHOP).encode(),
        )
        code, live, package = sealed(capsys, tmp_path / "sealed", f"http://{server.place}/")
        came = len(server.hits)
    assert (code, live["verdict"]) == (1, "impersonation")
    assert "page_cloaked" in {reason["code"] for reason in live["reasons"]}  # type: ignore[attr-defined]
    monkeypatch.setattr(wiring, "eyes", lambda: pytest.fail("nothing may be fetched"))
    code, (again,), err = run(capsys, "--from-evidence", str(package))
    assert (code, judged(again)) == (1, judged(live))
    evidence = again["evidence"]
    assert isinstance(evidence, dict)
    assert (evidence["as_sealed"], evidence["package"]) == (True, str(package))
    assert str(evidence["number"]).startswith(package.stem.rpartition("-")[2])
    assert err.count("\n") == 1  # the exception of the guard, nothing else
    assert len(server.hits) == came


@pytest.mark.browser
@pytest.mark.skipif(bool(available()), reason="needs Debian's chromium and the browser extra")
def test_what_only_a_browser_showed_is_judged_again_from_its_capture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"<html><body><script>document.write({json.dumps(PAGE)})</script></body></html>"
    with site() as server:
        monkeypatch.setenv("ZHENGBEN_ALLOW_HOSTS", server.place)
        server.put("/", script)
        _, live, package = sealed(capsys, tmp_path / "sealed", f"http://{server.place}/")
    assert live["verdict"] == "impersonation"
    _, (again,), _ = run(capsys, "--from-evidence", str(package))
    assert judged(again) == judged(live)
    assert again["evidence"]["as_sealed"] is True  # type: ignore[index]


@pytest.mark.parametrize("words", [(AD,), ("--kind", "text", AD), ("0755-00000000",), ("weilidai-app.cn",)])
def test_a_text_a_number_and_a_bare_name_give_the_same_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    code, live, package = sealed(capsys, tmp_path / "sealed", "--offline", *words)
    again_code, (again,), _ = run(capsys, "--from-evidence", str(package))
    assert (again_code, judged(again)) == (code, judged(live))
    assert again["evidence"]["as_sealed"] is True  # type: ignore[index]


def test_an_app_gives_the_same_again_when_the_file_is_gone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    app = tmp_path / "微粒贷.apk"
    app.write_bytes(
        make_apk(package="cn.example.loan", labels={"": "Loan", "zh": "微粒贷"}, signer=signing_key("s"),
                 permissions=("READ_CONTACTS", "READ_SMS"), urls=("http://loan.example/api",))
    )  # fmt: skip
    code, live, package = sealed(capsys, tmp_path / "sealed", "--offline", str(app))
    assert (code, live["verdict"]) == (1, "impersonation")
    app.unlink()
    again_code, (again,), _ = run(capsys, "--from-evidence", str(package))
    assert (again_code, judged(again)) == (code, judged(live))


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.html", PAGE, ""),
        ("a.eml", f"From: x@a.example\nSubject: hello\nContent-Type: text/plain; charset=utf-8\n\n{AD}\n", ""),
        ("a.eml", f"From: x@a.example\nSubject: hello\n\n{AD}\n", "text"),
        ("a.txt", AD, ""),
    ],
)
def test_a_file_gives_the_same_again_by_its_kind_or_the_one_insisted_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, body: str, kind: str
) -> None:
    file = tmp_path / name
    file.write_text(body, "utf-8")
    insist = ("--kind", kind) if kind else ()
    code, live, package = sealed(capsys, tmp_path / "sealed", "--offline", *insist, str(file))
    assert live["verdict"] == "impersonation"
    again_code, (again,), _ = run(capsys, "--from-evidence", str(package))
    assert (again_code, judged(again)) == (code, judged(live))


def test_a_changed_package_and_no_package_are_one_line_each_and_stop_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, _, package = sealed(capsys, tmp_path / "sealed", "--offline", AD)
    bent = tmp_path / "bent.zip"
    raw = bytearray(package.read_bytes())
    raw[300] ^= 1
    bent.write_bytes(raw)
    code, rows, err = run(capsys, "--from-evidence", str(bent), str(tmp_path / "none.zip"), str(package))
    assert (code, [row["verdict"] for row in rows]) == (2, ["impersonation"])
    first, second = err.splitlines()
    assert "bent.zip: not as it was sealed" in first
    assert "none.zip: cannot be read" in second


def test_a_package_that_breaks_the_examination_is_said_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, package = sealed(capsys, tmp_path / "sealed", "--offline", AD)
    calls = iter((True, False))

    def breaking(*given: object) -> object:
        if next(calls):
            raise RuntimeError("boom")
        return look_again(*given)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(check_again, "look_again", breaking)
    code, rows, err = run(capsys, "--from-evidence", str(package), str(package))
    assert (code, len(rows)) == (3, 1)
    assert "boom" in err


def test_a_dossier_that_changed_since_is_told_with_the_difference(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, _, package = sealed(capsys, tmp_path / "sealed", "--offline", AD)
    folder = tmp_path / "brands"
    shutil.copytree(SHIPPED, folder)
    dossier = folder / "weilidai.toml"
    text = dossier.read_text("utf-8")
    assert "微粒贷没有独立APP" in text
    dossier.write_text(text.replace("微粒贷没有独立APP", "微粒贷从来没有自己的应用"), "utf-8")
    code, (again,), err = run(capsys, "--from-evidence", "--brands", str(folder), str(package))
    assert (code, again["evidence"]["as_sealed"]) == (1, False)  # type: ignore[index]
    assert "not what was sealed for weilidai; its dossier has changed since" in err


def test_people_are_told_that_it_is_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, _, package = sealed(capsys, tmp_path / "sealed", "--offline", AD)
    assert main(["check", "--from-evidence", str(package)]) == 1
    out, err = capsys.readouterr()
    assert AD in out
    assert "the same reasons as when it was sealed" in err


@pytest.mark.parametrize("words", [("--seal", "x"), ("--kind", "text")])
def test_how_to_look_is_in_the_package_and_not_for_the_asker_to_say(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, rows, err = run(capsys, "--from-evidence", *words, "p.zip")
    assert (code, rows) == (2, [])
    assert "leave out --seal and --kind" in err
