"""Passwords are kept the slow way in the product, whatever the tests use to make people fast."""

import subprocess
import sys

from django.contrib.auth.hashers import PBKDF2PasswordHasher

SHOW = """
import django
from django.contrib.auth.hashers import check_password, make_password
django.setup()
kept = make_password("a long enough sentence")
print(kept.split("$")[0], int(kept.split("$")[1]), "sentence" in kept, check_password("a long enough sentence", kept))
"""


def test_the_product_stretches_passwords_and_never_keeps_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SHOW], capture_output=True, text=True, timeout=60, check=True,
        env={"DJANGO_SETTINGS_MODULE": "zhengben.server.settings", "PATH": "", "HOME": "/nonexistent"},
    )  # fmt: skip
    algorithm, rounds, shown, matches = done.stdout.split()
    assert algorithm == "pbkdf2_sha256"
    assert int(rounds) >= PBKDF2PasswordHasher.iterations >= 600_000  # OWASP's floor of 2023
    assert (shown, matches) == ("False", "True")
