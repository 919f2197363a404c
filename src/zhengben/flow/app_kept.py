"""What is kept of an app beside its facts: its icons, drawn, in the vault; and the facts given back as they were.

Only pictures that the examination drew itself are kept and shown, never a picture file of the sample.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from zhengben.core.appfacts import AppFacts, Icon
from zhengben.flow.keepsake import restored
from zhengben.flow.look_file import sniff
from zhengben.flow.ports import Vault

ROLE = "icon:"
MOST, BIGGEST = 16, 256_000  # icons of one app, bytes of one picture
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """The app's file in the vault: name as served, digest and size in bytes."""

    name: str = ""
    sha256: str = ""
    size: int = 0


def keep_icons(app: AppFacts | None, vault: Vault) -> dict[str, str]:
    """Put the drawn icons into the vault; give their names there by role (`icon:` and the icon's own sha256)."""
    drawn = {icon.sha256: icon.png for icon in (app.icons if app else ()) if 0 < len(icon.png) <= BIGGEST}
    return {ROLE + sha256: vault.put(png) for sha256, png in list(drawn.items())[:MOST]}


def recall_app(facts: Mapping[str, Any], artefacts: Mapping[str, Any], vault: Vault) -> AppFacts | None:
    """Give the facts about an app from a stored sighting, icons drawn again; None where there is no app in it."""
    told = facts.get("app")
    if not isinstance(told, Mapping):
        return None
    icons = [{**icon, "png": ""} for icon in told.get("icons") or () if isinstance(icon, Mapping)]
    app: AppFacts = restored(AppFacts, {**told, "icons": icons}, vault)
    return replace(app, icons=tuple(_with_picture(icon, artefacts, vault) for icon in app.icons))


def kept_file(artefacts: Mapping[str, Any], vault: Vault) -> KeptFile:
    """Give the file that was examined, as far as the vault still has it."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        index = json.loads(vault.get(str(artefacts["seen"])))
        for one in index["fetched"]:
            sha256 = str(one["body"]).removeprefix("sha256:")
            body = vault.get(sha256) if sha256 else b""
            if sniff(body) == "app":
                name = str(one["final_url"]).partition("?")[0].rpartition("/")[2]
                return KeptFile(name=name, sha256=sha256, size=len(body))
    return KeptFile()


def _with_picture(icon: Icon, artefacts: Mapping[str, Any], vault: Vault) -> Icon:
    png = b""
    if name := str(artefacts.get(ROLE + icon.sha256) or ""):
        with suppress(OSError, ValueError):  # a picture that is gone or damaged leaves its place without one
            png = vault.get(name)
    return replace(icon, png=png if png.startswith(PNG) else b"")
