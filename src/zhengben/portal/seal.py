"""A token that shows a form was ours and is fresh, without any cookie."""

from django.core import signing

HOURS_2 = 2 * 3600
_SIGNER = signing.TimestampSigner(salt="zhengben.portal.report")


def form_token() -> str:
    """Give a token for a form that is about to be shown."""
    return _SIGNER.sign("report")


def fresh(token: str) -> bool:
    """Tell whether a token is ours and not older than two hours."""
    try:
        return _SIGNER.unsign(token, max_age=HOURS_2) == "report"
    except signing.BadSignature:
        return False
