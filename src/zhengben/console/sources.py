"""Sources: where leads come from, how far each has read, and which has fallen silent."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhengben.console.frame import Asked, member, page, tell, written
from zhengben.flow.feed import add_source
from zhengben.locale.words import say
from zhengben.store.models import Source
from zhengben.store.queries_sources import set_aside
from zhengben.store.queries_sources import sources as all_sources

KINDS = ("watched_folder", "hostname_file")
SHOWN_ASIDE = 20


@member
@require_http_methods(["GET", "POST"])
def sources(request: Asked) -> HttpResponse:
    """Show the sources; take a new one."""
    typed = {name: written(request, name, 300) for name in ("kind", "name", "path")}
    wrong = ""
    if request.method == "POST" and not request.in_range:
        if _connect(request, typed):
            tell(request, "sources.connected", name=typed["name"])
            return redirect("/sources/")
        wrong = say("sources.bad_path", request.language)
    context = {"rows": [_row(one) for one in all_sources()], "kinds": KINDS, "typed": typed, "wrong": wrong}
    return page(request, "console/sources.html", "sources", context, status=422 if wrong else 200)


def _connect(request: Asked, typed: dict[str, str]) -> bool:
    path = Path(typed["path"])
    fits = path.is_dir() if typed["kind"] == "watched_folder" else path.is_file()
    if typed["kind"] not in KINDS or not typed["name"] or not path.is_absolute() or not fits:
        return False
    try:
        add_source(typed["name"], typed["kind"], {"path": str(path)}, by=request.user.username, now=request.now)
    except ValueError:  # the name is taken
        return False
    return True


def _row(one: Source) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind,
        "enabled": one.enabled,
        "trouble": one.trouble,
        "silent_since": one.silent_since,
        "spots": _spots(one.cursor),
        "last_seen_at": one.last_seen_at,
        "taken": one.taken,
        "set_aside": one.set_aside,
        "aside": set_aside(one.name, SHOWN_ASIDE) if one.set_aside else (),
    }


def _spots(cursor: Mapping[str, Any]) -> list[dict[str, object]]:
    """Give how far each file was read, whichever shape the source keeps it in."""
    files = cursor.get("files") or {"": cursor.get("spot") or {}}
    return [{"file": name, "line": spot["line"]} for name, spot in list(files.items())[:5] if spot.get("line")]
