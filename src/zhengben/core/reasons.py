"""The catalogue of reason codes: what each may do to a verdict. A code that is not here cannot be used.

Roles, and what `zhengben.core.judge` makes of them:

official   proves that the target is the brand's own; nothing else counts then
claim      presents itself as the brand, or uses its name or mark as its own name
trade      trades on the brand without claiming to be it (代开/强开)
worded     reads like what is false, with no claim or trade to point at; it may accuse alone, and adds to both
name       a name, address or picture that resembles the brand's
harm       what it does to people: asks secrets, offers an app, takes fees, hides; weighs only beside the three above
speaks     talks about the brand
clears     speaks against an accusation (news, warning, quotation, negation); its weight is negative
spares     what rules would accuse is for a person to look at; it makes nothing milder than that
undecided  what was looked at cannot decide it: nobody is accused, and the verdict says what is missing
"""

from typing import Literal

Role = Literal["official", "claim", "trade", "worded", "name", "harm", "speaks", "clears", "spares", "undecided"]

ROLES: dict[str, Role] = {
    # the guard of official channels
    "official_channel": "official",
    "official_app": "official",
    # names
    "host_name": "name",
    "host_lures": "name",
    "page_says_host": "name",
    "text_name": "speaks",
    # what the dossier says there is not
    "no_such_app": "claim",
    "no_such_channel": "claim",
    # what a target says it is, and the name it carries
    "says_it_is": "claim",
    "speaks_to_customers": "claim",
    "uses_name": "claim",
    "false_number": "claim",
    "offers_service": "claim",
    "offers_app": "claim",
    # trading on the brand without claiming to be it
    "sells_access": "trade",
    # likeness that decides nothing alone
    "link_name": "name",
    "name_disguised": "harm",
    "name_in_title": "speaks",
    # what is wanted of people
    "asks_contact": "harm",
    "asks_fee": "harm",
    "asks_secrets": "harm",
    "asks_transfer": "harm",
    "asks_cancel": "harm",
    "lures": "harm",
    "presses": "harm",
    # how it stands to the matter
    "stance_warning": "clears",
    "stance_news": "clears",
    "stance_complaint": "clears",
    "stance_question": "clears",
    "stance_comparison": "clears",
    "told_not_meant": "clears",
    "leads_to_public": "clears",
    "leads_to_platform": "clears",
    "named_as_official": "clears",
    "says_owner": "clears",
    # pages: the three findings (uses the mark, asks secrets or money, offers an app), and what speaks for a page
    "page_presents_as": "claim",
    "page_asks_in_name": "claim",
    "page_speaks_as": "claim",
    "page_shows_mark": "claim",
    "page_has_picture": "name",
    "page_picture_reads": "name",
    "page_picture_resembles": "name",
    "page_asks_secrets": "harm",
    "page_asks_account": "harm",
    "page_form_elsewhere": "harm",
    "page_offers_app": "harm",
    "page_asks_fee": "harm",
    "page_demands": "harm",
    "page_lures": "harm",
    "page_presses": "harm",
    "page_asks_contact": "harm",
    "page_cloaked": "harm",
    "page_moves_on": "harm",
    "page_article": "clears",
    "page_anothers": "clears",
    "page_warns": "clears",
    "page_reports": "clears",
    "page_complains": "clears",
    "page_compares": "clears",
    "page_worded_false": "worded",
    "page_worded_honest": "spares",
    "page_address_unknown": "undecided",
    # apps: whose they are, the name and icon they carry, what they take and hide
    "app_repackaged": "claim",
    "app_forged_signature": "claim",
    "app_uses_name": "claim",
    "app_claims_owner": "claim",
    "app_signer_says_owner": "name",
    "app_package_alike": "name",
    "app_file_named": "name",
    "app_icon_alike": "name",
    "app_name_hidden": "harm",
    "app_takes_data": "harm",
    "app_takes_control": "harm",
    "app_tampered": "harm",
    "app_packed": "harm",
    "app_wraps_page": "harm",
    "app_test_key": "harm",
}


def role(code: str) -> Role:
    """Give the role of a code; raise KeyError with the cure for one that is not in the catalogue."""
    try:
        return ROLES[code]
    except KeyError:
        raise KeyError(f"reason code {code!r} is not in core/reasons.py; add it there with its role") from None


def order(code: str, weight: int) -> tuple[bool, int, str]:
    """Give what reasons are told by: what a target does before how it is worded, the heavier first, for it or against.

    >>> sorted([("page_worded_false", 100), ("stance_news", -60), ("page_lures", 10)], key=lambda one: order(*one))
    [('stance_news', -60), ('page_lures', 10), ('page_worded_false', 100)]
    """
    return ROLES.get(code) == "worded", -abs(weight), code
