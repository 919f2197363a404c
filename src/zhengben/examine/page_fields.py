"""What an input asks for, by the words beside it, in Chinese (both scripts) and English.

The words are those of loan and bank forms; the order decides, because 银行卡密码 is a password and 银行卡预留手机号 a
phone number.
"""

import re
import unicodedata

from zhengben.examine.page_order import plain_label

# Cards that hold no money of a bank's: whose number a hospital, a school, a library or a shop asks for.
_OTHER_CARDS = (
    "(?:就诊|诊疗|病历|医保|社保|市民|一卡通|公交|地铁)卡?[号號]",
    "(?:会员|校园|学生|饭|借书|读者|图书|门禁|健身|积分)卡[号號]",
    "(?:加油|油|充值|礼品|购物|电话|上网|储值)卡[号號]",
)
_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", (
        "图形验证", "图片验证", "圖形驗證", "captcha", "算式", "搜索", "search", "query", "keyword", "优惠码",
        "邀请码", "推荐码", "尾号", *_OTHER_CARDS,
    )),
    ("sms_code", (
        "验证码", "驗證碼", "校验码", "校驗碼", "动态码", "动态密码", "短信码", "短信口令", "动态[碼码口]",
        "收[到得]的.{0,3}[四六4-8]位", "码.{0,2}短信", "短信.{0,2}[码碼]", "一次性[密口]", r"verif\w* ?code",
        r"\botp\b", "sms ?code", "one.?time", "vcode",
    )),
    ("pay_password", (
        "支付密[码碼]", "交易密[码碼]", "取款密[码碼]", "提现密码", "卡密[码碼]", "资金密码", "[六6]位密码",
        "盾.{0,3}(?:密[码碼]|口令)",
        r"pay\w* ?pass", r"trad\w* ?pass", r"\bpin\b", "atm ?pass", r"withdraw\w* ?pass",
    )),
    ("password", ("密码", "密碼", "口令", "passw", r"\bpwd\b", "passcode")),
    ("phone", (
        "预留手机", "預留手機", "手机", "手機", "电话", "電話", "联系方式", "聯繫方式", "mobile", "phone", r"\btel\b",
    )),
    ("id_photo", (
        "手持", "身份[证證].{0,4}(?:照|正面|反面|拍)", "人脸", "活体", "自拍", "证件照",
        "id ?(?:photo|card ?photo|front|back)",
        "selfie", "face ?verif",
    )),
    ("contacts", (
        "通讯录", "通訊錄", "(?:紧急|家庭|亲属|直系|担保|第[一二三]|常用|手机)联系人", "(?:緊急|家庭|親屬)聯[繫絡]人",
        "亲属", "contacts? ?list", "address ?book",
        "emergency ?contact",
    )),
    ("id_card", (
        "身[份分][证證]", "公民身份", "身份号", "[证證]件[号號]", "id ?card", "id ?number", r"id ?no\b", "identity",
        "sfz", "national ?id", "passport ?n", r"\bssn\b",
    )),
    ("bank_card", (
        "[银銀]行卡", "[储儲]蓄卡", "信用卡", "借记卡", "卡[号號]", "有效期", "安全码",
        "[背后後末].{0,3}[三3]位", "[银銀]行[账賬帳][号號户戶]",
        "(?:收[款钱錢]|到[账賬帳]|放款|打款)的?(?:卡|[账賬帳])", "卡内余额", "卡的?后四位",
        "bank ?card",
        "card ?n(?:o|um)", "bank ?acc", "cvv", "cvc", "debit ?card", "credit ?card", "iban",
    )),
    ("name", (
        "[联聯][系繫繋]人", "姓名", "真名", "名字", "借款人", "持[证證卡]人", "开户人", "(?<![用账賬帐帳客])户名",
        "real ?name", "full ?name", "your ?name", "true ?name",
        "first ?name", "last ?name",
    )),
)  # fmt: skip
# What no other thing can stand for: beside one of them, what else a label names is asked as well (卡号 / 查询密码),
# while 手机号 / 身份证号 / 卡号 are three ways to say who logs in.
_NO_CHOICE = frozenset({"name", "password", "pay_password", "sms_code", "id_photo", "contacts"})
_ALL = re.compile(r"\w(?:[及与與和]|以及)\w|\band\b")
_TOGETHER = re.compile(r"\s*(?:[/／、,，＋+&]|和|及|与|與|以及|\band\b)\s*")
# The words on a button that takes a picture or a file: what stands before it is what it takes.
_TAKES_FILE = re.compile(
    r"(?:点击|立即|重新|开始|去)?(?:拍摄?|拍照|录制|录像|上传|选择(?:文件|图片|照片)|添加(?:图片|照片)|拍照上传|"
    r"上传(?:图片|照片|文件)|点此上传|take (?:a )?photo|upload(?: file| photo)?|choose file|browse|record)",
    re.IGNORECASE,
)
_COMPILED = tuple((asks, re.compile("|".join(words))) for asks, words in _RULES)
_TYPES = {"tel": "phone", "password": "password"}


def asks_for(words: str) -> str | None:
    """Give what some words ask for, an empty string for a thing that is no secret, None where they say nothing.

    >>> asks_for("请输入银行卡预留手机号"), asks_for("身份證號"), asks_for("图形验证码"), asks_for("金额")
    ('phone', 'id_card', '', None)
    """
    plain = plain_label(words[:200])
    folded = unicodedata.normalize("NFKC", plain).lower().replace("_", " ").replace("-", " ")
    return next((asks for asks, rule in _COMPILED if rule.search(folded)), None)


def field_asks(kind: str, shown: str, beside: str, names: str) -> str:
    """Give what an input asks: by what is written in it, else by the words before it, else by its code names.

    `kind` is the input's type. A password field asks at least a password, a telephone field a phone number.
    """
    for words in (shown, beside, names):
        asked = asks_for(words) if words else None
        if asked is not None:
            return "password" if kind == "password" and asked in {"", "name", "phone"} else asked
    return _TYPES.get(kind, "")


def asks_beside(label: str, first: str) -> tuple[str, ...]:
    """Give what a label asks for besides the FIRST thing; nothing where its parts are ways to say the same.

    >>> asks_beside("银行卡号 / 查询密码", "password"), asks_beside("手机号/身份证号/卡号", "phone")
    (('bank_card',), ())
    """
    asked = dict.fromkeys(asks_for(part) for part in _TOGETHER.split(label) if part)
    if len(asked) < 2 or (_NO_CHOICE.isdisjoint(asked) and not _ALL.search(label)):
        return ()
    return tuple(one for one in asked if one and one != first)


def takes_file(words: str) -> bool:
    """Tell whether the words of a button say that it takes a picture or a file.

    >>> takes_file("点击上传"), takes_file("上传通讯录后放款")
    (True, False)
    """
    return bool(_TAKES_FILE.fullmatch(words.strip()))
