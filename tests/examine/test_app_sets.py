"""Splits that come with a package: what they add, and what they may never do."""

from collections.abc import Mapping

import pytest

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.android import examine_android, signed_word
from zhengben.examine.apk.signatures import Outcome, make_signer
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.examine.appsets import examine_set, is_set
from zhengben.range.make_apk import Extras, make_apk, signing_key
from zhengben.range.make_apk_zip import Entry, write_parts
from zhengben.range.make_app_sets import make_set

KEY, OTHER = signing_key("sets", "Sets"), signing_key("sets other", "Other")
KINDS = ("xapk", "apks", "apkm")


def package(label: str = "Tool", key: object = KEY, files: Mapping[str, bytes] | None = None) -> bytes:
    """Give a package with these files in it."""
    return make_apk(package="cn.x", labels={"": label}, signer=key, extras=Extras(files=files or {}))  # type: ignore[arg-type]  # a key of the range


def found(kind: str, splits: dict[str, bytes], base: bytes | None = None) -> AppFacts:
    """Examine a set of this kind."""
    store = {"package_name": "cn.x", "pname": "cn.x"}
    return examine_app(make_set(kind, base or package(), splits, store), f"a.{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_set_of_one_hand_is_verified(kind: str) -> None:
    facts = found(kind, {"config.zh.apk": package()})
    assert (facts.container, facts.signed, facts.package) == (kind, "verified", "cn.x")


@pytest.mark.parametrize("kind", KINDS)
def test_a_split_of_another_hand_breaks_the_whole(kind: str) -> None:
    facts = found(kind, {"config.zh.apk": package(key=OTHER)})
    assert "split_signed_otherwise" in facts.tamper
    assert facts.signed == "broken"
    assert not any(signer.verified for signer in facts.signers)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unsigned_split_breaks_the_whole(kind: str) -> None:
    facts = found(kind, {"config.zh.apk": package(key=None)})
    assert facts.signed == "broken"


def test_a_split_that_was_changed_breaks_the_whole() -> None:
    damaged = bytearray(package())
    damaged[60] ^= 1
    assert found("xapk", {"config.zh.apk": bytes(damaged)}).signed == "broken"


def test_a_split_that_is_no_package_breaks_the_whole_and_nothing_else() -> None:
    facts = found("xapk", {"config.zh.apk": b"not a zip"})
    assert facts.package == "cn.x"
    assert facts.signed == "broken"


def test_addresses_that_only_a_split_holds_are_found() -> None:
    split = package(files={"assets/config.json": b'{"api": "https://only-in-split.example/x"}'})
    assert "only-in-split.example" in found("xapk", {"config.zh.apk": split}).hosts


def test_the_base_is_known_by_its_name_and_else_by_its_size() -> None:
    small, big = package("Base"), package("Big", files={"assets/a.bin": bytes(range(256)) * 40})
    named = write_parts([Entry(name="other.apk", data=big), Entry(name="base.apk", data=small)]).join()
    assert examine_set(Archive(named)).names[0].text == "Base"
    files = {"one.apk": small, "two.apk": big, "info.json": b"{}"}
    plain = write_parts([Entry(name=name, data=data) for name, data in files.items()])
    assert examine_set(Archive(plain.join())).names[0].text == "Big"


def test_a_set_without_a_readable_base_says_so() -> None:
    store = '{"name": "微粒贷"}'.encode()
    body = write_parts([Entry(name="base.apk", data=b"nothing"), Entry(name="info.json", data=store)]).join()
    facts = examine_set(Archive(body))
    assert facts.missing == ("app.unreadable",)
    assert [name.text for name in facts.names] == ["微粒贷"]


@pytest.mark.parametrize(("names", "told"), [
    (["a.apk"], True), (["a.apk", "b.apk"], False), (["a.apk", "b.apk", "toc.pb"], True),
    (["split_a.apk", "b.apk"], True), (["a.txt"], False), ([], False),
])  # fmt: skip
def test_which_archives_are_sets(names: list[str], *, told: bool) -> None:
    assert is_set(Archive(write_parts([Entry(name=name, data=b"x") for name in names]).join())) is told


# --- one package ----------------------------------------------------------------------------------------------------


def test_a_quick_look_names_without_verifying() -> None:
    facts = examine_android(Archive(package()), deep=False)
    assert facts.signed == "unchecked"
    assert facts.signers
    assert not any(signer.verified for signer in facts.signers)
    assert examine_android(Archive(package(key=None)), deep=False).signed == "unsigned"


def test_the_word_for_a_signature_follows_from_what_was_found() -> None:
    signer = make_signer("v2", None, "no_certificate")
    assert signed_word(Outcome()) == "unsigned"
    assert signed_word(Outcome(signers=[signer])) == "verified"
    assert signed_word(Outcome(signers=[signer], errors=["v2:x"])) == "broken"


def test_an_address_in_the_manifests_settings_is_found() -> None:
    facts = examine_android(Archive(package(files={"assets/a.txt": b"https://in-assets.example/x"})))
    assert "in-assets.example" in facts.hosts


def test_prints_name_code_table_files_signer_and_hosts() -> None:
    facts = examine_android(Archive(package(files={"assets/a.txt": b"https://in-assets.example/x"})))
    assert {one.partition(":")[0] for one in facts.prints} >= {"signer", "arsc", "assets", "host"}
    assert len(set(facts.prints)) == len(facts.prints)
