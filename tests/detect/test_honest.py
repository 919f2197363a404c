"""What honest people and institutions write about a brand: never accused, whatever words of the trade they use."""

from collections.abc import Callable

import pytest

from zhengben.core.sighting import Sighting
from zhengben.core.verdict import ACCUSING, Label, Verdict
from zhengben.examine.text import examine_text

Judged = Callable[[Sighting], Verdict]

OFFICIAL = (
    "微粒贷提醒您：我们不会以任何理由要求您转账到安全账户，也不会要求共享屏幕。",
    "微粒贷放款前不收取任何费用，凡要求先交保证金、解冻费的都不是微粒贷。",
    "微粒贷客服不会索要您的验证码和密码，咨询请拨打95384。",
    "微粒贷公告：12月1日凌晨系统维护，届时暂停借款与还款服务。",
    "【微粒贷】您的借款2000元已于今日还清，感谢您的使用。",
    "【微众银行】您的微粒贷将于明日自动扣款1,024.50元，请确保账户余额充足，详询95384",
    "【微众银行】验证码384920，用于微粒贷还款，请勿告知任何人。",
    "微粒贷从未授权任何中介代办，所谓内部渠道均为诈骗。",
    "微粒贷不支持代还、套现，请勿将账户借给他人。",
    "关于不法分子冒用微粒贷名义实施诈骗的声明",
    "微粒贷没有线下门店，也没有独立App，请认准微信和QQ内的入口。",
    "如需关闭微粒贷，请在微信内自行操作，无需下载会议软件，也不需要专员指导。",
)
WARNINGS = (
    "警方提示：自称微粒贷客服，让你把钱转到安全账户的，一律是诈骗！",
    "注意，凡是以“注销校园贷”为由让你把微粒贷额度借出来转账的都是骗子。",
    "反诈小课堂：微粒贷放款要交保证金吗？不要！要交的都是骗子。",
    "骗子常说：我是微粒贷客服，请缴纳解冻金。听到就挂。",
    "社区提醒居民，不要下载名为微粒贷的软件，不要扫描陌生二维码。",
    "提醒：近期有人冒充微粒贷工作人员，以退息为名骗取验证码。",
    "某地李女士接到微粒贷客服电话，对方称其账户冻结需缴纳解冻金，李女士转账后发现被骗。",
    "案例：犯罪嫌疑人谎称能开通微粒贷，收取手续费后拉黑被害人。",
    "辟谣：网传微粒贷推出独立App系谣言。",
    "请转告家人：不共享屏幕、不转账、不点链接，微粒贷不会打电话要求您这样做。",
    "工商提示：所谓微粒贷加盟代理、收取押金的招聘均为骗局。",
    "骗术揭秘：先说您的微粒贷额度很高，再说银行卡号填错，最后让您交解冻费。",
)
NEWS = (
    "微众银行：微粒贷累计服务超过六千万人，放款余额保持平稳。",
    "本报讯（记者 王敏）我市破获一起以代开微粒贷为名的诈骗案，涉案金额90余万元。",
    "法院判决被告人赔偿原告微众银行三十六万元，并停止使用“微粒贷款”标识。",
    "监管部门约谈多家平台，要求规范微粒贷等联合贷款业务的信息披露。",
    "据悉，微粒贷日利率区间为万分之二到万分之五。",
    "某团伙以微粒贷提额为诱饵，诱导用户缴纳会员费，目前已被刑拘。",
    "微粒贷商标由腾讯转让给微众银行。",
    "媒体调查：微粒贷“强开”教程在二手平台卖199元，店家拿钱就消失。",
)
COMPLAINTS = (
    "微粒贷扣了我两次款，客服说要等三个工作日，太气人了。",
    "我在假的微粒贷上交了3000解冻金，还要我再交6000，怎么办？",
    "自称微粒贷的人让我共享屏幕，转走了我卡里四万多，已经报警。",
    "有人打电话说我微粒贷逾期要上门，态度特别恶劣，我要投诉。",
    "对方说是微粒贷放款部，先让我付699，再让我付1999，我没付。",
    "微粒贷催收天天打我妈电话，这合法吗？",
    "我朋友找人代开微粒贷，付了800就被拉黑。",
    "举报：QQ 2831907756 冒充微粒贷客服骗钱。",
    "被一个叫微粒贷的软件骗了会员费299，能追回来吗？",
    "差点上当，他连我身份证号都知道，说是微粒贷的，让我把钱转到监管账户。",
)
QUESTIONS = (
    "微粒贷有手续费吗？",
    "微粒贷放款前要交钱吗？",
    "微粒贷客服电话是多少？",
    "微粒贷客服几点上班",
    "请问微粒贷可以提前还款吗",
    "微粒贷会不会给紧急联系人打电话？",
    "收到短信说微粒贷额度要作废，是真的吗？",
    "对方让我先交698元工本费，说是微粒贷的，能信吗？",
    "有人加我微信说能帮我开微粒贷，靠谱吗？",
    "微粒贷要我上传身份证，安全吗",
    "注销微粒贷账户会影响征信吗？",
    "怎样辨别真假微粒贷客服？",
    "帮我看看这个网址 http://wl8.top/a 是不是微粒贷官网？",
    "您好，请问你们微粒贷客服电话是多少？",
    "朋友想用我的微粒贷借钱给他用，利息他出，这样行吗？",
)
CUSTOMERS = (
    "这个月微粒贷还了两千三，松了口气。",
    "微粒贷客服态度挺好，帮我改了还款日。",
    "我把微粒贷结清了，客服说不收违约金。",
    "老公说他微粒贷额度有八万，我居然不知道。",
    "用微粒贷交了孩子学费，分十二期。",
    "今天微粒贷的人打电话回访，问我借钱干什么用，我说装修。",
    "微粒贷给我降额了，从五万降到两万。",
    "我姐问我借钱，我只好从微粒贷借了一万给她。",
    "我妈接到电话说微粒贷逾期，吓得不轻，其实是骗子。",
    "刚在微信里看到微粒贷入口了，没敢点。",
    "交完物业费和水电费，微粒贷又要还了。",
    "提前还了微粒贷，省了两百利息。",
)
OTHERS = (
    "消费贷对比：微粒贷、借呗、金条，谁的利率更低",
    "论文选题：微粒贷模式对传统银行的启示",
    "微粒贷产品经理面经：一面问了风控模型",
    "招聘：负责微粒贷反欺诈策略，坐标深圳，官网投递",
    "段子：我的存款像微粒，我的贷款像微粒贷",
    "测验：自称微粒贷客服要求交保证金，你应该A交 B不交。答案B",
    "律师解读：微粒贷逾期会被起诉吗",
    "微粒贷在微信-我-服务里可以找到，按系统评估显示",
    "情景题：小明接到微粒贷客服电话，要求打开屏幕共享，他应该怎么办？",
    "书评：《微粒贷这十年》写得不错",
    "Weilidai is a consumer loan that lives inside WeChat; the bank's annual report puts its users at 60 million.",
    "Police warned that any app named Weilidai is a scam. Do not pay a fee or share your code.",
    "I got a text from Weilidai asking me to pay a fee first. Is this phishing?",
    "微粒貸是微眾銀行的產品，沒有手機應用程式",
    "警方呼籲，凡要求先付手續費的微粒貸都是詐騙",
)


@pytest.mark.parametrize("text", OFFICIAL + WARNINGS + NEWS + COMPLAINTS + QUESTIONS + CUSTOMERS + OTHERS)
def test_nobody_honest_is_accused(judged: Judged, text: str) -> None:
    verdict = judged(examine_text(text))
    assert verdict.label not in ACCUSING, [(r.code, r.weight, r.facts) for r in verdict.reasons]


@pytest.mark.parametrize("text", WARNINGS + NEWS + QUESTIONS)
def test_what_warns_reports_or_asks_is_a_mention(judged: Judged, text: str) -> None:
    assert judged(examine_text(text)).label is Label.MENTION


@pytest.mark.parametrize("text", CUSTOMERS)
def test_a_customer_says_what_he_likes(judged: Judged, text: str) -> None:
    assert judged(examine_text(text)).label is Label.MENTION


@pytest.mark.parametrize("text", OFFICIAL)
def test_the_brand_by_its_name_alone_is_neither_accused_nor_proved(judged: Judged, text: str) -> None:
    assert judged(examine_text(text)).label in {Label.MENTION, Label.LOOKALIKE}
