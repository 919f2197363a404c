"""The decision about an app: who is accused, who is proved, who is left to a person, and who is left alone."""

import dataclasses

import pytest

from zhengben.core.appfacts import AppFacts, Likeness, Name, Signer
from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Verdict
from zhengben.detect import app_hiding, app_icon, app_identity, app_labels, app_names, app_owner, app_powers, mention
from zhengben.detect.app_kinship import shared_prints
from zhengben.examine.appfile import examine_app
from zhengben.names.api import pack
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_zip import write_parts
from zhengben.range.make_app_ios import make_ipa, make_mobileconfig

BANK, THIEF, TEST = signing_key("bank", "The Bank"), signing_key("thief", "Thief"), signing_key("t", "Android Debug")
LOAN = Brand(
    id="weilidai", owner="深圳前海微众银行股份有限公司", finance=True,
    names=Names(primary="微粒贷", aliases=("微粒貸",), latin=("weilidai",), siblings=("微业贷", "微车贷")),
    channels=(
        Channel(kind="app", exists="never", statement="微粒贷没有独立APP", source="test"),
        Channel(kind="app", exists="yes", value="com.tencent.mm", platform="android", role="host"),
        Channel(kind="domain", exists="yes", value="webank.com"),
    ),
)  # fmt: skip
OWNER = Brand(
    id="webank", owner="深圳前海微众银行股份有限公司", finance=True,
    names=Names(primary="微众银行", latin=("webank",), siblings=("微粒贷",)),
    channels=(
        Channel(kind="app", exists="yes", value="com.webank.app", platform="android", cert_sha256=BANK.sha256.upper()),
        Channel(kind="app", exists="yes", value="com.webank.two", platform="android"),
        Channel(kind="app", exists="yes", value="com.webank.ios", platform="ios", cert_sha256="ab" * 32),
    ),
)  # fmt: skip
PACK = pack((LOAN, OWNER))
DETECTORS = (app_hiding, app_icon, app_identity, app_names, app_owner, app_powers, mention)


def _judge(app: AppFacts, brand: Brand) -> Verdict:
    texts = "\n".join((*(name.text for name in app.names), *app.strings))
    sighting = Sighting(kind="app_file", target="x", app=app, text=texts, missing=app.missing)
    reasons = [reason for detector in DETECTORS for reason in detector.detect(sighting, brand, PACK)]
    needs = tuple(str(reason.facts["needs"]) for reason in reasons if reason.facts.get("needs"))
    return judge(brand.id, reasons, Coverage((*app.missing, *needs)))


def _apk(label: str = "Loan", package: str = "cn.example.app", key: object = THIEF, **extras: object) -> AppFacts:
    more = Extras(**extras)  # type: ignore[arg-type]  # the tests hand on what Extras takes
    return examine_app(make_apk(package=package, labels={"": label}, signer=key, extras=more), "a.apk")  # type: ignore[arg-type]  # as above


def _codes(verdict: Verdict) -> set[str]:
    return {reason.code for reason in verdict.reasons}


def test_official_needs_package_and_verified_certificate() -> None:
    verdict = _judge(_apk("微众银行", "com.webank.app", BANK), OWNER)
    assert (verdict.label, "official_app" in _codes(verdict)) == ("official", True)


def test_a_channel_that_names_no_platform_is_of_every_platform() -> None:
    channels = tuple(dataclasses.replace(channel, platform="") for channel in OWNER.channels)
    proved = _judge(_apk("微众银行", "com.webank.app", BANK), dataclasses.replace(OWNER, channels=channels))
    assert (proved.label, "official_app" in _codes(proved)) == ("official", True)


@pytest.mark.parametrize("key", [THIEF, TEST, None])
def test_an_official_package_signed_by_others_is_the_gravest(key: object) -> None:
    verdict = _judge(_apk("Any", "com.webank.app", key), OWNER)
    assert verdict.label == "impersonation"
    assert verdict.reasons[0].code == "app_repackaged"
    assert verdict.reasons[0].facts["legal_class"] == "imitates_official_app"
    assert verdict.score == 100


def test_the_owners_certificate_cut_out_of_the_real_app_proves_nothing() -> None:
    real = make_apk(package="com.webank.app", labels={"": "微众银行"}, signer=BANK, extras=Extras(schemes=("v2",)))
    entries = app_entries(
        package="com.webank.app", labels={"": "微众银行"}, permissions=["READ_SMS"], urls=[], extras=Extras()
    )
    start = real.rfind(b"APK Sig Block 42") + 16
    size = int.from_bytes(real[start - 24 : start - 16], "little")
    facts = examine_app(write_parts(entries).join(real[start - size - 8 : start]), "a.apk")
    assert facts.signers[0].sha256 == BANK.sha256
    verdict = _judge(facts, OWNER)
    assert (verdict.label, verdict.reasons[0].code) == ("impersonation", "app_forged_signature")
    other = app_entries(package="cn.other", labels={"": "微众银行"}, permissions=[], urls=[], extras=Extras())
    moved = examine_app(write_parts(other).join(real[start - size - 8 : start]), "a.apk")
    verdict = _judge(moved, OWNER)
    assert verdict.label == "impersonation"
    assert "app_forged_signature" in _codes(verdict)


def test_a_cut_download_of_the_real_app_is_not_accused() -> None:
    data = make_apk(package="com.webank.app", labels={"": "微众银行"}, signer=BANK)
    verdict = _judge(examine_app(data[:-40], "a.apk"), OWNER)
    assert not verdict.accuses or "another_certificate" in str(verdict.reasons[0].facts)


def test_a_listed_package_without_a_known_certificate_is_unknown() -> None:
    verdict = _judge(_apk("微众银行", "com.webank.two"), OWNER)
    assert (verdict.label, verdict.coverage.missing) == ("unknown", ("app.certificate",))
    assert _judge(_apk("微众银行", "com.webank.two", TEST), OWNER).reasons[0].code == "app_repackaged"


def test_another_app_really_signed_by_the_owner_is_not_accused() -> None:
    verdict = _judge(_apk("微众银行企业版", "com.webank.third", BANK), OWNER)
    assert not verdict.accuses or "app_uses_name" in _codes(verdict)
    assert "named_as_official" in _codes(verdict)
    assert verdict.label == "unknown"


@pytest.mark.parametrize(
    "extras",
    [
        {"label": "微粒贷"},
        {"label": "微粒贷借钱"},
        {"label": "徽粒贷"},
        {"label": "微\u200b粒贷"},
        {"label": "微粒貸"},
        {"activity_labels": {"": "微粒贷"}},
        {"alias_labels": {"": "微粒贷"}},
        {
            "files": {"assets/apps/__UNI__1/www/manifest.json": '{"name":"微粒贷"}'.encode()},
            "activity": "io.dcloud.PandoraEntry",
        },
    ],
)
def test_a_name_in_any_title_place_is_false_whatever_the_signature(extras: dict[str, object]) -> None:
    for key in (THIEF, BANK):
        app = _apk(key=key, **extras)  # type: ignore[arg-type]  # the table names what _apk takes
        verdict = _judge(app, LOAN)
        assert (verdict.label, "no_such_app" in _codes(verdict)) == ("impersonation", True)
        reason = next(r for r in verdict.reasons if r.code == "no_such_app")
        assert reason.facts["legal_class"] == "false_app_in_name"


def test_a_brand_with_an_app_is_imitated() -> None:
    verdict = _judge(_apk("微众银行"), OWNER)
    assert verdict.label == "impersonation"
    assert verdict.reasons[0].facts["legal_class"] == "imitates_official_app"


@pytest.mark.parametrize(
    "label", ["微业贷", "微车贷车主", "颗粒度", "微信", "微粒贷骗局曝光", "防微粒贷诈骗", "Weather"]
)
def test_siblings_chance_and_warnings_are_not_accused(label: str) -> None:
    assert not _judge(_apk(label), LOAN).accuses


def test_a_host_app_that_speaks_of_the_brand_is_clean() -> None:
    verdict = _judge(_apk("微信", "com.tencent.mm", strings=["微粒贷借钱", "打开微粒贷"]), LOAN)
    assert not verdict.accuses


def test_a_fake_that_wears_the_hosts_package_is_accused() -> None:
    assert _judge(_apk("微粒贷", "com.tencent.mm"), LOAN).accuses


def test_a_name_in_running_text_is_a_mention() -> None:
    verdict = _judge(_apk("贷款超市", strings=["微粒贷、借呗等产品利率比较"]), LOAN)
    assert verdict.label == "mention"


def test_an_icon_alone_is_left_to_a_person() -> None:
    facts = dataclasses.replace(
        _apk("Sun"), likenesses=(Likeness(brand="weilidai", file="a.png", icon="00", place="x", score=0.97),)
    )
    verdict = _judge(facts, LOAN)
    assert (verdict.label, _codes(verdict)) == ("lookalike", {"app_icon_alike"})


def test_a_latin_name_in_the_package_is_left_to_a_person() -> None:
    assert _judge(_apk("Loan", "com.weilidai.fast"), LOAN).label == "lookalike"


@pytest.mark.parametrize("extras", [{"application": "com.stub.StubApp"}, {"activity": "com.lt.app.Main"}])
def test_packed_or_configured_from_outside_is_unknown(extras: dict[str, object]) -> None:
    app = _apk("Sun", **extras)  # type: ignore[arg-type]  # as above
    assert _judge(app, LOAN).label == "unknown"


def test_loan_fraud_permissions_weigh_only_beside_a_name() -> None:
    asked = ["READ_SMS", "READ_CONTACTS", "READ_CALL_LOG"]
    fake = examine_app(make_apk(package="a.b", labels={"": "微粒贷"}, permissions=asked, signer=THIEF), "a")
    plain = examine_app(make_apk(package="a.b", labels={"": "Calls"}, permissions=asked, signer=THIEF), "a")
    assert "app_takes_data" in _codes(_judge(fake, LOAN))
    assert _judge(plain, LOAN).label == "unrelated"


def test_a_web_clip_in_the_brands_name_is_accused_and_says_who_signed() -> None:
    data = make_mobileconfig(
        label="微粒贷", url="https://evil.example/", organisation="深圳前海微众银行股份有限公司", signer=THIEF,
        extra_payloads=["com.apple.mdm"],
    )  # fmt: skip
    verdict = _judge(examine_app(data, "a.mobileconfig"), LOAN)
    assert {"no_such_app", "app_claims_owner", "app_takes_control"} <= _codes(verdict)
    assert verdict.accuses


def test_a_web_clip_to_the_brands_own_site_is_not_accused() -> None:
    data = make_mobileconfig(label="微粒贷", url="https://m.webank.com/")
    assert not _judge(examine_app(data, "a.mobileconfig"), LOAN).accuses


def test_an_official_bundle_given_out_by_enterprise_signature_is_repackaged() -> None:
    for way, accused in (("enterprise", True), ("adhoc", True), ("store", False)):
        data = make_ipa(bundle="com.webank.ios", names={"": "微众银行"}, signer=THIEF, way=way)
        assert _judge(examine_app(data, "a.ipa"), OWNER).accuses is accused


def test_a_store_app_on_a_platform_the_dossier_does_not_list_is_left_to_a_person() -> None:
    only_android = dataclasses.replace(OWNER, channels=OWNER.channels[:1])
    names = {"": "微众银行"}
    stored = examine_app(make_ipa(bundle="com.webank.x", names=names, signer=THIEF, way="store"), "a.ipa")
    around = examine_app(make_ipa(bundle="com.webank.x", names=names, signer=THIEF, way="enterprise"), "a.ipa")
    assert _judge(stored, only_android).label == "lookalike"
    assert _judge(stored, OWNER).accuses
    assert _judge(around, only_android).accuses


def test_what_was_hidden_from_the_reviewer_is_said() -> None:
    verdict = _judge(examine_app(make_apk(package="a.b", labels={"": "Sun", "zh": "微粒贷"}, signer=THIEF), "a"), LOAN)
    hidden = next(reason for reason in verdict.reasons if reason.code == "app_name_hidden")
    assert (hidden.facts["shown"], hidden.facts["locale"]) == ("Sun", "zh")


def test_kin_are_linked_by_signer_and_not_by_a_key_everybody_has() -> None:
    one, two = _apk("A", "a.a"), _apk("B", "b.b")
    assert shared_prints(one.prints, two.prints) == (f"signer:{THIEF.sha256}",)
    entries = app_entries(package="c.c", labels={"": "C"}, permissions=[], urls=[], extras=Extras())
    other = examine_app(sign_entries(entries, BANK), "a")
    assert not shared_prints(one.prints, other.prints)


def test_names_are_shown_with_their_place() -> None:
    app = AppFacts(platform="android", names=(Name(text="x"), Name(text="微粒贷", place="alias", enabled=False)))
    found = app_labels.carried(app, LOAN, PACK)
    assert [(name.place, hit.matched) for name, hit in found] == [("alias", "微粒贷")]


def test_a_file_without_a_package_is_not_taken_for_an_app_of_the_dossier() -> None:
    verdict = _judge(AppFacts(platform="android", names=(Name(text="微粒贷"),)), LOAN)
    assert verdict.label == "impersonation"
    assert _codes(verdict) >= {"no_such_app"}
    assert not {"app_repackaged", "named_as_official"} & _codes(verdict)


@pytest.mark.parametrize(
    ("why", "tamper", "accused"),
    [("not_checked", (), False), ("content_digest_differs", ("data_beyond_end",), False),
     ("content_digest_differs", (), True)],
)  # fmt: skip
def test_the_owners_certificate_in_a_cut_or_unchecked_file_accuses_nobody(
    why: str,
    tamper: tuple[str, ...],
    accused: bool,  # noqa: FBT001 - a column of the table
) -> None:
    worn = Signer(scheme="v2", sha256=BANK.sha256, why=why)
    app = AppFacts(platform="android", package="com.webank.third", signers=(worn,), signed="broken", tamper=tamper)
    verdict = _judge(app, OWNER)
    assert verdict.accuses is accused
    assert ("app_forged_signature" in _codes(verdict)) is accused


def test_a_certificate_that_says_owner_is_told_with_its_subject_and_accuses_nobody() -> None:
    verdict = _judge(_apk("Sun", key=signing_key("says", "WeBank 微众银行")), OWNER)
    told = next(reason for reason in verdict.reasons if reason.code == "app_signer_says_owner")
    assert "微众银行" in str(told.facts["signer"])
    assert verdict.label == "lookalike"


def test_a_subject_in_the_owners_name_proves_nothing_and_one_given_by_another_asks_for_a_look() -> None:
    """Anybody may write the owner's name into a certificate of his own; an authority behind it weighs a little."""
    own = Signer(scheme="cms", sha256="0" * 64, subject=f"CN={LOAN.owner}", issuer=f"CN={LOAN.owner}", verified=True)
    given = dataclasses.replace(own, issuer="CN=Some Authority")
    for signer, signed, accused in (
        (own, "verified", True), (given, "verified", False), (given, "broken", True),
        (dataclasses.replace(given, subject="CN=Somebody"), "verified", True),
        (dataclasses.replace(given, verified=False), "verified", True),
        (dataclasses.replace(given, issuer=""), "verified", True),
    ):  # fmt: skip
        clip = AppFacts(platform="webclip", organisation=LOAN.owner, signers=(signer,), signed=signed)
        verdict = _judge(clip, LOAN)
        assert "app_claims_owner" in _codes(verdict)
        assert verdict.accuses is accused, (signer, signed)
        assert verdict.label != "official"


@pytest.mark.parametrize(
    ("shared", "linked"),
    [
        (["signer:ab"], True), (["dex:1"], True), (["arsc:1"], True), (["assets:1"], True), (["uni:__UNI__1"], True),
        (["contact:qq/12345678"], True), (["contact:phone/95384"], False), (["icon:1"], False), (["host:a.cn"], False),
        (["icon:1", "host:a.cn"], False), (["icon:1", "host:a.cn", "host:b.cn"], True),
        (["host:www.qq.com", "host:api.umeng.com", "host:github.com"], False), ([], False),
    ],
)  # fmt: skip
def test_what_links_two_apps_and_what_proves_too_little(shared: list[str], linked: bool) -> None:  # noqa: FBT001 - pytest hands it over
    one, other = ["icon:own", *shared], [*shared, "host:else.cn"]
    assert bool(shared_prints(one, other)) is linked
    assert shared_prints(one, other) == shared_prints(other, one)


def _labelled(label: str, brand: Brand = LOAN) -> Verdict:
    return _judge(AppFacts(platform="android", package="a.b", names=(Name(text=label),), signed="verified"), brand)


@pytest.mark.parametrize(
    "label",
    [
        "微粒 贷", "微 粒贷", "微\u3000粒\u3000贷", "微\xa0粒贷", "微粒钱包贷", "We1lidai", "WEILlDAI", "weiIidai loan",
        "微*粒*贷", "\u202e贷粒微", "嶶粒贷", "微粒dai", "ｗｅｉｌｉｄａｉ", "微⃣粒⃣贷⃣", "weilidai", "微粒貸",
    ],
)  # fmt: skip
def test_a_label_is_read_more_widely_than_running_text(label: str) -> None:
    assert _labelled(label).accuses, label


@pytest.mark.parametrize(
    "label",
    [
        "微业贷", "微车贷", "微粒", "粒子", "微 信", "车 贷", "weekday", "we11", "微小 颗粒 贷款 计算 与 规划 工具",
        "WEI LI", "Dailywell", "微粒贷骗局曝光", "贷款计算器", "Wildlife", "",
    ],
)  # fmt: skip
def test_labels_of_others_stay_theirs(label: str) -> None:
    assert not _labelled(label).accuses, label


def test_an_account_book_that_names_the_loan_is_for_a_person_to_look_at() -> None:
    verdict = _labelled("账单小助手：支持微粒贷 花呗 一键记账")
    assert (verdict.label, verdict.accuses) == ("lookalike", False)
    assert _labelled("微粒贷借钱管家").accuses
    own = dataclasses.replace(LOAN, channels=OWNER.channels)
    assert not _labelled("账单小助手：支持微粒贷 一键记账", own).accuses
