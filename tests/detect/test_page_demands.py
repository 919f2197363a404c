"""A page that speaks as the brand, wherever the name stands, and demands what no lender demands; and its honest kin."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengben.core.brand import Brand
from zhengben.core.pagefacts import PageFacts
from zhengben.core.verdict import Reason, Verdict
from zhengben.detect.demands import Demand, part
from zhengben.detect.page_lines import spoken, unlisted
from zhengben.detect.page_shown import pictured
from zhengben.detect.page_speaker import Heard, speaker
from zhengben.detect.reading import read_words
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.locale.words import say
from zhengben.names.api import pack


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei", "webank", "jiebei", "weiyedai")))


def verdict(title: str, body: str) -> Verdict:
    page = f"<html><title>{title}</title><body><p>{body}</p></body></html>".replace("\n", "</p><p>")
    return look_at_file("page.html", page.encode(), brands()).verdict


def demand(title: str, body: str) -> Reason | None:
    return next((one for one in verdict(title, body).reasons if one.code == "page_demands"), None)


MONEY = [
    ("微粒贷合同待签", "贷款八万已审批。\n电子印花税 260 元未缴纳，缴纳后即刻放款"),
    ("微粒贷提现失败", "银行卡末位填写有误，账户被冻结。请转入 3000 元验证款，解冻后一并退还"),
    ("花呗临时额度领取", "需购买 199 元权益会员激活，激活后额度十分钟到账"),
    ("借呗结清办理", "结清证明工本费每份 88 元，先付款后开具"),
    ("微业贷企业授信", "首次授信须存入授信额 10% 作为履约流水，次日随款项返还"),
    ("微粒貸放款處", "請先支付風控金 1,200 元，審核完成後連同貸款一併發放"),
    ("微众银行退款登记", "退款通道已开启，缴纳通道激活费 66 元即可提现"),
    ("微粒贷 - 等待付款", "担保金 ¥520\n立即支付"),
    ("WeBank loan desk", "Your WeBank loan is approved. Pay the release fee of 300 yuan before the loan is disbursed."),
    ("微众银行线上录入员招聘", "每单 12 元，当天结算。入职先交 200 元工牌押金"),
]
SECRETS = [
    ("花呗国际钱包", "导入旧钱包<form><input placeholder=恢复短语></form>"),
    ("微业贷纳税核验", "企业授信<form><input placeholder=电子税务局登录密码></form>"),
    ("微粒贷风险解除", "专员将来电，请打开腾讯会议并共享屏幕完成核验"),
    ("微众银行卡片升级", "新卡寄出前核对<form><input placeholder=六位取款密码></form>"),
    ("借呗注销申请", "收到验证码后请把验证码告诉客服，由后台完成注销"),
    ("WeBank refund", "Your WeBank refund is ready<form><input placeholder='Card PIN'></form>"),
]
APPS = [
    ("微粒贷专享版", "下载安装包后，请在设置里信任企业级应用"),
    ("借呗安全认证", "认证前请安装防护插件，关闭手机管家"),
    ("微众银行客户端升级", "安装描述文件即可继续，忽略风险提示"),
]
CONTACTS = [
    ("微粒贷放款专员", "长按识别\nfkzy_8812"),
    ("借呗协商部", "逾期可减免，添加协商主管微信 xszg2210"),
    ("花呗提额中心", "咨询加QQ 3041882765"),
    ("微众银行信贷经理", "额度不够请加 13677120958"),
]


@pytest.mark.parametrize(("title", "body"), MONEY)
def test_money_before_money_below_the_brands_name_is_demanded_in_it(title: str, body: str) -> None:
    found = demand(title, body)
    assert found is not None
    assert "demand_pay" in found.facts["kinds"]  # type: ignore[operator] # a list, as all facts are plain JSON
    assert verdict(title, body).accuses


@pytest.mark.parametrize(("title", "body"), SECRETS)
def test_what_opens_a_purse_is_a_secret_under_whatever_label(title: str, body: str) -> None:
    found = demand(title, body)
    assert found is not None
    assert "demand_secret" in found.facts["kinds"]  # type: ignore[operator] # a list, as all facts are plain JSON
    assert verdict(title, body).accuses


@pytest.mark.parametrize(("title", "body"), APPS)
def test_an_app_past_the_store_is_demanded_in_the_brands_name(title: str, body: str) -> None:
    assert verdict(title, body).accuses


@pytest.mark.parametrize(("title", "body"), CONTACTS)
def test_a_private_chat_under_a_name_of_a_desk_accuses(title: str, body: str) -> None:
    assert verdict(title, body).accuses


@pytest.mark.parametrize(
    "party", ["甲方（出借方）：深圳前海微众银行股份有限公司", "放款单位：微众银行", "盖章：微众银行"]
)
def test_a_party_to_a_contract_speaks_for_the_page(party: str) -> None:
    body = f"{party}\n乙方：____\n第三条：乙方须先存入 20000 元作为还款能力验证，验证后放款\n签署后联系财务"
    found = demand("借款合同", body)
    assert found is not None
    assert verdict("借款合同", body).brand == "webank"


HONEST = [
    ("江州警方：这些“放款”都是假的", "骗子冒充微粒贷客服，要求先交保证金才放款。微粒贷不会要求缴纳任何费用，请勿转账"),
    ("微众银行服务收费标准", "补发存折工本费 10 元/份。开具存款证明 20 元/份。以上费用在办理时收取"),
    ("小鹿自行车租赁", "支持花呗分期，押金 300 元，还车后退还。取车请加微信 xiaolu2210"),
    ("花呗付款 学车报名 - 顺安驾校", "学费 3980 元，先付定金 500 元，科目一通过后付尾款。咨询 13677120958"),
    ("我妈差点被“微粒贷客服”骗走两万", "对方让她先交 2000 元解冻费，还要共享屏幕。我赶紧拦下来报警了"),
    ("律师说法：借款前先交费，钱能要回来吗", "有当事人被自称微粒贷的人收取保证金 3000 元。先交费再放款的，涉嫌诈骗"),
    ("第十二章 借呗还是不借", "他把最后三百块转给房东。充值会员免广告，客服QQ 800112233"),
    ("微众银行笔试真题", "行测三套，买家秀见详情。客服微信 zhenti_bank"),
    ("花呗怎么还款", "打开支付宝，点花呗，选择立即还款，支付后额度恢复"),
    ("借呗为什么提现失败", "可能是银行卡异常。官方不会让你转账验证，也不会要求共享屏幕"),
    ("钱包帮助中心", "请把助记词抄在纸上，任何人向您索要助记词都不要提供。本页与花呗无关"),
    ("短剧《花呗背后》台词本", "催收员：把卡号密码报给我，再不还就打给你爸妈"),
    ("微众银行诚聘客户经理", "月薪 12000 元，五险一金。面试不收取任何费用，简历投递 13677120958"),
    ("合作伙伴公告 - 云杉消费金融有限公司", "我司与微众银行联合放款，借款审批不收前期费用。还款请在我司客户端办理"),
    ("微粒贷 相关词条", "参考资料：公司年报。中文名 微粒贷。上线时间 2015年。用户提供身份证后系统审核额度"),
]


@pytest.mark.parametrize(("title", "body"), HONEST)
def test_who_warns_sells_goods_tells_or_teaches_demands_nothing_in_the_brands_name(title: str, body: str) -> None:
    assert not verdict(title, body).accuses


@pytest.mark.parametrize("owner", ["江州消费金融有限公司", "青禾律师事务所", "江州大学", "顺安驾校", "云岭家电商城"])
def test_who_names_himself_demands_for_himself(owner: str) -> None:
    body = f"微粒贷放款后可付尾款，先付定金 500 元，退款 3 日到账\n© 2026 {owner}"
    assert demand("微粒贷放款说明", body) is None


@pytest.mark.parametrize("told", ["他让我先交 3000 元保证金才放款", "不会要求您先交保证金", "请勿先付任何费用"])
def test_a_demand_told_denied_or_warned_of_is_none(told: str) -> None:
    assert demand("微粒贷放款", told) is None


def test_a_private_number_of_whoever_writes_about_the_brand_is_no_demand() -> None:
    assert demand("微粒贷的一点回忆", "这个产品我用了三年\n写稿合作联系 微信 xiegao2210") is None


def test_a_headline_that_asks_is_a_topic_unless_its_own_line_gives_the_brands_desk_a_private_number() -> None:
    asked = "微粒贷怎么关闭"
    assert demand(asked, "在微信里打开微粒贷，点右上角设置，选择关闭") is None
    assert demand(asked, "请拨打微粒贷关闭专线 17720381165，专员共享屏幕协助办理") is not None


def test_the_reason_says_what_was_demanded_and_under_which_line() -> None:
    found = demand("微粒贷合同待签", "缴纳保证金 2000 元后放款")
    assert found is not None
    assert found.facts["words"] == "缴纳保证金 2000 元后放款"
    assert found.facts["shown"] == "微粒贷合同待签"


CARD = "<form><input placeholder=身份证号><input placeholder=银行卡号><input placeholder=支付密码></form>"


@pytest.mark.parametrize(
    "where",
    ["<p>请填写您在微粒贷登记的资料</p>", "<form><input placeholder=与微粒贷实名一致></form>", "<h2>微粒贷用户</h2>"],
)
def test_who_takes_what_opens_an_account_speaks_as_the_one_name_on_the_page(where: str) -> None:
    assert verdict("资料升级", f"{where}{CARD}").accuses


@pytest.mark.parametrize("owner", ["江州银行", "小鹿借钱", "顺安驾校", "江州市税务局"])
def test_who_names_himself_takes_for_himself(owner: str) -> None:
    assert not verdict(f"客户登录 - {owner}", f"可绑定微众银行卡{CARD}<p>© 2026 {owner}</p>").accuses


def test_a_choice_of_a_form_and_an_item_of_a_list_are_nobody_who_takes() -> None:
    assert demand("资料登记", f"<select><option>微粒贷</option><option>借呗</option></select>{CARD}") is None
    assert demand("资料登记", f"曾使用过的产品：微粒贷等{CARD}") is None


def test_who_shows_several_lenders_takes_for_a_comparison() -> None:
    assert demand("贷款超市", f"<h2>奶酪借钱</h2><h2>小鹿贷款</h2><h2>快牛贷</h2><p>微粒贷额度</p>{CARD}") is None


def test_another_lender_that_wants_money_on_an_account_wants_it_for_himself() -> None:
    said = "可用微粒贷资金还款\n还款请转入以下账户\n户名：李国平 卡号：6228 4812 3456 7890 123"
    assert demand("快牛贷", f"<h1>快牛贷</h1>{said}") is None
    assert demand("还款", said) is not None


def test_who_exposes_the_accounts_of_swindlers_wants_no_money_on_them() -> None:
    said = "代开微粒贷的骗子\n微信 daikai2210，户名 李国平，卡号 6228481234567890123，要求转入 2000 元"
    assert not verdict("骗子收款账户曝光", said).accuses


def test_a_deposit_of_bidders_is_no_fee() -> None:
    said = "受让方须在挂牌期内缴纳保证金 500 万元，竞价结束后退还"
    assert demand("微粒贷债权转让公告", said) is None


def test_an_office_that_pays_wages_asks_for_a_card_and_a_password() -> None:
    form = (
        "<input placeholder=姓名><input placeholder=身份证号><input placeholder=工资卡号><input placeholder=登录密码>"
    )
    assert demand("员工服务", f"急用钱可预支工资，不必去借微粒贷<form>{form}</form>") is None


def test_the_deposit_of_bidders_on_an_account_is_none_of_the_brands() -> None:
    said = "竞买人须缴纳保证金 500 万元\n收款单位：江州某某交易所\n账号：6228481234567890123\n上传回单"
    assert demand("微粒贷债权公告", said) is None


def test_a_claim_that_is_denied_does_not_hide_one_that_is_made() -> None:
    said = "不是微粒贷授权的代理都是假的\n本店是微粒贷唯一授权代办中心\n先交手续费 300 元，审核后放款"
    assert demand("江州信息网 - 代办", said) is not None


def test_who_says_that_he_does_not_act_for_the_brand_demands_for_himself() -> None:
    said = "本站未经微粒贷授权\n先交报名费 300 元，审核后开通账户"
    assert demand("江州信息网 - 报名", said) is None


def test_a_complaints_desk_asks_who_and_which_card_and_is_none_where_it_asks_for_the_password() -> None:
    asked = "<input placeholder=身份证号><input placeholder=对方银行卡号><input placeholder=短信验证码>"
    desk = "<p>我要举报</p><p>我要咨询</p><p>微粒贷有人催收，怎样投诉</p>"
    assert not verdict("网上信访", f"{desk}<form>{asked}</form>").accuses


@pytest.mark.parametrize(
    "account",
    ["户名：李国平 卡号：6228 4812 3456 7890 123", "收款卡号：6217001234567890123（王春梅）",
     "充值地址 USDT-TRC20：TQm7xkP2abcVhR9dLwE5sYbN3cJf8GaXYZ"],
)  # fmt: skip
def test_money_for_the_brand_to_somebodys_own_account_accuses_whoever_writes(account: str) -> None:
    said = f"江州某某律师事务所受托就您拖欠微粒贷借款一事函告\n请将款项转入以下账户\n{account}"
    assert verdict("催告函", said).accuses


@pytest.mark.parametrize(
    "said",
    ["江州慈善基金会 捐款账户 户名：江州慈善基金会 账号：6228481234567890123。不收微粒贷。",
     "警方通报：对方要求把钱转入 6228****0123，自称微粒贷客服",
     "微粒贷还款请走微信。小店收款：扫码支付"],
)  # fmt: skip
def test_an_account_of_an_institution_or_one_half_hidden_is_no_demand(said: str) -> None:
    assert not verdict("通知", said).accuses


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("台灣線上申辦", "本公司為微粒貸唯一授權之台灣代辦窗口\n核貸後先付帳務管理費 900 元，款項三小時內撥付"),
        ("额度登记", "本表由花呗额度管理组发起\n把短信验证码告诉专员，三小时内提额"),
        ("开通服务", "我们是借呗华东区开通服务站\n先交手工费 300 元，开通后图标出现"),
        ("Loan desk", "We are authorised by WeBank. Pay the release fee of 300 yuan before the loan is disbursed."),
    ],
)
def test_who_says_that_he_acts_for_the_brand_and_demands_is_held_to_it(title: str, said: str) -> None:
    assert verdict(f"{title} - 江州信息网", said).accuses


@pytest.mark.parametrize(
    "said",
    ["有人自称受微粒贷委托，要求先交保证金 3000 元才放款，谨防被骗，请勿转账。警方提醒：都是诈骗",
     "我司未受微粒贷委托，也不会要求您先交保证金 3000 元"],
)  # fmt: skip
def test_a_claim_to_act_for_the_brand_that_is_told_or_denied_is_none(said: str) -> None:
    assert not verdict("江州信息网", said).accuses


@pytest.mark.parametrize("link", ["setup.apk", "install.mobileconfig"])
def test_a_file_past_the_store_on_a_page_of_nobodys_is_the_brands_that_it_names(link: str) -> None:
    said = f"<p>微粒贷额度已到</p><p>请下载专用客户端完成提现</p><a href=/{link}>下载</a><p>提示风险请选择继续安装</p>"
    assert verdict("查一查能借多少", said).accuses


def test_a_file_of_a_page_with_an_owner_is_his() -> None:
    said = "<p>可用花呗付款</p><p>请下载客户端办理</p><a href=/a.apk>下载</a><p>© 2026 江州出行有限公司</p>"
    assert not verdict("江州出行", said).accuses


def test_a_till_in_the_name_of_nobody_else_is_the_brands() -> None:
    till = "微粒贷合同履约保险\n收款单位：江州某某商贸有限公司\n账号：6228481234567890123\n我已转账，上传回单"
    assert verdict("投保确认", till).accuses
    assert not verdict("投保确认 - 江州人寿保险公司", f"{till}\n© 2026 江州人寿保险公司").accuses


@pytest.mark.parametrize(
    "line", ["自豪地采用 WordPress", "立即下载（安卓）苹果安装描述文件", "微粒贷校园推广，每单奖励 68 元"]
)
def test_a_button_a_program_and_a_sentence_about_the_brand_are_no_owner(line: str) -> None:
    assert verdict("微粒贷额度办理", f"微粒贷放款前先交保证金 2000 元\n{line}").accuses


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "先付钱、添加私人账号"), ("en", "pay first, add a private account")]
)
def test_the_kinds_of_demands_are_told_in_words(language: str, words: str) -> None:
    found = demand("微粒贷放款专员", "先交 2000 元保证金后放款，请加微信 fkzy_8812 办理放款")
    assert found is not None
    assert words in say("reason.page_demands", language, found.facts)


def test_a_line_among_partners_is_nobody_speaking() -> None:
    brand, names = next(one for one in brands() if one.id == "jiebei"), pack(brands())
    page = PageFacts(url="", final_url="", title="借款", text="欢迎使用微粒贷\n合作机构：\n借呗\n额度")
    assert list(unlisted(page.text.split("\n"))) == ["欢迎使用微粒贷"]
    assert not list(pictured(page, brand, names))
    assert not list(spoken(page, brand, names, about=False))
    heard = Heard(page.text, read_words(page.text, brand, names))
    assert speaker(page, heard, brand, names, (Demand("pay", ""),)) == ""


def test_who_speaks_only_below_the_headlines_is_shown_in_the_words_of_the_page() -> None:
    found = demand("借款办理", "您好，这里是微粒贷放款部，您的借款已通过\n请先支付保证金 1200 元后放款")
    assert found is not None
    assert "微粒贷" in str(found.facts["shown"])
    assert not any("\ue000" <= char <= "\uf8ff" for char in str(found.facts))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("押金说明", "可用花呗付款\n取车前先付押金 300 元，还车退还"),
        ("订单确认", "花呗分期 3 期免息\n先付定金 500 元，退款 3 日到账"),
        ("立即支付", "押金 ¥520\n花呗支付\n立即支付"),
    ],
)
def test_what_can_be_paid_with_the_wallet_is_demanded_by_the_till_and_not_by_the_wallet(title: str, body: str) -> None:
    assert demand(title, body) is None


def test_at_most_so_many_sentences_of_a_page_are_looked_at() -> None:
    filler = "。".join(["今天天气很好"] * 130)
    assert demand("微粒贷放款", f"{filler}。请先缴纳保证金 2000 元后放款") is None
    assert demand("微粒贷放款", f"请先缴纳保证金 2000 元后放款。{filler}") is not None


def test_the_same_claim_is_not_told_twice() -> None:
    codes = [reason.code for reason in verdict("微粒贷", "微粒贷官方客服为您服务，先交保证金 2000 元后放款").reasons]
    assert len(codes) == len(set(codes))
    assert not {"page_speaks_as", "page_presents_as"} <= set(codes)


def test_every_table_says_where_its_words_come_from() -> None:
    import tomllib  # noqa: PLC0415 - only this test reads the file itself
    from importlib import resources  # noqa: PLC0415 - as above

    tables = tomllib.loads(resources.files("zhengben.detect").joinpath("demands.toml").read_text("utf-8"))
    assert all(table["source"] and table["words"] for table in tables.values())
    assert all(part(name).pattern for name in tables)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="先交付款保证金元放贷 0123。，\n微粒", max_size=40))
def test_whatever_stands_on_a_page_of_another_owner_it_demands_nothing(body: str) -> None:
    assert demand("顺安驾校有限公司", f"{body}\n© 2026 顺安驾校有限公司") is None
