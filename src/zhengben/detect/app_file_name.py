"""The file an app is handed out as carries the brand's name, whatever is inside: 微粒贷.apk that installs another app.

People choose by what the file is called; a lure of another name inside is how a store's or a phone's check is passed.
Whoever keeps samples names files too, so this is for a person to look at and accuses nobody.
"""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import listed
from zhengben.detect.app_labels import about, carried, named
from zhengben.names.api import Pack

SEES = ("app",)
WEIGHT = 30


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason for a file's name that holds the brand's, where no label of the app does."""
    app = sighting.app
    if app is None or listed(app, brand) is not None or carried(app, brand, names):
        return []
    stem = stem_of(sighting.target)
    hit = None if about(stem) else named(stem, brand, names)
    return [Reason("app_file_named", WEIGHT, {"file": stem, "matched": hit.matched})] if hit else []


def stem_of(target: str) -> str:
    r"""Give what a file is called, without its place and its ending; a target may be a path or an address.

    >>> stem_of("/in/box/微粒贷.apk"), stem_of("https://a.example/d/%E5%BE%AE.apk?x=1"), stem_of("C:\\a\\b.apk")
    ('微粒贷', '微', 'b')
    """
    path = target
    if "://" in target:
        try:
            path = unquote(urlsplit(target).path)
        except ValueError:
            return ""
    return PurePosixPath(path.replace("\\", "/")).stem[:60]
