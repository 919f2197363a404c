"""Honest apps that are hard: none may be accused; and apps of which something cannot be seen."""

import json
from collections.abc import Iterator
from functools import partial

import base
import keys
import others
import signing
import zipw
from base import Act, App
from dossiers import BRANDS, OWNER
from others import Clip, Hap, Ios
from parts import Item, noise

NAMES: dict[str, str] = {
    "other-bank": (
        "招商银行 掌上生活 平安口袋银行 建设银行 网商银行 百信银行 新网银行 苏宁银行 "
        "中关村银行 华瑞银行 民生银行 微银行助手 众邦银行 亿联银行 富民银行 榛果银行 "
        "联榛证券 前海银行通"
    ),
    "finance": (
        "房贷计算器 贷款计算器 记账本 随手记 存款利率 信用卡管家 还款提醒 个税助手 "
        "汇率换算 借条模板 微店账本 小微企业贷款指南 贷后管家 花钱管家 借还记 征信查询助手 "
        "消费账单"
    ),
    "game": (
        "微粒大作战 粒粒皆辛苦 花花世界 借东风 微粒子模拟器 花样滑冰 麦田物语 榛子银行大亨 "
        "泓泉传奇 贷款大亨 银行风云 微观世界 花开富贵 借我一生 呗呗熊"
    ),
    "word": (
        "微众健身 微众传媒 泓麦烘焙 榛联坚果 花贝壳 微粒环保 大众银铃 微信读书 借阅通 "
        "花卉识别 微贷网点地图 联众银耳 麦粒贷鞋 唢呗 宝呗婴儿"
    ),
    "latin": (
        "Web#Banking Huabei#Electric Quorum#Via Weli#Daily Quorvus WeBankruptcy "
        "Jiebei#Travel Zhen#Lian#Tea Hong#Mai#Dairy Huabei#Oilfield Quora Bank#We#Trust "
        "Weilin#Daigou webanker#jobs"
    ),
    "sibling": ("微车贷 微户贷 微众科技 网商贷 备用金 榛联信用卡 泓麦宝 Quorvian"),
}
ARTICLE = (
    "<html><meta charset=utf-8><h1>银行提醒：{0}没有独立APP</h1>"
    "<p>近日有人假冒{0}客服诈骗，请勿下载所谓{0}APP，官方热线请见官网。</p>"
)
BRANDED = ("微粒贷", "花呗", "微众银行", "榛联银行", "泓麦贷")


def _carried(name: str, seed: int) -> tuple[str, bytes]:
    """NAME in the container that SEED chooses."""
    name = name.replace("#", " ")
    package = f"com.honest.a{seed}"
    app = App(package, {"": name, "zh": name} if seed % 2 else name, icon=base.png(48, "#963"))
    shape = seed % 7
    if shape < 2:
        return ".apk", signing.sign(base.apk(app), [signing.Plan(keys.named("honest"))])
    if shape == 2:
        return ".xapk", others.xapk(app, name=name)
    if shape == 3:
        return ".aab", others.aab(app)
    if shape == 4:
        return ".ipa", others.ipa(Ios(package, "App", name, {"zh-Hans": name}))
    if shape == 5:
        return ".mobileconfig", others.profile(Clip(name, f"https://a{seed}.example/", "某公司"))
    return ".hap", others.hap(Hap(package, name, indexed={"": name, "zh": name} if seed % 2 else {}))


def _named() -> Iterator[Item]:
    for family, names in NAMES.items():
        for place, name in enumerate(names.split()):
            for turn in (0, 3):
                seed = place + turn
                suffix = (".apk", ".apk", ".xapk", ".aab", ".ipa", ".mobileconfig", ".hap")[seed % 7]
                yield Item(
                    "honest-" + family,
                    place * 10 + turn,
                    suffix,
                    partial(_bytes, name, seed),
                    {"want": "honest", "what": name},
                )


def _bytes(name: str, seed: int) -> bytes:
    return _carried(name, seed)[1]


def _signed(app: App) -> bytes:
    return signing.sign(base.apk(app), [signing.Plan(keys.named("honest"))])


def _talk(kind: str, name: str, seed: int) -> bytes:
    package, label = (
        f"com.talk.{kind}{seed}",
        {"news": "财经早报", "guard": "防骗助手", "market": "贷款大全", "forum": "借贷吧"}[kind],
    )
    files = {
        "assets/www/news.html": ARTICLE.format(name).encode(),
        "assets/list.json": json.dumps({"items": [name, "招联"]}).encode(),
    }
    return _signed(
        App(package, label, files=files, strings=(f"警惕假冒{name}的APP", f"{name}利率对比", "https://news.example/a"))
    )


def _talk_ios(name: str, seed: int) -> bytes:
    return others.ipa(Ios(f"com.talk.i{seed}", "News", "财经早报", files={"www/a.html": ARTICLE.format(name).encode()}))


def _talk_hap(name: str, seed: int) -> bytes:
    return others.hap(
        Hap(f"com.talk.h{seed}", "财经早报", files={"resources/rawfile/a.html": ARTICLE.format(name).encode()})
    )


def _launcher(seed: int) -> bytes:
    strings = (
        "com.webank.wemoney",
        "com.tencent.mm",
        "com.zhenlian.bank",
        "com.quorvia.wallet",
        "com.eg.android.AlipayGphone",
    )
    return _signed(
        App(
            f"com.launch.a{seed}",
            "极简桌面",
            strings=strings,
            files={"assets/icons.json": json.dumps(strings).encode()},
        )
    )


def _demo(seed: int) -> bytes:
    classes = ("Main",)
    strings = ("Lcom/webank/facelight/api/WbCloudFaceVerifySdk;", "https://idasc.webank.com/api", "webank_face_sdk")
    return _signed(App(f"com.demo.face{seed}", "人脸核身演示", strings=strings, classes=classes))


def _host(package: str, label: str, inner: str, seed: int) -> bytes:
    acts = (Act(".Main", launcher=True), Act(".Inner", inner)) if seed % 2 else ()
    return _signed(App(package, label, strings=(inner, f"{inner}额度"), activities=acts))


def _genuine(brand: str, seed: int) -> bytes:
    made = next(each for each in BRANDS if each.ident == brand)
    app = App(made.package, {"": made.latin, "zh": made.primary}, strings=(made.primary, f"v{seed}"), icon=base.png())
    owner = OWNER[brand]
    plans = [
        [signing.Plan(owner)],
        [signing.Plan(owner, signing.V3)],
        [signing.Plan(owner, attributes=signing.lp(b"\x0d\xf0\xef\xbe\x03\0\0\0")), signing.Plan(owner, signing.V3)],
    ]
    if seed < 3:
        return signing.sign(base.apk(app), plans[seed])
    if seed == 3:
        return signing.sign(zipw.write(signing.jar(base.members(app), owner, say="2")), plans[0])
    if seed == 4:
        return signing.sign(base.apk(app), plans[0], ((0x42726577, bytes(1500)), (0x6DFF800D, noise(1, 90))))
    rotated = [signing.Plan(owner, signing.V3, attributes=signing.lineage([keys.named("older"), owner]))]
    return signing.sign(base.apk(app), rotated)


def _unseen(kind: str, seed: int) -> bytes:
    package = f"com.dark.{kind}{seed}"
    elf = b"\x7fELF\x02\x01\x01" + noise(seed, 500)
    if kind == "yimen":
        files = {"assets/y.x": noise(seed, 400)}
        return _signed(
            App("com.lt.app", "客户端", files=files, activities=(Act("com.lt.app.MainActivity", launcher=True),))
        )
    if kind == "bsl":
        return _signed(
            App(
                package,
                "客户端",
                files={"assets/app_config.xml": noise(seed, 300)},
                activities=(Act("com.bslyun.app.activity.MainActivity", launcher=True),),
            )
        )
    library, stub = {
        "jiagu": ("libjiagu.so", "com.stub.StubApp"),
        "bangcle": ("libDexHelper.so", "com.secneo.apkwrapper.ApplicationWrapper"),
        "ijiami": ("libexec.so", "s.h.e.l.l.S"),
        "legu": ("libshell-super.2019.so", "com.tencent.StubShell.TxAppEntry"),
        "secshell": ("libSecShell.so", "com.SecShell.SecShell.ApplicationWrapper"),
    }[kind]
    files = {"lib/armeabi-v7a/" + library: elf, "assets/0OO00l111l1l": noise(seed, 900)}
    return _signed(App(package, "客户端", files=files, application=stub, strings=("stub",)))


def _bare_locked(seed: int) -> bytes:
    members = [zipw.Entry("inner.apk", noise(seed, 3000), stored=True, local={"flags": 1}, central={"flags": 1})]
    return zipw.write(members)


HOSTS = (
    ("com.tencent.mm", "微信", "微粒贷"),
    ("com.tencent.mobileqq", "QQ", "微粒贷"),
    ("com.eg.android.AlipayGphone", "支付宝", "花呗"),
)


def _talks() -> Iterator[Item]:
    honest: dict[str, object] = {"want": "honest"}
    for place, name in enumerate(BRANDED):
        for kind in ("news", "guard", "market", "forum"):
            yield Item("talk-" + kind, place, ".apk", partial(_talk, kind, name, place), {**honest, "what": name})
        yield Item("talk-ipa", place, ".ipa", partial(_talk_ios, name, place), {**honest, "what": name})
        yield Item("talk-hap", place, ".hap", partial(_talk_hap, name, place), {**honest, "what": name})
    for seed in range(4):
        yield Item("launcher", seed, ".apk", partial(_launcher, seed), honest)
        yield Item("sdk-demo", seed, ".apk", partial(_demo, seed), honest)
    for place, (package, label, inner) in enumerate(HOSTS):
        for seed in (0, 1):
            yield Item(
                "host", place * 2 + seed, ".apk", partial(_host, package, label, inner, seed), {**honest, "what": label}
            )


def items() -> list[Item]:
    """The honest, the genuine, the unseen."""
    out = [*_named(), *_talks()]
    for brand in OWNER:
        for seed in range(6):
            truth: dict[str, object] = {"want": "official", "brand": brand}
            out.append(Item(f"genuine-{seed}", len(out), ".apk", partial(_genuine, brand, seed), truth))
    for kind in ("yimen", "bsl", "jiagu", "bangcle", "ijiami", "legu", "secshell"):
        out += [Item("unseen-" + kind, at, ".apk", partial(_unseen, kind, at), {"want": "unknown"}) for at in range(3)]
    out += [Item("unseen-locked", seed, ".xapk", partial(_bare_locked, seed), {"want": "unknown"}) for seed in range(3)]
    return out
