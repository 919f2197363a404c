"""Signing in: once by a link that works once, from then on by name and one's own password."""

from django.contrib.auth import authenticate, get_user_model, login, logout
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.http import require_http_methods, require_POST

from zhengben.console.frame import Asked, onward, written
from zhengben.locale.words import LANGUAGES, catalogue

NAME_LENGTH = 40
RESERVED = frozenset({"first", "system", "worker", "range", "正本", "公众"})  # names the machine signs events with
LONGEST_PASSWORD = 256  # hashing is slow on purpose: what is longer is no password but a way to keep us busy
YEAR = 365 * 24 * 3600


def one_time_path(person: User) -> str:
    """Give the path that lets a person set a password; it dies with the password it sets, or after a day."""
    return f"/welcome/{urlsafe_base64_encode(force_bytes(person.pk))}/{default_token_generator.make_token(person)}/"


@require_http_methods(["GET", "POST"])
def sign_in(request: Asked) -> HttpResponse:
    """Ask for name and password."""
    wrong = ""
    name = written(request, "name", NAME_LENGTH)
    if request.method == "POST":
        # The same words for a wrong name and a wrong password: nobody learns here who works with us.
        person = authenticate(request, username=name, password=request.POST.get("password", "")[:LONGEST_PASSWORD])
        if person is not None:
            login(request, person)
            return redirect(onward(request, "/"))
        wrong = "sign.wrong"
    context: dict[str, object] = {"wrong": wrong, "name": name, "next": onward(request, "/")}
    return _lonely(request, "console/sign_in.html", context, 403 if wrong else 200)


@require_http_methods(["GET", "POST"])
def welcome(request: Asked, uid: str, token: str) -> HttpResponse:
    """Take the one-time link: choose a name and a password, and be signed in."""
    person = _person(uid)
    if person is None or not default_token_generator.check_token(person, token):
        return _lonely(request, "console/link_used.html", {}, 410)
    wrong: dict[str, str] = {}
    # The first person is made by the machine and names themselves on arriving.
    name = "" if person.username == "first" else person.username
    if request.method == "POST":
        name = written(request, "name", NAME_LENGTH + 1)
        password = request.POST.get("password", "")
        wrong = _problems(person, name, password, request.POST.get("again", ""))
        if not wrong:
            if not _taken(person, name, password):  # somebody was faster with the same link
                return _lonely(request, "console/link_used.html", {}, 410)
            login(request, person)
            return redirect("/")
    return _lonely(request, "console/welcome.html", {"wrong": wrong, "name": name}, 422 if wrong else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/sign-in/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language a person reads."""
    response = redirect(onward(request, "/"))
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        # A cookie and no account setting: the sign-in page must know the language as well.
        response.set_cookie("language", chosen, max_age=YEAR, httponly=True, samesite="Lax")
    return response


def _taken(person: User, name: str, password: str) -> bool:
    """Set name and password where nobody has since the link was looked at: two at once cannot both use it."""
    before = person.password
    person.username = name
    person.set_password(password)
    # One statement that changes the row only if it is still the one that was read: the database decides the race.
    rows = get_user_model().objects.filter(pk=person.pk, password=before, is_active=True)
    return rows.update(username=name, password=person.password) == 1


def _person(uid: str) -> User | None:
    try:
        key = int(urlsafe_base64_decode(uid).decode("ascii"))
    except (ValueError, OverflowError):
        return None
    return get_user_model().objects.filter(pk=key, is_active=True).first()


def _problems(person: User, name: str, password: str, again: str) -> dict[str, str]:
    """Give what is wrong with a name and password, by field, as keys of the catalogue."""
    wrong: dict[str, str] = {}
    if not 1 <= len(name) <= NAME_LENGTH or name.lower() in RESERVED:
        wrong["name"] = "sign.bad_name"
    elif get_user_model().objects.filter(username__iexact=name).exclude(pk=person.pk).exists():
        wrong["name"] = "sign.name_taken"
    weak = _weakness(person, password)
    if weak:
        wrong["password"] = weak
    elif password != again:
        wrong["again"] = "sign.not_same"
    return wrong


def _weakness(person: User, password: str) -> str:
    """Give what is wrong with a password as a key of the catalogue, or an empty string."""
    if len(password) > LONGEST_PASSWORD:  # asked first: hashing and comparing an endless one costs the server, not us
        return "sign.password_too_long"
    try:
        validate_password(password, person)
    except ValidationError as error:
        codes = [f"sign.{problem.code}" for problem in error.error_list]
        return next((c for c in codes if c in catalogue(LANGUAGES[0])), "sign.bad_password")
    return ""


def _lonely(request: Asked, template: str, context: dict[str, object], status: int) -> HttpResponse:
    shared = {"language": request.language, "in_range": request.in_range, "full_path": request.get_full_path()}
    return render(request, template, shared | context, status=status)
