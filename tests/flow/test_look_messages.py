"""Messages about the shipped brands, judged as `check` and the portal judge them: calls, adverts, shops, customers."""

import pytest

from zhengben.core.brand import Brand
from zhengben.core.verdict import ACCUSING, Label
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import look

BRANDS: tuple[Brand, ...] = tuple(load_brands())
FALSE_ONES = (
    (
        "impersonation",
        "weilidai",
        "微粒贷额度调整通知：因您近半年信用良好，特批临时额度50000元，领取请联系在线经理",
    ),
    ("impersonation", "weilidai", "亲，微粒贷这边显示您有一笔订单未完成，麻烦您上传一下银行卡正面照片继续"),
    ("impersonation", "weilidai", "【微粒贷】尾号3312客户，您的借款失败，原因：银行预留信息错误，请登录修改 wld.top/x"),
    ("impersonation", "weilidai", "我行微粒贷产品现面向公务员、教师开放专项额度，请回复姓名+单位+身份证号"),
    ("impersonation", "weilidai", "您好，微粒贷合规部，您的账户被多人举报涉嫌洗钱，请配合做资金清查"),
    ("impersonation", "weilidai", "微粒贷VIP通道：交199元开通尊享会员，额度立即翻倍"),
    ("scam", "weilidai", "想借微粒贷又没有入口？支付88元激活费即可点亮"),
    ("impersonation", "jiebei", "这里是支付宝官方，您的借呗利率过高需要下调，请跟随我的指引操作"),
    ("impersonation", "jiebei", "您好我这边是蚂蚁集团的，请问您是不是开通过借呗，现在需要关闭不然影响征信"),
    ("impersonation", "huabei", "花呗年底清账，未结清用户请把欠款转至工作人员支付宝账号"),
    ("impersonation", "huabei", "因花呗系统对接央行征信，请您在今天内完成信息认证 hb-rz.cn"),
    ("scam", "huabei", "花呗商家扫码套现，不限额度，秒到，非诚勿扰"),
    ("scam", "huabei", "大学生花呗额度兑换现金 扫我收款码 立马转你"),
    ("scam", "huabei", "我帮你把花呗里的钱弄出来，收15个点"),
    ("impersonation", "webank", "微众银行信用卡中心邀请您办理大额卡，额度10万起，邮寄押金300"),
    ("impersonation", "webank", "我是微众银行的贷款专员小赵，免费帮您评估额度，您的姓名、身份证、公积金情况发我一下"),
    ("impersonation", "webank", "微众银行提醒：您的手机银行实名信息已过期，请点击链接更新 http://t.cn/A6zzz"),
    ("scam", "weiyedai", "微业贷总部直聘城市合伙人，缴纳代理费即可独家代理"),
    (
        "impersonation",
        "weiyedai",
        "老板您好，我是微业贷客户经理，把营业执照和法人身份证拍我，今天就能批",
    ),
    ("scam", "weilidai", "帮开微粒贷！亲测有效！懂的来"),
    ("scam", "weilidai", "不用邀请也能有微粒贷，私信教你"),
    ("impersonation", "weilidai", "微粒贷官方合作机构招募线下推广员，日结，先交保证金500"),
    ("scam", "weilidai", "微粒贷逾期的看过来，帮你协商个性化分期，不成功全额退费"),
    ("scam", "weilidai", "有微粒贷的朋友注意了，我这可以帮你把额度一次性取现，手续费5个点"),
    ("scam", "weilidai", "本公司提供微粒贷还款垫资服务，先垫再抽"),
    ("impersonation", "weilidai", "您被抽中为微粒贷体验官，填写银行卡信息可得500元体验金"),
    ("impersonation", "weilidai", "微粒贷催收：再不还就爆你通讯录，马上微信转给我"),
    ("impersonation", "weilidai", "我是XX律所律师，受微粒贷委托，你今天把钱打到我们律所账户，可以减免一半"),
    ("impersonation", "weilidai", "weilidai loan approved, add my whatsapp +852 55341928 to withdraw"),
    ("impersonation", "webank", "[WeBank] Unusual sign-in. Confirm your card number and PIN: webank-secure.info"),
)
# others who write of the brand and give their own number: courts, lawyers, property managers, schools, shops
THIRD = (
    "【南山法院】您与微众银行金融借款合同纠纷一案已立案，开庭时间12月3日9时，联系人李法官 0755-86566000",
    "【深圳仲裁委】微众银行与您的借款合同争议已受理，案件查询请致电 0755-88914626",
    "北京某律师事务所受微众银行委托，就您微粒贷逾期事宜致函，请尽快通过微信还款，联系电话 010-88886666",
    "您好，我是南山区法院调解员小王，关于您和微众银行的借款纠纷，方便的话请回电 0755-86566123",
    "社区网格员提醒：接到自称微众银行要求转账的电话请联系我 13912340087",
    "反诈民警提醒您，请勿向自称微粒贷客服的人提供验证码，如已提供请联系我们 0755-83232323",
    "京东商家：本店支持花呗12期免息，客服电话 400-606-5500",
    "物业通知：可用微信、花呗缴费，物业电话 0755-26668888",
    "学校通知：学费可使用花呗分期缴纳，咨询财务处 027-68750000",
    "我们公司是微众银行的合作商户，联系人张经理 13912340087",
    "求购：收一台可以用花呗买的二手电脑，微信 abc12345",
    "租房：押一付三，可花呗，电话13912340087",
    "旅行社：报名可用花呗分期，联系导游 13800138000，先交定金500",
    "健身房办卡支持花呗，私信我",
    "培训班：报名费3980，可花呗分期，加老师微信 laoshi88",
    "拼团买水果，花呗付款也行，群主微信 fruit_66",
    "【中国移动】您的话费余额不足，可用花呗缴费",
    "【法院传票】您因拖欠微粒贷被起诉，撤诉请联系专员 13300092217",  # most likely false; only a person can tell
)
# a number or a link given for another matter beside the brand's name
MATTERS = (
    "征集微粒贷用户采访，联系记者微信 jizhe_2026",
    "微粒贷使用情况调查问卷，填写链接 https://www.wjx.cn/vm/abc.aspx",
    "微众银行招聘Java工程师，简历发 hr@webank.com，内推微信 neitui_wb",
    "微粒贷降息了 https://news.example.com/a",
    "微众银行大厦停车场捡到钱包，请联系 13912340087",
    "微众银行附近单间出租，拎包入住，电话 13912340087",
    "出微众银行联名水杯，全新未拆，微信 abc12345",
    "微众银行开源社区线下沙龙报名 https://hdxu.example/8821",
    "我是微众银行客户，手机号13912340087，请尽快联系我处理退款",
    "收件人张三 13912340087 南山区微众银行大厦12楼",
    "微粒贷逾期法律咨询，王律师 13912340087",
    "微粒贷官方说没有app，有疑问打我们辟谣热线 0755-12345",
    "同城反诈志愿者招募，主题：识别假微粒贷，报名微信 fanzha_sz",
    "微粒贷产品分析报告下载 https://report.example.cn/wld.pdf",
    "我的微粒贷客服说让我打 0755-86013388 这个号码对吗",
    "有没有微粒贷上岸交流群，我的QQ 2831907756",
    "一起还清微粒贷互相监督，加我微信 shangan_01",
    "博主：聊聊我和花呗的三年，商务合作微信 biz_2026",
    "代写论文（花呗与消费行为），QQ 2831907756",
    "花呗还款日提醒我一下，我电话13912340087",
    "请把花呗账单发我邮箱 test@example.com",
    "今天面试微众银行，HR电话0755-86013300，大家帮看下是真的吗",
    "关于微业贷的税务问题可以问我们会计小李 13912340087",
    "微业贷企业客户答谢会，地点深圳，联系人李经理 13912340087",
    "公司对公账户开在微众银行，开户联系 95384",
    "导师微信：laoshi_zhang，研究方向：微众银行分布式架构",
    "花呗负债3万，求好心人借我点钱，微信 help_me01",
    "本人借呗逾期，想找个兼职，联系13912340087",
    "用借呗买了车，现转让，价格面议，13912340087",
    "网友曝光：冒充微粒贷客服的号码 17166208893，大家注意",
    "通知：各位同事，报销款将打到微众银行卡，有问题找财务小陈，分机8821，手机13912340087",
    "微粒贷的图标设计教程 B站 UP主 https://www.bilibili.com/video/BV1xx",
    "微粒贷API文档 https://dev.example.org/docs",
)
# reminders and notices as the brands themselves send them: words prove nothing, and nobody may accuse them
GENUINE = (
    "【微众银行】您的微粒贷已逾期3天，应还1,230.55元，请登录微信还款，逾期将影响您的征信，详询95384",
    "【微粒贷】您的借款今日到期，请确保尾号8890的银行卡余额充足",
    "微粒贷提醒您：您的第5期账单明天到期，请保持还款卡余额充足",
    "微众银行信贷中心：您的账户已逾期两期，我行将依法通过诉讼途径主张债权，请通过微众银行App还款",
    "【微众银行】您的借款合同已结清，感谢使用",
    "【微粒贷】您已连续逾期60天，我行已将您的违约信息报送征信系统，请尽快还款",
    "受微众银行委托，本所就您微粒贷逾期一事致函，请于7日内通过原渠道还款，还款请勿转入任何个人账户，核实请拨95384",
    "【微众银行】为保障您的账户安全，您的登录密码连续输错3次，账户已临时锁定，24小时后自动解除",
    "【微众银行】您正在办理转账5000元，验证码384920，请勿泄露给任何人",
    "【微众银行】您的身份证即将到期，请在微众银行App内更新，以免影响使用",
    "【支付宝】您的花呗账户因逾期已被限制使用，请在支付宝内还款后恢复",
    "花呗客服提醒：您的账单已出，请于10日前还款",
    "借呗温馨提示：您有一笔借款将于明天到期，请确保余额充足，以免影响征信",
    "微粒贷通知：为落实监管要求，您的授信额度调整为20000元，可在微信内查看",
    "【微众银行】您预约的客户经理将于今天下午与您联系，来电号码95384",
    "微业贷提醒贵公司：纳税数据授权即将到期，请在公众号内重新授权",
    "微众银行公告：12月1日起调整个人转账限额，请各位客户知悉",
    "微众银行客服中心：您反馈的问题已处理完毕，如有疑问请致电95384",
    "【微众银行】本行拟对您提起诉讼，如有异议请致电95384，还款请通过微信微粒贷页面",
    "催告函：微众银行根据合同约定要求您归还微粒贷本金及利息共计18,400元，请通过原渠道办理",
    "基于微粒贷数据的实证研究：违约金、罚息与借款人行为",
    "论文：花呗、借呗的法律性质——兼论手续费与会员费的收取",
    "本文讨论借呗合同中保证金条款的效力",
    "微粒贷案例教学：如果用户未缴纳保证金，平台能否放款？",
    "研究表明，向用户收取服务费后放款的平台违约率更高，微粒贷不收此类费用",
    "从法律角度看，请求微众银行支付违约金的条件有哪些",
    "经济法作业：分析花呗“先消费后付款”是否需要缴纳金融牌照保证金",
)
# the same name and number where the number is for the name
ADVERTS = (
    "手里有微粒贷通道，要的扣我 QQ 2831907756",
    "想用微粒贷的加我 wl88996",
    "要微粒贷的来，VX wl88996",
    "微粒贷亮了没？没亮找我 wl88996",
    "微粒贷 QQ 2831907756",
    "微粒贷线下办理，地址万达B座1203，电话13912340087",
    "急用钱找我，微粒贷给你安排 wl88996",
    "微粒贷申请 http://wl8.top/a",
)
# a shop that takes 花呗 gives its own number; a bank's clerk takes papers; people lend, pay, ask and grumble
HONEST = (
    "微粒贷额度是怎么调整的？我最近降了一万",
    "微粒贷显示银行预留信息错误，怎么修改啊",
    "支付宝客服说借呗利率下调要等系统通知，不用自己操作",
    "我刚接了个电话，说是蚂蚁集团的，要我关闭借呗，我直接挂了",
    "花呗欠款结清以后能开结清证明吗",
    "央行征信里能看到花呗记录，昨天查的",
    "微众银行信用卡？它好像没有信用卡吧",
    "微众银行的客户经理上门收了营业执照复印件，没收费",
    "公司财务把营业执照发给微业贷审核了，等结果",
    "我把身份证照片上传到微粒贷里了，会不会泄露",
    "我在微粒贷里换了还款卡，要刷脸",
    "请问交了微业贷的提前还款违约金能开发票吗",
    "我给弟弟转了两千，让他还微粒贷",
    "我用花呗垫付了团购款，同学们把钱转给我了",
    "法院判我还微粒贷本金和利息，分期还可以吗",
    "律师说微粒贷起诉前会发短信",
    "被微粒贷起诉了，收到法院传票怎么办",
    "我同事在微众银行做催收，压力很大",
    "微众银行邀请我做用户访谈，给了50元话费",
    "腾讯会议里老师讲了微粒贷的案例",
    "公司会议讨论接入花呗分期，请大家参加腾讯会议 123 456 789",
    "下周的花呗产品分享会，会议号 881 223 901，欢迎同事参加",
    "花呗分期商家活动：满500返20，门店扫码参加",
    "本店花呗分期免息，欢迎光临，电话 0571-88362210",
    "商家收款支持花呗，联系店主微信 shop_2020",
    "二手手机转让，支持花呗付款，微信 abc12345",
    "转让一台相机，可花呗，2800元，电话13800138000",
    "校园二手书，花呗微信都行，加QQ 2831907756",
    "装修公司：可用微业贷支付工程款，详询 13912340087",
    "兼职客服招聘：淘宝店客服，懂花呗退款流程优先，微信 hr_2026",
    "借呗还款日是几号？我记得是10号",
    "我在借呗借了三万给我爸看病",
    "一句话总结：借呗是借钱，花呗是赊账",
    "大家不要把花呗当零花钱",
)


@pytest.mark.parametrize(("label", "brand", "text"), FALSE_ONES)
def test_a_false_call_or_advert_is_accused_in_the_right_name(label: str, brand: str, text: str) -> None:
    verdict = look(text, BRANDS, kind="text").verdict
    assert (verdict.label, verdict.brand) == (Label(label), brand)


@pytest.mark.parametrize("text", HONEST + THIRD + MATTERS + GENUINE)
def test_shops_customers_and_clerks_are_not(text: str) -> None:
    seen = look(text, BRANDS, kind="text")
    assert seen.verdict.label not in ACCUSING, seen.verdict.reasons
    assert not any(verdict.accuses for verdict in seen.verdicts)


@pytest.mark.parametrize(("label", "brand", "text"), FALSE_ONES[::3])
def test_the_same_message_in_a_mail_of_a_victim_is_not_accused(label: str, brand: str, text: str) -> None:
    del label, brand
    told = f"客服你好，我昨天收到这样一条信息：“{text}”请问这是不是骗子？我没有理他。"
    assert look(told, BRANDS, kind="text").verdict.label not in ACCUSING


@pytest.mark.parametrize("text", ADVERTS)
def test_a_number_that_is_for_the_name_is_accused(text: str) -> None:
    assert look(text, BRANDS, kind="text").verdict.label in ACCUSING


@pytest.mark.parametrize("text", ["微粒贷 http://wl8.top/a", "微粒贷来了！http://wl8.top/a"])
def test_a_bare_link_beside_the_name_is_for_a_person_to_see(text: str) -> None:
    assert look(text, BRANDS, kind="text").verdict.label is Label.LOOKALIKE


@pytest.mark.parametrize("text", GENUINE)
def test_a_genuine_reminder_is_never_called_official_by_its_words(text: str) -> None:
    assert look(text, BRANDS, kind="text").verdict.label is not Label.OFFICIAL


@pytest.mark.parametrize("text", [text for text in GENUINE if text.startswith("【")])
def test_the_same_reminder_with_a_strangers_account_does_not_pass(text: str) -> None:
    forged = f"{text}。请立即还款至指定账户，联系专员微信 wl88996"
    assert look(forged, BRANDS, kind="text").verdict.label in {*ACCUSING, Label.LOOKALIKE}
