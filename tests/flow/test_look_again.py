"""The package of a case, judged again: what a court's expert can do with nothing but the file and the dossiers."""

from pathlib import Path

import pytest

from worlds import Town
from zhengben.evidence.exhibit import Attached
from zhengben.evidence.reopen import Reopened, seen_of
from zhengben.flow.dossiers import SHIPPED, load_brands
from zhengben.flow.look_again import differences, look_again
from zhengben.range.make_apk import make_apk, signing_key
from zhengben.store.models import Exhibit


@pytest.mark.parametrize(
    ("locator", "kind"), [("", "domain"), ("下载微粒贷APP，强开额度，加QQ 2831907756", "text")], ids=["site", "text"]
)
def test_the_package_of_a_case_gives_the_verdict_of_its_case(town: Town, locator: str, kind: str) -> None:
    town.report(*([locator] if locator else []), kind=kind)
    town.work()
    kept = seen_of(town.vault.get(Exhibit.objects.get().package))
    again = look_again(kept, town.adapters().brands, SHIPPED)
    assert kept.kind == kind
    assert differences(kept, again) == ()
    assert again.verdict.accuses


@pytest.mark.parametrize(
    "name", ["../../outside.apk", "/etc/passwd.apk", "..\\..\\x.apk", "a\x00b.apk", "长" * 300 + ".apk", ".."]
)
def test_the_name_of_an_app_in_a_package_leads_nowhere(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    app = make_apk(package="cn.example.loan", labels={"": "微粒贷"}, signer=signing_key("s"))
    kept = Reopened(number="", target="x", kind="app_file", files=(Attached(name, "application/octet-stream", app),))
    again = look_again(kept, load_brands(ids=("weilidai",)), SHIPPED)
    assert again.verdict.accuses
    assert again.sighting.target == "x"
    assert list(tmp_path.iterdir()) == []
