"""What a person means who typed or pasted one thing: an address, a number, or words."""

import re
import tomllib
import unicodedata
from importlib import resources

from zhengben.core.defanged import armed
from zhengben.examine.indicators_sites import known_suffix

_LONGEST = 65_536  # characters; what is longer is no address that any program takes
_QUESTION = 500  # characters of a question about one of them
_PHONE = re.compile(r"\+?[\d\s().\-]{5,24}")
_HOST = re.compile(r"[^\s/:@，。！？、“”]{1,253}")
_IPV4 = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}")
_PROSE = re.compile(r"\.[a-z]{2,6}[\u4e00-\u9fff]", re.IGNORECASE)
_URL = re.compile(r"(?:https?|hxxps?)://\S+", re.IGNORECASE)
# Input methods for Chinese write these dots; browsers take them for the plain one.
_WIDE_DOTS = re.compile(r"(?<=[A-Za-z0-9])[。．｡](?=[A-Za-z0-9])")
_QUOTES = ("“”", "‘’", "「」", "『』", "《》", "〈〉", "<>", '""', "''")
_ENDS = "。，、；;！!？?…～~"
_DIAL = re.compile(r"\Atel:(?://)?", re.IGNORECASE)
_WORDS = tomllib.loads(resources.files(__package__).joinpath("typed.toml").read_text("utf-8"))


def _said(place: str, language: str) -> str:
    """Give a pattern of all that is said at one place.

    Possessive: words that contain each other would else be tried in every combination.
    """
    words = sorted(_WORDS[place][language]["words"], key=len, reverse=True)
    return rf"(?:{'|'.join(words)}|\s)++"


_BEFORE = re.compile(rf"\A{_said('before', 'zh')}|\A{_said('before', 'en')}\b", re.IGNORECASE)
_BEHIND = re.compile(rf"{_said('behind', 'zh')}\Z|{_said('behind', 'en')}\Z", re.IGNORECASE)


def guess_kind(target: str) -> str:
    """Tell what a person means who typed this: url, domain, phone or text.

    >>> [guess_kind(t) for t in ("https://a.cn/x", "weilidai-app.cn", "0755-86013388", "下载微粒贷APP")]
    ['url', 'domain', 'phone', 'text']
    """
    return meant(target)[0]


def meant(target: str) -> tuple[str, str]:
    """Give the kind of what was typed, and the thing as programs write it; words stay as they were typed.

    >>> meant("“webank。com”。"), meant("tel:0755－8946 2525"), meant("明天开会。")
    (('domain', 'webank.com'), ('phone', '0755-8946 2525'), ('text', '明天开会。'))
    """
    if len(target) <= _LONGEST:
        plain = _WIDE_DOTS.sub(".", armed(_bare(target)))
        for kind, thing in ((_address_kind(plain), plain), ("phone", _number(plain))):
            if kind and thing:
                return kind, thing
    return "text", target


def asked_about(question: str) -> str:
    """Give the one address or number that a question is about; the question itself where it is about anything else.

    >>> asked_about("95384是真的吗？"), asked_about("收到短信，webank.com 是官方的吗"), asked_about("微粒贷是真的吗")
    ('95384', 'webank.com', '微粒贷是真的吗')
    """
    if len(question) > _QUESTION or guess_kind(question) != "text":
        return question
    thing = _BEHIND.sub("", _BEFORE.sub("", question.strip()))
    return thing if guess_kind(thing) != "text" else question


def _bare(target: str) -> str:
    """Take off what a sentence put around one thing: blanks, quotes, the stop behind it."""
    plain = target.strip().rstrip(_ENDS).strip()
    pair = plain[:1] + plain[-1:]
    return plain[1:-1].strip() if pair in _QUOTES and len(plain) > 2 else plain


def _address_kind(plain: str) -> str:
    """Tell whether this is an address: `url`, a bare name as `domain`; empty for anything else."""
    bare, _, path = plain.partition("/")
    if _URL.fullmatch(plain) or _IPV4.fullmatch(bare.partition(":")[0]):
        return "url"
    if _PHONE.fullmatch(plain):
        return ""
    if _is_name(bare):
        return "url" if path or ":" in bare else "domain"
    return ""


def _is_name(bare: str) -> bool:
    """Tell whether what stands before the first slash is a name, its port aside, under a suffix that exists."""
    host = bare.partition(":")[0]
    if _is_package(host):
        return False
    return bool(_HOST.fullmatch(host)) and not _PROSE.search(bare) and bool(known_suffix(_ascii(host)))


def _is_package(host: str) -> bool:
    """Tell whether this is the name of an app's package, which is a hostname turned round.

    >>> [_is_package(name) for name in ("com.tencent.mm", "com.abc.loan", "com.webank.top", "loan.me")]
    [True, True, False, False]
    """
    labels = host.lower().split(".")
    kept = _WORDS["package"]
    return len(labels) > 2 and labels[0] in kept["begins"] and labels[-1] not in kept["address_ends"]


def _number(plain: str) -> str:
    """Give a telephone number in plain signs, empty for what is none; phones write `tel:` before it."""
    folded = _DIAL.sub("", unicodedata.normalize("NFKC", plain)).translate({0x2010: "-", 0x2013: "-", 0x2014: "-"})
    return folded if _PHONE.fullmatch(folded) and 5 <= sum(c.isdigit() for c in folded) <= 15 else ""


def _ascii(host: str) -> str:
    bare = host.rstrip(".")
    try:
        return bare if bare.isascii() else bare.encode("idna").decode("ascii")
    except UnicodeError:
        return bare
