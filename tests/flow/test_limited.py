"""A limited call comes back, or says why it did not; the caller and its other calls are never harmed."""

import io
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from zhengben.flow import limited
from zhengben.flow.limited import ExaminationKilled, FileBytes, run_limited
from zhengben.range.make_apk import Extras, make_apk, signing_key

HERE = "zhengben.flow.limited_drills"
APP = "zhengben.examine.appfile:examine_app"


@pytest.fixture(autouse=True)
def _no_workers_left() -> Iterator[None]:
    yield
    limited.close()


def test_an_app_is_examined_and_its_facts_come_back() -> None:
    data = make_apk(package="cn.example.loan", labels={"": "Loan", "zh": "微粒贷"}, signer=signing_key("s"))
    facts = run_limited(APP, data, "a.apk")
    assert facts.package == "cn.example.loan"
    assert "微粒贷" in {name.text for name in facts.names}


def test_a_file_is_read_by_the_worker_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.apk"
    path.write_bytes(make_apk(package="cn.example.loan", labels={"": "Loan"}, signer=signing_key("s")))
    assert run_limited(APP, FileBytes(path), "a.apk").package == "cn.example.loan"


@pytest.mark.parametrize(
    ("drill", "limits", "why"),
    [
        ("spin", {"cpu_s": 0.2}, "cpu"),
        ("sleep", {"wall_s": 0.3}, "wall"),
        ("hoard", {"memory_mb": 256}, "memory"),
        ("die", {}, "crashed"),
        ("fail", {}, "error"),
        ("write_file", {}, "error"),
        ("answer_with_code", {}, "error"),
    ],
)
def test_a_call_that_goes_wrong_says_why_and_the_next_one_works(drill: str, limits: dict[str, float], why: str) -> None:
    with pytest.raises(ExaminationKilled) as raised:
        run_limited(f"{HERE}:{drill}", **limits)  # type: ignore[arg-type]  # the table mixes floats and ints
    assert raised.value.why == why
    assert run_limited(f"{HERE}:double", 21) == 42


def test_a_spin_inside_c_code_is_stopped_too() -> None:
    started = time.monotonic()
    with pytest.raises(ExaminationKilled) as raised:
        run_limited(f"{HERE}:spin_in_c", cpu_s=0.3, wall_s=20)
    assert raised.value.why == "cpu"
    assert time.monotonic() - started < 10


def test_a_big_file_does_not_count_against_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(bytes(300 << 20))
    assert run_limited(f"{HERE}:length", path.read_bytes(), wall_s=60, memory_mb=256) == 300 << 20
    assert run_limited(f"{HERE}:length", FileBytes(path), wall_s=60, memory_mb=256) == 300 << 20


def test_what_a_worker_read_before_leaves_the_next_file_its_room() -> None:
    """Reading a picture leaves some 800 MB of addresses behind, more than the whole limit of an app file."""
    pool = limited.Pool(1)
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(picture, "PNG")
    pool.run("zhengben.examine.image:read_picture", picture.getvalue(), cpu_s=20.0, wall_s=60.0, memory_mb=2048)
    deep = make_apk(
        package="cn.example.loan",
        labels={"": "Loan"},
        extras=Extras(files={"assets/capacitor.config.json": b"[" * 900_000}),
    )
    facts = pool.run(APP, deep, "a.apk", wall_s=60.0)
    assert facts.package == "cn.example.loan"
    worker = pool.idle.get_nowait()
    worker.kill()
    assert worker.calls == 2, "a fresh worker would prove nothing"


def test_only_functions_of_the_product_can_be_called() -> None:
    with pytest.raises(ValueError, match="not a function of this product"):
        run_limited("os:system", "true")


def test_the_environment_of_the_caller_stays_with_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGBEN_DATABASE", "postgres://secret")
    assert "ZHENGBEN_DATABASE" not in run_limited(f"{HERE}:environment")


def test_many_threads_share_few_workers() -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda i=i: answers.append(run_limited(f"{HERE}:double", i))) for i in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [2 * i for i in range(40)]


def test_a_worker_is_used_again() -> None:
    first = run_limited(f"{HERE}:pid")
    assert first == run_limited(f"{HERE}:pid") != os.getpid()


def test_a_worker_that_left_while_idle_is_replaced() -> None:
    gone = run_limited(f"{HERE}:pid")
    os.kill(gone, 9)
    time.sleep(0.1)
    assert run_limited(f"{HERE}:double", 4) == 8
