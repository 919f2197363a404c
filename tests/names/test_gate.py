"""The gate: no official channel of a shipped dossier and none of the most visited sites is taken for an impostor."""

import importlib
import importlib.util
import json
from importlib import resources

import pytest

from zhengben.flow.dossiers import load_brands
from zhengben.names.api import find_names, match_host, pack
from zhengben.names.firehose import screen_lines

LISTS = "pymispwarninglists"
SHIPPED = load_brands()
KNOWN = pack(SHIPPED)


def test_no_official_channel_of_any_shipped_dossier_is_a_hit() -> None:
    domains = [c.value for brand in SHIPPED for c in brand.official("domain")]
    assert domains
    for domain in domains:
        for host in (
            domain,
            f"www.{domain}",
            f"m.{domain}",
            f"app.login.{domain}",
            f"*.{domain}",
            f"{domain}.",
            domain.upper(),
        ):
            assert match_host(host, KNOWN, "wide") == (), host


def test_no_sibling_is_taken_for_the_brand() -> None:
    for brand in SHIPPED:
        own = set(brand.names.chinese)
        for sibling in brand.names.siblings:
            hits = [
                h for h in find_names(f"我在用{sibling}，额度不错", pack((brand,)), "balanced") if h.brand == brand.id
            ]
            assert not hits or sibling in own, (brand.id, sibling, hits)


@pytest.mark.skipif(
    importlib.util.find_spec(LISTS) is None, reason=f"{LISTS} is not installed: the most visited sites are not tested"
)
def test_none_of_the_ten_thousand_most_visited_sites_is_a_hit() -> None:
    folder = resources.files(LISTS).joinpath("data/misp-warninglists/lists")
    for listed in ("tranco10k", "cisco_top10k", "majestic_million"):
        names = json.loads(folder.joinpath(listed, "list.json").read_text("utf-8"))["list"]
        assert len(names) > 9000
        assert [(h.name, h.brand) for _, h in screen_lines("\n".join(names).encode(), KNOWN)] == []
