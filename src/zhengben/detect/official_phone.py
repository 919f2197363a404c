"""The guard of official numbers: a number the dossier lists is official as a phone number, and as nothing else."""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.public_service import plain_number
from zhengben.names.api import Pack

SEES = ("phone",)


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove a phone listing official by its number."""
    del names
    number = plain_number(sighting.target)
    for channel in brand.official("phone"):
        if number and plain_number(channel.value) == number:
            facts = {"channel": channel.value, "kind": "phone", "source": channel.source}
            return [Reason("official_channel", 100, facts)]
    return []
