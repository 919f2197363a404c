"""What a page demands of its reader, put together from small parts: money, secrets, an app, a private chat, agents.

The parts are the tables of `demands.toml` (verbs, fees, sums, reasons, roles), read over a masked text in one script. A
demand is a sentence in which its parts meet and which denies, quotes and tells none of them (see `scope`). Nothing here
asks who speaks: that is `page_speaker`'s question.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from zhengben.core.pagefacts import PageFacts
from zhengben.detect.direct_speech import in_speech
from zhengben.detect.masked import BRAND
from zhengben.detect.page_names import folded
from zhengben.detect.page_role import grabs, paid_words, takes_money
from zhengben.detect.reading import Act, Reading

MOST = 120  # sentences that are looked at
LONGEST = 240  # characters of a sentence that are looked at
SHOWN = 60  # characters of a demand that are told
BESIDE = 24  # characters beside a sentence in which what it asks for may stand: a line to scan, a name below it
TOLD = 2  # characters behind a verb that tell that it was done: 他先交了
WARNS = 2  # words of warning from which what stands below a heading of tricks is one of them
LABEL = 24  # characters of a label or a button
_ENDS = re.compile(r"[。！？!?；;\n]|(?<=[a-z])\.(?=\s)")
_KINDS = ("pay", "payee", "secret", "app", "contact", "agency", "grab", "file", "till")
_OPENS = frozenset({"pay_password", "bank_card"})  # one of them is among what a page that grabs asks for
HARD = frozenset({"payee", "grab", "file", "till"})  # what no honest page demands that names a brand, whoever owns it
READ = 6000  # characters of a text in which an account is looked for
BEFORE, ABOUT = 24, 40  # characters before an account that label it, and around it that name a company
# A card, or an address of a coin: Tron (base58), Ethereum (hexadecimal).
_ACCOUNT = re.compile(
    r"(?<![\d*＊])(?:\d[ -]?){15,18}\d(?![\d*＊])|\bT[1-9A-HJ-NP-Za-km-z]{33}\b|\b0x[0-9a-fA-F]{40}\b"
)


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand: `kind` is one of the kinds that people are told of, `words` the line that makes it.

    `named` tells whether the sentence itself names the brand, `reached` whether it gives somebody's own contact.
    """

    kind: str
    words: str
    named: bool = False
    reached: bool = False


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("demands.toml").read_text("utf-8"))


@cache
def part(name: str) -> re.Pattern[str]:
    """Give one table as a pattern; raise KeyError for a name that is not in the file.

    >>> bool(part("fee").search("请缴纳验证金")), bool(part("fee").search("消费金额"))
    (True, False)
    """
    return re.compile("|".join(_tables()[name]["words"]).replace("{brand}", BRAND), re.IGNORECASE)


def asks_money(line: str) -> bool:
    """Tell whether a line asks for a fee and its sum, whoever asks: such a line is nobody's sign.

    >>> asks_money("电子印花税 260 元未缴纳"), asks_money("顺安驾校 学费 3980 元")
    (True, False)
    """
    said = folded(line)
    parts = ("pay", "fee", "amount")
    return all(part(name).search(said) for name in parts) and not part("goods").search(said)


def payee(text: str) -> str:
    """Give the words before an account of a person's, or of a coin, that money is wanted on; or an empty string.

    >>> payee("收款户名：李某 卡号 6228 4812 3456 7890 123，请转入保证金"), payee("某某公司 账号 6228481234567890123")
    ('收款户名：李某 卡号', '')
    """
    for match in _ACCOUNT.finditer(text[:READ]):
        if in_speech(text, *match.span()):
            continue
        before = text[max(0, match.start() - BEFORE) : match.start()]
        around = text[max(0, match.start() - ABOUT) : match.end() + ABOUT]
        if part("account_of").search(folded(before)) and not part("corporate").search(folded(around)):
            return " ".join(before.split())
    return ""


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence of a reading: its words and where they begin in the masked text."""

    reading: Reading
    words: str
    start: int

    def has(self, *names: str) -> bool:
        """Tell whether each of these parts stands in the sentence."""
        return all(part(name).search(self.words) for name in names)

    def meant(self, name: str) -> bool:
        """Tell whether one of a part's words is meant in its place."""
        found = part(name).finditer(self.words)
        return any(self._meant(self.start + match.start(), self.start + match.end()) for match in found)

    def _meant(self, start: int, end: int) -> bool:
        if in_speech(self.reading.masked.text, start, end):
            return False
        scopes = self.reading.scopes
        muted = scopes.muted(start, end)
        # 常见问题 in a menu begins no list of tricks where nothing warns.
        listed = muted == "listed" and self.reading.stances["warning"] < WARNS
        return (not muted or listed) and not scopes.muted_inside(start, end + TOLD)

    @property
    def reached(self) -> bool:
        """Tell whether somebody's own contact stands in the sentence: a marked one, or a bare name of an account."""
        return bool(self.contacts())

    def contacts(self, before: int = 0) -> tuple[Act, ...]:
        """Give the live contacts in the sentence and in so many characters before and behind it."""
        masked = self.reading.masked
        first = masked.starts[max(0, self.start - before)]
        last = masked.ends[min(len(masked.ends), self.start + len(self.words) + before) - 1]
        return tuple(act for act in self.reading.reaches() if first <= act.start and act.end <= last)

    def demand(self, kind: str, original: str) -> Demand:
        """Give the sentence as a demand, in the words of the original."""
        start, end = self.reading.masked.span(self.start, self.start + len(self.words))
        shown = " ".join(original[start:end].split())[:SHOWN]
        return Demand(kind, shown, BRAND in self.words, self.reached)


def demanded(page: PageFacts, reading: Reading, original: str, heading: str) -> tuple[Demand, ...]:
    """Give what a page demands, at most one demand a kind; `reading` is that of `original`, `heading` its headlines."""
    found = _deeds(page)
    said = tuple(_sentences(reading))
    for sentence in said:
        for kind, rule in _RULES.items():
            if kind not in found and rule(sentence):
                found[kind] = sentence.demand(kind, original)
    if "pay" not in found and (part("reason").search(folded(heading)) or part("pay").search(folded(heading))):
        till = next((one for one in said if _is_till(one, said)), None)
        if till is not None:
            found["pay"] = till.demand("pay", original)
    return tuple(found[kind] for kind in _KINDS if kind in found)


def _deeds(page: PageFacts) -> dict[str, Demand]:
    """Give what the page itself takes: by its fields, and by an account that it names."""
    purse = list(dict.fromkeys(_labels(page)))
    found = {"secret": Demand("secret", purse[0])} if purse else {}
    if len(purse) > 1 or (grabs(page) and _opens_all(set(page.asks))):
        opens = (field.label for form in page.forms for field in form.fields if field.asks in _OPENS)
        found["grab"] = Demand("grab", next(opens, purse[0] if purse else ""))
    account = payee(page.text)
    if account and part("pay").search(folded(page.text[:READ])):
        found["payee"] = Demand("payee", account)
    elif takes_money(page) and not (page.published or part("bids").search(folded(page.text[:READ]))):
        found["till"] = Demand("till", paid_words(page))
    file = next((link.text for link in page.links if link.hands_out and not link.url.startswith("itms")), None)
    if file is not None and part("fetch").search(folded(page.text[:READ])):
        found["file"] = Demand("file", file)
    return found


def _opens_all(asks: set[str]) -> bool:
    """Tell whether nothing is left that guards an account: an office that pays wages asks for a card and a password."""
    return "pay_password" in asks or ("sms_code" in asks and bool(asks & {"id_card", "id_photo"}))


def _sentences(reading: Reading) -> Iterator[_Said]:
    text, start = reading.masked.text, 0
    for count, end in enumerate((*(match.end() for match in _ENDS.finditer(text)), len(text))):
        if count >= MOST:
            return
        words = text[start:end].strip()[:LONGEST]
        if words:
            yield _Said(reading, words, text.index(words, start))
        start = end


def _labels(page: PageFacts) -> Iterator[str]:
    """Give the labels of fields that take what opens a purse or an account: papers alone are asked by any employer."""
    for form in page.forms:
        for field in form.fields:
            if len(field.label) <= LABEL and part("purse_field").search(folded(field.label)):
                yield field.label


def _pays(said: _Said) -> bool:
    """Tell whether money is to be paid for what is to be got: a verb, a fee or a sum, and a reason or 先."""
    if not said.meant("pay") or said.has("goods"):
        return False
    sums = said.has("amount") or said.meant("fee")  # 不收押金 is no fee
    if said.has("first") and sums:
        return True
    return sums and said.has("reason") and not said.has("paid_out")


def _is_till(said: _Said, others: tuple[_Said, ...]) -> bool:
    """Tell whether a line is a fee and its sum that is still open, or has a button to pay it beside it."""
    if not said.has("fee", "amount") or said.has("goods") or not said.meant("fee"):
        return False
    return said.has("unpaid") or any(part("settle").fullmatch(one.words) for one in others)


def _tells_secrets(said: _Said) -> bool:
    return said.meant("secret_never")


def _installs(said: _Said) -> bool:
    return said.meant("install")


def _reached(said: _Said) -> bool:
    """Tell whether somebody's own chat or number is given for a lender's matter, with who waits there."""
    return bool(said.contacts(BESIDE)) and said.meant("reach")


def _recruits(said: _Said) -> bool:
    """Tell whether agents or helpers are sought for a commission or against a fee."""
    return said.meant("agency") and (said.has("gain") or said.has("pay"))


_RULES = {"pay": _pays, "secret": _tells_secrets, "app": _installs, "contact": _reached, "agency": _recruits}
