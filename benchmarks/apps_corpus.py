"""Fakes and hard honest apps, built from seeds: what the verdict benchmark judges.

Twelve techniques in four or five containers against nine kinds of hard honest app. Everything follows from the seed,
so two seeds give two sets with other packages, keys and choices; one is for looking at (`dev`), the other is only
counted (`held out`).
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhengben.range.make_apk import Extras, app_entries, make_apk, signing_key
from zhengben.range.make_apk_sign import SigningKey
from zhengben.range.make_app_hap import make_hap
from zhengben.range.make_app_ios import make_ipa, make_mobileconfig
from zhengben.range.make_app_sets import make_set
from zhengben.range.make_app_tricks import TRICKS

BRAND, OWN_PACKAGE = "weilidai", "com.zhengben.bench.bank"
COVERS = (
    "日历", "天气", "Weather", "手电筒", "记事本", "Tools", "Clock", "万年历", "计算器", "Reader", "健身", "菜谱",
)  # fmt: skip
TAILS = ("", "借钱", "贷款", "官方版", "极速版", "APP", "-借款平台", "金融")
CONFUSED = (
    "徽粒贷", "微\u200b粒贷", "微粒貸", "微 粒 贷", "薇粒贷", "微粒\u2060贷", "微.粒.贷", "微粒贷️", "微粒贷款",
)  # fmt: skip
HONEST = (
    "微业贷", "微车贷", "微粒", "颗粒度", "微商贷款计算", "粒子贷", "微贷网", "微信", "手机银行", "房贷计算器",
    "贷款超市", "信用管家", "消费者权益", "微众科技", "微博", "颗粒", "房屋贷款", "车贷通", "微风", "小微企业贷",
    "微型贷款学院", "微粒贷骗局曝光", "反诈中心", "防微粒贷诈骗手册",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its name, bytes, whether it is a fake, and how it was made (technique or kind, container)."""

    name: str
    data: bytes
    fake: bool
    way: str
    container: str


class Maker:
    """Makes samples from a seed."""

    def __init__(self, seed: str) -> None:
        """Start the generator that decides everything."""
        self.luck = random.Random(seed)
        self.seed = seed
        self.number = 0

    def key(self) -> SigningKey:
        """Give a fresh key."""
        return signing_key(f"{self.seed}/{self.number}", f"Dev {self.number}")

    def package(self) -> str:
        """Give a fresh package name."""
        head, tail = self.luck.choice(("app", "fast", "my", "sun")), self.luck.choice(("loan", "tool", "main"))
        return f"cn.{head}{self.luck.randrange(10**6)}.{tail}"

    def brand(self) -> str:
        """Give the brand's name with some tail."""
        return "微粒贷" + self.luck.choice(TAILS)

    def apk(self, label: str, zh: str = "", **extras: object) -> bytes:
        """Build a package."""
        labels = {"": label, "zh": zh} if zh else {"": label}
        asked = self.luck.sample(["READ_SMS", "READ_CONTACTS", "READ_CALL_LOG", "CAMERA", "INTERNET", "VIBRATE"], 3)
        return make_apk(
            package=self.package(), labels=labels, permissions=asked, urls=[f"https://h{self.number}.example/"],
            signer=self.key(), extras=Extras(**extras),  # type: ignore[arg-type]  # built from the table below
        )  # fmt: skip

    # --- fakes: techniques by container -----------------------------------------------------------------------------

    def fakes(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Give the techniques an Android package can use."""
        cover = self.luck.choice(COVERS)
        h5 = json.dumps({"name": self.brand(), "launch_path": "https://h5.example/"}, ensure_ascii=False)
        yield "plain label", lambda: self.apk(self.brand())
        yield "label in one locale", lambda: self.apk(cover, self.brand())
        yield "launcher activity", lambda: self.apk(cover, activity_labels={"": self.brand()})
        yield "switched-off alias", lambda: self.apk(cover, alias_labels={"": self.brand()})
        yield "disguised characters", lambda: self.apk(self.luck.choice(CONFUSED))
        yield (
            "name in an H5 shell",
            lambda: self.apk(
                cover, activity="io.dcloud.PandoraEntry", files={"assets/apps/__UNI__9/www/manifest.json": h5.encode()}
            ),
        )
        yield "packed with a name", lambda: self.apk(self.brand(), application="com.stub.StubApp")
        yield "official package, own key", lambda: make_apk(package=OWN_PACKAGE, labels={"": cover}, signer=self.key())
        yield "transplanted block", self._transplanted
        yield "malformed package", self._malformed
        yield "wiped attribute names", lambda: self.apk(cover, self.brand(), wipe_names=True)
        yield "host package", lambda: make_apk(package="com.tencent.mm", labels={"": self.brand()}, signer=self.key())

    def _transplanted(self) -> bytes:
        real = make_apk(package=OWN_PACKAGE, labels={"": "Bank"}, signer=owner_key(), extras=Extras(schemes=("v2",)))
        end = real.rfind(b"APK Sig Block 42") + 16
        size = int.from_bytes(real[end - 24 : end - 16], "little")
        fake = make_apk(
            package=OWN_PACKAGE, labels={"": "Bank"}, permissions=["READ_SMS"], extras=Extras(version=self.seed)
        )
        central = fake.rfind(b"PK\5\6")
        offset = int.from_bytes(fake[central + 16 : central + 20], "little")
        block = real[end - size - 8 : end]
        tail = bytearray(fake[offset:])
        tail[central - offset + 16 : central - offset + 20] = (offset + len(block)).to_bytes(4, "little")
        return fake[:offset] + block + bytes(tail)

    def _malformed(self) -> bytes:
        names = sorted(name for name in TRICKS if not name.startswith(("bomb", "arsc", "zip_many")))
        entries = app_entries(
            package=self.package(), labels={"": self.brand()}, permissions=["READ_SMS"], urls=[], extras=Extras()
        )
        return TRICKS[self.luck.choice(names)](entries, self.key())

    def contained(self, technique: str, apk: bytes) -> Iterator[tuple[str, bytes]]:
        """Put one technique into the four containers, as far as each can carry it."""
        name, key, cover = self.brand(), self.key(), self.luck.choice(COVERS)
        yield "apk", apk
        yield (
            "xapk",
            make_set("xapk", apk, {}, {"name": cover, "package_name": "x"} if self.luck.random() < 0.5 else {}),
        )
        if technique in {"official package, own key", "transplanted block", "host package"}:
            return
        shown = self.luck.choice(CONFUSED) if technique == "disguised characters" else name
        names = {"": shown} if self.luck.random() < 0.5 else {"": cover, "zh-Hans": shown}
        yield (
            "ipa",
            make_ipa(bundle=self.package(), names=names, signer=key, way=self.luck.choice(("enterprise", "adhoc"))),
        )
        powers = ["com.apple.mdm"] if self.luck.random() < 0.3 else []
        signer = key if self.luck.random() < 0.5 else None
        if self.luck.random() < 0.7:
            yield (
                "mobileconfig",
                make_mobileconfig(label=shown, url="https://w.example/", extra_payloads=powers, signer=signer),
            )
        else:
            labels = {"": shown} if "zh-Hans" not in names else {"": cover, "zh_CN": shown}
            yield "hap", make_hap(bundle=self.package(), labels=labels, signer=key)

    # --- honest apps that are easily taken for fakes ----------------------------------------------------------------

    def honest(self) -> Iterator[tuple[str, str, bytes]]:
        """Give kind, container and bytes of one round of hard honest apps."""
        label, cover = self.luck.choice(HONEST), self.luck.choice(COVERS)
        texts = ["微粒贷、借呗、花呗利率比较", "本平台与微粒贷无关", "微粒贷怎么申请", "警惕假冒微粒贷的诈骗软件"]
        yield "sibling, chance or warning in the name", "apk", self.apk(label)
        yield "speaks of the brand", "apk", self.apk(cover, strings=self.luck.sample(texts, 2))
        yield (
            "host app",
            "apk",
            make_apk(
                package="com.tencent.mm",
                labels={"": "WeChat", "zh": "微信"},
                signer=self.key(),
                extras=Extras(strings=texts),
            ),
        )
        yield "the owner's own", "apk", make_apk(package=OWN_PACKAGE, labels={"": "正本银行"}, signer=owner_key())
        yield "honest loan app", "xapk", make_set("xapk", self.apk("融易贷", strings=texts[:1]), {}, {"name": "融易贷"})
        yield (
            "honest H5 shell",
            "apk",
            self.apk(
                cover,
                activity="io.dcloud.PandoraEntry",
                files={"assets/apps/__UNI__8/www/manifest.json": b'{"name":"Menu"}'},
            ),
        )
        yield (
            "honest iOS app",
            "ipa",
            make_ipa(bundle=self.package(), names={"": label}, signer=self.key(), way="store"),
        )
        yield (
            "honest web clip",
            "mobileconfig",
            make_mobileconfig(label=cover, url="https://school.example/", organisation="学校"),
        )
        yield "badly made but honest", "apk", self._sloppy(cover)

    def _sloppy(self, label: str) -> bytes:
        entries = app_entries(
            package=self.package(), labels={"": label}, permissions=["CAMERA"], urls=[], extras=Extras()
        )
        trick = self.luck.choice(["zip_bad_crc", "zip_zip64_extra", "block_extra_pair", "axml_trailing_garbage"])
        return TRICKS[trick](entries, self.key())


def owner_key() -> SigningKey:
    """Give the key of the bank whose app is listed in the benchmark's dossier."""
    return signing_key("the bench bank", "Bench Bank")


def corpus(seed: str, fakes: int, honest: int) -> list[Sample]:
    """Build a set: at least so many fakes and so many honest apps."""
    maker, out, bad, good = Maker(seed), [], 0, 0
    while bad < fakes:
        for technique, build in maker.fakes():
            maker.number += 1
            for container, data in maker.contained(technique, build()):
                bad += 1
                out.append(Sample(f"f{bad}.{container}", data, fake=True, way=technique, container=container))
    while good < honest:
        maker.number += 1
        for kind, container, data in maker.honest():
            good += 1
            out.append(Sample(f"h{good}.{container}", data, fake=False, way=kind, container=container))
    return out
