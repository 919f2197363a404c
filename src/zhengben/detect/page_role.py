"""What a page is to its visitor: an office that hears complaints, a hand that takes what no office asks, a till.

Who asks for an identity card is not yet false: offices that take complaints ask for one, and name whom they are about.
What tells them from their imitators is what else is asked, and whether the name stands alone or as a service's own.
"""

import re

from zhengben.core.pagefacts import PageFacts
from zhengben.detect.lexicon import listed

READ = 6000  # characters of a page that are looked at
_MONEY = frozenset({"bank_card", "pay_password", "contacts"})
# Words of collectors and courts (立案, 仲裁) are left out: who threatens with them borrows them.
_HEARS = listed("hears")
HEARD = 2  # different words of an office that hears complaints from which a page is one
_PAID = listed("paid")
# What stands around the words of many on one page; ours, from how forums and circles are laid out.
_MANY_SPEAK = listed("many_speak")
SPOKEN_OF = 2  # different marks of a conversation from which a page is one
_PAYEE = listed("payee")
_LISTED_BEFORE = re.compile(r"[、和与及或][“\"《]?$|(?:以及|还有|或者)$")
_LISTED_AFTER = re.compile(r"^[”\"》]?(?:[、]|等|和|与|及|或|以及)")


def hears_complaints(page: PageFacts) -> bool:
    """Tell whether a page takes complaints or questions about others, and asks for nothing an office would not.

    One word of it proves nothing, because every shop has a link for complaints.
    """
    return not _MONEY & set(page.asks) and is_complaints_desk(page)


def is_complaints_desk(page: PageFacts) -> bool:
    """Tell whether a page calls itself a place for complaints and questions, whatever it asks for."""
    said = "\n".join((page.title, *page.headings[:8], page.text[:READ]))
    return len(set(_HEARS.findall(said))) >= HEARD


def is_thread(page: PageFacts) -> bool:
    r"""Tell whether many speak on a page that itself takes nothing: what one of them sells is not the page's word.

    >>> is_thread(PageFacts(url="", final_url="", title="吐槽 借呗", text="小熊 发表于 3月2日\n专业办理\n登录回帖"))
    True
    """
    said = "\n".join((page.title, page.text[:READ]))
    marks = {re.sub(r"[\d\s(]+", "", mark) for mark in _MANY_SPEAK.findall(said)}
    return len(marks) >= SPOKEN_OF and not takes_all(page)


def grabs(page: PageFacts) -> bool:
    """Tell whether a page asks for what opens an account: no warning, office or adviser ever does."""
    asked = set(page.asks)
    return "pay_password" in asked or {"bank_card", "sms_code"} <= asked or {"bank_card", "password"} <= asked


def takes_purse(page: PageFacts) -> bool:
    """Tell whether a page asks for a password of payments and for what it opens: a card, a code or a log-in."""
    asked = set(page.asks)
    return "pay_password" in asked and bool(asked & {"bank_card", "sms_code", "password"})


def takes_all(page: PageFacts) -> bool:
    """Tell whether a page asks for what opens an account, or for an identity card and a bank card together."""
    return grabs(page) or {"id_card", "bank_card"} <= set(page.asks)


def takes_money(page: PageFacts) -> bool:
    r"""Tell whether a page wants money sent to an account it names, and the proof of it.

    >>> takes_money(PageFacts(url="", final_url="", text="收款户名：某某服务部\n我已汇款，上传回单"))
    True
    """
    said = page.text[:READ]
    return bool(_PAID.search(said) and _PAYEE.search(said))


def is_payee(line: str) -> bool:
    """Tell whether a line says on whose account money is wanted: whoever gives that hides behind the name.

    >>> is_payee("收款人 李某 某某农业银行 6228 4812 0000 0000 000"), is_payee("江州农商银行")
    (True, False)
    """
    return bool(_PAYEE.search(line))


def paid_words(page: PageFacts) -> str:
    """Give the words with which a page asks for the proof of a payment, or an empty string."""
    found = _PAID.search(page.text[:READ])
    return found[0] if found else ""


def in_a_list(text: str, start: int, end: int) -> bool:
    """Tell whether a name in a text stands in a row with others: what is said then is said of all of them.

    >>> in_a_list("从未授权微粒贷、借呗等任何平台", 8, 10), in_a_list("欢迎使用借呗服务", 4, 6)
    (True, False)
    """
    return bool(_LISTED_BEFORE.search(text[max(0, start - 4) : start]) or _LISTED_AFTER.search(text[end : end + 3]))
