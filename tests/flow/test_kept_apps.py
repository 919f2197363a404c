"""What is kept of an app comes back, or is missing without harm; a sealed look is judged again as it was."""

import hashlib
from pathlib import Path

import pytest

from worlds import PAGE, Web, renewed
from zhengben.core.appfacts import AppFacts, Icon
from zhengben.core.fetched import Fetched, Seen
from zhengben.core.verdict import Label, Verdict
from zhengben.evidence.exhibit import Attached
from zhengben.evidence.reopen import Reopened
from zhengben.evidence.vault import Vault
from zhengben.flow.app_kept import PNG, KeptFile, keep_icons, kept_file, recall_app
from zhengben.flow.keepsake import keep
from zhengben.flow.look import look
from zhengben.flow.look_again import another_dossier, differences, look_again
from zhengben.store.plain import json_value

URL = "https://files.example/wld.apk?from=sms"
APP = b"PK\x03\x04 an app"


def seen(*bodies: bytes) -> Seen:
    """Give a look that brought these bodies home."""
    return Seen(
        fetched=tuple(Fetched(url=URL, final_url=URL, profile="mobile", status=200, body=body) for body in bodies)
    )


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def test_the_file_of_an_app_is_found_among_what_was_seen(vault: Vault) -> None:
    kept = kept_file({"seen": keep(seen(b"", b"<p>page</p>", APP), vault)}, vault)
    assert kept == KeptFile(name="wld.apk", sha256=hashlib.sha256(APP).hexdigest(), size=len(APP))


def test_a_file_that_is_not_there_is_no_error(vault: Vault) -> None:
    nothing = KeptFile()
    assert kept_file({}, vault) == nothing
    assert kept_file({"seen": "0" * 64}, vault) == nothing
    assert kept_file({"seen": vault.put(b"[]")}, vault) == nothing
    assert kept_file({"seen": keep(seen(b"<p>page</p>"), vault)}, vault) == nothing


def test_icons_come_back_drawn_and_never_as_anything_else(vault: Vault) -> None:
    drawn = (
        Icon(place="application", sha256="a", png=PNG + b"drawn"),
        Icon(place="application", sha256="b", png=b"GIF89a"),
        Icon(place="application", sha256="c"),
        Icon(place="alias", sha256="d"),
    )
    app = AppFacts(platform="android", icons=drawn)
    kept = keep_icons(app, vault)
    assert set(kept) == {"icon:a", "icon:b"}
    assert keep_icons(None, vault) == {}
    again = recall_app({"app": json_value(app)}, {**kept, "icon:c": "0" * 64}, vault)
    assert again is not None
    assert [icon.png for icon in again.icons] == [PNG + b"drawn", b"", b"", b""]
    assert recall_app({}, {}, vault) is None


# --- judged again -----------------------------------------------------------------------------------------------------


def test_a_look_at_nothing_but_a_name_is_judged_again_without_looking(tmp_path: Path) -> None:
    kept = Reopened(number="", target="weilidai-app.cn", kind="domain")
    assert look_again(kept, renewed(), tmp_path).verdict.label is Label.LOOKALIKE


def test_a_file_that_was_handed_over_is_judged_by_its_bytes(tmp_path: Path) -> None:
    page = Attached("../../page.html", "application/octet-stream", PAGE.encode())
    again = look_again(Reopened(number="", target="x", kind="url", files=(page,)), renewed(), tmp_path)
    assert (again.verdict.accuses, again.sighting.target) == (True, "x")


def test_a_very_long_address_is_opened_whole(tmp_path: Path) -> None:
    long = "http://a.cn/" + "x" * 3000
    first = look(long, renewed(), Web({"a.cn": (200, PAGE)}))
    kept = Reopened(number="", target=long[:2000], kind="url", seen=first.seen, verdicts=first.verdicts)
    again = look_again(kept, renewed(), tmp_path)
    assert differences(kept, again) == ()
    assert [one.url for one in again.seen.fetched] == [long] * 3


def test_a_brand_that_is_not_judged_any_more_is_a_difference() -> None:
    again = look("https://example.org/", renewed())
    kept = Reopened(number="", target="x", kind="url", verdicts=(Verdict(Label.SCAM, "gone", 90, ()),))
    assert differences(kept, again) == ("gone",)
    brand = renewed()[0]
    assert another_dossier(
        Reopened(number="", target="x", kind="url", brand=brand.id, brand_digest="f" * 64), renewed()
    )
    same = Reopened(number="", target="x", kind="url", brand=brand.id, brand_digest=brand.digest)
    assert not another_dossier(same, renewed())
