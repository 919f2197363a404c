"""IPA, mobileconfig, HAP, split sets and bundles: the same facts, honestly marked where nothing was verified."""

import plistlib

import pytest

from zhengben.core.appfacts import Name
from zhengben.examine.appfile import examine_app
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Element, write_axml
from zhengben.range.make_apk_sign import detached
from zhengben.range.make_apk_zip import Entry
from zhengben.range.make_app_hap import make_hap, make_hap_set
from zhengben.range.make_app_ios import make_ipa, make_mobileconfig
from zhengben.range.make_app_sets import make_aab, make_set

KEY, OTHER = signing_key("containers", "Somebody"), signing_key("other", "Else")


def _texts(names: tuple[Name, ...]) -> set[tuple[str, str, str]]:
    return {(name.place, name.locale, name.text) for name in names}


@pytest.mark.parametrize(
    ("way", "told"), [("enterprise", "enterprise"), ("adhoc", "adhoc"), ("store", "store"), ("unsigned", "unsigned")]
)
def test_an_ipa_says_how_it_is_given_out(way: str, told: str) -> None:
    names = {"": "Loan", "zh-Hans": "微粒贷"}
    facts = examine_app(make_ipa(bundle="cn.example.loan", names=names, signer=KEY, way=way, team="Some Team"), "a.ipa")
    assert (facts.platform, facts.container, facts.package, facts.distribution) == (
        "ios",
        "ipa",
        "cn.example.loan",
        told,
    )
    assert ("infoplist", "zh-Hans", "微粒贷") in _texts(facts.names)
    assert not any(signer.verified for signer in facts.signers)
    if way != "unsigned":
        assert (facts.organisation, facts.expires) == ("Some Team", "2027-06-30")
        assert facts.signers[0].sha256 == KEY.sha256


def test_texts_inside_an_ipa_are_searched() -> None:
    files = {"www/index.html": "<script>location='https://evil.example/x'</script>客服微信：wld_kefu88".encode()}
    facts = examine_app(make_ipa(bundle="a.b", names={"": "x"}, files=files), "a.ipa")
    assert "evil.example" in facts.hosts
    assert ("wechat", "wld_kefu88") in {(c.kind, c.value) for c in facts.contacts}


@pytest.mark.parametrize("signed", [False, True])
def test_a_web_clip_shows_its_label_address_and_powers(signed: bool) -> None:  # noqa: FBT001 - pytest hands it over
    data = make_mobileconfig(
        label="微粒贷", url="https://evil.example/h5", organisation="深圳前海微众银行股份有限公司",
        extra_payloads=["com.apple.mdm", "com.apple.security.root", "com.apple.vpn.managed"],
        signer=KEY if signed else None,
    )  # fmt: skip
    facts = examine_app(data, "a.mobileconfig")
    assert ("webclip", "", "微粒贷") in _texts(facts.names)
    assert (facts.platform, facts.opens, facts.hosts) == ("webclip", ("https://evil.example/h5",), ("evil.example",))
    assert set(facts.features) == {"mdm", "root_ca", "vpn"}
    assert facts.organisation == "深圳前海微众银行股份有限公司"
    assert [signer.verified for signer in facts.signers] == [True] * signed
    assert facts.signed == ("verified" if signed else "unsigned")


def test_a_changed_profile_does_not_hold() -> None:
    data = make_mobileconfig(label="AAAAAAAAAA", url="https://evil.example/", signer=KEY)
    facts = examine_app(data.replace(b"AAAAAAAAAA", b"BBBBBBBBBB"), "a.mobileconfig")
    assert facts.names[0].text == "BBBBBBBBBB"
    assert facts.signed == "broken"


def test_an_encrypted_profile_says_what_was_not_seen() -> None:
    table = {"PayloadType": "Configuration", "EncryptedPayloadContent": b"\0" * 30}
    assert "app.encrypted" in examine_app(detached(plistlib.dumps(table), KEY, attached=True), "a.mobileconfig").missing


def test_a_hap_is_read_and_its_signature_verified() -> None:
    labels = {"": "Loan", "zh_CN": "微粒贷"}
    data = make_hap(bundle="cn.example.loan", labels=labels, signer=KEY, permissions=["ohos.permission.READ_SMS"])
    facts = examine_app(data, "a.hap")
    assert (facts.platform, facts.container, facts.package) == ("harmony", "hap", "cn.example.loan")
    assert {("application", "", "Loan"), ("application", "zh-rCN", "微粒贷")} <= _texts(facts.names)
    assert facts.permissions == ("ohos.permission.READ_SMS",)
    assert [(s.sha256, s.verified, s.why) for s in facts.signers] == [(KEY.sha256, True, "")]
    assert (facts.signed, facts.tamper, facts.distribution) == ("verified", (), "release")
    inside = examine_app(make_hap_set({"entry.hap": data}), "a.app")
    assert (inside.container, inside.package) == ("app", "cn.example.loan")


@pytest.mark.parametrize("kind", ["xapk", "apks", "apkm"])
def test_a_set_is_read_by_its_base_with_store_data(kind: str) -> None:
    base = make_apk(package="cn.example.loan", labels={"": "Loan"}, signer=KEY, permissions=["READ_SMS"])
    data = make_set(kind, base, {}, {"package_name": "cn.example.loan", "name": "微粒贷", "description": "借钱"})
    facts = examine_app(data, f"a.{kind}")
    assert (facts.container, facts.package, facts.signed) == (kind, "cn.example.loan", "verified")
    assert (("listing", "", "微粒贷") in _texts(facts.names)) is (kind != "apks")


def test_a_chinese_name_that_only_a_language_split_holds_is_read() -> None:
    base = make_apk(package="cn.example.loan", labels={"": "Loan"}, signer=KEY)
    table = Table("cn.example.loan")
    table.add("string", "app_name", [(Config("zh"), "微粒贷")])
    manifest = write_axml(Element("manifest", {"package": "cn.example.loan", "split": "config.zh"}))
    entries = [Entry(name="AndroidManifest.xml", data=manifest), Entry(name="resources.arsc", data=table.write())]
    split = sign_entries(entries, KEY, ("v2",))
    facts = examine_app(make_set("apks", base, {"config.zh.apk": split}, {}), "a.apks")
    assert ("application", "zh", "微粒贷") in _texts(facts.names)
    assert facts.signed == "verified"
    strange = examine_app(
        make_set("apks", base, {"config.zh.apk": sign_entries(entries, OTHER, ("v2",))}, {}), "a.apks"
    )
    assert (strange.signed, "split_signed_otherwise" in strange.tamper) == ("broken", True)
    assert not any(signer.verified for signer in strange.signers)


def test_a_bundle_is_read_from_protobuf() -> None:
    labels = {"": "Loan", "zh-CN": "微粒贷"}
    data = make_aab(
        package="cn.example.loan", labels=labels, permissions=["READ_SMS"], urls=["https://evil.example/a"], signer=KEY
    )
    facts = examine_app(data, "a.aab")
    assert (facts.container, facts.package, facts.permissions) == (
        "aab",
        "cn.example.loan",
        ("android.permission.READ_SMS",),
    )
    assert ("application", "zh-rCN", "微粒贷") in _texts(facts.names)
    assert (facts.hosts, facts.signed) == (("evil.example",), "verified")


def test_a_wrong_ending_fools_nobody() -> None:
    data = sign_entries(
        app_entries(package="cn.example.loan", labels={"": "x"}, permissions=[], urls=[], extras=Extras()), KEY
    )
    assert examine_app(data, "holiday.jpg").package == "cn.example.loan"
    assert examine_app(make_ipa(bundle="cn.example.loan", names={"": "x"}), "a.apk").platform == "ios"
