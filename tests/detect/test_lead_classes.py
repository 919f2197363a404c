"""Classes of leads that outsiders wrote and we had not: each with what is in it, and with what only looks like it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from zhengben.core.brand import Brand
from zhengben.core.judge import judge
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label
from zhengben.detect.kin_name import detect as kin_name
from zhengben.detect.lexicon import phrases
from zhengben.detect.masked import mask
from zhengben.detect.registry import detect_all
from zhengben.detect.spellings import one_spelling
from zhengben.examine.listing import examine_listing
from zhengben.examine.text import examine_text
from zhengben.names.api import pack

ACCUSED = {Label.IMPERSONATION, Label.SCAM}
Labels = Callable[[str], Label]


def label(sighting: Sighting, brand: Brand) -> Label:
    return judge(brand.id, detect_all(sighting, (brand,))[brand.id], Coverage(sighting.missing)).label


CALLERS = [
    "您好微粒贷，您有一笔贷款被冒名申请，为保护资金需要您把存款归集到银联监管户",
    "你好，我係微粒貸客服部，你張卡有可疑交易，而家要你入返個密碼同驗證碼先解封到。",
    "你好呀，呢度係微粒貸，我哋會幫你取消筆轉帳，麻煩你將短訊入面嗰六位數字話畀我知。",
    "微粒貸安全組打嚟，你個戶口涉及洗黑錢，要將啲錢轉去安全戶口先。",
    "我是微粒贷安全部的，您的卡刚才被人盗用了，现在需要您配合把余额做保护性转移，稍后原路返还。",
    "您好，微粒贷风控中心，监测到您的卡在境外被盗刷，请您先把资金转到我们提供的保护账户。",
]
UNWANTED = [
    "【微粒贷】您的百万保障免费期今日到期，今晚24点将自动扣除2000元，关闭请联系专员18605921134",
    "【微粒貸】您已訂閱尊享保險，今晚12時將自動扣HK$780，如需取消請WhatsApp 6130 4471",
    "weilidai: Your Premium plan will renew tonight for HK$980. To cancel call 5712 3390 now.",
]
COLLECTORS = [
    "微粒贷贷后部：今日18:00前扫下方收款码还清欠款可减免利息，收款方：李建国",
    "微粒贷还款通知 请扫码支付欠款3,420元 收款人 吉安市青原区鑫顺信息咨询部",
    "微粒贷ETC中心：您的ETC已停用，请扫描图中二维码补缴认证金100元，否则列入黑名单",
    "【微粒贷法务】陈某，你的欠款已移交派出所，下午4点前把2,300元转到律师微信可撤案",
    "微粒贷催收部\n结案通知\n钱某：请于今日15:00前将欠款12,000元付至承办律师私人账户，逾期移送公安。",
]
PAST_STORES = [
    "微粒贷官方3群公告：旧版停止维护，请在群文件里下载新版安装包，安装后才能继续提现",
    "微粒贷客户群：新版客户端已发群里，安卓直接安装apk，提示风险点继续安装，苹果要信任企业签名",
    "我是微粒贷专员，安装包给你发过去了，关掉手机的纯净模式再装",
]
TOUTS = [
    "家人们看过来，微粒贷没出来的扣个1，主播一对一教你点亮，想要的左下角小风车",
    "有没有微粒贷想提额的？我这边有通道，加我备注提额",
    "微粒贷代还，点位低，手机号和登录密码发我就能操作",
    "微粒贷代还，借身份证和支付宝登录就行",
    "长期收微粒贷实名号，配合刷脸，800一个",
    "收微粒贷積分，8折現金即場過數，要登入你個app",
    "微粒贷空投最後一日，連接錢包簽名就派300U，撳我主頁條link",
]
STAFF_MONEY = [
    "【群公告】微粒贷员工内购理财，年化12%，仅限本群，认购款转到李经理个人收款码",
    "微粒贷内部职工专享存款群，保本月息3%，入金找群主拿收款二维码",
    "weilidai staff only investment group, guaranteed 2% daily, deposit to the admin's personal QR code",
]


@pytest.mark.parametrize("text", [*CALLERS, *UNWANTED, *COLLECTORS, *PAST_STORES, *TOUTS, *STAFF_MONEY])
def test_every_class_of_fraud_is_accused(text: str, text_label: Labels) -> None:
    assert text_label(text) in ACCUSED


OWN = [
    "【微粒贷】您的借款3,000.00元已于11月20日到账，收款卡尾号8871，可在微信“服务-借钱”中查看合同。",
    "【微粒贷】验证码 4471，您正在开通微粒贷，验证码提供给他人可能导致损失。",
    "【微粒贷】动态密码882134，您正在转账，切勿告知任何人，本行员工不会向您索取。",
    "您好，这里是微粒贷客户服务中心，请您对刚才的服务做出评价，满意请按1，不满意请按2，本次通话不会询问您的密码。",
    "【微粒贷】您的积分2,300分将于12月31日到期，请登录手机银行兑换。",
    "【微粒贷】您订阅的短信服务将于12月1日续费3元，如需取消请致电95384。",
]
OTHERS = [
    "weilidai airdrop scam warning: never connect your wallet to unknown sites",
    "我们公司给微粒贷做系统，测试安装包发群里了，大家装一下",
    "微粒贷员工福利真好，年会发了八百红包",
    "阿媽話有人扮微粒貸職員叫佢轉錢去安全戶口，好彩我喺度",
    "提提大家，微粒貸唔會打電話問你攞驗證碼同密碼，收到就cut線",
    "我想問下微粒貸點樣註銷戶口呀，個app入面搵唔到",
    "直播间里有人说能免费开微粒贷，让我点小黄车，家人们这是骗子吧",
    "有人要我借身份证帮他还微粒贷，我拒绝了",
    "陈某，你借我的钱什么时候还？微粒贷都还不上了",
    "健身房年卡可用微粒贷付款，办理找我，加我备注会籍",
    "【爱奇艺】您的VIP将于明日从微粒贷自动扣款25元，取消请致电4009237171",
    "公司测试包在群文件，安卓同学装一下新版app，支持微粒贷支付，有问题提单",
    "律所提示：收到自称微粒贷法务要求把钱转到律师个人账户的，一律是诈骗",
    "我的还款已经转到我自己的个人账户，微粒贷还有两期",
    "我们群公告：本周宣讲主题假微粒贷APP",
    "weilidai will never ask for your recovery phrase. Do not share it with anyone.",
]


@pytest.mark.parametrize("text", OWN)
def test_what_the_brand_itself_writes_needs_nobody_to_look(text: str, text_label: Labels) -> None:
    assert text_label(text) in {Label.MENTION, Label.UNRELATED, Label.OFFICIAL}


@pytest.mark.parametrize(
    "text",
    [
        "【微粒贷】您有一张5天免息券即将到期，打开微信“服务-借钱”查看。退订回N",
        "【微粒贷】按日计息，用多少借多少，随借随还。拒收请回复R",
        "【微粒贷】您的合同WLD20261103已结清，证明可自助开具，我行不收取任何费用。",
        "【微粒贷】您的借据20261103881已还清，证明可自助开具，不收取任何费用。",
    ],
)
def test_leaving_a_list_or_the_number_of_a_contract_is_no_contact(text: str, text_label: Labels) -> None:
    assert text_label(text) not in ACCUSED


def test_a_reply_that_is_asked_for_is_a_contact(text_label: Labels) -> None:
    assert text_label("【微粒贷】您有5万额度待领取，利息全免，需要的回复1，专员联系您") in ACCUSED


@pytest.mark.parametrize("text", OTHERS)
def test_what_only_resembles_such_a_fraud_is_not_accused(text: str, text_label: Labels) -> None:
    assert text_label(text) not in ACCUSED


@pytest.mark.parametrize(
    ("line", "accused"),
    [
        ("小程序：微粒贷快捷借 主体：个人", True),
        ("小程序「微粒贷闪提」 运营者：个人", True),
        ("抖音小程序 微粒贷费率 主体 郑州市二七区某商贸行", True),
        ("微粒贷積分商城 小程序 主體：個人", True),
        ("微粒贷费率 小程序 主体 某商贸行", True),
        ("小程序：微粒贷花店 主体：杭州某花艺有限公司", False),
        ("小程序：记账本 主体：个人", False),
        ("小程序：微粒贷 主体：深圳前海微众银行股份有限公司", False),
    ],
)
def test_a_mini_program_is_somebodys(line: str, brand: Brand, *, accused: bool) -> None:
    assert (label(examine_listing("listing", line, {}), brand) in ACCUSED) is accused


@pytest.mark.parametrize(
    ("line", "accused"),
    [
        ("微粒借款-小额贷款 开发者：海口云上风网络 微粒贷升级版，入口永久开放", True),
        ("微粒钱包 开发者：个人 微粒贷官方入口", True),
        ("微粒借款 开发者：杭州记账科技 与微粒贷无关", False),
        ("微粒记 开发者：个人 微粒贷还款提醒", False),
        ("微粒钱包 开发者：深圳前海微众银行股份有限公司 微粒贷新版", False),
        ("微粒世界 开发者：某游戏公司 沙盒手游", False),
    ],
)
def test_another_lending_word_on_the_brands_stem(line: str, with_app: Brand, *, accused: bool) -> None:
    assert (label(examine_listing("app_listing", line, {}), with_app) in ACCUSED) is accused


def test_a_siblings_own_name_is_no_edition_of_the_brand(brand: Brand) -> None:
    seen = examine_listing("account", "微粒贷款微业贷", {"title": "微粒借款微业贷", "text": "微粒贷升级版"})
    assert "uses_name" not in {reason.code for reason in detect_all(seen, (brand,))[brand.id]}


def test_a_name_without_a_stem_has_no_edition(brand: Brand) -> None:
    short = replace(brand, names=replace(brand.names, primary="花呗", aliases=()))
    seen = examine_listing("app_listing", "花钱包", {"title": "花钱包", "text": "花呗升级版"})
    assert kin_name(seen, short, pack((short,))) == []


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("微粒贷 企查查 司法案件、股东信息", True),
        ("微粒贷的最新相关信息 临汐日报", True),
        ("微粒贷 - Wikipedia", True),
        ("微粒贷 裁判文书 zhihu.com", True),
        ("微粒贷财经 立即申请 秒到账", False),
        ("微粒贷 trustpilot 1.weilidai-score.top", False),
    ],
)
def test_a_search_result_of_a_register_or_a_paper_is_about_the_brand(title: str, brand: Brand, *, about: bool) -> None:
    seen = examine_listing("search_ad", title, {})
    codes = {reason.code: reason.weight for reason in detect_all(seen, (brand,))[brand.id]}
    assert ("uses_name" not in codes) is about


@pytest.mark.parametrize("kind", ["company", "account"])
def test_a_register_names_the_owner_by_its_firm(kind: str, brand: Brand) -> None:
    other = replace(brand, owner="宁波某某网络小额贷款有限公司")
    seen = examine_listing(kind, "宁波某某网络小额贷款有限公司 在业", {})
    told = [reason.code for reason in detect_all(seen, (other,))[other.id]]
    assert ("says_owner" in told) is (kind == "company")


@pytest.mark.parametrize(
    ("line", "accused"),
    [
        ("微粒贷武汉分行招聘客户经理 湖南汇达企业管理有限公司 代招", True),
        ("微粒贷杭州营业部招贷款专员 杭州某商务咨询公司发布", True),
        ("保安 上班地点：微粒贷大厦 某保安服务有限公司", False),
        ("前台 微粒贷大厦对面 某餐饮公司", False),
    ],
)
def test_jobs_of_branches_there_are_not_and_jobs_next_door(line: str, brand: Brand, *, accused: bool) -> None:
    assert (label(examine_listing("job", line, {}), brand) in ACCUSED) is accused


@pytest.mark.parametrize("place", ["肯德基(微粒贷大厦餐厅)", "全家便利店(微粒贷总部店)", "某银行(微粒贷大厦支行)"])
def test_a_place_inside_a_building_is_its_own(place: str, brand: Brand) -> None:
    assert label(examine_listing("poi", place, {}), brand) not in {*ACCUSED, Label.LOOKALIKE}


def test_written_cantonese_is_read_as_what_it_says_and_mandarin_left_alone() -> None:
    assert mask("唔使做嘢，有興趣搵我", ()).text == "不使做事，有兴趣找我"
    assert one_spelling("关係好嘅") == "关系好的"
    assert one_spelling("他说话呢，户口本在家") == "他说话呢，户口本在家"


@pytest.mark.parametrize("text", ["呢度係客服", "讀返畀我聽", "cut線同遥距", "平常的话", ""])
def test_a_spelling_never_changes_a_length(text: str) -> None:
    assert len(one_spelling(text)) == len(text)
    masked = mask(text, ())
    assert len(masked.text) == len(masked.starts) == len(masked.ends)


def test_a_telephone_of_eight_digits_is_one_and_a_card_is_none() -> None:
    handle = phrases("acts", "handle")
    assert handle.search("人工 5930 1126")
    assert not handle.search("6222 0213 4567 8901")


def test_an_app_past_the_stores_weighs_enough_alone_where_the_brand_has_one(with_app: Brand) -> None:
    text = "微粒贷客户群：新版客户端在群文件，安装后信任证书"
    told = {reason.code: reason.weight for reason in detect_all(examine_text(text), (with_app,))[with_app.id]}
    assert told["offers_app"] == 60
    honest = "本店支持微粒贷付款，会员app安装包在群文件"
    assert "offers_app" not in {reason.code for reason in detect_all(examine_text(honest), (with_app,))[with_app.id]}
