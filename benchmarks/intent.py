"""How well intent in text is told: recall of impostors and sellers, and false accusations, on texts never tuned on.

    python benchmarks/intent.py [--dev] [--misses]

The held-out texts (`intent_texts/heldout.txt`) are not looked at while rules are changed (their head says how far that
holds); `--dev` runs the development texts instead. Each line is a base text; its alternatives are filled in to `EACH`
texts, so texts of one base are not independent: both counts are printed.
"""

import argparse
import itertools
import random
import re
import resource
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from zhengben.core.brand import Brand
from zhengben.detect.intent import intent
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look
from zhengben.names.api import find_names, pack

HERE = Path(__file__).parent / "intent_texts"
EACH = 6
SHOULD = {"impersonation", "scam"}
_FILL = {
    "<wx>": ("wl88996", "abc_20206", "kefu5201", "dk13888", "xiaomei_66", "zs168888"),
    "<qq>": ("2831907756", "38291045", "1920384756", "77820193", "3401928837", "2090871234"),
    "<tel>": ("13728190034", "17099871234", "400-661-2298", "0755-22873391", "18676541209", "19928371005"),
    "<url>": (
        "http://wl-dk.top/a",
        "https://t.cn/A6xYz12",
        "vip.wldjk.xyz",
        "http://m.dk66.cc/r?i=8",
        "wldapp.vip",
        "dwz.cn/kq8Zt",
    ),
    "<tg>": ("@wld_vip8", "@dk2026cn", "@jishu_kk", "@fast9988", "@loanqq1", "@kf_77881"),
}
_CHOICE = re.compile(r"\{([^{}]*)\}")


def texts(path: Path, each: int = EACH) -> Iterator[tuple[str, int, str]]:
    """Give (class, number of the base text, text) for every distinct filling."""
    label = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        if line.startswith("== "):
            label = line[3:].strip()
        elif line and not line.startswith("#"):
            yield from ((label, number, text) for text in dict.fromkeys(_filled(line, each, number)))


def _filled(line: str, each: int, seed: int) -> Iterator[str]:
    chosen = random.Random(seed)
    for turn in range(each):
        text = _CHOICE.sub(lambda m: chosen.choice(m.group(1).split("|")), line)
        for slot, values in _FILL.items():
            text = text.replace(slot, values[(turn + seed) % len(values)])
        yield text.replace("\\n", "\n")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the development texts")
    parser.add_argument("--misses", action="store_true", help="show what was told wrong (development texts only)")
    options = parser.parse_args()
    path = HERE / ("dev.txt" if options.dev else "heldout.txt")
    rows = list(texts(path))
    began = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    told = [(label, base, text, *judge(text)) for label, base, text in rows]
    spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime - began
    print(f"{path.name}: {len(rows)} texts of {len({base for _, base, _ in rows})} bases, {spent:.1f} s CPU")
    report(told)
    if options.misses and options.dev:
        misses(told)


_BRANDS: tuple[Brand, ...] = tuple(brand for brand in load_brands() if brand.id == "weilidai")


def judge(text: str) -> tuple[str, str]:
    """Give label and intent of one text, for the brand the texts are about."""
    seen = look(text, _BRANDS, kind="text")
    return seen.verdict.label.value, intent(text, find_names(text, pack(_BRANDS), "balanced"), seen.contacts)


def report(told: list[tuple[str, int, str, str, str]]) -> None:
    """Print a line a class, then precision and recall of an accusation."""
    by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for label, _, _, verdict, aim in told:
        by_class[label].append((verdict, aim))
    _classes(by_class)
    guilty = [v for label, seen in by_class.items() if label in SHOULD for v, _ in seen]
    innocent = [v for label, seen in by_class.items() if label not in SHOULD for v, _ in seen]
    right, wrong = (sum(v in SHOULD for v in some) for some in (guilty, innocent))
    print(f"accusation: recall {right / len(guilty):.3f}, precision {right / max(1, right + wrong):.3f}, "
          f"false accusations {wrong}/{len(innocent)} = {wrong / len(innocent):.4f}")  # fmt: skip


def _classes(by_class: dict[str, list[tuple[str, str]]]) -> None:
    print(f"{'class':14} {'texts':>5} {'accused':>8}  verdicts; intents")
    for label, seen in by_class.items():
        accused = sum(v in SHOULD for v, _ in seen)
        verdicts, intents = Counter(v for v, _ in seen), Counter(i for _, i in seen)
        print(f"{label:14} {len(seen):5} {accused / len(seen):8.3f}  {_few(verdicts)}; {_few(intents)}")


def _few(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common(5))


def misses(told: list[tuple[str, int, str, str, str]]) -> None:
    """Print one text of each base that was accused wrongly or missed."""
    wrong = [row for row in told if (row[0] in SHOULD) != (row[3] in SHOULD)]
    for (label, _), group in itertools.groupby(wrong, key=lambda row: (row[0], row[1])):
        first = next(iter(group))
        print(f"  {label} -> {first[3]}/{first[4]}: {first[2]}")


if __name__ == "__main__":
    main()
