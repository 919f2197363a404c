"""Names without any brand that are nothing but lure words in pinyin: qianbao-app-xiazai."""

from zhengben.names.host_model import HostModel
from zhengben.names.host_words import Find, explained
from zhengben.names.hostname import Hostname

LEAST_LURES, LEAST_STRONG = 3, 2


def farm_find(name: Hostname, model: HostModel) -> Find | None:
    """Give a find without brand where the registrable label is three or more lures, two of them pinyin ones.

    Words such as `app` and `vip` explain a label but do not make it a farm; digits are noise.
    """
    words = [w for w in name.words() if w.label == name.own]
    lures: list[str] = []
    for word in words:
        cut = explained(word.text, model)
        if cut is None:
            return None
        lures += [lure for lure in cut if not lure.isdigit() and len(lure) > 1]
    strong = sum(lure in model.strong for lure in lures)
    if len(lures) < LEAST_LURES or strong < LEAST_STRONG:
        return None
    start, end = words[0].start, words[-1].start + len(words[-1].text)
    score = min(80, 52 + 4 * len(lures) + 4 * (strong - LEAST_STRONG))
    return Find(
        brand="", technique="lure_farm", score=score, matched=name.name[start:end], expected="", start=start, end=end,
        lures=tuple(lures),
    )  # fmt: skip
