"""The first run: four steps, each ticked off by what is really there."""

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from zhengben import wiring
from zhengben.console.alerts import alerts
from zhengben.console.frame import Asked, member, page
from zhengben.locale.errors import in_language
from zhengben.store.queries_figures import counts
from zhengben.store.queries_inbox import label_counts
from zhengben.store.queries_rim import source_kinds

SHOWN = 6


@member
@require_GET
def home(request: Asked) -> HttpResponse:
    """Go to the work where there is some, else to the first steps."""
    busy = request.in_range or bool(label_counts()) or counts().cases
    return redirect("/leads/" if busy else "/start/")


@member
@require_GET
def start(request: Asked) -> HttpResponse:
    """Show the first steps."""
    trouble = ""
    try:
        brands = wiring.brands()
    except (ValueError, OSError) as error:
        brands, trouble = (), in_language(str(error), request.language)
    people = [p for p in get_user_model().objects.filter(is_active=True) if p.has_usable_password()]
    context = {
        "brands": brands,
        "trouble": trouble,
        "folder": str(wiring.dossier_folder()),
        "alerts": [line for brand in brands[:1] for line in alerts(brand, request.language)][:SHOWN],
        "done": {
            "dossier": bool(brands),
            "source": bool(source_kinds() - {"portal_report"}),
            "people": len(people) > 1,
        },
    }
    return page(request, "console/start.html", "start", context)
