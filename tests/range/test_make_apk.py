"""The builder against Debian's own tools, which share nothing with it or with our reader."""

import shutil
import subprocess
from pathlib import Path

import pytest

from zhengben.range.make_apk import Extras, make_apk, signing_key

KEY = signing_key("tools", "Somebody")


@pytest.fixture
def app(tmp_path: Path) -> Path:
    path = tmp_path / "a.apk"
    extras = Extras(
        alias_labels={"": "微粒贷官方"}, activity_labels={"": "Main", "zh": "主页"}, icons={240: b"\x89PNG"}
    )
    path.write_bytes(
        make_apk(
            package="cn.example.loan", labels={"": "Loan", "zh": "微粒贷"}, permissions=["READ_SMS"],
            urls=["https://evil.example/"], signer=KEY, extras=extras,
        )
    )  # fmt: skip
    return path


@pytest.mark.skipif(not shutil.which("aapt"), reason="Debian's aapt is not installed")
def test_aapt_reads_it(app: Path) -> None:
    out = subprocess.run(["aapt", "dump", "badging", str(app)], capture_output=True, text=True, check=True).stdout
    assert "package: name='cn.example.loan'" in out
    assert "application-label-zh:'微粒贷'" in out
    assert "uses-permission: name='android.permission.READ_SMS'" in out


@pytest.mark.skipif(not shutil.which("apksigner"), reason="Debian's apksigner is not installed")
def test_apksigner_verifies_it(app: Path) -> None:
    done = subprocess.run(
        ["apksigner", "verify", "-v", "--print-certs", str(app)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for scheme in (
        "v1 scheme (JAR signing)",
        "v2 scheme (APK Signature Scheme v2)",
        "v3 scheme (APK Signature Scheme v3)",
    ):
        assert f"Verified using {scheme}: true" in done.stdout
    assert KEY.sha256 in done.stdout


def test_one_seed_gives_one_file() -> None:
    one, two = (make_apk(package="a.b", labels={"": "x"}, signer=signing_key("same")) for _ in range(2))
    assert one == two
    assert one != make_apk(package="a.b", labels={"": "x"}, signer=signing_key("other"))


def test_without_a_signer_it_is_unsigned() -> None:
    assert b"APK Sig Block 42" not in make_apk(package="a.b", labels={"": "x"})
