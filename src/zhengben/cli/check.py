"""`zhengben check`: is this real? Judges links, numbers, texts and files, one line each."""

import argparse
import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from zhengben import wiring
from zhengben.cli.check_again import check_again
from zhengben.cli.check_words import code_of, row_of, told_in_words
from zhengben.cli.common import (
    EXITS,
    NOT_EXAMINED,
    UNUSABLE,
    Outcome,
    brand_options,
    chosen_brands,
    complain,
    emit,
    json_option,
    plain,
)  # fmt: skip
from zhengben.collect.profiles import PROFILES, REGIONS, placed
from zhengben.core.appfacts import Mark
from zhengben.core.brand import Brand
from zhengben.core.lead import KINDS
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.examine.text import decode
from zhengben.flow.dossiers import SHIPPED
from zhengben.flow.eyes import GuardedEyes
from zhengben.flow.limited import Pool
from zhengben.flow.look import Look, look, look_at_file
from zhengben.flow.look_app import brand_marks, look_at_app
from zhengben.flow.look_file import APP_NAMES, app_meant, sniff
from zhengben.flow.look_seal import seal_look
from zhengben.flow.typed import guess_kind

NAME = "check"
HELP = "Is this real? Judge links, hostnames, telephone numbers, texts and files (apk, ipa, html, image, eml ...)."
EPILOG = f"""{EXITS}

examples:
  zhengben check https://example.cn/ "【某某贷】点击领取额度" suspicious.apk
  zhengben check --offline --json weilidai-app.cn
  zhengben check --kind phone 4008888888
  zhengben check - < message.txt
  zhengben check --seal kept https://example.cn/
  zhengben check --referrer https://www.baidu.com/ --region CN-44 https://example.cn/
  zhengben check --from-evidence kept/5f1c....zip"""
# Stores refuse apps beyond two gigabytes; a larger file is no app and would fill the memory.
MAX_FILE = 2 << 30
MAX_STDIN = 16 << 20
_ENDINGS = APP_NAMES | {".html", ".htm", ".eml", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"}
_FILE_KINDS = frozenset({"", "app_file", "image", "text", "url"})
_NO_PATH = ("\n", "://")


def options(parser: argparse.ArgumentParser) -> None:
    """Define the options."""
    given = "URL, hostname, telephone number, text or path; - reads standard input"
    parser.add_argument("targets", nargs="+", metavar="TARGET", help=given)
    parser.add_argument(
        "--kind", choices=KINDS, default="", metavar="KIND", help=f"insist on a kind: {', '.join(KINDS)}"
    )
    parser.add_argument("--offline", action="store_true", help="fetch nothing; what was not opened is said")
    again = "each TARGET is a sealed package: judge again what it holds, offline"
    parser.add_argument("--from-evidence", action="store_true", help=again)
    parser.add_argument("--seal", type=Path, metavar="DIR", help="leave a sealed package of what was seen in DIR")
    parser.add_argument("--referrer", default="", metavar="URL", help="where the visitor comes from, as a page is told")
    places = f"where the visitor says it is (time zone, languages, place): {', '.join(REGIONS)}"
    parser.add_argument("--region", choices=REGIONS, default="", metavar="CODE", help=places)
    json_option(parser)
    brand_options(parser)


def run(args: argparse.Namespace) -> int:
    """Judge every target; a bad one never stops the rest. Raises ValueError where options contradict each other."""
    if args.from_evidence and (args.seal or args.kind):
        raise ValueError("--from-evidence looks as it was looked then; leave out --seal and --kind")
    if args.referrer or args.region:
        _refuse_idle(args)
        placed(PROFILES["mobile"], referrer=args.referrer, region=args.region)  # refused before anything is fetched
    brands = chosen_brands(args)
    outcome = Outcome()
    for code in _again(args, brands) if args.from_evidence else _each(args, brands):
        outcome.note(code)
    return outcome.code


def _again(args: argparse.Namespace, brands: Sequence[Brand]) -> Iterator[int]:
    return (check_again(package, args, brands) for package in args.targets)


def _each(args: argparse.Namespace, brands: Sequence[Brand]) -> Iterator[int]:
    with _eyes(args) as eyes:
        for target in args.targets:
            yield _one(target, args, brands, eyes)


def _refuse_idle(args: argparse.Namespace) -> None:
    """Refuse a visitor where nobody visits: an answer that looks like one from there would mislead."""
    if args.offline or args.from_evidence:
        raise ValueError("--referrer and --region say how a page is visited; leave out --offline and --from-evidence")


@contextlib.contextmanager
def _eyes(args: argparse.Namespace) -> Iterator[GuardedEyes | None]:
    if args.offline:
        yield None
        return
    with wiring.eyes() as eyes:
        yield eyes


def _one(target: str, args: argparse.Namespace, brands: Sequence[Brand], eyes: GuardedEyes | None) -> int:
    began = time.perf_counter()
    path = None if target == "-" else _path(target, args.kind)
    try:
        body = _read(path) if path else None
        seen = _look_at_input(args, brands, eyes) if target == "-" else _look(target, path, body, args, brands, eyes)
    except (OSError, ValueError) as error:
        complain(_refusal(target, error))
        return UNUSABLE
    except Exception as error:  # noqa: BLE001 - one hostile target must never stop the others; it becomes unknown
        return _unknown(target, args, error, began)
    _tell(target, args, seen, began)
    code = code_of(seen.verdict)
    return _sealed(seen, body, args, brands, code) if args.seal else code


def _refusal(target: str, error: OSError | ValueError) -> str:
    """Say why a target cannot be looked at, and what to give instead."""
    if not target.strip():
        return "the target is empty; give a link, a number, a name, a text or a file"
    # Python's own sentence for a missing file names its error number and no cure
    return plain(error) if isinstance(error, OSError) and error.filename else f"{target[:200]}: {error}"


def _sealed(seen: Look, body: bytes | None, args: argparse.Namespace, brands: Sequence[Brand], code: int) -> int:
    """Leave a sealed package; where it cannot be written, say so and go on."""
    try:
        sealer, asked = wiring.Sealer(wiring.home()), args.kind
        place = seal_look(seen, body, args.seal, brands, sealer, datetime.now(UTC), asked=asked)
        complain(f"sealed: {place}")
    except OSError as error:
        complain(f"not sealed: {error}; name a folder that can be written with --seal")
        return UNUSABLE
    return code


def _look(
    target: str, path: Path | None, body: bytes | None, args: argparse.Namespace, brands: Sequence[Brand],
    eyes: GuardedEyes | None,
) -> Look:  # fmt: skip
    if path is not None and body is not None:
        if app_meant(path.name, body, args.kind):
            return _look_at_app(path, args, brands)
        marks = _marks(tuple(brands), args.brands or SHIPPED)
        return look_at_file(path.name, body, brands, kind=args.kind, target=target, marks=marks)
    marks = _marks(tuple(brands), args.brands or SHIPPED) if eyes else ()
    detail = {"referrer": args.referrer, "region": args.region}
    return look(target, brands, eyes, kind=args.kind, detail=detail, picture=bool(args.seal), marks=marks)


def _look_at_input(args: argparse.Namespace, brands: Sequence[Brand], eyes: GuardedEyes | None) -> Look:
    """Look at what stands on standard input: words as if they had been typed, anything else by its content."""
    body = sys.stdin.buffer.read(MAX_STDIN + 1)
    if len(body) > MAX_STDIN:
        raise ValueError(f"more than {MAX_STDIN} bytes on standard input; give a file instead")
    content = sniff(body)
    if content == "app":
        raise ValueError("an app on standard input cannot be looked at; save it and give its path")
    if content != "text":
        return look_at_file("-", body, brands, kind=args.kind)
    return look(decode(body).strip(), brands, eyes, kind=args.kind, picture=bool(args.seal))


@lru_cache(maxsize=1)
def _marks(brands: tuple[Brand, ...], folder: Path) -> tuple[Mark, ...]:
    """Give the pictures of the marks, read once a run."""
    with contextlib.closing(Pool(1)) as pool:
        return brand_marks(brands, folder, pool)


def _look_at_app(path: Path, args: argparse.Namespace, brands: Sequence[Brand]) -> Look:
    """Look at an app as `screen apps` does, beside the pictures of the marks."""
    marks = _marks(tuple(brands), args.brands or SHIPPED)
    with contextlib.closing(Pool(1)) as pool:
        return look_at_app(path, brands, marks, pool)


def _path(target: str, kind: str) -> Path | None:
    """Give the path a target names: an existing file, or something that can only be meant as one."""
    if any(sign in target for sign in _NO_PATH) or len(target) > 4096 or kind not in _FILE_KINDS:
        return None
    path = Path(target)
    if _is_file(path):
        return path
    return path if kind != "text" and _meant_as_path(target) else None


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):  # a text too long for a name, or with a NUL in it
        return path.is_file()
    return False


def _meant_as_path(target: str) -> bool:
    written = target.startswith(("/", "./", "../", "~/")) or Path(target).suffix.lower() in _ENDINGS
    return written and guess_kind(target) not in {"domain", "url"}


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if path.is_dir():
        raise ValueError("is a folder; name a file, or use `zhengben screen apps` for folders")
    if size > MAX_FILE:
        raise ValueError(f"{size} bytes is more than can be looked at ({MAX_FILE}); give a smaller file")
    return path.read_bytes()


def _tell(target: str, args: argparse.Namespace, seen: Look, began: float) -> None:
    elapsed = round((time.perf_counter() - began) * 1000)
    if args.json:
        emit(row_of(target, seen, elapsed))
    else:
        print(told_in_words(target, seen))


def _unknown(target: str, args: argparse.Namespace, error: Exception, began: float) -> int:
    complain(f"{target[:200]}: could not be examined ({type(error).__name__}: {error}); the rest goes on")
    verdict = Verdict(Label.UNKNOWN, "", 0, (), Coverage(("examination.failed",)))
    _tell(target, args, Look(Sighting(kind=args.kind or "text", target=target), verdict, ()), began)
    return NOT_EXAMINED
