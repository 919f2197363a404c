"""The people of an installation: two of them are needed before a notice may leave."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from zhengben.console.frame import Asked, member, page, refused, tell, written
from zhengben.console.sign import NAME_LENGTH, RESERVED, one_time_path
from zhengben.store.api_keys import DAYS, key_for


@member
@require_http_methods(["GET", "POST"])
def people(request: Asked) -> HttpResponse:
    """Show who is here; let the first person add another by a link that works once."""
    if request.method == "POST":
        return _add(request) if request.user.is_superuser else refused(request)
    # Those who left stay in the record and out of this list: their names stand under what they approved.
    everybody = get_user_model().objects.filter(is_active=True).order_by("date_joined", "pk")
    rows = [{"person": one, "joined": one.has_usable_password()} for one in everybody]
    context = {
        "rows": rows,
        # Shown once and then gone from the session: whoever finds the screen later finds no link on it.
        "link": request.session.pop("link", None),
        "key": request.session.pop("key", ""),
        "key_days": DAYS,
        "alone": sum(bool(r["joined"]) for r in rows) < 2,
    }
    return page(request, "console/people.html", "people", context)


@member
@require_POST
def new_link(request: Asked, key: int) -> HttpResponse:
    """Make a new one-time link for somebody who lost theirs, or their password."""
    if not request.user.is_superuser:
        return refused(request)
    person = _other(request, key)
    if person is not None:
        _hand_over(request, person)
    return redirect("/people/")


@member
@require_POST
def api_key(request: Asked) -> HttpResponse:
    """Make a key for a program of this person; it is shown once, on the next page."""
    request.session["key"] = key_for(request.user)
    return redirect("/people/")


@member
@require_POST
def leave(request: Asked, key: int) -> HttpResponse:
    """End somebody's access; what they did stays on record."""
    if not request.user.is_superuser:
        return refused(request)
    person = _other(request, key)
    if person is not None:
        person.is_active = False
        person.set_unusable_password()
        person.save()
        tell(request, "people.left", name=person.username)
    return redirect("/people/")


def _add(request: Asked) -> HttpResponse:
    name = written(request, "name", NAME_LENGTH + 1)
    # Without regard to case: `Lin` and `lin` would look like two people in a court's copy of the ledger.
    taken = get_user_model().objects.filter(username__iexact=name).exists()
    if not 1 <= len(name) <= NAME_LENGTH or name.lower() in RESERVED or taken:
        tell(request, "sign.name_taken" if taken else "sign.bad_name", tone="wrong")
        return redirect("/people/")
    person = get_user_model().objects.create_user(username=name)
    _hand_over(request, person)
    return redirect("/people/")


def _hand_over(request: Asked, person: User) -> None:
    person.set_unusable_password()
    person.save()
    request.session["link"] = {"name": person.username, "url": request.build_absolute_uri(one_time_path(person))}


def _other(request: Asked, key: int) -> User | None:
    """Give another person; nobody hands themselves a link, or shuts themselves out."""
    person = get_object_or_404(get_user_model(), pk=key, is_active=True)
    if person.pk != request.user.pk:
        return person
    tell(request, "people.not_yours", tone="wrong")
    return None
