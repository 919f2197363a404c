"""`zhengben check` as its user meets it: one line a target, the gravest exit code, and one bad target stops nothing."""

import json
from pathlib import Path

import pytest

from zhengben.cli import check
from zhengben.cli.main import main
from zhengben.evidence.verify import verify_package
from zhengben.flow.look import look as look_itself

KEYS = {"target", "kind", "verdict", "brand", "score", "reasons", "coverage", "contacts", "elapsed_ms"}
AD = "下载微粒贷APP，强开额度，加QQ 2831907756"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]], str]:
    code = main(["check", *words])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_an_advertisement_is_accused_in_the_shape_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = run(capsys, "--offline", "--json", "--kind", "text", AD)
    assert code == 1
    assert set(row) >= KEYS
    assert (row["verdict"], row["brand"], row["kind"], row["target"]) == ("impersonation", "weilidai", "text", AD)
    assert row["contacts"] == [{"kind": "qq", "value": "2831907756", "raw": "2831907756"}]
    assert row["coverage"] == {"complete": True, "missing": []}
    first = row["reasons"][0]  # type: ignore[index]
    assert first["code"] == "no_such_app"
    assert "微粒贷没有独立APP" in first["text"]["zh"]
    assert "never had one" in first["text"]["en"]


def test_the_official_site_and_plain_text_are_nobodys_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows, _ = run(capsys, "--offline", "--json", "https://www.webank.com/", "明天下午三点开会", "95384")
    assert code == 0
    assert [row["verdict"] for row in rows] == ["official", "unrelated", "official"]


def test_one_bad_target_stops_nothing_and_the_gravest_code_wins(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.apk"
    broken.write_bytes(b"not a zip")
    code, rows, _ = run(capsys, "--offline", "--json", str(broken), AD, "https://www.webank.com/")
    assert [row["verdict"] for row in rows] == ["unknown", "impersonation", "official"]
    assert code == 3
    code, rows, err = run(capsys, "--offline", "--json", str(tmp_path / "missing.apk"), AD)
    assert code == 2
    assert len(rows) == 1
    assert len(err.strip().splitlines()) == 1
    assert "missing.apk" in err


def test_a_file_is_known_by_its_content(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "notes.txt"
    form = "<form><input type=password name=pin placeholder=取款密码><input placeholder=银行卡号></form>"
    page.write_text(f"<html><title>微粒贷官网</title><h1>微粒贷</h1>{form}</html>", "utf-8")
    code, (row,), _ = run(capsys, "--offline", "--json", str(page))
    assert (code, row["verdict"], row["kind"]) == (1, "impersonation", "url")


def test_a_folder_is_refused_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "--offline", f"{tmp_path}/")
    assert code == 2
    assert "screen apps" in err


def test_a_file_larger_than_can_be_looked_at_is_refused_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    large = tmp_path / "large.apk"
    with large.open("wb") as file:
        file.truncate(check.MAX_FILE + 1)
    code, rows, err = run(capsys, "--offline", "--json", str(large), AD)
    assert (code, [row["verdict"] for row in rows]) == (2, ["impersonation"])
    assert "give a smaller file" in err
    assert err.count("\n") == 1


def test_a_text_that_looks_like_a_path_is_a_text_when_the_user_insists(capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = run(capsys, "--offline", "--json", "--kind", "text", "./微粒贷.txt")
    assert (code, row["kind"]) == (0, "text")
    code, (row,), _ = run(capsys, "--offline", "--json", "--kind", "text", "./微粒贷.apk")
    assert (code, row["kind"], row["verdict"]) == (1, "text", "impersonation")


def test_people_read_words_and_what_was_not_seen(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["check", "--offline", "weilidai-app.cn"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("相似待看")
    assert "网页没有打开" in out
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    main(["check", "--offline", "weilidai-app.cn"])
    assert capsys.readouterr().out.startswith("lookalike")


def test_a_failing_examination_becomes_unknown_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = look_itself

    def failing(target: str, *rest: object, **more: object) -> object:
        if target == "坏":
            raise RuntimeError("boom")
        return real(target, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(check, "look", failing)
    code, rows, err = run(capsys, "--offline", "--json", "坏", AD)
    assert code == 3
    assert [row["verdict"] for row in rows] == ["unknown", "impersonation"]
    assert "boom" in err


def test_an_unknown_brand_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--offline", "--brand", "nobody", AD)
    assert code == 2
    assert "nobody" in err


def test_a_seal_leaves_a_package_that_verifies(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path / "home"))
    folder = tmp_path / "sealed"
    page = tmp_path / "a.html"
    page.write_text("<html><title>x</title></html>", "utf-8")
    code, _, err = run(capsys, "--offline", "--json", "--seal", str(folder), "--kind", "text", AD)
    assert code == 1
    main(["check", "--offline", "--seal", str(folder), str(page)])
    packages = sorted(folder.glob("*.zip"))
    assert len(packages) == 2
    assert packages[0].name in err + capsys.readouterr().err or packages[1].name in err
    assert all(verify_package(path.read_bytes()).ok for path in packages)


def test_a_seal_that_cannot_be_written_is_said_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGBEN_HOME", str(tmp_path / "home"))
    (tmp_path / "file").write_text("x")
    code, rows, err = run(capsys, "--offline", "--json", "--seal", str(tmp_path / "file" / "in"), AD, "明天开会")
    assert (code, len(rows)) == (2, 2)
    assert err.count("not sealed") == 2


@pytest.mark.sockets
def test_online_a_name_that_does_not_exist_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    code, (row,), _ = run(capsys, "--json", "http://127.0.0.1:9/")
    assert (code, row["verdict"]) == (3, "unknown")
    assert row["coverage"]["missing"] == ["page.refused_address"]  # type: ignore[index]


def test_a_reason_that_two_rules_give_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--offline", "95384"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  - ")]
    assert len(lines) == len(set(lines)) >= 1
