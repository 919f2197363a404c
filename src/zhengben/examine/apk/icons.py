"""Every variant of a package's icons: PNG and WebP, adaptive, vector, round, of activities and aliases.

Rendered variants of one app differ as pictures, so each is kept. Vector drawing is turned to SVG and drawn by resvg.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from PIL import Image

from zhengben.core.appfacts import Icon
from zhengben.examine.apk.axml import Node, Value, looks_like_axml
from zhengben.examine.apk.package import Package
from zhengben.examine.appicon import SIZE, icon_digest, open_picture, seen

CAP = 2 << 20
MAX_ICONS = 8
MAX_DEPTH = 6
MAX_PARTS, MAX_SVG = 60, 200_000
_PICTURES = (".png", ".webp", ".jpg", ".jpeg")
# Fakes copy the brand's icon and tools give all their apps one: of 140 icons in 152 small apps 21 were different.
MAX_DRAWN = 200
DRAWN: dict[str, bytes] = {}


@dataclass(slots=True)
class _Drawing:
    """What is drawn of one package, and how much more may be: files read, layers laid, characters of SVG."""

    package: Package
    budget: int = 60
    layers: int = 400
    room: int = 4 * MAX_SVG
    known: dict[str, Image.Image | None] = field(default_factory=dict)


def list_icons(package: Package) -> tuple[Icon, ...]:
    """Name the icons without reading them: place and path, as triage shows them."""
    return tuple(Icon(place=f"{place} {path}", sha256="") for place, path in _paths(package))


def draw_icons(package: Package) -> tuple[Icon, ...]:
    """Read and draw the icons, at most `MAX_ICONS` different ones, the largest of each kind first."""
    drawing = _Drawing(package)
    icons: dict[str, Icon] = {}
    for place, path in _paths(package):
        if len(icons) >= MAX_ICONS or drawing.budget <= 0:
            break
        data = _read(drawing, path)
        digest = icon_digest(data)
        if data and digest not in icons:
            icons[digest] = Icon(place=f"{place} {path}", sha256=digest, png=_shown(drawing, path, data, digest))
    return tuple(icons.values())


def _shown(drawing: _Drawing, path: str, data: bytes, digest: str) -> bytes:
    """Give the picture of an icon as PNG; a file that is a picture by itself is drawn once for all apps it lies in."""
    if _is_drawing(drawing, path, data):
        return seen(_draw(drawing, path, 0))
    if digest not in DRAWN:
        while len(DRAWN) >= MAX_DRAWN:
            del DRAWN[next(iter(DRAWN))]
        DRAWN[digest] = seen(open_picture(data))
    return DRAWN[digest]


def _paths(package: Package) -> list[tuple[str, str]]:
    """Give place and path of every icon variant: all densities are one picture, so the largest stands for them."""
    found: dict[tuple[str, str], None] = {}
    for place, value in package.manifest.icons:
        for path in _files(package, value):
            found[place, path] = None
    return list(found) or [("file", path) for path in _guessed(package)]


def _files(package: Package, value: Value) -> list[str]:
    if not value.is_reference:
        return [value.text] if "/" in value.text else []
    if package.resources is None:
        return []
    best: dict[str, tuple[int, str]] = {}
    for config, found in package.resources.values(value.data):
        kind = f"{found.text.rpartition('.')[2]}{config.locale}"
        density = config.density if config.density < 0xFFFE else 0
        if "/" in found.text and (kind not in best or density > best[kind][0]):
            best[kind] = (density, found.text)
    return [path for _, path in best.values()]


def _guessed(package: Package) -> list[str]:
    names = package.archive.by_name
    wanted = [n for n in names if "ic_launcher" in n or n.rpartition("/")[2] in {"icon.png", "logo.png"}]
    return [name for name in wanted if name.endswith(_PICTURES)][:3]


def _read(drawing: _Drawing, path: str) -> bytes:
    entry = drawing.package.archive.get(drawing.package.root + path)
    drawing.budget -= 1
    return drawing.package.archive.read(entry, CAP) if entry is not None else b""


def _draw(drawing: _Drawing, path: str, depth: int) -> Image.Image | None:
    if depth > MAX_DEPTH or drawing.budget <= 0:
        return None
    if path not in drawing.known:
        drawing.known[path] = None  # a drawing that refers to itself finds nothing
        data = _read(drawing, path)
        drawn = _is_drawing(drawing, path, data)
        drawing.known[path] = _draw_xml(drawing, data, depth) if drawn else open_picture(data)
    return drawing.known[path]


def _is_drawing(drawing: _Drawing, path: str, data: bytes) -> bool:
    return looks_like_axml(data) or (bool(drawing.package.root) and path.endswith(".xml"))


def _draw_xml(drawing: _Drawing, data: bytes, depth: int) -> Image.Image | None:
    top = next(iter(drawing.package.xml(data).children), None)
    if top is None:
        return None
    if top.name == "vector":
        return _vector(drawing, top)
    if top.name == "adaptive-icon":
        return _adaptive(drawing, top, depth)
    return _layers(drawing, [top], depth)


def _adaptive(drawing: _Drawing, top: Node, depth: int) -> Image.Image | None:
    """Lay the foreground on the background and cut to what a launcher shows: the inner 72 of 108 units."""
    parts = {node.name: node for node in top.children}
    layers = [
        layer for name in ("background", "foreground") if name in parts
        and (layer := _layers(drawing, [parts[name]], depth)) is not None
    ]  # fmt: skip
    if not layers:
        return None
    out = Image.new("RGBA", (SIZE, SIZE))
    for layer in layers:
        out.alpha_composite(layer.resize((SIZE, SIZE), Image.Resampling.BILINEAR))
    edge = SIZE // 6
    return out.crop((edge, edge, SIZE - edge, SIZE - edge))


def _layers(drawing: _Drawing, nodes: list[Node], depth: int) -> Image.Image | None:
    """Draw the drawables that elements name, one over the other (layer-list, bitmap, inset, selector)."""
    out: Image.Image | None = None
    for node in nodes:
        named = node.attributes.get("drawable") or node.attributes.get("src") or node.attributes.get("color")
        layer = _value(drawing, named, depth + 1) if named is not None else _shape(drawing, node)
        layer = layer or _layers(drawing, node.children, depth + 1) if depth < MAX_DEPTH else layer
        if layer is not None:
            drawing.layers -= 1
            layer = layer.resize((SIZE, SIZE), Image.Resampling.BILINEAR)
            out = Image.alpha_composite(out, layer) if out is not None else layer
        if drawing.layers < 0 or (node.name in {"selector", "animated-vector", "level-list"} and out is not None):
            break
    return out


def _shape(drawing: _Drawing, node: Node) -> Image.Image | None:
    if node.name == "vector":
        return _vector(drawing, node)
    if node.name not in {"solid", "gradient"}:
        return None
    colour = _colour(drawing, node.attributes.get("startColor") or node.attributes.get("color"))
    return Image.new("RGBA", (SIZE, SIZE), colour) if colour else None


def _value(drawing: _Drawing, value: Value, depth: int) -> Image.Image | None:
    colour = _colour(drawing, value)
    if colour:
        return Image.new("RGBA", (SIZE, SIZE), colour)
    for path in _files(drawing.package, value):
        picture = _draw(drawing, path, depth)
        if picture is not None:
            return picture
    return None


def _colour(drawing: _Drawing, value: Value | None) -> tuple[int, int, int, int] | None:
    if value is None:
        return None
    if value.is_reference and drawing.package.resources is not None:
        found = drawing.package.resources.values(value.data)
        value = next((v for _, v in found if 0x1C <= v.kind <= 0x1F), value)
    if not 0x1C <= value.kind <= 0x1F:
        return None
    argb = value.data
    return argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF, argb >> 24


# --- vectors --------------------------------------------------------------------------------------------------------


def _vector(drawing: _Drawing, top: Node) -> Image.Image | None:
    width, height = _number(top, "viewportWidth", 24), _number(top, "viewportHeight", 24)
    body = "".join(_svg(drawing, child, 0) for child in top.children[:MAX_PARTS])
    if not body or len(body) > MAX_SVG or not 0 < width <= 10_000 or not 0 < height <= 10_000:
        return None
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {width:g} {height:g}">'
    return draw_svg(f"{head}{body}</svg>")


def draw_svg(text: str) -> Image.Image | None:
    """Draw SVG text; None where the engine is missing or refuses it."""
    try:
        engine: Any = importlib.import_module("resvg_py")
        drawn = engine.svg_to_bytes(svg_string=text)
    except (ImportError, ValueError, OSError, RuntimeError):
        return None
    return open_picture(bytes(drawn))


def _svg(drawing: _Drawing, node: Node, depth: int) -> str:
    if node.name == "group" and depth < MAX_DEPTH:
        inner = "".join(_svg(drawing, child, depth + 1) for child in node.children[:MAX_PARTS])
        return f'<g transform="{_transform(node)}">{inner}</g>'
    path = node.text("pathData")[:20_000]
    drawing.room -= len(path)
    if node.name != "path" or not path or drawing.room < 0:
        return ""
    return f'<path d="{escape(path)}" {" ".join(_paint(drawing, node))}/>'


def _paint(drawing: _Drawing, node: Node) -> Iterator[str]:
    for name, attribute in (("fill", "fillColor"), ("stroke", "strokeColor")):
        colour = _colour(drawing, node.attributes.get(attribute))
        if colour is None:
            yield f'{name}="{"none" if attribute not in node.attributes else "#888"}"'
        else:
            yield f'{name}="#{colour[0]:02x}{colour[1]:02x}{colour[2]:02x}" {name}-opacity="{colour[3] / 255:.3f}"'
    yield f'stroke-width="{_number(node, "strokeWidth", 0):g}"'
    if node.attributes.get("fillType") and node.attributes["fillType"].data == 1:
        yield 'fill-rule="evenodd"'


def _transform(node: Node) -> str:
    x, y = _number(node, "translateX", 0), _number(node, "translateY", 0)
    px, py = _number(node, "pivotX", 0), _number(node, "pivotY", 0)
    sx, sy, turn = _number(node, "scaleX", 1), _number(node, "scaleY", 1), _number(node, "rotation", 0)
    return f"translate({x + px:g} {y + py:g}) rotate({turn:g}) scale({sx:g} {sy:g}) translate({-px:g} {-py:g})"


def _number(node: Node, name: str, default: float) -> float:
    value = node.attributes.get(name)
    if value is None:
        return default
    if value.kind == 0x04:
        return float(_as_float(value.data))
    if value.kind == 0x05:
        return float(value.data >> 8)
    if value.kind in {0x10, 0x11}:
        return float(value.data - (1 << 32) if value.data >> 31 else value.data)
    return default


def _as_float(word: int) -> float:
    sign, exponent, fraction = word >> 31, word >> 23 & 0xFF, word & 0x7FFFFF
    if exponent == 0xFF:
        return 0.0
    size = (fraction / (1 << 23)) * 2.0**-126 if not exponent else (1 + fraction / (1 << 23)) * 2.0 ** (exponent - 127)
    return -size if sign else size
