"""The instructions for a court work as they stand: each command runs on a real package and says no to a changed one."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from zhengben.core.fetched import Fetched
from zhengben.evidence.box import read_box, write_box
from zhengben.evidence.exhibit import Exhibit, Operator
from zhengben.evidence.keys import fingerprint
from zhengben.evidence.seal import number, seal
from zhengben.evidence.verify import verify_package

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime.fromisoformat("2026-11-22T09:02:03+08:00")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
GUIDES = ("court.en.md", "court.zh.md")


@pytest.fixture
def package() -> bytes:
    """Give a sealed package."""
    fetched = Fetched(
        url="https://a.cn/", final_url="https://a.cn/", profile="mobile", status=200, body="微粒贷".encode()
    )
    exhibit = Exhibit(target="https://a.cn/", kind="url", operator=Operator(name="x"), fetched=(fetched,))
    return seal(exhibit, KEY, NOW)


def commands(guide: str) -> list[str]:
    """Give the commands of a guide, in order."""
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / guide).read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def unpacked(body: bytes, folder: Path) -> Path:
    """Unpack as anybody would."""
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(body)) as box:
        box.extractall(folder)
    return folder


def outcomes(guide: str, folder: Path) -> list[tuple[int, str]]:
    """Run every command of a guide."""
    return [
        (done.returncode, done.stdout.strip())
        for line in commands(guide)
        for done in [subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, text=True, check=False)]
    ]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_step_holds_for_a_whole_package(guide: str, package: bytes, tmp_path: Path) -> None:
    files, over_list, over_manifest, key = outcomes(guide, unpacked(package, tmp_path / "box"))
    assert files == (0, "")
    assert over_list == over_manifest == (0, "Signature Verified Successfully")
    assert key[1].split()[0] == fingerprint(KEY.public_key())


def another_key(_: bytes) -> bytes:
    """Give somebody else's public key."""
    return Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


Change = Callable[[bytes], bytes]
CHANGES: dict[str, tuple[str, Change, set[int]]] = {
    "a file changed": ("data/procedure.json", lambda body: body.replace(b"x", b"y", 1), {0}),
    "the page changed": ("READ.zh.html", lambda body: body + b"<p>x", {0}),
    "the list changed": ("SHA256SUMS", lambda body: body.replace(b"0", b"1", 1), {0, 1}),
    "the manifest changed": ("manifest.json", lambda body: body.replace(b'"case":""', b'"case":"1"'), {0, 2}),
    "another key": (
        "signer.pem",
        another_key,
        {0, 1, 2},
    ),
}  # fmt: skip


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_seen_by_the_step_that_should(guide: str, name: str, package: bytes, tmp_path: Path) -> None:
    path, change, failing = CHANGES[name]
    folder = unpacked(package, tmp_path / "box")
    before = (folder / path).read_bytes()
    (folder / path).write_bytes(change(before))
    assert (folder / path).read_bytes() != before
    codes = [code for code, _ in outcomes(guide, folder)]
    assert {place for place, code in enumerate(codes) if code} == failing


def test_a_rebuilt_container_is_the_first_row_of_the_table(package: bytes) -> None:
    """All else holds and the number differs: another zip program packed the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in read_box(package).items():
            box.writestr(name, body)
    assert number(out.getvalue()) != number(package)
    assert not verify_package(out.getvalue()).ok


def test_both_languages_have_the_same_steps_and_rows() -> None:
    english, chinese = ((DOCS / guide).read_text("utf-8") for guide in GUIDES)
    assert commands("court.en.md") == commands("court.zh.md")
    assert english.count("\n## ") == chinese.count("\n## ") == 7
    assert english.count("\n| ") == chinese.count("\n| ")


def test_an_added_file_is_in_no_list(package: bytes) -> None:
    members = read_box(package)
    named = {line.split("  ", 1)[1] for line in members["SHA256SUMS"].decode().splitlines()}
    assert named == members.keys() - {"SHA256SUMS", "SHA256SUMS.sig"}
    assert not verify_package(write_box({**members, "extra.txt": b"x"})).ok
