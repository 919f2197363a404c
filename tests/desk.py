"""A desk in the console for tests: people who sign in, and pages as they see them."""

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from databases import Record
from worlds import NOW, Town
from zhengben import wiring
from zhengben.flow.look import look
from zhengben.server import shield

PASSWORD = "a long enough password"
HOST = "127.0.0.1"


@dataclass(slots=True)
class Desk:
    """One installation's console and the world behind it."""

    town: Town
    people: dict[str, Client] = field(default_factory=dict)

    def person(self, name: str, *, manages: bool = False) -> Client:
        """Give the browser of somebody who has signed in, made where there is none."""
        if name not in self.people:
            get_user_model().objects.create_user(username=name, password=PASSWORD, is_superuser=manages)
            client = Client(SERVER_NAME=HOST)
            assert client.login(username=name, password=PASSWORD)
            self.people[name] = client
        return self.people[name]


def furnish(record: Record, home: Path, patch: pytest.MonkeyPatch, *, public: bool = True) -> Desk:
    """Put a desk into a fresh installation: its world stands in for the wires, and its clock stands still.

    With `public` the portal's questions are looked at with the world's dossiers as well.
    """
    patch.setenv("ZHENGBEN_HOME", str(home))
    town = Town(record.home)
    patch.setattr(wiring, "adapters", town.adapters)
    patch.setattr(wiring, "brands", lambda: town.brands)
    patch.setattr(wiring, "vault", lambda: town.vault)
    patch.setattr(shield, "wall_clock", lambda: NOW)
    if public:
        patch.setattr(wiring, "look_offline", lambda target, kind="": look(target, town.brands, None, kind=kind))
    return Desk(town)


def text(response: Any) -> str:
    """Give the words of a page, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def seen(response: Any, *words: str) -> bool:
    """Tell whether every one of the words can be read on the page, wherever lines break."""
    plain = re.sub(r"\s+", "", text(response))
    return all(re.sub(r"\s+", "", word) in plain for word in words)
