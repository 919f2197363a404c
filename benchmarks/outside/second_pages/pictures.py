"""Wordmarks, symbols and codes: pictures against what is drawn in them."""

import random

import drawing
import qrcodes
import symbols
import templates
from asking import Answer, Run, accused, codes
from halves import half
from tally import Tally

FORM = (
    "<!doctype html><html><head><meta charset='utf-8'><title>会员登录</title></head><body>{pictures}"
    "<form><input placeholder='身份证号'><input placeholder='银行卡号'><button>提交</button></form></body></html>"
)
MARKS = {
    "weilidai": ("微粒贷", "微粒貸"), "weiyedai": ("微业贷", "微業貸"), "webank": ("微众银行", "微眾銀行"),
    "jiebei": ("借呗", "借唄", "蚂蚁借呗"), "huabei": ("花呗", "花唄", "蚂蚁花呗"), "yunshandai": ("云杉贷", "雲杉貸"),
    "huihe": ("汇禾银行", "匯禾銀行"), "qingke": ("青稞分期", "青稞分期商城"),
}  # fmt: skip
BOXES = ("sticker", "dark", "jpeg", "recoloured", "tilted", "small")
GENUINE, LOOKALIKE = 160, 210


def _drawn(which: str) -> list[tuple[str, str, str, str, int]]:
    """(sort, brand, word, style, number): genuine marks and look-alikes of one half."""
    styles = [style for style in drawing.STYLES if half(style) == which]
    found = []
    marks = [(brand, mark) for brand, names in MARKS.items() for mark in names]
    for number in range(GENUINE):
        brand, mark = marks[number % len(marks)]
        found.append(("genuine", brand, mark, styles[number // 3 % len(styles)], number))
    other = [
        (sort, brand, word)
        for sort, brands in templates.words().items()
        for brand, names in brands.items()
        for word in names
        if half(word) == which
    ]
    for number in range(LOOKALIKE):
        sort, brand, word = other[number % len(other)]
        found.append((sort, brand, word, styles[(number + number // len(other)) % len(styles)], number))
    return found


def _read(answer: Answer) -> set[str]:
    """Every name the answer says it has read or matched."""
    found: set[str] = set()
    for reason in answer["reasons"]:
        facts = reason["facts"]
        for part in (*facts.get("places", ()), *facts.get("read", ())):
            found |= {str(part.get("matched", "")), str(part.get("text", "")), str(part.get("words", ""))}
    return {"".join(name.split()) for name in found}


def wordmarks(run: Run) -> list[Tally]:
    """Wordmarks on a page that asks for an identity card: read as what is drawn?"""
    items = [item for number, item in enumerate(_drawn(run.which)) if run.mine(number)]
    targets = []
    for sort, _brand, word, style, number in items:
        rng = random.Random(f"{run.which} {sort} {number}")
        image = drawing.draw(word, style, drawing.FONTS[number % len(drawing.FONTS)], rng)
        page = FORM.format(pictures=f'<img src="{drawing.written(image)}">')
        targets.append(run.kept(f"{sort}{number}.html", page))
    genuine, read = (
        Tally("genuine wordmarks accused"),
        Tally("genuine wordmarks read exactly"),
    )
    false = Tally("look-alikes READ AS THE MARK ITSELF", good=False)
    wrong = Tally("names of others ACCUSED", good=False)
    person = Tally("names of others called lookalike", good=False)
    caught = Tally("disguises accused or called lookalike")
    for (sort, brand, word, style, number), answer in zip(items, run.ask(targets), strict=True):
        names = _read(answer)
        font = drawing.FONTS[number % len(drawing.FONTS)].stem
        about = f"{word} {style} {font}: {answer['verdict']} {answer['brand']} {sorted(names)}"
        exact = any(mark in name for mark in MARKS[brand] for name in names)
        if sort == "genuine":
            genuine.add(style, about, hit=brand in accused(answer))
            read.add(style, about, hit=exact)
            continue
        false.add(f"{sort}/{style}", about, hit=exact)
        if sort == "other":
            wrong.add(style, about, hit=bool(accused(answer)))
            person.add(style, about, hit=answer["verdict"] == "lookalike")
        else:
            caught.add(style, about, hit=brand in accused(answer) or answer["verdict"] == "lookalike")
    return [genuine, read, false, wrong, person, caught]


def _references(answer: Answer) -> set[str]:
    """The folders of the reference pictures an answer names."""
    found = (str(reason["facts"].get("reference", "")) for reason in answer["reasons"])
    return {name.partition("/")[0] for name in found if name}


def symbol_logos(run: Run) -> list[Tally]:
    """Symbols in scenes; small ones stand in a page between two foreign logos."""
    brands, strangers = symbols.logos(run.logos, run.which)
    dossiers = run.folder / "logos"
    symbols.dossiers(brands, dossiers)
    items, targets = [], []
    for number, (scene, slug, image) in enumerate(symbols.pictures(brands, strangers, run.which)):
        if not run.mine(number):
            continue
        rng = random.Random(f"{run.which} beside {number}")
        items.append((scene, slug, number))
        if scene in BOXES:
            beside = [
                one.drawn(90, (70, 70, 70), (255, 255, 255)) for one in rng.sample(strangers[symbols.NEGATIVES :], 2)
            ]
            shown = "".join(f'<img src="{drawing.written(one)}">' for one in (beside[0], image, beside[1]))
            targets.append(run.kept(f"{number}.html", FORM.format(pictures=shown)))
        else:
            targets.append(run.kept(f"{number}.png", image))
    right, false = (
        Tally("symbols known, right brand"),
        Tally("foreign symbols TAKEN FOR A BRAND'S", good=False),
    )
    mixed = Tally("symbols taken for ANOTHER brand's", good=False)
    for (scene, slug, number), answer in zip(items, run.ask(targets, dossiers), strict=True):
        found = _references(answer)
        about = f"{number} {slug}: {answer['verdict']} {sorted(found)} {codes(answer)}"
        if slug:
            right.add(scene, about, hit=slug in found)
            mixed.add(scene, about, hit=bool(found - {slug}))
        else:
            false.add(scene, about, hit=bool(found))
    return [right, mixed, false]


def qr(run: Run) -> list[Tally]:
    """Codes on posters: is the address in them among the contacts?"""
    items = list(qrcodes.posters(lambda manner: half(manner) == run.which))
    items = [item for number, item in enumerate(items) if run.mine(number)]
    targets = [run.kept(f"{number}.png", image) for number, (*_, image) in enumerate(items)]
    found, false = Tally("codes read"), Tally("posters without a code in which one was READ", good=False)
    for (manner, host, _), answer in zip(items, run.ask(targets), strict=True):
        values = [str(contact["value"]) for contact in answer["contacts"] if contact["kind"] in ("url", "domain")]
        if host:
            found.add(manner, f"{host} {values}", hit=any(host in value for value in values))
        else:
            false.add(manner, f"{values}", hit=bool(values))
    return [found, false]
