"""The sets `benchmarks/names.py` measures on: brands that no test and no table knows, and disguises made by other means.

Nothing here reads the product's tables: sounds come from pypinyin, traditional forms from OpenCC, glyph pairs from a list
written by hand from reports of fraud, lure words from a list of their own. The author is the same as the model's; so the
figures on them are upper bounds, and the report says so.
"""

# ruff: noqa: E501  # tables of disguises read best in long rows

import random
from collections.abc import Callable, Iterator

from zhengben.core.brand import Brand, Channel, Names

# id, Chinese name, Latin name, official domain; none is shipped as a dossier and none was used to tune
HELD_OUT = """
cmb|招商银行|cmbchina|cmbchina.com
pingan|平安普惠|pingan|pingan.com
lufax|陆金所|lufax|lufax.com
weibo|微博借钱|weibo|weibo.com
jdjr|京东白条|baitiao|jr.jd.com
meituan|美团月付|meituan|meituan.com
didi|滴水贷|didiglobal|didiglobal.com
duxiaoman|度小满|duxiaoman|duxiaoman.com
anyihua|安逸花|anyihua|msxf.com
haohuan|好分期|haofenqi|haohuan.com
paipaidai|拍拍贷|ppdai|ppdai.com
jiufu|玖富数科|jiufu|9f.com
yirendai|宜人贷|yirendai|yirendai.com
renrendai|人人贷|renrendai|renrendai.com
suning|苏宁任性付|suningpay|suning.com
unionpay|银联云闪付|unionpay|unionpay.com
tenpay|财付通|tenpay|tenpay.com
bocom|交通银行|bankcomm|bankcomm.com
spdb|浦发银行|spdbank|spdb.com.cn
cebbank|光大银行|cebbank|cebbank.com
hxb|华夏银行|huaxiabank|hxb.com.cn
czbank|浙商银行|czbank|czbank.com
mybank|网商银行|mybank|mybank.cn
xwbank|新网银行|xwbank|xwbank.com
kcb|昆仑银行|kunlunbank|klb.com.cn
longjiang|龙江银行|ljbank|lj-bank.com
shengjing|盛京银行|shengjingbank|shengjingbank.com.cn
qudian|趣店|qudian|qudian.com
lexin|分期乐|fenqile|fenqile.com
xiaoying|小赢卡贷|xiaoying|xiaoying.com
huanbei|还呗|huanbei|huanbei.com
zhaolian|招联金融|mucfc|mucfc.com
mashang|马上消费|mashangxf|msxf.com
zhongyou|中邮消费|youcash|youcash.com
puhui|普惠快信|puhuikx|puhuikx.cn
rongshu|榕树贷款|rongshu|rongshu.cn
jiedianqian|借点钱|jiedianqian|jiedianqian.com
shoujidai|手机贷|shoujidai|shoujidai.com
paypal||paypal|paypal.com
netflix||netflix|netflix.com
amazon||amazon|amazon.com
microsoft||microsoft|microsoft.com
facebook||facebook|facebook.com
instagram||instagram|instagram.com
coinbase||coinbase|coinbase.com
binance||binance|binance.com
revolut||revolut|revolut.com
wellsfargo||wellsfargo|wellsfargo.com
santander||santander|santander.com
barclays||barclays|barclays.co.uk
citibank||citibank|citibank.com
capitalone||capitalone|capitalone.com
linkedin||linkedin|linkedin.com
dropbox||dropbox|dropbox.com
docusign||docusign|docusign.com
telegram||telegram|telegram.org
whatsapp||whatsapp|whatsapp.com
metamask||metamask|metamask.io
rakuten||rakuten|rakuten.co.jp
mercadolibre||mercadolibre|mercadolibre.com
""".strip().splitlines()

LURES = [
    "app",
    "xiazai",
    "guanwang",
    "guanfang",
    "kefu",
    "daikuan",
    "denglu",
    "anzhuang",
    "vip",
    "edu",
    "shenqing",
    "zhuce",
    "tie",
    "kaitong",
    "fangkuan",
    "huankuan",
    "gw",
    "kf",
    "h5",
    "download",
    "login",
    "secure",
    "pay",
    "loan",
    "credit",
    "online",
    "service",
    "cn",
]
LOOKALIKE = {
    "微": "徽徵薇", "粒": "拉垃粝", "贷": "货贺", "银": "根很跟", "行": "衍", "花": "化芲", "呗": "坝贝狈", "借": "措惜错", "招": "召沼诏", "商": "啇",
    "平": "乎苹", "安": "桉侒", "京": "亰就", "东": "车栋", "白": "自臼", "条": "杂", "宝": "室", "支": "攴", "付": "仗村", "金": "全",
    "人": "入亽", "宜": "宣", "玖": "玫", "陆": "陈", "滴": "嘀", "度": "渡", "小": "尐", "满": "滿", "分": "兮", "期": "斯欺", "拍": "柏",
    "众": "纵", "网": "岡", "新": "薪", "浦": "浦埔", "发": "友", "光": "先", "大": "太犬", "华": "毕", "夏": "厦", "财": "则材", "通": "痛",
    "还": "环", "手": "毛", "机": "朷", "马": "鸟", "上": "土", "消": "悄", "费": "贲", "中": "申", "邮": "郎", "快": "块", "信": "倌",
    "榕": "溶", "树": "村", "点": "占", "钱": "线", "乐": "东", "任": "仼", "性": "牲", "苏": "办", "宁": "丁", "云": "去", "闪": "闭", "联": "朕",
}  # fmt: skip


def brands(rows: list[str] | None = None) -> tuple[Brand, ...]:
    """Give the held-out brands as dossiers."""
    found = []
    for row in rows or HELD_OUT:
        key, chinese, latin, domain = row.split("|")
        names = Names(primary=chinese or latin, latin=(latin,))
        channels = (Channel(kind="domain", exists="yes", value=domain, source="owner"),)
        found.append(Brand(id=key, owner=key, finance=True, names=names, channels=channels))
    return tuple(found)


def invented(count: int) -> tuple[Brand, ...]:
    """Give so many brands with pinyin names that nobody has, for the cost of scale."""
    dice = random.Random(7)
    sounds = [
        "wei",
        "li",
        "dai",
        "hua",
        "bei",
        "jie",
        "ying",
        "xin",
        "tong",
        "bao",
        "fu",
        "cheng",
        "rong",
        "hui",
        "yi",
        "shan",
        "gu",
        "feng",
        "lin",
        "zhou",
        "qin",
        "mo",
        "tian",
        "yuan",
        "ke",
        "ning",
        "sha",
        "pu",
    ]
    chars = "微力代花贝接盈信通宝富成融汇一山谷风林州勤墨天元可宁沙普"
    found = []
    for at in range(count):
        picks = [dice.randrange(len(sounds)) for _ in range(dice.choice((3, 3, 4)))]
        name = "".join(sounds[p] for p in picks)
        names = Names(primary="".join(chars[p] for p in picks), latin=(name,))
        found.append(Brand(id=f"b{at}", owner="x", finance=True, names=names))
    return tuple(found)


Sounds = Callable[[str], list[str]]


def chinese_hosts(  # noqa: C901  # one branch a technique
    brand: Brand, sounds: Sounds, traditional: list[Callable[[str], str]], common: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Give (technique, hostname) for one brand; `sounds` cuts into toneless pinyin, `common` lists characters by syllable."""
    dice = random.Random(brand.id)
    name, latin = brand.names.primary, brand.names.latin[0]
    pinyin = sounds(name)
    word = "".join(pinyin)
    tlds = ["cn", "com", "top", "vip", "xyz", "com.cn", "cc", "net"]

    def idn(label: str) -> str:
        return "xn--" + label.encode("punycode").decode() + "." + dice.choice(tlds)

    yield "idn", idn(name)
    yield "idn+lure", idn(name + dice.choice(["官网", "下载", "客服", "贷款"]))
    for convert in traditional:
        if convert(name) != name:
            yield "traditional", idn(convert(name))
    for at, syllable in enumerate(pinyin):
        others = [c for c in common.get(syllable, "") if c != name[at]][:12]
        for other in dice.sample(others, min(2, len(others))):
            yield "homophone", idn(name[:at] + other + name[at + 1 :])
        for look in LOOKALIKE.get(name[at], ""):
            yield "glyph", idn(name[:at] + look + name[at + 1 :])
    for text in dict.fromkeys((word, latin)):
        yield "tld swap", f"{text}.{dice.choice(['top', 'vip', 'xyz', 'cc', 'icu', 'shop'])}"
        for lure in dice.sample(LURES, 6):
            yield (
                "pinyin combo",
                dice.choice([f"{text}{lure}", f"{text}-{lure}", f"{lure}{text}", f"{lure}-{text}"])
                + "."
                + dice.choice(tlds),
            )
        yield (
            "level squat",
            f"{text}.com.{dice.choice(['abc', 'kfzx', 'login8', 'qwe'])}{dice.randrange(99)}.{dice.choice(tlds)}",
        )
        yield (
            "level squat",
            f"www.{text}.cn.{dice.choice(['vip', 'user', 'safe'])}{dice.randrange(99)}.{dice.choice(tlds)}",
        )
    yield from (("fuzzy pinyin", f"{near}.{dice.choice(tlds)}") for near in fuzzy(pinyin))


def fuzzy(pinyin: list[str]) -> list[str]:
    """Give the name with one syllable as southern mouths say it."""
    found = []
    for at, syllable in enumerate(pinyin):
        for old, new in (
            ("zh", "z"),
            ("ch", "c"),
            ("sh", "s"),
            ("ang", "an"),
            ("ing", "in"),
            ("eng", "en"),
            ("n", "l"),
            ("l", "n"),
        ):
            fits = syllable.startswith(old) if old in {"zh", "ch", "sh", "n", "l"} else syllable.endswith(old)
            if fits:
                changed = (
                    new + syllable[len(old) :] if old in {"zh", "ch", "sh", "n", "l"} else syllable[: -len(old)] + new
                )
                found.append("".join([*pinyin[:at], changed, *pinyin[at + 1 :]]))
    return found[:4]


FRAMES = (
    "{}怎么开通",
    "代开{}额度联系我",
    "想要{}提额的加微信",
    "{}客服电话是多少",
    "下载{}客户端领额度",
    "今天{}又涨额度了",
    "有人用过{}吗，利息高不高",
    "办理{}秒批，不看征信",
)
PARTS = {
    "微": "彳山一几攵",
    "粒": "米立",
    "贷": "代贝",
    "借": "亻昔",
    "呗": "口贝",
    "花": "艹化",
    "银": "钅艮",
    "招": "扌召",
    "拍": "扌白",
    "财": "贝才",
    "钱": "钅戋",
    "好": "女子",
    "期": "其月",
}


def text_variants(
    name: str, sounds: Sounds, traditional: list[Callable[[str], str]], common: dict[str, str], zhuyin: Sounds
) -> Iterator[tuple[str, str]]:
    """Give (kind, how the name is written) for the kinds of disguise in chat and advertisements."""
    pinyin, heard = sounds(name), _Heard(name, sounds(name), common)
    yield "exact", name
    yield from (("traditional", convert(name)) for convert in traditional if convert(name) != name)
    yield from heard.homophones()
    yield from (("look-alike", _swap(name, at, look)) for at, c in enumerate(name) for look in LOOKALIKE.get(c, ""))
    yield from _marked(name)
    yield from _romanised(name, pinyin)
    yield from (("split", _swap(name, at, PARTS[c])) for at, c in enumerate(name) if c in PARTS)
    yield "bopomofo", "".join(zhuyin(name))
    yield from (("bopomofo + hanzi", _swap(name, at, zhuyin(name)[at])) for at in range(len(name)))
    yield "annotated", "".join(f"{c}({p})" for c, p in zip(name, pinyin, strict=True))
    yield from _laid_out(name)
    yield from heard.mixed()


def _swap(name: str, at: int, other: str) -> str:
    return name[:at] + other + name[at + 1 :]


class _Heard:
    """Writes a name with characters that sound alike, thrown by dice that each name has for itself."""

    def __init__(self, name: str, pinyin: list[str], common: dict[str, str]) -> None:
        self.name, self.pinyin, self.common = name, pinyin, common
        self.dice = random.Random(name)

    def pick(self, at: int) -> str:
        """Give another character of the same sound, or the same where there is none."""
        own = self.name[at]
        return self.dice.choice([c for c in self.common.get(self.pinyin[at], own) if c != own] or [own])

    def homophones(self) -> Iterator[tuple[str, str]]:
        """Give the name with one other character, and with all but one."""
        name = self.name
        yield from (("homophone 1", _swap(name, at, self.pick(at))) for at in range(len(name)) for _ in range(2))
        for at in range(3) if len(name) > 2 else ():
            yield "homophone 2", "".join(self.pick(k) if k != at else name[k] for k in range(3)) + name[3:]

    def mixed(self) -> Iterator[tuple[str, str]]:
        """Give the name with another character and a separator."""
        for at in range(len(self.name)) if len(self.name) > 2 else ():
            yield "mixed", _swap(self.name, at, self.pick(at))[:2] + "·" + _swap(self.name, at, self.pick(at))[2:]


def _marked(name: str) -> Iterator[tuple[str, str]]:
    """Give the name with something between its characters or over them."""
    yield from (("separator", mark.join(name)) for mark in "·-_.* ~|/+")
    yield from (("separators, long", mark.join(name)) for mark in ("--", " . ", "★☆", "~~~", "【】", "❤️"))
    yield from (("zero width", mark.join(name)) for mark in ("\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"))
    yield "strike-through", "".join(c + "\u0336" for c in name)
    yield "reversed", "\u202e" + name[::-1] + "\u202c"


def _romanised(name: str, pinyin: list[str]) -> Iterator[tuple[str, str]]:
    """Give the name in Latin letters, whole or in part, plain or in odd forms of them."""
    whole = "".join(pinyin)
    yield from (
        ("pinyin", form) for form in (whole, " ".join(pinyin), "".join(map(str.title, pinyin)), "-".join(pinyin))
    )
    yield from (("pinyin + hanzi", _swap(name, at, sound)) for at, sound in enumerate(pinyin))
    for at, sound in enumerate(pinyin) if len(name) > 2 else ():
        yield from (("initial + hanzi", _swap(name, at, letter)) for letter in (sound[0], sound[0].upper()))
    yield "full-width pinyin", "".join(chr(ord(c) + 0xFEE0) for c in whole)
    yield "circled pinyin", "".join(chr(0x24D0 + ord(c) - 97) for c in whole)
    yield "styled pinyin", "".join(chr(0x1D41A + ord(c) - 97) for c in whole)
    yield "homoglyph pinyin", whole.replace("a", "а").replace("e", "е").replace("i", "і")


def _laid_out(name: str) -> Iterator[tuple[str, str]]:
    """Give the name in lines, in another order, or in the escapes of programs."""
    yield "vertical", "\n".join(name)
    yield "vertical block", "\n".join(c + "我要借"[k % 3] for k, c in enumerate(name))
    for at in range(len(name) - 1) if len(name) > 2 else ():
        yield "transposed", name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    yield "HTML escape", "".join(f"&#{ord(c)};" for c in name)
    yield "URL escape", "".join(f"%{b:02X}" for b in name.encode())
    yield "Unicode escape", "".join(f"\\u{ord(c):04x}" for c in name)
    yield "doubled", "".join(c * 2 for c in name)
