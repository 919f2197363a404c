"""Tables of words are data: every one says where it comes from, compiles, is used, and repeats nothing."""

import re
import tomllib
from pathlib import Path

import pytest

from zhengben import detect
from zhengben.detect.lexicon import listed, names, phrases
from zhengben.detect.open_sites import is_platform, of_others

ROOM = Path(detect.__path__[0])
TABLES = ("words", "acts", "scopes", "stances")


def data(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOM / name).read_text("utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_every_list_of_phrases_has_a_source_and_no_source_lacks_its_list(table: str) -> None:
    kept = data("phrases.toml")
    assert set(kept[table]) == set(kept["sources"][table])  # type: ignore[call-overload]  # a table of tables
    assert all(len(said) >= 15 for said in kept["sources"][table].values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["words.toml", "sites.toml", "spellings.toml"])
def test_every_table_of_words_and_sites_has_a_source(name: str) -> None:
    assert [table for table, kept in data(name).items() if len(str(kept.get("source", ""))) < 15] == []


def test_every_table_of_words_is_used_and_compiles() -> None:
    code = "\n".join(path.read_text("utf-8") for path in ROOM.glob("*.py"))
    for table in data("words.toml"):
        assert f'listed("{table}")' in code, table
        assert isinstance(listed(table), re.Pattern)


@pytest.mark.parametrize("table", ["acts", "scopes", "stances"])
def test_no_phrase_matches_nothing_at_all(table: str) -> None:
    """An empty alternative would fire in front of every character of every text."""
    for name in names(table):
        kept = data("phrases.toml")[table][name]
        assert "" not in kept, name  # type: ignore[operator]  # a list of strings
        if name != "handle":
            assert not phrases(table, name).search("雨后的石阶，慢慢干了"), name


def test_a_table_that_does_not_exist_is_an_error_at_once() -> None:
    with pytest.raises(KeyError):
        listed("no such table")


def test_no_site_stands_twice_and_bait_lies_under_an_open_site() -> None:
    kept = data("sites.toml")
    for table in ("stores", "read", "bait", "platforms"):
        hosts = list(kept[table]["hosts"])  # type: ignore[call-overload]  # a list of strings
        assert len(hosts) == len(set(hosts)), table
    assert not any(of_others(host) for host in kept["bait"]["hosts"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("host", "front"),
    [("www.taobao.com", True), ("m.jd.com", True), ("item.taobao.com", False), ("weixin.qq.com", True), ("", False),
     ("mp.weixin.qq.com", False), ("taobao.com.evil.top", False), ("WWW.TMALL.COM", True), ("notalipay.com", False)],
)  # fmt: skip
def test_only_the_very_front_of_a_platform_is_its_own(host: str, *, front: bool) -> None:
    assert is_platform(host) is front
