"""IPA, mobileconfig, HAP, split sets and bundles: the same facts, honestly marked where nothing was verified."""

import plistlib

import pytest

from zhengben.core.appfacts import Name
from zhengben.examine.appfile import examine_app
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Element, write_axml
from zhengben.range.make_apk_sign import detached
from zhengben.range.make_apk_zip import Entry, write_parts
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


def _zip(**files: bytes) -> bytes:
    return write_parts([Entry(name=name.replace("_dot_", "."), data=data) for name, data in files.items()]).join()


APK = make_apk(package="cn.example.loan", labels={"": "Loan", "zh": "微粒贷"}, signer=KEY)


@pytest.mark.parametrize(
    ("inner", "package"),
    [
        ({"a_dot_apk": APK}, "cn.example.loan"),
        ({"a_dot_xapk": make_set("xapk", APK, {}, {"package_name": "cn.example.loan"})}, "cn.example.loan"),
        ({"a_dot_ipa": make_ipa(bundle="cn.ios", names={"": "微粒贷"})}, "cn.ios"),
        ({"a_dot_hap": make_hap(bundle="cn.hm", labels={"": "微粒贷"})}, "cn.hm"),
        ({"a_dot_mobileconfig": make_mobileconfig(label="微粒贷", url="https://e.example/")}, "range.profile"),
        ({"more_dot_zip": _zip(a_dot_xapk=make_set("xapk", APK, {}, {}))}, "cn.example.loan"),
        ({"a_dot_aab": make_aab(package="cn.aab", labels={"": "微粒贷"})}, "cn.aab"),
    ],
)
def test_apps_in_a_plain_archive_are_read(inner: dict[str, bytes], package: str) -> None:
    facts = examine_app(_zip(readme_dot_txt=b"x", **inner), "chat.zip")
    assert facts.package == package
    assert "微粒贷" in {name.text for name in facts.names}
    assert not facts.missing


def test_unrelated_apps_in_one_archive_are_no_split_set() -> None:
    other = make_apk(package="cn.other", labels={"": "别的"}, signer=OTHER)
    facts = examine_app(_zip(one_dot_apk=APK, two_dot_apk=other), "chat.zip")
    assert (facts.signed, "split_signed_otherwise" in facts.tamper) == ("verified", False)
    assert {"微粒贷", "别的"} <= {name.text for name in facts.names}
    assert facts.notes == ("inside_archive",)


def test_archives_in_archives_without_end_are_left_and_many_apps_are_said_to_be_more() -> None:
    deep = APK
    for _ in range(4):
        deep = _zip(a_dot_zip=deep)
    assert not examine_app(deep, "chat.zip").package
    many = _zip(**{f"a{i}_dot_ipa": make_ipa(bundle=f"cn.i{i}", names={"": f"n{i}"}) for i in range(6)})
    facts = examine_app(many, "chat.zip")
    assert "app.more_inside" in facts.missing
    assert len({name.text for name in facts.names}) == 4
