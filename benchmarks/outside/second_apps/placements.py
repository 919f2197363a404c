"""Where a fake puts the name: in every container, every title-like place."""

import json
import zlib
from collections.abc import Callable

import axmlw
import base
import keys
import others
import signing
import zipw
from axmlw import El
from base import Act, App, P
from others import Clip, Hap, Ios
from parts import noise, pick

Place = Callable[[str, int], bytes]
PACKAGES = ("com.kx.loan88", "io.tool.h5a", "cn.app.wkq", "com.yh.fast", "net.z9.client")
PLAIN = ("客户端", "Loan", "钱包", "Service", "快贷")


def _package(seed: int) -> str:
    return pick(seed, "package", PACKAGES) + str(seed)


def _signed(app: App, seed: int) -> bytes:
    plan = signing.Plan(keys.named(f"crook {seed % 5}"), signing.V2 if seed % 2 else signing.V3)
    return signing.sign(base.apk(app), [plan])


def literal(name: str, seed: int) -> bytes:
    """The label in the manifest itself."""
    return _signed(App(_package(seed), name, (P + "INTERNET", P + "READ_SMS")), seed)


def zh_only(name: str, seed: int) -> bytes:
    """The label in the Chinese locale alone."""
    return _signed(App(_package(seed), {"": "Service", "zh": name}), seed)


def far_locale(name: str, seed: int) -> bytes:
    """Different labels, the name in one unlikely locale."""
    return _signed(App(_package(seed), {"": "Calc", "en": "Calculator", "fr": "Calcul", "zh-rHK": name}), seed)


def chained(name: str, seed: int) -> bytes:
    """The label through references."""
    return _signed(App(_package(seed), {"": "Tool", "zh": name}, chain=6), seed)


def activity(name: str, seed: int) -> bytes:
    """The launcher activity's label."""
    return _signed(App(_package(seed), "Tool", activities=(Act(".M", {"": "Tool", "zh": name}, launcher=True),)), seed)


def alias_off(name: str, seed: int) -> bytes:
    """An alias switched off until the app wakes it."""
    acts = (Act(".M", "Tool", launcher=True), Act(".X", name, launcher=True, target=".M", enabled=False))
    return _signed(App(_package(seed), "Tool", activities=acts), seed)


def _h5(files: dict[str, bytes], seed: int, *, classes: tuple[str, ...] = ("Main",), act: str = ".Main") -> bytes:
    shown = pick(seed, "shown", PLAIN)
    return _signed(
        App(_package(seed), shown, files=files, classes=classes, activities=(Act(act, launcher=True),)), seed
    )


def dcloud(name: str, seed: int) -> bytes:
    """uni-app's manifest.json."""
    about = {
        "@platforms": ["android"],
        "id": f"__UNI__{seed:07X}",
        "name": name,
        "version": {"name": "1.0"},
        "plus": {},
    }
    place = f"assets/apps/__UNI__{seed:07X}/www/manifest.json"
    data = json.dumps(about, ensure_ascii=seed % 2 == 0).encode()
    return _h5({place: data, "assets/data/dcloud_control.xml": b"<hbuilder/>"}, seed, act="io.dcloud.PandoraEntry")


def cordova(name: str, seed: int) -> bytes:
    """Cordova's config.xml, compiled as everything in res/xml is."""
    widget = El("widget", [("id", "a.b")], [El("name", text=name), El("content", [("src", "index.html")])])
    files = {"res/xml/config.xml": axmlw.write(widget), "assets/www/cordova.js": b"// cordova"}
    return _h5({**files, "assets/www/index.html": b"<html>"}, seed)


def capacitor(name: str, seed: int) -> bytes:
    """Capacitor's configuration."""
    about = {"appId": "a.b", "appName": name, "webDir": "www"}
    data = json.dumps(about, ensure_ascii=False).encode()
    return _h5({"assets/capacitor.config.json": data, "assets/public/index.html": b"<html>"}, seed)


def apicloud(name: str, seed: int) -> bytes:
    """APICloud's widget."""
    text = f'<widget id="A{seed}" version="1"><name>{name}</name><content src="index.html"/></widget>'
    return _h5({"assets/widget/config.xml": text.encode()}, seed, act="com.uzmap.pkg.EntranceActivity")


def h5_title(name: str, seed: int) -> bytes:
    """The title of the start page of a Cordova shell."""
    page = f"<!doctype html><html><head><meta charset=utf-8><title>{name}</title></head>"
    page += f"<body><h1>{name}</h1></body></html>"
    return _h5({"assets/www/index.html": page.encode(), "assets/www/cordova.js": b"//"}, seed)


def js_bundle(name: str, seed: int) -> bytes:
    """The window title in a script bundle."""
    script = f'!function(){{document.title="{name}";var a={{navigationBarTitleText:"{name}",appName:"{name}"}};}}();'
    return _h5(
        {
            "assets/www/index.html": b"<html><script src=app.js></script>",
            "assets/www/app.js": script.encode(),
            "assets/www/cordova.js": b"//",
        },
        seed,
    )


def packed(name: str, seed: int) -> bytes:
    """A packed app that still shows its name."""
    files = {"lib/arm64-v8a/libjiagu_a64.so": b"\x7fELF" + noise(seed, 400), "assets/.jgapp": noise(seed, 60)}
    return _signed(App(_package(seed), {"": "A", "zh": name}, files=files, application="com.stub.StubApp"), seed)


def xapk_base(name: str, seed: int) -> bytes:
    """An XAPK whose base carries the name."""
    return others.xapk(App(_package(seed), {"": "Tool", "zh": name}), name="Tool")


def xapk_name(name: str, seed: int) -> bytes:
    """An XAPK whose manifest.json carries the name."""
    return others.xapk(App(_package(seed), "Tool"), name=name)


def split_label(name: str, seed: int) -> bytes:
    """A set in which only the language split has the name."""
    app = App(_package(seed), {"": "Tool"})
    return others.apks(app, {"config.zh": others.language_split(app.package, "zh", name)})


def xapk_split(name: str, seed: int) -> bytes:
    """An XAPK in which only the language split has the name."""
    app = App(_package(seed), {"": "Tool"})
    return others.xapk(app, {"config.zh": others.language_split(app.package, "zh", name)})


def apk_in_zip(name: str, seed: int) -> bytes:
    """An XAPK without a manifest: a bare zip of packages."""
    return others.xapk(App(_package(seed), name), info=False)


def bundle(name: str, seed: int) -> bytes:
    """An AAB."""
    return others.aab(App(_package(seed), {"": "Tool", "zh-CN": name}))


def bundle_literal(name: str, seed: int) -> bytes:
    """An AAB with the name in the manifest."""
    return others.aab(App(_package(seed), name))


def bundle_alias(name: str, seed: int) -> bytes:
    """An AAB with the name on an alias."""
    acts = (Act(".M", "Tool", launcher=True), Act(".X", name, target=".M", enabled=False))
    return others.aab(App(_package(seed), "Tool", activities=acts))


def ios_display(name: str, seed: int) -> bytes:
    """CFBundleDisplayName."""
    return others.ipa(Ios(f"com.ios.{seed}", "App", name, binary=seed % 2 == 0))


def ios_locale(name: str, seed: int) -> bytes:
    """InfoPlist.strings of one language."""
    form = ("utf-16", "utf-8", "plist", "utf-16-be")[seed % 4]
    form = "utf-16" if form == "utf-16-be" else form
    return others.ipa(Ios(f"com.ios.{seed}", "App", "Tool", {"en": "Tool", "zh-Hans": name}, strings_as=form))


def ios_name(name: str, seed: int) -> bytes:
    """CFBundleName alone."""
    return others.ipa(Ios(f"com.ios.{seed}", name))


def ios_dcloud(name: str, seed: int) -> bytes:
    """uni-app inside an IPA."""
    about = json.dumps({"id": "__UNI__1", "name": name, "plus": {}}, ensure_ascii=False).encode()
    return others.ipa(Ios(f"com.ios.{seed}", "Tool", files={"Pandora/apps/__UNI__1/www/manifest.json": about}))


def clip(name: str, seed: int) -> bytes:
    """A web clip."""
    return others.profile(
        Clip(name, f"https://h{seed}.example/a", display="安装"), keys.named("crook 1") if seed % 2 else None
    )


def clip_display(name: str, seed: int) -> bytes:
    """A profile named so, its web clip not."""
    return others.profile(Clip("点我", f"https://h{seed}.example/a", display=name))


def hap_label(name: str, seed: int) -> bytes:
    """The label of a HarmonyOS app."""
    return others.hap(Hap(f"com.hm.a{seed}", name))


def hap_index(name: str, seed: int) -> bytes:
    """resources.index."""
    return others.hap(Hap(f"com.hm.a{seed}", "x", indexed={"": "Tool", "zh": name}))


def hap_ability(name: str, seed: int) -> bytes:
    """The ability's label."""
    return others.hap(Hap(f"com.hm.a{seed}", "Tool", ability=name, old=seed % 2 == 0))


def gzipped(name: str, seed: int) -> bytes:
    """uni-app's manifest.json in a deeper folder, zipped once more as update package."""
    about = json.dumps({"id": "__UNI__9", "name": name}, ensure_ascii=False).encode()
    inner = zipw.plain({"manifest.json": about, "app-service.js": zlib.crc32(about).to_bytes(4, "big")})
    return _h5({"assets/apps/__UNI__9.wgt": inner}, seed, act="io.dcloud.PandoraEntry")


STRICT: dict[str, tuple[str, Place]] = {
    "literal": (".apk", literal),
    "zh-only": (".apk", zh_only),
    "far-locale": (".apk", far_locale),
    "chained": (".apk", chained),
    "activity": (".apk", activity),
    "alias-off": (".apk", alias_off),
    "dcloud": (".apk", dcloud),
    "cordova": (".apk", cordova),
    "capacitor": (".apk", capacitor),
    "apicloud": (".apk", apicloud),
    "packed": (".apk", packed),
    "xapk-base": (".xapk", xapk_base),
    "xapk-name": (".xapk", xapk_name),
    "split-label": (".apks", split_label),
    "xapk-split": (".xapk", xapk_split),
    "apk-in-zip": (".xapk", apk_in_zip),
    "aab-table": (".aab", bundle),
    "aab-literal": (".aab", bundle_literal),
    "aab-alias": (".aab", bundle_alias),
    "ipa-display": (".ipa", ios_display),
    "ipa-locale": (".ipa", ios_locale),
    "ipa-name": (".ipa", ios_name),
    "ipa-dcloud": (".ipa", ios_dcloud),
    "clip": (".mobileconfig", clip),
    "clip-display": (".mobileconfig", clip_display),
    "hap-label": (".hap", hap_label),
    "hap-index": (".hap", hap_index),
    "hap-ability": (".hap", hap_ability),
}
SOFT: dict[str, tuple[str, Place]] = {
    "h5-title": (".apk", h5_title),
    "js-bundle": (".apk", js_bundle),
    "wgt": (".apk", gzipped),
}
