"""What a text does to its reader, read once for one brand and shared by every detector of texts.

An act counts (`live`) only where it is meant: not negated, quoted and disowned, or told of somebody else. How the whole
text stands to the matter (warning, news, complaint, question) is counted apart, and never outweighs an act that comes
with a way to reach whoever wrote it: otherwise an advertisement could buy itself free with a caution.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from zhengben.core.brand import Brand
from zhengben.core.sighting import Contact, Sighting
from zhengben.detect.lexicon import names, phrases
from zhengben.detect.masked import BRAND, OPEN, PUBLIC, REACH, Masked, mask
from zhengben.detect.mention import mentions
from zhengben.detect.open_sites import of_others
from zhengben.detect.public_service import host_of, own_or_public
from zhengben.detect.scope import Scopes
from zhengben.names.api import Pack

CAUTIOUS = 2  # words of warning, news or complaint from which an act without any contact is not held against a text
WARY = 4  # and from which a contact must stand beside the act
BESIDE = 60  # characters that are beside
NEAR = 120  # characters between an act and the contact it comes with
_REACH = re.compile(REACH)
# Callers say 您 to whoever they have on the line; people who post about a brand do not, but for 您好 and 您们.
ADDRESSED = re.compile(
    r"您(?!好|们)|恁|侬|阁下|\A(?:你好|您好|喂)[呀啊，,！!\s]+(?![呀啊，,！!\s]|请问|我想|想|我要|麻烦|问)|(?:帮|给|替|跟)(?:你|您)(?:办|开|弄|处理|核|查|操作|做)|尊敬的|亲爱的|先生|女士|(?:用户|客户)请|请配合|请[于在][^，。]{0,12}前|\bdear\b|\byour?\b"
    r"|(?:客户|用户|会员|朋友|老板|家长|同学)(?:你|您)好|请(?:把|将|先|再|即|尽快|立即|及时|务必|速|于|按|缴|交(?!警)|支付|转|加(?!强)|拨打?|致电|点击|长按|扫|回复|提供|发送|输入|添加|下载|登录|联系)"
    r"|你(?:的|名下的?)?(?:欠款|案件|借款|逾期|贷款|账户|帐户|户口|订单)|你[个张部](?:账户|户口|卡|电话|手机)|你(?:已|涉嫌|在\ue000)"
)
# an advertisement opens with the question its reader asks himself, and answers it
_RHETORICAL = re.compile(
    r"\A[^？。]{0,10}(?:有没有|还有谁|谁|有)(?:人)?(?:需要|想?要(?!人))(?!了解|知道|问)[^？。]{0,14}？(?=[^？]{6})"
    r"|\A[^？。]{0,16}(?:想|缺|急|没有?|不够|不过|不了|被拒|拒绝|还在|上不去|不出来)[^？。]{0,16}？(?=[^？]{6})"
)
DEMANDS = ("fee", "secret", "transfer", "cancel")  # what no honest brand asks of the reader
MANY = 40  # matches of one pattern that are looked at


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what it is, its span in the original, and why it is not meant (empty where it is)."""

    name: str
    start: int
    end: int
    muted: str = ""


@dataclass(frozen=True)
class Reading:
    """One text read for one brand."""

    masked: Masked
    scopes: Scopes

    @cached_property
    def names_brand(self) -> bool:
        """Tell whether the brand is named at all."""
        return BRAND in self.masked.text

    @cached_property
    def acts(self) -> dict[str, tuple[Act, ...]]:
        """Give every act by name, live or muted."""
        return {name: tuple(self._find(name, phrases("acts", name))) for name in names("acts")}

    @cached_property
    def contacts(self) -> tuple[Act, ...]:
        """Give the contacts that are neither the brand's nor a public service; beside the brand also bare handles."""
        marked = tuple(self._find("contact", _REACH))
        bare = self.acts["handle"] if self.names_brand else ()
        return tuple(sorted((*marked, *bare), key=lambda act: act.start))

    @cached_property
    def stances(self) -> dict[str, int]:
        """Count how often the text warns, reports and so on; cautions of an advertisement do not count."""
        plain = phrases("scopes", "caution_of_ads").sub(" ", self.masked.text)
        counts = {name: len(phrases("stances", name).findall(plain)) for name in names("stances")}
        counts["question"] = len(phrases("stances", "question").findall(_RHETORICAL.sub("", plain)))
        # 请问您最近有资金需求吗 is a salesman's question and no doubt of the writer's own
        return counts | {"question": 0} if self.calls_reader else counts

    @cached_property
    def weighed(self) -> dict[str, int]:
        """Give the stances of a page: what every page says somewhere (请勿, 举报) neither warns nor complains."""
        counts = dict(self.stances)
        if counts["warning"] + counts["complaint"] <= counts["slight"]:
            counts |= {"warning": 0, "complaint": 0}
        return counts

    @cached_property
    def addressed(self) -> bool:
        """Tell whether the text speaks to its reader as a caller or a clerk does."""
        return bool(ADDRESSED.search(self.masked.text))

    @cached_property
    def calls_reader(self) -> bool:
        """Tell whether the text says it is the brand and speaks to its reader: its questions are put to him."""
        if not (self.names_brand and self.addressed):
            return False
        said = tuple(act for name in ("introduces", "signature", "calls_as", "opens") for act in self.acts[name])
        return any(act.muted in {"", "asked"} for act in said)

    @cached_property
    def stance(self) -> int:
        """Give how strongly the text stands beside the matter: warnings, news and complaints together."""
        return self.stances["warning"] + self.stances["news"] + self.stances["complaint"]

    @cached_property
    def only_public(self) -> bool:
        """Tell whether the text leads to the brand's own or public contacts and to no other."""
        return PUBLIC in self.masked.text and REACH not in self.masked.text

    @cached_property
    def invites(self) -> bool:
        """Tell whether the text reaches for its reader outside of any question: its questions are rhetorical."""
        asked = [act for name in ("reach_words", "seller") for act in self.acts[name]]
        return self.calls_reader or any(not act.muted for act in (*self.contacts, *asked))

    def live(self, *wanted: str) -> tuple[Act, ...]:
        """Give the acts of these names that are meant; a rhetorical question is meant."""
        meant = {"", "asked"} if self.invites else {""}
        return tuple(act for name in wanted for act in self.acts[name] if act.muted in meant)

    def reaches(self, act: Act | None = None) -> tuple[Act, ...]:
        """Give the live contacts near an act, or all live ones."""
        alive = tuple(c for c in self.contacts if not c.muted)
        if act is None:
            return alive
        return tuple(c for c in alive if c.start - NEAR <= act.end and act.start <= c.end + NEAR)

    def _find(self, name: str, pattern: re.Pattern[str]) -> Iterator[Act]:
        for count, match in enumerate(pattern.finditer(self.masked.text)):
            if count >= MANY:
                return
            start, end = self.masked.span(match.start(), match.end())
            muted = self.scopes.muted(match.start(), match.end())
            if not muted and name in {*DEMANDS, "lends"}:
                muted = self.scopes.muted_inside(match.start(), match.end())
            yield Act(name, start, end, muted)


def read(sighting: Sighting, brand: Brand, pack: Pack) -> Reading:
    """Read the text of a sighting for a brand; remembered for the last few texts."""
    marks = tuple((c.start, c.end, _mark(c, brand)) for c in sighting.contacts if c.start >= 0)
    named = tuple((hit.start, hit.end, BRAND) for hit in mentions(sighting.text, brand, pack))
    return reading_of(sighting.text, tuple(sorted(marks + named)))


def _mark(contact: Contact, brand: Brand) -> str:
    if own_or_public(contact, brand):
        return PUBLIC
    return OPEN if contact.kind in {"url", "domain"} and of_others(host_of(contact.value)) else REACH


@lru_cache(maxsize=64)
def reading_of(text: str, marks: tuple[tuple[int, int, str], ...]) -> Reading:
    """Read a text with these marks: spans of the original and BRAND, REACH or PUBLIC, in order."""
    masked = mask(text, marks)
    return Reading(masked, Scopes(masked.text))


def read_words(text: str, brand: Brand, pack: Pack) -> Reading:
    """Read words that stand alone, such as a title, without contacts."""
    return reading_of(text, tuple((hit.start, hit.end, BRAND) for hit in mentions(text, brand, pack)))


def in_earnest(reading: Reading, act: Act) -> bool:
    """Tell whether a live act may be held against a text as a whole.

    One that comes with a contact always may; the more the text warns, the nearer the contact must stand. One without
    any contact may only where the text does not also warn, report, complain or ask.
    """
    reached = reading.reaches(act)
    if reached:
        return reading.stance < WARY or any(abs(c.start - act.end) <= BESIDE for c in reached)
    if reading.calls_reader and reading.live(*DEMANDS):
        return True  # who demands in earnest warns of nobody, whatever he says of thieves and police
    if reading.calls_reader:
        # a caller's threats borrow the words of news (起诉, 公安, 监管): only warnings and complaints speak against it
        return reading.stances["warning"] + reading.stances["complaint"] < CAUTIOUS and not reading.only_public
    if reading.stance >= CAUTIOUS or reading.stances["reports"] or (reading.only_public and reading.stance):
        return False
    return not reading.stances["question"] or bool(reading.live("reach_words", "seller"))


def leading(reading: Reading) -> str:
    """Give the stance the text shows most of, complaints before warnings before news; empty where there is none."""
    counts = reading.stances
    order = ("complaint", "warning", "news")
    most = max(order, key=lambda name: (counts[name], -order.index(name)))
    if counts[most]:
        return most
    return next((name for name in ("question", "comparison") if counts[name]), "")
