"""A second set of fakes and hard honest apps, built with Android's own tools: the set that is only counted.

`apps_corpus.py` builds with this project's writers. Here aapt2 compiles manifest and resources, apksigner signs,
Python's `zipfile` and `plistlib` write the rest, the kinds of evasion were listed anew from the field guide, and the
names come from another list. It was written after the detectors; what it showed at first sight stands in docs/apps.md.

    python benchmarks/apps_outside.py [SEED]    needs aapt2, apksigner and android-framework-res

A fake is anything that carries the brand's name as its own, an official package signed by somebody else, or the owner's
certificate cut out of his app. Honest are host apps, other lenders, siblings, tools, news and warnings that name the
brand, the bank's own app, and badly made files.
"""

import io
import json
import plistlib
import random
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from zhengben.core.brand import Brand, Channel
from zhengben.core.verdict import Label
from zhengben.examine.appfile import examine_app
from zhengben.flow.app_sighting import app_sighting
from zhengben.flow.dossiers import load_brands
from zhengben.flow.look import judged

FRAMEWORK = "/usr/share/android-framework-res/framework-res.apk"
BANK = "com.outside.bank.mobile"
NAMES = (
    "微粒贷", "微粒贷款", "微粒贷Pro", "微粒贷·借钱", "【微粒贷】", "微粒貸", "WeiLiDai微粒贷", "微粒贷极速借",
    "腾讯微粒贷", "微众微粒贷", "微粒贷2026", "新微粒贷", "微粒贷-官方", "微信微粒贷", "微粒贷钱包", "微粒贷(正版)",
)  # fmt: skip
DISGUISED = (
    "微\u200d粒贷", "微粒\ufe0f贷", "微\u00ad粒贷", "徽粒贷", "薇粒贷", "微  粒  贷", "微·粒·贷", "微_粒_贷",
    "\u2060微粒贷", "微粒\u200b贷款", "微粒贷\u200f", "微|粒|贷",
)  # fmt: skip
PLAIN = (
    "Sudoku", "扫一扫", "倒计时", "Compass", "翻译官", "心情日记", "壁纸", "Recorder", "相册", "汇率", "番茄钟", "习惯",
)  # fmt: skip
OTHERS = (
    "360借条", "分期乐", "拍拍贷", "宜人贷", "有钱花", "度小满", "京东金条", "美团借钱", "好期贷", "招联金融",
    "马上金融", "信用飞", "小赢卡贷", "省呗", "洋钱罐借款", "平安普惠", "中邮钱包", "微业贷", "微车贷", "微众企业爱普",
    "微贷网", "微小贷", "粒粒皆辛苦", "微粒子物理", "颗粒归仓", "微利店", "小微贷款助手", "微信读书", "腾讯理财通",
)  # fmt: skip
ABOUT = (
    "微粒贷、借呗、有钱花利率对比，一看就懂", "支持导入微粒贷账单", "假冒微粒贷诈骗案例", "如何关闭微粒贷",
    "本应用与微粒贷无任何关系", "微粒贷还款日提醒", "比微粒贷更快的借款",
)  # fmt: skip
WARNINGS = ("微粒贷骗局大揭秘", "反诈课堂：假微粒贷", "防骗指南-微粒贷篇", "微粒贷投诉维权")


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: name, bytes, whether it is a fake, and how it was made."""

    name: str
    data: bytes
    fake: bool
    way: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key pair on disk as apksigner wants it, and its fingerprint."""

    folder: Path
    certificate: x509.Certificate
    private: rsa.RSAPrivateKey

    @property
    def sha256(self) -> str:
        """Give the certificate's fingerprint."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def make_key(folder: Path, subject: str) -> Key:
    """Make an RSA key and a self-signed certificate; write both where apksigner finds them."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2044, 1, 1, tzinfo=UTC)).sign(private, hashes.SHA256())
    )  # fmt: skip
    folder.mkdir(parents=True)
    (folder / "key.pk8").write_bytes(
        private.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "key.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return Key(folder, made, private)


def run(*words: object) -> None:
    """Run a tool; what it prints is only of interest where it fails."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stderr.strip()[-400:]}")


class Workshop:
    """Builds files in one folder; everything but the keys follows from the seed."""

    def __init__(self, seed: str, folder: Path) -> None:
        """Make the keys."""
        self.luck = random.Random(seed)
        self.folder, self.number = folder, 0
        self.bank = make_key(folder / "bank", "Outside Bank")
        self.keys = [make_key(folder / f"k{i}", f"Dev {i}") for i in range(3)]

    def package(self) -> str:
        """Give a package name nobody has."""
        return f"{self.luck.choice(('io', 'net', 'cn', 'app'))}.q{self.luck.randrange(10**7)}.{self.luck.choice(PARTS)}"

    def compiled(
        self, package: str, labels: Mapping[str, str], *, activity: Mapping[str, str] | None = None,
        alias: Mapping[str, str] | None = None, classes: str = ".Main", texts: Sequence[str] = (), target: int = 28,
    ) -> bytes:  # fmt: skip
        """Compile manifest and resources with aapt2; `labels` maps a resource qualifier to the name."""
        self.number += 1
        root = self.folder / f"b{self.number}"
        tables = {"app": labels, "act": activity or {}, "ali": alias or {}}
        qualifiers = dict.fromkeys(q for table in tables.values() for q in table)
        for qualifier in qualifiers:
            rows = "".join(
                f'<string name="{key}">{_resource(table[qualifier])}</string>'
                for key, table in tables.items() if qualifier in table
            )  # fmt: skip
            rows += "".join(
                f'<string name="t{i}">{_resource(t)}</string>' for i, t in enumerate(texts) if not qualifier
            )
            where = root / "res" / ("values" + (f"-{qualifier}" if qualifier else ""))
            where.mkdir(parents=True)
            (where / "s.xml").write_text(f"<resources>{rows}</resources>", "utf-8")
        (root / "AndroidManifest.xml").write_text(_manifest(package, tables, classes, target), "utf-8")
        run("aapt2", "compile", "--dir", root / "res", "-o", root / "r.zip")
        run(
            "aapt2",
            "link",
            "-I",
            FRAMEWORK,
            "--manifest",
            root / "AndroidManifest.xml",
            "-o",
            root / "u.apk",
            root / "r.zip",
        )
        return (root / "u.apk").read_bytes()

    def signed(self, data: bytes, key: Key, *, schemes: str = "123") -> bytes:
        """Sign with apksigner by the schemes named."""
        self.number += 1
        path = self.folder / f"s{self.number}.apk"
        path.write_bytes(data)
        flags = [f"--v{n}-signing-enabled={'true' if n in schemes else 'false'}" for n in "123"]
        run("apksigner", "sign", "--key", key.folder / "key.pk8", "--cert", key.folder / "key.pem", *flags, path)
        return path.read_bytes()

    def apk(self, labels: Mapping[str, str], *, key: Key | None = None, package: str = "", **more: object) -> bytes:
        """Build a package; half of them signed by apksigner, the rest left unsigned as many test files are."""
        files = more.pop("files", {})
        data = self.compiled(package or self.package(), labels, **more)  # type: ignore[arg-type]  # handed through
        data = add(data, files if isinstance(files, Mapping) else {})
        if key is None and self.luck.random() < 0.5:
            return data
        return self.signed(data, key or self.luck.choice(self.keys), schemes=self.luck.choice(("123", "12", "23")))

    # --- fakes ------------------------------------------------------------------------------------------------------

    def fakes(self) -> Iterator[tuple[str, str, bytes]]:
        """Give one round of fakes: way, name of the file, bytes."""
        for way, build in self._android().items():
            name, data = build()
            yield way, name, data
        yield from self._elsewhere()

    def _android(self) -> dict[str, Callable[[], tuple[str, bytes]]]:
        luck, name, shown = self.luck, self.luck.choice(NAMES), self.luck.choice(DISGUISED)
        cover, zh = luck.choice(PLAIN), luck.choice(("zh", "zh-rCN", "b+zh+Hans", "b+zh+Hans+CN", "zh-rTW", "b+yue"))
        uni = {"assets/apps/__UNI__0A/www/manifest.json": _text({"id": "__UNI__0A", "name": name})}
        cordova = {
            "assets/www/cordova.js": b"//",
            "res/xml/config.xml": b"",
            "assets/www/index.html": f"<html><head><title>{name}</title></head></html>".encode(),
        }
        capacitor = {"assets/capacitor.config.json": _text({"appId": "a.b", "appName": name})}
        return {
            "plain": lambda: ("a.apk", self.apk({"": name})),
            "one locale": lambda: ("b.apk", self.apk({"": cover, zh: name})),
            "one locale, disguised": lambda: ("c.apk", self.apk({"": cover, "zh": shown})),
            "disguised": lambda: ("d.apk", self.apk({"": shown})),
            "activity": lambda: ("e.apk", self.apk({"": cover}, activity={"": name})),
            "activity in one locale": lambda: ("f.apk", self.apk({"": cover}, activity={"": cover, zh: name})),
            "disabled alias": lambda: ("g.apk", self.apk({"": cover}, alias={"": name})),
            "disabled alias in one locale": lambda: ("h.apk", self.apk({"": cover}, alias={"": cover, zh: shown})),
            "uni-app": lambda: ("i.apk", self.apk({"": cover}, classes="io.dcloud.PandoraEntry", files=uni)),
            "cordova": lambda: ("j.apk", self.apk({"": cover}, files={k: v for k, v in cordova.items() if v})),
            "capacitor": lambda: ("k.apk", self.apk({"": cover}, files=capacitor)),
            "latin": lambda: ("l.apk", self.apk({"": luck.choice(("Weilidai", "WeiLiDai Loan", "weilidai"))})),
            "packed": lambda: ("m.apk", self.apk({"": name}, files={"lib/arm64-v8a/libjiagu.so": b"\x7fELF"})),
            "official package": lambda: ("n.apk", self.apk({"": "Bank"}, package=BANK, key=luck.choice(self.keys))),
            "transplanted block": lambda: ("o.apk", self._transplanted("23")),
            "transplanted v2 alone": lambda: ("p.apk", self._transplanted("2")),
            "v2 stripped from the owner's": lambda: ("q.apk", self._stripped()),
            "host package": lambda: ("r.apk", self.apk({"": name}, package="com.tencent.mm", key=self.keys[0])),
            "xapk": lambda: ("s.xapk", self._xapk(cover, name)),
            "xapk in a zip": lambda: ("t.zip", archive({"inner/app.xapk": self._xapk(cover, name)})),
            "apk in a zip": lambda: ("u.zip", archive({"readme.txt": b"x", "app.apk": self.apk({"": name})})),
            "store data alone": lambda: ("v.xapk", self._store_data(cover, name)),
            "name in a split": lambda: ("w.apks", self._split(cover, name)),
            "a false encryption bit": lambda: ("x.apk", masked(self.apk({"": cover, "zh": name}))),
        }

    def _xapk(self, cover: str, name: str) -> bytes:
        base = self.apk({"": cover, "zh": name}, package="x.y.z1")
        return archive({"manifest.json": _text({"package_name": "x.y.z1", "name": cover}), "x.y.z1.apk": base})

    def _store_data(self, cover: str, name: str) -> bytes:
        told = {"package_name": "x.y.z2", "name": cover, "locales_name": {"zh_CN": name}}
        return archive({"manifest.json": _text(told), "x.y.z2.apk": self.apk({"": cover}, package="x.y.z2")})

    def _split(self, cover: str, name: str) -> bytes:
        """Cut the Chinese words off into a split of their own, as bundletool does."""
        both = self.compiled("x.y.z3", {"": cover, "zh": name})
        with zipfile.ZipFile(io.BytesIO(self.compiled("x.y.z3", {"": cover}))) as bare:
            base = archive({n: bare.read(n) for n in bare.namelist()})
        with zipfile.ZipFile(io.BytesIO(both)) as whole:
            split = archive(
                {
                    "AndroidManifest.xml": whole.read("AndroidManifest.xml"),
                    "resources.arsc": whole.read("resources.arsc"),
                }
            )
        key = self.keys[0]
        parts = {"splits/base-master.apk": self.signed(base, key), "splits/base-zh.apk": self.signed(split, key)}
        return archive({"toc.pb": b"\n\0", **parts})

    def _transplanted(self, schemes: str) -> bytes:
        """Cut the signing block out of the bank's real app and put it into another."""
        real = self.signed(self.compiled(BANK, {"": "Bank"}), self.bank, schemes=schemes)
        at = real.rindex(b"APK Sig Block 42") + 16
        size = int.from_bytes(real[at - 24 : at - 16], "little") + 8
        fake = self.compiled(BANK, {"": "Bank"}, texts=("贷款",))
        end = fake.rindex(b"PK\5\6")
        central = int.from_bytes(fake[end + 16 : end + 20], "little")
        tail = bytearray(fake[central:])
        tail[end - central + 16 : end - central + 20] = (central + size).to_bytes(4, "little")
        return fake[:central] + real[at - size : at] + bytes(tail)

    def _stripped(self) -> bytes:
        """Take the v2 and v3 block off the bank's app, change a file and keep its v1 signature."""
        real = self.signed(self.compiled(BANK, {"": "Bank"}), self.bank)
        with zipfile.ZipFile(io.BytesIO(real)) as whole:
            kept = {name: whole.read(name) for name in whole.namelist()}
        return archive({**kept, "classes.dex": b"dex\n035\0" + bytes(200)})

    def _elsewhere(self) -> Iterator[tuple[str, str, bytes]]:
        luck, name, shown, cover = (
            self.luck,
            self.luck.choice(NAMES),
            self.luck.choice(DISGUISED),
            self.luck.choice(PLAIN),
        )
        yield "ipa", "a.ipa", ipa(luck.choice((name, shown)), {})
        yield "ipa, one locale", "b.ipa", ipa(cover, {"zh-Hans": name}, form=luck.choice(("text", "binary", "utf16")))
        yield (
            "ipa, enterprise",
            "c.ipa",
            ipa(cover, {"zh_CN": shown}, profile=self._profile({"ProvisionsAllDevices": True})),
        )
        yield "web clip", "d.mobileconfig", clip(luck.choice((name, shown)))
        yield "web clip, signed", "e.mobileconfig", self._cms(clip(name))
        yield "web clip, binary", "f.mobileconfig", clip(shown, form=plistlib.FMT_BINARY)
        yield "web clip with powers", "g.mobileconfig", clip(name, more=({"PayloadType": "com.apple.security.root"},))
        yield "hap", "h.hap", hap(name)
        yield "hap in an app", "i.app", archive({"pack.info": b"{}", "entry.hap": hap(shown)})

    def _profile(self, more: Mapping[str, object]) -> bytes:
        return self._cms(plistlib.dumps({"TeamName": "T", "AppIDName": "x", **more}))

    def _cms(self, data: bytes) -> bytes:
        key = self.keys[1]
        signer = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(key.certificate, key.private, hashes.SHA256())
        return signer.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])

    # --- honest apps ------------------------------------------------------------------------------------------------

    def honest(self) -> Iterator[tuple[str, str, bytes]]:
        """Give one round of honest apps that are easily taken for fakes."""
        luck, other, cover, about = (
            self.luck,
            self.luck.choice(OTHERS),
            self.luck.choice(PLAIN),
            self.luck.choice(ABOUT),
        )
        wechat, key = {"": "WeChat", "zh": "微信", "zh-rTW": "微信"}, self.keys[2]
        yield (
            "host app",
            "a.apk",
            self.apk(wechat, package="com.tencent.mm", key=key, texts=["微粒贷", "微粒贷借钱", about]),
        )
        yield (
            "host app",
            "b.apk",
            self.apk({"": "QQ"}, package="com.tencent.mobileqq", key=key, texts=["微粒贷", about]),
        )
        yield "another lender", "c.apk", self.apk({"": other}, texts=[about])
        yield "another lender", "d.apk", self.apk({"": "Cash", "zh": other}, alias={"": other})
        yield "a tool that names the brand", "e.apk", self.apk({"": cover}, texts=list(ABOUT))
        yield "a warning", "f.apk", self.apk({"": luck.choice(WARNINGS)})
        yield "the bank's own", "g.apk", self.apk({"": "外联银行"}, package=BANK, key=self.bank)
        told = {"package_name": "x.y.h1", "name": other, "description": about}
        yield (
            "store text",
            "h.xapk",
            archive({"manifest.json": _text(told), "x.apk": self.apk({"": other}, package="x.y.h1")}),
        )
        shell = {
            "assets/apps/__UNI__7/www/manifest.json": _text({"id": "__UNI__7", "name": other, "description": about})
        }
        yield "an honest shell", "i.apk", self.apk({"": cover}, classes="io.dcloud.PandoraEntry", files=shell)
        yield "packed", "j.apk", self.apk({"": other}, files={"lib/arm64-v8a/libDexHelper.so": b"\x7fELF"})
        yield "ipa", "k.ipa", ipa(other, {"zh-Hans": other}, texts=about)
        yield "ipa, adhoc", "l.ipa", ipa(cover, {}, profile=self._profile({"ProvisionedDevices": ["0"]}))
        yield (
            "a school's profile",
            "m.mobileconfig",
            clip("校园网", host="school.example", more=({"PayloadType": "com.apple.mdm"},)),
        )
        yield "the owner's web clip", "n.mobileconfig", clip("微粒贷", host="www.webank.com")
        yield "hap", "o.hap", hap(other)
        yield "badly made", "p.apk", self.apk({"": cover}) + b"trailing"
        yield "not an app", "q.zip", archive({"微粒贷说明.txt": about.encode(), "a.pdf": b"%PDF"})


PARTS = ("loan", "tool", "wallet", "main", "lite")


def _manifest(package: str, tables: Mapping[str, Mapping[str, str]], classes: str, target: int) -> str:
    launch = (
        '<intent-filter><action android:name="android.intent.action.MAIN"/>'
        '<category android:name="android.intent.category.LAUNCHER"/></intent-filter>'
    )
    activity = ' android:label="@string/act"' if tables["act"] else ""
    alias = (
        f'<activity-alias android:name=".Other" android:targetActivity={quoteattr(classes)} android:enabled="false" '
        f'android:label="@string/ali">{launch}</activity-alias>'
        if tables["ali"] else ""
    )  # fmt: skip
    return (
        f'<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="{package}" '
        'android:versionCode="1" android:versionName="1.0">'
        f'<uses-sdk android:minSdkVersion="21" android:targetSdkVersion="{target}"/>'
        '<uses-permission android:name="android.permission.INTERNET"/>'
        f'<application android:label="@string/app"><activity android:name={quoteattr(classes)}{activity}>'
        f"{launch}</activity>{alias}</application></manifest>"
    )


def _resource(text: str) -> str:
    """Write a text as a resource file wants it: quoted, for blanks would fall away."""
    return f'"{escape(text)}"'


def _text(table: object) -> bytes:
    return json.dumps(table, ensure_ascii=False).encode()


def archive(files: Mapping[str, bytes]) -> bytes:
    """Write a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def add(data: bytes, files: Mapping[str, bytes]) -> bytes:
    """Add files to a zip."""
    if not files:
        return data
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return out.getvalue()


def masked(data: bytes) -> bytes:
    """Set the encryption bit of every entry, in both headers."""
    out = bytearray(data)
    for magic, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)


def ipa(name: str, locales: Mapping[str, str], *, form: str = "text", profile: bytes = b"", texts: str = "") -> bytes:
    """Write an IPA with names by locale, in one of the three forms of .strings files."""
    info = {
        "CFBundleIdentifier": "x.ios.q",
        "CFBundleName": name,
        "CFBundleDisplayName": name,
        "CFBundleExecutable": "Q",
    }
    files = {"Payload/Q.app/Info.plist": plistlib.dumps(info), "Payload/Q.app/Q": b"\xcf\xfa\xed\xfe" + bytes(200)}
    for locale, text in locales.items():
        table = {"CFBundleDisplayName": text}
        line = f'"CFBundleDisplayName" = "{text}";\n'
        forms = {
            "text": line.encode(),
            "utf16": line.encode("utf-16"),
            "binary": plistlib.dumps(table, fmt=plistlib.FMT_BINARY),
        }
        files[f"Payload/Q.app/{locale}.lproj/InfoPlist.strings"] = forms[form]
    if profile:
        files["Payload/Q.app/embedded.mobileprovision"] = profile
    if texts:
        files["Payload/Q.app/about.txt"] = texts.encode()
    return archive(files)


def clip(label: str, *, host: str = "h5.q.example", form: plistlib.PlistFormat = plistlib.FMT_XML,
         more: Sequence[Mapping[str, object]] = ()) -> bytes:  # fmt: skip
    """Write a configuration profile with a web clip."""
    payload = {
        "PayloadType": "com.apple.webClip.managed",
        "PayloadVersion": 1,
        "Label": label,
        "URL": f"https://{host}/",
    }
    table = {"PayloadType": "Configuration", "PayloadVersion": 1, "PayloadDisplayName": "Settings",
             "PayloadContent": [payload, *more]}  # fmt: skip
    return plistlib.dumps(table, fmt=form)


def hap(label: str) -> bytes:
    """Write a HarmonyOS module with its label as plain text."""
    module = {"app": {"bundleName": "x.hm.q", "label": label}, "module": {"name": "entry", "abilities": []}}
    return archive({"module.json": _text(module), "pack.info": b"{}"})


# --- counting -------------------------------------------------------------------------------------------------------


def samples(seed: str, rounds: int) -> tuple[list[Sample], str]:
    """Build the set; also gives the fingerprint of the bank's certificate."""
    out: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder:
        shop = Workshop(seed, Path(folder))
        for number in range(rounds):
            for source, fake in ((shop.fakes, True), (shop.honest, False)):
                out += [Sample(f"{number}{name}", data, fake, way) for way, name, data in source()]
        return out, shop.bank.sha256


@cache
def _brands(certificate: str) -> tuple[Brand, ...]:
    """Give the shipped dossier of the loan, the bank of the set listed in it as an app of the owner's."""
    loan = load_brands(None, ("weilidai",))[0]
    own = Channel(kind="app", exists="yes", value=BANK, platform="android", cert_sha256=certificate, source="bench")
    return (replace(loan, channels=(*loan.channels, own)),)


def measure(seed: str = "outside", rounds: int = 8) -> dict[str, object]:
    """Give precision and recall of the accusation over the set, and what was wrong."""
    built, certificate = samples(seed, rounds)
    told: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for sample in built:
        verdict = judged(
            (app_sighting(examine_app(sample.data, sample.name), sample.name),), _brands(certificate)
        ).verdict
        accused = verdict.label is Label.IMPERSONATION
        told[f"{'fake' if sample.fake else 'honest'} {'accused' if accused else 'left'}"] += 1
        if accused != sample.fake:
            wrong[f"{sample.way}: {verdict.label.value} {[r.code for r in verdict.reasons][:4]}"] += 1
    hit, missed, false = told["fake accused"], told["fake left"], told["honest accused"]
    return {
        "fakes": hit + missed, "honest": false + told["honest left"],
        "ways": len({s.way for s in built if s.fake}), "precision": round(hit / max(1, hit + false), 4),
        "recall": round(hit / max(1, hit + missed), 4), "wrong": dict(wrong),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(*sys.argv[1:2]), ensure_ascii=False, indent=1))
