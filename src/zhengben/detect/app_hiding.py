"""What was done so that nobody should see: malformations no tool makes by accident, packers, shells, test keys.

Weighs only beside a name or a claim: honest apps are packed and wrapped too.
"""

from zhengben.core.appfacts import AppFacts
from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import PUBLIC_KEYS
from zhengben.detect.app_names import concerns
from zhengben.names.api import Pack

SEES = ("app",)
# What happens to honest files as well: cut downloads, channel markers, sloppy build tools.
HARMLESS = {
    "axml_attr_twice",
    "sigblock_extra", "no_central_directory", "data_beyond_end", "central_directory_cut", "local_sizes_differ",
    "axml_string_out_of_bounds", "arsc_string_out_of_bounds", "duplicate_entry", "size_lie", "axml_file_size",
    "arsc_file_size", "end_comment_mismatch", "central_directory_lost", "axml_pool_lie", "arsc_pool_lie",
}  # fmt: skip


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give one reason each for tampering, packing, a wrapped page and a key everybody has."""
    app = sighting.app
    if app is None or not concerns(app, brand, names):
        return []
    found: list[tuple[str, int, dict[str, object], str]] = [
        ("app_tampered", 10, {"flags": [flag for flag in app.tamper if flag not in HARMLESS]}, "flags"),
        ("app_packed", 5, {"packers": list(app.packers)}, "packers"),
        ("app_wraps_page", 8, {"shells": list(app.shells), "opens": list(app.opens[:5])}, "opens"),
        ("app_test_key", 5, {"certificate": _test_key(app)}, "certificate"),
    ]
    return [Reason(code, weight, facts) for code, weight, facts, needed in found if facts[needed]]


def _test_key(app: AppFacts) -> str:
    public = (s.sha256 for s in app.signers if s.sha256 in PUBLIC_KEYS or "CN=Android Debug" in s.subject)
    return next(public, "")
