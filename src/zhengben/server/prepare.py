"""Before anything listens: migrate the database, make the first person, print the way in. A child of the supervisor."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

import django
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.management import call_command
from django.db import Error
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from zhengben.locale.words import say

if TYPE_CHECKING:
    from django.contrib.auth.models import User  # needs Django to be set up, which happens in main()

FIRST = "first"


def main() -> int:
    """Prepare one home; say one line of trouble, or on standard output where to sign in."""
    parser = argparse.ArgumentParser(prog="zhengben.server.prepare")
    parser.add_argument("--language", default="zh")
    parser.add_argument("--address", required=True)
    parser.add_argument("--new-link", default="")
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhengben.server.settings")
    django.setup()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        if args.new_link:
            return _another(args.new_link, args.address, args.language)
        way_in = sign_in_path()
    except Error as error:
        sys.stderr.write(say("up.no_database", args.language, {"why": str(error).splitlines()[0]}) + "\n")
        return 2
    # The supervisor says it when somebody listens there. Bytes, for the terminal's encoding is not that of this pipe.
    sys.stdout.buffer.write("\n".join(greeting(args.address, way_in, args.language)).encode())
    sys.stdout.flush()
    return 0


def _another(name: str, address: str, language: str) -> int:
    """Print a new one-time link for somebody; their old password keeps working until the link is used."""
    person = get_user_model().objects.filter(username__iexact=name, is_active=True).first()
    if person is None:
        known = get_user_model().objects.filter(is_active=True).order_by("pk").values_list("username", flat=True)[:20]
        told = (
            say("up.nobody", language, {"name": name, "names": list(known)})
            if known
            else say("up.nobody_yet", language)
        )
        sys.stderr.write(told + "\n")
        return 2
    sys.stderr.write(say("up.new_link", language, {"name": person.username, "link": address + one_time(person)}) + "\n")
    return 0


def one_time(person: "User") -> str:
    """Give the path of a link that works once: it dies with the password it sets, or after a day."""
    return f"/welcome/{urlsafe_base64_encode(force_bytes(person.pk))}/{default_token_generator.make_token(person)}/"


def sign_in_path() -> str:
    """Give the one-time path for the first person, made where there is none; empty once somebody has a password."""
    people = get_user_model().objects
    # A second way in would let whoever can restart the program become its first person.
    if any(person.has_usable_password() for person in people.filter(is_active=True, is_superuser=True)):
        return ""
    person, _made = people.get_or_create(username=FIRST, defaults={"is_superuser": True, "is_staff": True})
    person.set_unusable_password()
    person.save()
    return one_time(person)


def greeting(address: str, way_in: str, language: str) -> list[str]:
    """Give the lines a person reads after start: where the console is, and where the public's page is."""
    in_range = [say("up.in_range", language)] if os.environ.get("ZHENGBEN_RANGE") == "1" else []
    first = say("up.one_time_link", language, {"link": f"{address}{way_in}"}) if way_in else ""
    return [
        "",
        *in_range,
        first or say("up.sign_in", language, {"link": f"{address}/"}),
        say("up.portal", language, {"link": f"{address}/check/"}),
        say("up.leave", language),
        "",
    ]


if __name__ == "__main__":
    sys.exit(main())
