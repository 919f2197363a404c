"""The file says it comes from the brand or its owner: an organisation anybody may type, or a certificate's subject.

Only a fingerprint in the dossier proves it. An organisation written into a profile that installs something is a claim;
a certificate's subject is one only beside others, for the owner may have an app the dossier does not know.
"""

from zhengben.core.brand import Brand
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.app_identity import legal_class, own_signer
from zhengben.detect.mention import mentions
from zhengben.names.api import Pack

SEES = ("app",)
_SHORT_OWNER = 4


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Give a claim for a profile's organisation, and what must be looked up for a certificate's subject."""
    app = sighting.app
    if app is None:
        return []
    signer = own_signer(app.signers)
    if app.platform == "webclip" and _names_brand(app.organisation, brand, names):
        proved = _names_brand(signer, brand, names) and app.signed == "verified"
        facts = {
            "organisation": app.organisation, "signer": signer, "signed": app.signed, "legal_class": legal_class(brand),
        }  # fmt: skip
        return [] if proved else [Reason("app_claims_owner", 65, facts)]
    if app.platform != "webclip" and _names_brand(signer or app.organisation, brand, names):
        facts = {"owner": brand.owner, "signer": signer or app.organisation}
        return [Reason("app_signer_says_owner", 30, facts)]
    return []


def _names_brand(text: str, brand: Brand, names: Pack) -> bool:
    return len(text) >= _SHORT_OWNER and (brand.owner in text or bool(mentions(text, brand, names)))
