"""Names in every place and locale, icons in every form, what an app says and what it was made with."""

import io
import json

import pytest
from PIL import Image, ImageDraw

from zhengben.core.appfacts import AppFacts, Name
from zhengben.examine.appfile import examine_app
from zhengben.examine.appicon import alike, icon_print, print_of
from zhengben.range.make_apk import Extras, app_entries, make_apk, sign_entries, signing_key
from zhengben.range.make_apk_arsc import Config, Table
from zhengben.range.make_apk_axml import Color, Dimension, Element, Ref, write_axml
from zhengben.range.make_apk_zip import Entry

KEY = signing_key("names", "Somebody")


def _app(**extras: object) -> AppFacts:
    more = Extras(**extras)  # type: ignore[arg-type]  # the tests hand on what Extras takes
    return examine_app(make_apk(package="cn.example.loan", labels={"": "Loan"}, signer=KEY, extras=more), "x.apk")


def _picture(colour: str = "#1677ff", size: int = 192, form: str = "PNG") -> bytes:
    image = Image.new("RGBA", (size, size), colour)
    draw = ImageDraw.Draw(image)
    draw.ellipse((size * 0.2, size * 0.2, size * 0.6, size * 0.6), fill="white")
    draw.polygon([(size * 0.5, size * 0.9), (size * 0.9, size * 0.9), (size * 0.8, size * 0.4)], fill="white")
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def test_every_locale_of_the_label_is_read() -> None:
    labels = {"": "Weilidai", "zh": "微粒贷", "zh-rTW": "微粒貸", "en": "Loan"}
    facts = examine_app(make_apk(package="cn.example.loan", labels=labels, signer=KEY), "x.apk")
    assert {(name.locale, name.text) for name in facts.names} == set(labels.items())


@pytest.mark.parametrize(
    ("extras", "name"),
    [
        ({"activity_labels": {"": "微粒贷"}}, Name(text="微粒贷", place="activity")),
        ({"activity_labels": {"": "x", "zh": "微粒贷"}}, Name(text="微粒贷", place="activity", locale="zh")),
        ({"alias_labels": {"": "微粒贷"}}, Name(text="微粒贷", place="alias", enabled=False)),
        ({"alias_labels": {"": "徽粒\u200b贷"}, "alias_enabled": True}, Name(text="徽粒\u200b贷", place="alias")),
    ],
)
def test_names_off_the_application_are_read(extras: dict[str, object], name: Name) -> None:
    assert name in _app(**extras).names


def test_a_name_inside_an_h5_shell_is_read_with_where_it_goes() -> None:
    manifest = {"id": "__UNI__AB12CD3", "name": "微粒贷", "launch_path": "https://h5.evil.example/loan"}
    facts = _app(
        activity="io.dcloud.PandoraEntry",
        files={"assets/apps/__UNI__AB12CD3/www/manifest.json": json.dumps(manifest, ensure_ascii=False).encode()},
    )
    assert Name(text="微粒贷", place="h5") in facts.names
    assert (facts.shells, facts.opens) == (("dcloud",), ("https://h5.evil.example/loan",))
    assert "uni:__UNI__AB12CD3" in facts.prints
    assert not facts.missing


@pytest.mark.parametrize(
    ("activity", "files", "shell", "missing"),
    [
        ("com.lt.app.MainActivity", {}, "yimen", "app.remote_configured"),
        (
            "com.bslyun.app.activity.MainActivity",
            {"assets/app_config.xml": b"\x81\x02" * 40},
            "bslyun",
            "app.config_encrypted",
        ),
        (
            "com.uzmap.pkg.EntranceActivity",
            {"assets/widget/config.xml": b"\x9f" * 64},
            "apicloud",
            "app.config_encrypted",
        ),
        (
            "x.Main",
            {"assets/capacitor.config.json": b'{"appName": "A", "server": {"url": "https://a.example"}}'},
            "capacitor",
            "",
        ),
        (
            "x.Main",
            {"assets/appConfig.json": b'{"general": {"appName": "A", "initialUrl": "https://a.example"}}'},
            "median",
            "",
        ),
        ("x.Main", {"assets/www/cordova.js": b"", "assets/www/index.html": b"<title>A</title>"}, "cordova", ""),
        ("x.Main", {"assets/app.config": '{"name": "微粒贷", "slug": "a"}'.encode()}, "expo", ""),
        ("x.Main", {"assets/app.config": b"\x9f" * 64}, "expo", "app.config_encrypted"),
        ("x.Main", {"lib/arm64-v8a/libflutter.so": b"\x7fELF"}, "flutter", ""),
        ("x.Main", {"assets/index.android.bundle": b"var a='https://a.example/x'"}, "reactnative", ""),
        ("com.e4a.runtime.android.StartActivity", {}, "e4a", ""),
    ],
)
def test_platforms_are_known_and_what_is_fetched_from_outside_is_said(
    activity: str, files: dict[str, bytes], shell: str, missing: str
) -> None:
    facts = _app(activity=activity, files=files)
    assert shell in facts.shells
    assert facts.missing == ((missing,) if missing else ())


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("assets/app.config", '{"name": "微粒贷"}'), ("assets/capacitor.config.json", '{"appName": "微粒贷"}'),
        ("assets/appConfig.json", '{"general": {"appName": "微粒贷"}}'),
        ("assets/apps/H5/www/manifest.json", '/* 应用 */ {"name": "微粒贷"}'),
        ("assets/widget/config.xml", '<?xml version="1.0"?><widget><name>微粒贷</name></widget>'),
    ],
)  # fmt: skip
def test_a_name_that_only_a_platforms_configuration_holds_is_read(path: str, body: str) -> None:
    facts = _app(files={path: body.encode()})
    assert Name(text="微粒贷", place="h5") in facts.names, facts.shells
    assert not facts.missing


def test_a_packed_app_is_not_called_seen() -> None:
    facts = _app(application="com.stub.StubApp", files={"lib/arm64-v8a/libjiagu.so": b"\x7fELF"})
    assert facts.packers == ("jiagu360",)
    assert "app.packed" in facts.missing


def test_addresses_and_contacts_are_found_with_where_they_stood() -> None:
    facts = _app(
        strings=["客服QQ：123456789，微信号 wld_kefu88", "https://pay.evil.example/a?b=1", "咨询电话 400-123-4567"],
        files={"assets/www/a.js": b"location='https://next.evil.example/';t.me/wld_help"},
    )
    found = {(contact.kind, contact.value, contact.where) for contact in facts.contacts}
    assert ("qq", "123456789", "classes.dex") in found
    assert ("wechat", "wld_kefu88", "classes.dex") in found
    assert ("telegram", "wld_help", "assets/www/a.js") in {(k, v.lstrip("@"), w) for k, v, w in found}
    assert {"pay.evil.example", "next.evil.example"} <= set(facts.hosts)
    assert any(kind == "phone" for kind, _, _ in found)


def test_native_libraries_are_searched_for_addresses_and_contacts_and_not_for_prose() -> None:
    told = "客服微信：wld_native88\0加QQ：55443322\0https://so.evil.example/api\0".encode()
    facts = _app(files={"lib/arm64-v8a/libapp.so": b"\x7fELF" + bytes(range(256)) * 40 + told})
    assert "so.evil.example" in facts.hosts
    assert {("wechat", "wld_native88"), ("qq", "55443322")} <= {(c.kind, c.value) for c in facts.contacts}
    assert {c.where for c in facts.contacts} == {"lib/arm64-v8a/libapp.so"}
    assert all("客服" in text or "QQ" in text for text in facts.strings)


def test_chinese_texts_inside_are_kept() -> None:
    assert "微粒贷利率比较" in _app(strings=["微粒贷利率比较", "plain"]).strings


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_bitmap_icons_are_drawn(form: str) -> None:
    facts = _app(icons={480: _picture(form=form)}, round_icon=_picture("#ff0000"), alias_icon=_picture("#00aa00"))
    assert {icon.place.split()[0] for icon in facts.icons} == {
        "application.icon", "application.roundIcon", "alias.icon",
    }  # fmt: skip
    assert all(icon.png.startswith(b"\x89PNG") and icon_print(icon.png) for icon in facts.icons)


def test_adaptive_and_vector_icons_are_drawn() -> None:
    """An adaptive icon of a colour and a vector draws to the same picture as the same drawing made as PNG."""
    table = Table("cn.example.loan")
    blue = table.add("color", "back", [(Config(), Color(0xFF1677FF))])
    vector = Element(
        "vector", {"width": Dimension(108), "height": Dimension(108), "viewportWidth": 108.0, "viewportHeight": 108.0},
        [Element("path", {"fillColor": Color(0xFFFFFFFF), "pathData": "M40,40h28v28h-28z"})],
    )  # fmt: skip
    front = table.add("drawable", "front", [(Config(), "res/drawable/front.xml")])
    icon = table.add(
        "mipmap", "icon", [(Config(sdk=26), "res/mipmap/icon.xml"), (Config(density=480), "res/mipmap/icon.png")]
    )
    label = table.add("string", "name", [(Config(), "Loan")])
    adaptive = Element(
        "adaptive-icon", {}, [Element("background", {"drawable": blue}), Element("foreground", {"drawable": front})]
    )
    manifest = Element(
        "manifest", {"package": "cn.example.loan"}, [Element("application", {"label": label, "icon": icon})]
    )
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(manifest)), Entry(name="resources.arsc", data=table.write()),
        Entry(name="res/mipmap/icon.xml", data=write_axml(adaptive)),
        Entry(name="res/mipmap/icon.png", data=_picture()),
        Entry(name="res/drawable/front.xml", data=write_axml(vector)),
    ]  # fmt: skip
    facts = examine_app(sign_entries(entries, KEY, ("v2",)), "x.apk")
    drawn = {icon.place.rpartition(".")[2]: Image.open(io.BytesIO(icon.png)).convert("RGB") for icon in facts.icons}
    assert set(drawn) == {"xml", "png"}
    assert drawn["xml"].getpixel((5, 5)) == (0x16, 0x77, 0xFF)
    assert drawn["xml"].getpixel((drawn["xml"].width // 2,) * 2) == (255, 255, 255)


def test_an_icon_that_refers_to_itself_ends() -> None:
    table = Table("cn.example.loan")
    icon = table.add("drawable", "icon", [(Config(), "res/drawable/icon.xml")])
    loop = Element("layer-list", {}, [Element("item", {"drawable": Ref(icon.id)})])
    manifest = Element("manifest", {"package": "cn.example.loan"}, [Element("application", {"icon": icon})])
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(manifest)), Entry(name="resources.arsc", data=table.write()),
        Entry(name="res/drawable/icon.xml", data=write_axml(loop)),
    ]  # fmt: skip
    facts = examine_app(sign_entries(entries, KEY, ("v2",)), "x.apk")
    assert [icon.png for icon in facts.icons] == [b""]


def test_a_label_that_refers_to_itself_ends() -> None:
    table = Table("cn.example.loan")
    loop = Ref(0x7F010001)
    table.add("string", "a", [(Config(), loop)])
    table.add("string", "b", [(Config(), Ref(0x7F010000))])
    manifest = Element("manifest", {"package": "cn.example.loan"}, [Element("application", {"label": loop})])
    entries = [
        Entry(name="AndroidManifest.xml", data=write_axml(manifest)), Entry(name="resources.arsc", data=table.write()),
    ]  # fmt: skip
    facts = examine_app(sign_entries(entries, KEY, ("v2",)), "x.apk")
    assert facts.names == ()
    assert "arsc_reference_loop" in facts.tamper


def test_prints_of_a_recoloured_smaller_copy_are_alike_and_of_another_icon_not() -> None:
    same = alike(print_of(_picture()), print_of(_picture("#d4380d", 96)))
    other = Image.new("RGB", (192, 192), "#1677ff")
    ImageDraw.Draw(other).rectangle((20, 90, 170, 110), fill="white")
    out = io.BytesIO()
    other.save(out, "PNG")
    assert same > 0.9
    assert alike(print_of(_picture()), print_of(out.getvalue())) < 0.6


def test_shallow_reads_names_and_signers_and_no_strings() -> None:
    data = make_apk(package="cn.example.loan", labels={"": "Loan"}, urls=["https://a.example"], signer=KEY)
    facts = examine_app(data, "x.apk", deep=False)
    assert (facts.package, facts.signed, facts.urls) == ("cn.example.loan", "unchecked", ())
    assert [(s.sha256, s.verified) for s in facts.signers] == [(KEY.sha256, False)] * 2


def test_the_same_seed_gives_the_same_file() -> None:
    entries = app_entries(package="a.b", labels={"": "x"}, permissions=[], urls=[], extras=Extras())
    assert sign_entries(entries, KEY) == sign_entries(entries, signing_key("names", "Somebody"))
