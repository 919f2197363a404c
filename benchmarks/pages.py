"""Pages and pictures, measured: `python benchmarks/pages.py PART [--icons FOLDER] [--out FILE]`.

Parts: text (pages of the range: impostors and hard negatives), wild (both, in wording of their own), logos (symbols
under bad conditions), posters (symbols inside one large picture), words (Chinese wordmarks and their look-alikes),
codes (QR on posters), cost (CPU of reading pages), captures (a real browser), datasets (a public set that you hold:
see the top of pages_datasets.py), rival (the same pages through a published one: the top of pages_rival.py).
`logos` and `posters` need the icons of the CC0 package simple-icons: `npm pack simple-icons`, unpack, give its folder.

Thresholds are set on one split (`--split first`) and reported on the other (`--split second`, the default); seeds are
fixed. Times are CPU times of this process and its children. Intervals are Wilson's at 95 %.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# As in the limited workers, and before numpy is loaded by any part: one thread, or CPU times count its waiting.
os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import pages_browser
import pages_cost
import pages_datasets
import pages_pictures
import pages_posters
import pages_rival
import pages_text
import pages_wild
import pages_words

PARTS: dict[str, Callable[[argparse.Namespace], dict[str, object]]] = {
    "text": pages_text.run,
    "wild": pages_wild.run,
    "logos": pages_pictures.logos,
    "posters": pages_posters.run,
    "words": pages_words.run,
    "codes": pages_pictures.codes,
    "cost": pages_cost.run,
    "captures": pages_browser.run,
    "datasets": pages_datasets.run,
    "rival": pages_rival.run,
}


def main() -> int:
    """Run one part and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--icons", type=Path, help="folder of SVG icons (simple-icons' package/icons)")
    parser.add_argument("--rival", type=Path, help="rival: folder of the rival, with its weights")
    parser.add_argument("--data", type=Path, help="datasets: folder or file of the set")
    parser.add_argument("--layout", choices=("folders", "rows"), default="folders", help="datasets: its shape")
    parser.add_argument("--truth", choices=("phishing", "benign"), help="datasets: what a set of folders holds")
    parser.add_argument("--brands", type=Path, help="datasets: folder of dossiers to use instead of those shipped")
    parser.add_argument(
        "--split", choices=("first", "second", "last", "honest", "final", "fresh", "unseen", "later"), default="second"
    )
    parser.add_argument("--pages", type=int, default=0, help="how many, where a part can do with fewer")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, help="also write the figures here as JSON")
    options = parser.parse_args()
    started = time.process_time()
    figures = PARTS[options.part](options)
    figures["cpu_s"] = round(time.process_time() - started, 1)
    whole = {"part": options.part, "split": options.split, "seed": options.seed, **figures}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
