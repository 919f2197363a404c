"""Apps with addresses and contacts hidden in them: what was planted must be found, and nothing else."""

import base64
import gzip
import json
import plistlib
import urllib.parse
from collections.abc import Callable, Iterator
from functools import partial

import arscw
import axmlw
import base
import others
import zipw
from arscw import Res, Table
from axmlw import El
from base import Act, App
from others import Clip, Hap, Ios
from parts import Item, noise
from plant import NOISE, Planted

Place = Callable[[Planted], bytes]
ALL = ("url", "qq", "phone", "wechat", "telegram")


def _app(
    hidden: Planted, files: dict[str, bytes] | None = None, *, strings: tuple[str, ...] = (), act: str = ".Main"
) -> bytes:
    app = App(
        f"com.tool.c{hidden.seed}",
        "工具",
        files=files or {},
        strings=(*NOISE, *strings),
        activities=(Act(act, launcher=True),),
    )
    return base.apk(app)


def _dex(h: Planted) -> bytes:
    return _app(h, strings=(h.url, h.text()))


def _dex_joined(h: Planted) -> bytes:
    return _app(h, strings=(f"var u='{h.url}';", f"😀{h.text()}"))


def _asset(name: str, encode: Callable[[str], bytes], *, act: str = ".Main") -> Place:
    return lambda h: _app(h, {name: encode(f"{h.text()}\n地址 {h.url} \n{NOISE[3]}")}, act=act)


def _json(h: Planted) -> bytes:
    data = {"api": h.url, "kefu": {"text": h.text()}, "ts": 1700000000000, "v": NOISE[1]}
    return _app(h, {"assets/conf.json": json.dumps(data, ensure_ascii=h.seed % 2 == 0).encode()})


def _script(h: Planted) -> bytes:
    code = f'!function(e){{var t="{h.url}",n={{tip:"{h.text()}"}};e.a=t+"?r="+Math.random()}}(window);/*{NOISE[3]}*/'
    return _app(h, {"assets/www/app.min.js": code.encode(), "assets/www/cordova.js": b"//"})


def _escaped(h: Planted) -> bytes:
    code = f'var t="{h.url.replace("/", chr(92) + "/")}",n={json.dumps(h.text())};'
    return _app(h, {"assets/www/app.js": code.encode()})


def _native(h: Planted) -> bytes:
    body = (
        b"\x7fELF\x02\x01\x01"
        + noise(h.seed, 200)
        + b"\0"
        + h.url.encode()
        + b"\0"
        + h.text().encode()
        + b"\0"
        + noise(3, 99)
    )
    return _app(h, {"lib/arm64-v8a/libcore.so": body})


def _native_wide(h: Planted) -> bytes:
    body = b"\x7fELF\x02\x01\x01" + noise(h.seed, 200) + b"\0\0" + h.url.encode("utf-16-le") + b"\0\0" + noise(3, 99)
    return _app(h, {"lib/arm64-v8a/libcore.so": body})


def _dcloud(h: Planted) -> bytes:
    about = {"id": "__UNI__ABC", "name": "工具", "launch_path": h.url, "developer": {"name": "x"}}
    return _app(
        h, {"assets/apps/__UNI__ABC/www/manifest.json": json.dumps(about).encode()}, act="io.dcloud.PandoraEntry"
    )


def _uniapp(h: Planted) -> bytes:
    code = f'__registerPage("pages/index");const BASE_URL="{h.url}";'
    code += f'uni.setClipboardData({{data:"{h.wechat}"}});tip="微信：{h.wechat}"'
    files = {"assets/apps/__UNI__ABC/www/manifest.json": b'{"id":"__UNI__ABC","name":"a"}'}
    files["assets/apps/__UNI__ABC/www/app-service.js"] = code.encode()
    return _app(h, files, act="io.dcloud.PandoraEntry")


def _config(name: str, text: str, *, act: str = ".Main") -> Place:
    return lambda h: _app(h, {name: text.replace("URL", h.url).encode()}, act=act)


def _cordova(h: Planted) -> bytes:
    widget = El(
        "widget",
        [("id", "a")],
        [El("name", text="a"), El("content", [("src", h.url)]), El("access", [("origin", "*")])],
    )
    return _app(h, {"res/xml/config.xml": axmlw.write(widget), "assets/www/cordova.js": b"//"})


def _newcloud(h: Planted) -> bytes:
    body = axmlw.write(El("config", [], [El("url", text=h.url)]))
    return _app(h, {"res/xml/myxml.xml": body}, act="com.wta.NewCloudApp")


def _flutter(h: Planted) -> bytes:
    body = b"\x7fELF\x02\x01\x01" + noise(h.seed, 300) + h.url.encode() + b"\0" + h.text().encode() + b"\0"
    return _app(
        h,
        {
            "lib/arm64-v8a/libapp.so": body,
            "lib/arm64-v8a/libflutter.so": b"\x7fELF",
            "assets/flutter_assets/AssetManifest.json": b"{}",
        },
    )


def _table(h: Planted) -> bytes:
    app = App(f"com.tool.c{h.seed}", {"": "工具"})
    table = Table(package=app.package, entries=[Res("string", f"filler{at}", {"": "x"}) for at in range(3)])
    table.entries += [
        Res("string", "app_name", {"": "工具"}),
        Res("string", "server", {"": h.url}),
        Res("string", "kefu", {"zh": h.text()}),
    ]
    return zipw.write(zipw.change(base.members(app), "resources.arsc", data=arscw.write(table)))


def _meta(h: Planted) -> bytes:
    app = App(f"com.tool.c{h.seed}", "工具")
    root, _ = base.document(app)
    root.children[-1].children.append(El("meta-data", [("name", "SERVER_URL"), ("value", h.url)]))
    return zipw.write(zipw.change(base.members(app), "AndroidManifest.xml", data=axmlw.write(root)))


def _xml(h: Planted) -> bytes:
    node = El("PreferenceScreen", [], [El("Preference", [("summary", h.text()), ("value", h.url)])])
    return _app(h, {"res/xml/settings.xml": axmlw.write(node)})


def _archive(h: Planted) -> bytes:
    inner = zipw.plain({"index.html": f"<a href='{h.url}'>x</a><p>{h.text()}</p>".encode()})
    return _app(h, {"assets/update.zip": inner})


def _base64(h: Planted) -> bytes:
    return _app(h, strings=(base64.b64encode(h.url.encode()).decode(),))


def _percent(h: Planted) -> bytes:
    return _app(h, strings=("myapp://open?url=" + urllib.parse.quote(h.url, safe=""),))


def _database(h: Planted) -> bytes:
    body = (
        b"SQLite format 3\0" + bytes(100) + noise(h.seed, 40) + h.url.encode() + b"\x01\x17" + h.text().encode() + b"\0"
    )
    return _app(h, {"assets/data.db": body})


def _ipa(h: Planted) -> bytes:
    files = {"www/index.html": f"<script>location='{h.url}'</script><p>{h.text()}</p>".encode()}
    return others.ipa(Ios(f"com.tool.i{h.seed}", "工具", files=files))


def _ipa_plist(h: Planted) -> bytes:
    data = plistlib.dumps({"Server": h.url, "Service": h.text()}, fmt=plistlib.FMT_BINARY)
    return others.ipa(Ios(f"com.tool.i{h.seed}", "工具", files={"config.plist": data}))


def _hap(h: Planted) -> bytes:
    abc = b"PANDA\0\0\0" + noise(1, 60) + h.url.encode() + b"\0" + h.text().encode() + b"\0"
    return others.hap(
        Hap(
            f"com.tool.h{h.seed}",
            "工具",
            files={"ets/modules.abc": abc} if h.seed % 2 else {"resources/rawfile/a.txt": abc[8:]},
        )
    )


def _clip(h: Planted) -> bytes:
    return others.profile(Clip("工具", h.url))


def _bundle(h: Planted) -> bytes:
    return others.aab(
        App(f"com.tool.b{h.seed}", "工具", files={"assets/a.txt": f"{h.url}\n{h.text()}".encode()}, strings=NOISE)
    )


def _xapk(h: Planted) -> bytes:
    return others.xapk(App(f"com.tool.x{h.seed}", "工具", strings=(*NOISE, h.url, h.text())))


PLACES: dict[str, tuple[str, Place, tuple[str, ...]]] = {
    "dex": (".apk", _dex, ALL),
    "dex-joined": (".apk", _dex_joined, ALL),
    "json": (".apk", _json, ALL),
    "script": (".apk", _script, ALL),
    "escaped": (".apk", _escaped, ALL),
    "native": (".apk", _native, ALL),
    "native-wide": (".apk", _native_wide, ("url",)),
    "text-utf8": (".apk", _asset("assets/readme.txt", str.encode), ALL),
    "text-utf16": (".apk", _asset("assets/readme.txt", lambda text: text.encode("utf-16")), ALL),
    "text-utf16-bare": (".apk", _asset("assets/readme.dat", lambda text: text.encode("utf-16-le")), ALL),
    "text-gbk": (".apk", _asset("assets/about.txt", lambda text: text.encode("gbk")), ALL),
    "text-gzip": (".apk", _asset("assets/config.json.gz", lambda text: gzip.compress(text.encode(), mtime=0)), ALL),
    "text-named-png": (".apk", _asset("assets/logo.png", str.encode), ALL),
    "dcloud-launch": (".apk", _dcloud, ("url",)),
    "uni-app": (".apk", _uniapp, ("url", "wechat")),
    "apicloud": (
        ".apk",
        _config(
            "assets/widget/config.xml",
            '<widget id="A1"><name>a</name><content src="URL"/></widget>',
            act="com.uzmap.pkg.EntranceActivity",
        ),
        ("url",),
    ),
    "cordova": (".apk", _cordova, ("url",)),
    "capacitor": (
        ".apk",
        _config("assets/capacitor.config.json", '{"appId":"a.b","appName":"a","server":{"url":"URL"}}'),
        ("url",),
    ),
    "gonative": (".apk", _config("assets/appConfig.json", '{"general":{"initialUrl":"URL","appName":"a"}}'), ("url",)),
    "react-native": (
        ".apk",
        _config("assets/index.android.bundle", 'var __BUNDLE_START_TIME__=1;__d(function(g,r){g.API="URL"},0,[]);'),
        ("url",),
    ),
    "properties": (".apk", _config("assets/app.properties", "server.url=URL\nretry=3\n"), ("url",)),
    "newcloud": (".apk", _newcloud, ("url",)),
    "flutter": (".apk", _flutter, ALL),
    "table": (".apk", _table, ALL),
    "meta-data": (".apk", _meta, ("url",)),
    "binary-xml": (".apk", _xml, ALL),
    "archive": (".apk", _archive, ALL),
    "base64": (".apk", _base64, ("url",)),
    "percent": (".apk", _percent, ("url",)),
    "database": (".apk", _database, ALL),
    "ipa-html": (".ipa", _ipa, ALL),
    "ipa-plist": (".ipa", _ipa_plist, ALL),
    "hap": (".hap", _hap, ALL),
    "clip": (".mobileconfig", _clip, ("url",)),
    "aab": (".aab", _bundle, ALL),
    "xapk": (".xapk", _xapk, ALL),
}
EACH = 3


def items() -> Iterator[Item]:
    """Three apps a place."""
    for number, (place, (suffix, maker, kinds)) in enumerate(PLACES.items()):
        for turn in range(EACH):
            hidden = Planted(number * EACH + turn)
            yield Item("inside-" + place, turn, suffix, partial(maker, hidden), hidden.truth(*kinds))
