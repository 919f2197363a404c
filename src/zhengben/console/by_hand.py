"""What people do about a case with their own hands: look, seal what they saw, file a form, note an answer."""

from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from zhengben import wiring
from zhengben.console.cases import brand_names
from zhengben.console.frame import Asked, member, page, tell
from zhengben.console.shape import case_row, notice_row
from zhengben.core.moves import ForbiddenMoveError
from zhengben.core.notice import LEFT
from zhengben.core.recheck import states_by_hand
from zhengben.evidence.exhibit import Attached
from zhengben.flow.by_hand import BYTES, Seen, answer_by_hand, draft_for, filed, look_by_hand, seal_by_hand
from zhengben.flow.complain import StoppedError
from zhengben.flow.further import remind_now, supplement
from zhengben.flow.preserve import NothingSeenError
from zhengben.flow.send import FILE_BY_HAND
from zhengben.flow.views import NotSealedError, case_view
from zhengben.locale.words import say
from zhengben.store.events import StaleError
from zhengben.store.models import Case, Notice
from zhengben.store.queries_cases import case_file
from zhengben.takedown.answers import VERBS
from zhengben.takedown.channels import Receiver
from zhengben.takedown.letters import LetterError

ANSWERS = tuple(kind for kind in VERBS if kind != "bounce")
_REFUSED = (StaleError, ForbiddenMoveError, StoppedError, NotSealedError, NothingSeenError, LetterError, ValueError)


@member
@require_GET
def by_hand(request: Asked, number: str) -> HttpResponse:
    """Show what can be done by hand about one case now."""
    case = _case(number)
    notices = list(case.notices.order_by("pk"))
    context = {
        "case": case_row(case, request.now, brand_names()),
        "states": states_by_hand(case.kind),
        "can_look": case.state not in {"open", "withdrawn"},
        "can_seal": case.state in {"open", "relapsed"},
        "receivers": [{"id": one.id, "name": one.name[request.language]} for one in _receivers(case, request)],
        "to_file": [notice_row(one) for one in notices if one.trouble == FILE_BY_HAND],
        "sent": [notice_row(one) for one in notices if one.state in LEFT and one.purpose != "retraction"],
        "answers": ANSWERS,
    }
    return page(request, "console/by_hand.html", "cases", context)


@member
@require_POST
def act(request: Asked, number: str, what: str) -> HttpResponse:
    """Do one of them; what is refused changes nothing, and says why."""
    case = _case(number)
    work = _ACTS.get(what)
    if work is None:
        raise Http404
    try:
        work(request, case)
        tell(request, f"by_hand.done_{what}")
    except StoppedError as error:
        first = error.stops[0]
        tell(request, "notice.stopped", tone="wrong", why=say(f"stop.{first.code}", request.language, first.facts))
    except _REFUSED:
        tell(request, f"by_hand.not_{what}", tone="wrong")
    return redirect(f"/cases/{number}/by-hand/")


def _look(request: Asked, case: Case) -> None:
    body, kind = _upload(request, "proof")
    told = {name: request.POST.get(name, "") for name in ("state", "vantage", "client", "words")}
    seen = Seen(**told, proof=body, media_type=kind)
    look_by_hand(case, seen, request.user.username, request.now, wiring.adapters())


def _seal(request: Asked, case: Case) -> None:
    files = tuple(
        Attached(str(one.name)[:200], str(one.content_type)[:100], one.read(BYTES + 1))
        for one in request.FILES.getlist("files")[:10]
        if isinstance(one, UploadedFile)
    )
    seal_by_hand(case, files, request.user.username, request.now, wiring.adapters())


def _draft(request: Asked, case: Case) -> None:
    chosen = next((one for one in _receivers(case, request) if one.id == request.POST.get("receiver")), None)
    if chosen is None:
        raise ValueError("no such receiver for this case")
    draft_for(case, chosen, request.user.username, request.now, wiring.adapters())


def _file(request: Asked, case: Case) -> None:
    body, _ = _upload(request, "proof")
    one = _notice(request, case)
    filed(one, request.POST.get("receipt", ""), request.user.username, request.now, wiring.adapters(), body)


def _answer(request: Asked, case: Case) -> None:
    told = request.POST.get("kind", ""), request.POST.get("words", "")
    if answer_by_hand(_notice(request, case), *told, request.user.username, request.now) is None:
        raise ValueError("this answer is noted already")


def _supplement(request: Asked, case: Case) -> None:
    words = request.POST.get("words", "")
    supplement(_notice(request, case), words, request.user.username, request.now, wiring.adapters())


def _remind(request: Asked, case: Case) -> None:
    remind_now(_notice(request, case), request.user.username, request.now, wiring.adapters())


_ACTS: dict[str, Callable[[Asked, Case], None]] = {
    "look": _look, "seal": _seal, "draft": _draft, "file": _file, "answer": _answer, "supplement": _supplement,
    "remind": _remind,
}  # fmt: skip


def _receivers(case: Case, request: Asked) -> tuple[Receiver, ...]:
    """Give whom a person can turn to about a case; nobody before there is sealed evidence."""
    world = wiring.adapters()
    try:
        view = case_view(case, world.brand(case.brand), request.now, world)
    except (NotSealedError, ValueError):
        return ()
    return wiring.addresses().people(view)


def _upload(request: Asked, name: str) -> tuple[bytes, str]:
    """Give the bytes of an uploaded file, one more than is kept where it is too large, and its kind."""
    one = request.FILES.get(name)
    return (one.read(BYTES + 1), str(one.content_type)[:100]) if isinstance(one, UploadedFile) else (b"", "")


def _notice(request: Asked, case: Case) -> Notice:
    key = request.POST.get("notice", "")
    one = case.notices.filter(pk=int(key)).first() if key.isdecimal() and key.isascii() and len(key) < 19 else None
    if one is None:
        raise ValueError("no such notice of this case")
    return one


def _case(number: str) -> Case:
    file = case_file(number)
    if file is None:
        raise Http404
    return file.case
