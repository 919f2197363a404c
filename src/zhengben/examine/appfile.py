"""Look inside any app file: bytes in, facts out.

The kind of file is decided by its contents and only then by its name. A file that is no app, or too broken to read,
gives facts with `missing`, never an exception; what is odd about it stands in `tamper`.
"""

from zhengben.core.appfacts import AppFacts
from zhengben.examine.apk.android import examine_android


def examine_app(data: bytes, name: str) -> AppFacts:
    """Examine one app file; `name` is the file's name, used only where contents do not decide."""
    found = examine_android(data)
    if not found.package and not name.lower().endswith(".apk"):
        return AppFacts(platform="", tamper=found.tamper, missing=("app.unreadable",))
    return found
