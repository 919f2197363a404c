"""What is remembered of the sealed look."""

import hashlib
import json

import pytest

from zhengben.core.fetched import Captured, Fetched, Seen
from zhengben.takedown.original import Original, alike, original_from

BAD = "<title>微粒贷官方</title><p>微粒贷强开额度，立即申请，填写身份证号".encode()
GOOD = "<title>菜谱</title><p>今天教大家做一道红烧肉，先把五花肉切成块".encode()
NAMES = ("微粒贷", "weilidai")


def page(body: bytes, status: int = 200, profile: str = "mobile") -> Fetched:
    url = "https://a.example/x"
    return Fetched(url=url, final_url=url, profile=profile, status=status, body=body, address="203.0.113.9")


def test_the_impostor_at_work_and_its_harmless_face_are_told_apart() -> None:
    known = Original.of("url", Seen(fetched=(page(GOOD, profile="desktop"), page(BAD))), NAMES)
    assert known.titles == ("微粒贷官方",)
    assert len(known.texts) == len(known.faces) == 1
    assert "红烧肉" in known.faces[0]
    assert known.sha256s == (hashlib.sha256(GOOD).hexdigest(), hashlib.sha256(BAD).hexdigest())
    assert known.addresses == ("203.0.113.9",)


def test_an_error_page_is_no_face() -> None:
    known = Original.of("url", Seen(fetched=(page(b"404 Not Found", 404, "desktop"), page(BAD))), NAMES)
    assert known.faces == ()
    assert len(known.sha256s) == 1


def test_a_page_built_by_scripts_is_remembered_from_its_capture() -> None:
    shell = page(b"<div id=app></div><script src=/a.js></script>")
    seen = Captured(url=shell.url, final_url=shell.url, profile="mobile", status=200, dom=BAD.decode())
    known = Original.of("url", Seen((shell,), (seen,)), NAMES)
    assert any("强开额度" in text for text in known.texts)


def test_a_record_is_plain_json_and_comes_back() -> None:
    known = Original.of("url", Seen(fetched=(page(BAD),)), NAMES)
    record = json.loads(json.dumps(known.record()))
    assert Original.from_record(record) == known
    assert original_from(record, lambda _: b"") == known
    with pytest.raises(TypeError):
        Original.from_record({"texts": [], "more": 1})


def test_digests_by_profile_are_read_from_the_vault() -> None:
    digest = hashlib.sha256(BAD).hexdigest()
    told = {
        "url": "https://a.example/x",
        "final_url": "https://a.example/x",
        "status": 200,
        "sha256": digest,
        "address": "1.2.3.4",
    }
    known = original_from({"mobile": told}, {digest: BAD}.__getitem__, "url", NAMES)
    assert known.titles == ("微粒贷官方",)
    assert known.addresses == ("1.2.3.4",)


def test_nothing_seen_is_no_original() -> None:
    failed = Fetched(url="u", final_url="u", profile="m", failure="timeout")
    with pytest.raises(ValueError, match="no original"):
        Original.of("url", Seen(fetched=(failed,)))


def test_likeness_is_a_share() -> None:
    assert alike("", "abc") == 0.0
    assert alike("ab", "ab") == 1.0
    assert 0.5 < alike("微粒贷官方下载安装包", "微粒贷官方下载安装包2") < 1.0
