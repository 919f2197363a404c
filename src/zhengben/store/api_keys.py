"""Keys for programs: a signed word that stands for a person, lives as long as their password, and is kept nowhere.

A key dies when its person leaves or takes a new password, and after 90 days; so nothing has to be stored to revoke
it. It may only read.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core import signing
from django.utils.crypto import constant_time_compare

DAYS = 90
_SALT = "zhengben.api.key"
_LENGTH = 20  # characters of the hash that ties a key to the password of its day


def key_for(person: User) -> str:
    """Give a key of a person, good from now on for 90 days."""
    return signing.dumps({"p": person.pk, "h": _tie(person)}, salt=_SALT, compress=False)


def person_of(key: str) -> User | None:
    """Give whom a key stands for; None where it is forged, too old, or its person left or took a new password."""
    try:
        told = signing.loads(key, salt=_SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    person = get_user_model().objects.filter(pk=told.get("p"), is_active=True).first()
    if person is None or not person.has_usable_password():
        return None
    return person if constant_time_compare(_tie(person), told.get("h", "")) else None


def _tie(person: User) -> str:
    return str(person.get_session_auth_hash())[:_LENGTH]
