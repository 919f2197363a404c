"""From an Android manifest to facts: every name in every locale, icons, permissions, what it asks to see."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengben.core.appfacts import Name
from zhengben.examine.apk.arsc import Config, Values
from zhengben.examine.apk.axml import STRING, Node, Value

MAX_NAMES = 400
MAX_ICONS = 200
PLACES = {"application": "application", "activity": "activity", "activity-alias": "alias"}
ICONS = ("icon", "roundIcon", "banner", "logo")


@dataclass(slots=True)
class Manifest:
    """What a manifest says; `icons` are references or paths with the place they stood in.

    `labelled` are the labels that were followed already: thousands of components may share one of hundreds of locales.
    """

    package: str = ""
    version: str = ""
    version_code: int = 0
    split: str = ""
    min_sdk: int = 1
    target_sdk: int = 0
    sandbox: int = 1
    debuggable: bool = False
    names: dict[Name, None] = field(default_factory=dict)
    permissions: dict[str, None] = field(default_factory=dict)
    features: dict[str, None] = field(default_factory=dict)
    queries: dict[str, None] = field(default_factory=dict)
    icons: list[tuple[str, Value]] = field(default_factory=list)
    components: dict[str, None] = field(default_factory=dict)
    launchers: list[str] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    links: dict[str, None] = field(default_factory=dict)
    labelled: set[tuple[Value, str, bool]] = field(default_factory=set)


def find_manifest(root: Node) -> Node | None:
    """Give the manifest element: the first of that name, or where names are wiped the one that carries a package."""
    every = list(_walk(root))
    named = [node for node in every if node.name == "manifest"]
    return next((n for n in named if n.text("package")), None) or next((n for n in every if n.text("package")), None)


def _walk(node: Node) -> Iterator[Node]:
    stack = list(reversed(node.children))
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(found.children))


def read_manifest(root: Node, resources: Values | None) -> Manifest:
    """Read the facts of a manifest document; an empty `package` means there was none."""
    out = Manifest()
    top = find_manifest(root)
    if top is None:
        return out
    out.package, out.split = top.text("package"), top.text("split")
    out.version = _plain(top.attributes.get("versionName"), resources)
    out.version_code = _number(top, "versionCode")
    out.sandbox = _number(top, "targetSandboxVersion") or 1
    direct = set(map(id, top.children))
    for node in _walk(top):
        name = node.name.removesuffix("-sdk-23").removesuffix("-sdk-m")
        if name not in _DIRECT or id(node) in direct:
            _RULES.get(name, _component)(out, node, resources)
    return out


def _permission(out: Manifest, node: Node, resources: Values | None) -> None:
    _append(out.permissions, _plain(node.attributes.get("name"), resources))


def _feature(out: Manifest, node: Node, _: Values | None) -> None:
    _append(out.features, node.text("name"))


def _sdk(out: Manifest, node: Node, _: Values | None) -> None:
    out.min_sdk = _number(node, "minSdkVersion") or out.min_sdk
    out.target_sdk = _number(node, "targetSdkVersion") or out.target_sdk


def _query(out: Manifest, node: Node, _: Values | None) -> None:
    _append(out.queries, node.text("name"))


def _metadata(out: Manifest, node: Node, resources: Values | None) -> None:
    value = node.attributes.get("value") or node.attributes.get("resource")
    if len(out.metadata) < MAX_NAMES:
        out.metadata.setdefault(node.text("name"), _plain(value, resources))


def _link(out: Manifest, node: Node, _: Values | None) -> None:
    if node.text("host"):
        _append(out.links, f"{node.text('scheme')}://{node.text('host')}")


def _component(out: Manifest, node: Node, resources: Values | None) -> None:
    """Take names, icons and class of an application, activity, alias, service, provider or receiver."""
    place = PLACES.get(node.name, "")
    if not place and node.name not in {"service", "provider", "receiver"}:
        return
    if node.text("name"):
        _append(out.components, node.text("name"))
    if not place:
        return
    if place == "application":
        out.debuggable = bool(_number(node, "debuggable"))
    elif _launches(node):
        out.launchers.append(node.text("targetActivity") or node.text("name"))
    _take_label(out, node, place, resources)
    if len(out.icons) < MAX_ICONS:
        out.icons += [(f"{place}.{key}", value) for key in ICONS if (value := node.attributes.get(key))]


def _take_label(out: Manifest, node: Node, place: str, resources: Values | None) -> None:
    """Take the names a component's label gives it, each label once."""
    enabled, label = node.attributes.get("enabled"), node.attributes.get("label")
    on = enabled is None or enabled.data != 0
    if label is not None and len(out.names) < MAX_NAMES and (label, place, on) not in out.labelled:
        out.labelled.add((label, place, on))
        for name in _names(label, place, resources, enabled=on)[: MAX_NAMES - len(out.names)]:
            out.names[name] = None


_DIRECT = {"uses-permission", "uses-feature", "uses-sdk"}  # a phone passes over these anywhere deeper
_RULES = {
    "uses-permission": _permission, "uses-feature": _feature, "uses-sdk": _sdk, "package": _query,
    "meta-data": _metadata, "data": _link,
}  # fmt: skip


def _launches(node: Node) -> bool:
    return any(
        child.text("name") == "android.intent.category.LAUNCHER" for part in node.children for child in part.children
    )


def _names(label: Value, place: str, resources: Values | None, *, enabled: bool) -> list[Name]:
    if label.is_reference:
        found = resources.values(label.data) if resources is not None else []
        return [
            Name(text=value.text, place=place, locale=config.locale, enabled=enabled)
            for config, value in dict.fromkeys((Config(c.locale, 0, 0), v) for c, v in found)
            if value.text
        ]
    texts = dict.fromkeys(text for text in (label.text, label.raw) if text)
    return [Name(text=text, place=place, enabled=enabled) for text in texts]


def _plain(value: Value | None, resources: Values | None) -> str:
    if value is None:
        return ""
    if value.is_reference:
        found = resources.values(value.data) if resources is not None else []
        return next((v.text for _, v in found if v.text), "")
    return value.text or value.raw or (str(value.data) if value.kind != STRING else "")


def _number(node: Node, name: str) -> int:
    value = node.attributes.get(name)
    if value is None:
        return 0
    if value.kind == STRING:
        return int(value.text) if value.text.isdecimal() and len(value.text) < 10 else 0
    return value.data


def _append(known: dict[str, None], text: str) -> None:
    if text and len(known) < 2000:
        known[text] = None
