"""Find the brands a hostname resembles: one logic for one name and, behind a filter, for millions of them."""

from collections.abc import Iterator

from zhengben.names.hits import HostHit
from zhengben.names.host_idn import idn_finds
from zhengben.names.host_model import HostModel
from zhengben.names.host_scene import EVERYTHING, Find, Looks
from zhengben.names.host_words import word_finds
from zhengben.names.hostname import Hostname, read
from zhengben.names.lure_farm import farm_find
from zhengben.names.pack import Pack

BORROWED = 88  # score of somebody's own domain below another; less than that of the name that is spelt in it
LEAST = {"strict": 70, "balanced": 60, "wide": 40}


def match_host(host: str, pack: Pack, mode: str = "balanced", looks: Looks = EVERYTHING) -> tuple[HostHit, ...]:
    """Give one hit a brand that the name resembles, the surest technique each; nothing for official names.

    A name alone never proves anything: a hit says where to look. A hit without brand (`lure_farm`) is a name made of
    lure words only. `looks` narrows the work to what a filter has seen a sign of; it never changes what is found.
    """
    name = read(host)
    if name is None or is_official(name, pack.hosts):
        return ()
    least = LEAST[mode]
    finds = [find for find in _finds(name, pack, looks) if find.score >= least]
    # Only where no brand was found: lure words beside a brand belong to its own find.
    if not finds and looks.farms:
        farm = farm_find(name, pack.hosts)
        finds = [farm] if farm and farm.score >= least else finds
    if not finds:
        return ()
    told, offset, digest = host.strip(), name.offset, pack.digest
    if len(finds) == 1:
        return (HostHit(told, finds[0], offset, digest),)
    best = _surest(finds)
    return tuple([HostHit(told, best[brand], offset, digest) for brand in sorted(best)])


def _surest(finds: list[Find]) -> dict[str, Find]:
    """Give the first of the surest finds of each brand."""
    best: dict[str, Find] = {}
    for find in finds:
        known = best.get(find.brand)
        if known is None or known.score < find.score:
            best[find.brand] = find
    return best


def is_official(name: Hostname, model: HostModel) -> bool:
    """Tell whether the name is, or lies below, a domain that some dossier lists as a brand's own."""
    official = model.official
    rest = name.name
    while rest:
        if rest in official:
            return True
        # Label by label from the left: below an official domain is official, only ending like one is not.
        rest = rest.partition(".")[2]
    return False


def _finds(name: Hostname, pack: Pack, looks: Looks) -> list[Find]:
    finds: list[Find] = []
    if looks.exact or looks.slips:
        finds += word_finds(name, name.words(), pack.hosts, looks)
    if looks.exact and name.own and _has_own(name, pack.hosts):
        told = any(find.technique == "level_squat" and find.score > BORROWED for find in finds)
        finds += () if told else _borrowed(name, pack.hosts)
    if looks.foreign and ("xn--" in name.name or not name.name.isascii()):
        finds += idn_finds(name, pack)
    return finds


def _has_own(name: Hostname, model: HostModel) -> bool:
    """Tell whether a label begins a domain of some brand's own."""
    return not model.own_domains.keys().isdisjoint(name.labels)


def _borrowed(name: Hostname, model: HostModel) -> Iterator[Find]:
    """Give the brands whose own domain stands below a registrable domain of another: webank.com.evil.cn."""
    start = 0
    for at, label in enumerate(name.labels[: name.own]):
        for domain in model.own_domains.get(label, ()):
            if domain == ".".join(name.labels[at : name.own + 1][: domain.count(".") + 1]):
                for brand in model.official[domain]:
                    yield Find(
                        brand=brand, technique="level_squat", score=BORROWED, matched=domain, expected=domain,
                        start=start, end=start + len(domain),
                    )  # fmt: skip
        start += len(label) + 1
