"""The verdict set: disguises in every place, certificates, icons; beside them `benign`."""

from collections.abc import Iterator
from functools import partial

import base
import benign
import disguises
import keys
import others
import placements
import signing
from base import Act, App, P, encoded
from disguises import FLAG_ONLY, NEVER, SHORT
from dossiers import BRANDS, OWNER, logo
from others import Clip, Hap, Ios
from parts import Item, pick
from PIL import Image

HOSTS_OF_DISGUISE = (
    "zh-only",
    "literal",
    "alias-off",
    "dcloud",
    "xapk-base",
    "aab-table",
    "ipa-display",
    "clip",
    "hap-label",
)


def _law(brand: str) -> str:
    return "false_app_in_name" if brand in NEVER else "imitates_official_app"


def _truth(want: str, brand: str, what: str, *, law: bool = True) -> dict[str, object]:
    return {"want": want, "brand": brand, "what": what, "law": _law(brand) if law else ""}


def _placed() -> Iterator[Item]:
    """Every place with the plain name and two easy variants of it, over all brands."""
    groups = (("accuse", placements.STRICT), ("flag", placements.SOFT))
    for want, places in groups:
        for place, (suffix, maker) in places.items():
            for seed, brand in enumerate(SHORT):
                technique = pick(seed, place, ("plain", "plain", "suffix", "version"))
                name = disguises.labels(technique, brand)
                yield Item("place-" + place, seed, suffix, partial(maker, name, seed), _truth(want, brand, name))


def _disguised() -> Iterator[Item]:
    for turn, technique in enumerate(disguises.TECHNIQUES):
        for seed, brand in enumerate(SHORT):
            name = disguises.labels(technique, brand)
            want = "flag" if technique in FLAG_ONLY else "accuse"
            place = HOSTS_OF_DISGUISE[(turn * 5 + seed) % len(HOSTS_OF_DISGUISE)]
            suffix, maker = placements.STRICT[place]
            what = f"{place} {name!r}"
            yield Item("name-" + technique, seed, suffix, partial(maker, name, seed + 40), _truth(want, brand, what))


def _repackaged(brand: str, way: str) -> bytes:
    made = next(each for each in BRANDS if each.ident == brand)
    label = {
        "foreign": made.primary,
        "foreign-other-label": "客户端",
        "unsigned": made.primary,
        "transplant": made.primary,
    }[way]
    fake = base.apk(App(made.package, label, (P + "READ_SMS",), strings=("evil",)))
    crook = keys.named("crook 2")
    if way == "transplant":
        genuine = signing.sign(base.apk(App(made.package, made.primary)), [signing.Plan(OWNER[brand])])
        return signing.transplant(genuine, fake)
    return fake if way == "unsigned" else signing.sign(fake, [signing.Plan(crook)])


def _iconic(brand: str, way: str) -> tuple[str, bytes]:
    picture = encoded(logo(brand, 144))
    if way == "plain":
        return ".apk", signing.sign(
            base.apk(App("com.x.icon", "客户端", icon=picture)), [signing.Plan(keys.named("crook 3"))]
        )
    if way == "adaptive":
        app = App("com.x.icon2", "客户端", icon=base.png(96, "#888", "box"), adaptive=_adaptive(brand))
        return ".apk", signing.sign(base.apk(app), [signing.Plan(keys.named("crook 3"))])
    if way == "ipa":
        return ".ipa", others.ipa(Ios("com.x.icon", "客户端", files={"AppIcon60x60@2x.png": picture}))
    if way == "clip":
        return ".mobileconfig", others.profile(Clip("客户端", "https://x.example/", icon=picture))
    if way == "xapk":
        return ".xapk", others.xapk(App("com.x.icon4", "客户端", icon=picture))
    return ".aab", others.aab(App("com.x.icon3", "客户端", icon=picture))


def _adaptive(brand: str) -> bytes:
    """The symbol in the safe inner two thirds of a 108 dp foreground."""
    sheet = Image.new("RGBA", (216, 216), (0, 0, 0, 0))
    sheet.paste(logo(brand, 144), (36, 36))
    return encoded(sheet)


def _icon_bytes(brand: str, way: str) -> bytes:
    return _iconic(brand, way)[1]


def _other() -> Iterator[Item]:
    for seed, brand in enumerate(OWNER):
        for way in ("foreign", "foreign-other-label", "transplant", "unsigned"):
            yield Item(
                "cert-" + way,
                seed,
                ".apk",
                partial(_repackaged, brand, way),
                _truth("suspect" if way == "unsigned" else "accuse", brand, way, law=False),
            )
    suffixes = {
        "plain": ".apk",
        "adaptive": ".apk",
        "ipa": ".ipa",
        "clip": ".mobileconfig",
        "xapk": ".xapk",
        "aab": ".aab",
    }
    for seed, made in enumerate(BRANDS):
        for way, suffix in suffixes.items():
            truth = _truth("lookalike", made.ident, way, law=False)
            yield Item("icon-" + way, seed, suffix, partial(_icon_bytes, made.ident, way), truth)


def _company(brand: str, seed: int) -> bytes:
    """Several places at once: the second launcher activity, a HAP or a web clip claiming the owner."""
    name = SHORT[brand]
    if seed == 0:
        acts = (Act(".M", "Tool", launcher=True), Act(".N", {"": "Two", "zh": name}, launcher=True))
        return base.apk(App("com.two.doors", "Tool", activities=acts))
    if seed == 1:
        return others.hap(Hap("com.two.hm", "Tool", ability=name, indexed={"": "Tool"}))
    return others.profile(
        Clip(name, "https://two.example/", organisation=name + "股份有限公司"), keys.make(name + "股份有限公司")
    )


def _claimed() -> Iterator[Item]:
    for brand in SHORT:
        for seed, suffix in enumerate((".apk", ".hap", ".mobileconfig")):
            family = f"claim-{('second-door', 'ability', 'organisation')[seed]}"
            yield Item(family, len(brand), suffix, partial(_company, brand, seed), _truth("accuse", brand, family))


def items() -> list[Item]:
    """Fakes and honest apps."""
    return [*_placed(), *_disguised(), *_other(), *_claimed(), *benign.items()]
