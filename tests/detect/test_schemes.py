"""What impostors write, scheme by scheme: each accused under its label, for the reason a person would name first."""

from collections.abc import Callable

import pytest

from zhengben.core.sighting import Sighting
from zhengben.core.verdict import ACCUSING, Label, Verdict
from zhengben.examine.text import examine_text

Judged = Callable[[Sighting], Verdict]

CLAIMS = {  # main reason: texts that say they are the brand, or speak to its customers
    "asks_fee": (
        "微粒贷放款中心：您的三万元已出账，请先缴纳600元账户管理费后提现",
        "您好，我是微粒贷审核员小吴，您的流水不够，先转2000元验证还款能力",
        "微粒贷财务部：先生，您的款卡在系统里了，需支付2%的风险保证金",
        "这里是微粒贷提现专线，您须购买一份还款保险1280元，购买后即放款",
        "【微粒贷】您的借款合同已生效，提现需补缴个人所得税1500元",
        "微粒贷会员中心：您需开通年费VIP 299元才可以提现",
        "微粒贷信贷员：哥，工本费498先付一下，付完马上放款",
        "您好，微粒贷财务，您填错卡号了，资金冻结，请交解冻金3000元",
        "我们是微粒贷放款组的，您这笔单子要刷流水5000元，刷完连本带贷退给您",
        "微粒贷客服：您的贷款已批，不交包装费就按违约处理",
    ),
    "asks_secrets": (
        "您好，微粒贷客服，请把刚收到的验证码告诉我，我帮您取消扣费",
        "微粒贷安全中心：您的账户异常，请回复银行卡号、密码和身份证号进行核实",
        "我是微粒贷风控专员，请您打开屏幕共享，我指导您操作",
        "微粒贷工作人员请您下载腾讯会议，会议号 551 882 903，马上为您处理",
        "微粒贷客服提醒您：请配合我们远程协助，不要挂断电话",
        "您好，这里是微粒贷信贷部，麻烦您把身份证正反面和手持照片发给我",
        "微粒贷退款专员：请提供您的银行卡号和预留手机号收到的六位数字",
    ),
    "asks_transfer": (
        "微粒贷风控中心：为避免影响征信，请将额度全部借出转入监管账户",
        "您好，我是微粒贷客服，请把卡里的余额转到我们的安全账户，核验后退回给您",
        "微粒贷贷后管理部通知：还款账户已变更为 6228 4803 2990 1177，户名李强，请以此账户还款",
        "我是微粒贷清算部的，您把借出来的钱打到指定账户，马上给您清零",
        "微粒贷法务部最后通知：请立即还款至 6217 0028 7000 3391 552 户名周建，否则起诉您",
    ),
    "asks_cancel": (
        "您好，我是微粒贷客服，您大学期间注册的学生账户没有注销，现在帮您注销",
        "微粒贷客服中心：根据国家规定，您的校园贷账户要清零，不处理会影响您的征信",
        "这里是微粒贷，您误开通了百万保障服务，每月扣2000元，我帮您关闭",
        "女士您好，微粒贷注销专员，您的在校账户今天不注销明天就会扣费",
    ),
    "says_it_is": (
        "【微粒贷法务部】您的欠款已移交司法，请联系 13728190034",
        "【微粒贷放款中心】您的五万元额度已激活，点击 http://wl8.top/a 领取",
        "微粒贷通知：您的额度即将失效，回复1由专员联系您",
        "点击领取您的专属额度 http://wl8.top/a —— 腾讯微粒贷运营中心",
        "您好，我们是微粒贷授信部门的，人工帮您复审，方便加一下您的微信吗",
        "您好请问是陈女士吗，我是微粒贷的客户经理，现在额度可以提到二十万，您加我微信 wl88996",
    ),
    "speaks_to_customers": (
        "您名下的微粒贷额度即将收回，请提供银行卡号和验证码保留额度",
        "微粒贷关闭需要在专员指导下进行，请您加入会议 909-112-337 打开共享",
        "您的微粒贷已逾期，请将欠款转入律师账户 6222 0212 0201 5478",
    ),
    "offers_service": (
        "扫描二维码，添加微粒贷专属客服，领取您的额度，微信 wl88996",
        "微粒贷低息借款，最高30万，当天到账，联系 13728190034",
    ),
    "false_number": (
        "微粒贷全国统一客服热线 400-661-2298",
        "微粒贷人工客服：1 3 7 2 8 1 9 0 0 3 4",
        "微粒贷退款电话：４００－６６１－２２９８",
        "微粒贷还款专线 17031182290 提前结清请致电",
        "微粒贷客服电话 4000817726",
    ),
    "no_such_app": (
        "下载微粒贷客户端，凭身份证三分钟到账 http://wl8.top/a.apk",
        "微粒贷安卓版上线了，扫码安装，输入邀请码 9527",
        "苹果用户请安装微粒贷描述文件并信任，微粒贷App下载 http://wl8.top/m",
    ),
}
TRADES = (
    "认识微粒贷内部的人，交800就给开，不成全退",
    "专业铲除微粒贷逾期记录，征信修复，一条800，加微信 wl88996",
    "用微粒贷垫付货款，公司每月替你还，名额有限",
    "出租微粒贷额度，一天一百，只要借我登录一下账号",
    "兄弟你去微粒贷贷两万给我，我每月给你利息一千",
    "微粒贷停息挂账，代写投诉材料，先付定金500",
    "微粒贷地推团队招募，一单80，押金200可退",
    "微粒贷 强制开通 白名单 自动发货 ￥68",
    "刷微粒贷白名单，批量收人，一个号返300",
    "微粒贷解封，风控解除，提额，都可以做，纸飞机 @wld_vip8",
    "想要微粒贷额度的私我，付费66解锁教程",
    "长期收微粒贷额度，点位低，随时在线，扣扣2831907756",
)
OTHER_SCRIPTS = {
    "asks_fee": (
        "微粒貸貸款部：您的貸款已核准，須先支付手續費3,000元",
        "Weilidai loan department. Your loan is approved. Please pay the release fee of 1,200 RMB first.",
    ),
    "asks_secrets": (
        "微粒貸客服：您的帳戶已被凍結，請提供銀行卡號及驗證碼",
        "Hello, this is Weilidai support. To refund the duplicate charge, please share the OTP you just received.",
        "I am an officer from Weilidai, please share your screen so that I can close your student account.",
    ),
    "says_it_is": (
        "微粒貸官方客服通知：您的額度已提升，請點擊連結領取 http://wl8.top/a",
        "Weilidai Alert: your account has been suspended. Verify your identity at http://wl8.top/a within 24 hours",
    ),
}
DISGUISED = (
    "微 粒 贷 客 服 ： 您 的 款 项 冻 结 ， 请 交 解 冻 金 3 0 0 0 元",
    "徽粒贷放款专员，保证金交了马上放",
    "微粒貸客服：請繳納保證金2000元",
    "微·粒·贷客服，您的额度到账，加V❤ wl88996",
    "【微粒贷】您的额度已激活，點擊 http://wl8.top/a 領取",
    "微\u200b粒\u200b贷客服：请您缴纳保證金２０００元解冻",
    "微粒贷 客服：请您先交【保证金】2000元",
    "VX同号 13728190034 微粒贷客服，您的贷款已批，先付698元工本费",
)


def _flat(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(code, text) for code, texts in table.items() for text in texts]


@pytest.mark.parametrize(("code", "text"), _flat(CLAIMS) + _flat(OTHER_SCRIPTS))
def test_an_impostor_is_told_by_what_he_asks(judged: Judged, code: str, text: str) -> None:
    verdict = judged(examine_text(text))
    assert verdict.label is Label.IMPERSONATION
    assert code in {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize("text", TRADES)
def test_who_trades_on_the_brand_is_a_scam(judged: Judged, text: str) -> None:
    verdict = judged(examine_text(text))
    assert verdict.label is Label.SCAM
    assert verdict.reasons[0].code == "sells_access"


@pytest.mark.parametrize("text", DISGUISED)
def test_disguises_of_name_and_words_do_not_help(judged: Judged, text: str) -> None:
    assert judged(examine_text(text)).label in ACCUSING


@pytest.mark.parametrize(("code", "text"), _flat(CLAIMS))
def test_every_reason_points_at_the_words_it_means(judged: Judged, code: str, text: str) -> None:
    seen = examine_text(text)
    reason = next(r for r in judged(seen).reasons if r.code == code)
    start, end = reason.facts["start"], reason.facts["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert 0 <= start < end <= len(text)
    assert text[start:end].strip()


@pytest.mark.parametrize(("code", "text"), _flat(CLAIMS))
def test_a_warning_about_the_same_words_is_not_accused(judged: Judged, code: str, text: str) -> None:
    del code
    told = f"反诈提醒：收到“{text}”这样的信息都是诈骗，切勿相信，请拨打96110。"
    assert judged(examine_text(told)).label not in ACCUSING


@pytest.mark.parametrize(("code", "text"), _flat(CLAIMS))
def test_a_victim_who_quotes_it_is_not_accused(judged: Judged, code: str, text: str) -> None:
    del code
    told = f"求助：我收到一条短信说“{text}”，我信了，结果被骗了，怎么办？"
    assert judged(examine_text(told)).label not in ACCUSING
