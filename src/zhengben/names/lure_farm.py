"""Names without any brand that are nothing but lure words in pinyin: qianbao-app-xiazai."""

from itertools import pairwise

from zhengben.names.host_model import HostModel
from zhengben.names.host_scene import Find, explained
from zhengben.names.hostname import Hostname

LEAST_LURES, LEAST_STRONG = 3, 2
ANCHOR = 5  # letters of a pinyin lure that can carry a farm: xiazai, not tie
ENDINGS = frozenset(
    ["com", "cn", "net", "org", "cc", "vip", "top", "app", "hk", "tw", "info", "io"]
)  # after a separator these end a domain


def farm_find(name: Hostname, model: HostModel) -> Find | None:
    """Give a find without brand where the registrable label is three or more lures, two of them pinyin ones.

    Words such as `app` and `vip` explain a label but do not make it a farm; digits may stand at the end of the label.
    """
    label = name.labels[name.own].rstrip("0123456789")
    cut = explained(label.replace("-", ""), model) if label.replace("-", "").isalnum() else None
    if not cut or len(cut) < LEAST_LURES or any(lure.isdigit() or len(lure) < 2 for lure in cut):
        return None
    strong = [lure for lure in cut if lure in model.strong]
    if len(strong) < LEAST_STRONG or not _anchored(label, cut, model):
        return None
    start = len(name.name) - len(name.registrable)
    score = min(80, 52 + 4 * len(cut) + 4 * (len(strong) - LEAST_STRONG))
    return Find(
        brand="", technique="lure_farm", score=score, matched=label, expected="", start=start, end=start + len(label),
        lures=cut,
    )  # fmt: skip


def _anchored(label: str, cut: tuple[str, ...], model: HostModel) -> bool:
    """Tell whether a long pinyin lure stands beside another lure, with one hyphen or none between them."""
    for one, two in pairwise(cut):
        near = one + two in label or (one + "-" + two in label and two not in ENDINGS)
        if near and any(lure in model.strong and len(lure) >= ANCHOR for lure in (one, two)):
            return True
    return False
