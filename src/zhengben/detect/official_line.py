"""The guard of official channels in one pasted line: one that holds nothing but what the dossier lists accuses nobody.

People check a channel before they use it, and paste it with the words beside it (微众银行客服电话 +86 95384).
Whatever kind of lead it is handed over as, nothing is said there that is not in the dossier. One word more (下载, 办理,
a number of somebody else's) and this guard is silent: an official number does not launder what stands beside it.
"""

import re
import unicodedata
from functools import lru_cache

from zhengben.core.brand import Brand, Channel
from zhengben.core.phone import plain_number
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Reason
from zhengben.detect.lexicon import listed
from zhengben.detect.official_domain import own_host
from zhengben.names.api import Pack

SEES = ("text", "post", "account", "listing", "app_listing", "search_ad", "phone", "poi", "job", "company")
LONGEST = 240  # characters; a channel and the words beside it are shorter
_HOST = re.compile(
    r"(?:[a-z]+://)?([^\s/:@，。、：（）()“”\"]+\.[^\s/:@，。、：（）()“”\"]+)(?::\d{1,5})?(?:/[^\s\u4e00-\u9fff，。]*)?"
)
_HOURS = re.compile(r"7?\s*[x×*]?\s*24\s*小?时")
_REST = re.compile(r"[\W_]+")
_KIND = listed("channel_words")
_NEEDS = frozenset({"account", "app_listing", "poi", "company"})
_SAME = {"account": "account", "poi": "poi", "phone": "phone", "text": "sms_sender", "post": "account"}


def detect(sighting: Sighting, brand: Brand, names: Pack) -> list[Reason]:
    """Prove a target whose line is one listed identifier of its own kind; clear one that names listed ones only."""
    del names
    channel = only_channel(sighting.text or sighting.title or sighting.target, brand)
    if channel is None:
        return []
    facts: dict[str, object] = {"channel": channel.value, "kind": channel.kind, "source": channel.source}
    proves = channel.value.isascii() and channel.role != "host" and channel.kind != "app"
    if proves and _SAME.get(sighting.kind) == channel.kind:
        return [Reason("official_channel", 100, facts)]
    if sighting.kind in _NEEDS:
        facts["needs"] = "app.signature" if sighting.kind == "app_listing" else f"{sighting.kind}.identifier"
    return [Reason("named_as_official", -100, facts), Reason("leads_to_public", -100, {})]


def only_channel(line: str, brand: Brand) -> Channel | None:
    """Give the channel a line names, where it names nothing but listed channels, the brand and its owner."""
    if not 0 < len(line) <= LONGEST:
        return None
    found: list[Channel] = []
    folded = "".join(c for c in unicodedata.normalize("NFKC", line).casefold() if unicodedata.category(c) != "Cf")
    plain = _REST.sub("", _HOST.sub(lambda match: _own(match, brand, found), _HOURS.sub(" ", folded)))
    for channel, pattern in _identifiers(brand):
        plain, count = pattern.subn("\n", plain)
        found += [channel] if count else []
    return found[0] if found and not _said(brand).sub("", plain).strip() else None


def _own(match: re.Match[str], brand: Brand, found: list[Channel]) -> str:
    """Take out an address of the brand's own, and remember its channel."""
    channel = own_host(match.group(1).strip("."), brand)
    if channel is None:
        return match.group()
    found.append(channel)
    return " "


@lru_cache(maxsize=256)
def _identifiers(brand: Brand) -> tuple[tuple[Channel, re.Pattern[str]], ...]:
    listed = [c for c in brand.channels if c.exists == "yes" and c.kind != "domain" and _bare(c.value)]
    return tuple((c, re.compile(_spelled(c))) for c in sorted(listed, key=lambda c: -len(c.value)) if c.value.isascii())


def _spelled(channel: Channel) -> str:
    if channel.kind not in {"phone", "sms_sender"}:
        return re.escape(_bare(channel.value))
    digits = plain_number(channel.value)
    return rf"(?<!\d)(?:(?:00)?86)?0?{re.escape(digits.removeprefix('0').removeprefix('+'))}(?!\d)"


@lru_cache(maxsize=256)
def _said(brand: Brand) -> re.Pattern[str]:
    own = (brand.owner, *brand.names.chinese, *brand.names.latin, *brand.names.siblings)
    own += tuple(c.value for c in brand.channels if c.exists == "yes" and not c.value.isascii())
    words = sorted({_bare(word) for word in own} - {""}, key=len, reverse=True)
    return re.compile("|".join([*(re.escape(word) for word in words), _KIND.pattern]))


def _bare(text: str) -> str:
    return _REST.sub("", unicodedata.normalize("NFKC", text).casefold())
