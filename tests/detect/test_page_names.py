"""Which words of a page are a name it gives itself, and what it is when it only speaks about somebody."""

import pytest

from zhengben.core.brand import Brand, Names
from zhengben.core.judge import judge
from zhengben.core.pagefacts import PageFacts
from zhengben.core.sighting import Sighting
from zhengben.core.verdict import Coverage, Label, Verdict
from zhengben.detect.page_names import (
    explains,
    folded,
    is_about,
    is_labelled,
    is_owner,
    is_register_row,
    is_service,
    private_contact,
    self_name,
    speaks_of_money,
    words,
)
from zhengben.detect.page_owner import another, parts
from zhengben.detect.page_place import only_offered
from zhengben.detect.page_role import takes_all, takes_money
from zhengben.detect.registry import detect_all
from zhengben.examine.indicators import find_contacts
from zhengben.examine.page import examine_page
from zhengben.flow.dossiers import load_brands
from zhengben.names.api import pack

BRANDS = load_brands()
BY_ID = {brand.id: brand for brand in BRANDS}
NAMES = pack(BRANDS)
LOAN, CREDIT, BANK = BY_ID["weilidai"], BY_ID["huabei"], BY_ID["webank"]
ID_AND_CARD = "<form><input placeholder=姓名><input placeholder=身份证号><input placeholder=银行卡号></form>"
EVERYTHING = f"{ID_AND_CARD}<input placeholder=支付密码><input placeholder=验证码>"


def verdict(html: str, brand: Brand = LOAN) -> Verdict:
    """Judge a page on a host that says nothing, as the product does."""
    url = "https://www.site.example/a"
    page = examine_page(html, url, url)
    text = "\n".join(dict.fromkeys(w for w in (page.title, page.description, page.text, *page.image_words) if w))
    seen = Sighting(kind="url", target=url, title=page.title, text=text, host="www.site.example", page=page,
                    contacts=find_contacts(text))  # fmt: skip
    return judge(brand.id, detect_all(seen, BRANDS)[brand.id], Coverage(page.missing))


def facts(html: str) -> PageFacts:
    return examine_page(html, "https://www.site.example/", "https://www.site.example/")


@pytest.mark.parametrize(
    ("line", "tables", "named"),
    [
        ("微粒贷官网", (), True),
        ("微粒貸線上申請", (), True),
        ("微粒贷免息券领取", (), False),
        ("微粒贷免息券领取", ("state",), True),
        ("微粒贷青澜营业部", ("state",), False),
        ("微粒贷青澜营业部", ("branch",), True),
        ("青澜微粒贷办理点", ("branch",), True),
        ("隔壁的微粒贷", ("branch",), False),
        ("微粒贷反诈中心", ("state", "branch"), False),
        ("微粒贷反诈中心", ("cover", "state", "branch"), True),
        ("“微粒贷”官网", ("cover", "state"), False),
        ("微粒贷是怎么骗人的", ("cover", "state", "branch"), False),
        ("Weilidai account verification", ("cover", "state"), True),
        ("", (), False),
        ("微粒贷" + "服务" * 40, (), False),
    ],
)
def test_a_name_is_the_brand_and_words_of_service_alone(line: str, tables: tuple[str, ...], *, named: bool) -> None:
    assert bool(self_name(line, LOAN, NAMES, *tables)) is named


def test_a_romanised_name_counts_where_a_page_grabs_and_only_as_a_word() -> None:
    assert self_name("Huabei", CREDIT, NAMES, "cover", "state") == "Huabei"
    assert not self_name("Huabeiyuan Hotel", CREDIT, NAMES, "cover", "state")


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("© 2026 蚂蚁集团", True), ("Copyright © 2014-2026 蚂蚁科技集团股份有限公司 浙ICP备1号", True),
        ("© 蚂蚁集团 版权所有", True), ("© 2026 山那边数码", False), ("© 有限公司", False), ("© 2026", False),
        ("© 蚂蚁搬家服务有限公司", False),
    ],
)  # fmt: skip
def test_an_owner_is_known_in_full_and_by_the_name_it_is_known_by(line: str, *, owner: bool) -> None:
    assert is_owner(line, CREDIT) is owner


def test_an_owner_known_by_the_end_of_its_name_needs_more_than_a_word_of_its_trade() -> None:
    assert is_owner("© 微众银行 版权所有", LOAN)
    assert not is_owner("© 银行", LOAN)
    nobody = Brand(id="b", owner="", finance=True, names=Names(primary="微粒贷"))
    assert not is_owner("© 2026 蚂蚁集团", nobody)


def test_the_owners_name_below_a_page_makes_it_nobody_elses() -> None:
    footer = "<p>领取额度</p><footer>© 2026 {}</footer>"
    assert not another(facts(footer.format("蚂蚁集团")), CREDIT, NAMES)
    assert another(facts(footer.format("山那边数码商城")), CREDIT, NAMES)


@pytest.mark.parametrize("title", ["内地信贷市场观察：微粒贷", "微粒贷 投诉列表", "微粒贷怎么开通", "微粒贷图片素材"])
def test_under_a_title_that_speaks_about_a_name_the_bare_name_is_a_subject(title: str) -> None:
    page = f"<title>{title}</title><h1>微粒贷</h1><p>共有 12 条内容，登录后可以查看全部。</p>"
    asked = "<form><input placeholder=姓名><input placeholder=身份证号></form>"
    assert not verdict(page + asked).accuses, title
    assert verdict(page.replace(title, "微粒贷官网") + asked).accuses


def test_who_asks_for_card_and_password_warns_of_nobody() -> None:
    page = (
        "<title>反诈·微粒贷安全核验</title><h1>微粒贷反诈中心</h1><p>谨防诈骗，警惕骗子！请立即核验，切勿向任何人透露验证码。</p>"
        "<footer>© 公安部反诈中心 监制</footer>"
    )
    assert not verdict(page).accuses
    assert verdict(page + EVERYTHING).label is Label.IMPERSONATION


def test_a_branch_is_false_with_somebodys_own_number_and_for_a_person_without() -> None:
    page = "<title>微粒贷青澜营业部</title><h1>微粒贷青澜营业部</h1><p>和平路88号，竭诚为本地客户介绍借款政策。{}</p>"
    assert verdict(page.format("陈经理 13812340000")).label is Label.IMPERSONATION
    assert not verdict(page.format("客服热线 0755-86001234")).accuses
    # a newspaper's or a victim's words about such a place are not the place
    told = page.format("陈经理 13812340000") + "<p>提醒：这是骗局，警方已经立案，市民谨防上当，假冒者被刑拘。</p>"
    assert not verdict(told).accuses


def test_money_wanted_on_a_named_account_outweighs_words_of_a_fee() -> None:
    page = "<header>微粒贷</header><p>提现失败，资金已被冻结</p><p>请缴纳 5000 元认证金至下列账户</p>{}"
    payee = "<p>户名：刘某某　卡号：6217 0000 2222 3333 444</p><button>我已转账</button>"
    seen = verdict(page.format(payee))
    (fee,) = [reason for reason in seen.reasons if reason.code == "page_asks_fee"]
    assert seen.label is Label.IMPERSONATION
    assert fee.weight == 40
    assert fee.facts["words"]
    assert not verdict(page.format("")).accuses


@pytest.mark.parametrize(
    "form",
    [
        "<select><option>微众银行<option>招商银行</select>",
        "<label><input type=radio name=b>微众银行</label><label><input type=radio name=b>招商银行</label>",
        "<p><input type=checkbox> 微众银行 <p><input type=checkbox> 招商银行",
        "<p>开户银行：微众银行</p>",
        "<p>原单位：微众银行（例）</p>",
        "<p>合作机构：微众银行</p>",
    ],
)
def test_a_choice_or_a_value_of_a_form_is_no_name_of_the_page(form: str) -> None:
    page = f"<title>稿费提现</title><h1>申请提现</h1>{form}{ID_AND_CARD}"
    assert not verdict(page, BANK).accuses
    assert verdict(f"<title>提现</title><h1>微众银行提现</h1>{ID_AND_CARD}", BANK).accuses


def test_what_is_only_a_choice_is_told_from_what_the_page_also_says() -> None:
    choice = "<select><option>微众银行<option>招商银行</select>"
    assert only_offered(facts(choice), BANK, NAMES)
    assert not only_offered(facts(f"<p>微众银行客服</p>{choice}"), BANK, NAMES)
    assert not only_offered(facts("<p>没有提到</p>"), BANK, NAMES)


def test_words_behind_a_choice_end_where_the_choice_ends() -> None:
    page = facts("<p><input type=radio>花呗 <b>3期</b><input type=radio>余额<p>微粒贷<input type=radio>卡<a>说明</a>")
    assert page.choices == ("花呗 3期", "余额", "卡")


def test_a_name_stands_at_the_head_of_a_page_that_takes_all_even_beside_words_nobody_thought_of() -> None:
    page = "<title>生活</title><h1>微粒贷乡亲好日子</h1>"
    assert not verdict(page + "<input placeholder=身份证号>").accuses
    assert verdict(page + ID_AND_CARD).accuses
    assert not verdict(page.replace("微粒贷乡亲", "向微粒贷乡亲") + ID_AND_CARD).accuses
    assert not verdict(page + "<footer>© 2026 山那边数码商城</footer>" + ID_AND_CARD).accuses


def test_a_page_that_says_nothing_of_money_is_for_a_person() -> None:
    cat = "<title>花呗</title><h1>花呗</h1><p>{}投喂微信：sanhuamao01</p>"
    asleep = cat.format("你好，我叫花呗，是一只三花猫，今年两岁，喜欢晒太阳。")
    assert verdict(asleep, CREDIT).label is Label.LOOKALIKE
    assert verdict(cat.format("最高额度五万，还款灵活，随借随还，当天到账。"), CREDIT).accuses


def test_an_entry_of_a_work_of_reference_is_nobodys_page() -> None:
    entry = "<title>微粒贷</title><h1>微粒贷</h1><p>中文名 微粒贷</p><p>小额信用产品。</p><h2>参考资料</h2>"
    assert not [r for r in verdict(entry).reasons if r.code == "page_presents_as"]
    assert [r for r in verdict(entry.replace("参考资料", "联系")).reasons if r.code == "page_presents_as"]


def test_a_row_of_partners_is_nobodys_logo() -> None:
    alts = '<img alt="{}"><img alt="星河物流"><img alt="顺顺速运">'
    page = "<title>他们都在用</title><p>让通知准时到达</p>" + alts.format("微众银行")
    assert not [r for r in verdict(page, BANK).reasons if r.code == "page_presents_as"]
    alone = "<title>在线</title><p>让通知准时到达</p><img alt=微众银行>"
    assert [r for r in verdict(alone, BANK).reasons if r.code == "page_presents_as"]


def test_greyed_out_inputs_ask_for_nothing_unless_a_script_may_wake_them() -> None:
    form = "<form onsubmit='return false'><input placeholder=身份证号 disabled><input placeholder=姓名></form>"
    assert facts(form).asks == ("name",)
    assert facts(form + "<script>f.disabled = false</script>").asks == ("name", "id_card")
    assert facts(form + "<script src=/a.js></script>").asks == ("name", "id_card")
    # an equal input that is awake still asks
    assert facts(form + "<form><input placeholder=身份证号></form>").asks == ("name", "id_card")


@pytest.mark.parametrize(
    ("label", "asks"),
    [("身分證字號", "id_card"), ("銀行帳號", "bank_card"), ("银行账户", "bank_card"), ("订单号/银行卡尾号", "")],
)
def test_labels_of_both_scripts_and_what_is_no_secret(label: str, asks: str) -> None:
    (form,) = facts(f'<form><input placeholder="{label}"></form>').forms
    assert form.fields[0].asks == asks


@pytest.mark.parametrize("date", ["Oct 2, 2026", "2 October 2026", "September 30 2026"])
def test_an_english_story_is_published(date: str) -> None:
    story = (
        f"<h1>Fake Weilidai apps</h1><p>{date} - By M. Okafor</p><p>{'Victims were told to pay a deposit. ' * 4}</p>"
    )
    assert facts(story).published


def test_titles_part_where_they_join_two_names_and_not_inside_one() -> None:
    assert parts("WeBank company profile - Startbase", BANK, NAMES) == ["WeBank company profile", "Startbase"]
    assert parts("webank-blockchain/fisco", BANK, NAMES) == ["webank-blockchain/fisco"]
    assert parts("微众银行-官网 下载", BANK, NAMES) == ["微众银行", "官网", "下载"]


def test_who_names_himself_at_the_end_of_the_title_and_again_on_the_page_owns_it() -> None:
    page = "<title>花呗分期专区-山那边数码</title><div>{}</div><p>结算时选择。</p>"
    assert another(facts(page.format("山那边数码")), CREDIT, NAMES) == "山那边数码"
    assert not another(facts(page.format("首页")), CREDIT, NAMES)
    assert not another(facts(page.replace("山那边数码", "官方客服中心").format("官方客服中心")), CREDIT, NAMES)


def test_what_a_page_takes() -> None:
    assert takes_all(facts(ID_AND_CARD))
    assert not takes_all(facts("<input placeholder=身份证号>"))
    assert takes_money(
        PageFacts(url="", final_url="", text="解冻须缴纳冻结金额的30%\n收款账户 6230 5800 0000 1234 567")
    )
    assert not takes_money(PageFacts(url="", final_url="", text="本店支持花呗付款，付款码在收银台"))


def test_the_small_questions() -> None:
    assert is_about("WeBank company profile")
    assert not is_about("微粒贷极速借款")
    assert is_service("線上客服中心")
    assert not is_service("港闻")
    assert is_register_row("网站名称 微众银行官网")
    assert is_labelled("支付方式：花呗", CREDIT, NAMES)
    assert not is_labelled("花呗支付方式：余额", CREDIT, NAMES)
    assert not is_labelled("花呗", CREDIT, NAMES)
    assert explains("WeBank\nHeadquarters Shenzhen\nReferences")
    assert speaks_of_money("微粒贷，按日计利息", LOAN, NAMES)
    assert not speaks_of_money("微粒贷是一只猫", LOAN, NAMES)


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("陈经理 13812340000", True), ("微信：abc_12345", True), ("加ＱＱ 223344556", True), ("TG @kaitong88", True),
        ("客服 95384", False), ("电话 0755-86001234", False), ("订单 213812340000", False), ("微信支付", False),
    ],
)  # fmt: skip
def test_a_private_contact_is_a_persons_own(text: str, *, private: bool) -> None:
    assert private_contact(text) is private


TABLES = (
    ("own", "service"), ("own", "state"), ("own", "branch"), ("own", "cover"), ("about", "words"), ("about", "entry"),
    ("about", "labels"), ("about", "register"), ("about", "firm"), ("about", "notice"), ("about", "money"),
    ("reached", "private"),
)  # fmt: skip


@pytest.mark.parametrize(("table", "name"), TABLES)
def test_tables_are_written_in_the_characters_they_are_matched_in(table: str, name: str) -> None:
    pattern = words(table, name)
    assert not pattern.fullmatch("她的故事")
    written = "".join(c for c in pattern.pattern if "\u4e00" <= c <= "\u9fff")
    assert folded(written) == written


def test_a_table_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError):
        words("own", "nothing")


COMPLAINT_DESK = (
    "<title>{}</title><h1>{}</h1><p>投诉对象：微粒贷</p><p>投诉内容</p><p>诉求描述</p>"
    "<form><input placeholder=姓名><input placeholder=身份证号><button>提交投诉</button></form>"
)


def test_a_desk_of_complaints_names_whom_they_are_about_and_a_false_one_calls_itself_the_brands() -> None:
    assert not verdict(COMPLAINT_DESK.format("微粒贷", "微粒贷")).accuses
    assert verdict(COMPLAINT_DESK.format("微粒贷客服中心", "微粒贷客服中心")).accuses


@pytest.mark.parametrize("said", ["欢迎使用微粒贷", "您好，我是微粒贷客服专员，工号0917"])
def test_what_a_page_quotes_it_does_not_say(said: str) -> None:
    page = "<title>拆解</title><p>样本的首页：</p>{}<p>就是这样。</p>"
    claims = [r.code for r in verdict(page.format(f"<blockquote>{said}</blockquote>")).reasons]
    assert "page_presents_as" not in claims
    assert "page_presents_as" in [r.code for r in verdict(page.format(f"<p>{said}</p>")).reasons]
