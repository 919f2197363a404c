"""The file says it comes from the brand or its owner: an organisation anybody may type, or a certificate's subject.

Only a fingerprint in the dossier proves it. An organisation written into a profile that installs something is a claim;
a certificate's subject is one only beside others, for the owner may have an app the dossier does not know.
"""

from zhengben.core.appfacts import AppFacts
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
        facts = {
            "organisation": app.organisation, "signer": signer, "signed": app.signed, "legal_class": legal_class(brand),
        }  # fmt: skip
        return [Reason("app_claims_owner", 30 if _vouched_for(app, brand, names) else 65, facts)]
    named = signer or app.organisation
    if app.platform != "webclip" and _names_brand(named, brand, names):
        return [Reason("app_signer_says_owner", 30, {"owner": brand.owner, "signer": named})]
    return []


def _vouched_for(app: AppFacts, brand: Brand, names: Pack) -> bool:
    """Tell whether somebody else gave out a certificate in the brand's name, and its signature holds.

    That is worth a look before an accusation, and no proof: no list of authorities is asked here. A certificate that
    its holder gave to himself says whatever he likes.
    """
    found = next((s for s in app.signers if s.verified and _names_brand(s.subject, brand, names)), None)
    return found is not None and bool(found.issuer) and found.issuer != found.subject and app.signed == "verified"


def _names_brand(text: str, brand: Brand, names: Pack) -> bool:
    return len(text) >= _SHORT_OWNER and (brand.owner in text or bool(mentions(text, brand, names)))
