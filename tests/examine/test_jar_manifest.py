"""Manifests of signed JARs: the quick way and the careful one agree, and odd files are read as phones read them."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengben.examine.apk.jar_manifest import HASHERS, JarManifest, decoded, read_sections, wanted

DIGEST = base64.b64encode(hashlib.sha256(b"x").digest()).decode()
MAIN = "Manifest-Version: 1.0\r\nCreated-By: test\r\n\r\n"


def section(name: str, digest: str = DIGEST, hasher: str = "SHA-256", more: str = "") -> str:
    """Give one section as tools write it."""
    return f"Name: {name}\r\n{hasher}-Digest: {digest}\r\n{more}\r\n"


def manifest(*sections: str, main: str = MAIN) -> JarManifest:
    """Give a manifest of these sections."""
    return JarManifest((main + "".join(sections)).encode("utf-8", "surrogateescape"))


def test_names_and_digests_of_the_usual_form() -> None:
    found = manifest(section("a.txt"), section("res/b.png"))
    assert found.names == ["a.txt", "res/b.png"]
    assert found.entry_digests("a.txt", 24) == [("SHA-256", hashlib.sha256(b"x").digest())]
    assert found.main is not None
    assert found.main.attributes["created-by"] == "test"


@pytest.mark.parametrize("hasher", sorted(HASHERS))
def test_every_hash_that_phones_know(hasher: str) -> None:
    ((name, digest),) = manifest(section("a", hasher=hasher)).entry_digests("a", 24)
    assert HASHERS[name]().name == HASHERS[hasher]().name
    assert digest == decoded(DIGEST)


def test_a_hash_that_no_phone_knows_counts_as_none() -> None:
    assert manifest(section("a", hasher="MD5")).entry_digests("a", 24) == []


def test_an_entry_that_is_not_named_has_no_digest() -> None:
    assert manifest(section("a")).entry_digests("b", 24) == []
    assert manifest(section("a", more="X: 1\r\n")).entry_digests("b", 24) == []


def test_of_several_digests_the_strongest_counts() -> None:
    both = section("a", hasher="SHA1", digest="AAAA", more=f"SHA-512-Digest: {DIGEST}\r\n")
    assert manifest(both).entry_digests("a", 24) == [("SHA-512", decoded(DIGEST))]


def test_old_phones_take_the_first_that_is_named_as_well() -> None:
    both = f"Name: a\r\nDigest-Algorithms: SHA1 SHA-512\r\nSHA1-Digest: AAAA\r\nSHA-512-Digest: {DIGEST}\r\n\r\n"
    assert manifest(both).entry_digests("a", 17) == [("SHA-1", decoded("AAAA")), ("SHA-512", decoded(DIGEST))]
    assert manifest(section("a", hasher="SHA-512")).entry_digests("a", 8) == []


def test_a_long_name_is_continued_on_the_next_line() -> None:
    found = manifest("Name: " + "d" * 60 + "\r\n " + "e" * 10 + f"\r\nSHA1-Digest: {DIGEST}\r\n\r\n", section("b"))
    assert found.names == ["d" * 60 + "e" * 10, "b"]


def test_bytes_that_are_no_utf8_stay_what_they_were() -> None:
    name = b"\xff\xfe.txt".decode("utf-8", "surrogateescape")
    assert manifest(section(name)).names == [name]


A_AND_B = MAIN + section("a") + section("b")
ODD = {
    "line feeds": A_AND_B.replace("\r\n", "\n"), "carriage returns": A_AND_B.replace("\r\n", "\r"),
    "empty lines between": MAIN + "\r\n" + section("a") + "\r\n\r\n" + section("b"),
    "a further attribute": MAIN + section("a", more="X: 1\r\n") + section("b"),
    "no empty line at the end": A_AND_B[:-2],
    "small letters": MAIN + section("a") + section("b").lower().replace("name: b", "Name: b"),
}  # fmt: skip


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_files_give_the_same_names(text: str) -> None:
    assert JarManifest(text.encode()).names == ["a", "b"]


def test_a_section_without_a_name_has_an_empty_one() -> None:
    assert manifest("X: 1\r\n\r\n", section("b")).names == ["", "b"]


def test_nothing_at_all_has_no_main_section() -> None:
    empty = JarManifest(b"")
    assert empty.main is None
    assert empty.names == []
    assert empty.entry_digests("a", 24) == []


def test_only_a_main_section_is_a_manifest_without_entries() -> None:
    assert manifest().names == []
    assert manifest().main is not None


def test_the_bytes_of_a_section_are_what_a_signature_file_vouches_for() -> None:
    body = section("a")
    found = manifest(body, section("b"))
    assert found.by_name()["a"].raw == body.encode()
    assert found.sections[0].raw == MAIN.encode()


def test_names_twice_are_told() -> None:
    assert manifest(section("a"), section("a")).names == ["a", "a"]


def test_a_line_continued_behind_an_empty_one_is_not_read_by_the_quick_way() -> None:
    """Joined first, the blank line would vanish and hide the second section inside the first."""
    found = JarManifest((MAIN + section("a") + " x\r\n\r\n" + section("b")).encode())
    assert found.names == [one.name for one in found.sections[1:]]


def test_of_two_attributes_of_a_name_the_first_counts() -> None:
    (one,) = read_sections(b"A: 1\r\na: 2\r\nno colon\r\n\r\n")
    assert one.attributes == {"a": "1"}


@pytest.mark.parametrize("text", ["=", "A", "AAAAA", "\u5fae"])
def test_what_is_no_base_64_is_an_empty_digest(text: str) -> None:
    assert decoded(text) == b""


def test_a_digest_of_the_main_section_is_found_by_its_suffix() -> None:
    (main,) = read_sections(f"SHA-256-Digest-Manifest: {DIGEST}\r\n\r\n".encode())
    assert wanted(main, "-digest-manifest", 24) == [("SHA-256", decoded(DIGEST))]
    assert wanted(main, "-digest", 24) == []


NAME = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), min_size=1, max_size=90)
LINE = st.sampled_from(["SHA1-Digest: AAAA", "SHA-256-Digest: AAAA", "X: 1", "", " ", "Name: z", "no colon", " more"])
ENDING = st.sampled_from(["\r\n", "\r\n", "\r\n", "\n", "\r"])


@given(st.lists(st.tuples(NAME, st.lists(LINE, max_size=3)), max_size=5), ENDING)
def test_both_ways_agree_on_every_text(sections: list[tuple[str, list[str]]], ending: str) -> None:
    parts = [ending.join([f"Name: {name}", *lines]) for name, lines in sections]
    data = (ending * 2).join(["V: 1", *parts, ""]).encode()
    found, careful = JarManifest(data), read_sections(data)
    assert found.names == [one.name for one in careful[1:]]
    by_name = {one.name: one for one in careful[1:]}
    assert [found.entry_digests(n, 24) for n in by_name] == [wanted(one, "-digest", 24) for one in by_name.values()]
