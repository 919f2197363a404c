"""Every way an app comes to its verdict: where a name stands, how it is written, who signed, and on which platform."""

import json
from collections.abc import Mapping

import pytest

from zhengben.core.appfacts import AppFacts, Name, Signer
from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect import app_hiding, app_icon, app_identity, app_labels, app_names, app_owner, app_powers, mention
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.names.api import pack
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_hap import make_hap
from zhengben.range.make_app_ios import make_ipa

BANK, THIEF = signing_key("bank", "The Bank"), signing_key("thief", "Thief")
PACKAGE = "cn.example.bank"


def own(platform: str, value: str = PACKAGE, certificate: str = "") -> Channel:
    """Give an app of the bank's."""
    return Channel(kind="app", exists="yes", value=value, platform=platform, cert_sha256=certificate, source="test")


NEVER = Brand(
    id="never", owner="测试公司", finance=True, names=Names(primary="微粒贷", latin=("weilidai",)),
    channels=(Channel(kind="app", exists="never", statement="没有独立APP", source="test"),),
)  # fmt: skip
SHORT = Brand(
    id="short", owner="测试公司", finance=True, names=Names(primary="花呗", latin=("huabei",)),
    channels=(Channel(kind="app", exists="never", statement="没有独立APP", source="test"),),
)  # fmt: skip
OWNER = Brand(
    id="bank", owner="榛联银行股份有限公司", finance=True, names=Names(primary="榛联银行", latin=("zhenlian",)),
    channels=(own("android", certificate=BANK.sha256), own("ios", certificate=BANK.sha256)),
)  # fmt: skip
PACK = pack((NEVER, SHORT, OWNER))
DETECTORS = (app_hiding, app_icon, app_identity, app_names, app_owner, app_powers, mention)


def verdict(app: AppFacts, brand: Brand) -> Verdict:
    """Judge an app beside one brand as the product does."""
    texts = "\n".join((*(name.text for name in app.names), *app.strings))
    sighting = Sighting(kind="app_file", target="x", app=app, text=texts, missing=app.missing)
    reasons = [reason for detector in DETECTORS for reason in detector.detect(sighting, brand, PACK)]
    needs = tuple(str(reason.facts["needs"]) for reason in reasons if reason.facts.get("needs"))
    return judge(brand.id, reasons, Coverage((*app.missing, *needs)))


def named(text: str, place: str = "application", platform: str = "android", **more: object) -> AppFacts:
    """Give an app of one name."""
    facts: dict[str, object] = {"package": "cn.example.app", "signed": "verified", **more}
    return AppFacts(platform=platform, names=(Name(text=text, place=place),), **facts)  # type: ignore[arg-type]


def codes(found: Verdict) -> set[str]:
    """Give the codes of the reasons."""
    return {reason.code for reason in found.reasons}


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", app_labels.ORDER)
@pytest.mark.parametrize("text", ["微粒贷", "花呗"])
def test_the_name_alone_accuses_in_every_place_that_a_person_reads(text: str, place: str) -> None:
    brand = NEVER if text == "微粒贷" else SHORT
    assert verdict(named(text, place), brand).label is Label.IMPERSONATION


@pytest.mark.parametrize("other", ["Service", "Tool", "Camera", "首页", "设置"])
def test_a_short_name_is_seen_beside_any_other_label(other: str) -> None:
    """Read beside others a name of two characters means nothing; as a whole label it can mean no other."""
    names = (Name(text=other), Name(text="花呗", locale="zh"))
    app = AppFacts(platform="android", package="a.b", names=names, signed="verified")
    found = verdict(app, SHORT)
    assert found.label is Label.IMPERSONATION
    assert {reason.facts["title"] for reason in found.reasons if reason.code == "no_such_app"} == {"花呗"}


@pytest.mark.parametrize("text", ["花卉", "滑板", "华北", "微粒", "微信", "颗粒", "小微企业贷", "微业贷", "画呗呗"])
def test_honest_labels_are_left_alone(text: str) -> None:
    for brand in (NEVER, SHORT, OWNER):
        assert verdict(named(text), brand).label not in {Label.IMPERSONATION, Label.SCAM}, brand.id


@pytest.mark.parametrize(("text", "brand"), [("花贝", SHORT), ("威力贷", NEVER)])
def test_a_label_that_sounds_like_the_name_is_for_a_person(text: str, brand: Brand) -> None:
    found = verdict(named(text), brand)
    assert found.label is Label.LOOKALIKE
    assert "app_uses_name" in codes(found)


@pytest.mark.parametrize("text", ["微力贷款计算器与利率查询", "花贝壳手工", "我的花贝"])
def test_a_sound_within_a_longer_label_says_nothing(text: str) -> None:
    for brand in (NEVER, SHORT):
        assert "app_uses_name" not in codes(verdict(named(text), brand))


@pytest.mark.parametrize("text", ["微粒贷骗局曝光", "防微粒贷诈骗手册", "微粒贷被骗维权"])
def test_an_app_about_the_brand_is_a_mention(text: str) -> None:
    assert verdict(named(text), NEVER).label is Label.MENTION


def test_a_hundred_labels_hide_no_name() -> None:
    names = (*(Name(text=f"页面 {i}", place="activity") for i in range(120)), Name(text="微粒贷", place="activity"))
    app = AppFacts(platform="android", package="a.b", names=names, signed="verified")
    assert verdict(app, NEVER).label is Label.IMPERSONATION


# --- HarmonyOS ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed", ["unsigned", "broken"])
def test_a_harmony_module_no_store_gave_out_has_no_excuse(signed: str) -> None:
    assert verdict(named("榛联银行", "ability", "harmony", signed=signed), OWNER).label is Label.IMPERSONATION


def test_a_signed_harmony_app_of_a_brand_with_apps_elsewhere_is_for_a_person() -> None:
    """The bank may well have one that its dossier does not list yet."""
    assert verdict(named("榛联银行", "application", "harmony"), OWNER).label is Label.LOOKALIKE


def test_of_a_brand_that_never_had_an_app_no_harmony_app_is_genuine() -> None:
    assert verdict(named("微粒贷", "application", "harmony"), NEVER).label is Label.IMPERSONATION


def test_a_real_module_says_so_by_its_own_bytes() -> None:
    body = make_hap(bundle="cn.example.x", labels={"": "榛联银行"}, signer=THIEF)
    assert verdict(examine_app(body, "a.hap"), OWNER).label is Label.LOOKALIKE
    damaged = bytearray(body)
    damaged[body.index(b"pack.info") + 12] ^= 1
    assert examine_app(bytes(damaged), "a.hap").signed == "broken"
    assert verdict(examine_app(bytes(damaged), "a.hap"), OWNER).label is Label.IMPERSONATION


# --- iOS ------------------------------------------------------------------------------------------------------------


def ios(
    key: object = BANK, bundle: str = PACKAGE, name: str = "榛联银行", files: Mapping[str, bytes] | None = None
) -> bytes:
    """Give an app for enterprise use, signed by a key."""
    return make_ipa(bundle=bundle, names={"": name}, signer=key, code_signer=key, files=files)  # type: ignore[arg-type]


def test_the_owners_ios_app_is_official_by_its_verified_code() -> None:
    assert verdict(examine_app(ios(), "a.ipa"), OWNER).label is Label.OFFICIAL


def test_the_owners_bundle_under_another_certificate_is_repackaged() -> None:
    found = verdict(examine_app(ios(THIEF), "a.ipa"), OWNER)
    assert found.label is Label.IMPERSONATION
    assert "app_repackaged" in codes(found)


def test_the_owners_ios_app_with_a_changed_file_is_forged() -> None:
    old = Archive(ios(files={"a.txt": b"a"}))
    entries = [Entry(name=e.name, data=old.read(e, 1 << 20).replace(b"a", b"b") if e.name.endswith("a.txt") else
                     old.read(e, 1 << 20)) for e in old.entries]  # fmt: skip
    found = verdict(examine_app(write_parts(entries).join(), "a.ipa"), OWNER)
    assert "app_forged_signature" in codes(found)
    assert found.label is Label.IMPERSONATION


def test_a_further_file_in_the_owners_app_proves_neither() -> None:
    """Rules of the list itself may leave files out and are not run here: not proved, and nobody accused by it."""
    old = Archive(ios())
    entries = [Entry(name=e.name, data=old.read(e, 1 << 20)) for e in old.entries]
    more = [*entries, Entry(name="Payload/App.app/left.over", data=b"x")]
    found = verdict(examine_app(write_parts(more).join(), "a.ipa"), OWNER)
    assert found.label not in {Label.OFFICIAL, Label.IMPERSONATION}


H5 = {
    "Pandora/apps/__UNI__1/www/manifest.json": json.dumps({"id": "__UNI__1", "name": "微粒贷"}).encode(),
    "capacitor.config.json": json.dumps({"appName": "微粒贷", "server": {"url": "https://h5.example/"}}).encode(),
    "www/index.html": "<html><title>微粒贷</title>".encode(),
    "config.xml": "<widget><name>微粒贷</name></widget>".encode(),
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(H5))
def test_the_name_inside_an_ios_shell_is_found(path: str) -> None:
    facts = examine_app(ios(THIEF, "cn.example.tool", "Tool", {path: H5[path]}), "a.ipa")
    assert ("微粒贷", "h5") in {(name.text, name.place) for name in facts.names}
    assert verdict(facts, NEVER).label in {Label.IMPERSONATION, Label.LOOKALIKE}


def test_an_address_in_an_ios_shells_configuration_is_what_it_opens() -> None:
    path = "capacitor.config.json"
    facts = examine_app(ios(THIEF, "cn.example.tool", "Tool", {path: H5[path]}), "a.ipa")
    assert facts.opens == ("https://h5.example/",)
    assert "h5.example" in facts.hosts


# --- code in front of a package -------------------------------------------------------------------------------------


@pytest.mark.parametrize("magic", [b"dex\n035\0", b"dey\n036\0"])
def test_code_in_front_of_the_owners_old_package_is_never_official(magic: bytes) -> None:
    """Scheme v1 covers the entries alone: a phone before Android 8 runs the code in front, with the owner's rights."""
    entries = app_entries(
        package=PACKAGE, labels={"": "榛联银行"}, permissions=[], urls=[], extras=Extras(target_sdk=26)
    )
    real = sign_entries(entries, BANK, ("v1",))
    assert verdict(examine_app(real, "a.apk"), OWNER).label is Label.OFFICIAL
    facts = examine_app(magic.ljust(112, b"\0") + real, "a.apk")
    assert facts.signed == "broken"
    assert verdict(facts, OWNER).label is not Label.OFFICIAL


def test_code_in_front_breaks_a_whole_file_signature_anyway() -> None:
    real = make_apk(package=PACKAGE, labels={"": "榛联银行"}, signer=BANK)
    facts = examine_app(b"dex\n035\0".ljust(112, b"\0") + real, "a.apk")
    assert verdict(facts, OWNER).label is not Label.OFFICIAL


# --- who signed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ["", "android", "Android"])
def test_a_dossier_may_leave_the_platform_out(platform: str) -> None:
    brand = Brand(
        id="bank", owner="x", finance=True, names=OWNER.names, channels=(own(platform, certificate=BANK.sha256),)
    )
    body = make_apk(package=PACKAGE, labels={"": "榛联银行"}, signer=BANK)
    assert verdict(examine_app(body, "a.apk"), brand).label is Label.OFFICIAL


@pytest.mark.parametrize("platform", ["ios", "harmony", "windows"])
def test_an_app_of_another_platform_is_not_this_one(platform: str) -> None:
    brand = Brand(
        id="bank", owner="x", finance=True, names=OWNER.names, channels=(own(platform, certificate=BANK.sha256),)
    )
    body = make_apk(package=PACKAGE, labels={"": "榛联银行"}, signer=BANK)
    assert verdict(examine_app(body, "a.apk"), brand).label is not Label.OFFICIAL


@pytest.mark.parametrize("why", sorted(app_identity.UNCHECKED))
def test_what_was_not_checked_accuses_nobody_of_forging(why: str) -> None:
    signer = Signer(scheme="ios_code", sha256=BANK.sha256, why=why)
    app = AppFacts(platform="ios", package="cn.other", signers=(signer,), distribution="store", signed="unchecked")
    assert "app_forged_signature" not in codes(verdict(app, OWNER))


@pytest.mark.parametrize("signed", ["broken", "unsigned", "unchecked", ""])
def test_a_signer_is_proof_only_where_the_whole_file_holds(signed: str) -> None:
    signer = Signer(scheme="v2", sha256=BANK.sha256, verified=True)
    app = AppFacts(
        platform="android", package=PACKAGE, signers=(signer,), signed=signed, names=(Name(text="榛联银行"),)
    )
    assert verdict(app, OWNER).label is not Label.OFFICIAL
