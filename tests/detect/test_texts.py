"""Texts that reach for people in the brand's name are accused, those that speak about it are not."""

from collections.abc import Callable

import pytest

from zhengben.core.verdict import ACCUSING, Label

TextLabel = Callable[[str], Label]

IMPERSONATIONS = [
    "下载微粒贷APP，强开额度，联系客服",
    "【微粒贷】尊敬的客户，您的额度已升至30万，点击 http://wl8.top/a 领取，退订回T",
    "您好，我是微粒贷客服，放款前请缴纳保证金2000元，加QQ 2831907756",
    "微粒贷官方客服电话 400-661-2298，还款提额请拨打",
    "微粒貸安裝包 點這裡 http://wl8.top/a 下載",
    "这里是微粒贷财务部，您的卡号有误，资金冻结，联系微信 wl88996 解冻",
    "微粒贷工作人员提醒您，注销学生账户请下载会议软件打开屏幕共享，联系 13728190034",
    "您在微粒贷的借款已逾期，请立即联系 13728190034 处理，否则起诉",
]
SCAMS = [
    "专业强开微粒贷，下款后付，加微信 wl88996",
    "代开微粒贷 100元 秒开 包过，扣扣2831907756",
    "微粒贷套现，5个点，当天到账，vx wl88996",
    "没有微粒贷的可以找我开通，收费100，不成功不收费",
    "微粒贷提额技术，黑户可做，私信我",
]
# an advertisement stays one whatever it says about others
DISGUISED_AS_WARNINGS = [
    "谨防假冒，微粒贷官方APP下载 http://wl8.top/a",
    "谨防上当！专业代开微粒贷，认准本人 wl88996",
    "请勿相信其他骗子，微粒贷官方QQ客服 2831907756 才是真的",
    "骗子太多，我做微粒贷强开五年从不骗人，先开后付，微信 wl88996",
    "有不法分子冒充我们，请认准微粒贷官方微信 wl88996",
    "近期诈骗频发，微粒贷提醒您，请到官方APP办理借款，点击 http://wl8.top/a 下载最新版",
    "警惕骗子！只有这里是真的微粒贷app：http://wl8.top/a",
    "反诈提醒：不要相信私下放款的人，一律以微粒贷官方客服微信 wl88996 为准",
    "为防止用户上当受骗，微粒贷推出安全认证App，下载地址 http://wl8.top/a",
    "“微粒贷”app下载 http://wl8.top/a ，请勿在其他渠道下载",
    "【微粒贷】警方提醒谨防诈骗，您的账户异常，请点击 http://wl8.top/a 核实银行卡和密码",
]
BYPASSES = [
    "据新华社报道，微粒贷放开申请，名额有限，办理加微信 wl88996",
    "警方提醒谨防诈骗！本店专业代开微粒贷，微信 wl88996",
    "“代开微粒贷，加微信 wl88996”骗子勿扰",
    "我朋友收到微粒贷额度10万，就是找这个老师办的，微信 wl88996",
    "骗子称开不了，我们能开，代开微粒贷加微信 wl88996",
    "💰微粒贷💰强💥开💥秒过，加💚 wl88996",
    "微粒贷强.开 代-开 包/过，扣扣2831907756",
    "微粒贷提额不是诈骗，绝不骗人，成功再付，VX：wl88996",
    "别信那些说开不了微粒贷的人，找我就能开，wl88996",
    "微粒貸代開，包過，先開後付，加LINE wl88996",
    "想知道微粒贷怎么强开吗？想提额吗？私信我，wl88996",
]
INNOCENT = [
    "微粒贷从来没有APP，凡是下载微粒贷APP的都是诈骗。",
    "警方提示：有人冒充微粒贷客服，让你加QQ转账，千万别信，请拨打96110。",
    "骗子会说“您好，我是微粒贷客服，请加微信 wl88996 办理解冻”，这是诈骗，切勿相信。",
    "收到“微粒贷额度”短信不要点链接，那是钓鱼网站 http://wl8.top/a",
    "收到这样的短信请删除：【微粒贷】恭喜您获得10万额度，点击 http://wl8.top/a",
    "微众银行：2020年打击微粒贷假冒APP超150个，处理仿冒链接300条，微粒贷从未推出独立APP。",
    "据悉，警方抓获5名以代开微粒贷为名实施诈骗的嫌疑人，涉案90万元。",
    "我被骗了，下载了微粒贷APP，对方让我交2000解冻费，怎么办？",
    "加了微信 wl88996 强开微粒贷，付了200就被拉黑，大家小心。",
    "微粒贷有APP吗？",
    "强开微粒贷是真的吗？",
    "微粒贷强开",
    "微粒贷和借呗有什么区别，哪个利息低？",
    "微粒贷入口在微信-我-服务里面，不用下载APP。",
    "【微众银行】您的微粒贷借款5000元已放款成功，详询95384。",
    "我每个月20号还微粒贷，从没逾期。",
    "这个微粒贷链接 http://wl8.top/a 是官方的吗？",
    "谁能强开微粒贷？求推荐",
]
NOT_OURS = ["明天下午三点开会", "强开", "微业贷可以给企业贷款吗？", "代开发票，电话 13728190034"]


@pytest.mark.parametrize("text", IMPERSONATIONS)
def test_impostors_are_accused(text_label: TextLabel, text: str) -> None:
    assert text_label(text) is Label.IMPERSONATION


@pytest.mark.parametrize("text", SCAMS)
def test_sellers_are_a_scam(text_label: TextLabel, text: str) -> None:
    assert text_label(text) is Label.SCAM


@pytest.mark.parametrize("text", DISGUISED_AS_WARNINGS)
def test_a_caution_does_not_buy_an_advertisement_free(text_label: TextLabel, text: str) -> None:
    assert text_label(text) in ACCUSING


@pytest.mark.parametrize("text", BYPASSES)
def test_tricks_do_not_help(text_label: TextLabel, text: str) -> None:
    assert text_label(text) in ACCUSING


@pytest.mark.parametrize("text", INNOCENT)
def test_who_speaks_about_the_brand_is_not_accused(text_label: TextLabel, text: str) -> None:
    assert text_label(text) is Label.MENTION


@pytest.mark.parametrize("text", NOT_OURS)
def test_other_matters_are_unrelated(text_label: TextLabel, text: str) -> None:
    assert text_label(text) is Label.UNRELATED


@pytest.mark.parametrize("text", SCAMS + IMPERSONATIONS)
def test_a_caution_at_the_end_changes_nothing(text_label: TextLabel, text: str) -> None:
    assert text_label(f"{text}。谨防假冒，注意防骗！") in ACCUSING


@pytest.mark.parametrize("text", [text for text in SCAMS + IMPERSONATIONS if "扣扣" not in text])
def test_zero_width_characters_change_nothing(text_label: TextLabel, text: str) -> None:
    assert text_label(text.replace("微粒", "微\u200b粒")) in ACCUSING


def test_a_disguised_name_is_told(codes: Callable[..., dict[str, int]]) -> None:
    assert codes("text", "下载微\u200b粒贷APP")["name_disguised"] > 0
