"""A described Android app, and the package made of it."""

import io
from dataclasses import dataclass, field

import arscw
import axmlw
import dexw
import zipw
from arscw import Res, Table, TableOdd
from axmlw import El, Ref, XmlOdd
from PIL import Image, ImageDraw

P = "android.permission."


@dataclass(frozen=True)
class Act:
    """An activity or, with TARGET, an alias of one."""

    name: str
    label: str | dict[str, str] = ""
    launcher: bool = False
    target: str = ""
    enabled: bool = True


@dataclass(frozen=True)
class App:
    """What an app says of itself; a label is literal (str) or a resource with a value per locale."""

    package: str
    label: str | dict[str, str]
    permissions: tuple[str, ...] = (P + "INTERNET",)
    activities: tuple[Act, ...] = ()
    icon: bytes = b""
    adaptive: bytes = b""
    files: dict[str, bytes] = field(default_factory=dict)
    strings: tuple[str, ...] = ("hello",)
    classes: tuple[str, ...] = ("Main",)
    application: str = ""
    split: str = ""
    chain: int = 0
    extra: tuple[El, ...] = ()
    code: bool = True
    target: int = 33


def png(size: int = 48, colour: str = "#3a7", shape: str = "arc") -> bytes:
    """A plain icon."""
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    inner = (size // 5, size // 5, size - size // 5, size - size // 5)
    pen.ellipse(inner, fill=colour) if shape == "arc" else pen.rectangle(inner, fill=colour)
    return encoded(picture)


def encoded(picture: Image.Image, kind: str = "PNG", **options: int) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _label(table: Table, name: str, label: str | dict[str, str], chain: int, odd: TableOdd) -> str | Ref:
    if isinstance(label, str):
        return label
    table.entries.append(Res("string", name, dict(label)))
    top = name
    for link in range(chain):
        table.entries.append(Res("string", f"{name}_{link}", {"": Ref(table.ident("string", top, odd))}))
        top = f"{name}_{link}"
    return Ref(table.ident("string", top, odd))


def _activity(act: Act, table: Table, odd: TableOdd) -> El:
    attrs: list[tuple[str, axmlw.Value]] = [("name", act.name)]
    if act.label:
        attrs.append(("label", _label(table, "act_" + act.name.strip(".").lower(), act.label, 0, odd)))
    if not act.enabled:
        attrs.append(("enabled", False))
    if act.target:
        attrs.append(("targetActivity", act.target))
    inner = []
    if act.launcher:
        names = (("action", "android.intent.action.MAIN"), ("category", "android.intent.category.LAUNCHER"))
        inner = [El("intent-filter", children=[El(tag, [("name", value)]) for tag, value in names])]
    return El("activity-alias" if act.target else "activity", attrs, inner)


def document(app: App, odd: TableOdd | None = None) -> tuple[El, Table]:
    """The manifest and the resources of APP."""
    odd = odd or TableOdd()
    table = Table(package=app.package)
    table.entries += [Res("string", f"filler{at}", {"": f"filler {at}"}) for at in range(3 + odd.many)]
    attrs: list[tuple[str, axmlw.Value]] = []
    if app.label:
        attrs.append(("label", _label(table, "app_name", app.label, app.chain, odd)))
    acts = [_activity(act, table, odd) for act in app.activities or (Act(".Main", launcher=True),)]
    shapes: dict[str, arscw.Cell] = {"xxhdpi": "res/ic.png"} if app.icon else {}
    if app.adaptive:
        table.entries += [Res("drawable", "fg", {"": "res/fg.png"}), Res("drawable", "bg", {"": "res/bg.png"})]
        shapes["anydpi"] = "res/ic.xml"
    if shapes:
        table.entries.append(Res("mipmap", "ic", shapes))
        attrs.append(("icon", Ref(table.ident("mipmap", "ic", odd))))
    if app.application:
        attrs.append(("name", app.application))
    head: list[tuple[str, axmlw.Value]] = [("versionCode", 3), ("versionName", "1.2"), ("package", app.package)]
    if app.split:
        head.append(("split", app.split))
    uses = [El("uses-permission", [("name", name)]) for name in app.permissions]
    sdk = El("uses-sdk", [("minSdkVersion", 24 if app.target > 29 else 21), ("targetSdkVersion", app.target)])
    root = El("manifest", head, [sdk, *uses, *app.extra, El("application", attrs, acts)])
    return root, table


def _icons(app: App, table: Table, odd: TableOdd) -> dict[str, bytes]:
    found = {}
    if app.icon:
        found["res/ic.png"] = app.icon
    if app.adaptive:
        found["res/fg.png"] = app.adaptive
        found["res/bg.png"] = encoded(Image.new("RGB", (108, 108), "white"))
        layers = (("background", "bg"), ("foreground", "fg"))
        found["res/ic.xml"] = axmlw.write(
            El(
                "adaptive-icon",
                [],
                [El(tag, [("drawable", Ref(table.ident("drawable", name, odd)))]) for tag, name in layers],
            )
        )
    return found


def members(app: App, xml: XmlOdd | None = None, table_odd: TableOdd | None = None) -> list[zipw.Entry]:
    """The zip members of APP."""
    odd = table_odd or TableOdd()
    root, table = document(app, odd)
    out = [zipw.Entry("AndroidManifest.xml", axmlw.write(root, xml))]
    out.append(zipw.Entry("resources.arsc", arscw.write(table, odd), stored=True))
    if app.code and not app.split:
        out.append(
            zipw.Entry("classes.dex", dexw.write(app.strings, tuple(app.package + "." + c for c in app.classes)))
        )
    files = {**_icons(app, table, odd), **app.files}
    return [*out, *(zipw.Entry(name, data, stored=name.endswith(".png")) for name, data in files.items())]


def apk(app: App) -> bytes:
    """The unsigned package."""
    return zipw.write(members(app))
