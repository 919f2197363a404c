"""The guard of official numbers: a number the dossier lists is official as a phone number, and as nothing else."""

from zhengben.core.brand import Brand
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.names.api import Pack

SEES = ("phone",)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove a phone listing official: every number it gives out is one of the dossier's."""
    del names
    numbers = {contact.value for contact in sighting.contacts if contact.kind == "phone"}
    listed = [channel for channel in brand.official("phone") if plain_number(channel.value) in numbers]
    if not listed or not numbers <= {plain_number(channel.value) for channel in listed}:
        return []
    facts = {"channel": listed[0].value, "kind": "phone", "source": listed[0].source}
    return [Reason("official_channel", 100, facts)]
