"""Hostnames look like what they claim to be, and none is given twice."""

import re

import pytest

from zhengben.range.ground import Ground
from zhengben.range.hostnames import Namer

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def _namer() -> Namer:
    return Namer(Ground.nobody(), "weilidai", "微粒贷", "webank.com")


@pytest.mark.parametrize("way", ["added", "typed", "levels", "script", "junk", "plain", "near"])
def test_every_way_gives_sound_names_once(way: str) -> None:
    namer = _namer()
    names = [getattr(namer, way)() for _ in range(60)]
    assert len(set(names)) == 60
    for name in names:
        assert all(LABEL.fullmatch(label) for label in name.split(".")), name


def test_ways_do_what_they_say() -> None:
    namer = _namer()
    assert all("weilidai" in namer.added() for _ in range(30))
    assert not any(namer.typed().split(".")[0] == "weilidai" for _ in range(30))
    assert all(namer.script().startswith("xn--") for _ in range(10))
    assert all("weilidai" in host or "webank.com." in host for host in (namer.levels() for _ in range(30)))
    assert not any("weilidai" in namer.plain() for _ in range(30))


def test_a_way_without_names_left_says_so() -> None:
    namer = _namer()
    assert namer.once(lambda: "www.one.cn") == "www.one.cn"
    with pytest.raises(ValueError, match="plant fewer"):
        namer.once(lambda: "www.one.cn")
