"""Ways to reach somebody that stand in a text: phone, qq, wechat, telegram, url, domain and card, however disguised.

`find_contacts` is the one door. Each finder is a small function over one folded view; where two claim the same
characters, the one that knows more (an address before an account, an account before a bare number) keeps them.
Spans are code points of the original text.
"""

from collections.abc import Iterable

from zhengben.core.sighting import Contact
from zhengben.core.view import View, view
from zhengben.examine.indicators_accounts import find_accounts, find_telegram
from zhengben.examine.indicators_numbers import find_numbers
from zhengben.examine.indicators_shape import Found
from zhengben.examine.indicators_sites import find_sites

# Longer than any message or page is read; beyond it only the finders' cost would grow.
MAX_TEXT = 200_000
MAX_CONTACTS = 500


def find_contacts(text: str) -> tuple[Contact, ...]:
    """Find every contact in a text, in reading order; at most `MAX_CONTACTS`, in its first `MAX_TEXT` characters.

    >>> [(c.kind, c.value, c.raw) for c in find_contacts("加薇❤：abc_12345，电话１３８-００１３-8000")]
    [('wechat', 'abc_12345', 'abc_12345'), ('phone', '13800138000', '１３８-００１３-8000')]
    """
    seen = view(text[:MAX_TEXT])
    taken: list[Found] = []
    # The order decides a tie: t.me/abc is a Telegram handle before it is an address.
    for found in (*find_telegram(seen), *find_sites(seen), *find_accounts(seen), *find_numbers(seen)):
        if len(taken) < MAX_CONTACTS and not any(_clash(found, other) for other in taken):
            taken.append(found)
    taken.sort(key=lambda f: (f.start, f.end, f.kind))
    return tuple(_contact(found, seen, text) for found in taken)


def contact_kinds(contacts: Iterable[Contact]) -> frozenset[str]:
    """Give the kinds of contact there are."""
    return frozenset(contact.kind for contact in contacts)


def _clash(one: Found, other: Found) -> bool:
    # A mobile number under a WeChat cue is both to the one who uses it: twins may share their characters.
    if one.kind == other.kind or not (one.twin or other.twin):
        return one.start < other.end and other.start < one.end
    return False


def _contact(found: Found, seen: View, text: str) -> Contact:
    start, end = seen.span(found.start, found.end)
    return Contact(kind=found.kind, value=found.value, raw=text[start:end], start=start, end=end)
