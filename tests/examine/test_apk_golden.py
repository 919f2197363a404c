"""Signatures against the 310 golden vectors of AOSP's apksig, with Debian's apksigner as the oracle."""

import json
from pathlib import Path

import pytest

from zhengben.examine.apk.package import open_package
from zhengben.examine.apk.signatures import check_signatures
from zhengben.examine.apk.zipread import Archive

GOLDEN = Path(__file__).parent.parent / "data" / "apksig_golden"
EXPECTED = json.loads((GOLDEN / "expected.json").read_text("utf-8"))
# The oracle is older than scheme v3.1 and does not see that block; AOSP's own test has this file verify.
DIFFERENT = {"v31-ec-p256-2-tgt-33-1-tgt-28-targetSdk-30.apk"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_we_say_what_apksigner_says(name: str) -> None:
    package = open_package(Archive((GOLDEN / name).read_bytes()))
    manifest = package.manifest
    outcome = check_signatures(
        package.archive, manifest.min_sdk, target_sandbox=manifest.sandbox, target_sdk=manifest.target_sdk
    )
    wanted = EXPECTED[name]["verifies"]
    assert outcome.verified == (not wanted if name in DIFFERENT else wanted), outcome.errors
    if wanted:
        verified = {signer.sha256 for signer in outcome.signers if signer.verified}
        assert set(EXPECTED[name]["certificates"]) <= verified


def test_there_are_as_many_as_there_should_be() -> None:
    assert len(EXPECTED) == 310
    assert {path.name for path in GOLDEN.glob("*.apk")} == set(EXPECTED)
