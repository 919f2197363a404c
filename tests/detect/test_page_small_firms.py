"""Small firms, offices and clubs that name a brand on a page of their own, and the false pages that look like them."""

from functools import cache

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import Label, Verdict
from zhengben.detect.page_owner import owner
from zhengben.detect.reading import read_words
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look_at_file
from zhengben.names.api import pack


@cache
def brands() -> tuple[Brand, ...]:
    return tuple(load_brands(ids=("weilidai", "huabei", "webank", "jiebei", "weiyedai")))


def verdict(title: str, body: str, head: str = "") -> Verdict:
    page = f"<html><title>{title}</title><body><h1>{title}</h1><p>{head}</p><p>{body}</p></body></html>"
    return look_at_file("page.html", page.replace("\n", "</p><p>").encode(), brands()).verdict


def owned(title: str, body: str, brand: str = "huabei") -> str:
    known = next(one for one in brands() if one.id == brand)
    page = examine_page(f"<title>{title}</title><p>{body}</p>".replace("\n", "</p><p>"), "", "", "file")
    return owner(page, known, pack(brands()))


CARD = "<form><input placeholder=身份证号><input placeholder=银行卡号><input placeholder=短信验证码></form>"
PURSE = "<form><input placeholder=微粒贷卡号><input placeholder=取款密码></form>"
PAPERS = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=紧急联系人></form>"


@pytest.mark.parametrize(
    ("title", "head", "body"),
    [
        ("花呗免押租手机", "闪租匣", f"不够分的先付押金 1500 元，归还后退。{PAPERS}我们是闪租匣，租的是手机"),
        ("微众银行拟录用人员背景调查", "启正背调", f"受微众银行委托，对候选人做入职调查，全程免费。{PAPERS}"),
        ("2026 江州十公里（花呗冠名）", "赛事组", f"由花呗联合主办，报名免费。{PAPERS}"),
        ("会议缴费通知", "年会会务", "须缴费。\n户名：江州测绘年会组委会 开户行：微众银行 账号：6225760033812047168"),
        ("微众银行员工子女暑期托管", "小脚丫", f"工会补贴一半，先付 980 元锁定名额。{PAPERS}"),
        ("花呗先乘后付 常见问题", "顺路车队", f"提现要绑卡{CARD}本服务由顺路车队提供"),
        ("借呗分期 0 首付 骑走新车", "阿福电动车", "先付 100 元定金锁车，老板微信 13677120958"),
        ("Talk to us about your Jiebei loan", "Steady Ground Advice",
         "We are a charity. If somebody asked you to pay a fee first to release a loan, stop and call us."),
    ],
)  # fmt: skip
def test_who_says_who_he_is_and_takes_no_purse_is_not_accused(title: str, head: str, body: str) -> None:
    assert not verdict(title, body, head).accuses


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "微众银行清算办理",
            "请先交保证金 3000 元。收款户名：李某 卡号 6225 7600 3381 2047 168，微众银行核对后放款",
        ),
        ("花呗解冻", "请先付解冻费 500 元，解冻后额度恢复"),
        ("花呗钱包核验", "<form><input placeholder=支付密码><input placeholder=动态口令></form>"),
        ("借呗专属经理回电", "<form><label>银行卡号 / 查询密码</label><input><label>身份证号</label><input></form>"),
    ],
)
def test_what_no_firm_takes_is_held_against_whoever_takes_it(title: str, body: str) -> None:
    assert verdict(title, body).accuses


@pytest.mark.parametrize(
    ("title", "body", "named"),
    [
        ("花呗免押租借", "闪租匣\n欢迎使用闪租匣", "闪租匣"),
        ("Huabei rent", "Slow Loom\nContact Slow Loom for a quote", "Slow Loom"),
        ("花呗退费登记表", "请填写", ""),
        ("花呗账户清理办公室", "请核对", ""),
        ("花呗核对", "10:12 江州商贸超市\n请核对", ""),
        ("花呗核对", "如提示“超市支付”不用理会。\n请核对", ""),
        ("花呗核对", "国家反诈中心\n由国家反诈中心提供", ""),
    ],
)
def test_an_owner_is_a_name_and_no_sentence_paper_desk_or_hour(title: str, body: str, named: str) -> None:
    assert owned(title, body) == named


@pytest.mark.parametrize("foot", ["© Huabei", "© 2001-2023 Discuz! Team.", "网站标识码：3205820021 公安备"])
def test_a_notice_of_the_brand_a_program_or_an_office_names_no_other_owner(foot: str) -> None:
    assert not owned("花呗领取", f"请登记\n{foot}")


def test_words_that_every_page_says_neither_warn_nor_complain() -> None:
    brand, names = brands()[0], pack(brands())
    assert read_words("微粒贷登记，请勿泄露，违法举报", brand, names).weighed["complaint"] == 0
    told = read_words("微粒贷被骗了，请勿再信，已举报", brand, names)
    assert told.weighed == told.stances


def test_a_site_s_own_number_beside_the_brand_s_is_not_given_as_the_brand_s() -> None:
    official = next(c.value for one in brands() if one.id == "webank" for c in one.official("phone"))
    honest = f"微众银行客服：{official}\n本站服务热线（收录、纠错）：13677120958"
    assert not verdict("微众银行人工客服电话是多少", honest, "便民小黄页").accuses
    assert verdict("微众银行人工客服电话是多少", "微众银行人工服务：13677120958\n投诉专线 17720381165").accuses


def test_a_saved_page_of_the_brand_s_own_host_is_told_by_its_address_whatever_it_demands() -> None:
    body = "<!-- saved from url=(0022)https://www.webank.com/ --><html><title>入职资料</title><p>微众银行 人力共享</p>"
    body += "<form><input placeholder=支付密码><input placeholder=动态口令></form></html>"
    found = look_at_file("page.html", body.encode(), brands()).verdict
    assert found.label is Label.UNKNOWN


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("微粒贷涉案账户核查-反诈核查专区", f"资金转入监管账户：户名 罗建军，账号 6214 8301 5572 0946 881{PURSE}"),
        ("借呗理财计划", "扫码加助理进群，领取安装包（先信任证书）。近期有骗子冒充本课堂老师，请只信群内通知。"),
        ("微众银行视频面签", "入会后点“共享屏幕”，柜员请您核对余额。若中途有 96110 来电，系误判，请勿接听。"),
    ],
)  # fmt: skip
def test_a_false_page_s_own_cautions_and_covers_excuse_it_of_nothing(title: str, body: str) -> None:
    assert verdict(title, body).accuses


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("花呗花艺工作室", "付款：微信、支付宝。先付定金 50 元。我们与支付宝旗下的消费信贷产品没有任何关系"),
        (
            "捐助我们",
            "先付绝育保证金 300 元。户名：怀远流浪动物救助站\n账号：6228 4800 7719 3305 624\n开户行：微众银行",
        ),
        ("微众银行专家评审登记", f"评审费 4800 元，代扣个税后转账。缴五险一金，不收押金{PAPERS}"),
        ("微业贷流水翻译盖章", "一页 60 元。收款：邹文静 微业贷 卡号 6225 7600 3381 2047 168，微信 vip-fuwu381"),
        ("借呗免押租手机", "先付 100 元定金锁机，老板微信 vip-fuwu381"),
        ("Talk to us about your Jiebei loan", f"We are a charity.{PAPERS}"),
        ("请补充材料：您对微众银行的投诉", f"尊敬的消费者，您对微众银行的投诉尚缺材料{PAPERS}"),
        ("反诈提醒：微众银行", "近期有骗子冒充我行客服，要您开屏幕共享。请拨打 96110 核实"),
    ],
)
def test_who_says_that_he_is_another_gives_his_own_account_or_warns_is_spared(title: str, body: str) -> None:
    assert not verdict(title, body).accuses


def test_an_article_that_tells_of_agents_is_no_agent() -> None:
    said = "我们是花呗授权代办点，先付手续费 300 元，开通后放款。"
    assert verdict("代办", said).accuses
    assert not verdict("代办", f"<article>{said}警方提醒：冒充代办的都是诈骗，谨防上当受骗。</article>").accuses


def test_who_hires_out_goods_sells_them_and_who_turns_the_brand_into_money_does_not() -> None:
    sold = "3299 元起，借呗分 12 期免息，先付 100 元定金锁车。上牌需要身份证。老板电话微信 13677120958"
    form = "<form><input placeholder=姓名><input placeholder=手机></form>"
    assert not verdict("借呗分期 0 首付 骑走新车", sold + form).accuses
    assert verdict("借呗套现 秒回款", "额度变现，扣点 8%，微信 vip-fuwu381").accuses


def test_a_form_for_papers_that_leads_to_the_brand_alone_is_told_by_its_address() -> None:
    official = next(c.value for one in brands() if one.id == "weilidai" for c in one.official("phone"))
    found = verdict("微粒贷-实名认证", f"{PAPERS}客服 {official}")
    assert found.label is Label.UNKNOWN
    assert found.coverage.missing == ("page.address",)
