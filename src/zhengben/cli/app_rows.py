"""What `zhengben screen apps` tells of one app beside its verdict: a few facts, and earlier files of the same hand."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from zhengben.core.appfacts import AppFacts, Signer
from zhengben.detect.app_kinship import shared_prints, telling
from zhengben.locale.words import say
from zhengben.publish.app_words import visible

MAX_KIN, MAX_KINDS = 5, 6


def summary(app: AppFacts | None) -> dict[str, object]:
    """Give the few facts of an app that a list shows."""
    if app is None:
        return {}
    return {
        "platform": app.platform, "container": app.container, "package": app.package, "version": app.version,
        "names": list(dict.fromkeys(name.text for name in app.names))[:20], "signed": app.signed,
        "signers": [_signer(signer) for signer in app.signers],
        "tamper": list(app.tamper), "shells": list(app.shells), "packers": list(app.packers), "opens": list(app.opens),
        "hosts": list(app.hosts)[:40],
    }  # fmt: skip


def _signer(signer: Signer) -> dict[str, object]:
    return {
        "scheme": signer.scheme, "sha256": signer.sha256, "subject": signer.subject, "verified": signer.verified,
    }  # fmt: skip


class Kin:
    """Remembers the prints of the files already told, and finds the earlier kin of each new one."""

    def __init__(self) -> None:
        """Start knowing nobody."""
        self._prints: dict[str, tuple[str, ...]] = {}
        self._holders: dict[str, list[str]] = {}

    def add(self, target: str, app: AppFacts | None) -> list[dict[str, object]]:
        """Take a file in and give the earlier ones that share enough with it."""
        prints = tuple(p for p in app.prints if telling(p)) if app else ()
        near = dict.fromkeys(holder for p in prints for holder in self._holders.get(p, ())[:50])
        found = [(other, shared) for other in near if (shared := shared_prints(prints, self._prints[other]))]
        self._prints[target] = prints
        for p in prints:
            self._holders.setdefault(p, []).append(target)
        return [{"target": other, "shared": list(shared)} for other, shared in found[:MAX_KIN]]


def kin_words(kin: Iterable[Mapping[str, object]], language: str) -> str:
    """Give the lines a person reads of the kin of one file; empty where it has none."""
    return "\n".join(f"  = {_kin_line(one, language)}" for one in kin)


def _kin_line(one: Mapping[str, object], language: str) -> str:
    shared = one["shared"]
    kinds = dict.fromkeys(str(p).partition(":")[0] for p in (shared if isinstance(shared, Sequence) else ()))
    words = [say(f"app_print.{kind}", language) for kind in list(kinds)[:MAX_KINDS]]
    told = ("、" if language == "zh" else ", ").join(words)
    return say("app.kin_of_file", language, {"file": visible(Path(str(one["target"])).name), "shared": told})
