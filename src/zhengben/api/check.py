"""GET or POST /api/v1/check: one target, one object as `zhengben check --offline --json` prints it, and the answer.

Nothing is fetched and nothing is stored. `answer` is one of official, impostor, false, unknown; unknown is never safe.
"""

import json
import time
from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhengben import wiring
from zhengben.api.answers import BadQuestionError, told, wrong
from zhengben.core.lead import KINDS
from zhengben.flow.public_check import LONGEST, Checked, public_check
from zhengben.locale.words import LANGUAGES, say


@csrf_exempt  # nothing is changed and nobody is signed in here
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> JsonResponse:
    """Answer one question."""
    started = time.perf_counter()
    try:
        target, kind = _question(request)
        checked = public_check(target, "", wiring.brands(), lambda typed, _kind: wiring.look_offline(typed, kind))
    except ValueError as error:
        return wrong("bad_request", str(error), 400)
    return told(row_of(target, checked) | {"elapsed_ms": round((time.perf_counter() - started) * 1000, 1)})


def row_of(target: str, checked: Checked) -> dict[str, object]:
    """Shape the contract's `check` object, with the public answer beside it."""
    verdict = checked.looked.verdict
    return {
        "target": target,
        "kind": checked.looked.sighting.kind,
        "verdict": verdict.label.value,
        "brand": verdict.brand,
        "score": verdict.score,
        "reasons": [
            {"code": r.code, "weight": r.weight, "facts": dict(r.facts), "text": _text(r.code, r.facts)}
            for r in verdict.reasons
        ],
        "coverage": {"complete": verdict.coverage.complete, "missing": list(verdict.coverage.missing)},
        "contacts": [{"kind": c.kind, "value": c.value, "raw": c.raw} for c in checked.looked.contacts],
        "answer": checked.answer.kind,
    }


def _text(code: str, facts: Mapping[str, object]) -> dict[str, str]:
    return {language: say(f"reason.{code}", language, facts) for language in LANGUAGES}


def _question(request: HttpRequest) -> tuple[str, str]:
    # A form, a query and JSON alike: whoever embeds the check should not need to know which we like.
    told = _body(request) if request.method == "POST" else request.GET.dict()
    return _target(told), _kind(told)


def _kind(told: Mapping[str, object]) -> str:
    kind = "" if told.get("kind") is None else told["kind"]
    if not isinstance(kind, str) or (kind and kind not in KINDS):
        raise BadQuestionError(f"kind {str(kind)[:40]!r} is unknown; leave it out or use one of {', '.join(KINDS)}")
    return kind


def _target(told: Mapping[str, object]) -> str:
    target = told.get("target") or ""
    if not isinstance(target, str) or not target.strip():
        raise BadQuestionError('target is missing; send {"target": "..."} or ?target=...')
    # Refused, not cut: the part that is cut off may be the part that deceives.
    if len(target) > LONGEST:
        raise BadQuestionError(f"target is longer than {LONGEST} characters; send the part with the link or the number")
    if any("\ud800" <= char <= "\udfff" for char in target):
        # JSON can escape half a character, and no answer in UTF-8 could hold it.
        raise BadQuestionError("target holds half of a character (a lone surrogate); send whole characters")
    return target.strip()


def _body(request: HttpRequest) -> dict[str, object]:
    if not (request.content_type or "").startswith("application/json"):
        return {name: request.POST.get(name, "") for name in ("target", "kind")}
    try:
        asked = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadQuestionError('the body is not JSON; send {"target": "..."}') from None
    if not isinstance(asked, dict):
        raise BadQuestionError('the body is not a JSON object; send {"target": "..."}')
    return asked
