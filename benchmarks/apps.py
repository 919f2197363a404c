"""The app readers and detectors beside their rivals, on the same files in one run; prints one JSON object.

    python benchmarks/apps.py --rivals VENV/bin/python --real FOLDER [FILE ...] [--only PART,...]

VENV has androguard, pyaxmlparser and apk-info; aapt and apksigner come from Debian; FOLDER holds real packages. Last
comes the table of targets, filled in.
Parts: speed, limits, malformed, names, forged, verdicts, icons. Times are CPU, never wall clock.
"""

import argparse
import json
import os
import re
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import apps_icons
from apps_bombs import BOMBS
from apps_corpus import BRAND, OWN_PACKAGE, Sample, corpus, owner_key
from apps_table import table
from zhengben.core.brand import Brand, Channel, Names
from zhengben.core.verdict import Label
from zhengben.examine import inflate
from zhengben.examine.apk.android import android_facts
from zhengben.examine.apk.contents import read_contents
from zhengben.examine.apk.icons import DRAWN, draw_icons
from zhengben.examine.apk.keys import read_certificate
from zhengben.examine.apk.package import open_package
from zhengben.examine.apk.shells import find_made
from zhengben.examine.apk.signatures import Outcome, check_signatures
from zhengben.examine.apk.zipread import Archive
from zhengben.examine.appfile import examine_app
from zhengben.flow.app_sighting import app_sighting
from zhengben.flow.limited import ExaminationKilled, run_limited
from zhengben.flow.look import judged
from zhengben.range.make_apk import Extras, app_entries, make_apk, signing_key
from zhengben.range.make_apk_zip import Entry
from zhengben.range.make_app_odd import ODD
from zhengben.range.make_app_tricks import TRICKS

RIVALS = ("apk-info", "aapt", "pyaxmlparser", "androguard", "apksigner")
PACKAGE, ASKED = "cn.example.fake", {"android.permission.READ_SMS", "android.permission.CAMERA"}
BASES = {
    "plain": Extras(), "wiped": Extras(wipe_names=True, activity_labels={"": "A", "zh": "微粒贷"}),
    "rich": Extras(alias_labels={"": "x"}, strings=[f"word {i}" for i in range(3000)]),
}  # fmt: skip
EVADING = {
    "one locale": {"labels": {"": "Tool", "zh": "微粒贷"}}, "launcher activity": {"activity_labels": {"": "微粒贷"}},
    "switched-off alias": {"alias_labels": {"": "微粒贷"}}, "zero width": {"labels": {"": "微\u200b粒贷"}},
    "h5 manifest": {"files": {"assets/apps/__UNI__1/www/manifest.json": '{"name":"微粒贷"}'.encode()}},
}  # fmt: skip


def files_in(places: Sequence[Path]) -> list[Path]:
    """Give the files named, and those in the folders named."""
    return [file for place in places for file in (sorted(place.iterdir()) if place.is_dir() else [place])]


def ask(rivals: str, tool: str, files: Sequence[Path], rounds: int = 1) -> list[dict[str, Any]]:
    """Ask a rival about files; one answer a file."""
    script = Path(__file__).with_name("apps_rivals.py")
    command = [rivals, str(script), tool, str(rounds), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def alone(work: Callable[[], object]) -> tuple[float, int, str]:
    """Run something in a child of its own: CPU seconds, MiB of memory it took beyond what was there, and any error."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            work()
            error = ""
        except BaseException as wrong:  # noqa: BLE001 - whatever it was is the answer
            error = type(wrong).__name__
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writing, json.dumps([grown, error]).encode())
        os._exit(0)
    os.close(writing)
    raw = os.read(reading, 4096)
    os.close(reading)
    _, _, usage = os.wait4(child, 0)
    grown, error = json.loads(raw) if raw else (0, "killed")
    return usage.ru_utime + usage.ru_stime, grown >> 10, error


# --- parts ----------------------------------------------------------------------------------------------------------


def speed(options: argparse.Namespace) -> dict[str, Any]:
    """CPU a package, shallow and deep, over real packages; rivals on the same files."""
    files = files_in(options.real)
    bodies = [path.read_bytes() for path in files]
    size = sum(map(len, bodies)) / 1e6
    for body in bodies[:10]:
        examine_app(body, "a.apk")
    shallow = _time(lambda: [examine_app(body, "a.apk", deep=False) for body in bodies], 5)
    out: dict[str, Any] = {
        "files": len(files), "megabytes": round(size, 1), "engine": inflate.engine.__name__,
        "shallow_ms_each": round(shallow / len(files) * 1000, 2), **_deep(bodies), "big": _big(bodies),
    }  # fmt: skip
    for tool in RIVALS if options.rivals else ():
        rows = ask(options.rivals, tool, files[:: 1 if tool != "apksigner" else 8], 5 if tool == "apk-info" else 1)
        spent = [row["cpu_ms"] for row in rows if "cpu_ms" in row]
        out[tool] = {"ms_each": round(sum(spent) / max(1, len(spent)), 2), "errors": sum("error" in r for r in rows)}
    return out


def _deep(bodies: Sequence[bytes]) -> dict[str, Any]:
    """Measure the whole examination, the same without its signature check, and the check of a file nobody read yet.

    `cold` forgets before every file what a worker keeps from one to the next: icons drawn and certificates read.
    """
    work: dict[str, Callable[[bytes], object]] = {
        "together": lambda body: examine_app(body, "a.apk"), "deep": _unsigned,
        "signatures_alone": lambda body: check_signatures(Archive(body), 24),
    }  # fmt: skip
    runs = {f"{name}_warm": partial(_each, one, bodies) for name, one in work.items()}
    runs |= {f"{name}_cold": partial(_each, partial(_forgetting, one), bodies) for name, one in work.items()}
    spent = _times(runs, 5)
    for kind in ("warm", "cold"):
        spent[f"signatures_{kind}"] = spent[f"together_{kind}"] - spent[f"deep_{kind}"]
    return {name: _rates(seconds, bodies) for name, seconds in spent.items()}


def _each(one: Callable[[bytes], object], bodies: Sequence[bytes]) -> None:
    for body in bodies:
        one(body)


def _forgetting(one: Callable[[bytes], object], body: bytes) -> None:
    DRAWN.clear()
    read_certificate.cache_clear()
    one(body)


def _rates(seconds: float, bodies: Sequence[bytes]) -> dict[str, float]:
    """Give the mean over bytes and the mean over files."""
    size = sum(map(len, bodies)) / 1e6
    return {"ms_per_mb": round(seconds * 1000 / size, 2), "ms_each": round(seconds * 1000 / len(bodies), 2)}


def _unsigned(body: bytes) -> object:
    package = open_package(Archive(body))
    contents = read_contents(package.archive)
    made = find_made(package.archive, package.manifest, contents.sdks)
    return android_facts(package, Outcome(), contents, made, icons=draw_icons(package))


def _big(bodies: Sequence[bytes]) -> dict[str, Any]:
    """Measure one package of ordinary size, put together from the code and pictures of the real ones, signed by v2."""
    key, files, size = signing_key("big"), {}, 0
    for number, archive in enumerate(map(Archive, bodies)):
        for entry in archive.entries:
            if entry.name.endswith((".dex", ".png", ".so")) and size < 12_000_000:
                name = f"classes{number + 2}.dex" if entry.name.endswith(".dex") else f"res/{number}/{entry.name}"
                files[name] = archive.read(entry, 8 << 20)
                size += entry.packed
    body = make_apk(package="a.b", labels={"": "x"}, signer=key, extras=Extras(schemes=("v2",), files=files))
    shallow = _time(lambda: examine_app(body, "a.apk", deep=False), 5)
    return {"megabytes": round(len(body) / 1e6, 1), "shallow_ms": round(shallow * 1000, 2), **_deep([body])}


def _time(work: Callable[[], object], rounds: int) -> float:
    return _times({"": work}, rounds)[""]


def _times(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Give the least CPU seconds of each, taken in turns: what else the machine does then weighs on all alike."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            began = time.process_time()
            work()
            best[name] = min(best[name], time.process_time() - began)
    return best


def _built(base: str) -> list[Entry]:
    return app_entries(
        package=PACKAGE, labels={"": "Tool", "zh": "微粒贷"}, permissions=["READ_SMS", "CAMERA"], urls=[],
        extras=BASES[base],
    )  # fmt: skip


def _taken(path: Path) -> list[Entry]:
    """Take a real package apart, signatures left out, so that the tricks meet what other people's tools write."""
    archive = Archive(path.read_bytes())
    entries = [e for e in archive.entries if not e.name.startswith("META-INF/") and not e.name.endswith("/")]
    return [Entry(name=e.name, data=archive.read(e, 64 << 20)) for e in entries]


Bases = dict[str, tuple[Callable[[], list[Entry]], str, set[str]]]


def _bases(real: Sequence[Path]) -> Bases:
    """Give the bases: three built here, and two real packages with what aapt says of them unharmed."""
    bases: Bases = {name: (partial(_built, name), PACKAGE, ASKED) for name in BASES}
    wanted = [path for path in files_in(real) if path.stat().st_size < 300_000][::9]
    for path in wanted:
        done = subprocess.run(["aapt", "dump", "badging", str(path)], capture_output=True, text=True, check=False)
        asked = set(re.findall(r"^uses-permission: name='([^']*)'", done.stdout, re.MULTILINE))
        package = (re.findall(r"^package: name='([^']*)'", done.stdout, re.MULTILINE) or [""])[0]
        implied = re.search(r"^uses-implied-permission", done.stdout, re.MULTILINE)  # aapt's own addition
        if not done.returncode and package and not implied and len(asked) > 1 and len(bases) < 5:
            bases[path.name] = (partial(_taken, path), package, asked)
    return bases


def _tricks(real: Sequence[Path] = ()) -> Iterator[tuple[str, bytes, str, set[str]]]:
    """Give every malformed file: family/base, bytes, package and permissions; the slow families on the first base."""
    key = signing_key("bench", "Bench")
    for base, (entries, package, asked) in _bases(real).items():
        for name, trick in {**TRICKS, **ODD}.items():
            if base == "plain" or not name.startswith(("bomb", "zip_many")):
                with suppress(ValueError, StopIteration, IndexError, struct.error):  # no place for it here
                    yield f"{base}/{name}", trick(entries(), key), package, asked


def limits(_: argparse.Namespace) -> dict[str, Any]:
    """CPU and memory of the worst inputs: bombs of every kind, tens of thousands of entries, half a million nodes."""
    out: dict[str, Any] = {}
    costly = [(name, body) for name, body, *_ in _tricks() if "bomb" in name or "many" in name]
    costly += [(f"bomb/{name}", build()) for name, build in BOMBS.items()]
    for name, body in costly:
        cpu, memory, error = alone(partial(examine_app, body, "a.apk"))
        out[name] = {"cpu_s": round(cpu, 2), "mib": memory, "error": error}
    return {
        "worst_cpu_s": max(r["cpu_s"] for r in out.values()),
        "worst_mib": max(r["mib"] for r in out.values()),
        **out,
    }


def malformed(options: argparse.Namespace) -> dict[str, Any]:
    """Right package and permissions over every trick, bombs included, on three built and two real packages.

    Everybody runs in a limited process: ours in the worker of the product, the rivals with 2 GiB and 20 s.
    """
    cases = list(_tricks(options.real))
    found = {name: _ours(body) for name, body, _, _ in cases}
    wrong = [name for name, _, package, asked in cases if found[name] != (package, asked)]
    out: dict[str, Any] = {
        "cases": len(cases), "bases": len({name.partition("/")[0] for name, *_ in cases}),
        "families": len({name.partition("/")[2] for name, *_ in cases}), "ours": len(cases) - len(wrong),
        "ours_wrong": wrong, "ours_killed": sum(answer[0] == "KILLED" for answer in found.values()),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        files = [_write(Path(folder), f"{i}.apk", body) for i, (_, body, _, _) in enumerate(cases)]
        for tool in RIVALS if options.rivals else ():
            chosen = range(0, len(cases), 1 if tool != "apksigner" else 8)
            rows = ask(options.rivals, tool, [files[i] for i in chosen])
            out[tool] = _score(rows, [cases[i] for i in chosen])
    return out


def _ours(body: bytes) -> tuple[str, set[str]]:
    try:
        facts = run_limited("zhengben.examine.appfile:examine_app", body, "a.apk", cpu_s=2.0, wall_s=60)
    except ExaminationKilled:
        return "KILLED", set()
    return facts.package, set(facts.permissions)


def _score(rows: Sequence[dict[str, Any]], cases: Sequence[tuple[str, bytes, str, set[str]]]) -> dict[str, int]:
    pairs = list(zip(rows, cases, strict=True))
    errors = [row for row in rows if "error" in row]
    return {
        "asked": len(pairs),
        "right": sum(r.get("package") == c[2] and set(r.get("permissions") or ()) == c[3] for r, c in pairs),
        "errors": len(errors), "killed": sum("killed" in row["error"] for row in errors),
        "silently_empty": sum("error" not in row and not row.get("package") for row in rows),
        "peak_mib": max((row.get("peak_mib", 0) for row in rows), default=0),
    }  # fmt: skip


def names(options: argparse.Namespace) -> dict[str, Any]:
    """Whether the brand's name is seen at all, by kind of evasion."""
    brand, key = _brand(), signing_key("names", "N")
    bodies = {}
    for kind, change in EVADING.items():
        more: dict[str, Any] = dict(change)
        labels = more.pop("labels", {"": "Tool"})
        bodies[kind] = make_apk(package=PACKAGE, labels=labels, signer=key, extras=Extras(**more))
    found = {kind: _verdict(body, brand)[0] is Label.IMPERSONATION for kind, body in bodies.items()}
    out: dict[str, Any] = {"kinds": len(bodies), "ours": sum(found.values())}
    with tempfile.TemporaryDirectory() as folder:
        files = [_write(Path(folder), f"{i}.apk", body) for i, body in enumerate(bodies.values())]
        for tool in RIVALS[:4] if options.rivals else ():
            labels = [[str(label) for label in row.get("labels") or ()] for row in ask(options.rivals, tool, files)]
            out[tool] = sum(any("粒贷" in label for label in row) for row in labels)
    return out


def forged(options: argparse.Namespace) -> dict[str, Any]:
    """How many transplanted signing blocks are taken for the owner's signature."""
    bodies = [s.data for s in corpus("forged", 400, 0) if s.way == "transplanted block" and s.container == "apk"]
    taken = sum(any(x.verified for x in examine_app(body, "a.apk", deep=False).signers) for body in bodies)
    taken += sum(any(x.verified for x in examine_app(body, "a.apk").signers) for body in bodies)
    out: dict[str, Any] = {"files": len(bodies), "ours_accepted": taken}
    with tempfile.TemporaryDirectory() as folder:
        files = [_write(Path(folder), f"{i}.apk", body) for i, body in enumerate(bodies)]
        for tool in ("apk-info", "androguard", "apksigner") if options.rivals else ():
            rows = ask(options.rivals, tool, files)
            out[tool] = sum(owner_key().sha256 in (row.get("certs") or ()) for row in rows)
    return out


def _brand() -> Brand:
    return Brand(
        id=BRAND, owner="深圳前海微众银行股份有限公司", finance=True,
        names=Names(
            primary="微粒贷", aliases=("微粒貸",), latin=("weilidai",), short=("wld",),
            siblings=("微业贷", "微车贷", "微户贷"), keywords=("代开", "强开", "提额"),
        ),
        channels=(
            Channel(kind="app", exists="never", statement="微粒贷没有独立APP", source="bench"),
            Channel(kind="app", exists="yes", value="com.tencent.mm", platform="android", role="host"),
            Channel(kind="app", exists="yes", value=OWN_PACKAGE, platform="android", cert_sha256=owner_key().sha256),
        ),
    )  # fmt: skip


def _verdict(body: bytes, brand: Brand, name: str = "a.apk") -> tuple[Label, tuple[str, ...]]:
    verdict = judged((app_sighting(examine_app(body, name), name),), (brand,)).verdict
    return verdict.label, tuple(reason.code for reason in verdict.reasons)


def verdicts(_: argparse.Namespace) -> dict[str, Any]:
    """Precision and recall of the accusation on the set that was looked at and on the one only counted."""
    brand = _brand()
    return {seed: _count(corpus(seed, 260, 220), brand) for seed in ("dev", "held out")}


def _count(samples: Sequence[Sample], brand: Brand) -> dict[str, Any]:
    told: Counter[str] = Counter()
    wrong = []
    for sample in samples:
        label, codes = _verdict(sample.data, brand, sample.name)
        accused = label is Label.IMPERSONATION
        told[("true" if sample.fake else "false") + (" accused" if accused else " left")] += 1
        if accused != sample.fake:
            wrong.append(f"{sample.name} {sample.way}: {label} {codes}"[:160])
    hit, missed, false = told["true accused"], told["true left"], told["false accused"]
    return {
        "fakes": hit + missed, "honest": false + told["false left"], "precision": round(hit / max(1, hit + false), 4),
        "recall": round(hit / max(1, hit + missed), 4),
        "containers": dict(Counter(s.container for s in samples if s.fake)),
        "techniques": len({s.way for s in samples if s.fake}), "wrong": wrong[:12],
    }  # fmt: skip


def icons(options: argparse.Namespace) -> dict[str, Any]:
    """Recall of copied icons at a threshold fixed on another split, for plain drawings and for rich ones."""
    return apps_icons.measure([path for path in files_in(options.real) if path.stat().st_size < 4 << 20])


def _write(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


PARTS = {f.__name__: f for f in (speed, limits, malformed, names, forged, verdicts, icons)}


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", default="", help="Python of the rivals' environment")
    parser.add_argument("--real", type=Path, nargs="+", default=[], help="real packages, or folders of them")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts, by comma: {', '.join(PARTS)}")
    options = parser.parse_args()
    found: dict[str, Any] = {}
    for name in options.only.split(","):
        if name == "speed" and not options.real:
            continue
        began = time.process_time()
        found[name] = PARTS[name](options)
        print(json.dumps({name: found[name]}, ensure_ascii=False), flush=True)
        print(f"{name}: {time.process_time() - began:.1f} s CPU of our own", file=sys.stderr)
    print(table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
