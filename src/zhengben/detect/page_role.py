"""What a page is to its visitor: an office that hears complaints, a hand that takes what no office asks, a till.

Who asks for an identity card is not yet false: offices that take complaints ask for one, and name whom they are about.
What tells them from their imitators is what else is asked, and whether the name stands alone or as a service's own.
"""

import re

from zhengben.core.pagefacts import PageFacts

READ = 6000  # characters of a page that are looked at
_MONEY = frozenset({"bank_card", "pay_password", "contacts"})
# Words of collectors and courts (立案, 仲裁) are left out: who threatens with them borrows them.
_HEARS = re.compile(
    r"提交(?:投诉|举报|诉求|工单|线索)|我要(?:投诉|举报|反映|咨询|建议|求助|报案|维权)|"
    r"投诉(?:对象|内容|请求|事项|标题|商家|平台|编号)|举报(?:对象|内容|事项|人信息)|(?:相似|相关|最新|热门)投诉|"
    r"被(?:投诉|举报)(?:人|方|单位|企业|平台|机构)?|涉[及事诉案](?:机构|企业|平台|单位|金额|公司)|"
    r"事项描述|诉求(?:内容|描述|对象)?|工单|信访|申诉人|投诉人|举报人|来访|被申请人|调解申请|法律援助|"
    r"求助(?:内容|登记)|答复|转办|受理单位|提交投訴|我要投訴|投訴(?:對象|內容)|被投訴"
)
HEARD = 2  # different words of an office that hears complaints from which a page is one
_PAID = re.compile(
    r"上传(?:\w{0,4})(?:回单|凭证|回执|截图)|(?:我|已)已?(?:经|完成)?(?:汇款|转账|付款|打款|缴费|缴纳|支付)|"
    r"(?:转账|汇款|付款|支付|缴费)(?:凭证|回单|截图|完成后)|(?:汇|转|打|存)(?:款|账)?(?:到|至|入)(?:以下|指定|下列|专用|监管)|"
    r"(?:缴纳|支付|转入|汇入|打入|先交|需交|须交|补足|补交|补缴|购买|垫付|充值|预存|预付)[^\n。]{0,24}(?:金|费|款|税|%|元)|(?:还款|缴费|付款|充值|解冻)账[户号]|对公还款"
)
# What stands around the words of many on one page; ours, from how forums and circles are laid out.
_MANY_SPEAK = re.compile(
    r"讨论|吐槽|论坛|贴吧|圈子|发表于|回帖|跟帖|楼主|沙发|\d+\s?楼|评论\s?\(?\d+|赞\s?\(?\d+|回复\s?\(?\d+|管理员|版主|第\s?\d+\s?页"
    r"|討論|發表於|回覆\s?\d+|樓主|版主"
)
SPOKEN_OF = 2  # different marks of a conversation from which a page is one
_PAYEE = re.compile(
    r"收款(?:户名|账[户号]|人|卡号|单位)|开户(?:名|人|行)|对公账[户号]|户\s?名|(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)"
)
_LISTED_BEFORE = re.compile(r"[、和与及或][“\"《]?$|(?:以及|还有|或者)$")
_LISTED_AFTER = re.compile(r"^[”\"》]?(?:[、]|等|和|与|及|或|以及)")


def hears_complaints(page: PageFacts) -> bool:
    """Tell whether a page takes complaints or questions about others, and asks for nothing an office would not.

    One word of it proves nothing, because every shop has a link for complaints.
    """
    if _MONEY & set(page.asks):
        return False
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
