"""The text parts of the page benchmark: pages of the training range, and what reading them costs.

The range's pages were written by somebody who did not write the detectors; the first split (seeds below 100) was looked
at while the detectors were made, the second was not. Both come from the same grammar of phrases, so this says nothing
about phrases nobody thought of.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.range.planter import plant
from zhengben.range.scenario import read_scenario

SEEDS = {"first": range(20), "second": range(100, 140)}


def verdict_of(html: str, url: str, brand: Brand) -> Verdict:
    """Judge one page as one client saw it."""
    return verdicts_of(html, url, (brand,))[0]


def verdicts_of(html: str, url: str, brands: Sequence[Brand]) -> list[Verdict]:
    """Judge one page as one client saw it, for every brand."""
    page = examine_page(html, url, url)
    text = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    sighting = Sighting(
        kind="url", target=url, title=page.title, text=text, host=urlsplit(url).hostname or "", page=page,
        contacts=find_contacts(text),
    )  # fmt: skip
    reasons = detect_all(sighting, brands)
    return [judge(brand.id, reasons[brand.id], Coverage(page.missing)) for brand in brands]


def run(options: argparse.Namespace) -> dict[str, object]:
    """Judge every page of many small worlds; impostors on sites of their own, and everything that is honest."""
    brand = load_brands(ids=("weilidai",))[0]
    scenario = read_scenario("small")
    labels: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    seeds = list(SEEDS[options.split])[: options.pages or None]
    for seed in seeds:
        for thing in plant(scenario, seed, brand):
            if thing.impostor and not thing.sort.startswith("site_"):
                continue  # hosted impostors are judged by their listings, not as pages
            for place in thing.places[:1]:
                bodies = [place.body, *(body for body in place.variants.values() if body)]
                seen = [verdict_of(body.decode("utf-8", "replace"), place.url, brand) for body in bodies]
                labels[thing.impostor, thing.sort][max(seen, key=lambda v: (v.accuses, v.score)).label.value] += 1
    return _figures(labels, len(seeds))


def _figures(labels: dict[tuple[bool, str], Counter[str]], worlds: int) -> dict[str, object]:
    accusing = (Label.IMPERSONATION.value, Label.SCAM.value)
    sorts = {f"{'impostor' if bad else 'honest'} {sort}": dict(seen) for (bad, sort), seen in sorted(labels.items())}
    drawn = {key: seen for key, seen in labels.items() if key[0] and key[1] != "site_picture"}
    caught = sum(seen[label] for seen in drawn.values() for label in accusing)
    wrong = sum(seen[label] for (bad, _), seen in labels.items() if not bad for label in accusing)
    return {
        "worlds": worlds,
        "impostor_pages_without_a_logo": {"accused": caught, "of": sum(sum(s.values()) for s in drawn.values())},
        "honest_pages": {"accused": wrong, "of": sum(sum(s.values()) for (bad, _), s in labels.items() if not bad)},
        "sorts": sorts,
    }
