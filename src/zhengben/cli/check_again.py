"""`zhengben check --from-evidence PACKAGE...`: judge again what sealed packages hold; nothing is fetched."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from zhengben.cli.check_words import code_of, row_of, told_in_words
from zhengben.cli.common import NOT_EXAMINED, UNUSABLE, complain, emit
from zhengben.core.brand import Brand
from zhengben.evidence.reopen import Reopened, seen_of
from zhengben.flow.dossiers import SHIPPED
from zhengben.flow.look import Look
from zhengben.flow.look_again import another_dossier, differences, look_again


def check_again(package: str, args: argparse.Namespace, brands: Sequence[Brand]) -> int:
    """Judge one package and say whether that is what was sealed; give the exit code for it."""
    began = time.perf_counter()
    try:
        kept = seen_of(Path(package))
        seen = look_again(kept, brands, args.brands or SHIPPED)
    except OSError as error:
        complain(f"{package[:200]}: cannot be read ({error.strerror or error}); give the path of a sealed package")
        return UNUSABLE
    except ValueError as error:
        complain(f"{package[:200]}: {error}")
        return UNUSABLE
    except Exception as error:  # noqa: BLE001 - one hostile package must never stop the others
        complain(f"{package[:200]}: could not be examined ({type(error).__name__}: {error}); the rest goes on")
        return NOT_EXAMINED
    _tell(package, kept, seen, args, brands, round((time.perf_counter() - began) * 1000))
    return code_of(seen.verdict)


def _tell(
    package: str, kept: Reopened, seen: Look, args: argparse.Namespace, brands: Sequence[Brand], elapsed_ms: int
) -> None:
    chosen = {brand.id for brand in brands}
    changed = [brand for brand in differences(kept, seen) if brand in chosen or brand == "-"]
    if args.json:
        evidence = {"package": package, "number": kept.number, "as_sealed": not changed}
        emit(row_of(kept.target, seen, elapsed_ms) | {"evidence": evidence})
    else:
        print(told_in_words(kept.target, seen))
    if changed:
        why = "; its dossier has changed since" if another_dossier(kept, brands) else ""
        complain(f"{package[:200]}: not what was sealed for {', '.join(changed)}{why}")
    elif not args.json:
        complain(f"{package[:200]}: the same reasons as when it was sealed")
